"""What goes wrong outside the program, said in one line instead of a trace."""

from __future__ import annotations

import errno
import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

from gongkai.cli.language import say
from gongkai.platform.running.cluster import ClusterFailed
from gongkai.platform.settings.environment import Misset

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
        except Misset as wrong:
            raise click.ClickException(say(wrong.zh, wrong.en)) from wrong
        except UnicodeError as failed:
            raise click.ClickException(say("输入的内容或者文件不是 UTF-8 文本，没有读入。", "What was typed, or the file, is not UTF-8 text; it was not read.")) from failed
        except OSError as failed:
            if failed.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise click.ClickException(full(failed)) from failed
            raise click.ClickException(refused(failed)) from failed
        except Exception as failed:
            if (line := database_line(failed)) is not None:
                raise click.ClickException(line) from failed
            raise

    return wrapped


def full(failed: OSError) -> str:
    where = failed.filename or ""
    return say(f"磁盘已满，没有写完：{where}。请腾出空间后重试；已有的数据没有改动。",
               f"The disk is full: {where} was not written. Free some space and try again; nothing that was there has changed.")


_WHY: dict[int, tuple[str, str]] = {
    errno.EACCES: ("没有权限", "permission denied"), errno.EPERM: ("没有权限", "permission denied"), errno.EROFS: ("那里只能读，不能写", "it cannot be written to"),
    errno.ENOENT: ("没有这个文件或者文件夹", "there is no such file or folder"), errno.ENOTDIR: ("路径中间有一段是文件，不是文件夹", "part of the path is a file, not a folder"),
    errno.EISDIR: ("是文件夹，不是文件", "it is a folder, not a file"), errno.EEXIST: ("已有同名的文件", "something of that name is there already"),
    errno.ENAMETOOLONG: ("名称太长", "the name is too long"), errno.EINVAL: ("名称不能用", "the name cannot be used"),
}  # fmt: skip


def refused(failed: OSError) -> str:
    """What the machine refused, and where."""
    where = str(failed.filename or failed.filename2 or "")
    zh, en = _WHY.get(failed.errno or 0, (failed.strerror or type(failed).__name__,) * 2)
    return say(f"{where}：{zh}。请检查后重试；已有的数据没有改动。" if where else f"{zh}。", f"{where}: {en}. Check it and try again; nothing that was there has changed." if where else f"{en}.")


def database_line(failed: BaseException) -> str | None:
    """One line for a database that cannot be reached or has no room, without the address (it holds a password)."""
    import psycopg

    cause: BaseException | None = failed
    while cause is not None and not isinstance(cause, psycopg.OperationalError | psycopg.errors.UndefinedTable | psycopg.errors.InsufficientPrivilege):
        cause = cause.__cause__
    if cause is None:
        return None
    if not isinstance(cause, psycopg.OperationalError):
        return say("数据库里还没有平台的数据表，或者账号没有权限。请先运行 gongkai migrate。",
                   "The database has no tables of the platform yet, or the account lacks rights. Run gongkai migrate first.")
    if isinstance(cause, psycopg.errors.DiskFull):
        return say("数据库所在的磁盘已满。请腾出空间后重试；没有写了一半的数据。",
                   "The database's disk is full. Free some space and try again; nothing is half-written.")
    reason = str(cause).strip().splitlines()[-1] if str(cause).strip() else type(cause).__name__
    return say(f"连不上数据库：{reason}。请检查 DATABASE_URL 和数据库服务。", f"The database cannot be reached: {reason}. Check DATABASE_URL and the server.")
