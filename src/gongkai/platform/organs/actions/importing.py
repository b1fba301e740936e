"""Organs and people from a table: examined as a whole by doing it all and taking it back; then done, all or nothing, once.

The preview runs the very actions that the confirmation runs, so that what it shows is what will happen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.documents import filled
from gongkai.platform.journal import hold as hold_chains
from gongkai.platform.journal import record
from gongkai.platform.journal.models import PLATFORM_CHAIN
from gongkai.platform.organs import sheets
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow, Refused
from gongkai.platform.organs.facts import GUIDE_FIELDS, Guide, OrganFacts, PersonFacts
from gongkai.platform.organs.models import Batch, Organ, Person
from gongkai.platform.organs.numbering import DEFAULT_PATTERN
from gongkai.platform.organs.passwords import first_password

from .organs import change_guide, create_organ
from .people import create_person
from .permission import TREE, administering, hold
from .roles import grant_role

MOST_PEOPLE = 500
KEPT = timedelta(days=7)
_TREES = ("area_parent", "system_parent")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of one row: what is done, or why not, by column."""

    number: int
    title: str
    done: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()  # 列名、原因


@dataclass(frozen=True, slots=True)
class Issued:
    """A first password, to be handed over on paper."""

    login: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Done:
    """A confirmed import: what was made, and the first passwords, which are told this once."""

    batch: int
    outcomes: tuple[Outcome, ...]
    passwords: tuple[Issued, ...] = ()


class _TakenBack(Exception):
    """Ends a preview: nothing of it stays."""


@transaction.atomic
def prepare_import(actor: Actor, kind: str, name: str, data: bytes, *, at: datetime, with_passwords: bool = False) -> Batch:
    """Take in a table. Nothing is made yet; `preview_import` tells what would be."""
    administering(actor)
    if actor.person is None:
        raise NotAllowed("批量导入须由系统管理员本人办理。", "Imports are made by a person.")
    rows = sheets.read(kind, name, data)
    if kind == "people" and (people := len({row.cells["login"].lower() for row in rows})) > MOST_PEOPLE:
        raise Invalid({"file": _("一次最多导入 %(most_people)s 人，表格里有 %(people)s 人；请分几个文件导入。") % {"most_people": MOST_PEOPLE, "people": people}})
    Batch.objects.filter(state="open", at__lt=at - KEPT).update(state="dropped", rows=[])  # 没有确认的名单不久留
    return Batch.objects.create(
        kind=kind, name=name[-200:], digest=hashlib.sha256(data).hexdigest(), by_id=actor.person, at=at, with_passwords=with_passwords,
        rows=[[row.number, row.cells] for row in rows],
    )  # fmt: skip


def preview_import(actor: Actor, batch_id: int, *, at: datetime) -> tuple[Outcome, ...]:
    """What confirming would do, row by row."""
    administering(actor)
    batch = _mine(actor, batch_id)
    if batch.state != "open":
        raise NotNow("这一批已经处理过了。", "This import was dealt with already.")
    outcomes: tuple[Outcome, ...] = ()
    try:
        with transaction.atomic():
            outcomes = _run(actor, batch, at)
            raise _TakenBack
    except _TakenBack:
        return outcomes


def confirm_import(actor: Actor, batch_id: int, *, at: datetime) -> Done:
    """Make everything in the table, or nothing; a second confirmation finds that it is done."""
    administering(actor)
    batch = _mine(actor, batch_id)
    passwords = _passwords(batch) if batch.with_passwords and batch.state == "open" else {}
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != "open":
            raise NotNow("这一批已经处理过了，没有再做一次。", "This import was dealt with already; nothing was done again.")
        outcomes = _run(actor, batch, at)
        if wrong := sum(bool(outcome.wrong) for outcome in outcomes):
            raise Conflict(f"有 {wrong} 行不能导入，因此一行也没有导入。请改正表格后重新上传。", "Some rows cannot be imported, so none was.")
        issued = _issue(batch, outcomes, passwords)
        batch.state, batch.done_at = "done", at
        batch.summary = {"rows": len(outcomes), "passwords": len(issued)}
        batch.rows = []
        batch.save()
        changes = {"kind": batch.kind, "digest": batch.digest} | batch.summary
        record(administering(actor), "organs.import", f"organs.batch:{batch.pk}", chain=PLATFORM_CHAIN, at=at, changes=changes)
    return Done(batch.pk, outcomes, issued)


@transaction.atomic
def drop_import(actor: Actor, batch_id: int) -> None:
    """Forget a table that is not to be imported."""
    administering(actor)
    batch = Batch.objects.select_for_update().get(pk=_mine(actor, batch_id, ()).pk)
    if batch.state == "open":
        batch.state, batch.rows = "dropped", []
        batch.save()


