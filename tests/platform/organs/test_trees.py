"""Organs in their two trees (条例第三条): entered, moved with everything below, never in a circle."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs import actions, queries
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.errors import Conflict, Invalid, NotNow
from gongkai.platform.organs.facts import OrganFacts
from gongkai.platform.organs.models import Organ, Role
from gongkai.platform.organs.roles import RoleKind

from .making import AT, DAY, acting, actor, facts, organ, person, role

pytestmark = pytest.mark.django_db


def told(it: Organ, **more: object) -> OrganFacts:
    """An organ as it stands, with something changed."""
    fields = ("name", "slug", "level", "kind", "short_name", "code", "credit_code", "vertical", "position", "calendar", "index_pattern")
    now = {field: getattr(it, field) for field in fields} | {"area_parent": it.area_parent_id, "system_parent": it.system_parent_id}
    return OrganFacts(**(now | more))


def change(it: Organ, **more: object) -> Organ:
    return actions.change_organ(MACHINE, it.pk, told(it, **more), at=AT)


def faults(**more: object) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        organ(**more)
    return refused.value.fields


def path(it: Organ, tree: str = "area") -> str:
    return str(getattr(Organ.objects.get(pk=it.pk), f"{tree}_path"))


def test_an_organ_stands_at_its_place_in_both_trees() -> None:
    county = organ("甲县人民政府", kind="government")
    bureau = organ("乙地区民政局")
    office = organ("甲县民政局", area_parent=county.pk, system_parent=bureau.pk)

    assert office.area_path == f"/{county.pk}/{office.pk}/"
    assert office.system_path == f"/{bureau.pk}/{office.pk}/"
    assert county.area_path == county.system_path == f"/{county.pk}/"


def test_a_subtree_moves_along_and_the_other_tree_stays() -> None:
    old, new = organ(kind="government"), organ(kind="government")
    county = organ(area_parent=old.pk, system_parent=old.pk)
    town = organ(area_parent=county.pk, system_parent=county.pk)
    change(county, area_parent=new.pk)

    assert path(county) == f"/{new.pk}/{county.pk}/"
    assert path(town) == f"/{new.pk}/{county.pk}/{town.pk}/"
    assert path(town, "system") == f"/{old.pk}/{county.pk}/{town.pk}/"
    assert {each.id for each in queries.below(new.pk)} == {new.pk, county.pk, town.pk}
    assert {each.id for each in queries.below(old.pk)} == {old.pk}


def test_an_organ_becomes_a_top_again() -> None:
    top = organ(kind="government")
    county = organ(area_parent=top.pk)
    town = organ(area_parent=county.pk)
    change(county, area_parent=None)

    assert path(town) == f"/{county.pk}/{town.pk}/"


@pytest.mark.parametrize("tree", ["area", "system"])
def test_there_are_no_circles(tree: str) -> None:
    top = organ()
    middle = organ(**{f"{tree}_parent": top.pk})
    low = organ(**{f"{tree}_parent": middle.pk})
    for under in (top, middle, low):
        with pytest.raises(Invalid, match="自身或其下级"):
            change(top, **{f"{tree}_parent": under.pk})

    assert path(low, tree) == f"/{top.pk}/{middle.pk}/{low.pk}/"


@given(moves=st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 6)), max_size=12))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_paths_always_agree_with_the_parents(moves: list[tuple[int, int]]) -> None:
    made = [organ() for _ in range(7)]
    for which, under in moves:
        try:
            change(Organ.objects.get(pk=made[which].pk), area_parent=None if under < 0 else made[under].pk)
        except Invalid:
            continue

    parents = dict(Organ.objects.values_list("pk", "area_parent_id"))
    for it in Organ.objects.all():
        steps, at = [it.pk], parents[it.pk]
        while at is not None:
            steps.insert(0, at)
            at = parents[at]
        assert it.area_path == "/" + "".join(f"{step}/" for step in steps)


def test_the_authority_is_the_area_or_for_vertical_systems_the_system() -> None:
    county, province = organ(kind="government"), organ()
    bureau = organ(area_parent=county.pk)
    tax = organ(area_parent=county.pk, system_parent=province.pk, vertical=True)
    above = acting(RoleKind.SUPERVISOR, county)

    assert queries.supervised(above) == {county.pk, bureau.pk}
    assert queries.organ(tax.slug).supervisor == province.pk
    assert queries.supervised(acting(RoleKind.SUPERVISOR, province)) == {province.pk, tax.pk}
    assert queries.supervised(acting(RoleKind.EDITOR, county)) == frozenset()


def test_a_vertical_organ_needs_its_system() -> None:
    assert "第三条" in faults(vertical=True)["system_parent"]


@pytest.mark.parametrize("code", ["000014349", "000013338", "014225972", "0142-2597-2", "-68728705-1", "０１４２２５９７２"])
def test_real_organisation_codes_are_taken(code: str) -> None:
    assert len(organ(code=code).code) == 9


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("code", "000014340", "校验码是“9”"), ("code", "00001434", "9 位"), ("credit_code", "11341702486344515X", "校验码"),
        ("credit_code", "1134170248634451", "18 位"), ("credit_code", "11341702486344516H", "第 9 至 17 位"), ("slug", "甲县", "小写字母"), ("slug", "a--b", "小写字母"),
        ("name", "甲", "请填写"), ("name", "长" * 201, "不得超过 200"), ("calendar", "mars", "cn-xinjiang"), ("level", "village", "层级"), ("kind", "", "类别"),
        ("index_pattern", "{code}/{serial:05d}", "{year}"), ("index_pattern", "{code}/{year}-{serial}", "不能用"), ("index_pattern", "{code.__class__}/{year}-{serial:05d}", "没有"),
        ("index_pattern", "{code}/{year-{serial:05d}", "花括号"), ("index_pattern", "{credit}/{year}-{serial:05d}", "没有填写"), ("index_pattern", "{code!r}/{year}-{serial:05d}", "没有"),
        ("index_pattern", "{code}?{year}-{serial:05d}", "不能用"), ("position", -1, "排序"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_beside_its_field(field: str, value: object, said: str) -> None:
    found = faults(**{field: value})

    assert said in found[field]
    assert Organ.objects.count() == 0


def test_every_fault_is_told_at_once() -> None:
    assert set(faults(slug="大", code="1", level="")) == {"slug", "code", "level"}


def test_both_codes_must_be_of_one_organ() -> None:
    assert "不是同一机关" in faults(code="000014349", credit_code="11341702486344515H")["credit_code"]
    assert organ(code="486344515", credit_code="11341702486344515H").pk


@pytest.mark.parametrize("field", ["name", "slug", "code", "credit_code"])
def test_what_names_an_organ_is_given_once(field: str) -> None:
    first = organ("甲县民政局", slug="mzj", code="486344515", credit_code="11341702486344515H")

    assert "已属于“甲县民政局”" in faults(**{"code": "", "index_pattern": "{slug}/{year}-{serial:05d}"} | {field: getattr(first, field)})[field]


def test_patterns_that_would_give_the_same_numbers_are_refused() -> None:
    organ(index_pattern="XXGK/{year}-{serial:05d}")

    assert "相同" in faults(index_pattern="XXGK/{year}-{serial:05d}")["index_pattern"]
    assert organ(index_pattern="XXGK2/{year}-{serial:05d}").pk


def test_a_change_tells_what_was_and_what_is() -> None:
    it = organ("甲县民政局")
    change(it, name="甲县民政和社会工作局")
    entry = Entry.objects.get(verb="organs.change")

    assert entry.chain == it.pk
    assert entry.changes == {"name": ["甲县民政局", "甲县民政和社会工作局"]}
    assert verify().holds


def test_a_change_of_nothing_leaves_no_trace() -> None:
    it = organ()
    change(it)

    assert not Entry.objects.filter(verb="organs.change").exists()


def test_who_saved_meanwhile_is_not_overwritten() -> None:
    it = organ()
    change(it, name="先改的名字")
    with pytest.raises(Conflict):
        actions.change_organ(MACHINE, it.pk, told(it, name="后改的名字"), at=AT, based_on=1)

    assert Organ.objects.get(pk=it.pk).name == "先改的名字"


def test_an_organ_is_closed_not_deleted_and_its_roles_end() -> None:
    heir, it = organ("丙县民政局"), organ()
    who = person()
    role(who, RoleKind.EDITOR, it)
    actions.close_organ(MACHINE, it.pk, reason="机构改革", successor=heir.pk, at=AT)
    shown = queries.organ(it.slug)

    assert (shown.active, shown.closed_on, shown.successor) == (False, DAY, heir.pk)
    assert actor(who).posts == ()
    assert Role.objects.get().ended_at == AT
    assert it.pk not in {each.id for each in queries.organs()}


def test_an_organ_with_others_below_it_is_not_closed() -> None:
    top = organ()
    organ("下属局", area_parent=top.pk)
    with pytest.raises(NotNow, match="下属局"):
        actions.close_organ(MACHINE, top.pk, reason="撤销", at=AT)


def test_nothing_is_put_under_a_closed_organ() -> None:
    top = organ()
    actions.close_organ(MACHINE, top.pk, reason="撤销", at=AT)

    assert "已停用" in faults(area_parent=top.pk)["area_parent"]


def test_a_closed_organ_is_opened_again_without_its_roles() -> None:
    it = organ()
    who = person()
    role(who, RoleKind.EDITOR, it)
    actions.close_organ(MACHINE, it.pk, reason="撤销", at=AT)
    with pytest.raises(Invalid):
        actions.grant_role(MACHINE, who.pk, RoleKind.EDITOR, it.pk, since=DAY, at=AT)
    actions.reopen_organ(MACHINE, it.pk, reason="误操作", at=AT)

    assert queries.organ(it.slug).active
    assert actor(who).posts == ()


def test_settings_hold_from_their_day_and_what_held_before_stands() -> None:
    it = organ()
    actions.change_settings(MACHINE, it.pk, {"review_cycle_months": 6}, since=date(2026, 4, 1), at=AT)
    actions.change_settings(MACHINE, it.pk, {"review_cycle_months": 3}, since=date(2026, 7, 1), at=AT)
    shown = queries.organ(it.slug)

    assert [queries.setting(shown, "review_cycle_months", date(2026, month, 1)) for month in (3, 4, 6, 7)] == [12, 6, 6, 3]
    assert Entry.objects.filter(verb="organs.change_settings").count() == 2


@pytest.mark.parametrize(("key", "value"), [("review_cycle_months", 0), ("review_cycle_months", 61), ("recheck_days", True), ("secrecy_separate", 1), ("unknown", 1)])
def test_settings_out_of_range_are_refused(key: str, value: int | bool) -> None:
    with pytest.raises(Invalid):
        actions.change_settings(MACHINE, organ().pk, {key: value}, since=DAY, at=AT)


def test_a_switch_is_a_setting_too() -> None:
    it = organ()
    before = queries.setting(queries.organ(it.slug), "secrecy_separate", DAY)
    actions.change_settings(MACHINE, it.pk, {"secrecy_separate": False}, since=DAY, at=AT)

    assert bool(before)
    assert not queries.setting(queries.organ(it.slug), "secrecy_separate", DAY)


def test_names_are_listed_by_pinyin() -> None:
    for name in ("卫生健康委员会", "财政局", "民政局", "教育局"):
        organ(name)

    assert [each.name for each in queries.organs()] == ["财政局", "教育局", "民政局", "卫生健康委员会"]


def test_facts_are_tidied_before_they_are_kept() -> None:
    it = actions.create_organ(MACHINE, facts("  甲县\t民政局 ", slug=" MZJ ", short_name=""), at=AT)

    assert (it.name, it.short_name, it.slug) == ("甲县 民政局", "甲县 民政局", "mzj")
