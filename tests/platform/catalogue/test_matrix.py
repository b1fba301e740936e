"""The matrix of role × action × state × organ: every cell is tried against the actions themselves, none only asked of the table.

A refused cell changes nothing, writes no step and no journal entry, and says neither title nor text. What is expected is
read from the rows of the table by this test's own, simpler reading of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import connection, transaction

from gongkai.platform.catalogue import actions, gatekeeping
from gongkai.platform.catalogue.choices import Access, State
from gongkai.platform.catalogue.errors import Invalid, NotAllowed, NotFound, NotNow, Refused
from gongkai.platform.catalogue.models import Item, Link
from gongkai.platform.catalogue.states import PUBLIC, READERS, RESTING, TRANSITIONS, Transition
from gongkai.platform.organs.acting import MACHINE, Actor, Post
from gongkai.platform.organs.acting import PUBLIC as ANYBODY
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.roles import RoleKind

from .factories import DRAFT, NOW, TODAY, County, actor, drafted, walk

LATER = NOW + timedelta(hours=2)
SECRET = replace(DRAFT, title="绝不可泄露的标题甲乙丙", body="<p>绝不可泄露的正文丁戊己。值班手机 13912345678。</p>")
BEFORE_PUBLIC = [State.DRAFT, State.RETURNED, State.IN_REVIEW, State.IN_SECRECY_REVIEW, State.REFERRED, State.IN_APPROVAL, State.SCHEDULED]


@dataclass(frozen=True)
class Standing:
    """One place of the matrix: a state, whether a version is public, and the attribute."""

    state: State
    public: bool = False
    access: Access = Access.PROACTIVE

    def __str__(self) -> str:
        return f"{self.state}{'-public' if self.public else ''}{'-withheld' if self.access is Access.WITHHELD else ''}"


STANDINGS = [
    *(Standing(state, state in PUBLIC) for state in State if state is not State.FILED),
    *(Standing(state, True) for state in BEFORE_PUBLIC),
    Standing(State.FILED, access=Access.WITHHELD),
    Standing(State.IN_APPROVAL, access=Access.WITHHELD),
]


def made(place: County, standing: Standing) -> Item:
    """An item in this place, with a file, a link and a finding that can be waived."""
    draft = SECRET if standing.access is Access.PROACTIVE else replace(SECRET, access=Access.WITHHELD, ground="process_info")
    item = drafted(place, draft)
    actions.attach(place.editor, item.pk, "附表.txt", "数据".encode(), at=NOW)
    actions.link(place.editor, item.pk, kind="based_on", words="某上级文件", at=NOW)
    if standing.public and standing.state in BEFORE_PUBLIC:
        item = walk(place, item, State.PUBLISHED, NOW)
        item = actions.revise(place.editor, item.pk, reason="更新内容", at=NOW + timedelta(minutes=10))
        return walk(place, item, standing.state, NOW + timedelta(minutes=20))
    return walk(place, item, standing.state, NOW)


ATTEMPTS: dict[str, Callable[[Actor, Item], object]] = {
    "save": lambda who, item: actions.save(who, item.pk, replace(SECRET, title="改过的标题"), based_on=item.current.number, at=LATER),  # type: ignore[union-attr]
    "attach": lambda who, item: actions.attach(who, item.pk, "又一个.txt", b"more", at=LATER),
    "detach": lambda who, item: actions.detach(who, item.pk, 1, reason="不用了", at=LATER),
    "submit": lambda who, item: actions.submit(who, item.pk, at=LATER),
    "take_back": lambda who, item: actions.take_back(who, item.pk, at=LATER),
    "discard": lambda who, item: actions.discard(who, item.pk, reason="重复", at=LATER),
    "drop_revision": lambda who, item: actions.drop_revision(who, item.pk, reason="不改了", at=LATER),
    "review": lambda who, item: actions.review(who, item.pk, at=LATER),
    "return": lambda who, item: actions.return_(who, item.pk, reason="请改", at=LATER),
    "clear": lambda who, item: actions.clear(who, item.pk, at=LATER),
    "refer": lambda who, item: actions.refer(who, item.pk, reason="拿不准", at=LATER),
    "determine": lambda who, item: actions.determine(who, item.pk, reason="已答复", at=LATER),
    "withhold": lambda who, item: actions.withhold(who, item.pk, ground="third_party", reason="涉及个人隐私", at=LATER),
    "waive": lambda who, item: actions.waive(who, item.pk, fingerprint=gatekeeping.find(item, NOW)[0].fingerprint, reason="值班电话", at=LATER),
    "approve": lambda who, item: actions.approve(who, item.pk, at=LATER),
    "schedule": lambda who, item: actions.schedule(who, item.pk, publish_at=LATER + timedelta(days=2), at=LATER),
    "file": lambda who, item: actions.file(who, item.pk, at=LATER),
    "publish": lambda who, item: actions.publish(who, item.pk, at=LATER),
    "hold": lambda who, item: actions.hold(who, item.pk, reason="再等等", at=LATER),
    "recheck": lambda who, item: actions.recheck(who, item.pk, at=LATER),
    "revise": lambda who, item: actions.revise(who, item.pk, reason="有变动", at=LATER),
    "withdraw": lambda who, item: actions.withdraw(who, item.pk, reason="有误", at=LATER),
    "mark_validity": lambda who, item: actions.mark_validity(who, item.pk, validity="repealed", on=TODAY, reason="依据某文件", at=LATER),
    "decision_changed": lambda who, item: actions.decision_changed(who, item.pk, changed_on=TODAY, reason="已撤销", at=LATER),
    "review_withheld": lambda who, item: actions.review_withheld(who, item.pk, keep=True, reason="仍不公开", at=LATER),
    "release": lambda who, item: actions.review_withheld(who, item.pk, keep=False, reason="可以公开了", at=LATER),
    "link": lambda who, item: actions.link(who, item.pk, kind="related", words="另一文件", at=LATER),
    "unlink": lambda who, item: actions.unlink(who, item.pk, link_id=Link.objects.get(source=item).pk, reason="误连", at=LATER),
    "record_channel": lambda who, item: actions.record_channel(who, item.pk, channel="wechat", published_at=NOW, at=LATER),
}
_RETURNS = ("return_from_review", "return_from_secrecy", "return_from_approval")
ROWS = {name: [row for row in TRANSITIONS if row.action == name or (name == "return" and row.action in _RETURNS)] for name in ATTEMPTS}


def everybody(place: County) -> dict[str, Actor]:
    """One person for each role in the item's organ, and everybody who is not to know of it."""
    drafter = Actor(place.editor.person, place.editor.name, tuple(Post(kind, place.bureau.pk) for kind in RoleKind if kind is not RoleKind.ADMINISTRATOR))
    above: Organ = place.government
    return {
        **{kind.value: actor(kind.value, (kind, place.bureau)) for kind in RoleKind if kind is not RoleKind.ADMINISTRATOR},
        "drafter_with_every_role": drafter,
        "foreign": place.stranger,
        "superior": actor("superior", *((kind, above) for kind in RoleKind if kind is not RoleKind.ADMINISTRATOR)),
        "administrator": place.administrator,
        "nobody": Actor(actor("former").person, "former"),
        "anonymous": ANYBODY,
    }


