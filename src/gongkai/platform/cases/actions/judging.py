"""The applicant's verdict: whether the reply helped. Once; it changes nothing else."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongkai.platform.cases.errors import Invalid, NotNow
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.recording import LONGEST_REASON, Doing, Ticket, act

KIND = "helped"


def judge(ticket: Ticket, helped: bool, text: str = "", *, at: datetime, once: str | None = None) -> Request:
    """Whether the reply helped, with a word about it if wished. The word is sealed."""
    words = text.strip()
    if len(words) > LONGEST_REASON:
        raise Invalid({"text": _("不得超过 %(most)s 个字，现有 %(n)s 个。") % {"most": LONGEST_REASON, "n": len(words)}})

    def work(doing: Doing) -> None:
        if any(each.kind == KIND for each in doing.events):
            raise NotNow("您已经评价过这件申请。", "You have given your verdict on this request already.")
        doing.happen(KIND, facts={"helped": helped}, text=words)

    return act(ticket, ticket.request, "judge", work, at=at, once=once)
