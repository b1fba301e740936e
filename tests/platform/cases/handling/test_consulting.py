"""征求意见."""

from __future__ import annotations

import pytest

from gongkai.law.account import Reckoned, account
from gongkai.law.events import Answer
from gongkai.platform.cases import clocks, recording, standing
from gongkai.platform.cases.actions import consulting
from gongkai.platform.cases.errors import Invalid, NotFound, NotNow
from gongkai.platform.cases.models import Consultation, Event, Notice, Request
from gongkai.platform.cases.queries import doors
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.cases.states import Party
from gongkai.platform.cases.values import Consulted
from gongkai.platform.journal.models import Entry
from tests.platform.cases.factories import PEOPLE, at, entered, office

from .making import PARTY, asked, clock, day, kinds

pytestmark = pytest.mark.django_db
ASKS = "拟公开补偿标准，请提出意见"


def of(consultation: Consultation) -> Ticket:
    return Ticket(consultation.request_id, Party.ASKED, consultation.pk)


class TestWhomToAsk:
    """第三十二条："行政机关应当书面征求第三方的意见。" """

    def test_each_side_has_its_own_number_and_nothing_pauses_before_a_letter_is_served(self) -> None:
        place = office()
        case = entered(place)
        refs = [consulting.consult(place.officer, case.pk, to, PARTY, ASKS, at=at("2026-03-04")).ref for to in ("third_party", "co_maker", "other_organ")]

        assert refs == ["征1", "征2", "征3"]
        assert clock(case).consultations == ()
        assert kinds(case)[1:] == ["consultation_opened"] * 3

    def test_an_organ_of_this_installation_brings_its_name(self) -> None:
        place, other = office(), office("other")
        case = entered(place)
        made = consulting.consult(place.officer, case.pk, "co_maker", Consulted(""), ASKS, organ_id=other.organ.pk, at=at("2026-03-04"))

        assert Consulted.opened(made.party).name == other.organ.name

    @pytest.mark.parametrize(
        ("party", "asks", "field"),
        [
            (Consulted(" "), ASKS, "name"),
            (PARTY, " ", "asks"),
            (PARTY, f"{PEOPLE[0].name}申请公开补偿标准", "asks"),
            (Consulted(PEOPLE[0].name), ASKS, "name"),
            (Consulted("某" * 201), ASKS, "name"),
        ],
    )
    def test_what_cannot_be_asked_is_said_beside_its_field(self, party: Consulted, asks: str, field: str) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(Invalid) as refused:
            consulting.consult(place.officer, case.pk, "third_party", party, asks, at=at("2026-03-04"))
        assert list(refused.value.fields) == [field]

    def test_a_third_party_is_no_organ_of_ours(self) -> None:
        place = office()
        case = entered(place)

        with pytest.raises(Invalid, match="第三方"):
            consulting.consult(place.officer, case.pk, "third_party", PARTY, ASKS, organ_id=place.organ.pk, at=at("2026-03-04"))

    def test_who_is_asked_and_what_is_sealed_and_not_in_the_journal(self) -> None:
        place = office()
        case = entered(place)
        made = consulting.consult(place.officer, case.pk, "third_party", PARTY, ASKS, at=at("2026-03-04"))
        told = str(list(Entry.objects.filter(subject=f"cases.request:{case.pk}").values())) + str(list(Event.objects.filter(request=case).values("facts", "law")))

        assert PARTY.name not in told and ASKS not in told
        assert PARTY.name.encode() not in bytes(made.party) and ASKS.encode() not in bytes(made.asks)
        assert consulting.asks_of(made) == ASKS


