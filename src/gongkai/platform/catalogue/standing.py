"""Where an item stands, as a fold over its steps. Pure: actions advance it by one step, `rebuild` folds it from the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from .choices import Access, State, Validity


@dataclass(frozen=True, slots=True)
class Said:
    """What a step needs of the revision that it belongs to."""

    number: int
    access: Access
    ground: str
    ground_note: str
    changed_on: date | None
    has_validity: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """One step as it was recorded. `facts` holds what the action decided beside the state."""

    action: str
    after: State
    at: datetime
    person: int | None
    said: Said
    facts: Mapping[str, object]

    def day(self, key: str) -> date | None:
        told = self.facts.get(key)
        return date.fromisoformat(str(told)) if told else None

    def moment(self, key: str) -> datetime | None:
        told = self.facts.get(key)
        return datetime.fromisoformat(str(told)) if told else None


@dataclass(frozen=True, slots=True)
class Rest:
    """What a revision goes back to when it is dropped."""

    state: State
    current: int
    access: Access
    ground: str
    ground_note: str
    changed_on: date | None
    next_review_on: date | None
    drafters: frozenset[int]
    met_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything about an item that follows from its steps."""

    state: State
    access: Access
    ground: str = ""
    ground_note: str = ""
    changed_on: date | None = None
    next_review_on: date | None = None  # 第十八条
    current: int = 0
    published: int | None = None
    drafters: frozenset[int] = frozenset()
    reviewers: frozenset[int] = frozenset()
    publish_at: datetime | None = None
    first_published_at: datetime | None = None
    met_at: datetime | None = None  # 第二十六条的期限何时满足
    withdraw_by: date | None = None
    validity: Validity = Validity.NONE
    validity_on: date | None = None
    validity_note: str = ""
    index_number: str = ""
    resting: Rest | None = None
    moved_at: datetime | None = None
    steps: int = 0


def begin(deed: Deed) -> Standing:
    """The first step: somebody drafted it. An index number that came with an import stays."""
    drafters = frozenset({deed.person} if deed.person is not None else ())
    return Standing(
        deed.after, deed.said.access, deed.said.ground, deed.said.ground_note, deed.said.changed_on, current=deed.said.number, drafters=drafters,
        index_number=str(deed.facts.get("index_number", "")), moved_at=deed.at, steps=1,
    )  # fmt: skip


def advance(now: Standing, deed: Deed) -> Standing:
    """The standing after one more step."""
    then = _changed(now, deed)
    moved = deed.at if deed.after is not now.state or then.current != now.current else now.moved_at
    return replace(then, state=deed.after, moved_at=moved, steps=now.steps + 1)


def _changed(now: Standing, deed: Deed) -> Standing:
    match deed.action:
        case "save":
            return _drafted(now, deed)
        case "attach" | "detach":
            return replace(now, drafters=_with(now.drafters, deed))
        case "revise" | "release":
            return _revised(now, deed)
        case "drop_revision":
            return _dropped(now)
        case "submit" | "take_back":
            return replace(now, reviewers=frozenset())
        case "review":
            return replace(now, reviewers=_with(now.reviewers, deed))
        case "withhold":
            note = str(deed.facts.get("ground_note", ""))
            return replace(now, access=Access.WITHHELD, ground=str(deed.facts["ground"]), ground_note=note)
        case "approve" | "publish":
            return _published(now, deed)
        case "schedule":
            return replace(now, publish_at=deed.moment("publish_at"))
        case "hold" | "return_from_approval":
            return replace(now, publish_at=None)
        case "file":
            return replace(now, next_review_on=deed.day("next_review_on"), published=None, withdraw_by=None, resting=None)
        case "review_withheld":
            return replace(now, next_review_on=deed.day("next_review_on"))
        case "withdraw":
            return replace(now, published=None, publish_at=None, withdraw_by=None, resting=None)
        case "expire":
            return _expired(now, deed)
        case "mark_validity":
            on, note = deed.day("on"), str(deed.facts.get("note", ""))
            return replace(now, validity=Validity(str(deed.facts["validity"])), validity_on=on, validity_note=note)
        case "decision_changed":
            return replace(now, withdraw_by=deed.day("withdraw_by"))
    return now


def _with(people: frozenset[int], deed: Deed) -> frozenset[int]:
    return people if deed.person is None else people | {deed.person}


def _drafted(now: Standing, deed: Deed) -> Standing:
    said, rest = deed.said, now.resting
    anew = rest is None or (said.changed_on is not None and said.changed_on != rest.changed_on)  # 第二十六条：变更的，期限重新起算
    return replace(
        now, current=said.number, access=said.access, ground=said.ground, ground_note=said.ground_note, changed_on=said.changed_on,
        drafters=_with(now.drafters, deed), met_at=None if anew or rest is None else rest.met_at,
    )  # fmt: skip


def _revised(now: Standing, deed: Deed) -> Standing:
    rest = Rest(now.state, now.current, now.access, now.ground, now.ground_note, now.changed_on, now.next_review_on, now.drafters, now.met_at)
    opened = replace(
        now, resting=rest, next_review_on=None, reviewers=frozenset(),
        drafters=frozenset() if now.published is not None else now.drafters,  # 从未公开的内容，原起草人仍须回避
    )  # fmt: skip
    return _drafted(opened, deed)


def _dropped(now: Standing) -> Standing:
    rest = now.resting
    if rest is None:
        return now
    return replace(
        now, current=rest.current, access=rest.access, ground=rest.ground, ground_note=rest.ground_note, changed_on=rest.changed_on,
        next_review_on=rest.next_review_on, drafters=rest.drafters, met_at=rest.met_at, resting=None, reviewers=frozenset(),
    )  # fmt: skip


def _published(now: Standing, deed: Deed) -> Standing:
    validity = now.validity
    if not deed.said.has_validity:
        validity = Validity.NONE
    elif validity is Validity.NONE:
        validity = Validity.IN_FORCE
    return replace(
        now, published=now.current, first_published_at=now.first_published_at or deed.at, met_at=now.met_at or deed.at, publish_at=None,
        withdraw_by=None, resting=None, index_number=now.index_number or str(deed.facts.get("index_number", "")), validity=validity,
    )  # fmt: skip


def _expired(now: Standing, deed: Deed) -> Standing:
    """The public version ends; a revision that is being worked on goes on, and would be dropped to nothing public."""
    rest = replace(now.resting, state=State.WITHDRAWN) if now.resting is not None else None
    return replace(now, published=None, withdraw_by=None, resting=rest)
