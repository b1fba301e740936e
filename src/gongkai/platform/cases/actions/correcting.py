"""What the applicant owes and hands in: the correction (条例第三十条), the reasons (条例第三十五条)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from gongkai.platform.cases import uploading
from gongkai.platform.cases.enclosing import enclose, words
from gongkai.platform.cases.errors import Invalid
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.recording import Doing, Ticket, Who, act
from gongkai.platform.cases.uploading import Upload

from . import noticing

KINDS = frozenset({"correction", "application", "identity", "other"})


def correct(
    who: Who, request_id: int, *, on: date, text: str = "", files: Sequence[Upload] = (), at: datetime, once: str | None = None,
    seen: int | None = None,
) -> Request:  # fmt: skip
    """Take in the corrected application. A late one is taken in as long as the request is not closed; the core says what follows."""
    said = words(text)
    taken = uploading.take(files, kinds=KINDS, shown=True)

    def work(doing: Doing) -> None:
        if isinstance(who, Ticket) and not said and not taken:
            raise Invalid({"text": _("请写明补正的内容，或者上传补正材料。")})
        doing.happen("corrected", day(doing, on), text=said)
        enclose(doing, taken)
        tell(doing, "申请人提交了补正")

    return act(who, request_id, "correct", work, at=at, once=once, seen=seen)


def give_reasons(
    who: Who, request_id: int, *, on: date, text: str, files: Sequence[Upload] = (), at: datetime, once: str | None = None,
    seen: int | None = None,
) -> Request:  # fmt: skip
    """Take in the reasons for so many requests. The reply period runs on."""
    said = words(text, needed=_("请写明理由。"))
    taken = uploading.take(files, kinds=KINDS, shown=True)

    def work(doing: Doing) -> None:
        doing.happen("reasons_given", day(doing, on), text=said)
        enclose(doing, taken)
        tell(doing, "申请人说明了理由")

    return act(who, request_id, "give_reasons", work, at=at, once=once, seen=seen)


def day(doing: Doing, on: date) -> date:
    """On which day it happened: an officer may enter it later; what is done on line happens on the day itself."""
    return doing.day if isinstance(doing.who, Ticket) else on


def tell(doing: Doing, what: str) -> None:
    """Tell the officer what came in on line."""
    if isinstance(doing.who, Ticket):
        doing.then.append(lambda: noticing.tell(doing, "applicant_acted", to="officer", facts={"what": what}))
