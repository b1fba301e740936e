"""汇总范围: what is declared with the government's report, and what stops it: organs without a report, requests that two reports count. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongkai.platform.organs.requirements import checked_reason

from .errors import Invalid

if TYPE_CHECKING:
    from .models import Report

SHOWN = 5


def declared(left_out: Sequence[str], reason: str) -> dict[str, Any]:
    """Whose reports do not belong into it, and why: nobody is left out without a word."""
    names = sorted({each.strip() for each in left_out} - {""})
    if names and not reason.strip():
        raise Invalid({"reason": _("有机关不计入汇总，请写明理由。")})
    return {"left_out": names, "reason": checked_reason(reason, needed=False)}


def source(report: Report) -> dict[str, Any]:
    """What a sum was added up from, as it is frozen and published with it; nothing for an organ's own report."""
    told = report.summing or {}
    if not report.summed:
        return {}
    parts = [{"organ": each["organ"], "sha256": each["sha256"]} for each in told.get("parts", ()) if each["id"]]
    return {"kind": "aggregate", "parts": parts, "left_out": told.get("left_out", []), "reason": told.get("reason", "")}


def stands(report: Report) -> None:
    """Whether the total as it was compiled covers its scope, and counts nothing twice."""
    if not report.summed:
        return
    told = report.summing or {}
    if missing := told.get("missing", ()):
        raise Invalid({"scope": _("汇总范围内还有 %(n)s 个机关没有接收的报告：%(names)s。请催报、接收以后重新汇编，或者在“汇总范围”里写明理由、不计入。") % {
            "n": len(missing), "names": "、".join(missing[:SHOWN]) + ("……" if len(missing) > SHOWN else "")}})  # fmt: skip
    if moved := told.get("moved", ()):
        raise Invalid({"scope": "；".join(sentence(each) for each in moved)})


def sentence(moved: dict[str, Any]) -> str:
    """Requests that changed hands between two reports: which, and what to do."""
    told = {"giver": moved["giver"], "taker": moved["taker"], "n": len(moved["numbers"]), "numbers": "、".join(moved["numbers"][:SHOWN])}
    if moved["times"]:
        return _("“%(giver)s”移送“%(taker)s”的 %(n)s 件申请（%(numbers)s），两份报告都计了：请“%(giver)s”更正、重新报送，接收以后重新汇编。") % told
    return _("“%(giver)s”移送“%(taker)s”的 %(n)s 件申请（%(numbers)s），两份报告都没有计：请“%(taker)s”更正、重新报送，接收以后重新汇编。") % told
