"""How every action is done: lock, check, change, step, public copy, journal — in this order, in one transaction.

Locks are taken in one order everywhere: the posted form, the item, the organ's serial, the journal's chain last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from gongkai.platform import journal
from gongkai.platform.organs import calendars, dated, requirements
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.roles import RoleKind

from . import clocks, states
from .choices import WITH_VALIDITY, Access, Kind, State, Validity
from .errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from .loading import whole
from .models import Item, Once, Revision, Step
from .standing import Deed, Rest, Said, Standing, advance
from .values import Draft

person_of, check_moment, checked_reason = requirements.person_of, requirements.check_moment, requirements.checked_reason
_UNTOLD = frozenset({"name", "words", "ground_note", "note", "address"})  # 操作日志不记内容


@dataclass(slots=True)
class Doing:
    """An action under way: what it found, and what it has decided so far."""

    actor: Actor
    item: Item
    action: str
    role: RoleKind | None
    at: datetime
    reason: str
    after: State
    facts: dict[str, object] = field(default_factory=dict)
    told: dict[str, object] = field(default_factory=dict)  # 只进操作日志的
    revision: Revision | None = None  # 这一步写下的新版本
    then: list[Callable[[], None]] = field(default_factory=list)  # 状态写定之后、记入日志之前

    @property
    def day(self) -> date:
        return clocks.local_day(self.at)

    @property
    def person(self) -> int:
        return person_of(self.actor)

    @property
    def current(self) -> Revision:
        return current(self.item)


Work = Callable[[Doing], None]


def act(
    actor: Actor, item_id: int, action: str | Callable[[Item], str], work: Work | None = None, *,
    at: datetime, reason: str = "", once: str | None = None, seen: int | None = None,
) -> Item:  # fmt: skip
    """Do one action with one item. `once` names the posted form, `seen` the revision that the person was looking at."""
    check_moment(at)
    with transaction.atomic():
        posted = post_once(actor, once, action if isinstance(action, str) else "return", at)
        if posted is not None and posted.item_id is not None:
            return seen_by(actor, posted.item_id)
        item = lock(actor, item_id)
        name = action if isinstance(action, str) else action(item)
        doing = begin(actor, item, name, at, reason, seen)
        if work is not None:
            work(doing)
        finish(doing)
        if posted is not None:
            Once.objects.filter(pk=posted.pk).update(item=item)
    return item


def post_once(actor: Actor, key: str | None, action: str, at: datetime) -> Once | None:
    """The posted form's row: with its answer where it was posted before. A second post waits for the first to end."""
    if key is None or actor.person is None:
        return None
    if not 1 <= len(key) <= 64:
        raise Invalid({"": _("表单编号不正确，请刷新页面后再提交。")})
    new = Once(person_id=actor.person, key=key, action=action, at=at)
    Once.objects.bulk_create([new], ignore_conflicts=True)
    row = Once.objects.get(person_id=actor.person, key=key)
    if row.action != action:
        raise Invalid({"": _("这张表单已经用于另一操作，请刷新页面后再提交。")})
    return row


def may_read(actor: Actor, organ: int) -> bool:
    """Whether what is not public of this organ may be known to the actor."""
    return actor.machine or bool(actor.kinds(organ) & states.READERS)


def lock(actor: Actor, item_id: int) -> Item:
    """The item, held until the transaction ends; not found by whoever may not know of it.

    Read only after it is held: whoever waits for another's change would see the old rows of the tables joined.
    """
    hold(item_id)
    return seen_by(actor, item_id)


