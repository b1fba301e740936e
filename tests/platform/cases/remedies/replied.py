"""Requests that were answered, written as the actions leave them, and remedies against them."""

from __future__ import annotations

from datetime import date

from gongkai.platform.cases.actions import remedies
from gongkai.platform.cases.claims import Claim
from gongkai.platform.cases.models import Letter, Remedy, Request
from gongkai.platform.cases.recording import act
from tests.platform.cases.factories import Office, at, entered

CLAIM = Claim("柳如烟", agent="郑律师", case_number="（2026）松府复字第7号", asks="撤销答复并责令重新答复", grounds="方案不是过程性信息")


def replied(place: Office, *, on: str = "2026-03-02", reply_on: str = "2026-03-20", reply: str = "denied_process_info", outcome: str = "denied_process_info") -> Request:
    """A request with its reply, served on line and opened the next day."""
    case = entered(place, on=on)
    done = act(
        place.officer, case.pk, "serve_letter",
        lambda doing: doing.happen("replied", date.fromisoformat(reply_on), law={"outcome": outcome}, facts={"reply": reply}), at=at(reply_on),
    )  # fmt: skip
    Letter.objects.create(
        request=done, key="denied", reply=reply, state="served", fields=b"", drafted_at=at(reply_on), way="online", served_on=date.fromisoformat(reply_on)
    )
    return done


def reconsidered(place: Office, case: Request | None, *, filed_on: str = "2026-04-07", **more: object) -> Remedy:
    told: dict[str, object] = {"kind": "reconsideration", "body": "某市人民政府", "claimant": CLAIM, "claimant_kind": "natural"}
    return remedies.open(
        place.officer, place.organ.pk, request_id=case.pk if case else None, filed_on=date.fromisoformat(filed_on), at=at(filed_on), **{**told, **more}
    )  # type: ignore[arg-type]
