"""Static files collected into the data directory when any of them, or a package that brings some, has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from gongkai.platform.settings import environment as env

from .starting import ready

MARK = ".collected"


def folder() -> Path:
    return env.home() / "static"


def collect() -> bool:
    """Collect anew where something changed; whether it was needed. The old files stay until the new ones are complete."""
    wanted = fingerprint()
    if collected() == wanted:
        return False
    fresh, old = env.home() / "static.new", env.home() / "static.old"
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(fresh)], capture_output=True, text=True, check=False, env=os.environ.copy()
    )
    if done.returncode:
        raise OSError(f"静态文件没有收齐：{done.stderr.strip()[-800:]}")
    (fresh / MARK).write_text(wanted, encoding="ascii")
    if folder().exists():
        folder().rename(old)
    fresh.rename(folder())
    shutil.rmtree(old, ignore_errors=True)
    return True


def collected() -> str:
    """The fingerprint of what was collected last; empty where nothing was."""
    mark = folder() / MARK
    return mark.read_text(encoding="ascii") if mark.exists() else ""


def fingerprint() -> str:
    """Name, size and time of every static file: cheap, and different as soon as one changes."""
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def _sources() -> Iterator[str]:
    ready()
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for path, storage in finder.list([]):
            told = Path(storage.path(path)).stat()
            yield f"{path} {told.st_size} {told.st_mtime_ns}"


def _into(target: str) -> None:
    ready()
    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT = Path(target)
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    _into(sys.argv[1])
