"""People: entered, changed, taken out of use and back. Nobody is ever deleted: the journal and the items name them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.platform.journal import record
from gongkai.platform.journal.models import PLATFORM_CHAIN
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import Conflict, Invalid, NotAllowed, NotNow
from gongkai.platform.organs.facts import PersonFacts, sort_key
from gongkai.platform.organs.models import Person

from .permission import ADMINISTRATORS, administering, change, hold, locked_person, subject_of
from .roles import last_administrator
from .sessions import ended_sessions

_PRIVATE = ("email", "phone", "identity")
_ONCE = {"login": "登录名", "identity": "统一身份标识"}


@transaction.atomic
def create_person(
    actor: Actor, facts: PersonFacts, *, at: datetime, password: str | None = None, must_change: bool = True, hashed: str = ""
) -> Person:
    """Enter a person. Without a password they cannot sign in by one until it is issued. `hashed`: one that was hashed already."""
    by = administering(actor)
    facts = facts.tidy()
    _checked(facts, None)
    person = Person(created_at=at, sort_key=sort_key(facts.name), must_change_password=bool(password) and must_change, **asdict(facts))
    if password:
        _strong(password, person)
    person.set_password(password)
    person.password = hashed or person.password
    person.save(force_insert=True)
    record(by, "organs.create_person", subject_of(person), chain=PLATFORM_CHAIN, at=at, changes={"login": person.login, "name": person.name})
    return person


@transaction.atomic
def change_person(actor: Actor, person_id: int, facts: PersonFacts, *, at: datetime, based_on: int | None = None) -> Person:
    """Change what is told of a person; the journal keeps which fields, not the addresses themselves."""
    by = administering(actor)
    person = locked_person(person_id)
    if based_on is not None and person.version != based_on:
        raise Conflict("您打开之后，别人已修改过这个人。请核对下面的内容后再保存一次。", "Somebody else has saved this person meanwhile.")
    facts = facts.tidy()
    _checked(facts, person)
    changes = change(person, asdict(facts) | {"sort_key": sort_key(facts.name)}, _PRIVATE)
    if not changes:
        return person
    changes.pop("sort_key", None)
    person.version += 1
    person.save()
    record(by, "organs.change_person", subject_of(person), chain=PLATFORM_CHAIN, at=at, changes=changes)
    return person


@transaction.atomic
def bind_identity(actor: Actor, person_id: int, identity: str, *, at: datetime) -> Person:
    """What the unified identity calls this person; empty takes the binding away."""
    told = locked_person(person_id)
    facts = PersonFacts(login=told.login, name=told.name, email=told.email, phone=told.phone, identity=identity)
    return change_person(actor, person_id, facts, at=at)


@transaction.atomic
def deactivate_person(actor: Actor, person_id: int, *, reason: str, at: datetime) -> Person:
    """Nobody signs in as this person any more, and open sessions end. Roles stand as they are, without effect."""
    by = administering(actor)
    hold(ADMINISTRATORS)
    person = locked_person(person_id)
    if not person.is_active:
        raise NotNow("此人已停用。", "The person is deactivated already.")
    if person.pk == actor.person:
        raise NotAllowed("不能停用自己；请由另一名系统管理员办理。", "Nobody deactivates themselves.")
    if not reason.strip():
        raise Invalid({"reason": _("请写明停用的理由，例如调离。")})
    if last_administrator(person.pk, at):
        raise NotAllowed("这是最后一名系统管理员，不能停用。请先任命另一名。", "The last administrator cannot be deactivated.")
    person.is_active = False
    person.version += 1
    person.save()
    ended = ended_sessions(person)
    record(by, "organs.deactivate_person", subject_of(person), chain=PLATFORM_CHAIN, at=at, changes={"sessions": ended}, reason=reason)
    return person


@transaction.atomic
def reactivate_person(actor: Actor, person_id: int, *, reason: str, at: datetime) -> Person:
    by = administering(actor)
    person = locked_person(person_id)
    if person.is_active:
        raise NotNow("此人在用。", "The person is active.")
    if not reason.strip():
        raise Invalid({"reason": _("请写明恢复的理由。")})
    person.is_active = True
    person.version += 1
    person.save()
    record(by, "organs.reactivate_person", subject_of(person), chain=PLATFORM_CHAIN, at=at, reason=reason)
    return person


def _checked(facts: PersonFacts, person: Person | None) -> None:
    wrong = facts.faults()
    others = Person.objects.exclude(pk=person.pk) if person else Person.objects.all()
    for field, words in _ONCE.items():
        value = getattr(facts, field)
        if value and field not in wrong and (twin := others.filter(**{field: value}).first()):
            wrong[field] = _("%(words)s“%(value)s”已属于“%(name)s”%(which)s。") % {"words": _(words), "value": value, "name": twin.name, "which": "" if twin.is_active else _("（已停用）")}
    if wrong:
        raise Invalid(wrong)


def _strong(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Invalid({"password": " ".join(weak.messages)}) from None