def expected(rows: list[Transition], standing: Standing, roles: frozenset[RoleKind], drafter: bool) -> type[Refused] | None:
    """How a cell should end: done, or how refused."""
    if not roles & READERS:
        return NotFound
    if not any(row.roles & roles for row in rows):
        return NotAllowed
    first = standing.state not in RESTING and not standing.public
    now = [
        row for row in rows
        if standing.state in row.sources and standing.access in row.access
        and (row.public is None or row.public is standing.public) and (row.first is None or row.first is first)
    ]  # fmt: skip
    if not now:
        return NotNow
    held = [row for row in now if row.roles & roles]
    if not held:
        return NotNow  # 退回有三行：这一步不归此人
    return NotAllowed if drafter and held[0].apart else None


def fingerprint() -> str:
    """Everything of the catalogue and the journal, in one line."""
    tables = ("item", "revision", "step", "attachment", "link", "channelrecord", "waiver", "publication", "indexnumber", "indexserial")
    counted = " || ".join(f"(SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM catalogue_{name} t)" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted} || (SELECT count(*) FROM journal_entry) || (SELECT count(*) FROM procrastinate_jobs)")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_every_cell_does_what_the_table_says_and_a_refusal_does_nothing(place: County, standing: Standing) -> None:
    item = made(place, standing)
    item = Item.objects.select_related("organ", "current", "published").get(pk=item.pk)
    people = everybody(place)
    before = fingerprint()
    wrong: list[str] = []
    for name, attempt in ATTEMPTS.items():
        for who, person in people.items():
            roles = person.kinds(place.bureau.pk)
            should = expected(ROWS[name], standing, roles, who == "drafter_with_every_role")
            wrong += [f"{standing} × {name} × {who}: {said}" for said in tried(attempt, person, item, should, ROWS[name], standing)]
    after = fingerprint()

    assert wrong == []
    assert after == before