def _mine(actor: Actor, batch_id: int, kinds: Collection[str] = sheets.TABLES) -> Batch:
    """One's own import of these kinds; of any, where none are named (放假通知也在这张表里)."""
    found = Batch.objects.filter(pk=batch_id, by_id=actor.person).first()
    if found is None or (kinds and found.kind not in kinds):
        raise NotFound("没有这一批导入，或者它是别的管理员的。", "There is no such import of yours.")
    return found


def _run(actor: Actor, batch: Batch, at: datetime) -> tuple[Outcome, ...]:
    """Every row in its order, each in its own savepoint, so that one wrong row hides no other."""
    hold(TREE)
    hold_chains(PLATFORM_CHAIN)
    rows = [sheets.Row(number, cells) for number, cells in batch.rows]
    outcomes = _organs(actor, rows, at) if batch.kind == "organs" else _people(actor, rows, at)
    return tuple(sorted(outcomes, key=lambda outcome: outcome.number))


def _organs(actor: Actor, rows: list[sheets.Row], at: datetime) -> list[Outcome]:
    """Parents before children, whatever the order in the table."""
    outcomes: list[Outcome] = []
    names = _names(rows)
    left, failed = list(rows), set[int]()
    while left:
        waiting = {row.number for row in left}
        ready = [row for row in left if not any((above := names.get(row.cells.get(tree, ""))) and above.number in waiting for tree in _TREES)]
        for row in ready or left:
            outcome = _one("organs", row, lambda row=row: _organ(actor, row, names, failed, at)) if ready else _circle(row)  # type: ignore[misc]
            outcomes.append(outcome)
            if outcome.wrong:
                failed.add(row.number)
        done = {row.number for row in ready or left}
        left = [row for row in left if row.number not in done]
    return outcomes


def _names(rows: list[sheets.Row]) -> dict[str, sheets.Row]:
    """By what a row may be called as a parent: its full name, its slug, its code."""
    return {row.cells[key]: row for row in reversed(rows) for key in ("code", "slug", "name") if row.cells.get(key)}


def _circle(row: sheets.Row) -> Outcome:
    return Outcome(row.number, row.cells["name"], wrong=(("所属政府", "上级关系成了一个圈：本行最终以自己为上级。"),))


def _organ(actor: Actor, row: sheets.Row, names: Mapping[str, sheets.Row], failed: set[int], at: datetime) -> tuple[str, ...]:
    cells = row.cells
    wrong: dict[str, str] = {}
    told: dict[str, object] = {key: cells.get(key, "") for key in ("name", "short_name", "slug", "code", "credit_code")}
    told |= {"calendar": cells.get("calendar") or "cn", "index_pattern": cells.get("index_pattern") or DEFAULT_PATTERN}
    told["level"] = _choice(cells, "level", sheets.LEVELS, wrong)
    told["kind"] = _choice(cells, "kind", sheets.KINDS, wrong)
    told["vertical"] = _choice(cells, "vertical", {"是": "1", "否": "", "": ""}, wrong) == "1"
    position = cells.get("position") or "100"
    told["position"] = int(position) if position.isdecimal() else -1
    for tree in ("area_parent", "system_parent"):
        parent = _parent(cells.get(tree, ""))
        told[tree] = parent
        if cells.get(tree) and parent is None:
            other = names.get(cells[tree])
            wrong[tree] = _("上级“%(cells)s”在本表第 %(number)s 行，而那一行有误。") % {"cells": cells[tree], "number": other.number} if other and other.number in failed else _("没有名为“%(cells)s”的机关，本表里也没有。") % {"cells": cells[tree]}
    try:
        organ = create_organ(actor, OrganFacts(**told), at=at)  # type: ignore[arg-type]
    except Invalid as invalid:
        raise Invalid(invalid.fields | wrong) from None
    if wrong:
        raise Invalid(wrong)
    guide = {field: cells.get(field, "") for field in GUIDE_FIELDS}
    if any(guide.values()):
        change_guide(actor, organ.pk, Guide(**guide), at=at)
    return (f"登记“{organ.name}”",)


def _people(actor: Actor, rows: list[sheets.Row], at: datetime) -> list[Outcome]:
    made: dict[str, PersonFacts] = {}
    return [_one("people", row, lambda row=row: _person(actor, row, made, at)) for row in rows]  # type: ignore[misc]


