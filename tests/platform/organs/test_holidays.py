"""放假通知 entered on an installation: read strictly, looked at, confirmed whole, withdrawn whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.platform.journal.models import Entry
from gongkai.platform.organs import actions, calendars, queries
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.organs.models import Batch, Holiday
from gongkai.platform.organs.roles import RoleKind

from .making import AT, acting, administrator, organ, person, role

pytestmark = pytest.mark.django_db
HEAD = "date,kind,name\n"
YEAR = HEAD + "".join(f"2027-{on},{kind},{name}\n" for on, kind, name in (("01-01", "holiday", "元旦"), ("02-06", "holiday", "春节"), ("02-08", "holiday", "春节"), ("02-14", "workday", "春节"), ("10-01", "holiday", "国庆节")))
SOURCE = "国办发明电〔2026〕9号"


@pytest.fixture(autouse=True)
def _as_installed() -> Iterator[None]:
    """What this process knows of entered notices ends with the test."""
    yield
    calendars.forget()


def enter(by: Actor, text: str = YEAR, **more: str) -> Batch:
    batch = actions.prepare_notice(by, "放假.csv", text.encode(), source=more.pop("source", SOURCE), at=AT, **more)
    return actions.confirm_notice(by, batch.pk, at=AT)


class TestEntering:
    """A notice of the State Council's office makes a year known."""

    def test_its_days_hold_from_the_next_action_on(self) -> None:
        by = administrator()
        before = calendars.exact("cn")
        enter(by)
        after = calendars.exact("cn")

        assert before.provisional(2027) and before.is_workday(date(2027, 2, 8)) and not before.is_workday(date(2027, 2, 14))
        assert not after.provisional(2027) and not after.is_workday(date(2027, 2, 8)) and after.is_workday(date(2027, 2, 14))
        assert after.holiday(date(2027, 2, 8)) == "春节"
        assert calendars.exact("cn-xinjiang").holiday(date(2027, 10, 1)) == "国庆节"

    def test_nothing_holds_before_it_is_confirmed_and_then_once(self) -> None:
        by = administrator()
        batch = actions.prepare_notice(by, "放假.csv", YEAR.encode(), source=SOURCE, at=AT)
        looked = calendars.exact("cn").provisional(2027)
        actions.confirm_notice(by, batch.pk, at=AT)

        assert looked
        with pytest.raises(NotNow, match="已经处理"):
            actions.confirm_notice(by, batch.pk, at=AT)
        assert Holiday.objects.count() == 5
        assert Entry.objects.get(verb="organs.enter_holidays").changes["days"] == 5

    def test_the_preview_tells_what_changes_day_by_day(self) -> None:
        by = administrator()
        batch = actions.prepare_notice(by, "放假.csv", YEAR.encode(), source=SOURCE, at=AT)
        seen = actions.preview_notice(by, batch.pk)

        assert (seen.known, seen.provisional) == ((2027,), ())
        assert [(each.was, each.changes) for each in seen.days] == [("weekday", True), ("weekend", False), ("weekday", True), ("weekend", True), ("weekday", True)]

    def test_a_notice_without_the_whole_year_leaves_it_provisional_and_says_so(self) -> None:
        by = administrator()
        batch = actions.prepare_notice(by, "放假.csv", (HEAD + "2027-01-01,holiday,元旦\n").encode(), source=SOURCE, at=AT)

        assert actions.preview_notice(by, batch.pk).provisional == (2027,)

    def test_a_region_of_its_own_lies_over_the_national_days(self) -> None:
        by = administrator()
        enter(by, HEAD + "2026-03-20,holiday,肉孜节\n", calendar="cn-ningxia", source="宁政办发〔2026〕1号")

        assert calendars.exact("cn-ningxia").holiday(date(2026, 3, 20)) == "肉孜节"
        assert calendars.exact("cn-ningxia").holiday(date(2026, 10, 1)) == calendars.exact("cn").holiday(date(2026, 10, 1))
        assert calendars.exact("cn").is_workday(date(2026, 3, 20))
        assert organ("某某机关", calendar="cn-ningxia").calendar == "cn-ningxia"

    def test_a_later_notice_wins(self) -> None:
        """2020年：国务院办公厅延长春节假期的通知."""
        by = administrator()
        enter(by, HEAD + "2026-12-31,holiday,元旦\n")
        enter(by, HEAD + "2026-12-31,workday,元旦\n", source="国办发明电〔2026〕10号")

        assert calendars.exact("cn").is_workday(date(2026, 12, 31))

    def test_withdrawn_it_holds_no_longer_and_stays_in_the_record(self) -> None:
        by = administrator()
        batch = enter(by)
        actions.withdraw_notice(by, batch.pk, reason="录错了年份", at=AT)

        assert calendars.exact("cn").provisional(2027)
        assert Holiday.objects.filter(withdrawn_at__isnull=False).count() == 5
        assert Entry.objects.get(verb="organs.withdraw_holidays").reason == "录错了年份"
        with pytest.raises(NotNow, match="已经撤回"):
            actions.withdraw_notice(by, batch.pk, reason="再撤", at=AT)


