"""Terms of remedies: reminded at their marks, each once; shown to the applicant from the proof of service."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.platform.cases.actions import remedies, remedy_terms
from gongkai.platform.cases.models import Letter, Notice, Remedy, Request
from gongkai.platform.cases.queries import remedies as shown
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.cases.remedying import Kind
from gongkai.platform.cases.states import Party
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs.models import Level, Organ, OrganKind
from tests.platform.cases.factories import at, office

from .replied import reconsidered, replied

pytestmark = pytest.mark.django_db


class TestReminders:
    def test_each_mark_is_told_once_and_lateness_too(self) -> None:
        place = office()
        remedy = reconsidered(place, replied(place))  # 答复期限 4 月 21 日
        told = {day: remedy_terms.remind(at(day, 7)) for day in ("2026-04-08", "2026-04-14", "2026-04-15", "2026-04-17", "2026-04-20", "2026-04-22", "2026-04-23")}

        assert told == {"2026-04-08": 0, "2026-04-14": 1, "2026-04-15": 0, "2026-04-17": 1, "2026-04-20": 0, "2026-04-22": 1, "2026-04-23": 0}
        assert [each.key for each in Notice.objects.filter(remedy=remedy, channel="desk").order_by("pk")] == ["remedy_opened", "remedy_due", "remedy_due", "remedy_late"]
        assert verify().holds

    def test_an_answered_remedy_reminds_nobody(self) -> None:
        place = office()
        remedy = reconsidered(place, replied(place))
        remedies.record(place.officer, remedy.pk, "answered", date(2026, 4, 10), at=at("2026-04-10"))

        assert remedy_terms.remind(at("2026-04-22", 7)) == 0

    def test_a_stale_cache_is_put_right_on_the_way(self) -> None:
        place = office()
        remedy = reconsidered(place, replied(place))
        Remedy.objects.filter(pk=remedy.pk).update(next_on=date(2026, 4, 28), answer_by=date(2026, 4, 28))
        remedy_terms.remind(at("2026-04-08", 7))
        remedy.refresh_from_db()

        assert remedy.next_on == date(2026, 4, 21)


class TestList:
    def test_late_ones_come_first_and_names_are_masked(self) -> None:
        place = office()
        ended = reconsidered(place, None, kind="complaint", filed_on="2026-04-20")
        late = reconsidered(place, replied(place), filed_on="2026-04-01")
        listed = shown.remedies(place.legal, place.organ.pk, date(2026, 4, 22))

        assert [row.id for row in listed.page.rows] == [late.pk, ended.pk]
        assert listed.page.rows[0].late and listed.late == 1 and listed.pending == 2
        assert listed.page.rows[0].who == "柳*烟"

    @pytest.mark.parametrize(("filters", "count"), [({"kind": "complaint"}, 1), ({"late": True}, 1), ({"words": "某市"}, 2), ({"year": 2025}, 0), ({"result": "upheld"}, 0)])
    def test_the_list_is_narrowed(self, filters: dict[str, object], count: int) -> None:
        place = office()
        reconsidered(place, None, kind="complaint", filed_on="2026-04-20")
        reconsidered(place, replied(place), filed_on="2026-04-01")

        assert shown.remedies(place.officer, place.organ.pk, date(2026, 4, 22), shown.Filters(**filters)).page.total == count  # type: ignore[arg-type]

    def test_a_page_tells_everything_with_what_was_corrected_struck_through(self) -> None:
        place = office()
        remedy = reconsidered(place, replied(place))
        remedies.record(place.officer, remedy.pk, "answered", date(2026, 4, 10), text="附证据三份", at=at("2026-04-10"))
        remedies.rectify(place.officer, remedy.pk, 2, reason="日期登记错", on=date(2026, 4, 9), at=at("2026-04-10"))
        view = shown.remedy(place.legal, remedy.pk, date(2026, 4, 12))

        assert [(each.kind, each.struck, each.text) for each in view.events] == [("rectified", False, "日期登记错"), ("answered", True, "附证据三份"), ("filed", False, "")]
        assert view.claim.claimant == "柳如烟" and not view.can_record and view.acts == ()
        assert view.standing.answered_on == date(2026, 4, 9)


class TestBodies:
    """Suggested by the organ's place in the trees; the officer decides."""

    def test_a_county_government_is_heard_by_the_government_above_and_the_intermediate_court(self) -> None:
        city = Organ(name="某市人民政府", level=Level.PREFECTURE, kind=OrganKind.GOVERNMENT)
        county = Organ(name="某县人民政府", level=Level.COUNTY, kind=OrganKind.GOVERNMENT, area_parent=city)

        assert [(each.body, each.known) for each in shown.bodies(county, Kind.RECONSIDERATION)] == [("某市人民政府", True)]
        assert "中级人民法院" in shown.bodies(county, Kind.LITIGATION_DIRECT)[0].body
        assert shown.bodies(county, Kind.COMPLAINT)[0].body == "某市人民政府"

    def test_a_department_is_heard_by_its_own_government_and_the_basic_court(self) -> None:
        county = Organ(name="某县人民政府", level=Level.COUNTY, kind=OrganKind.GOVERNMENT)
        bureau = Organ(name="某县住建局", level=Level.COUNTY, kind=OrganKind.DEPARTMENT, area_parent=county)

        assert shown.bodies(bureau, Kind.RECONSIDERATION)[0].body == "某县人民政府"
        assert "基层人民法院" in shown.bodies(bureau, Kind.LITIGATION_AFTER)[0].body

    def test_a_judicial_bureau_leaves_the_choice_and_a_vertical_organ_has_its_own_superior(self) -> None:
        county, above = Organ(name="某县人民政府"), Organ(name="某市司法局")
        bureau = Organ(name="某县司法局", level=Level.COUNTY, kind=OrganKind.DEPARTMENT, area_parent=county, system_parent=above)
        tax = Organ(name="某县税务局", level=Level.COUNTY, kind=OrganKind.DEPARTMENT, vertical=True, system_parent=Organ(name="某市税务局"))

        assert [each.body for each in shown.bodies(bureau, Kind.RECONSIDERATION)] == ["某县人民政府", "某市司法局"]
        assert [each.body for each in shown.bodies(tax, Kind.RECONSIDERATION)] == ["某市税务局"]


