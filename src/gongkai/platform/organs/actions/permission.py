"""Who may, and what an action writes into the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import connection

from gongkai.platform.journal import By
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import NotAllowed, NotFound
from gongkai.platform.organs.models import Organ, Person
from gongkai.platform.organs.roles import RoleKind

if TYPE_CHECKING:
    from django.db.models import Model

_LOCKS = 0x676F
TREE, ADMINISTRATORS = 1, 2


def hold(what: int) -> None:
    """One at a time, until the transaction ends: changes of the tree, changes of who administers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, what])


def administering(actor: Actor) -> By:
    """The actor as administrator, or the machine; otherwise not allowed."""
    if actor.machine:
        return actor.by()
    if not actor.administers:
        raise NotAllowed("只有系统管理员可以管理机关和人员。", "Only an administrator manages organs and people.")
    return actor.by(RoleKind.ADMINISTRATOR)


def keeping_guide(actor: Actor, organ: int) -> By:
    """The organ's disclosure office keeps its guide (条例第四条); the administrator may enter it too."""
    if not actor.machine and RoleKind.DISCLOSURE_OFFICE in actor.kinds(organ):
        return actor.by(RoleKind.DISCLOSURE_OFFICE)
    if not actor.machine and not actor.administers and not actor.kinds(organ):
        raise NotFound
    if not actor.machine and not actor.administers:
        raise NotAllowed("公开指南由本机关的政府信息公开工作机构维护。", "The guide is kept by the organ's disclosure office.")
    return administering(actor)


def locked_organ(organ_id: int) -> Organ:
    if (found := Organ.objects.select_for_update().filter(pk=organ_id).first()) is None:
        raise NotFound("没有这个机关。", "There is no such organ.")
    return found


def locked_person(person_id: int) -> Person:
    if (found := Person.objects.select_for_update().filter(pk=person_id).first()) is None:
        raise NotFound("没有这个人。", "There is no such person.")
    return found


def subject_of(thing: Organ | Person) -> str:
    """How the journal names an organ or a person."""
    return f"organs.{'organ' if isinstance(thing, Organ) else 'person'}:{thing.pk}"


def change(thing: Model, told: Mapping[str, object], private: Iterable[str] = ()) -> dict[str, object]:
    """Set the fields that differ; what the journal tells of it, without the values of private ones."""
    changes: dict[str, object] = {}
    for field, value in told.items():
        if (before := getattr(thing, field)) == value:
            continue
        setattr(thing, field, value)
        changes[field] = "已更改" if field in private else [before, value]
    return changes