class TestReading:
    """Read strictly: nothing is guessed, every wrong line is named at once."""

    def test_every_wrong_line_is_told(self) -> None:
        text = HEAD + "2027-01-01,holiday,元旦\n2027/01/02,holiday,元旦\n\n2027-01-03,closed,元旦\n"

        with pytest.raises(Invalid) as refused:
            actions.prepare_notice(administrator(), "放假.csv", text.encode(), source=SOURCE, at=AT)
        said = refused.value.fields["file"].splitlines()
        assert [line.split("行")[0][-1] for line in said] == ["3", "5"]

    @pytest.mark.parametrize(
        ("text", "said"),
        [("", "空的"), ("日期,类型\n", "表头缺少"), (HEAD, "没有一天"), (HEAD + "1999-01-01,holiday,元旦\n", "年份"), (HEAD + "2027-01-01,holiday,\n", "节日名称"), (HEAD + "2027-01-01,holiday,元旦\n2027-01-01,workday,元旦\n", "前后矛盾")],
    )
    def test_what_is_no_notice_is_refused(self, text: str, said: str) -> None:
        with pytest.raises(Invalid, match=said):
            actions.prepare_notice(administrator(), "放假.csv", text.encode(), source=SOURCE, at=AT)

    def test_it_needs_its_document_number_from_the_form_or_the_table(self) -> None:
        by = administrator()
        with pytest.raises(Invalid, match="文号"):
            actions.prepare_notice(by, "放假.csv", YEAR.encode(), at=AT)
        batch = actions.prepare_notice(by, "放假.csv", "date,kind,name,notice\n2027-01-01,holiday,元旦,国办1号\n".encode(), at=AT)

        assert batch.rows[0][4] == "国办1号"

    def test_a_table_saved_by_a_spreadsheet_in_its_own_encoding_is_read(self) -> None:
        batch = actions.prepare_notice(administrator(), "放假.csv", YEAR.encode("gb18030"), source=SOURCE, at=AT)

        assert batch.rows[0][3] == "元旦"


class TestWhoMay:
    """Only an administrator, and only their own drafts."""

    def test_nobody_else(self) -> None:
        who = acting(RoleKind.DISCLOSURE_OFFICE, organ())

        with pytest.raises(NotAllowed):
            actions.prepare_notice(who, "放假.csv", YEAR.encode(), source=SOURCE, at=AT)
        with pytest.raises(NotAllowed):
            queries.notices(who)

    def test_another_administrators_draft_is_not_found(self) -> None:
        batch = actions.prepare_notice(administrator(), "放假.csv", YEAR.encode(), source=SOURCE, at=AT)

        with pytest.raises(NotFound):
            actions.confirm_notice(administrator(), batch.pk, at=AT)


class TestAsking:
    """Pages ask the database once in a while, actions every time."""

    def test_a_page_takes_it_after_a_few_seconds_without_a_statement_in_between(self, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object) -> None:
        calendars.refresh()
        enter(administrator())
        with django_assert_num_queries(0):  # type: ignore[operator]
            known = calendars.named("cn").provisional(2027)
        monkeypatch.setattr(calendars, "FRESH", -1.0)

        assert known
        assert not calendars.named("cn").provisional(2027)

    def test_where_nothing_changed_one_statement_is_enough(self, django_assert_num_queries: object) -> None:
        calendars.exact("cn")
        with django_assert_num_queries(1):  # type: ignore[operator]
            first = calendars.exact("cn")

        assert calendars.exact("cn") is first


def test_the_whole_way_through_the_pages() -> None:
    who = person("管理员甲")
    role(who, RoleKind.ADMINISTRATOR)
    client = Client(REMOTE_ADDR="10.2.0.1")
    client.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    wrong = client.post("/desk/admin/holidays/", {"calendar": "cn", "source": SOURCE, "file": SimpleUploadedFile("a.csv", (HEAD + "x,holiday,a\ny,holiday,b\n").encode())})
    sent = client.post("/desk/admin/holidays/", {"calendar": "cn", "source": SOURCE, "file": SimpleUploadedFile("a.csv", YEAR.encode())})
    looked = client.get(sent["Location"]).content.decode()
    client.post(sent["Location"], {"do": "confirm"})
    listed = client.get("/desk/admin/holidays/").content.decode()
    nothing = client.post(sent["Location"], {"do": "withdraw", "reason": " "})
    again = client.post(sent["Location"], {"do": "confirm"})
    client.post(sent["Location"], {"do": "withdraw", "reason": "录错"})

    assert wrong.content.decode().count("应为 YYYY-MM-DD") == 2
    assert "2027 年的工作日即可确定" in looked and "改为不计" in looked
    assert SOURCE in listed and "2027" in listed
    assert (nothing.status_code, again.status_code) == (200, 409)
    assert Holiday.objects.filter(withdrawn_at__isnull=True).count() == 0
