"""The plan of 疏勒县人民政府: all fifteen items of Art 20, the seven of Art 21, and everything else a county publishes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .entries import Entry, one, quarterly, yearly

S = "shule"


def county(today: date) -> Iterator[Entry]:
    """Everything of the county government that has a fixed place in the past."""
    yield from _normative()
    yield from _series(today)
    yield from _business(today)
    yield from _local(today)
    yield from _notices(today)
    yield from _standing()


def _normative() -> Iterator[Entry]:
    yield one("housing-measures", S, date(2019, 6, 12), key="housing", fate="amended", files=("docx",), channels=("gazette",))
    yield one("housing-amend", S, date(2024, 5, 22), key="housing-amend", links=(("amends", "housing"),))
    yield one("dogs-old", S, date(2020, 9, 15), key="dogs-old", fate="repealed")
    yield one("dogs-new", S, date(2023, 3, 20), key="dogs-new", links=(("repeals", "dogs-old"),), channels=("radio", "notice_board"))
    yield one("relief-rules", S, date(2021, 8, 10), key="relief", channels=("notice_board",))
    yield one("market-measures", S, date(2022, 4, 18), key="market", channels=("wechat",))
    yield one("loan-subsidy", S, date(2024, 3, 25), key="loan", fate="lapsed", co_makers=("疏勒县财政局", "疏勒县市场监督管理局"))
    yield one("data-sharing", S, date(2025, 2, 26), key="data", fate="determined")
    yield one("policy-medical-care", S, date(2021, 5, 17), key="disabled", fate="lapsed", co_makers=("疏勒县教育局",))
    yield one("policy-market-entities", S, date(2022, 6, 8), key="market-entities-2022", fate="repealed")
    yield one("policy-market-entities", S, date(2024, 6, 5), key="market-entities-2024", links=(("repeals", "market-entities-2022"),), files=("pdf", "docx"), channels=("wechat", "weibo"))
    yield one("policy-heating", S, date(2023, 9, 6), key="heating", channels=("television", "screen"))


def _series(today: date) -> Iterator[Entry]:
    recent = range(today.year, today.year + 1)
    yield one("five-year-plan", S, date(2021, 3, 10), key="plan-14", files=("pdf",), channels=("gazette",))
    yield one("special-plan-water", S, date(2021, 11, 18), links=(("based_on", "plan-14"),))
    yield from yearly("year-plan", S, 2, 8, range(2023, today.year + 1), today)
    yield from yearly("people-matters", S, 2, 22, range(2024, today.year + 1), today, channels=("television", "wechat"))
    yield from yearly("key-points", S, 4, 12, range(2024, today.year + 1), today)
    yield from yearly("statistics-year", S, 4, 20, range(2021, today.year + 1), today, files=("xlsx",))
    yield from quarterly("statistics-quarter", S, recent, today, files=("csv",))
    yield from yearly("budget-government", S, 2, 14, range(2023, today.year + 1), today, files=("xlsx",))
    yield from yearly("accounts-government", S, 9, 9, range(2023, today.year + 1), today)
    yield from yearly("three-public", S, 3, 4, range(today.year - 1, today.year + 1), today, files=("xlsx",))
    yield from quarterly("other-hotline", S, range(today.year, today.year + 1), today)
    yield from yearly("other-budget-letter", S, 11, 5, range(today.year - 1, today.year + 1), today)


def _business(today: date) -> Iterator[Entry]:
    yield from yearly("licensing-list", S, 4, 26, (2022, 2024, 2026), today, files=("xlsx",))
    yield from yearly("project-list", S, 3, 16, range(today.year - 2, today.year + 1), today, files=("xlsx",))
    yield from quarterly("project-progress", S, range(today.year, today.year + 1), today)
    for year, salt in ((2021, "a"), (2024, "c")):
        yield one("project-approval", S, date(year, 5 + ord(salt) % 6, 11), salt=salt, co_makers=("疏勒县财政局",) if salt == "c" else ())
    for year, salt in ((2020, "a"), (2022, "c"), (2023, "d"), (2025, "f"), (2026, "g")):
        yield one("emergency-plan", S, date(year, 6, 3 + ord(salt) % 20), salt=salt, files=("docx",) if salt == "g" else ())
    for back, salt in ((400, "a"), (95, "c"), (30, "d")):
        yield one("emergency-warning", S, today - timedelta(days=back), salt=salt, fate="express", channels=("wechat", "screen", "radio"))
    yield one("emergency-response", S, date(2023, 7, 20), salt="a", channels=("press_conference",))
    yield one("emergency-response", S, date(2025, 5, 14), salt="b")
    yield from yearly("recruitment-posts", S, 3, 10, range(today.year - 2, today.year + 1), today, files=("xlsx",))
    for year in (2020, 2023, 2026):
        yield one("personnel-appointment", S, date(year, 3 + year % 5, 17), salt=str(year))
    yield one("personnel-duty", S, date(2022, 7, 6), fate="revised")


def _local(today: date) -> Iterator[Entry]:
    for year in (2024, 2026):
        yield one("municipal-works", S, date(year, 4, 18), salt=str(year), fate="express")
    yield from yearly("public-service", S, 1, 18, range(today.year - 1, today.year + 1), today)
    yield from yearly("public-welfare", S, 12, 8, range(today.year - 2, today.year + 1), today, channels=("notice_board",))
    for year, salt in ((2021, "a"), (2024, "c"), (2026, "d")):
        yield one("land-expropriation", S, date(year, 8, 8), salt=salt, channels=("notice_board",), files=("png",) if salt == "d" else ())
    yield one("house-expropriation", S, date(2022, 9, 14), salt="a", channels=("notice_board", "newspaper"))
    yield one("house-expropriation", S, date(2025, 3, 19), salt="b", channels=("notice_board",))
    yield one("public-order", S, date(2025, 7, 15), quarter=1)
    yield one("public-order", S, date(2026, 4, 14))
    yield from quarterly("social-assistance", S, range(today.year, today.year + 1), today, files=("csv",), channels=("notice_board",))
    yield one("notice-donation", S, date(today.year - 1, 6, 11), key="donation", fate="waived")
    yield one("notice-river-chief", S, date(today.year - 2, 3, 21), fate="waived")


def _notices(today: date) -> Iterator[Entry]:
    for year, salt in ((2021, "a"), (2023, "c"), (2025, "e")):
        yield one("notice-opinion", S, date(year, 7, 5), key=f"opinion-{salt}", salt=salt, channels=("wechat",), files=())
        yield one("notice-opinion-result", S, date(year, 8, 23), salt=salt, links=(("related", f"opinion-{salt}"),))
    yield one("notice-hearing", S, date(2022, 4, 7), salt="a", fate="express")
    yield one("notice-hearing", S, date(2025, 4, 9), salt="b", fate="express")
    for year in range(2020, today.year + 1, 3):
        yield one("notice-task", S, date(year, 5, 9), salt=f"a{year}")
    yield one("notice-group", S, date(2020, 6, 16), salt="a")
    yield one("notice-group", S, date(2024, 4, 10), salt="b")
    yield one("notice-repeal", S, date(2021, 12, 6), files=("xlsx",))
    yield one("notice-repeal", S, date(2023, 12, 5), salt="b")
    yield one("notice-award", S, date(2022, 12, 27), salt="a")
    yield one("notice-outage", S, today - timedelta(days=60), salt="a", fate="express")
    for n, back in enumerate((1130, 420, 75, 33)):
        yield one(("news-meeting", "news-service")[n % 2], S, today - timedelta(days=back), salt=str(n), channels=("wechat", "weibo") if n == 2 else ())
    yield from yearly("news-open-day", S, 9, 22, (2024, 2025, 2026), today, files=("png",))
    for n, year in enumerate((2022, 2025)):
        yield one("other-faq", S, date(year, 3, 27), salt=str(n))
    for year in (2023, 2025):
        yield one("other-training", S, date(year, 10, 24), salt=str(year))


def _standing() -> Iterator[Entry]:
    yield one("guide", S, date(2019, 6, 3), fate="revised")
    yield one("functions", S, date(2019, 6, 4), fate="revised")
    yield one("service-list", S, date(2021, 4, 13))
    yield one("regime-request", S, date(2019, 7, 10))
    yield one("regime-review", S, date(2019, 7, 11), files=("pdf",))
    yield one("regime-source", S, date(2020, 3, 24))
    yield one("regime-channels", S, date(2021, 5, 20))
