"""What is under way on the day of the demo: every state, every light, relative to that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from gongkai.law.calendar import calendar

from .entries import Entry, one

S, H, D, X = "shule", "hotan-affairs", "division-11", "xinkailing"
_DAYS = calendar("cn")


def back(today: date, workdays: int) -> date:
    """The day so many working days ago."""
    day, left = today, workdays
    while left:
        day -= timedelta(days=1)
        left -= _DAYS.is_workday(day)
    return day


def current(today: date) -> Iterator[Entry]:
    yield from _waiting(today)
    yield from _signed(today)
    yield from _kept(today)
    yield from _undone(today)
    yield from _elsewhere(today)


def _now(text: str, organ: str, today: date, workdays: int, fate: str, salt: str, **more: Any) -> Entry:
    return one(text, organ, back(today, workdays), fate=fate, salt=f"now-{salt}", **more)


def _waiting(today: date) -> Iterator[Entry]:
    """疏勒县: drafts, returned ones and what waits for a review; from fresh to overdue (条例第二十六条)."""
    yield _now("draft-note", S, today, 2, "draft", "a")
    yield _now("draft-note", S, today, 1, "draft", "b")
    yield _now("other-faq", S, today, 4, "draft", "c")
    yield _now("news-service", S, today, 3, "draft", "d")
    yield _now("emergency-plan", S, today, 17, "draft", "soon")
    yield _now("notice-award", S, today, 26, "draft", "over")
    yield _now("draft-with-id", S, today, 6, "returned_secrecy", "id")
    yield _now("notice-task", S, today, 9, "returned_review", "a")
    yield _now("project-approval", S, today, 18, "returned_review", "b")
    yield _now("personnel-appointment", S, today, 5, "returned_approval", "c")
    yield _now("notice-outage", S, today, 3, "in_review", "a")
    yield _now("public-welfare", S, today, 8, "in_review", "b", files=("xlsx",))
    yield _now("land-expropriation", S, today, 19, "in_review", "soon")
    yield _now("licensing-guide", S, today, 28, "in_review", "over")
    yield _now("notice-group", S, today, 6, "in_secrecy", "a")
    yield _now("notice-hearing", S, today, 16, "in_secrecy", "soon")
    yield _now("municipal-works", S, today, 4, "in_secrecy", "c")
    yield _now("emergency-response", S, today, 10, "referred", "a")
    yield _now("ask-survey", S, today, 12, "referred", "b")
    yield _now("project-approval", S, today, 5, "in_approval", "a")
    yield _now("notice-opinion", S, today, 7, "in_approval", "b")
    yield _now("fees-change", S, today, 23, "in_approval", "over")
    yield _now("news-meeting", S, today, 2, "taken_back", "t")


def _signed(today: date) -> Iterator[Entry]:
    """Signed and waiting for their hour, just published, expiring, or being revised."""
    yield _now("policy-market-entities", S, today, 6, "scheduled", "a")
    yield _now("notice-repeal", S, today, 4, "scheduled", "b")
    yield _now("recruitment-institution", S, today, 9, "held", "h")
    yield _now("notice-outage", S, today, 7, "fresh", "x")
    yield _now("news-meeting", S, today, 4, "fresh", "y", channels=("wechat",))
    yield _now("emergency-warning", S, today, 2, "fresh", "z", channels=("wechat", "screen", "radio"))
    yield _now("statistics-openness", S, today, 5, "fresh", "q", quarter=2)
    yield _now("house-expropriation", S, today, 40, "revising", "r")
    yield _now("public-order", S, today, 60, "revising_review", "s")
    yield _now("other-training", S, today, 70, "dropped", "t")
    yield _now("notice-hearing", S, today, 24, "express", "expiring")


def _kept(today: date) -> Iterator[Entry]:
    """On request and withheld, with grounds and days of review (条例第十四条至第十八条)."""
    for organ, text, when, fate in (
        (S, "held-meeting", 420, "filed"), (S, "held-request", 300, "filed"), (S, "held-personnel", 270, "filed"), (S, "held-safety", 700, "review_kept"),
        (S, "held-enforcement", 260, "filed"), (S, "held-meeting", 520, "released"), (S, "ask-contract", 330, "filed"), (S, "ask-survey", 120, "filed"),
        (S, "ask-minutes", 90, "filed"), (S, "notice-task", 45, "withheld"), (H, "held-trade", 248, "filed"), (H, "ask-contract", 200, "filed"),
        (H, "ask-contract", 350, "filed"), (H, "held-personnel", 60, "filed"), (D, "held-request", 249, "filed"), (D, "held-meeting", 30, "filed"),
        (D, "ask-minutes", 150, "filed"), (X, "held-personnel", 100, "filed"), (X, "ask-survey", 75, "filed"),
    ):  # fmt: skip
        yield _now(text, organ, today, when, fate, f"kept{when}")


def _undone(today: date) -> Iterator[Entry]:
    """Discarded, withdrawn, and penalty decisions that were changed (行政处罚法第四十八条)."""
    yield _now("draft-note", S, today, 50, "discarded", "x")
    yield _now("news-service", S, today, 130, "discarded", "y")
    yield _now("land-expropriation", S, today, 210, "withdrawn", "w")
    yield _now("house-expropriation", S, today, 95, "withdrawn", "v")
    yield _now("penalty-food", "shule-market", today, 90, "penalty_withdrawn", "pw")
    yield _now("penalty-price", "shule-market", today, 30, "penalty_changed", "pc")
    yield _now("penalty-safety", "shule-emergency", today, 9, "in_approval", "pa")


def _elsewhere(today: date) -> Iterator[Entry]:
    """Enough on every other desk to see how the platform works there."""
    for n, (organ, text, when, fate) in enumerate((
        (H, "notice-task", 2, "draft"), (H, "procurement-notice", 5, "in_review"), (H, "notice-group", 17, "in_secrecy"), (H, "other-training", 6, "in_approval"),
        (H, "news-meeting", 11, "returned_review"), (H, "other-budget-letter", 3, "scheduled"), (H, "procurement-result", 4, "fresh"),
        (D, "notice-task", 1, "draft"), (D, "news-company", 4, "in_review"), (D, "project-approval", 20, "in_review"), (D, "emergency-drill", 8, "in_secrecy"),
        (D, "emergency-plan", 12, "referred"), (D, "notice-opinion", 6, "in_approval"), (D, "personnel-appointment", 10, "returned_secrecy"),
        (D, "policy-market-entities", 5, "scheduled"), (D, "news-service", 3, "fresh"), (D, "notice-group", 27, "returned_review"),
        (X, "news-company", 2, "draft"), (X, "town-labour", 5, "in_review"), (X, "town-irrigation", 24, "in_secrecy"), (X, "town-relief", 7, "in_approval"),
        (X, "notice-outage", 3, "fresh"), (X, "notice-task", 10, "returned_approval"), (X, "policy-farming", 4, "scheduled"),
        ("shule-finance", "procurement-notice", 4, "in_review"), ("shule-education", "other-faq", 3, "draft"),
        ("shule-health", "licensing-guide", 6, "in_secrecy"), ("shule-market", "licensing-guide", 18, "in_review"), ("shule-town", "town-house", 5, "in_approval"),
        ("shule-employment", "recruitment-institution", 7, "returned_review"), ("shule-town", "town-homestead", 3, "fresh"),
        ("shule-agriculture", "policy-farming", 22, "draft"), ("division-11-housing", "service-list", 5, "fresh"),
    )):  # fmt: skip
        quarter = 2 if text in ("town-relief", "town-homestead") else 0
        yield _now(text, organ, today, when, fate, f"e{n}", quarter=quarter)
