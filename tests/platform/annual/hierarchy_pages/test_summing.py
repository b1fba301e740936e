"""The government's own report from the pages: its scope, every cell to the organs and their records, moved requests counted once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as told
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from gongkai.law.editions import BY_KEY, Applicant
from gongkai.platform.annual.actions import entering, handing, reporting
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.errors import Invalid, NotNow
from gongkai.platform.annual.fingerprints import fingerprint
from gongkai.platform.annual.models import Publication, Received, Report
from gongkai.platform.annual.queries import auditing, summing, working
from gongkai.platform.annual.queries.board import received
from gongkai.platform.cases.actions import dividing
from gongkai.platform.organs.acting import Actor
from tests.platform.annual.test_hierarchy import PROSE, approved, county, explained
from tests.platform.cases.factories import Office, at, entered

from .conftest import SAMPLES, Above, bureaus

pytestmark = pytest.mark.django_db
Enter = Callable[[Actor], Client]
NEW = "applications.new_received.total"


@dataclass(frozen=True, slots=True)
class County:
    """A government that writes its own report, a bureau under it that hands one in, and the person who receives it."""

    above: Office
    supervisor: Actor
    bureau: Office

    @property
    def begin(self) -> str:
        return f"/desk/organs/{self.above.organ.slug}/annual/board/2023/sum/"


@pytest.fixture
def it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    monkeypatch.setattr(told, "FILES", tmp_path)
    above, supervisor, bureau = county()
    entering.enter(above.head, above.organ.pk, 2023, [Told(cell.key, 0, Decimal(2)) for cell in BY_KEY["2021"].active_cells()], at=at("2024-01-08"))
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        yield County(above, supervisor, bureau)


def accepted(it: County, count: int = 3) -> Received:
    row = handing.hand_in(it.bureau.head, approved(it.bureau, count=count).pk, at=at("2024-01-10"))
    return handing.accept(it.supervisor, row.pk, at=at("2024-01-11"))


def corrected(it: County, on: str, count: int) -> Received:
    """The bureau corrects its figures, and its report is accepted anew."""
    entering.enter(it.bureau.head, it.bureau.organ.pk, 2023, [Told("licensing_decisions", 0, Decimal(count), reason="漏报")], at=at(on))
    report = Report.objects.get(organ=it.bureau.organ)
    reporting.correct(it.bureau.head, report.pk, reason="更正行政许可数。", at=at(on))
    reporting.compile_(it.bureau.head, report.pk, at=at(on))
    explained(it.bureau, report)
    reporting.submit(it.bureau.head, report.pk, at=at(on))
    reporting.pass_review(it.bureau.legal, report.pk, at=at(on))
    reporting.approve(it.bureau.approver, report.pk, at=at(on))
    return handing.accept(it.supervisor, handing.hand_in(it.bureau.head, report.pk, at=at(on, 11)).pk, at=at(on, 12))


def begun(it: County, on: str = "2024-03-01") -> Report:
    return reporting.open_report(it.above.head, it.above.organ.pk, 2023, edition="2021", at=at(on), summed=True)


def test_it_is_begun_from_the_board_and_says_who_is_missing(it: County, enter: Enter) -> None:
    client = enter(it.above.head)
    board = client.get(f"/desk/organs/{it.above.organ.slug}/annual/board/2023/").content.decode()
    asked = client.get(it.begin).content.decode()
    made = client.post(it.begin, {"shown": [it.bureau.organ.name], "inside": [it.bureau.organ.name], "reason": ""})
    report = Report.objects.get(organ=it.above.organ)
    shown = client.get(made.headers["Location"]).content.decode()

    assert it.begin in board
    assert "缺 1 个" in asked and it.bureau.organ.name in asked
    assert report.summed and report.summing["missing"] == [it.bureau.organ.name]
    assert "缺 1 个" in shown and "还没有接收的报告" in shown
    assert client.get(it.begin).headers["Location"] == f"/desk/annual/{report.pk}/scope/"


def test_nobody_is_left_out_without_a_reason_and_a_missing_report_stops_it(it: County, enter: Enter) -> None:
    report = begun(it)
    reporting.write(it.above.head, report.pk, PROSE, based_on=0, at=at("2024-03-01"))
    explained(it.above, report)
    with pytest.raises(Invalid, match="还有 1 个机关没有接收的报告"):
        reporting.submit(it.above.head, report.pk, at=at("2024-03-01"))
    client, address = enter(it.above.head), f"/desk/annual/{report.pk}/scope/"
    bare = client.post(address, {"shown": [it.bureau.organ.name], "reason": " "})
    stopped = client.get(f"/desk/annual/{report.pk}/do/submit/").content.decode()
    done = client.post(address, {"shown": [it.bureau.organ.name], "reason": "垂直管理，由上级机关汇总。"})
    shown = client.get(address).content.decode()

    assert bare.status_code == 422 and "请写明理由" in bare.content.decode()
    assert "还有 1 个机关没有接收的报告" in stopped
    assert done.status_code == 302 and "不计入 1 个" in shown and "垂直管理，由上级机关汇总。" in shown
    assert reporting.submit(it.above.head, report.pk, at=at("2024-03-02")).state == "in_review"


def test_a_cell_opens_the_organs_and_each_organ_its_report_and_its_records(it: County, enter: Enter) -> None:
    entered(it.above, on="2023-05-08")
    entered(it.bureau, on="2023-06-08")
    row = accepted(it)
    report = begun(it)
    client = enter(it.supervisor)
    cell, own = client.get(f"/desk/annual/{report.pk}/cell/{NEW}/").content.decode(), client.get(f"/desk/annual/{report.pk}/cell/{NEW}/?of=own").content.decode()
    records = client.get(f"/desk/annual/received/{row.pk}/cell/{NEW}/")
    figures = client.get(f"/desk/annual/received/{row.pk}/cell/active.licensing_decisions/").content.decode()
    read = client.get(f"/desk/annual/received/{row.pk}/").content.decode()

    assert "<strong>2</strong>" in cell and cell.count("data-row") == 2
    assert f"/desk/annual/received/{row.pk}/#cell-{NEW}" in cell and f"/desk/annual/received/{row.pk}/cell/{NEW}/" in cell and "?of=own" in cell
    assert own.count("data-row") == 1 and "柳*烟" in own
    assert records.status_code == 200 and records.content.decode().count("data-row") == 1 and "柳" not in records.content.decode()
    assert "台账登记" in figures and "<strong>3</strong>" in figures
    assert f"/desk/annual/received/{row.pk}/cell/{NEW}/" in read


def test_strangers_open_nothing(it: County, enter: Enter) -> None:
    row, report = accepted(it), begun(it)
    clients = enter(it.bureau.head), enter(it.above.editor)
    addresses = (f"/desk/annual/received/{row.pk}/cell/{NEW}/", f"/desk/annual/{report.pk}/scope/", it.begin)

    assert {client.get(address).status_code for client in clients for address in addresses} == {404}
    assert enter(it.supervisor).get(f"/desk/annual/received/{row.pk}/cell/applications.nothing.total/").status_code == 404


def test_a_request_that_moved_is_counted_once(it: County) -> None:
    case = entered(it.above, on="2023-05-08")
    dividing.move(it.above.head, case.pk, it.bureau.organ.pk, reason="属于该机关职责", at=at("2023-05-09"))
    accepted(it)
    found = summing.of_report(begun(it))

    assert found.total.report.application("new_received", Applicant.TOTAL) == 1
    assert found.moved == ()


def test_one_that_moved_after_the_givers_report_was_made_is_named_and_stops_it(it: County, enter: Enter) -> None:
    case = entered(it.bureau, on="2023-12-28")
    accepted(it)
    dividing.move(it.bureau.head, case.pk, it.above.organ.pk, reason="属于该机关职责", at=at("2024-01-20"))
    report = begun(it)
    shown = enter(it.above.head).get(f"/desk/annual/{report.pk}/scope/").content.decode()

    assert report.summing["moved"] == [{"giver": it.bureau.organ.name, "taker": it.above.organ.name, "times": 2, "numbers": [case.number]}]
    assert case.number in shown and "两份报告都计了" in shown
    reporting.write(it.above.head, report.pk, PROSE, based_on=0, at=at("2024-03-01"))
    explained(it.above, report)
    with pytest.raises(Invalid, match="两份报告都计了"):
        reporting.submit(it.above.head, report.pk, at=at("2024-03-01"))
    corrected(it, "2024-03-02", 3)
    again = reporting.compile_(it.above.head, report.pk, at=at("2024-03-03"))

    assert again.summing["moved"] == [] and auditing.tables_of(again).application("new_received", Applicant.TOTAL) == 1


def test_an_accepted_report_that_changes_after_compiling_is_shown_before_approval(it: County, enter: Enter) -> None:
    old = accepted(it)
    report = begun(it)
    assert working.changed_of(report) == ()
    reporting.write(it.above.head, report.pk, PROSE, based_on=0, at=at("2024-03-01"))
    explained(it.above, report)
    reporting.submit(it.above.head, report.pk, at=at("2024-03-01"))
    reporting.pass_review(it.above.legal, report.pk, at=at("2024-03-01"))
    new = corrected(it, "2024-03-05", 9)
    found = {each.key: each for each in working.changed_of(Report.objects.select_related("organ").get(pk=report.pk))}
    approver = enter(it.above.approver)
    asked, changed = approver.get(f"/desk/annual/{report.pk}/do/approve/").content.decode(), approver.get(f"/desk/annual/{report.pk}/changed/").content.decode()

    assert [(each.change.a.value, each.change.b.value, each.came, each.went) for each in (found["active.licensing_decisions"],)] == [(5, 11, (new.pk,), (old.pk,))]
    for page in (asked, changed):
        assert re.search(r"汇编时\"?>5<.*?<strong>11</strong>", page, re.S) and "新计入 1 份" in page
    assert "接收的报告有变化" in enter(it.above.head).get(f"/desk/annual/{report.pk}/scope/").content.decode()


def test_a_report_begun_as_the_organs_own_becomes_the_governments(it: County, enter: Enter) -> None:
    accepted(it)
    report = reporting.open_report(it.above.head, it.above.organ.pk, 2023, edition="2021", at=at("2024-02-01"))
    reporting.write(it.above.head, report.pk, PROSE, based_on=0, at=at("2024-02-01"))
    client = enter(it.above.head)
    board, asked = client.get(f"/desk/organs/{it.above.organ.slug}/annual/board/2023/").content.decode(), client.get(f"/desk/annual/{report.pk}/scope/").content.decode()
    client.post(f"/desk/annual/{report.pk}/scope/", {"shown": [it.bureau.organ.name], "inside": [it.bureau.organ.name], "reason": ""})
    now = Report.objects.get(pk=report.pk)

    assert "还只有本机关的数" in board and "现在只有本机关的数" in asked
    assert now.summed and auditing.tables_of(now).figure("licensing_decisions") == 5 and now.prose[0] == PROSE[0]


def test_a_blank_in_one_report_leaves_the_total_blank_and_names_it(it: County, enter: Enter) -> None:
    accepted(it)
    row = handing.upload(it.supervisor, it.above.organ.pk, "t.json", _with_blank(), year=2023, at=at("2024-02-01"), organ_name="某某镇人民政府", same=True)
    while still := received(it.supervisor, row.pk).standing.open:
        handing.settle(it.supervisor, row.pk, fingerprint(still[0]), note="已电话核实，照录。", at=at("2024-02-02"))
    handing.accept(it.supervisor, row.pk, at=at("2024-02-03"))
    report = begun(it)
    client = enter(it.above.head)
    shown, scope = client.get(f"/desk/annual/{report.pk}/cell/active.licensing_decisions/").content.decode(), client.get(f"/desk/annual/{report.pk}/scope/").content.decode()

    assert auditing.tables_of(report).figure("licensing_decisions") is None
    assert "有 1 份报告这一格是空白，不当作 0" in shown and "某某镇人民政府" in shown and "上传的报告，记录不在本平台" in shown
    assert "不能相加" in scope and "名单以外" in scope


def _with_blank() -> bytes:
    data = json.loads((SAMPLES / "lanyuan_archives_2023.json").read_text(encoding="utf-8"))
    data["active"]["licensing_decisions"]["value"] = None
    return json.dumps(data, ensure_ascii=False).encode()


def test_fees_are_added_from_what_the_reports_say_and_unknown_where_one_says_nothing(it: County) -> None:
    row = accepted(it)
    report = begun(it)
    known = auditing.knowledge_of(report).bound("fee")
    Received.objects.filter(pk=row.pk).update(data={**row.data, "sections": row.data["sections"][:5]})
    again = reporting.compile_(it.above.head, report.pk, at=at("2024-03-02"))

    assert known is not None and known.value == 0
    assert auditing.knowledge_of(again).bound("fee") is None and again.summing["untold"] == [it.bureau.organ.name]


def test_it_is_written_reviewed_approved_and_published_with_its_scope(it: County) -> None:
    row = accepted(it)
    report = begun(it)
    reporting.write(it.above.head, report.pk, PROSE, based_on=0, at=at("2024-03-01"))
    explained(it.above, report)
    reporting.submit(it.above.head, report.pk, at=at("2024-03-01"))
    reporting.pass_review(it.above.legal, report.pk, at=at("2024-03-01"))
    reporting.approve(it.above.approver, report.pk, at=at("2024-03-01"))
    reporting.publish(it.above.approver, report.pk, at=at("2024-03-20"))

    data = Publication.objects.get(report=report).data
    public = Client().get(f"/organs/{it.above.organ.slug}/reports/2023/").content.decode()

    assert data["active"]["licensing_decisions"]["value"] == 5 and [each["organ"] for each in data["source"]["parts"]] == [row.name]
    assert "本报告由本机关和 1 个机关的报告汇总" in public and row.name in public
    with pytest.raises(NotNow):
        reporting.scope(it.above.head, report.pk, left_out=[], reason="", at=at("2024-03-21"))


@pytest.mark.parametrize("count", [1, 30])
def test_every_page_costs_at_most_eight_statements(count: int, above: Above, enter: Enter) -> None:
    bureaus(above, count)
    name = "lanyuan_resources_2023.html"
    row = handing.upload(above.supervisor, above.place.organ.pk, name, (SAMPLES / name).read_bytes(), year=2023, at=at("2024-02-01"))
    Received.objects.filter(pk=row.pk).update(state="accepted")
    client = enter(above.supervisor)
    asked = {"begin": f"{above.board()}sum/"}
    told_ = {key: _statements(client, address) for key, address in asked.items()}
    report = reporting.open_report(above.supervisor, above.place.organ.pk, 2023, edition="2021", at=at("2024-03-01"), summed=True)
    here = f"/desk/annual/{report.pk}/"
    told_ |= {page: _statements(client, here + page) for page in ("scope/", "changed/", f"cell/{NEW}/", f"cell/{NEW}/?of=own", "", "do/compile/", "do/submit/")}

    assert not {page: n for page, n in told_.items() if n > 8}


def _statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)
