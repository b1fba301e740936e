"""A year's register: what is read of it, what is refused, and that it comes in whole or not at all."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from gongkai.platform.cases import sheets, standing
from gongkai.platform.cases.actions import importing, intake
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.clocks import days_of, settings_of
from gongkai.platform.cases.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.models import Batch, Event, Request
from gongkai.platform.cases.queries import registers
from gongkai.platform.cases.queries.likeness import like
from gongkai.platform.cases.recording import events_of
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from tests.platform.cases.factories import Office, at, entered, office

from .making import FIRM, LAND, LIU
from .registering import LINE, line, register

WHEN = at("2026-01-10")


def looked_at(place: Office, *lines: dict[str, object], name: str = "2025年登记簿.xlsx") -> registers.Preview:
    batch = importing.preview(place.head, place.organ.pk, name, register(*lines), at=WHEN)
    return registers.preview(place.head, batch.pk)


def imported(place: Office, *lines: dict[str, object]) -> list[Request]:
    shown = looked_at(place, *lines)
    assert shown.ready, [each.errors for each in shown.lines]
    importing.confirm_import(place.head, shown.id, at=WHEN)
    return list(Request.objects.filter(imported=True).order_by("id"))


class TestReading:
    """The table as a whole."""

    def test_the_template_is_read_back_and_its_example_is_passed_over(self) -> None:
        with pytest.raises(Invalid, match="只有列名和示例"):
            sheets.read("模板.xlsx", sheets.template())

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("2025-03-05", date(2025, 3, 5)), ("2025/3/5", date(2025, 3, 5)), ("2025.3.5", date(2025, 3, 5)), ("2025年3月5日", date(2025, 3, 5)),
            ("2025 年 3 月 5 日", date(2025, 3, 5)), ("2025年3月5号", date(2025, 3, 5)), ("20250305", date(2025, 3, 5)), ("２０２５－０３－０５", date(2025, 3, 5)),
            ("二〇二五年三月五日", date(2025, 3, 5)), ("二○二五年十二月三十一日", date(2025, 12, 31)), ("二零二五年十月二十日", date(2025, 10, 20)),
            ("2025-03-05 14:30", date(2025, 3, 5)), ("2025-03-05T14:30:00", date(2025, 3, 5)), ("45721", date(2025, 3, 5)), ("", None),
        ],
    )  # fmt: skip
    def test_dates_are_read_as_people_write_them(self, written: str, expected: date | None) -> None:
        assert sheets.day(written) == expected

    @pytest.mark.parametrize("written", ["3月5日", "25-3-5", "2025-02-30", "去年春天", "2025-13-01", "05/03/2025", "12345"])
    def test_what_is_no_certain_day_is_no_day(self, written: str) -> None:
        with pytest.raises(ValueError):
            sheets.day(written)

    def test_other_headings_that_offices_use_are_known(self) -> None:
        fields = ("number", "channel", "submitted", "applicant_kind", "name", "title", "ended", "result")
        names = ["编号", "申请方式", "收件日期", "申请主体", "姓名", "申请公开内容（必填）", "答复时间", "答复类型"]

        assert sheets.read("a.xlsx", register({key: LINE[key] for key in fields}, headings=names))[0].cells["ended"] == "2025-03-20"

    @pytest.mark.parametrize(
        ("headings", "said"),
        [
            (["编号", "申请渠道", "提交日期", "申请人类型", "申请人"], "缺少必需的列：申请内容"),
            (["编号", "登记编号", "提交日期", "申请人类型", "申请人"], "有重复的列：登记编号"),
        ],
    )
    def test_columns_that_are_missing_or_doubled_are_named(self, headings: list[str], said: str) -> None:
        fields = ("number", "channel", "submitted", "applicant_kind", "name")
        with pytest.raises(Invalid, match=said):
            sheets.read("a.xlsx", register({key: LINE[key] for key in fields}, headings=headings))

    def test_columns_that_nobody_knows_are_not_lost_in_silence(self) -> None:
        fields = ("number", "channel", "submitted", "applicant_kind", "name", "title", "remark")
        headings = ["登记编号", "申请渠道", "提交日期", "申请人类型", "申请人", "申请内容", "领导批示"]

        with pytest.raises(Invalid, match="认不出的列：领导批示"):
            sheets.read("a.xlsx", register({key: LINE.get(key, "x") for key in fields}, headings=headings))

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("登记簿.xlsx", b"", "空的"),
            ("登记簿.xlsx", b"PK\x03\x04" + bytes(50), "损坏|打不开|不能"),
            ("登记簿.csv", "编号,申请人\n1,张三\n".encode(), "请上传 XLSX"),
            ("登记簿.xlsx", b"MZ\x90\x00" + bytes(300), "."),
        ],
    )
    def test_hostile_and_broken_files_are_refused_with_what_to_do(self, name: str, data: bytes, said: str) -> None:
        with pytest.raises(Invalid, match=said):
            sheets.read(name, data)

    def test_a_workbook_that_unpacks_without_end_is_refused(self) -> None:
        out = io.BytesIO(register(LINE))
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet9.xml", b" " * 400_000_000)

        with pytest.raises(Invalid):
            sheets.read("登记簿.xlsx", out.getvalue())

    def test_more_lines_than_can_be_looked_over_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sheets, "MOST_ROWS", 2)
        with pytest.raises(Invalid, match="一次最多导入 2 件，表中有 3 件"):
            sheets.read("a.xlsx", register(*(line(number=str(n)) for n in range(3))))

    def test_an_identity_number_kept_as_a_number_is_not_believed(self) -> None:
        [row] = sheets.read("a.xlsx", register(line(identity_number=653121199001011230, phone=13900000001)))

        assert "末几位已经丢失" in row.unread["identity_number"]
        assert row.cells["phone"] == "13900000001"


@pytest.mark.django_db
class TestLines:
    """Each line by itself: the core decides, the line says why."""

    def test_a_line_becomes_a_request_with_its_events_and_its_row_of_table_three(self) -> None:
        [case] = imported(office(), line(result="经检索，信息不存在", remark="档案馆查过"))

        assert (case.number, case.state, case.received_on, case.ended_on) == ("2025-信001", State.REPLIED.value, date(2025, 3, 5), date(2025, 3, 20))
        assert (case.reply, case.outcome, case.late_days) == ("not_existing", "unable_not_held", 0)
        assert (Applicant.opened(case.applicant).name, Asked.opened(case.content).title) == (LIU.name, LAND.title)
        assert [each.kind for each in Event.objects.filter(request=case).order_by("number")] == ["submitted", "replied", "noted"]
        assert case.code_hash == ""

    def test_a_whole_procedure_is_taken_in(self) -> None:
        [case] = imported(
            office(),
            line(
                channel="网上", confirmed=datetime(2025, 3, 6), correction_requested="2025年3月10日", answer_by="2025-03-31", corrected="2025/3/17",
                consulted="第三方", consultation_sent="2025-03-20", consultation_delivered="2025-03-21", consultation_answered="2025-03-28",
                answer="不同意", extended="2025-04-10", workdays=20, fee_noticed="2025-04-20", amount="1,080元", fee_paid="2025-05-06",
                ended="2025-05-20", result="（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            ),
        )  # fmt: skip
        kinds = [each.kind for each in Event.objects.filter(request=case).order_by("number")]

        assert kinds == [
            "submitted", "confirmed", "correction_requested", "corrected", "consultation_sent", "consultation_delivered", "consultation_answered",
            "extended", "fee_noticed", "fee_paid", "replied",
        ]  # fmt: skip
        assert (case.outcome, case.reply, case.extended, case.violations, case.counts_from) == ("partial", "", True, 0, date(2025, 5, 6))
        assert Event.objects.get(request=case, kind="fee_noticed").law == {"amount": 1080}

    @pytest.mark.parametrize(
        ("result", "more", "expected"),
        [
            ("撤回", {}, (State.WITHDRAWN, "withdrawn", "other_misc")),
            ("无正当理由逾期不补正，不再处理", {"correction_requested": "2025-03-07", "answer_by": "2025-03-14"}, (State.CLOSED, "no_correction", "other_no_correction")),
            ("其他", {}, (State.REPLIED, "", "other_misc")),
            ("1.信访举报投诉类申请", {}, (State.REPLIED, "", "rejected_petition")),
            ("rejected_repeat", {}, (State.REPLIED, "", "rejected_repeat")),
        ],
    )
    def test_every_way_to_end_is_known_by_its_official_words(self, result: str, more: dict[str, object], expected: tuple[State, str, str]) -> None:
        [case] = imported(office(), line(result=result, **more))

        assert (State(case.state), case.reply, case.outcome) == expected

    def test_every_label_of_a_reply_and_of_table_three_is_read(self) -> None:
        from gongkai.law.outcomes import OUTCOMES
        from gongkai.law.replies import REPLIES

        known = sheets.results()

        assert all(known[reply.label] == f"reply:{reply.key}" for reply in REPLIES)
        assert all(known[leaf.label].endswith(leaf.key) or known[leaf.label].startswith("reply:") for leaf in OUTCOMES if "2021" in leaf.editions)

    def test_a_late_reply_is_told_and_entered_all_the_same(self) -> None:
        place = office()
        shown = looked_at(place, line(ended="2025-06-30"))

        assert shown.lines[0].errors == () and "答复超过法定期限（条例第三十三条）" in shown.lines[0].warnings[0]
        assert imported(place, line(ended="2025-06-30"))[0].late_days > 0

    def test_what_the_core_refuses_is_said_with_the_columns_name(self) -> None:
        shown = looked_at(
            office(),
            line(number="a", channel="传真"),
            line(number="b", corrected="2025-03-10"),
            line(number="c", ended="2025-03-01"),
            line(number="d", fee_paid="2025-03-10"),
        )

        assert [each.errors[0].partition("：")[0] for each in sorted(shown.lines, key=lambda each: each.number)] == ["办结日期", "补正日期", "办结日期", "缴费日期"]
        assert "请先补录双方确认" in next(each for each in shown.lines if each.number == "a").errors[0]

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            ({"submitted": ""}, "提交日期：必填"),
            ({"submitted": "三月"}, "提交日期：不是日期，请写成 2025-03-05"),
            ({"submitted": "2019-05-14", "ended": "2019-06-01"}, "提交日期：2019-05-14 在现行条例施行"),
            ({"ended": "2026-01-11"}, "办结日期：2026-01-11 在今天之后"),
            ({"channel": "飞鸽"}, "申请渠道：没有这一项"),
            ({"applicant_kind": ""}, "申请人类型：必填"),
            ({"name": ""}, "申请人：请填写申请人的姓名"),
            ({"title": ""}, "申请内容：请写明"),
            ({"result": ""}, "办理结果：填了办结日期"),
            ({"ended": ""}, "办结日期：填了办理结果"),
            ({"result": "公开"}, "办理结果：没有这一项"),
            ({"correction_requested": "2025-03-10"}, "补正期限：填了“补正告知日期”"),
            ({"extended": "2025-03-10"}, "延长工作日数：填了“延期告知日期”"),
            ({"extended": "2025-03-10", "workdays": "二十"}, "延长工作日数：应为数字"),
            ({"fee_noticed": "2025-03-10"}, "收费金额：填了“收费通知日期”"),
            ({"consultation_sent": "2025-03-10"}, "征求意见对象：填了征求意见发出日期"),
            ({"number": "x" * 61}, "登记编号：必填，至多 60 个字"),
            ({"identity_number": 653121199001011230}, "证件号码：号码存成了数字"),
        ],
    )
    def test_what_is_wrong_is_said_by_column(self, cells: dict[str, object], said: str) -> None:
        shown = looked_at(office(), line(**cells))

        assert any(error.startswith(said) for error in shown.lines[0].errors), shown.lines[0].errors
        assert not shown.ready and shown.wrong == 1

    def test_what_article_29_demands_and_old_registers_lack_is_only_told(self) -> None:
        shown = looked_at(office(), line(identity_number="", phone=""), line(number="2", phone="打不通"))

        assert [each.errors for each in shown.lines] == [(), ()]
        assert "证件号码、联系电话" in shown.lines[0].warnings[0] and "联系电话" in shown.lines[1].warnings[0]

    def test_numbers_that_stand_twice_or_are_taken_are_refused(self) -> None:
        place = office()
        taken = entered(place, on="2026-01-05").number
        shown = looked_at(place, line(number=taken), line(number="2"), line(number=" 2 "), line(number="3"))

        assert [bool(each.errors) for each in sorted(shown.lines, key=lambda each: each.row)] == [True, True, True, False]
        assert "已有一件用这个编号" in next(each for each in shown.lines if each.row == 2).errors[0]

    def test_a_serial_number_of_excel_is_read_and_told(self) -> None:
        shown = looked_at(office(), line(submitted=45721))

        assert shown.lines[0].warnings == ("提交日期：按 Excel 的日期序号读作 2025-03-05。",)

    def test_what_is_still_open_goes_on_with_its_term(self) -> None:
        place = office()
        shown = looked_at(place, line(submitted="2025-12-01", ended="", result=""), line(number="2", submitted="2025-12-25", ended="", result=""))
        cases = imported(place, line(submitted="2025-12-01", ended="", result=""), line(number="2", submitted="2025-12-25", ended="", result=""))

        assert "尚未办结，答复期限 2025-12-29 已过" in shown.lines[0].warnings[0]
        assert [(each.state, each.due_on) for each in cases] == [(State.OPEN.value, date(2025, 12, 29)), (State.OPEN.value, date(2026, 1, 23))]

    def test_an_organisation_is_found_again_by_its_code(self) -> None:
        place = office()
        imported(place, line(applicant_kind="商业企业", name=FIRM.name, identity_kind="", identity_number="", organisation_code=FIRM.organisation_code, contact="经办"))

        assert [each.basis for each in like(place.officer, place.organ.pk, FIRM, LAND, date(2026, 1, 10)).same_applicant] == ["identity"]


@pytest.mark.django_db
class TestWholeOrNot:
    def test_nothing_is_entered_before_it_is_confirmed(self) -> None:
        shown = looked_at(office(), LINE)

        assert not Request.objects.exists()
        assert (shown.state, shown.ready, shown.summary["rows"], shown.summary["outcomes"]) == ("open", True, 1, {"granted": 1})

    def test_one_wrong_line_keeps_all_of_them_out(self) -> None:
        place = office()
        shown = looked_at(place, LINE, line(number="2", channel=""))
        with pytest.raises(Invalid, match="有 1 行不能导入，什么也没有写入"):
            importing.confirm_import(place.head, shown.id, at=WHEN)

        assert not Request.objects.exists() and not Event.objects.exists()
        assert Batch.objects.get().state == "open"

    def test_what_was_registered_meanwhile_is_noticed(self) -> None:
        place = office()
        shown = looked_at(place, line(number="2026-0001"))
        assert entered(place, on="2026-01-08").number == "2026-0001"

        with pytest.raises(Invalid, match="什么也没有写入"):
            importing.confirm_import(place.head, shown.id, at=WHEN)

    def test_a_fault_in_the_middle_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        place = office()
        shown = looked_at(place, LINE, line(number="2"))

        def broken(*_args: object, **_more: object) -> None:
            raise IntegrityError

        monkeypatch.setattr(Event.objects, "bulk_create", broken)
        with pytest.raises(Invalid, match="什么也没有写入"), transaction.atomic():
            importing.confirm_import(place.head, shown.id, at=WHEN)
        monkeypatch.undo()

        assert not Request.objects.exists()
        assert importing.confirm_import(place.head, shown.id, at=WHEN).state == "done"

    def test_the_same_file_is_not_imported_twice(self) -> None:
        place = office()
        data = register(LINE)
        first = importing.preview(place.head, place.organ.pk, "a.xlsx", data, at=WHEN)
        again = importing.preview(place.head, place.organ.pk, "b.xlsx", data, at=WHEN)
        importing.confirm_import(place.head, first.pk, at=WHEN)

        assert again.pk == first.pk
        with pytest.raises(NotNow, match="这个文件已于 2026-01-10 10:00 导入"):
            importing.preview(place.head, place.organ.pk, "c.xlsx", data, at=WHEN)
        with pytest.raises(NotNow):
            importing.confirm_import(place.head, first.pk, at=WHEN)

    def test_new_registrations_go_on_after_the_numbers_that_came_in(self) -> None:
        place = office()
        imported(place, line(number="2026-0041", submitted="2026-01-05", ended="", result=""), line(number="2025-0007"))
        done = intake.register(place.officer, place.organ.pk, LIU, LAND, channel="in_person", applicant_kind="natural", on=date(2026, 1, 12), at=at("2026-01-12"))

        assert done.request.number == "2026-0042"

    def test_a_dropped_upload_is_emptied_and_over(self) -> None:
        place = office()
        shown = looked_at(place, LINE)
        importing.drop(place.head, shown.id, at=WHEN)
        batch = Batch.objects.get()

        assert (batch.state, batch.rows) == ("dropped", None)
        with pytest.raises(NotNow):
            importing.confirm_import(place.head, shown.id, at=WHEN)

    def test_after_the_import_the_upload_is_empty(self) -> None:
        place = office()
        imported(place, LINE)

        assert Batch.objects.get().rows is None
        assert [each.state for each in registers.uploads(place.head, place.organ.pk)] == ["done"]


@pytest.mark.django_db
class TestProof:
    def test_the_cache_is_what_the_fold_says(self) -> None:
        place = office()
        for case in imported(place, LINE, line(number="2", ended="", result=""), line(number="3", result="撤回")):
            now = standing.fold(events_of(case), days_of(case.organ), settings_of(case.organ, case.submitted_on))

            assert (case.state, case.due_on, case.outcome, case.ended_on, case.received_on) == (now.state, now.due_on, now.outcome, now.ended_on, now.received_on)
            assert case.events_taken == Event.objects.filter(request=case).count()

    def test_one_entry_of_the_journal_proves_every_event_also_after_more_happened(self) -> None:
        place = office()
        cases = imported(place, LINE, line(number="2", submitted="2026-01-05", channel="传真", ended="", result=""))
        entry = Entry.objects.get(verb="cases.import")
        intake.confirm(place.officer, cases[1].pk, on=date(2026, 1, 12), at=at("2026-01-12"))

        assert (entry.changes["requests"], entry.changes["events"]) == (2, 3)
        assert registers.digest(Batch.objects.get().pk) == entry.changes["digest"]
        assert verify().holds

    def test_nothing_personal_is_in_the_journal_or_in_the_rows_of_the_upload(self) -> None:
        place = office()
        shown = looked_at(place, line(remark="本人来电"), line(number="2", channel="错"))
        row = Batch.objects.values().get()
        told = f"{row['name']} {row['summary']} {bytes(row['rows']).decode('latin-1')}" + "".join(str(each.changes) for each in Entry.objects.all())

        for secret in (LIU.name, LIU.identity_number, LIU.phone, LAND.title, "本人来电"):
            assert secret not in told
            assert not [each for each in shown.lines if secret in " ".join((*each.errors, *each.warnings, each.applicant))]


@pytest.mark.django_db
class TestWhoImports:
    def test_the_disclosure_office_imports_and_nobody_else_sees_the_upload(self) -> None:
        place, other = office(), office("other")
        shown = looked_at(place, LINE)

        for actor in (place.officer, place.approver, place.legal, place.editor, other.head):
            with pytest.raises(NotAllowed, match="导入登记簿"):
                importing.preview(actor, place.organ.pk, "a.xlsx", register(LINE), at=WHEN)
            with pytest.raises(NotFound):
                importing.confirm_import(actor, shown.id, at=WHEN)
            with pytest.raises(NotFound):
                importing.drop(actor, shown.id, at=WHEN)
            with pytest.raises(NotFound):
                registers.preview(actor, shown.id)
            with pytest.raises(NotFound):
                registers.uploads(actor, place.organ.pk)

    def test_two_organs_may_use_the_same_numbers(self) -> None:
        place, other = office(), office("other")
        imported(place, LINE)
        shown = looked_at(replace(other), LINE)

        assert shown.ready
