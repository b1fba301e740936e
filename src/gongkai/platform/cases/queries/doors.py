"""The doors of those who have no role: the applicant by query code or by a link sent to the own address, the side consulted by link.

Only here a Ticket is made. Whoever opens a door by mistake or by guessing learns nothing: unknown and foreign look the same.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongkai.platform.cases import sealing
from gongkai.platform.cases.creating import code_hash
from gongkai.platform.cases.models import Consultation, DoorLink, Request
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.cases.states import Party

TOKEN = "cases.consultation.token"  # 征求意见链接的散列用途
_MAILED = "cases.door.token"
LINK_HOURS = 24
GRANT = timedelta(hours=2)  # 查询码、链接打开之后，浏览器里可以看多久
LONGEST = 200


def by_code(number: str, code: str) -> Ticket | None:
    """The applicant's ticket, where number and query code belong together. The code also opens what a request was split into or moved to."""
    given, signs = plain_number(number), "".join(sign for sign in code if sign.isalnum())
    if not signs or len(code) > LONGEST or len(number) > LONGEST:
        return None
    found = list(Request.objects.filter(code_hash=code_hash(code)).order_by("pk").values_list("pk", "number"))
    same = [pk for pk, known in found if hmac.compare_digest(given.encode(), plain_number(known).encode())]
    return Ticket(same[-1], Party.APPLICANT) if same else None  # 移送而编号相同的：接收机关的那件


def belonging(ticket: Ticket) -> list[int]:
    """What the same query code opens: the request, and what it was split into or moved to."""
    own = Request.objects.filter(pk=ticket.request).exclude(code_hash="").values("code_hash")
    found = list(Request.objects.filter(code_hash__in=own).order_by("pk").values_list("pk", flat=True))
    return [*(number for number in found if number != ticket.request), ticket.request] if ticket.party is Party.APPLICANT else []


def plain_number(number: str) -> str:
    """A registration number as people type it: blanks and full-width signs do not matter."""
    table = {ord("－"): "-", ord("—"): "-", ord("–"): "-", **{ord("０") + at: str(at) for at in range(10)}}
    return "".join(number.translate(table).split()).upper()


def new_token() -> str:
    """A token that nobody guesses, fit for an address. 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """How the token of a consultation's link is kept."""
    return sealing.secret_hash(TOKEN, token)


@dataclass(frozen=True, slots=True)
class Met:
    """What stands behind a consultation's link: a ticket; or none, because the time is over."""

    ticket: Ticket | None
    until: date | None


def by_link(token: str, on: date) -> Ticket | None:
    """The ticket of the side consulted, while its link is good."""
    met = met_by_link(token, on)
    return met.ticket if met else None


def met_by_link(token: str, on: date) -> Met | None:
    """None where there is no such link; without a ticket where its time is over."""
    if not 20 <= len(token) <= LONGEST:
        return None
    found = Consultation.objects.filter(token_hash=token_hash(token)).values_list("pk", "request_id", "token_until").first()
    if found is None:
        return None
    number, request, until = found
    over = until is not None and on > until
    return Met(None if over else Ticket(request, Party.ASKED, number), until)


def mailed(token: str, now: datetime) -> bool:
    """Whether a link that was sent by e-mail is still good."""
    return DoorLink.objects.filter(token_hash=mailed_hash(token), used_at__isnull=True, until__gt=now).exists() if len(token) <= LONGEST else False


def mailed_hash(token: str) -> str:
    return sealing.secret_hash(_MAILED, token)


def by_contact(contact_hash: str) -> list[int]:
    """The requests that name an e-mail address, newest first. Only for whoever has shown that the address is theirs."""
    if not contact_hash:
        return []
    return list(Request.objects.filter(contact_hashes__contains=[contact_hash]).order_by("-submitted_on", "-pk").values_list("pk", flat=True)[:200])


def grants(held: Mapping[str, str], numbers: list[int], now: datetime) -> dict[str, str]:
    """What a session keeps: the ids that were opened, and until when; nothing else."""
    alive = {key: until for key, until in held.items() if datetime.fromisoformat(until) > now}
    return alive | {str(number): (now + GRANT).isoformat() for number in numbers}


def by_grant(held: Mapping[str, str], number: int, now: datetime) -> Ticket | None:
    """The applicant's ticket again, in a session in which the door was opened, until its time is over."""
    until = held.get(str(number))
    return Ticket(number, Party.APPLICANT) if until is not None and datetime.fromisoformat(until) > now else None


def granted(held: Mapping[str, str], now: datetime) -> list[int]:
    """The ids that a session may still open."""
    return [int(key) for key, until in held.items() if datetime.fromisoformat(until) > now]
