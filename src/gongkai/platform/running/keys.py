"""The keys of what is personal: where they are kept, a copy taken out, put in, and a new one set before the old."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gongkai.platform.cases import sealing
from gongkai.platform.settings import environment as env

from .serving import served

NAME, COPIED = "case-key", "case-key.copied"
FILES_LOCK = "files.lock"  # 备份复制附件时，重新加密不得移走旧文件
SHORTEST = 32


class CannotKey(Exception):
    """Why nothing was done with the keys; Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)


@dataclass(frozen=True, slots=True)
class Held:
    """The keys that are set: their ids (which say nothing of them), where they are, and when a copy was last taken out."""

    ids: tuple[str, ...]
    from_environment: bool
    path: Path
    copied: datetime | None  # 现在加密用的这把，最近一次导出


def held() -> Held:
    told = bool(os.environ.get("GONGKAI_CASE_KEY"))
    ids = sealing.key_ids()
    return Held(ids, told, env.home() / NAME, _copied(ids))


def present() -> tuple[str, ...]:
    """The ids of the keys that are here; none, and none made, on an installation that has not needed one yet."""
    return sealing.key_ids() if os.environ.get("GONGKAI_CASE_KEY") or (env.home() / NAME).exists() else ()


def _copied(ids: tuple[str, ...]) -> datetime | None:
    try:
        noted = json.loads((env.home() / COPIED).read_text(encoding="ascii"))
        return datetime.fromisoformat(noted["at"]) if set(ids) <= set(noted["ids"]) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def closed(path: Path) -> bool:
    """Whether its owner alone may read a file."""
    return not stat.S_IMODE(path.stat().st_mode) & 0o077


def copy_out(target: Path) -> Held:
    """All keys in one file that its owner alone may read, for keeping apart from the data and their backups."""
    if target.exists():
        raise CannotKey(f"{target} 已经存在，没有覆盖。", f"{target} exists; it was not overwritten.")
    if env.home().resolve() in target.resolve().parents:
        raise CannotKey("请把密钥导出到数据目录以外，与数据、备份分开保存。", "Put the copy outside the data directory, apart from data and backups.")
    _write(target, ",".join(env.case_keys()))
    told = {"ids": sealing.key_ids(), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    (env.home() / COPIED).write_text(json.dumps(told), encoding="ascii")
    return held()


def bring_in(source: Path) -> Held:
    """The keys of a copy, where this installation has none of its own yet."""
    if os.environ.get("GONGKAI_CASE_KEY"):
        raise CannotKey("密钥由 GONGKAI_CASE_KEY 给出，请改那里。", "The keys come from GONGKAI_CASE_KEY; change them there.")
    words = source.read_text(encoding="ascii").strip()
    keys = [part.strip() for part in words.split(",") if part.strip()]
    if not keys or any(len(key) < SHORTEST for key in keys):
        raise CannotKey(f"{source} 不是导出的密钥。", f"{source} is no copy of the keys.")
    path = env.home() / NAME
    if path.exists() and path.read_text(encoding="ascii").strip() != ",".join(keys):
        raise CannotKey(
            f"{path} 已有另一把密钥，没有覆盖。它若没有用过（新装的平台），请先把它移走，再导入。",
            f"{path} holds another key; it was not overwritten. If it was never used (a fresh installation), move it away and try again.",
        )
    env.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _write(path, ",".join(keys))
    env.forget_kept()
    return held()


def renew() -> Held:
    """A new key before those that are there: it seals from the next start; then `gongkai reseal`."""
    if os.environ.get("GONGKAI_CASE_KEY"):
        raise CannotKey(
            "密钥由 GONGKAI_CASE_KEY 给出：请把新密钥写在最前面，逗号后保留旧的，重新启动，再运行 gongkai reseal。",
            "The keys come from GONGKAI_CASE_KEY: put the new one first, a comma, then the old ones; restart; then run gongkai reseal.",
        )
    not_while_running()
    keys = (secrets.token_urlsafe(48), *env.case_keys())
    path = env.home() / NAME
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    _write(fresh, ",".join(keys))
    fresh.replace(path)
    env.forget_kept()
    return held()


def not_while_running() -> None:
    """A process that runs on keeps the keys it started with, and could not open what a newer one seals."""
    if (running := served()) is not None:
        raise CannotKey(f"平台正在运行（{running.get('url', '')}），请先停止。", f"The platform is running ({running.get('url', '')}); stop it first.")


def _write(path: Path, words: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def files_held(alone: bool) -> Iterator[bool]:
    """Hold the files: together (a backup copies them), or alone (reseal moves them). Whether they could be."""
    env.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (env.home() / FILES_LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
