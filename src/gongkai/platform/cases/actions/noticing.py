"""Messages put down inside the action's own transaction; the worker sends them (cases.sending)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from procrastinate.contrib.django import app

from gongkai.platform.cases import clocks, notices, sealing
from gongkai.platform.cases.choices import Identity
from gongkai.platform.cases.models import Notice, Remedy, Request
from gongkai.platform.cases.notices import LINK, QUEUE, SEND, TO, Audience, Kind, Sms
from gongkai.platform.cases.recording import Doing
from gongkai.platform.cases.values import Applicant
from gongkai.platform.organs.models import Role
from gongkai.platform.organs.roles import RoleKind

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})$")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+$")


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """Where somebody outside the desk is reached: the side consulted, an address typed to get a link."""

    email: str = ""
    phone: str = ""
    bilingual: bool = False


To = str | int | RoleKind | Address


def tell(
    of: Doing | Request | Remedy | None, key: str, *, to: To = "applicant", facts: Mapping[str, object] | None = None, link: str = "",
    at: datetime | None = None,
) -> list[Notice]:  # fmt: skip
    """Put down a message of a kind of notices.KINDS, and its job: call it inside the action's transaction.

    `to`: "applicant", a person's id, a role of the request's organ ("head" is the disclosure office), "officer" (who handles it;
    the head where nobody does), "both" of these, or an Address. `facts` fill the gaps (days as dates), nothing personal. `link` is sealed and wiped once sent.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("noticing.tell belongs into the action's own transaction")
    kind = notices.BY_KEY[key]
    about = of.request if isinstance(of, Doing) else of
    when = at or (of.at if isinstance(of, Doing) else None)
    if when is None:
        raise ValueError("noticing.tell wants the moment (`at`) where it is not given an action")
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in (facts or {}).items()}
    if lacking := kind.needs - told.keys():
        raise ValueError(f"notice {key} lacks {', '.join(sorted(lacking))}")
    if kind.link != bool(link):
        raise ValueError(f"notice {key} {'needs a' if kind.link else 'has no'} link")
    rows = list(_rows(about, kind, to, told, link, when))
    Notice.objects.bulk_create(rows)
    for row in rows:
        if row.state == "waiting":
            defer(row.pk)
    if about is not None and kind.sms is Sms.ALSO and any(row.state == "none" for row in rows):  # 误了会有后果，须另行告知
        tell(about, "no_address", to="officer", facts={"what": _called(kind)}, at=when)
    return rows


def defer(notice_id: int) -> None:
    app.configure_task(SEND, queue=QUEUE, lock=f"notice:{notice_id}", allow_unknown=True).defer(notice_id=notice_id)


def _rows(about: Request | Remedy | None, kind: Kind, to: To, facts: dict[str, object], link: str, at: datetime) -> Iterable[Notice]:
    request = about.request if isinstance(about, Remedy) else about
    base = {
        "request": request, "remedy": about if isinstance(about, Remedy) else None, "organ_id": about.organ_id if about else None,
        "key": kind.key, "facts": facts, "at": at,
    }  # fmt: skip
    if kind.audience is Audience.OFFICER:
        for person, email in _people(about, to, clocks.local_day(at)):
            yield Notice(**base, channel="desk", person_id=person, state="desk")
            if kind.mail and email:
                yield Notice(**base, channel="email", person_id=person, to=sealing.seal(email, TO))
        return
    address = _address(request, to)
    ways = list(_ways(kind, address))
    base["language"] = "both" if address.bilingual else "zh"
    for channel, where in ways:
        yield Notice(**base, channel=channel, to=sealing.seal(where, TO), link=sealing.seal(link, LINK) if link else None)
    if not ways:
        yield Notice(**base, channel="none", state="none")


def _ways(kind: Kind, address: Address) -> Iterable[tuple[str, str]]:
    email, phone = address.email.strip(), mobile(address.phone)
    if good := bool(_EMAIL.match(email)):
        yield "email", email
    if phone and (kind.sms is Sms.ALSO or (kind.sms is Sms.INSTEAD and not good)):
        yield "sms", phone


def mobile(phone: str) -> str:
    """A mainland mobile number, bare; empty where it is none."""
    found = _MOBILE.match(re.sub(r"[\s()（）-]", "", phone))
    return found[1] if found else ""


def _address(request: Request | None, to: To) -> Address:
    if isinstance(to, Address):
        return to
    if to != "applicant" or request is None:
        raise ValueError(f"a message to an applicant wants \"applicant\" or an Address, not {to!r}")
    applicant = Applicant.opened(request.applicant)
    return Address(applicant.email, applicant.phone, applicant.identity_kind == Identity.PASSPORT)


def _people(about: Request | Remedy | None, to: To, day: date) -> list[tuple[int, str]]:
    """Who is meant, with their e-mail addresses; nobody whose account is closed."""
    if isinstance(to, int):
        return _persons([to])
    assert about is not None and isinstance(to, str), to
    if to == "both":  # 承办人和工作机构，各一次
        return sorted({*_people(about, "officer", day), *_people(about, "head", day)})
    if to == "officer":
        request = about.request if isinstance(about, Remedy) else about
        if request is not None and request.officer_id is not None and (found := _persons([request.officer_id])):
            return found
    kind = RoleKind.DISCLOSURE_OFFICE if to in ("head", "officer") else RoleKind(to)
    held = Role.objects.filter(organ_id=about.organ_id, kind=kind).select_related("person")
    return sorted({(role.person_id, role.person.email) for role in held if role.holds_on(day) and role.person.is_active})


def _persons(ids: list[int]) -> list[tuple[int, str]]:
    from gongkai.platform.organs.models import Person

    return list(Person.objects.filter(pk__in=ids, is_active=True).values_list("pk", "email"))


def wiped(notice: Notice) -> bool:
    """A message with a link whose link is gone: it was given up; a new link needs a new message."""
    return notices.BY_KEY[notice.key].link and notice.link is None


def gave_up(notice: Notice, at: datetime) -> None:
    """Whoever handles the case learns that the other side was not reached; the administrator sees the failed job."""
    about = notice.remedy or notice.request
    if about is not None and notices.BY_KEY[notice.key].audience is not Audience.OFFICER:
        tell(about, "notice_failed", to="officer", facts={"what": _called(notices.BY_KEY[notice.key])}, at=at)


def _called(kind: Kind) -> dict[str, str]:
    """What a message is about, in both languages."""
    return {"zh": _bare(kind.zh_title), "en": _bare(kind.en_title)}


def _bare(title: str) -> str:
    return " ".join(re.sub(r"\{\w+\}", "", title).replace("：", " ").replace(":", " ").split())
