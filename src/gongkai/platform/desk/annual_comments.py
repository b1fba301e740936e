"""Comments on a report, from what its queries tell to what the templates show."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.platform.annual import beside
from gongkai.platform.annual.comments import COMMENTING
from gongkai.platform.annual.queries.alongside import Commented
from gongkai.platform.annual.queries.working import Workspace

KINDS: dict[str, tuple[str | Promise, str]] = {"reply": (_("回复"), "quiet"), "resolve": (_("已解决"), "done"), "reopen": (_("重新提出"), "soon")}


def may_comment(work: Workspace) -> bool:
    return work.head.state in COMMENTING


def of_section(work: Workspace, number: int, text: str) -> dict[str, Any]:
    """The comments on a section: open ones, and those that are resolved."""
    printed = "".join(piece.text for piece in beside.pieces(text, work.knowledge))
    shown = [_comment(each, (text, printed)) for each in work.comments if each.section == number]
    return {"open": [each for each in shown if each["it"].open], "resolved": [each for each in shown if not each["it"].open]}


def _comment(each: Commented, texts: tuple[str, ...]) -> dict[str, Any]:
    return {
        "it": each, "gone": bool(each.quote) and not any(each.quote in " ".join(text.split()) for text in texts),
        "turns": [{"it": turn, "words": KINDS[turn.kind][0], "tone": KINDS[turn.kind][1]} for turn in each.turns],
    }  # fmt: skip
