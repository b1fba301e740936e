"""XLSX imports: read, looked over, all of it or nothing; columns remembered; hostile tables refused; what is exported reads back."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.platform.annual import sheets
from gongkai.platform.annual.actions import entering, importing
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.annual.models import FigureBatch, FigureEntry
from gongkai.platform.annual.queries.figures import ledger_of
from gongkai.platform.demo.figures import told
from gongkai.platform.journal.models import Entry
from tests.platform.cases.factories import Office, at, office

from .conftest import Enter, table

WHEN = at("2024-01-08")
HEAD = ("月份", "培训次数", "培训人次", "依据", "更正理由")
BASE = "/desk/organs/songyin/figures/2023/import/"


def uploaded(place: Office, *rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> FigureBatch:
    return importing.preview(place.head, place.organ.pk, 2023, "培训.xlsx", table([head, *rows]), at=WHEN)


def why(place: Office, *rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> list[str]:
    return [each.why for each in importing.plan_of(uploaded(place, *rows, head=head), WHEN).wrong]


def post(client: Client, data: bytes, name: str = "培训.xlsx") -> HttpResponse:
    return client.post(BASE, {"file": SimpleUploadedFile(name, data)})  # type: ignore[return-value]


def test_a_table_is_looked_over_then_entered_in_one_with_its_name_and_one_entry_of_the_journal(place: Office) -> None:
    batch = uploaded(place, ("1月", 2, "1,200", "签到表"), ("2023-02", 1, None), ("三月", None, "30余"), ("全年", None, None), ("合计", 3, 1230))
    assert not FigureEntry.objects.exists()
    before = Entry.objects.count()
    made = importing.confirm(place.head, batch.pk, at=WHEN)
    kept = [(each.indicator, each.month, int(each.value or 0), each.about, each.evidence) for each in FigureEntry.objects.filter(batch=batch).order_by("id")]

    assert made == 4
    assert kept == [("trainings", 1, 2, False, "签到表"), ("trained", 1, 1200, False, "签到表"), ("trainings", 2, 1, False, ""), ("trained", 3, 30, True, "")]
    assert Entry.objects.count() == before + 1 and Entry.objects.latest("pk").verb == "annual.import_figures"
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.digest) == ("done", [], batch.digest) and batch.done_at == WHEN


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("=1+1", "公式"), ("'=1+1", "应为一个数"), ("很多", "应为一个数"), (10**14, "数字过大"), (1e300, "应为一个数"), (-5, "不能为负"), (2.5, "应为整数"), ("一百二十", "阿拉伯数字"), ("3万", "完整的数"),
        (True, "应为一个数"), ("无", "请空着"), ("1e9", "应为一个数"), ("\u200b5", "应为一个数"), ("12 34", "应为一个数"),
    ],
)  # fmt: skip
def test_a_hostile_cell_is_refused_with_what_to_write(cell: object, said: str, place: Office) -> None:
    batch = uploaded(place, (1, cell, 5))
    found = importing.plan_of(batch, WHEN).wrong

    assert [(each.row, each.heading) for each in found] == [(2, "培训次数")]
    assert said in found[0].why
    with pytest.raises(Invalid):
        importing.confirm(place.head, batch.pk, at=WHEN)
    assert not FigureEntry.objects.exists()


@pytest.mark.parametrize(("month", "said"), [(13, "1 至 12"), ("0月", "1 至 12"), ("十三月", "1 至 12"), ("", "1 至 12"), ("2022年3月", "2022 年"), ("2022-03", "2022 年"), ("第一季度", "1 至 12"), (1.5, "1 至 12")])
def test_a_line_of_no_month_of_the_year_is_refused(month: object, said: str, place: Office) -> None:
    found = why(place, (month, 2, 5))

    assert len(found) == 1 and said in found[0]


def test_a_month_that_has_not_come_and_a_month_twice_are_refused(place: Office) -> None:
    batch = importing.preview(place.head, place.organ.pk, 2024, "a.xlsx", table([HEAD, (2, 1)]), at=WHEN)

    assert ["以后的月份" in each.why for each in importing.plan_of(batch, WHEN).wrong] == [True]
    assert ["填了两次" in each for each in why(place, (1, 2), ("1月", 3))] == [True]


def test_a_line_of_totals_is_compared_and_not_entered(place: Office) -> None:
    batch = uploaded(place, (1, 2, 5), (2, 3, 6), ("合计", 6, "=SUM(C2:C3)"))
    plan = importing.plan_of(batch, WHEN)

    assert not plan.wrong
    assert [each.why for each in plan.warnings if each.heading == "培训次数"] == ["合计写 6，各月相加是 5。"]
    assert {each.told.month for each in plan.cells} == {1, 2}


def test_a_line_of_the_whole_year_is_entered_as_the_whole_year(place: Office) -> None:
    importing.confirm(place.head, uploaded(place, (1, 2), ("全年", 30), ("合计", 30)).pk, at=WHEN)

    assert ledger_of(place.head, place.organ.pk, 2023).figures["trainings", ""].value == 30


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.xlsx", ""), (b"not a table", "a.xlsx", ""), (table([]), "a.xlsx", "没有一行数据"), (table([HEAD]), "a.xlsx", "没有一行数据"), (table([HEAD, (1, None)]), "a.xlsx", "没有填一个数"),
        (table([("指标", "数"), ("培训", 1)]), "a.xlsx", "“月份”一列"), (table([("月份", "培训次数", "培训次数"), (1, 1, 1)]), "a.xlsx", "重复的列"), (table([("月份", "依据"), (1, "x")]), "a.xlsx", "没有一列指标"),
        (table([HEAD, *[(1, 1)] * 300]), "a.xlsx", "最多导入 200 行"), (table([("月份", *[f"列{n}" for n in range(300)]), (1, *[1] * 300)]), "a.xlsx", "200 列"), (table([HEAD, (1, 1)])[:900], "a.xlsx", ""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_figures_is_refused_as_a_whole(data: bytes, name: str, said: str, place: Office) -> None:
    with pytest.raises(Invalid) as refused:
        importing.preview(place.head, place.organ.pk, 2023, name, data, at=WHEN)

    assert said in str(refused.value.fields["file"])
    assert not FigureBatch.objects.exists()


def test_unknown_columns_are_said_once_and_remembered_for_the_organ(place: Office) -> None:
    head = ("统计月份", "求助类工单", "本单位备注", "热线：投诉")
    batch = uploaded(place, (1, 4, "x", 2), head=head)
    assert batch.mapping == {"求助类工单": "", "本单位备注": "", "热线：投诉": "hotline_complaint."}
    with pytest.raises(Invalid):
        importing.confirm(place.head, batch.pk, at=WHEN)
    with pytest.raises(Invalid):
        importing.assign(place.head, batch.pk, {"求助类工单": "no.such"}, at=WHEN)
    importing.assign(place.head, batch.pk, {"求助类工单": "hotline_help.", "本单位备注": "-"}, at=WHEN)
    importing.confirm(place.head, batch.pk, at=WHEN)
    again = uploaded(place, (2, 5, "y", 3), head=head)

    assert importing.plan_of(again, WHEN).ready and again.mapping["求助类工单"] == "hotline_help."
    assert {(each.indicator, int(each.value or 0)) for each in FigureEntry.objects.all()} == {("hotline_help", 4), ("hotline_complaint", 2)}
    assert importing.remembered_mapping(office("elsewhere").organ.pk) == {}


def test_two_columns_for_one_place_are_refused(place: Office) -> None:
    batch = uploaded(place, (1, 4, 5), head=("月份", "培训次数", "场次"))
    importing.assign(place.head, batch.pk, {"场次": "trainings."}, at=WHEN)

    assert any("只能留一列" in each.why for each in importing.plan_of(batch.__class__.objects.get(pk=batch.pk), WHEN).wrong)


def test_what_differs_from_what_holds_needs_a_reason_what_is_the_same_is_passed_over_blank_leaves_it(place: Office) -> None:
    entering.enter(place.officer, place.organ.pk, 2023, [Told("trainings", 1, Decimal(2)), Told("trained", 1, Decimal(50)), Told("trained", 2, Decimal(9))], at=WHEN)
    batch = uploaded(place, (1, 2, 60), (2, 1, None))
    plan = importing.plan_of(batch, WHEN)
    with pytest.raises(Invalid) as refused:
        importing.confirm(place.head, batch.pk, at=WHEN)
    made = importing.confirm(place.head, batch.pk, reason="以签到表为准", at=WHEN)

    assert ([len(each) for each in (plan.same, plan.changed, plan.new)], "reason" in refused.value.fields, made) == ([1, 1, 1], True, 2)
    assert FigureEntry.objects.get(indicator="trained", value=60).reason == "以签到表为准"
    assert ledger_of(place.head, place.organ.pk, 2023).figures["trained", ""].value == 69


def test_what_was_entered_between_looking_and_entering_is_not_overwritten_in_silence(place: Office) -> None:
    batch = uploaded(place, (1, 2, 60))
    entering.enter(place.officer, place.organ.pk, 2023, [Told("trained", 1, Decimal(50))], at=WHEN)
    with pytest.raises(Invalid):
        importing.confirm(place.head, batch.pk, at=WHEN)

    assert FigureEntry.objects.count() == 1


def test_the_same_file_twice_is_recognised(place: Office) -> None:
    data = table([HEAD, (1, 2, 60)])
    first = importing.preview(place.head, place.organ.pk, 2023, "a.xlsx", data, at=WHEN)
    assert importing.preview(place.head, place.organ.pk, 2023, "b.xlsx", data, at=WHEN).pk == first.pk
    importing.confirm(place.head, first.pk, at=WHEN)
    with pytest.raises(NotNow):
        importing.preview(place.officer, place.organ.pk, 2023, "c.xlsx", data, at=WHEN)
    with pytest.raises(NotNow):
        importing.confirm(place.head, first.pk, at=WHEN)

    assert first.digest == hashlib.sha256(data).hexdigest()
    assert FigureEntry.objects.count() == 2


def test_nobody_imports_for_another_organ_or_without_the_role(place: Office) -> None:
    batch, other = uploaded(place, (1, 2, 60)), office("elsewhere")
    for act in (lambda who: importing.confirm(who, batch.pk, at=WHEN), lambda who: importing.drop(who, batch.pk, at=WHEN), lambda who: importing.assign(who, batch.pk, {}, at=WHEN)):
        with pytest.raises(NotFound):
            act(other.head)
        with pytest.raises(NotAllowed):
            act(place.approver)
    importing.drop(place.head, batch.pk, at=WHEN)

    assert FigureBatch.objects.get().state == "dropped" and not FigureEntry.objects.exists()


@pytest.mark.parametrize("slug", ["shule", "xinkailing", "hotan-affairs", "division-11"])
def test_what_is_exported_is_imported_elsewhere_to_the_same_figures(slug: str, place: Office, enter: Enter) -> None:
    year = {"xinkailing": 2021}.get(slug, 2023)
    entering.enter(place.head, place.organ.pk, year, told(slug, year), at=WHEN)
    data = enter(place.head).get(f"/desk/organs/songyin/figures/{year}/figures.xlsx").content
    other = office("elsewhere")
    importing.confirm(other.head, importing.preview(other.head, other.organ.pk, year, "a.xlsx", data, at=WHEN).pk, at=WHEN)
    here, there = (ledger_of(each.head, each.organ.pk, year).figures for each in (place, other))

    assert {at_: (each.value, each.about) for at_, each in here.items()} == {at_: (each.value, each.about) for at_, each in there.items()}


def test_the_pages_from_template_to_ledger(place: Office, enter: Enter) -> None:
    client = enter(place.head)
    empty = client.get("/desk/organs/songyin/figures/2023/template.xlsx").content
    assert "没有填一个数" in post(client, empty).content.decode()
    at_ = post(client, table([("月份", "场次", "培训人次"), (1, 2, "很多")])).headers["Location"]
    shown = client.get(at_).content.decode()
    assert "没有说明的列" in shown and "很多" in shown and 'value="import"' not in shown
    client.post(at_, {"do": "map", "column-0": "trainings."})
    assert client.post(at_, {"do": "import"}).status_code == 422
    client.post(at_, {"do": "drop"})
    good = post(client, table([("月份", "培训次数"), (1, 2)])).headers["Location"]
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(good).content.decode()
    assert "全部登记" in shown and len(asked) <= 8

    assert client.post(good, {"do": "import"}).headers["Location"] == "/desk/organs/songyin/figures/2023/"
    assert post(client, table([("月份", "培训次数"), (1, 2)])).status_code in (302, 409)
    assert "已经导入" in client.get(good).content.decode()
    assert client.get(good.replace("2023", "2022")).status_code in (200, 404)
    assert enter(office("elsewhere").head).get(good).status_code == 404


def test_a_name_of_a_file_and_its_headings_are_shown_as_text(place: Office, enter: Enter) -> None:
    client = enter(place.head)
    there = post(client, table([("月份", "<img src=x>"), (1, "<b>2</b>")]), "../../<i>x.xlsx").headers["Location"]
    shown = client.get(there).content.decode()

    assert "<img src=x" not in shown and "<b>2" not in shown and "<i>x" not in shown
    assert not re.search(r"\bstyle=", shown)


def test_every_heading_names_its_own_place() -> None:
    names = [sheets.heading(place) for place in sheets.every_place()]

    assert len(set(names)) == len(names)
    assert [sheets.guessed(name) for name in names] == [".".join(place) for place in sheets.every_place()]
    assert sheets.guessed("发布信息(政府网站) *") == "published.site"