def hold(item_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM catalogue_item WHERE id = %s FOR NO KEY UPDATE", [item_id])


def seen_by(actor: Actor, item_id: int) -> Item:
    found = whole(item_id)
    if found is None or not may_read(actor, found.organ_id):
        raise NotFound
    return found


def begin(actor: Actor, item: Item, action: str, at: datetime, reason: str, seen: int | None = None) -> Doing:
    """Ask the table; an action that may be begun, or the reason why not."""
    verdict = states.may(action, facts_of(item, clocks.local_day(at)), actor.kinds(item.organ_id), actor.person, actor.machine)
    if not verdict.allowed and verdict.now:
        raise NotAllowed(verdict.zh, verdict.en)
    if not verdict.allowed:
        zh, en = _last_word(item, actor)
        raise NotNow(f"{zh}{verdict.zh}", f"{en}{verdict.en}")
    if seen is not None and seen != current(item).number:
        raise conflict(item)
    row = states.BY_ACTION[action]
    words = checked_reason(reason, row.reason)
    if row.back and item.resting is not None:
        after = State(item.resting["state"])
    else:
        after = row.target or State(item.state)
    return Doing(actor, item, action, verdict.role, at, words, after)


def _last_word(item: Item, actor: Actor) -> tuple[str, str]:
    """Who did what when: for somebody who pressed a button that another had pressed before."""
    step = Step.objects.filter(item=item, number=item.steps_taken).select_related("person").first()
    if step is None:
        return "", ""
    row = states.BY_ACTION[step.action]
    when = calendars.local(step.at)
    name = "系统" if step.person is None else "您" if step.person_id == actor.person else step.person.name
    english = "The system" if step.person is None else "You" if step.person_id == actor.person else step.person.name
    return f"{name}已于 {when:%Y-%m-%d %H:%M} “{row.zh}”。", f"{english}: “{row.en}”, {when:%Y-%m-%d %H:%M}. "


def conflict(item: Item) -> Conflict:
    """What was saved meanwhile, by whom and when."""
    revision = current(item)
    who, when = revision.by.name, calendars.local(revision.at)
    return Conflict(
        f"{who}已于 {when:%Y-%m-%d %H:%M} 保存了第 {revision.number} 版。您的修改没有写入，也没有丢失：请对照后再保存。",
        f"{who} saved revision {revision.number} at {when:%Y-%m-%d %H:%M}. Your changes were not written, nor lost: compare and save again.",
        saved=draft_of(revision), revision=revision.number, by=who, at=revision.at,
    )  # fmt: skip


def finish(doing: Doing) -> Step:
    """Write the step and what follows from it, then what waits for it, then the journal."""
    item, revision = doing.item, doing.revision or current(doing.item)
    before = State(item.state)
    step = write_step(doing, before, revision)
    standing = advance(standing_of(item), deed_of(step, revision))
    kept = {name: getattr(item, name) for name in CACHED}
    known = {each.number: each for each in (item.current, item.published, revision) if each is not None}
    settle(item, standing, lambda number: known.get(number) or Revision.objects.get(item=item, number=number))
    item.last_revision = max(item.last_revision, revision.number)
    item.save(update_fields=[name.removesuffix("_id") for name in CACHED if getattr(item, name) != kept[name]])
    for waiting in doing.then:
        waiting()
    record(doing, before)
    return step


def write_step(doing: Doing, before: State | None, revision: Revision) -> Step:
    role = "system" if doing.actor.machine else doing.role.value if doing.role else ""
    return Step.objects.create(
        item=doing.item, number=doing.item.steps_taken + 1, action=doing.action, before=before.value if before else "", after=doing.after.value,
        revision=revision, person_id=doing.actor.person, role=role, at=doing.at, reason=doing.reason, facts=doing.facts,
    )  # fmt: skip


def record(doing: Doing, before: State | None) -> None:
    """The entry in the organ's chain: what happened and with which revision, never the content itself."""
    changes: dict[str, object] = {key: value for key, value in doing.facts.items() if key not in _UNTOLD} | doing.told
    if before is None or before is not doing.after:
        changes["state"] = [before.value if before else None, doing.after.value]
    if doing.revision is not None:
        changes |= {"revision": doing.revision.number, "digest": doing.revision.digest}
    item = doing.item
    journal.record(
        doing.actor.by(doing.role), f"catalogue.{doing.action}", f"catalogue.item:{item.pk}", chain=item.organ_id, at=doing.at,
        changes=changes, reason=doing.reason,
    )  # fmt: skip


def facts_of(item: Item, on: date) -> states.Facts:
    """What the table asks of an item."""
    return states.Facts(
        State(item.state), Access(item.access), item.published_id is not None, frozenset(item.drafters),
        first=item.resting is None, reviewers=frozenset(item.reviewers),
        reviewers_apart=bool(dated.value_on(item.organ.settings, "secrecy_separate", on)),
    )  # fmt: skip


def draft_of(revision: Revision) -> Draft:
    """What a revision says, as the editor's fields."""
    return Draft(
        title=revision.title, summary=revision.summary, body=revision.body, document_number=revision.document_number, kind=Kind(revision.kind),
        category=revision.category, topic=revision.topic, keywords=revision.keywords, formed_on=revision.formed_on,
        effective_on=revision.effective_on, expires_on=revision.expires_on, co_makers=tuple(revision.co_makers), source=revision.source,
        access=Access(revision.access), ground=revision.ground, ground_note=revision.ground_note, changed_on=revision.changed_on,
    )  # fmt: skip


def write_revision(item: Item, draft: Draft, number: int, by: int, at: datetime) -> Revision:
    """A further revision, by a person."""
    told: dict[str, Any] = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
    told |= {"co_makers": list(draft.co_makers), "kind": str(draft.kind), "access": str(draft.access)}
    return Revision.objects.create(item=item, number=number, by_id=by, at=at, digest=draft.digest, **told)


def deed_of(step: Step, revision: Revision) -> Deed:
    said = Said(
        revision.number, Access(revision.access), revision.ground, revision.ground_note, revision.changed_on, Kind(revision.kind) in WITH_VALIDITY,
    )  # fmt: skip
    return Deed(step.action, State(step.after), step.at, step.person_id, said, step.facts)


CACHED = (
    "current_id", "published_id", "title", "kind", "category", "formed_on", "expires_on", "changed_on", "published_expires_on", "state", "access",
    "ground", "ground_note", "next_review_on", "index_number", "drafters", "reviewers", "publish_at", "first_published_at", "met_at", "withdraw_by",
    "validity", "validity_on", "validity_note", "resting", "steps_taken", "moved_at", "due_on", "last_revision",
)  # fmt: skip


def standing_of(item: Item) -> Standing:
    """The standing as it is cached in the item."""
    return Standing(
        State(item.state), Access(item.access), item.ground, item.ground_note, item.changed_on, item.next_review_on,
        current=current(item).number, published=item.published.number if item.published else None,
        drafters=frozenset(item.drafters), reviewers=frozenset(item.reviewers), publish_at=item.publish_at,
        first_published_at=item.first_published_at, met_at=item.met_at, withdraw_by=item.withdraw_by, validity=Validity(item.validity),
        validity_on=item.validity_on, validity_note=item.validity_note, index_number=item.index_number,
        resting=_rest(item.resting), moved_at=item.moved_at, steps=item.steps_taken,
    )  # fmt: skip


def settle(item: Item, now: Standing, revision: Callable[[int], Revision]) -> None:
    """Write a standing into the item's cached fields (not yet into the database)."""
    item.current = said = revision(now.current)
    item.published = revision(now.published) if now.published is not None else None
    item.title, item.kind, item.category = said.title, said.kind, said.category
    item.formed_on, item.expires_on, item.changed_on = said.formed_on, said.expires_on, now.changed_on
    item.published_expires_on = item.published.expires_on if item.published else None
    item.state, item.access, item.ground, item.ground_note = now.state.value, now.access.value, now.ground, now.ground_note
    item.next_review_on, item.index_number = now.next_review_on, now.index_number
    item.drafters, item.reviewers = sorted(now.drafters), sorted(now.reviewers)
    item.publish_at, item.first_published_at, item.met_at, item.withdraw_by = now.publish_at, now.first_published_at, now.met_at, now.withdraw_by
    item.validity, item.validity_on, item.validity_note = now.validity.value, now.validity_on, now.validity_note
    item.resting, item.steps_taken = _stored_rest(now.resting), now.steps
    item.moved_at = now.moved_at or item.moved_at
    item.due_on = clocks.due_on(item.access, said.formed_on, now.changed_on, clocks.calendar_named(item.organ.calendar))


def current(item: Item) -> Revision:
    assert item.current is not None  # 每条信息从起草起就有版本
    return item.current


def _stored_rest(rest: Rest | None) -> dict[str, object] | None:
    if rest is None:
        return None
    told = asdict(rest) | {"drafters": sorted(rest.drafters)}
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in told.items()}


def _rest(stored: Mapping[str, Any] | None) -> Rest | None:
    if stored is None:
        return None

    def day(key: str) -> date | None:
        return date.fromisoformat(stored[key]) if stored[key] else None

    return Rest(
        State(stored["state"]), stored["current"], Access(stored["access"]), stored["ground"], stored["ground_note"], day("changed_on"),
        day("next_review_on"), frozenset(stored["drafters"]), datetime.fromisoformat(stored["met_at"]) if stored["met_at"] else None,
    )  # fmt: skip
