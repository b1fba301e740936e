"""The plans of the departments, townships and other organs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .entries import Entry, one, quarterly, yearly

DEPARTMENTS = tuple(f"shule-{name}" for name in ("finance", "education", "employment", "health", "emergency", "market", "agriculture"))
TOWNS = ("shule-town",)
H, D, DH, X = "hotan-affairs", "division-11", "division-11-housing", "xinkailing"


def departments(today: date) -> Iterator[Entry]:
    """The county's departments: what all of them publish, and what each one does."""
    since, three = range(today.year - 1, today.year + 1), range(today.year, today.year + 1)
    for n, slug in enumerate(DEPARTMENTS):
        yield one("guide", slug, date(2020, 3, 9 + n))
        yield one("functions", slug, date(2020, 4, 8 + n), fate="revised" if n == 2 else "public")
        yield from yearly("budget-department", slug, 2, 24, since if n < 3 else three, today)
        if n % 2 == 0:
            yield from yearly("accounts-department", slug, 10, 10, three, today)
    yield from yearly("fees-list", "shule-finance", 3, 20, range(2024, today.year + 1), today, files=("xlsx",))
    yield one("fees-change", "shule-finance", date(2022, 7, 12), salt="a")
    yield one("fees-change", "shule-finance", date(2024, 8, 20), salt="b", links=(("based_on", "market-entities-2024"),))
    yield from yearly("procurement-catalogue", "shule-finance", 1, 9, (2023, 2025), today)
    yield from yearly("procurement-year", "shule-finance", 2, 3, since, today)
    for n, year in enumerate((2023, 2025, 2026)):
        yield one("procurement-notice", "shule-finance", date(year, 5, 8), key=f"tender-{year}", salt=f"{year}", fate="express")
        yield one("procurement-result", "shule-finance", date(year, 6, 18), salt=f"{year}", links=(("related", f"tender-{year}"),), files=("pdf",) if n == 2 else ())
    yield from yearly("policy-schooling", "shule-education", 5, 15, (2023, 2025, 2026), today, channels=("wechat", "notice_board"))
    yield one("licensing-guide", "shule-education", date(2022, 5, 10), salt="e")
    yield one("recruitment-institution", "shule-education", date(2025, 4, 14))
    yield one("policy-employment", "shule-employment", date(2024, 4, 24), fate="repealed", key="jobs-2024")
    yield one("policy-employment", "shule-employment", date(2026, 4, 20), links=(("repeals", "jobs-2024"),), co_makers=("疏勒县财政局",))
    yield from yearly("recruitment-results", "shule-employment", 8, 6, range(2024, today.year + 1), today, fate="express")
    yield one("licensing-guide", "shule-employment", date(2023, 4, 12), salt="r")
    yield from yearly("policy-medical", "shule-health", 3, 25, (2024, 2026), today)
    yield from quarterly("inspection-water", "shule-health", three, today)
    yield from quarterly("inspection-safety", "shule-emergency", range(today.year, today.year + 1), today)
    yield one("penalty-safety", "shule-emergency", date(2024, 7, 24), salt="a", fate="penalty_withdrawn")
    yield one("penalty-safety", "shule-emergency", date(2026, 3, 18), salt="b")
    yield from yearly("emergency-drill", "shule-emergency", 12, 12, (2023, 2025), today)
    yield one("emergency-warning", "shule-emergency", today - timedelta(days=6), salt="x", fate="express", channels=("wechat", "screen"))
    yield one("penalty-procedure", "shule-emergency", date(2021, 9, 8))
    yield one("penalty-discretion", "shule-market", date(2022, 11, 9))
    yield one("penalty-procedure", "shule-market", date(2021, 9, 15))
    yield from quarterly("inspection-food", "shule-market", three, today, files=("xlsx",))
    yield from quarterly("licensing-results", "shule-market", range(today.year, today.year + 1), today, files=("csv",))
    for n, back in enumerate((610, 120)):
        yield one("penalty-food", "shule-market", today - timedelta(days=back), salt=str(n), fate="express")
    yield one("penalty-price", "shule-market", today - timedelta(days=480), salt="p", fate="express")
    yield one("licensing-guide", "shule-market", date(2024, 5, 21), salt="m")
    yield from yearly("policy-farming", "shule-agriculture", 5, 6, (2023, 2025), today, channels=("notice_board",))
    yield one("other-faq", "shule-agriculture", date(2025, 3, 12), salt="f")


