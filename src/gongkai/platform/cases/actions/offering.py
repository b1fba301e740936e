"""Before filing, published items that fit are offered; whether they helped is counted. No text is kept, and no person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gongkai.platform.cases.models import Offered

HELPED, FILED = "helped", "filed"


def offer(organ: int, items: Sequence[int], *, at: datetime) -> int | None:
    """Count that these were offered; None where there was nothing to offer."""
    return Offered.objects.create(organ_id=organ, items=list(items), at=at).pk if items else None


def answer(number: int, verdict: str, *, at: datetime) -> None:
    """It helped, or it was filed anyway. The last answer stands: somebody may say that it helped and then go on all the same."""
    assert verdict in (HELPED, FILED), verdict
    Offered.objects.filter(pk=number).update(answer=verdict)
