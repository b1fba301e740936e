"""gongkai restore: into an empty platform (or in place of what is there), all or nothing, and verified."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from gongkai.platform.running.keys import present
from gongkai.platform.running.migrating import as_owner, migrate, pending
from gongkai.platform.running.serving import served
from gongkai.platform.running.starting import database_up, ready
from gongkai.platform.settings import environment as env

from .backing import rows
from .manifest import DATA, FILES, Damaged, Manifest, check, digest, kept
from .programs import environment, fitting

if TYPE_CHECKING:
    from gongkai.platform.journal.verify import Proof

# 旧版本的服务器不认得的设置；psql 的限制模式也是新近才有
FOREIGN = re.compile(rb"^(SET transaction_timeout|\\(un)?restrict )")


class CannotRestore(Exception):
    """Why nothing was restored; Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and whether it is what the backup says."""

    manifest: Manifest
    migrated: int
    differing_tables: tuple[str, ...]
    differing_files: tuple[str, ...]
    proof: Proof
    heads_match: bool
    missing_keys: tuple[str, ...] = ()  # 打不开个人信息：密钥不在这里

    @property
    def holds(self) -> bool:
        return not self.differing_tables and not self.differing_files and self.proof.holds and self.heads_match


def restore(source: Path, replace: bool = False, without_key: bool = False) -> Restored:
    """The backup in place, and held against its manifest. The data come in one transaction, the files by one renaming."""
    if (running := served()) is not None:
        raise CannotRestore(f"平台正在运行（{running.get('url', '')}），请先停止。", f"The platform is running ({running.get('url', '')}); stop it first.")
    with _unpacked(source) as folder:
        manifest = check(folder)
        missing = frozenset(manifest.case_keys) - frozenset(present())
        if missing and not without_key:
            raise _locked(missing)
        with database_up():
            ready()
            _must_be_empty(replace)
            fresh = _bring_files(folder)
            try:
                with as_owner():
                    _load(folder / DATA)
                    tables, heads = _counted()
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            _swap_files(fresh)
            return _verified(manifest, tables, heads)


def _locked(missing: frozenset[str]) -> CannotRestore:
    told = ", ".join(sorted(missing))
    return CannotRestore(
        f"这里没有打开备份中个人信息的密钥（{told}），没有恢复任何东西。请先导入另行保存的密钥：gongkai casekey --import 文件（或设置 GONGKAI_CASE_KEY）；"
        "密钥确已丢失的，加 --without-key 恢复其余内容。",
        f"The keys that open the backup's personal data ({told}) are not here; nothing was restored. First put in the copy that was kept apart:"
        " gongkai casekey --import FILE (or set GONGKAI_CASE_KEY); if the keys are lost, add --without-key to restore the rest.",
    )


def _verified(manifest: Manifest, tables: dict[str, int], heads: dict[str, tuple[int, str]]) -> Restored:
    from gongkai.platform.journal.verify import verify

    with as_owner():
        proof = verify()
        missing = pending()
    migrate()
    files = {path.relative_to(_files()).as_posix(): path for path in kept(_files())}
    wrong = [name for name, wanted in manifest.files.items() if name not in files or digest(files[name]) != wanted]
    differing = [name for name, count in manifest.tables.items() if tables.get(name) != count]
    lost = tuple(sorted(frozenset(manifest.case_keys) - frozenset(present())))
    return Restored(manifest, len(missing), tuple(differing), tuple(wrong), proof, heads == dict(manifest.heads), lost)


def _counted() -> tuple[dict[str, int], dict[str, tuple[int, str]]]:
    from django.db import connection

    connection.ensure_connection()
    link: psycopg.Connection = connection.connection
    return rows(link), {str(chain): (number, sha) for chain, number, sha in link.execute("SELECT chain, number, digest FROM journal_head")}


@contextmanager
def _unpacked(source: Path) -> Iterator[Path]:
    if source.is_dir():
        yield source
        return
    if not source.is_file():
        raise CannotRestore(f"没有 {source}。", f"There is no {source}.")
    with tempfile.TemporaryDirectory(dir=_beside(), prefix=".restore-") as folder:
        try:
            with tarfile.open(source) as archive:
                archive.extractall(folder, filter="data")
        except (tarfile.TarError, EOFError) as broken:
            raise Damaged(f"{source} 不是完整的 .tar 文件。", f"{source} is no complete .tar file.") from broken
        yield Path(folder)


def _beside() -> Path:
    env.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    return env.home()


def _files() -> Path:
    return env.home() / FILES


def _must_be_empty(replace: bool) -> None:
    from django.db import connection

    if replace:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('journal_entry') IS NOT NULL")
        holds = bool(cursor.fetchone()[0])
        if holds:
            cursor.execute("SELECT EXISTS (SELECT FROM journal_entry)")
            holds = bool(cursor.fetchone()[0])
    if holds or next(kept(_files()), None) is not None:
        raise CannotRestore(
            "这里已有数据。请恢复到空的数据库和数据目录；确要以备份取代现有的一切，加 --replace（先备份现有的）。",
            "There is data here. Restore into an empty database and data directory; to replace all that is here, add --replace (back it up first).",
        )


def _bring_files(folder: Path) -> Path:
    """The files beside those that are there; nothing is left of them when they do not all fit."""
    fresh = env.home() / "files.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    try:
        for path in kept(folder / FILES):
            target = fresh / path.relative_to(folder / FILES)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return fresh


def _swap_files(fresh: Path) -> None:
    old = env.home() / "files.old"
    shutil.rmtree(old, ignore_errors=True)
    if _files().exists():
        _files().rename(old)
    fresh.rename(_files())
    shutil.rmtree(old, ignore_errors=True)


def _load(data: Path) -> None:
    """What is there dropped and the dump loaded, in one transaction: a failure leaves everything as it was."""
    from django.db import connection

    connection.ensure_connection()
    link: psycopg.Connection = connection.connection
    programs = fitting(link.info.server_version)
    drop = "\n".join(_drops(link))
    connection.close()
    psql: list[str | Path] = [programs / "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    unpack: list[str | Path] = [programs / "pg_restore", "--no-owner", "--no-privileges", "--file=-", data]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(psql, stdin=subprocess.PIPE, stderr=said, env=environment()) as loading,
        subprocess.Popen(unpack, stdout=subprocess.PIPE, stderr=said, env=environment()) as dumping,
    ):
        complete = _pour(drop, dumping, loading)
        code = dumping.wait()
        if not complete or code:
            loading.kill()  # 不完整的内容绝不提交
        if loading.wait() or code or not complete:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()[-800:]
            raise CannotRestore(f"数据没有载入，原有的数据没有改动。{words}", f"The data were not loaded; what was there is unchanged. {words}")


def _pour(drop: str, dumping: subprocess.Popen[bytes], loading: subprocess.Popen[bytes]) -> bool:
    """The script from one program to the other, less the lines that an older server does not know; whether all went over."""
    assert dumping.stdout is not None and loading.stdin is not None
    copying = False
    try:
        loading.stdin.write(drop.encode() + b"\n")
        for line in dumping.stdout:
            if copying:
                copying = line != b"\\.\n"
            elif FOREIGN.match(line):
                continue
            else:
                copying = line.startswith(b"COPY ") and line.rstrip().endswith(b"FROM stdin;")
            loading.stdin.write(line)
        if dumping.wait():
            return False
        loading.stdin.close()
    except BrokenPipeError:  # psql 已因出错退出，原因在它的输出里
        dumping.kill()
        with suppress(BrokenPipeError):
            loading.stdin.close()
        return False
    return True


def _drops(link: psycopg.Connection) -> Iterator[str]:
    """Commands that remove what the owner has in the schema."""
    yield "SET client_min_messages = warning;"
    kinds = (
        ("TABLE", "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"),
        ("SEQUENCE", "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"),
    )
    for kind, query in kinds:
        for (name,) in link.execute(query):
            yield sql.SQL("DROP {} IF EXISTS {} CASCADE;").format(sql.SQL(kind), sql.Identifier("public", name)).as_string(link)
    for (signature,) in link.execute("SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"):
        yield f"DROP ROUTINE IF EXISTS {signature} CASCADE;"
    for (name,) in link.execute(
        "SELECT typname FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid"
        " WHERE typnamespace = 'public'::regnamespace AND (typtype IN ('e', 'd') OR typtype = 'c' AND c.relkind = 'c')"
    ):
        yield sql.SQL("DROP TYPE IF EXISTS {} CASCADE;").format(sql.Identifier("public", name)).as_string(link)
    yield "SET search_path = public;"
