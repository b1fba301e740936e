"""The scope of the government's report, from what its queries tell to what the templates show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.law.findings import Severity
from gongkai.platform.annual import scoping
from gongkai.platform.annual.queries.summing import OWN, Member

from .annual_showing import SEVERITIES, TONES
from .forms.annual.board import ScopeForm
from .received_showing import RECEIVED
from .showing import said

Shown = dict[str, Any]


def members(found: Sequence[Member], form: ScopeForm, *, changing: bool, report: Any = None) -> Shown:
    """Every organ of the scope with where its report is; how many are in, missing, left out; what is no longer as it was added up."""
    out = set(form.left_out())
    inside = {each["id"] for each in (report.summing or {}).get("parts", ())} - {OWN} if report is not None and report.summed else None
    rows = [_member(each, each.name in out, inside) for each in found]
    now = {each.accepted for each in found if each.accepted and not each.left_out}
    return {
        "rows": rows, "changing": changing, "n_in": sum(row["counted"] for row in rows), "n_out": len(out),
        "missing": [each.name for each in found if each.missing and each.name not in out], "again": inside is not None and inside != now,
    }  # fmt: skip


def _member(each: Member, out: bool, inside: set[int] | None) -> Shown:
    words, tone = RECEIVED.get(each.state, (_("没有报送"), "quiet"))
    number = each.waiting or each.accepted
    counted = each.accepted is not None and not out
    note = ""
    if each.accepted and each.waiting:
        words, tone, note = _("已接收"), "done", _("又报送了一份，待核对")
        number = each.waiting
    if inside is not None and counted and each.accepted not in inside:
        note = _("汇编以后接收的")
    return {
        "it": each, "inside": not out, "state": words, "tone": tone, "note": note, "counted": counted,
        "address": reverse("desk:annual_received", args=[number]) if number else "",
        "words": _("不计入") if out else _("计入") if counted else _("缺"), "mark": "quiet" if out else "done" if counted else "late",
    }  # fmt: skip


def told(report: Any) -> Shown:
    """What the addition said when the tables were compiled."""
    kept = report.summing or {}
    severities = {severity.value: severity for severity in Severity}
    findings = [
        {"tone": TONES[severities[each["severity"]]], "severity": said(*SEVERITIES[severities[each["severity"]]]), "message": said(each["zh"], each["en"])}
        for each in kept.get("findings", ())
    ]
    return {"parts": max(0, len(kept.get("parts", ())) - 1), "missing": kept.get("missing", []), "moved": [scoping.sentence(each) for each in kept.get("moved", ())], "findings": findings, "untold": kept.get("untold", [])}
