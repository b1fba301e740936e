"""The one door to the check before publication (发布前检查, documents.gate): what it finds, what is waived, what stops an action."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.platform.documents.gate.finding import GateFinding, Severity

from .errors import Invalid
from .models import Item, Waiver
from .recording import Doing

SHOWN = 5


def find(item: Item) -> Sequence[GateFinding]:
    """What the gate finds in the item's current revision and its files."""
    return ()


def open_findings(item: Item) -> list[GateFinding]:
    """What stops publication: findings that block and that nobody has answered for."""
    waived = set(Waiver.objects.filter(item=item).values_list("fingerprint", flat=True))
    return [finding for finding in find(item) if finding.severity is Severity.BLOCK and finding.fingerprint not in waived]


def require_clear(doing: Doing) -> None:
    """Nothing goes to the public while a finding is open."""
    if still := open_findings(doing.item):
        told = "；".join(f"{finding.message.zh}" for finding in still[:SHOWN])
        more = f"等 {len(still)} 处" if len(still) > SHOWN else ""
        raise Invalid({"findings": f"发布前检查还有未处理的问题：{told}{more}请退回修改，或由审查人逐条写明理由放行。"})


def note_findings(doing: Doing) -> None:
    """Keep with the step how many findings the drafter saw when handing in."""
    found = find(doing.item)
    doing.facts["findings"] = {
        "block": sum(finding.severity is Severity.BLOCK for finding in found),
        "warn": sum(finding.severity is Severity.WARN for finding in found),
    }
