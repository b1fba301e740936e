"""Organs: entered, changed, moved in their two trees, closed and opened again; their guide and their settings."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.journal import record
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import Conflict, Invalid, NotNow
from gongkai.platform.organs.facts import GUIDE_FIELDS, Guide, OrganFacts, sort_key
from gongkai.platform.organs.models import Level, Organ, OrganKind
from gongkai.platform.organs.numbering import Numbered, stem

from .permission import TREE, administering, change, hold, keeping_guide, locked_organ, subject_of
from .roles import end_all_of_organ

_LEVELS, _KINDS = frozenset(Level.values), frozenset(OrganKind.values)
_PARENTS = ("area", "system")
_ONCE = {"name": "机关全称", "slug": "网址代号", "code": "组织机构代码", "credit_code": "统一社会信用代码"}


@transaction.atomic
def create_organ(actor: Actor, facts: OrganFacts, *, at: datetime) -> Organ:
    """Enter an organ at its place in the trees."""
    by = administering(actor)
    hold(TREE)
    facts = facts.tidy()
    parents = _checked(facts, None)
    told = _columns(facts)
    organ = Organ(created_at=at, sort_key=sort_key(facts.name), **told)
    organ.save(force_insert=True)
    for tree in _PARENTS:
        parent = parents[tree]
        setattr(organ, f"{tree}_path", f"{getattr(parent, f'{tree}_path') if parent else '/'}{organ.pk}/")
    organ.save(update_fields=["area_path", "system_path"])
    record(by, "organs.create", subject_of(organ), chain=organ.pk, at=at, changes={k: v for k, v in told.items() if v not in ("", None)})
    return organ


@transaction.atomic
def change_organ(actor: Actor, organ_id: int, facts: OrganFacts, *, at: datetime, reason: str = "", based_on: int | None = None) -> Organ:
    """Change an organ; with another parent its whole subtree moves along."""
    by = administering(actor)
    hold(TREE)
    organ = locked_organ(organ_id)
    _unchanged_since(organ, based_on)
    facts = facts.tidy()
    parents = _checked(facts, organ)
    changes = change(organ, _columns(facts) | {"sort_key": sort_key(facts.name)})
    if not changes:
        return organ
    for tree in _PARENTS:
        if f"{tree}_parent_id" in changes:
            _move(organ, tree, parents[tree])
    changes.pop("sort_key", None)
    organ.version += 1
    organ.save()
    record(by, "organs.change", subject_of(organ), chain=organ.pk, at=at, changes=changes, reason=reason)
    return organ


@transaction.atomic
def close_organ(actor: Actor, organ_id: int, *, reason: str, at: datetime, on: date | None = None, successor: int | None = None) -> Organ:
    """Take an organ out of use (机构改革); what it published stays, its roles end, its functions may go to another."""
    by = administering(actor)
    hold(TREE)
    organ = locked_organ(organ_id)
    if not organ.active:
        raise NotNow("该机关已停用。", "The organ is closed already.")
    if not reason.strip():
        raise Invalid({"reason": _("请写明停用的理由，例如机构改革的文件。")})
    below = Organ.objects.filter(active=True, area_path__startswith=organ.area_path).exclude(pk=organ.pk)
    if first := below.first() or Organ.objects.filter(active=True, system_path__startswith=organ.system_path).exclude(pk=organ.pk).first():
        raise NotNow(f"其下还有在用的机关，例如“{first.name}”。请先将其划转或停用。", "Organs below it are still in use.")
    if successor is not None and (successor == organ.pk or not Organ.objects.filter(pk=successor, active=True).exists()):
        raise Invalid({"successor": _("承继机关须是另一个在用的机关。")})
    organ.active, organ.closed_on, organ.successor_id = False, on or timezone.localdate(at), successor
    organ.version += 1
    organ.save()
    ended = end_all_of_organ(by, organ, at)
    changes = {"closed_on": organ.closed_on.isoformat(), "successor": successor, "ended_roles": ended}
    record(by, "organs.close", subject_of(organ), chain=organ.pk, at=at, changes=changes, reason=reason)
    return organ


@transaction.atomic
def reopen_organ(actor: Actor, organ_id: int, *, reason: str, at: datetime) -> Organ:
    """Take a closed organ into use again; roles have to be granted anew."""
    by = administering(actor)
    hold(TREE)
    organ = locked_organ(organ_id)
    if organ.active:
        raise NotNow("该机关在用。", "The organ is in use.")
    if not reason.strip():
        raise Invalid({"reason": _("请写明恢复的理由。")})
    parents = [getattr(organ, f"{tree}_parent") for tree in _PARENTS]
    if closed := next((parent for parent in parents if parent and not parent.active), None):
        raise NotNow(f"其上级“{closed.name}”已停用，请先更改上级。", "Its parent is closed.")
    organ.active, organ.closed_on, organ.successor = True, None, None
    organ.version += 1
    organ.save()
    record(by, "organs.reopen", subject_of(organ), chain=organ.pk, at=at, reason=reason)
    return organ


@transaction.atomic
def change_guide(actor: Actor, organ_id: int, guide: Guide, *, at: datetime, based_on: int | None = None) -> Organ:
    """What the guide tells of the disclosure office (条例第十二条); saving it is looking at it."""
    by = keeping_guide(actor, organ_id)
    organ = locked_organ(organ_id)
    _unchanged_since(organ, based_on)
    told = {field: " ".join(value.replace("\x00", "").split()) for field, value in asdict(guide).items()}
    wrong = {}
    for field in GUIDE_FIELDS:
        most = getattr(Organ._meta.get_field(field), "max_length", 0)
        if len(told[field]) > most:
            wrong[field] = _("不得超过 %(most)s 个字，现有 %(n)s 个。") % {"most": most, "n": len(told[field])}
    if wrong:
        raise Invalid(wrong)
    changes = change(organ, told | {"guide_checked_on": timezone.localdate(at)})
    if changes:
        organ.version += 1
        organ.save()
        record(by, "organs.change_guide", subject_of(organ), chain=organ.pk, at=at, changes=_dates_told(changes))
    return organ


@transaction.atomic
def confirm_guide(actor: Actor, organ_id: int, *, at: datetime) -> Organ:
    """The guide was looked at and still holds."""
    by = keeping_guide(actor, organ_id)
    organ = locked_organ(organ_id)
    changes = change(organ, {"guide_checked_on": timezone.localdate(at)})
    organ.save(update_fields=["guide_checked_on"])
    record(by, "organs.confirm_guide", subject_of(organ), chain=organ.pk, at=at, changes=_dates_told(changes))
    return organ


@transaction.atomic
def change_settings(
    actor: Actor, organ_id: int, values: dict[str, int | bool], *, since: date, at: datetime, reason: str = "", based_on: int | None = None
) -> Organ:
    """Set what the law leaves to the organ, from a day on. What held before keeps standing."""
    by = administering(actor)
    organ = locked_organ(organ_id)
    _unchanged_since(organ, based_on)
    if wrong := {key: said for key, value in values.items() if (said := dated.wrong_value(key, value))}:
        raise Invalid(wrong)
    held = {key: dated.value_on(organ.settings, key, since) for key in values}
    new = {key: value for key, value in values.items() if held[key] != int(value)}
    if not new:
        return organ
    kept = [row for row in dated.read(organ.settings) if not (row.key in new and row.since == since)]
    kept += [dated.Dated(key, value, since) for key, value in new.items()]
    organ.settings = [row.stored() for row in sorted(kept, key=lambda row: (row.since, row.key))]
    organ.version += 1
    organ.save()
    changes = {key: [held[key], value] for key, value in new.items()} | {"since": since.isoformat()}
    record(by, "organs.change_settings", subject_of(organ), chain=organ.pk, at=at, changes=changes, reason=reason)
    return organ


def _columns(facts: OrganFacts) -> dict[str, object]:
    told = asdict(facts)
    for tree in _PARENTS:
        told[f"{tree}_parent_id"] = told.pop(f"{tree}_parent")
    return told


def _checked(facts: OrganFacts, organ: Organ | None) -> dict[str, Organ | None]:
    """Every fault at once; the parents, when there is none."""
    wrong = facts.faults(_LEVELS, _KINDS)
    others = Organ.objects.exclude(pk=organ.pk) if organ else Organ.objects.all()
    for field, words in _ONCE.items():
        value = getattr(facts, field)
        if value and field not in wrong and (twin := others.filter(**{field: value}).first()):
            wrong[field] = _("%(words)s“%(value)s”已属于“%(name)s”。") % {"words": _(words), "value": value, "name": twin.name}
    if "index_pattern" not in wrong and (same := _same_numbers(facts, others)):
        wrong["index_pattern"] = _("照此格式编出的索引号会与“%(same)s”的相同；请在格式里加上机关的代码或代号。") % {"same": same}
    parents: dict[str, Organ | None] = {}
    for tree in _PARENTS:
        parent_id = getattr(facts, f"{tree}_parent")
        parent = parents[tree] = Organ.objects.filter(pk=parent_id).first() if parent_id is not None else None
        if parent_id is not None and parent is None:
            wrong[f"{tree}_parent"] = _("没有这个上级机关。")
        elif parent and not parent.active and (organ is None or getattr(organ, f"{tree}_parent_id") != parent.pk):
            wrong[f"{tree}_parent"] = _("“%(name)s”已停用，不能作上级。") % {"name": parent.name}
        elif parent and organ and f"/{organ.pk}/" in getattr(parent, f"{tree}_path"):
            wrong[f"{tree}_parent"] = _("“%(name)s”是本机关自身或其下级，不能作上级。") % {"name": parent.name}
    if facts.vertical and "system_parent" not in wrong and parents["system"] is None:
        wrong["system_parent"] = _("垂直领导的机关须有系统内的上级主管机关（条例第三条）。")
    if wrong:
        raise Invalid(wrong)
    return parents


def _same_numbers(facts: OrganFacts, others: object) -> str:
    mine = stem(facts.index_pattern, facts.numbered)
    if any(f"{{{field}}}" in facts.index_pattern for field in ("code", "credit", "slug")):
        others = others.exclude(index_pattern__regex=r"\{(code|credit|slug)\}")  # type: ignore[attr-defined]
    for name, pattern, *told in others.values_list("name", "index_pattern", "code", "credit_code", "slug"):  # type: ignore[attr-defined]
        if stem(pattern, Numbered(*told)) == mine:
            return str(name)
    return ""


def _move(organ: Organ, tree: str, parent: Organ | None) -> None:
    """The organ and everything below it, to another place in one tree."""
    column = f"{tree}_path"
    old = getattr(organ, column)
    new = f"{getattr(parent, column) if parent else '/'}{organ.pk}/"
    rest = Substr(column, len(old) + 1)
    Organ.objects.filter(**{f"{column}__startswith": old}).update(**{column: Concat(Value(new), rest)})
    setattr(organ, column, new)


def _unchanged_since(organ: Organ, based_on: int | None) -> None:
    if based_on is not None and organ.version != based_on:
        raise Conflict("您打开之后，别人已修改过本机关。请核对下面的内容后再保存一次。", "Somebody else has saved this organ meanwhile.")


def _dates_told(changes: dict[str, object]) -> dict[str, object]:
    days = changes.get("guide_checked_on")
    if isinstance(days, list):
        changes["guide_checked_on"] = [day and day.isoformat() for day in days]
    return changes
