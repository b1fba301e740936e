"""The applicant takes the application back (撤回). What else is under way for it ends with it."""

from __future__ import annotations

from datetime import date, datetime

from gongkai.platform.cases.enclosing import words
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.recording import Doing, Who, act

from . import dividing, tasks
from .correcting import day, tell


def withdraw(
    who: Who, request_id: int, *, on: date, text: str = "", at: datetime, once: str | None = None, seen: int | None = None
) -> Request:
    """End the request: open search tasks are called off, requests joined to it go on by themselves."""
    said = words(text)

    def work(doing: Doing) -> None:
        doing.happen("withdrawn", day(doing, on), text=said)
        dividing.release(doing)
        tasks.call_off(doing)
        tell(doing, "申请人撤回了申请")

    return act(who, request_id, "withdraw", work, at=at, once=once, seen=seen)
