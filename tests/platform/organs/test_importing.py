"""Organs and people from a table: examined row by row, done all or nothing, once."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.contrib.auth.hashers import check_password
from django.test import Client
from python_calamine import CalamineWorkbook

from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs import actions, sheets
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.actions import Done, Outcome
from gongkai.platform.organs.errors import Conflict, Invalid, NotFound, NotNow
from gongkai.platform.organs.models import Batch, Organ, Person, Role
from gongkai.platform.organs.roles import RoleKind

from .making import AT, DAY, administrator, code, organ, person, role

pytestmark = pytest.mark.django_db
ORGAN = {"机关全称": "甲县人民政府", "网址代号": "jia", "组织机构代码": "014225972", "层级": "县级", "类别": "人民政府"}
PERSON = {"登录名": "li.si", "姓名": "李四"}


def xlsx(*rows: dict[str, object], headings: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    columns = headings or tuple(dict.fromkeys(key for row in rows for key in row))
    for n, line in enumerate([dict(zip(columns, columns, strict=True)), *rows]):
        for m, column in enumerate(columns):
            sheet.write(n, m, line.get(column, ""))
    book.close()
    return out.getvalue()


def prepare(by: Actor, kind: str, *rows: dict[str, object], **more: bool) -> Batch:
    return actions.prepare_import(by, kind, "表.xlsx", xlsx(*rows), at=AT, **more)


def preview(kind: str, *rows: dict[str, object]) -> list[Outcome]:
    by = administrator()
    return list(actions.preview_import(by, prepare(by, kind, *rows).pk, at=AT))


def confirm(kind: str, *rows: dict[str, object], **more: bool) -> Done:
    by = administrator()
    return actions.confirm_import(by, prepare(by, kind, *rows, **more).pk, at=AT)


def said(kind: str, *rows: dict[str, object]) -> list[str]:
    """What is wrong, as row, column and sentence."""
    return [f"{outcome.number} {column} {why}" for outcome in preview(kind, *rows) for column, why in outcome.wrong]


def bureau(name: str = "甲县民政局", slug: str = "mzj", **more: object) -> dict[str, object]:
    return {"机关全称": name, "网址代号": slug, "组织机构代码": code(), "层级": "县级", "类别": "政府部门"} | more


@pytest.mark.parametrize("kind", ["organs", "people"])
def test_the_template_has_every_column_and_is_read_back(kind: str) -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(sheets.template(kind))).get_sheet_by_index(0).to_python()

    assert len(sheet[0]) == len(sheets.TABLES[kind])
    with pytest.raises(Invalid, match="没有一行数据"):
        sheets.read(kind, "模板.xlsx", sheets.template(kind))


def test_parents_may_stand_below_their_children_in_the_table() -> None:
    done = confirm("organs", bureau(所属政府="甲县人民政府"), ORGAN, bureau("甲县某站", "zhan", 所属政府="mzj", 上级主管机关="mzj"))
    names = {it.name: it for it in Organ.objects.all()}

    assert [outcome.done for outcome in done.outcomes] == [("登记“甲县民政局”",), ("登记“甲县人民政府”",), ("登记“甲县某站”",)]
    assert names["甲县某站"].area_path == f"/{names['甲县人民政府'].pk}/{names['甲县民政局'].pk}/{names['甲县某站'].pk}/"
    assert verify().holds


def test_a_preview_makes_nothing_and_writes_no_journal() -> None:
    by = administrator()
    batch = prepare(by, "organs", ORGAN, bureau(所属政府="甲县人民政府"))
    entries = Entry.objects.count()
    outcomes = actions.preview_import(by, batch.pk, at=AT)

    assert [outcome.wrong for outcome in outcomes] == [(), ()]
    assert Organ.objects.count() == 0
    assert Entry.objects.count() == entries


def test_every_row_is_told_what_is_wrong_with_it() -> None:
    organ("已有的机关", slug="old", code="000014349")
    found = said(
        "organs",
        bureau("甲县民政局", "mzj", 组织机构代码="014225973"),
        bureau("乙", "大写", 层级="村级"),
        bureau("已有的机关", "new"),
        bureau("丙县教育局", "jyj", 组织机构代码="000014349"),
        bureau("丁县财政局", "czj", 所属政府="不存在的县"),
        bureau("戊县审计局", "sjj", 所属政府="甲县民政局", 排序="很前"),
        bureau("己县司法局", "sfj", 垂直领导="也许", 工作日历="mars"),
    )

    assert found[0].startswith("2 组织机构代码 组织机构代码“014225973”的校验码不符")
    assert {each.split(" ")[1] for each in found if each.startswith("3 ")} == {"机关全称", "网址代号", "层级"}
    assert "4 机关全称 机关全称“已有的机关”已属于“已有的机关”。" in found
    assert "5 组织机构代码 组织机构代码“000014349”已属于“已有的机关”。" in found
    assert "6 所属政府 没有名为“不存在的县”的机关，本表里也没有。" in found
    assert "7 所属政府 上级“甲县民政局”在本表第 2 行，而那一行有误。" in found
    assert any(each.startswith("7 排序") for each in found)
    assert {each.split(" ")[1] for each in found if each.startswith("8 ")} == {"垂直领导", "工作日历"}


def test_a_code_doubled_within_the_table_is_found() -> None:
    found = said("organs", bureau("甲县民政局", "mzj", 组织机构代码="014225972"), bureau("乙县民政局", "yi-mzj", 组织机构代码="014225972"))

    assert found == ["3 组织机构代码 组织机构代码“014225972”已属于“甲县民政局”。"]


def test_a_circle_within_the_table_is_found() -> None:
    found = said("organs", bureau("甲机关", "a", 所属政府="乙机关"), bureau("乙机关", "b", 所属政府="甲机关"), bureau("丙机关", "c", 所属政府="丙机关"), ORGAN)

    assert [each.split(" ")[0] for each in found] == ["2", "3", "4"]
    assert all("成了一个圈" in each for each in found)


def test_a_code_that_lost_its_zeros_in_the_table_is_refused() -> None:
    assert "现为“14225972”（8 位）" in said("organs", bureau(组织机构代码=14225972))[0]


def test_the_guide_comes_along() -> None:
    confirm("organs", bureau(公开工作机构名称="办公室", 联系电话="0998-1234567"))
    it = Organ.objects.get()

    assert (it.office_name, it.office_phone, it.guide_checked_on) == ("办公室", "0998-1234567", DAY)


def test_one_wrong_row_stops_all() -> None:
    by = administrator()
    batch = prepare(by, "organs", ORGAN, bureau(层级="村级"))
    entries = Entry.objects.count()
    with pytest.raises(Conflict, match="一行也没有导入"):
        actions.confirm_import(by, batch.pk, at=AT)

    assert Organ.objects.count() == 0
    assert Entry.objects.count() == entries
    assert Batch.objects.get().state == "open"


def test_a_confirmation_posted_twice_does_it_once() -> None:
    by = administrator()
    batch = prepare(by, "organs", ORGAN)
    actions.confirm_import(by, batch.pk, at=AT)
    with pytest.raises(NotNow, match="没有再做一次"):
        actions.confirm_import(by, batch.pk, at=AT)

    assert Organ.objects.count() == 1
    assert Entry.objects.filter(verb="organs.import").count() == 1


def test_what_changed_since_the_preview_counts_at_the_confirmation() -> None:
    by = administrator()
    batch = prepare(by, "organs", ORGAN)
    assert not any(outcome.wrong for outcome in actions.preview_import(by, batch.pk, at=AT))
    organ("甲县人民政府", slug="other")
    with pytest.raises(Conflict):
        actions.confirm_import(by, batch.pk, at=AT)


def test_an_import_belongs_to_who_began_it() -> None:
    batch = prepare(administrator(), "organs", ORGAN)
    other = administrator()
    for verb in (lambda: actions.preview_import(other, batch.pk, at=AT), lambda: actions.confirm_import(other, batch.pk, at=AT), lambda: actions.drop_import(other, batch.pk)):
        with pytest.raises(NotFound):
            verb()


def test_a_dropped_import_is_emptied() -> None:
    by = administrator()
    batch = prepare(by, "people", PERSON)
    actions.drop_import(by, batch.pk)

    assert (Batch.objects.get().state, Batch.objects.get().rows) == ("dropped", [])
    with pytest.raises(NotNow):
        actions.confirm_import(by, batch.pk, at=AT)


def test_a_table_that_nobody_confirms_is_emptied_after_a_week() -> None:
    by = administrator()
    old = prepare(by, "people", PERSON)
    actions.prepare_import(by, "people", "表.xlsx", xlsx(PERSON), at=AT + timedelta(days=8))

    assert (Batch.objects.get(pk=old.pk).state, Batch.objects.get(pk=old.pk).rows) == ("dropped", [])


def test_people_come_with_their_roles_one_row_each() -> None:
    where = organ("甲县民政局", slug="mzj")
    done = confirm(
        "people",
        PERSON | {"机关": "甲县民政局", "角色": "信息员", "内设机构": "办公室", "任职起": date(2026, 1, 1), "任职止": "2026年12月31日"},
        PERSON | {"机关": "mzj", "角色": "签发人", "任职起": "20260201"},
        {"登录名": "wang.wu", "姓名": "王五", "角色": "系统管理员"},
        {"登录名": "zhao.liu", "姓名": "赵六"},
    )
    roles = {(held.person.login, held.kind, held.organ_id, held.since, held.until) for held in Role.objects.select_related("person") if held.person.login in ("li.si", "wang.wu")}

    assert [outcome.done for outcome in done.outcomes] == [("登记“李四”", "授予“信息员”"), ("授予“签发人”",), ("登记“王五”", "授予“系统管理员”"), ("登记“赵六”",)]
    assert roles == {
        ("li.si", "editor", where.pk, date(2026, 1, 1), date(2026, 12, 31)), ("li.si", "approver", where.pk, date(2026, 2, 1), None),
        ("wang.wu", "administrator", None, DAY, None),
    }  # fmt: skip


def test_people_rows_are_told_what_is_wrong_with_them() -> None:
    where = organ("甲县民政局", slug="mzj")
    role(person("周七", login="zhou.qi"), RoleKind.EDITOR, where)
    found = said(
        "people",
        {"登录名": "李四", "姓名": ""},
        PERSON | {"机关": "甲县民政局", "角色": "科长"},
        PERSON | {"机关": "没有的局", "角色": "信息员"},
        PERSON | {"机关": "甲县民政局", "角色": "信息员", "任职起": "明年"},
        PERSON | {"机关": "甲县民政局", "角色": "信息员", "任职起": "2026-03-01", "任职止": "2026-02-01"},
        {"登录名": "zhou.qi", "姓名": "周八", "机关": "mzj", "角色": "审核员"},
        {"登录名": "zhou.qi", "姓名": "周七", "机关": "mzj", "角色": "信息员"},
        {"登录名": "zhou.qi", "姓名": "周七", "角色": "系统管理员"},
        {"登录名": "zhou.qi", "姓名": "周七"},
        {"登录名": "sun.ba", "姓名": "孙八", "机关": "mzj"},
        {"登录名": "qian.jiu", "姓名": "钱九", "角色": "信息员"},
    )
    rows = {int(each.split(" ")[0]): each for each in found}

    assert sorted(rows) == list(range(2, 13))
    assert "没有“科长”这一角色" in rows[3]
    assert "没有名为“没有的局”的机关" in rows[4]
    assert "“明年”不是日期" in rows[5]
    assert "不能早于任职起" in rows[6]
    assert "与本行的姓名不符" in rows[7]
    assert "已有“信息员”" in rows[8]
    assert "系统管理员不得同时担任" in rows[9]
    assert "没有要增加的" in rows[10]
    assert "请再填角色" in rows[11]
    assert "请选择“信息员”所在的机关" in rows[12]


def test_first_passwords_are_told_once_and_open_the_door_to_the_change(client: Client) -> None:
    done = confirm("people", PERSON, {"登录名": "wang.wu", "姓名": "王五"}, with_passwords=True)
    first = {issued.login: issued.password for issued in done.passwords}
    li = Person.objects.get(login="li.si")
    client.post("/account/login/", {"login": "li.si", "password": first["li.si"]})

    assert set(first) == {"li.si", "wang.wu"}
    assert len(set(first.values())) == 2
    assert li.must_change_password
    assert check_password(first["li.si"], li.password)
    assert client.get("/account/me/")["Location"].startswith("/account/password/change/")
    assert not Entry.objects.filter(changes__icontains=first["li.si"]).exists()
    assert not Batch.objects.filter(rows__icontains=first["li.si"]).exists()


def test_people_who_were_there_keep_their_passwords() -> None:
    where = organ(slug="mzj")
    who = person("李四", login="li.si", password="Hetian-2026-yellow")
    done = confirm("people", PERSON | {"机关": "mzj", "角色": "信息员"}, with_passwords=True)

    assert where.pk and done.passwords == ()
    assert Person.objects.get(pk=who.pk).password == who.password


def test_without_passwords_nobody_new_can_sign_in_by_one() -> None:
    confirm("people", PERSON)

    assert not Person.objects.get(login="li.si").has_usable_password()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("表.xlsx", b"", "空的"), ("表.xlsx", b"not a table", ""), ("表.csv", "登录名,姓名\nli,李四".encode(), "请上传 XLSX"),
        ("表.xlsx", xlsx({"登录名": "li.si"}), "缺少必需的列：姓名"), ("表.xlsx", xlsx(PERSON | {"身份证号": "1"}), "认不出的列：身份证号"),
        ("表.xlsx", xlsx(headings=("登录名", "姓名")), "没有一行数据"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(name: str, data: bytes, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.prepare_import(administrator(), "people", name, data, at=AT)

    assert why in refused.value.fields["file"]
    assert Batch.objects.count() == 0


def test_too_many_people_at_once_are_refused() -> None:
    with pytest.raises(Invalid, match="一次最多导入 500 人"):
        prepare(administrator(), "people", *({"登录名": f"person.{n}", "姓名": "某人"} for n in range(501)))


def test_a_hundred_organs_and_their_people_take_seconds() -> None:
    by = administrator()
    organs = [ORGAN, *(bureau(f"甲县第{n}局", f"ju{n}", 所属政府="甲县人民政府") for n in range(100))]
    actions.confirm_import(by, prepare(by, "organs", *organs).pk, at=AT)
    people = [{"登录名": f"person.{n}", "姓名": f"人员{n}", "机关": f"ju{n}", "角色": "信息员"} for n in range(100)]
    done = actions.confirm_import(by, prepare(by, "people", *people, with_passwords=True).pk, at=AT)

    assert len(done.passwords) == 100
    assert Organ.objects.filter(area_path__startswith=Organ.objects.get(slug="jia").area_path).count() == 101
    assert verify().holds
