"""Up the hierarchy (条例第四十九条): handed in, read from files, settled by hand, sent back, accepted, added up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as told

from gongkai.law.editions import BY_KEY, Applicant
from gongkai.platform.annual import receiving
from gongkai.platform.annual.actions import entering, handing, reporting
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.annual.fingerprints import fingerprint
from gongkai.platform.annual.models import Publication, Received, Report
from gongkai.platform.annual.queries import auditing, summing
from gongkai.platform.annual.queries.board import board, received
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import MACHINE, Actor, actor_of
from gongkai.platform.organs.facts import OrganFacts
from gongkai.platform.organs.models import Organ, Person
from gongkai.platform.organs.roles import RoleKind
from tests.conftest import ROOT
from tests.platform.cases.factories import BEGIN, Office, at, entered, office

pytestmark = pytest.mark.django_db
SHARED = ROOT.parent / "shared" / "reports"
SEVEN = (
    "000_232c0508422b9002.txt", "002_60306489c46ed4d0.txt", "003_9b15c16881e266a5.txt", "004_c5a853553518463f.txt",
    "r01_hongze_2023.pdf", "r02_shuyang_fgj_2023.html", "r03_shanghai_office_2025.md",
)  # fmt: skip
YEARS = {"002_60306489c46ed4d0.txt": 2021, "r03_shanghai_office_2025.md": 2025}
PROSE = (
    "全年收到政府信息公开申请{{requests.new_received}}件。", "", "", "",
    "（一）存在的主要问题：公开内容还不够具体。（二）改进情况：加强培训，逐项对照目录检查。", "本年度收取信息处理费{{fee}}元。",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(told, "FILES", tmp_path)
    yield


def county() -> tuple[Office, Actor, Office]:
    """A government with its supervisor, and a bureau under it."""
    above = office("yunxi")
    when = at("2018-01-02")
    login = Person.objects.get(login__startswith="yunxi-disclosure")
    organs.grant_role(MACHINE, login.pk, RoleKind.SUPERVISOR, above.organ.pk, since=BEGIN, at=when)
    bureau = office("bureau")
    admin = actor_of(Person.objects.get(login="bureau-admin"), BEGIN)
    facts = OrganFacts(
        name=bureau.organ.name, slug="bureau", level="county", kind="department", area_parent=above.organ.pk, index_pattern="{slug}/{year}-{serial:05d}"
    )
    organs.change_organ(admin, bureau.organ.pk, facts, based_on=bureau.organ.version, at=when)
    return above, actor_of(login, date(2024, 1, 5)), Office(Organ.objects.get(pk=bureau.organ.pk), *[getattr(bureau, name) for name in ("officer", "officer2", "head", "approver", "legal", "editor")])


def approved(place: Office, year: int = 2023, count: int = 0) -> Report:
    """A report of the organ, through to its approval."""
    when = at(f"{year + 1}-01-08")
    figures = [Told(cell.key, 0, Decimal(count)) for cell in BY_KEY["2021"].active_cells()]
    entering.enter(place.head, place.organ.pk, year, figures, at=when)
    report = reporting.open_report(place.head, place.organ.pk, year, edition="2021", at=when)
    reporting.write(place.head, report.pk, PROSE, based_on=0, at=when)
    explained(place, report)
    reporting.submit(place.head, report.pk, at=when)
    reporting.pass_review(place.legal, report.pk, at=when)
    return reporting.approve(place.approver, report.pk, at=when)


def explained(place: Office, report: Report) -> None:
    for each in auditing.audit_of(Report.objects.get(pk=report.pk)).findings:
        if each.severity == "warning":
            reporting.explain(place.head, report.pk, fingerprint(each), reason="与实际相符。", at=at("2024-01-09"))


class TestWriting:
    def test_an_error_stops_it_and_a_warning_wants_a_reason(self) -> None:
        place = office()
        old = reporting.open_report(place.head, place.organ.pk, 2022, edition="2019", at=at("2024-01-08"))  # 2021 年起应当用新版
        report = reporting.open_report(place.head, place.organ.pk, 2023, edition="2021", at=at("2024-01-08"))
        reporting.write(place.head, report.pk, ("全年收到政府信息公开申请3件。", *PROSE[1:]), based_on=0, at=at("2024-01-08"))

        with pytest.raises(Invalid, match="错误"):
            reporting.submit(place.head, old.pk, at=at("2024-01-08"))
        with pytest.raises(Invalid, match=r"书面说明.*不一致"):
            reporting.submit(place.head, report.pk, at=at("2024-01-08"))
        reporting.write(place.head, report.pk, ("收到{{nothing}}件。", *PROSE[1:]), based_on=1, at=at("2024-01-08"))
        with pytest.raises(Invalid, match="nothing"):
            reporting.submit(place.head, report.pk, at=at("2024-01-08"))

    def test_two_people_at_once_lose_no_word(self) -> None:
        place = office()
        report = reporting.open_report(place.head, place.organ.pk, 2023, edition="2021", at=at("2024-01-08"))
        reporting.write(place.head, report.pk, PROSE, based_on=0, at=at("2024-01-08"))

        with pytest.raises(NotNow, match="没有丢失"):
            reporting.write(place.head, report.pk, ["别的"] * 6, based_on=0, at=at("2024-01-08"))
        assert Report.objects.get(pk=report.pk).prose[0] == PROSE[0]

    def test_who_wrote_it_does_not_approve_it_and_what_is_approved_is_frozen(self) -> None:
        place = office()
        report = approved(place)
        before = report.digest
        entering.enter(place.head, place.organ.pk, 2023, [Told("licensing_decisions", 0, Decimal(9), reason="漏报")], at=at("2024-01-20"))
        published = reporting.publish(place.approver, report.pk, at=at("2024-01-25"))

        assert published.digest == before and published.frozen["active"]["licensing_decisions"]["value"] == 0
        assert "收到政府信息公开申请0件" in published.frozen["sections"][0]["text"]
        assert Publication.objects.get(report=report).data["published"] == "2024-01-25"
        assert verify().holds

    def test_a_correction_is_a_further_version_with_its_reason(self) -> None:
        place = office()
        report = approved(place)
        reporting.publish(place.approver, report.pk, at=at("2024-01-25"))
        entering.enter(place.head, place.organ.pk, 2023, [Told("licensing_decisions", 0, Decimal(9), reason="漏报")], at=at("2024-02-20"))
        reporting.correct(place.head, report.pk, reason="行政许可漏报9件。", at=at("2024-02-20"))
        reporting.compile_(place.head, report.pk, at=at("2024-02-20"))
        explained(place, report)
        reporting.submit(place.head, report.pk, at=at("2024-02-21"))
        reporting.pass_review(place.legal, report.pk, at=at("2024-02-21"))
        reporting.approve(place.approver, report.pk, at=at("2024-02-21"))
        reporting.publish(place.approver, report.pk, at=at("2024-02-22"), reason="行政许可漏报9件。")
        versions = list(Publication.objects.filter(report=report).order_by("version"))

        assert [each.version for each in versions] == [1, 2] and versions[1].reason == "行政许可漏报9件。"
        assert [each.data["active"]["licensing_decisions"]["value"] for each in versions] == [0, 9]


class TestHandingIn:
    def test_it_is_handed_in_sent_back_and_accepted(self) -> None:
        above, supervisor, bureau = county()
        report = approved(bureau)
        row = handing.hand_in(bureau.head, report.pk, at=at("2024-01-10"))
        handing.send_back(supervisor, row.pk, reason="请核对行政许可数。", at=at("2024-01-11"))

        assert Report.objects.get(pk=report.pk).state == "returned"
        assert [each.state for each in board(supervisor, above.organ.pk, 2023, date(2024, 1, 11)).rows] == ["returned"]
        for action in (reporting.submit, lambda who, pk, at: reporting.pass_review(bureau.legal, pk, at=at), lambda who, pk, at: reporting.approve(bureau.approver, pk, at=at)):
            action(bureau.head, report.pk, at=at("2024-01-12"))
        again = handing.hand_in(bureau.head, report.pk, at=at("2024-01-12"))
        handing.accept(supervisor, again.pk, at=at("2024-01-15"))
        seen = board(supervisor, above.organ.pk, 2023, date(2024, 2, 5))

        assert Report.objects.get(pk=report.pk).state == "accepted"
        assert [(each.state, each.late, each.due) for each in seen.rows] == [("accepted", False, date(2024, 1, 31))]
        assert verify().holds

    def test_who_has_not_handed_in_is_late_after_the_last_day(self) -> None:
        above, supervisor, _bureau = county()

        assert [each.late for each in board(supervisor, above.organ.pk, 2023, date(2024, 1, 31)).rows] == [False]
        assert [each.late for each in board(supervisor, above.organ.pk, 2023, date(2024, 2, 1)).rows] == [True]

    def test_nobody_but_the_superior_receives(self) -> None:
        above, supervisor, bureau = county()
        row = handing.hand_in(bureau.head, approved(bureau).pk, at=at("2024-01-10"))

        with pytest.raises(NotFound):
            handing.accept(bureau.head, row.pk, at=at("2024-01-11"))
        with pytest.raises(NotAllowed):
            handing.accept(above.legal, row.pk, at=at("2024-01-11"))
        assert handing.accept(supervisor, row.pk, at=at("2024-01-11")).state == "accepted"

    def test_the_governments_report_is_its_own_and_the_accepted_ones_and_every_cell_opens_the_organs(self) -> None:
        above, supervisor, bureau = county()
        entered(above, on="2023-05-08")
        entered(bureau, on="2023-06-08")
        when = at("2024-01-08")
        entering.enter(above.head, above.organ.pk, 2023, [Told(cell.key, 0, Decimal(2)) for cell in BY_KEY["2021"].active_cells()], at=when)
        row = handing.hand_in(bureau.head, approved(bureau, count=3).pk, at=at("2024-01-10"))
        handing.accept(supervisor, row.pk, at=at("2024-01-11"))
        found = summing.summed(above.head, above.organ.pk, 2023, BY_KEY["2021"])
        report = reporting.open_report(above.head, above.organ.pk, 2023, edition="2021", at=at("2024-03-01"), summed=True)

        assert found.total.report.figure("licensing_decisions") == 5
        assert found.total.report.application("new_received", Applicant.TOTAL) == 2
        assert found.plain["active.licensing_decisions"]["ids"] == [0, row.pk] and found.plain["active.licensing_decisions"]["values"] == ["2", "3"]
        assert auditing.tables_of(report) == found.total.report or auditing.tables_of(report).figure("licensing_decisions") == 5
        assert not found.total.coverage.missing


@pytest.mark.skipif(not SHARED.is_dir(), reason="没有 ../shared/reports（no real reports beside the project）")
@pytest.mark.parametrize("name", SEVEN)
def test_every_real_file_is_uploaded_its_doubts_are_settled_and_it_is_accepted(name: str) -> None:
    above = office("yunxi")
    login = Person.objects.get(login__startswith="yunxi-disclosure")
    organs.grant_role(MACHINE, login.pk, RoleKind.SUPERVISOR, above.organ.pk, since=BEGIN, at=at("2018-01-02"))
    supervisor = actor_of(login, date(2026, 1, 5))
    row = handing.upload(supervisor, above.organ.pk, name, (SHARED / name).read_bytes(), year=YEARS.get(name, 2023), at=at("2026-02-01"), organ_name="某机关", same=True)

    waiting = received(supervisor, row.pk).standing.open
    if waiting:
        with pytest.raises(NotNow, match="没有处理"):
            handing.accept(supervisor, row.pk, at=at("2026-02-02"))
    while still := received(supervisor, row.pk).standing.open:
        handing.settle(supervisor, row.pk, fingerprint(still[0]), note="已与来源文件核对，照录。", at=at("2026-02-02"))
    handing.accept(supervisor, row.pk, at=at("2026-02-03"))

    assert Received.objects.get(pk=row.pk).state == "accepted"
    assert received(supervisor, row.pk).standing.counts["error"] == 0


def test_a_cell_read_by_hand_stands_beside_what_was_read() -> None:
    above = office("yunxi")
    login = Person.objects.get(login__startswith="yunxi-disclosure")
    organs.grant_role(MACHINE, login.pk, RoleKind.SUPERVISOR, above.organ.pk, since=BEGIN, at=at("2018-01-02"))
    supervisor = actor_of(login, date(2026, 1, 5))
    sample = ROOT / "samples" / "reports" / "songyin_2022.pdf"
    row = handing.upload(supervisor, above.organ.pk, sample.name, sample.read_bytes(), year=2022, at=at("2026-02-01"))
    before = received(supervisor, row.pk)
    finding = next(iter([*before.standing.open, *before.standing.audit.findings]))
    handing.settle(supervisor, row.pk, fingerprint(finding), note="来源第3页写的是7。", cells={"applications.granted.natural": "7"}, at=at("2026-02-02"))
    after = received(supervisor, row.pk)

    assert after.standing.report.application("granted", Applicant.NATURAL) == 7
    assert after.read == before.read
    assert receiving.is_cell("active.fee_amount") and not receiving.is_cell("active") and not receiving.is_cell("remedies.nothing.other")
    with pytest.raises(Invalid, match="应为数字"):
        handing.settle(supervisor, row.pk, fingerprint(finding), note="再看", cells={"applications.granted.natural": "七"}, at=at("2026-02-02"))


def test_what_is_no_report_is_refused_with_what_to_do() -> None:
    above, supervisor, _bureau = county()

    with pytest.raises(Invalid):
        handing.upload(supervisor, above.organ.pk, "年报.pdf", b"not a pdf at all", year=2023, at=at("2026-02-01"))
    with pytest.raises(Invalid, match="2022"):
        sample = ROOT / "samples" / "reports" / "songyin_2022.pdf"
        handing.upload(supervisor, above.organ.pk, sample.name, sample.read_bytes(), year=2023, at=at("2026-02-01"))
