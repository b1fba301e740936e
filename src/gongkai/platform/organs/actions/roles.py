"""Roles: granted for a term, ended. Duties are separated here first: who administers holds no role over content."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.journal import By, record
from gongkai.platform.journal.models import PLATFORM_CHAIN
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.organs.models import Organ, Role
from gongkai.platform.organs.roles import RoleKind

from .permission import ADMINISTRATORS, administering, hold, locked_person, subject_of
from .sessions import ended_sessions

_ADMINISTRATOR = RoleKind.ADMINISTRATOR.value


@transaction.atomic
def grant_role(
    actor: Actor, person_id: int, kind: RoleKind, organ_id: int | None = None, *, since: date, at: datetime, until: date | None = None, office: str = ""
) -> Role:
    """Give a person a role in an organ for a term; the administrator's has no organ."""
    by = administering(actor)
    if kind is RoleKind.ADMINISTRATOR:
        hold(ADMINISTRATORS)
    person = locked_person(person_id)
    if person.pk == actor.person:
        raise NotAllowed("不能给自己授予角色；请由另一名系统管理员办理。", "Nobody grants a role to themselves.")
    if not person.is_active:
        raise NotNow("此人已停用，请先恢复。", "The person is deactivated.")
    organ = _place(kind, organ_id)
    office = " ".join(office.split())
    if until is not None and until < since:
        raise Invalid({"until": _("任职止（%(until)s）不能早于任职起（%(since)s）。") % {"until": until, "since": since}})
    if len(office) > 100:
        raise Invalid({"office": _("内设机构名称不得超过 100 个字。")})
    meanwhile = Role.objects.filter(_overlapping(since, until), person=person, ended_at__isnull=True)
    if meanwhile.filter(kind=kind.value, organ=organ, office=office).exists():
        raise Invalid({"kind": _("此人在这段时间里已有“%(label)s”这一角色。") % {"label": _(kind.label)}})
    _apart(kind, list(meanwhile))
    role = Role.objects.create(person=person, organ=organ, kind=kind.value, office=office, since=since, until=until)
    changes = {"role": role.pk, "name": person.name, "kind": kind.value, "office": office, "since": since.isoformat(), "until": until and until.isoformat()}
    record(by, "organs.grant_role", subject_of(person), chain=_chain(role), at=at, changes=changes)
    return role


@transaction.atomic
def end_role(actor: Actor, role_id: int, *, reason: str, at: datetime, on: date | None = None) -> Role:
    """End a role: at once, or on a day to come (its last day)."""
    by = administering(actor)
    role = Role.objects.select_related("person").filter(pk=role_id).first()
    if role is None:
        raise NotFound("没有这一任职。", "There is no such role.")
    if role.kind == _ADMINISTRATOR:
        hold(ADMINISTRATORS)
    person = locked_person(role.person_id)
    role = Role.objects.select_for_update().get(pk=role_id)
    today = timezone.localdate(at)
    if role.ended_at is not None or (role.until is not None and role.until < today):
        raise NotNow("这一任职已经结束。", "The role has ended already.")
    if not reason.strip():
        raise Invalid({"reason": _("请写明结束任职的理由。")})
    if on is not None and on < max(today, role.since):
        raise Invalid({"on": _("最后一日不能早于%(which)s；立即结束请留空。") % {"which": _("今天") if on < today else _("任职起")}})
    if role.kind == _ADMINISTRATOR and last_administrator(role.person_id, at, besides=role.pk, until=on):
        raise NotAllowed("这是最后一名系统管理员，不能结束。请先任命另一名。", "The last administrator's role cannot be ended.")
    before = role.until
    if on is None:
        role.ended_at, role.until = at, max(today, role.since)
    else:
        role.until = on
    role.save()
    changes = {"role": role.pk, "name": person.name, "kind": role.kind, "until": [before and before.isoformat(), role.until and role.until.isoformat()]}
    if on is None:
        changes["sessions"] = ended_sessions(person)
    record(by, "organs.end_role", subject_of(person), chain=_chain(role), at=at, changes=changes, reason=reason)
    return role


def end_all_of_organ(by: By, organ: Organ, at: datetime) -> int:
    """Every role in an organ that is closed. Told in the entry of its closing."""
    today = timezone.localdate(at)
    ended = 0
    live = Role.objects.select_for_update().filter(Q(until__isnull=True) | Q(until__gte=today), organ=organ, ended_at__isnull=True)
    for role in live.select_related("person").order_by("pk"):
        role.ended_at, role.until = at, max(today, role.since)
        role.save()
        ended_sessions(role.person)
        ended += 1
    return ended


def last_administrator(person_id: int, at: datetime, besides: int | None = None, until: date | None = None) -> bool:
    """Whether nobody would administer without this person (or this one role of theirs). Only people who can sign in count,
    whose term goes on after the day on which this one ends."""
    today = timezone.localdate(at)
    held = Role.objects.filter(kind=_ADMINISTRATOR, ended_at__isnull=True, person__is_active=True, since__lte=today)
    held = held.filter(Q(until__isnull=True) | Q(until__gte=today))
    mine = held.filter(pk=besides) if besides else held.filter(person_id=person_id)
    if not mine.exists():
        return False
    others = held.exclude(pk=besides) if besides else held.exclude(person_id=person_id)
    return not others.filter(Q(until__isnull=True) | Q(until__gt=until or today)).exists()


def _place(kind: RoleKind, organ_id: int | None) -> Organ | None:
    if kind is RoleKind.ADMINISTRATOR:
        if organ_id is not None:
            raise Invalid({"organ": _("系统管理员不属于任何一个机关，请不要选择机关。")})
        return None
    organ = Organ.objects.filter(pk=organ_id).first() if organ_id is not None else None
    if organ is None:
        raise Invalid({"organ": _("请选择“%(label)s”所在的机关。") % {"label": _(kind.label)}})
    if not organ.active:
        raise Invalid({"organ": _("“%(name)s”已停用。") % {"name": organ.name}})
    return organ


def _apart(kind: RoleKind, meanwhile: list[Role]) -> None:
    """Who administers sees no content, so holds no other role at the same time."""
    for held in meanwhile:
        if (kind is RoleKind.ADMINISTRATOR) != (held.kind == _ADMINISTRATOR):
            raise NotAllowed(
                f"系统管理员不得同时担任其他角色（此人在这段时间里{'是“' + RoleKind(held.kind).label + '”'}）。",
                "An administrator holds no role over content at the same time.",
            )


def _overlapping(since: date, until: date | None) -> Q:
    ends_later = Q(until__isnull=True) | Q(until__gte=since)
    return ends_later if until is None else ends_later & Q(since__lte=until)


def _chain(role: Role) -> int:
    return role.organ_id or PLATFORM_CHAIN