class TestTerm:
    """第三十二条："第三方应当自收到征求意见书之日起15个工作日内提出意见。" 第三十三条第三款："行政机关征求第三方和其他机关意见所需时间不计算在前款规定的期限内。" """

    def test_the_service_pauses_the_clock_and_the_answer_ends_the_pause(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        asked(place, case, "2026-03-04")
        waiting = Request.objects.get(pk=case.pk)
        consulting.deliver(place.officer, case.pk, "征1", on=day("2026-03-06"), at=at("2026-03-06"))
        done = consulting.answer(place.officer, case.pk, "征1", "consents", on=day("2026-03-16"), text="同意", at=at("2026-03-16"))

        assert (case.due_on, waiting.due_on, done.due_on) == (day("2026-03-30"), day("2026-04-21"), day("2026-04-10"))
        assert clock(done).consultation("征1").answer is Answer.CONSENTS  # type: ignore[union-attr]
        assert done.due_on == clock(done).due(clocks.days_of(done.organ))

    def test_overlapping_consultations_are_counted_once(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        for on, to in (("2026-03-04", "third_party"), ("2026-03-06", "co_maker"), ("2026-03-10", "other_organ")):
            asked(place, case, on, to)
        for ref, on in (("征2", "2026-03-11"), ("征1", "2026-03-12"), ("征3", "2026-03-18")):
            done = consulting.answer(place.officer, case.pk, ref, "consents", on=day(on), at=at(on))
        steps = standing.steps(recording.events_of(case), clocks.days_of(case.organ), clocks.settings_of(case.organ, case.submitted_on))
        paused = [each.on for each in account(steps, clocks.days_of(case.organ), day("2026-03-31")) if each.reckoned is Reckoned.PAUSED]

        assert paused[0] == day("2026-03-05") and paused[-1] == day("2026-03-18") and len(paused) == 10
        assert done.due_on == day("2026-04-14")

    def test_a_late_opinion_is_recorded_and_lengthens_nothing(self) -> None:
        place = office()
        case = entered(place, on="2026-03-02")
        asked(place, case, "2026-03-04")
        silent = Request.objects.get(pk=case.pk).due_on
        done = consulting.answer(place.officer, case.pk, "征1", "objects", on=day("2026-04-10"), text="商业秘密", at=at("2026-04-10"))

        assert done.due_on == silent

    def test_nobody_answers_twice_or_what_was_not_sent(self) -> None:
        place = office()
        case = entered(place)
        consulting.consult(place.officer, case.pk, "third_party", PARTY, ASKS, at=at("2026-03-04"))
        asked(place, case, "2026-03-04")
        consulting.answer(place.officer, case.pk, "征2", "consents", on=day("2026-03-05"), at=at("2026-03-05"))

        with pytest.raises(NotNow, match="已于2026-03-05提出意见"):
            consulting.answer(place.officer, case.pk, "征2", "objects", on=day("2026-03-06"), at=at("2026-03-06"))
        with pytest.raises(NotNow, match="没有编号"):
            consulting.answer(place.officer, case.pk, "征1", "objects", on=day("2026-03-06"), at=at("2026-03-06"))
        with pytest.raises(NotFound):
            consulting.answer(place.officer, case.pk, "征9", "objects", on=day("2026-03-06"), at=at("2026-03-06"))


class TestLink:
    """The asked side answers on line, by a link that opens its own question and nothing else."""

    def test_the_token_opens_and_is_nowhere_kept(self) -> None:
        place = office()
        case = entered(place)
        consultation, token = asked(place, case, "2026-03-04")

        assert doors.by_link(token, day("2026-03-05")) == of(consultation)
        assert token not in str(list(Consultation.objects.values())) + str(list(Event.objects.values()))
        assert doors.by_link(token, day("2027-01-04")) is None

    def test_an_answer_by_link_counts_on_its_own_day_and_the_officer_is_told(self) -> None:
        place = office()
        case = entered(place)
        consultation, _token = asked(place, case, "2026-03-04")
        consulting.deliver(of(consultation), case.pk, "征1", on=day("2026-03-04"), at=at("2026-03-05"))
        consulting.answer(of(consultation), case.pk, "征1", "objects", on=day("2026-03-04"), text="商业秘密", at=at("2026-03-09"))
        known = clock(case).consultation("征1")

        assert known is not None and (known.delivered, known.answered) == (day("2026-03-05"), day("2026-03-09"))
        assert Event.objects.get(request=case, kind="consultation_answered").role == "asked"
        assert Notice.objects.filter(request=case, key="opinion_received").exists()

    def test_it_opens_nothing_of_another_sides(self) -> None:
        place = office()
        case, other = entered(place), entered(place, applicant=PEOPLE[1])
        mine, _token = asked(place, case, "2026-03-04")
        asked(place, case, "2026-03-04", "co_maker")
        asked(place, other, "2026-03-04")

        with pytest.raises(NotFound):
            consulting.answer(of(mine), case.pk, "征2", "consents", on=day("2026-03-05"), at=at("2026-03-05"))
        with pytest.raises(NotFound):
            consulting.answer(of(mine), other.pk, "征1", "consents", on=day("2026-03-05"), at=at("2026-03-05"))

    def test_a_new_link_ends_the_old_one(self) -> None:
        place = office()
        case = entered(place)
        consultation, token = asked(place, case, "2026-03-04")
        again = consulting.renew_link(place.officer, case.pk, "征1", at=at("2026-03-06"))

        assert doors.by_link(token, day("2026-03-06")) is None
        assert doors.by_link(again, day("2026-03-06")) == of(consultation)
        assert Notice.objects.filter(request=case, key="opinion_wanted", channel="email").count() == 1

    def test_the_link_lives_as_long_as_the_term_that_delivery_begins(self) -> None:
        place = office()
        case = entered(place)
        consultation, _token = asked(place, case, "2026-03-04")
        consulting.deliver(place.officer, case.pk, "征1", on=day("2026-03-20"), at=at("2026-03-20"))

        until = Consultation.objects.get(pk=consultation.pk).token_until
        assert until is not None and consultation.token_until is not None and until > consultation.token_until
        known = clock(case).consultation("征1")
        assert known is not None and known.term(clocks.days_of(case.organ)) < until