def towns(today: date) -> Iterator[Entry]:
    """The eight items of Art 21 for townships."""
    for n, slug in enumerate(TOWNS):
        yield one("guide", slug, date(2021, 3, 2 + n))
        yield one("functions", slug, date(2021, 3, 15 + n))
        yield from yearly("town-plan", slug, 3, 12, range(today.year - 1, today.year + 1), today)
        yield from yearly("town-irrigation", slug, 10, 20, (2024, 2026), today)
        yield one("town-land-transfer", slug, date(2025, 4, 10 + n), channels=("notice_board",))
        yield one("policy-town-safety", slug, date(2024, 7, 3 + n))
        yield one("town-homestead", slug, date(2026, 4, 14 + n), quarter=0)
        yield one("town-land", slug, date(2025, 9, 10 + n), channels=("notice_board",))
        yield one("town-house", slug, date(2025, 11, 12 + n))
        yield one("town-labour", slug, date(2026, 3, 25 + n), channels=("notice_board",))
        yield one("town-relief", slug, date(2026, 7, 14 + n), quarter=1, channels=("notice_board",))


def affairs(today: date) -> Iterator[Entry]:
    """和田地区机关事务管理局."""
    yield from _office(H, 2019)
    yield from yearly("budget-department", H, 2, 18, range(2024, today.year + 1), today)
    yield from yearly("accounts-department", H, 9, 24, range(2023, today.year + 1), today)
    yield from yearly("statistics-energy", H, 4, 16, range(2023, today.year + 1), today, files=("csv",))
    yield from yearly("policy-affairs-energy", H, 3, 14, (2024, 2026), today)
    yield from yearly("affairs-plan", H, 3, 6, (2022, 2024, 2026), today)
    for year in (2024, 2026):
        yield one("procurement-notice", H, date(year, 4, 22), key=f"hotan-tender-{year}", salt=f"{year}", fate="express")
        yield one("procurement-result", H, date(year, 6, 4), salt=f"{year}", links=(("related", f"hotan-tender-{year}"),))
    yield from yearly("procurement-year", H, 1, 16, range(today.year - 1, today.year + 1), today)
    yield one("notice-task", H, date(2023, 5, 25), salt="a")
    yield one("notice-task", H, date(2025, 6, 5), salt="b")
    yield one("other-training", H, date(2024, 11, 14), salt="t")
    yield one("personnel-appointment", H, date(2024, 9, 4), salt="p")
    yield one("news-meeting", H, today - timedelta(days=44), salt="n", channels=("wechat",))


