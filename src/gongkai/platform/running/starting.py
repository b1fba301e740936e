"""Making Django ready inside a command, and the database up for as long as it is needed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from gongkai.platform.settings import environment as env

from .cluster import embedded


def ready() -> None:
    """Django with our settings; once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.platform.settings.project")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def is_embedded() -> bool:
    return not env.value("DATABASE_URL")


@contextmanager
def database_up() -> Iterator[None]:
    """The embedded database, started where it is down; whoever leaves it last stops it.

    Every user holds a shared lock, which the kernel lets go of even after kill -9. A server that is set is left alone.
    """
    if not is_embedded():
        yield
        return
    env.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (env.home() / "postgres.users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            embedded().start()
            yield
        finally:
            if _last(users):
                embedded().stop()


def _last(users: IO[str]) -> bool:
    """Whether nobody else uses the cluster; from then on nobody can begin to before we are done."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
