"""What goes wrong outside the program, said in one line instead of a trace."""

from __future__ import annotations

import errno
import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

from gongkai.cli.language import say
from gongkai.platform.running.cluster import ClusterFailed

P = ParamSpec("P")
R = TypeVar("R")


def told(command: Callable[P, R]) -> Callable[P, R]:
    """The command, its expected failures turned into click's own."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except ClusterFailed as failed:
            raise click.ClickException(str(failed)) from failed
        except OSError as failed:
            if failed.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise click.ClickException(full(failed)) from failed
            raise
        except Exception as failed:
            if (line := database_line(failed)) is not None:
                raise click.ClickException(line) from failed
            raise

    return wrapped


def full(failed: OSError) -> str:
    where = failed.filename or ""
    return say(f"磁盘已满，没有写完：{where}。请腾出空间后重试；已有的数据没有改动。",
               f"The disk is full: {where} was not written. Free some space and try again; nothing that was there has changed.")


def database_line(failed: BaseException) -> str | None:
    """One line for a database that cannot be reached or has no room, without the address (it holds a password)."""
    import psycopg

    cause: BaseException | None = failed
    while cause is not None and not isinstance(cause, psycopg.OperationalError):
        cause = cause.__cause__
    if cause is None:
        return None
    if isinstance(cause, psycopg.errors.DiskFull):
        return say("数据库所在的磁盘已满。请腾出空间后重试；没有写了一半的数据。",
                   "The database's disk is full. Free some space and try again; nothing is half-written.")
    reason = str(cause).strip().splitlines()[-1] if str(cause).strip() else type(cause).__name__
    return say(f"连不上数据库：{reason}。请检查 DATABASE_URL 和数据库服务。", f"The database cannot be reached: {reason}. Check DATABASE_URL and the server.")
