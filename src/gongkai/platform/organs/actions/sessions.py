"""Sessions: listed and ended by the person, ended by the administrator, marked when they are used."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.journal import record
from gongkai.platform.journal.models import PLATFORM_CHAIN
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import Invalid, NotAllowed, NotFound
from gongkai.platform.organs.models import Person

from .permission import administering, locked_person, subject_of


@transaction.atomic
def end_sessions(actor: Actor, person_id: int, *, reason: str, at: datetime) -> int:
    """Sign a person out everywhere."""
    by = administering(actor)
    person = locked_person(person_id)
    if not reason.strip():
        raise Invalid({"reason": _("请写明理由，例如电脑遗失。")})
    ended = ended_sessions(person)
    record(by, "organs.end_sessions", subject_of(person), chain=PLATFORM_CHAIN, at=at, changes={"sessions": ended}, reason=reason)
    return ended


@transaction.atomic
def end_own_sessions(actor: Actor, *, at: datetime, keep: str, only: int | None = None) -> int:
    """A person ends their other sessions, or one of them; the one they are in stays."""
    if actor.person is None:
        raise NotAllowed("请先登录。", "Sign in first.")
    person = locked_person(actor.person)
    ended = ended_sessions(person, keep, only)
    if only is not None and not ended:
        raise NotFound("这一会话已经结束。", "That session has ended already.")
    if ended:
        record(actor.by(), "organs.end_own_sessions", subject_of(person), chain=PLATFORM_CHAIN, at=at, changes={"sessions": ended})
    return ended


def ended_sessions(person: Person, besides: str = "", only: int | None = None) -> int:
    """End a person's sessions inside the caller's transaction; how many there were."""
    found = UserSession.objects.filter(user=person).exclude(session_key=besides)
    keys = list((found if only is None else found.filter(pk=only)).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def session_seen(request: HttpRequest) -> None:
    """Note when and from where the session of a request was used. Nothing is journalled: nothing was done."""
    from allauth.account.adapter import get_adapter

    address = get_adapter(request).get_client_ip(request)
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now(), ip=address)
