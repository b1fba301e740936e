"""第二十六条: within twenty working days from the day the information is formed or changed; the account, the lights, the warning list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from gongkai.platform.catalogue import actions, queries
from gongkai.platform.catalogue.choices import Access, Kind, State
from gongkai.platform.catalogue.clocks import DayKind, Light, account, calendar_named, clock, local_day
from gongkai.platform.organs.acting import Actor

from .factories import DRAFT, NOW, TODAY, County, brought_to, drafted, walk

CN = calendar_named("cn")


class TestTheDay:
    def test_the_day_is_the_one_at_the_seat_of_the_organ(self) -> None:
        assert local_day(datetime(2026, 11, 19, 17, 0, tzinfo=UTC)) == date(2026, 11, 20)

    def test_twenty_working_days_are_counted_from_the_day_after(self, place: County) -> None:
        item = drafted(place, formed_on=date(2026, 9, 18))

        assert item.due_on == date(2026, 10, 22)  # 条例附例：2026-09-18 起第 20 个工作日

    def test_a_regional_calendar_counts_its_own_holidays(self, place: County) -> None:
        place.bureau.calendar = "cn-xinjiang"
        place.bureau.save()
        theirs = drafted(place, formed_on=date(2025, 5, 26)).due_on
        place.bureau.calendar = "cn"
        place.bureau.save()
        ours = drafted(place, formed_on=date(2025, 5, 26)).due_on

        assert theirs is not None and ours is not None
        assert theirs > ours

    def test_only_what_is_for_proactive_disclosure_has_a_term(self, place: County) -> None:
        kept = replace(DRAFT, access=Access.ON_REQUEST)

        assert drafted(place, kept).due_on is None


class TestTheAccount:
    def test_it_names_every_day_and_numbers_the_working_ones(self) -> None:
        days = {day.on: day for day in account(date(2026, 9, 18), date(2026, 10, 22), date(2026, 10, 12), CN)}

        assert days[date(2026, 9, 18)].kind is DayKind.START
        assert days[date(2026, 9, 20)].kind is DayKind.MAKE_UP
        assert days[date(2026, 9, 25)].kind is DayKind.HOLIDAY
        assert days[date(2026, 9, 25)].name == "中秋节"
        assert days[date(2026, 10, 17)].kind is DayKind.WEEKEND
        assert days[date(2026, 10, 12)].today
        assert (days[date(2026, 10, 22)].number, days[date(2026, 10, 22)].due) == (20, True)

    def test_it_goes_on_past_the_end_while_the_term_is_not_met(self) -> None:
        days = account(date(2026, 9, 1), date(2026, 9, 29), date(2026, 10, 9), CN)

        assert days[-1].on == date(2026, 10, 9)
        assert days[-1].late

    def test_a_year_without_a_notice_is_provisional(self) -> None:
        seen = clock(date(2026, 12, 20), None, date(2027, 1, 18), None, date(2026, 12, 21), CN)

        assert seen.provisional
        assert seen.light is Light.FINE


class TestTheLights:
    def test_they_turn_with_the_working_days_that_are_left(self, place: County) -> None:
        def light(day: date) -> Light:
            return clock(date(2026, 9, 18), None, date(2026, 10, 22), None, day, CN).light

        assert light(date(2026, 10, 14)) is Light.FINE
        assert light(date(2026, 10, 15)) is Light.SOON
        assert light(date(2026, 10, 22)) is Light.SOON
        assert light(date(2026, 10, 23)) is Light.OVERDUE

    def test_publishing_meets_the_term_and_says_whether_in_time(self, place: County) -> None:
        soon = queries.item(place.editor, brought_to(place, State.PUBLISHED).pk, NOW)
        late = queries.item(place.editor, brought_to(place, State.PUBLISHED, formed_on=date(2026, 9, 1)).pk, NOW)

        assert soon.clock is not None and late.clock is not None
        assert (soon.clock.met_on, soon.clock.met_late) == (TODAY, False)
        assert (late.clock.met_on, late.clock.met_late) == (TODAY, True)

    def test_a_change_of_the_information_begins_the_term_anew(self, place: County) -> None:
        """自该政府信息形成或者变更之日起."""
        item = brought_to(place, State.PUBLISHED)
        met = item.met_at
        item = actions.revise(place.editor, item.pk, reason="标准调整", changed_on=date(2026, 11, 18), at=NOW)

        assert item.met_at is None
        assert item.due_on == CN.add_workdays(date(2026, 11, 18), 20)
        item = walk(place, item, State.PUBLISHED, NOW)
        assert item.met_at is not None and met is not None
        assert item.met_at >= met

    def test_correcting_a_slip_does_not(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED)
        met = item.met_at
        item = actions.revise(place.editor, item.pk, reason="更正错字", at=NOW)

        assert item.met_at == met

    def test_dropping_the_change_brings_the_old_term_back(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED)
        due, met = item.due_on, item.met_at
        actions.revise(place.editor, item.pk, reason="标准调整", changed_on=date(2026, 11, 18), at=NOW)
        item = actions.drop_revision(place.editor, item.pk, reason="并未调整", at=NOW)

        assert (item.due_on, item.met_at) == (due, met)


class TestTheWarningList:
    def test_the_office_sees_the_organs_list_and_an_editor_their_own(self, place: County) -> None:
        drafted(place, formed_on=date(2026, 9, 1))
        office, editor, other = (queries.waiting(who, NOW) for who in (place.office, place.editor, place.second_editor))

        assert (office.overdue, editor.overdue, other.overdue) == (1, 1, 0)
        assert office.warnings[0].light is Light.OVERDUE

    def test_superiors_see_counts_and_numbers_but_no_title(self, place: County) -> None:
        drafted(place, title="不许上级看到的标题", formed_on=date(2026, 9, 1))
        brought_to(place, State.PUBLISHED, formed_on=date(2026, 8, 3))
        seen = queries.overview(place.supervisor, NOW)
        numbers = {row.organ_name: row for row in seen.organs}

        assert set(numbers) == {place.government.name, place.bureau.name}
        assert numbers[place.bureau.name].overdue == 1
        assert numbers[place.bureau.name].late == 1
        assert numbers[place.bureau.name].published == 1
        assert [row.days_late > 0 for row in seen.late] == [True]
        assert "不许上级" not in repr(seen)

    def test_others_see_no_overview(self, place: County) -> None:
        drafted(place, formed_on=date(2026, 9, 1))
        nobody = Actor(None, "公众")

        assert queries.overview(nobody, NOW).organs == ()
        assert queries.overview(place.administrator, NOW).organs == ()
        assert queries.overview(place.stranger, NOW).total.overdue == 0


class TestPenaltyDecisions:
    """行政处罚法第四十八条: withdrawn within three days, which are working days (第八十五条), with public reasons."""

    def test_a_changed_decision_is_to_be_withdrawn_in_three_working_days(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED, kind=Kind.PENALTY, category="penalties")
        item = actions.decision_changed(place.editor, item.pk, changed_on=date(2026, 11, 19), reason="复议撤销", at=NOW)

        assert item.withdraw_by == date(2026, 11, 24)
        waiting = queries.waiting(place.office, NOW).group("withdraw")
        assert waiting is not None
        assert [row.id for row in waiting.rows] == [item.pk]

    def test_withdrawing_ends_the_term(self, place: County) -> None:
        item = brought_to(place, State.PUBLISHED, kind=Kind.PENALTY, category="penalties")
        actions.decision_changed(place.editor, item.pk, changed_on=date(2026, 11, 19), reason="复议撤销", at=NOW)
        item = actions.withdraw(place.approver, item.pk, reason="处罚决定已被撤销", at=NOW)

        assert item.withdraw_by is None
        assert queries.waiting(place.office, NOW).group("withdraw") is None
