"""The strip of days (条例第二十六条): what is filled, what is hollow, where the flag stands, what the sentences say."""

from __future__ import annotations

from datetime import UTC, date, datetime

from gongkai.platform.catalogue import clocks
from gongkai.platform.desk.clock import strip

DAYS = clocks.calendar_named("cn")


def drawn(formed: date, today: date, met: date | None = None, changed: date | None = None):
    due = clocks.due_on("proactive", formed, changed, DAYS)
    assert due is not None
    at = datetime(met.year, met.month, met.day, 2, tzinfo=UTC) if met else None
    return strip(clocks.clock(formed, changed, due, at, today, DAYS), today)


def test_the_first_day_is_not_counted_and_twenty_are() -> None:
    found = drawn(date(2024, 2, 5), date(2024, 2, 20))
    looks = [cell.look for cell in found.cells]

    assert looks[0] == "start"
    assert looks.count("counted") == 20
    assert [cell.on for cell in found.cells if cell.due] == [date(2024, 3, 8)]
    assert [cell.on for cell in found.cells if cell.today] == [date(2024, 2, 20)]


def test_make_up_days_are_marked_and_holidays_are_hollow() -> None:
    found = {cell.on: cell for cell in drawn(date(2024, 2, 5), date(2024, 2, 20)).cells}

    assert (found[date(2024, 2, 18)].look, found[date(2024, 2, 18)].mark) == ("counted", "班")
    assert (found[date(2024, 2, 12)].look, found[date(2024, 2, 12)].mark) == ("hollow", "休")
    assert found[date(2024, 2, 24)].look == "hollow"


def test_the_sentences_say_what_the_picture_shows() -> None:
    said = drawn(date(2024, 2, 5), date(2024, 2, 20)).spoken

    assert "第 20 个工作日是2024年3月8日" in said
    assert "还有 13 个工作日" in said
    assert "春节" in said
    assert "2月18日调休上班" in said


def test_days_after_the_end_are_late_and_a_long_delay_is_cut() -> None:
    found = drawn(date(2024, 1, 2), date(2024, 12, 2))

    assert any(cell.look == "over" for cell in found.cells)
    assert found.cut > 200
    assert "已逾期" in found.spoken


def test_on_a_weekend_after_the_end_nothing_is_said_of_working_days() -> None:
    found = drawn(date(2024, 10, 18), date(2024, 11, 16))

    assert "期限已过" in found.spoken


def test_what_was_published_says_when() -> None:
    assert "2024年2月20日公开，在期限以内" in drawn(date(2024, 2, 5), date(2024, 6, 1), met=date(2024, 2, 20)).spoken
    assert "逾期 1 个工作日" in drawn(date(2024, 2, 5), date(2024, 6, 1), met=date(2024, 3, 11)).spoken


def test_a_change_begins_the_term_anew() -> None:
    assert "2024年5月6日变更" in drawn(date(2024, 2, 5), date(2024, 5, 7), changed=date(2024, 5, 6)).spoken


def test_a_year_without_a_notice_makes_the_term_provisional() -> None:
    assert "暂定" in drawn(date(2031, 3, 3), date(2031, 3, 4)).spoken