class TestOpenToTheApplicant:
    """行政复议法第二十条、第二十三条: counted from the day the reply was delivered, by its proof."""

    def test_before_there_is_proof_the_days_are_not_named(self) -> None:
        told = shown.remaining(replied(office()))

        assert told is not None and told.opened is None
        assert "自您收到答复之日起" in told.text_zh and "应当先" in told.text_zh

    def test_once_it_was_opened_the_last_day_is_named(self) -> None:
        case = replied(office())
        Letter.objects.filter(request=case).update(delivered_on=date(2026, 3, 23))
        told = shown.open_terms(Ticket(case.pk, Party.APPLICANT), date(2026, 4, 1))

        assert told is not None and told.opened is not None
        assert (told.opened.reconsider_by, told.opened.sue_by, told.opened.first) == (date(2026, 5, 22), None, True)
        assert "应当先在2026年5月22日前（含当日）" in told.text_zh

    def test_a_disclosure_leaves_both_ways_open(self) -> None:
        case = replied(office(), reply="provided", outcome="granted")
        Letter.objects.filter(request=case).update(way="in_person")
        told = shown.remaining(case)

        assert told is not None and told.opened is not None
        assert (told.opened.reconsider_by, told.opened.sue_by) == (date(2026, 5, 19), date(2026, 9, 20))  # 9 月 20 日调休上班

    def test_before_a_reply_nothing_is_said(self) -> None:
        place = office()
        case = replied(place)
        pending = Request(organ=place.organ, reply="", state="open")

        assert shown.remaining(pending) is None
        assert shown.open_terms(Ticket(case.pk, Party.ASKED), date(2026, 4, 1)) is None