def _person(actor: Actor, row: sheets.Row, made: dict[str, PersonFacts], at: datetime) -> tuple[str, ...]:
    cells = row.cells
    done: list[str] = []
    wrong: dict[str, str] = {}
    facts = PersonFacts(**{key: cells.get(key, "") for key in ("login", "name", "email", "phone", "identity")}).tidy()
    person = Person.objects.filter(login=facts.login).first()
    if person is None:
        try:
            person = create_person(actor, facts, at=at)
            made[facts.login] = facts
            done.append(f"登记“{person.name}”")
        except Invalid as invalid:
            wrong |= invalid.fields
    elif person.name != facts.name:
        wrong["name"] = _("登录名“%(login)s”是“%(name)s”的，与本行的姓名不符。") % {"login": facts.login, "name": person.name}
    elif facts.login in made and any(value and value != getattr(made[facts.login], key) for key, value in _told(facts).items()):
        wrong["login"] = _("登录名“%(login)s”在前面的行里填的邮箱、电话或标识与本行不同。") % {"login": facts.login}
    kind = sheets.ROLES.get(cells.get("role", ""))
    if cells.get("role") and kind is None:
        wrong["role"] = _("没有“%(cells)s”这一角色；可填：%(n)s。") % {"cells": cells['role'], "n": _("、").join(sheets.ROLES)}
    if cells.get("organ") and not cells.get("role"):
        wrong["role"] = _("填了机关，请再填角色。")
    organ = _parent(cells.get("organ", ""))
    if cells.get("organ") and organ is None:
        wrong["organ"] = _("没有名为“%(cells)s”的机关；请先登记机关。") % {"cells": cells['organ']}
    since, until = _day(cells, "since", timezone.localdate(at), wrong), _day(cells, "until", None, wrong)
    if wrong or person is None:
        raise Invalid(wrong)
    if kind is not None and since is not None:
        role = grant_role(actor, person.pk, kind, organ, since=since, until=until, office=cells.get("office", ""), at=at)
        done.append(f"授予“{role.get_kind_display()}”")
    if not done:
        raise Invalid({"login": _("“%(name)s”已经登记，本行没有要增加的。") % {"name": person.name}})
    return tuple(done)


def _told(facts: PersonFacts) -> dict[str, str]:
    return {"email": facts.email, "phone": facts.phone, "identity": facts.identity}


def _one(kind: str, row: sheets.Row, act: Callable[[], tuple[str, ...]]) -> Outcome:
    """One row in a savepoint of its own."""
    title, headings = row.cells["name"], {column.key: column.heading for column in sheets.TABLES[kind]}
    try:
        with transaction.atomic():
            return Outcome(row.number, title, act())
    except Invalid as invalid:
        told = (("role" if (kind, field) == ("people", "kind") else field, said) for field, said in invalid.fields.items())
        return Outcome(row.number, title, wrong=tuple((headings.get(field, ""), said) for field, said in told))
    except Refused as refused:
        return Outcome(row.number, title, wrong=(("", refused.zh),))


def _choice(cells: Mapping[str, str], key: str, among: Mapping[str, str], wrong: dict[str, str]) -> str:
    if (told := cells.get(key, "")) not in among:
        wrong[key] = _("“%(told)s”不在可选的值里；可填：%(n)s。") % {"told": told, "n": _("、").join(word for word in among if word)} if told else _("请填写。")
    return among.get(told, "")


def _day(cells: Mapping[str, str], key: str, fallback: date | None, wrong: dict[str, str]) -> date | None:
    try:
        return filled.day(cells.get(key, "")) or fallback
    except ValueError:
        wrong[key] = _("“%(cells)s”不是日期；请写成 2026-01-01 的样子。") % {"cells": cells[key]}
        return fallback


def _parent(called: str) -> int | None:
    """An organ by its full name, its slug or its code."""
    if not called:
        return None
    for field in ("name", "slug", "code", "credit_code"):
        if found := Organ.objects.filter(**{field: called}).values_list("pk", flat=True).first():
            return found
    return None


def _passwords(batch: Batch) -> dict[str, tuple[str, str]]:
    """A first password for every login, with its hash; hashed before the transaction, on every core."""
    logins = sorted({str(cells["login"]).strip().lower() for _, cells in batch.rows})
    made = [first_password() for _ in logins]
    with ThreadPoolExecutor() as pool:
        return dict(zip(logins, zip(made, pool.map(make_password, made), strict=True), strict=True))


def _issue(batch: Batch, outcomes: tuple[Outcome, ...], passwords: Mapping[str, tuple[str, str]]) -> tuple[Issued, ...]:
    """Give the people who are new their first passwords."""
    new = {outcome.number for outcome in outcomes if any(said.startswith("登记") for said in outcome.done)}
    issued = []
    for number, cells in batch.rows:
        login = str(cells["login"]).strip().lower() if batch.kind == "people" else ""
        if number in new and login in passwords:
            person = Person.objects.get(login=login)
            person.password, person.must_change_password = passwords[login][1], True
            person.save(update_fields=["password", "must_change_password"])
            issued.append(Issued(login, person.name, passwords[login][0]))
    return tuple(issued)