def division(today: date) -> Iterator[Entry]:
    """第十一师 and two of its departments."""
    yield from _office(D, 2019)
    yield one("division-quality", D, date(2022, 9, 20), key="quality", files=("docx",))
    yield one("policy-division-housing", D, date(2023, 4, 26), key="builders", channels=("wechat", "weibo"), files=("pdf",))
    yield from yearly("division-plan", D, 2, 25, range(2024, today.year + 1), today)
    yield from yearly("key-points", D, 4, 18, range(2025, today.year + 1), today)
    yield from quarterly("statistics-openness", D, range(today.year, today.year + 1), today)
    yield from yearly("three-public", D, 3, 8, (2026,), today)
    yield from yearly("project-list", D, 3, 22, (2025, 2026), today)
    for n, back in enumerate((1310, 700, 150, 52)):
        yield one(("news-meeting", "news-company", "news-service")[n % 3], D, today - timedelta(days=back), salt=str(n), channels=("wechat", "weibo") if n % 2 else ())
    yield one("emergency-plan", D, date(2023, 5, 16), salt="x")
    yield one("emergency-plan", D, date(2025, 8, 12), salt="y", fate="revised")
    yield one("notice-opinion", D, date(2024, 6, 12), key="division-opinion", salt="d")
    yield one("notice-opinion-result", D, date(2024, 8, 7), salt="d", links=(("related", "division-opinion"),))
    yield one("personnel-appointment", D, date(2023, 8, 10), salt="p")
    yield one("recruitment-institution", D, date(2026, 3, 19))
    yield one("notice-task", D, date(2025, 5, 13), salt="t")
    yield one("guide", DH, date(2020, 5, 12))
    yield one("functions", DH, date(2020, 5, 19))
    yield from yearly("budget-department", DH, 2, 20, range(today.year - 1, today.year + 1), today)
    yield from yearly("procurement-year", D, 2, 6, range(today.year, today.year + 1), today)
    yield from yearly("fees-list", D, 3, 18, (2026,), today)
    yield from quarterly("inspection-building", DH, range(today.year, today.year + 1), today)
    yield one("penalty-building", DH, date(2024, 10, 15), salt="a", files=("pdf",))
    yield one("penalty-building", DH, date(2026, 5, 12), salt="b")
    yield one("penalty-discretion", DH, date(2023, 6, 13))
    yield one("licensing-guide", DH, date(2024, 3, 6), salt="h")


def regiment(today: date) -> Iterator[Entry]:
    """十六团新开岭镇."""
    yield from _office(X, 2020)
    yield one("regiment-water", X, date(2023, 10, 17), key="water", channels=("notice_board", "radio"))
    yield from yearly("town-plan", X, 3, 9, range(2024, today.year + 1), today)
    for n, back in enumerate((1420, 1010, 640, 300, 40)):
        yield one("news-company", X, today - timedelta(days=back), salt=str(n), channels=("wechat",) if n % 2 else ())
    yield one("policy-farming", X, date(2024, 5, 9), channels=("notice_board",))
    yield from yearly("town-irrigation", X, 11, 4, (2023, 2025), today)
    yield from yearly("town-land-transfer", X, 4, 9, (2024, 2026), today)
    yield one("town-homestead", X, date(2026, 7, 9), quarter=1)
    yield one("town-labour", X, date(2025, 3, 27), channels=("notice_board",))
    yield one("town-relief", X, date(2026, 1, 15), quarter=3, year=2025)
    yield from quarterly("statistics-openness", X, range(today.year, today.year + 1), today)
    yield from yearly("budget-department", X, 2, 21, range(today.year - 1, today.year + 1), today)
    yield one("emergency-plan", X, date(2022, 6, 9), salt="x", files=("docx",))
    yield one("notice-task", X, date(2024, 10, 17), salt="t")
    yield one("notice-outage", X, today - timedelta(days=26), salt="o", fate="express")
    yield one("inspection-environment", X, date(2025, 7, 11), quarter=1)


def region(today: date) -> Iterator[Entry]:
    """The autonomous region: it may make rules, so the demo has some."""
    yield one("rules-openness", "xinjiang", date(2020, 11, 24), key="rules-openness", channels=("gazette",))
    yield one("rules-decision", "xinjiang", date(2022, 8, 15), channels=("gazette", "newspaper"))
    yield one("guide", "xinjiang", date(2019, 5, 20))
    yield one("notice-repeal", "xinjiang", date(2024, 12, 10), files=("xlsx",))


def _office(slug: str, year: int) -> Iterator[Entry]:
    yield one("guide", slug, date(year, 5, 28), fate="revised")
    yield one("functions", slug, date(year, 6, 6))
    yield one("personnel-duty", slug, date(year + 2, 3, 15))
    yield one("regime-request", slug, date(year, 8, 7))
    yield one("regime-review", slug, date(year, 8, 8))
