"""People, their roles with terms, and the duties that are kept apart."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from gongkai.platform.journal.models import Entry
from gongkai.platform.organs import actions, queries
from gongkai.platform.organs.acting import MACHINE, PUBLIC, Actor
from gongkai.platform.organs.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow, Refused
from gongkai.platform.organs.facts import Guide, PersonFacts
from gongkai.platform.organs.models import Organ, Person, Role
from gongkai.platform.organs.queries import PersonFilter
from gongkai.platform.organs.roles import CONTENT, RoleKind
from tests.platform.conftest import Ledger

from .making import AT, DAY, PASSWORD, acting, actor, administrator, facts, organ, person, role

db = pytest.mark.django_db
TOMORROW = DAY + timedelta(days=1)


@db
@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("login", "李四", "小写字母"), ("login", "ab", "3 至 60"), ("login", "65310119900101001X", "身份证号"), ("name", "", "请填写姓名"), ("name", "长" * 61, "不得超过 60"),
        ("email", "li.si", "不完整"), ("phone", "1" * 41, "不得超过"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_beside_its_field(field: str, value: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        person(**{field: value} if field != "name" else {"name": value or " "})

    assert said in refused.value.fields[field]


@db
def test_a_login_is_given_once_whatever_its_capitals() -> None:
    person("李四", login="li.si")
    with pytest.raises(Invalid, match="已属于“李四”"):
        person(login="Li.Si")


@db
def test_the_journal_keeps_no_addresses() -> None:
    who = person(email="li@county.example", phone="0998-1234567")
    told = PersonFacts(login=who.login, name="李四", email="si@county.example", phone="0998-7654321")
    actions.change_person(MACHINE, who.pk, told, at=AT)
    entry = Entry.objects.get(verb="organs.change_person")

    assert entry.changes["email"] == entry.changes["phone"] == "已更改"
    assert not Entry.objects.filter(changes__icontains="example").exists()


@db
def test_who_saved_meanwhile_is_not_overwritten() -> None:
    who = person()
    told = PersonFacts(login=who.login, name="新名")
    actions.change_person(MACHINE, who.pk, told, at=AT, based_on=1)
    with pytest.raises(Conflict):
        actions.change_person(MACHINE, who.pk, told, at=AT, based_on=1)


@db
def test_a_role_holds_from_its_first_to_its_last_day() -> None:
    who, where = person(), organ()
    role(who, RoleKind.EDITOR, where, since=date(2026, 1, 10), until=date(2026, 3, 20))

    held = {day: bool(actor(who, day).posts) for day in (date(2026, 1, 9), date(2026, 1, 10), date(2026, 3, 20), date(2026, 3, 21))}
    assert list(held.values()) == [False, True, True, False]


@db
def test_a_role_ended_at_once_is_gone_the_same_day() -> None:
    who, where = person(), organ()
    held = role(who, RoleKind.APPROVER, where)
    actions.end_role(MACHINE, held, reason="轮岗", at=AT)

    assert actor(who).posts == ()
    assert Role.objects.get().until == DAY


@db
def test_a_role_may_end_on_a_day_to_come() -> None:
    who = person()
    held = role(who, RoleKind.APPROVER, organ())
    actions.end_role(MACHINE, held, reason="退休", on=TOMORROW, at=AT)

    assert [bool(actor(who, day).posts) for day in (DAY, TOMORROW, TOMORROW + timedelta(days=1))] == [True, True, False]


@db
def test_a_role_is_not_ended_in_the_past_nor_twice_nor_without_reason() -> None:
    held = role(person(), RoleKind.APPROVER, organ())
    with pytest.raises(Invalid, match="今天"):
        actions.end_role(MACHINE, held, reason="退休", on=DAY - timedelta(days=1), at=AT)
    with pytest.raises(Invalid, match="理由"):
        actions.end_role(MACHINE, held, reason=" ", at=AT)
    actions.end_role(MACHINE, held, reason="退休", at=AT)
    with pytest.raises(NotNow):
        actions.end_role(MACHINE, held, reason="退休", at=AT)


@db
def test_terms_of_the_same_role_do_not_overlap() -> None:
    who, where = person(), organ()
    role(who, RoleKind.EDITOR, where, until=TOMORROW)
    with pytest.raises(Invalid, match="已有"):
        role(who, RoleKind.EDITOR, where, since=TOMORROW)

    assert role(who, RoleKind.EDITOR, where, since=TOMORROW + timedelta(days=1))


@db
@pytest.mark.parametrize("kind", sorted(CONTENT))
def test_an_administrator_holds_no_other_role_and_the_other_way_round(kind: RoleKind) -> None:
    where = organ()
    admin, officer = person(), person()
    role(admin, RoleKind.ADMINISTRATOR)
    role(officer, kind, where)
    with pytest.raises(NotAllowed, match="系统管理员不得"):
        role(admin, kind, where)
    with pytest.raises(NotAllowed, match="系统管理员不得"):
        role(officer, RoleKind.ADMINISTRATOR)


@db
def test_after_the_term_the_other_role_is_allowed() -> None:
    who, where = person(), organ()
    role(who, RoleKind.EDITOR, where, until=DAY)

    assert role(who, RoleKind.ADMINISTRATOR, since=TOMORROW)


@db
def test_an_administrator_belongs_to_no_organ_and_everybody_else_to_one() -> None:
    where = organ()
    with pytest.raises(Invalid, match="不属于任何一个机关"):
        role(person(), RoleKind.ADMINISTRATOR, where)
    with pytest.raises(Invalid, match="请选择"):
        role(person(), RoleKind.EDITOR)


@db
def test_nobody_grants_a_role_to_themselves() -> None:
    admin = administrator()
    assert admin.person is not None
    with pytest.raises(NotAllowed, match="给自己"):
        actions.grant_role(admin, admin.person, RoleKind.ADMINISTRATOR, since=TOMORROW, at=AT)


@db
def test_the_last_administrator_stays() -> None:
    first = person()
    held = role(first, RoleKind.ADMINISTRATOR)
    for attempt in (
        lambda: actions.end_role(MACHINE, held, reason="轮岗", at=AT),
        lambda: actions.end_role(MACHINE, held, reason="轮岗", on=TOMORROW, at=AT),
        lambda: actions.deactivate_person(MACHINE, first.pk, reason="调离", at=AT),
    ):
        with pytest.raises(NotAllowed, match="最后一名"):
            attempt()
    second = person()
    role(second, RoleKind.ADMINISTRATOR)
    actions.end_role(MACHINE, held, reason="轮岗", at=AT)

    assert actor(second).administers
    assert not actor(first).administers


@db
def test_an_administrator_whose_term_is_over_or_who_is_deactivated_does_not_count() -> None:
    first, gone, ended = person(), person(), person()
    role(first, RoleKind.ADMINISTRATOR)
    role(gone, RoleKind.ADMINISTRATOR)
    role(ended, RoleKind.ADMINISTRATOR, until=DAY - timedelta(days=1))
    actions.deactivate_person(MACHINE, gone.pk, reason="调离", at=AT)
    with pytest.raises(NotAllowed, match="最后一名"):
        actions.deactivate_person(MACHINE, first.pk, reason="调离", at=AT)


def test_two_administrators_removing_each_other_at_once_leave_one(ledger: Ledger) -> None:
    pair = [person(), person()]
    for who in pair:
        role(who, RoleKind.ADMINISTRATOR)
    actors = [actor(who) for who in pair]
    start = threading.Barrier(2)

    def remove(n: int) -> str:
        try:
            start.wait()
            actions.deactivate_person(actors[n], pair[1 - n].pk, reason="调离", at=AT)
        except Refused as refused:
            return refused.zh
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(remove, (0, 1)))

    assert sorted(map(bool, said)) == [False, True]
    assert Person.objects.filter(is_active=True).count() == 1


@db
def test_nobody_deactivates_themselves() -> None:
    administrator()
    mine = administrator()
    assert mine.person is not None
    with pytest.raises(NotAllowed, match="自己"):
        actions.deactivate_person(mine, mine.person, reason="休假", at=AT)


@db
def test_a_deactivated_person_holds_nothing_until_reactivated() -> None:
    who = person()
    role(who, RoleKind.EDITOR, organ())
    actions.deactivate_person(MACHINE, who.pk, reason="停职", at=AT)
    during = actor(who).posts
    with pytest.raises(NotNow):
        actions.deactivate_person(MACHINE, who.pk, reason="停职", at=AT)
    actions.reactivate_person(MACHINE, who.pk, reason="复职", at=AT)

    assert during == ()
    assert actor(who).posts


@db
def test_one_person_alone_as_editor_and_approver_is_shown() -> None:
    where, who = organ(), person("王五")
    role(who, RoleKind.EDITOR, where)
    role(who, RoleKind.APPROVER, where)
    before = queries.alone(where.pk, DAY)
    role(person(), RoleKind.APPROVER, where)

    assert before == ("王五",)
    assert queries.alone(where.pk, DAY) == ()
    assert queries.both(administrator(), who.pk, DAY) == (where.name,)


def _verbs(where: Organ, who: Person, held: int) -> dict[str, object]:
    """Every verb of the administrator, as a call that takes the actor."""
    other = PersonFacts(login=who.login, name="别名")
    return {
        "create_organ": lambda by: actions.create_organ(by, facts(), at=AT),
        "change_organ": lambda by: actions.change_organ(by, where.pk, facts(), at=AT),
        "close_organ": lambda by: actions.close_organ(by, where.pk, reason="撤销", at=AT),
        "reopen_organ": lambda by: actions.reopen_organ(by, where.pk, reason="恢复", at=AT),
        "change_settings": lambda by: actions.change_settings(by, where.pk, {"recheck_days": 5}, since=DAY, at=AT),
        "create_person": lambda by: actions.create_person(by, PersonFacts(login="somebody", name="某人"), at=AT),
        "change_person": lambda by: actions.change_person(by, who.pk, other, at=AT),
        "bind_identity": lambda by: actions.bind_identity(by, who.pk, "id-1", at=AT),
        "deactivate_person": lambda by: actions.deactivate_person(by, who.pk, reason="停职", at=AT),
        "reactivate_person": lambda by: actions.reactivate_person(by, who.pk, reason="复职", at=AT),
        "issue_password": lambda by: actions.issue_password(by, who.pk, at=AT),
        "reset_second_factor": lambda by: actions.reset_second_factor(by, who.pk, reason="遗失", at=AT),
        "end_sessions": lambda by: actions.end_sessions(by, who.pk, reason="遗失", at=AT),
        "grant_role": lambda by: actions.grant_role(by, who.pk, RoleKind.REVIEWER, where.pk, since=DAY, at=AT),
        "end_role": lambda by: actions.end_role(by, held, reason="轮岗", at=AT),
        "prepare_import": lambda by: actions.prepare_import(by, "people", "a.xlsx", b"", at=AT),
        "preview_import": lambda by: actions.preview_import(by, 1, at=AT),
        "confirm_import": lambda by: actions.confirm_import(by, 1, at=AT),
        "drop_import": lambda by: actions.drop_import(by, 1),
        "prepare_notice": lambda by: actions.prepare_notice(by, "a.csv", b"", at=AT),
        "preview_notice": lambda by: actions.preview_notice(by, 1),
        "confirm_notice": lambda by: actions.confirm_notice(by, 1, at=AT),
        "drop_notice": lambda by: actions.drop_notice(by, 1),
        "withdraw_notice": lambda by: actions.withdraw_notice(by, 1, reason="录错", at=AT),
    }


GUIDES = {
    "change_guide": lambda by, where: actions.change_guide(by, where, Guide(office_name="办公室"), at=AT),
    "confirm_guide": lambda by, where: actions.confirm_guide(by, where, at=AT),
}
OWN = {"end_own_sessions", "own_password_changed", "know_identity", "note_sign_in"}  # 每人对自己，或者登录时由系统


@db
def test_every_verb_is_tried() -> None:
    tried = set(_verbs(organ(), person(), 0)) | set(GUIDES) | OWN

    assert tried == {name for name in actions.__all__ if name[0].islower()}


@db
@pytest.mark.parametrize("kind", [*sorted(CONTENT), None], ids=str)
def test_only_an_administrator_administers(kind: RoleKind | None) -> None:
    where, who = organ(), person()
    held = role(who, RoleKind.EDITOR, where)
    by = acting(kind, where) if kind else PUBLIC
    entries = Entry.objects.count()
    for name, verb in _verbs(where, who, held).items():
        with pytest.raises(NotAllowed):
            verb(by)  # type: ignore[operator]
        assert Entry.objects.count() == entries, name
    with pytest.raises(NotAllowed):
        queries.people(by, PersonFilter())
    with pytest.raises(NotAllowed):
        queries.person(by, who.pk)


@db
def test_an_administrator_may_do_each() -> None:
    where, who = organ(), person(password=PASSWORD)
    by = administrator()
    held = role(who, RoleKind.EDITOR, where)
    for name, verb in _verbs(where, who, held).items():
        try:
            verb(by)  # type: ignore[operator]
        except NotAllowed:
            pytest.fail(f"{name} was not allowed")
        except Refused:
            continue  # 此刻不能，但不是因为权限


@db
@pytest.mark.parametrize("verb", GUIDES)
def test_the_guide_is_kept_by_the_disclosure_office_of_that_organ(verb: str) -> None:
    where, elsewhere = organ(), organ()
    allowed = [acting(RoleKind.DISCLOSURE_OFFICE, where), administrator(), MACHINE]
    refused = [acting(kind, where) for kind in CONTENT - {RoleKind.DISCLOSURE_OFFICE}]
    strangers = [acting(RoleKind.DISCLOSURE_OFFICE, elsewhere), PUBLIC]
    for by in allowed:
        assert GUIDES[verb](by, where.pk).guide_checked_on == DAY
    for by in refused:
        with pytest.raises(NotAllowed):
            GUIDES[verb](by, where.pk)
    for by in strangers:
        with pytest.raises(NotFound):
            GUIDES[verb](by, where.pk)


@db
def test_a_person_acts_for_themselves_alone() -> None:
    for verb in (lambda by: actions.end_own_sessions(by, at=AT, keep=""), lambda by: actions.own_password_changed(by, at=AT)):
        for nobody in (PUBLIC, Actor(None, "谁")):
            with pytest.raises(NotAllowed):
                verb(nobody)


@db
def test_people_are_found_by_words_organ_role_and_what_they_lack() -> None:
    by = administrator()
    where = organ()
    li, wang = person("李四", login="li.si", password=PASSWORD), person("王五", login="wang.wu")
    role(li, RoleKind.EDITOR, where)
    actions.deactivate_person(MACHINE, person("赵六").pk, reason="退休", at=AT)

    def names(**wanted: object) -> list[str]:
        return [each.name for each in queries.people(by, PersonFilter(**wanted)).rows]  # type: ignore[arg-type]

    assert names(q="李") == ["李四"]
    assert names(q="WANG") == ["王五"]
    assert names(organ=where.pk) == ["李四"]
    assert names(kind="editor") == ["李四"]
    assert names(active="no") == ["赵六"]
    assert "王五" in names(lacking="role")
    assert "李四" not in names(lacking="password")
    assert "王五" in names(lacking="password")
    assert wang.name in names(lacking="second_factor")


@db
def test_the_list_of_people_costs_the_same_whatever_its_length(django_assert_max_num_queries: object) -> None:
    by, where = administrator(), organ()
    for _ in range(30):
        role(person(), RoleKind.EDITOR, where)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        page = queries.people(by, PersonFilter())

    assert page.total == 31
