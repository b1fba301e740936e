"""Organs, people, drafts and items for the tests of the catalogue. Everything is made through the actions, but organs and people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.choices import Access, Kind, State
from gongkai.platform.catalogue.models import Item
from gongkai.platform.catalogue.values import Draft
from gongkai.platform.organs.acting import Actor, Post
from gongkai.platform.organs.models import Organ, Person, Role
from gongkai.platform.organs.roles import RoleKind

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # 星期五，北京时间十点
TODAY = date(2026, 11, 20)
MINUTE = timedelta(minutes=1)
_numbers = count(1)

DRAFT = Draft(
    title="关于做好冬季供暖工作的通知", kind=Kind.NORMATIVE, formed_on=date(2026, 11, 10), summary="部署今冬明春的供暖工作。",
    body="<p>各乡镇人民政府，县直各部门：</p><p>为做好今年冬季供暖工作，现通知如下。</p><p>一、提前检修管网。</p>",
    document_number="云政办发〔2026〕12号", category="normative", keywords="供暖、通知",
)  # fmt: skip


def organ(name: str, code: str, parent: Organ | None = None, **more: object) -> Organ:
    """An organ, its paths as the platform keeps them."""
    made = Organ(
        name=name, short_name=name[-4:], slug=f"organ-{next(_numbers)}", code=code, level="county", kind="government" if parent is None else "department",
        area_parent=parent, created_at=NOW, sort_key=name.encode("gb18030").hex(), area_path="", system_path="", **more,
    )  # fmt: skip
    made.save()
    made.area_path = f"{parent.area_path if parent else '/'}{made.pk}/"
    made.system_path = f"/{made.pk}/"
    made.save()
    return made


def person(name: str) -> Person:
    return Person.objects.create(login=f"person-{next(_numbers)}", name=name, password="!", created_at=NOW)


def actor(name: str, *held: tuple[RoleKind, Organ | None]) -> Actor:
    """Somebody with these roles."""
    made = person(name)
    for kind, of in held:
        Role.objects.create(person=made, organ=of, kind=kind.value, since=date(2020, 1, 1))
    return Actor(made.pk, name, tuple(Post(kind, of.pk if of else None) for kind, of in held))


@dataclass(frozen=True)
class County:
    """A government, a bureau under it, another county's bureau, and people."""

    government: Organ
    bureau: Organ
    foreign: Organ
    editor: Actor
    second_editor: Actor
    reviewer: Actor
    secrecy: Actor
    approver: Actor
    office: Actor
    supervisor: Actor
    administrator: Actor
    stranger: Actor  # 另一机关的全部角色

    def with_role(self, kind: RoleKind, name: str = "新来的") -> Actor:
        return actor(name, (kind, self.bureau))


def county() -> County:
    government = organ("云溪县人民政府", "010000001")
    bureau = organ("云溪县住房和城乡建设局", "010000010", government)
    foreign = organ("望江县水利局", "020000029")
    every = [kind for kind in RoleKind if kind is not RoleKind.ADMINISTRATOR]
    return County(
        government, bureau, foreign,
        editor=actor("张起草", (RoleKind.EDITOR, bureau)), second_editor=actor("李同写", (RoleKind.EDITOR, bureau)),
        reviewer=actor("王审核", (RoleKind.REVIEWER, bureau)), secrecy=actor("赵保密", (RoleKind.SECRECY_REVIEWER, bureau)),
        approver=actor("钱签发", (RoleKind.APPROVER, bureau)), office=actor("孙公开", (RoleKind.DISCLOSURE_OFFICE, bureau)),
        supervisor=actor("周主管", (RoleKind.SUPERVISOR, government)), administrator=actor("吴管理", (RoleKind.ADMINISTRATOR, None)),
        stranger=actor("郑外人", *((kind, foreign) for kind in every)),
    )  # fmt: skip


def drafted(place: County, draft: Draft = DRAFT, at: datetime = NOW, **changes: object) -> Item:
    return actions.create(place.editor, place.bureau.pk, replace(draft, **changes) if changes else draft, at=at)  # type: ignore[arg-type]


def brought_to(place: County, state: State, draft: Draft = DRAFT, at: datetime = NOW, **changes: object) -> Item:
    """An item walked to a state along the main line."""
    withheld = state is State.FILED
    if withheld and "access" not in changes and draft.access == Access.PROACTIVE:
        changes |= {"access": Access.WITHHELD, "ground": "process_info"}
    item = drafted(place, draft, at, **changes)
    return walk(place, item, state, at)


def walk(place: County, item: Item, state: State, at: datetime) -> Item:
    """On from a draft to a state."""
    key = item.pk
    to_approval = [
        lambda: actions.submit(place.editor, key, at=at + MINUTE),
        lambda: actions.review(place.reviewer, key, at=at + 2 * MINUTE),
        lambda: actions.clear(place.secrecy, key, at=at + 3 * MINUTE),
    ]
    referred = [*to_approval[:2], lambda: actions.refer(place.secrecy, key, reason="拿不准", at=at + 3 * MINUTE)]
    published = [*to_approval, lambda: actions.approve(place.approver, key, at=at + 4 * MINUTE)]
    ways = {
        State.DRAFT: [],
        State.RETURNED: [to_approval[0], lambda: actions.return_(place.reviewer, key, reason="请补充依据", at=at + 2 * MINUTE)],
        State.IN_REVIEW: to_approval[:1],
        State.IN_SECRECY_REVIEW: to_approval[:2],
        State.REFERRED: referred,
        State.IN_APPROVAL: to_approval,
        State.SCHEDULED: [*to_approval, lambda: actions.schedule(place.approver, key, publish_at=at + timedelta(days=1), at=at + 4 * MINUTE)],
        State.PUBLISHED: published,
        State.RECHECKED: [*published, lambda: actions.recheck(place.office, key, at=at + 5 * MINUTE)],
        State.WITHDRAWN: [*published, lambda: actions.withdraw(place.approver, key, reason="内容有误", at=at + 5 * MINUTE)],
        State.FILED: [*to_approval, lambda: actions.file(place.approver, key, at=at + 4 * MINUTE)],
        State.DISCARDED: [lambda: actions.discard(place.editor, key, reason="重复", at=at + MINUTE)],
    }
    for step in ways[state]:
        item = step()
    assert item.state == state.value
    return item
