"""gongkai backup: the data of one moment (a snapshot) and all files, while the platform runs on."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import tarfile
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from gongkai import __version__
from gongkai.platform.running.keys import files_held
from gongkai.platform.running.migrating import as_owner
from gongkai.platform.running.starting import database_up, ready
from gongkai.platform.settings import environment as env

from .manifest import DATA, FILES, FORMAT, NAME, Manifest, digest, kept
from .programs import environment, fitting

LIST = "backups.json"


class CannotBackUp(Exception):
    """Why there is no backup; Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    path: Path
    manifest: Manifest
    size: int


def back_up(target: Path) -> Made:
    """A folder, or one .tar where the name ends so. It appears under its name only when it is complete."""
    if target.exists():
        raise CannotBackUp(f"{target} 已经存在。备份不覆盖任何东西，请换一个名称。", f"{target} exists. A backup overwrites nothing; choose another name.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(mode=0o700)
        with files_held(alone=False) as free:
            if not free:
                raise CannotBackUp("正在重新加密（gongkai reseal），请等它完成再备份。", "gongkai reseal is at work; back up once it is done.")
            with database_up():
                manifest = _data(part)
                manifest = replace(manifest, case_keys=_case_keys())
            manifest = _files(part, manifest)
        (part / NAME).write_text(manifest.dumps(), encoding="utf-8")
        _finish(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _remember(target)
    return Made(target, manifest, sum(path.stat().st_size for path in ([target] if target.is_file() else kept(target))))


def _data(part: Path) -> Manifest:
    """The dump and what is counted beside it, all of one snapshot."""
    ready()
    from django.db import connection

    with as_owner():
        connection.ensure_connection()
        link: psycopg.Connection = connection.connection
        link.autocommit = False
        try:
            link.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            (snapshot,) = link.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            server = link.info.server_version
            command: list[str | Path] = [
                fitting(server) / "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
                f"--file={part / DATA}",
            ]  # fmt: skip
            done = subprocess.run(command, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
            if done.returncode and any(said in done.stderr for said in ("No space left on device", "File too large")):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(part / DATA))
            if done.returncode:
                raise CannotBackUp(_said("pg_dump", done.stderr), _said("pg_dump", done.stderr))
            return _manifest(link, server, digest(part / DATA))
        finally:
            link.rollback()


def _case_keys() -> tuple[str, ...]:
    from gongkai.platform.cases.resealing import used

    return tuple(sorted(used()))


def _manifest(link: psycopg.Connection, server: int, data: str) -> Manifest:
    heads = {str(chain): (number, sha) for chain, number, sha in link.execute("SELECT chain, number, digest FROM journal_head ORDER BY chain")}
    migrations = tuple(f"{app}.{name}" for app, name in link.execute("SELECT app, name FROM django_migrations ORDER BY app, name"))
    (encoding,) = link.execute("SHOW server_encoding").fetchone() or ("",)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(FORMAT, __version__, made, server, encoding, data, rows(link), heads, migrations, {})


def rows(link: psycopg.Connection) -> dict[str, int]:
    """How many rows each table holds."""
    found = {}
    for (table,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename").fetchall():
        (found[table],) = link.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone() or (0,)
    return found


def _files(part: Path, manifest: Manifest) -> Manifest:
    """Every file, copied after the data: files are only ever added, so none that the data name is missing."""
    source = env.home() / FILES
    sums = {}
    for path in kept(source):
        name = path.relative_to(source)
        target = part / FILES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # 两次列目录之间撤下的
            shutil.copy2(path, target)
            sums[name.as_posix()] = digest(target)
    return replace(manifest, files=sums)


def _finish(part: Path, target: Path) -> None:
    if target.suffix != ".tar":
        part.rename(target)
        return
    packed = target.with_name(f".{target.name}.tar.part")
    try:
        with tarfile.open(packed, "w") as archive:
            packed.chmod(0o600)
            for path in kept(part):
                archive.add(path, path.relative_to(part).as_posix(), recursive=False)
        packed.rename(target)
    finally:
        packed.unlink(missing_ok=True)


def _remember(target: Path) -> None:
    """For doctor, which asks how old the last backup is."""
    path = env.home() / LIST
    told = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "path": str(target.absolute())}
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _said(program: str, words: str) -> str:
    return f"{program}: {words.strip()[-800:]}"