def noting(written: list[str]) -> Callable[..., object]:
    """Every statement that writes, as it is sent."""

    def wrapper(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(sql[:80])
        return execute(sql, params, many, context)

    return wrapper


def tried(attempt: Callable[[Actor, Item], object], who: Actor, item: Item, should: type[Refused] | None, rows: list[Transition], standing: Standing) -> list[str]:
    """One cell: what it did otherwise than it should; whatever it did is undone."""
    point = transaction.savepoint()
    written: list[str] = []
    try:
        with connection.execute_wrapper(noting(written)):
            attempt(who, item)
    except Refused as refused:
        said = f"{refused.zh} {refused.en}"
        told = [f"says the title: {said}"] if "绝不可泄露" in said else []
        if should is None:
            permitted = isinstance(refused, Invalid) and rows[0].action == "decision_changed"  # 只有处罚决定才登记
            return told if permitted else [*told, f"refused: {said}"]
        if not isinstance(refused, should) or isinstance(refused, Invalid):
            told.append(f"{type(refused).__name__}, not {should.__name__}: {said}")
        return [*told, *(f"a refusal wrote: {statement}" for statement in written)]
    else:
        if should is not None:
            return ["done, though it should not be"]
        state = State(Item.objects.get(pk=item.pk).state)
        row = next(row for row in rows if standing.state in row.sources)
        goal = (State.PUBLISHED if standing.public else State.FILED) if row.back else row.target or standing.state
        return [] if state is goal else [f"led to {state}, not {goal}"]
    finally:
        transaction.savepoint_rollback(point)


def test_the_machine_does_only_what_the_table_leaves_to_it(place: County) -> None:
    for standing in (Standing(State.SCHEDULED), Standing(State.PUBLISHED, True), Standing(State.IN_APPROVAL), Standing(State.DRAFT)):
        item = Item.objects.select_related("organ", "current").get(pk=made(place, standing).pk)
        for name, attempt in ATTEMPTS.items():
            point = transaction.savepoint()
            allowed = any(row.machine and standing.state in row.sources and not row.by_machine for row in ROWS[name])
            try:
                attempt(MACHINE, item)
            except (NotAllowed, NotNow):
                assert not allowed, (standing, name)
            else:
                assert allowed, (standing, name)
            transaction.savepoint_rollback(point)


def test_drafting_for_an_organ_is_for_its_own_editors(place: County) -> None:
    for name, who in everybody(place).items():
        roles = who.kinds(place.bureau.pk)
        before = fingerprint()
        point = transaction.savepoint()
        try:
            actions.create(who, place.bureau.pk, SECRET, at=NOW)
        except NotFound:
            assert not roles & READERS, name
        except NotAllowed:
            assert roles & READERS, name
            assert not roles & {RoleKind.EDITOR, RoleKind.DISCLOSURE_OFFICE}, name
        else:
            assert roles & {RoleKind.EDITOR, RoleKind.DISCLOSURE_OFFICE}, name
            transaction.savepoint_rollback(point)
        assert fingerprint() == before


def test_what_is_withheld_or_drafted_has_no_public_copy_in_any_cell(place: County) -> None:
    from gongkai.platform.catalogue.models import Publication

    items = {standing: made(place, standing) for standing in STANDINGS}
    pages = {page.item_id: page for page in Publication.objects.all()}

    for standing, item in items.items():
        page = pages.get(item.pk)
        shown = page is not None and page.withdrawn_at is None
        assert shown is standing.public, standing
        if page is not None and not shown:
            assert "绝不可泄露" not in f"{page.title}{page.body}{page.summary}{page.plain}{page.terms}"
