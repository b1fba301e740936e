"""A report stands as it was compiled, and as it was approved: what happens afterwards is shown beside it, exactly, and changes nothing."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.editions import BY_KEY
from gongkai.law.findings import Severity
from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.models import Publication, Report
from gongkai.platform.annual.queries import auditing, working
from gongkai.platform.annual.queries.compiling import compile_year
from gongkai.platform.annual.stored import behind_to_plain, key_of
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.recording import act
from gongkai.platform.catalogue.models import Item
from gongkai.report import exchange
from gongkai.report.compare import Change
from gongkai.report.tables import places, printed
from tests.platform.cases.factories import ZONE, Office

from .drawing import NOW, YEAR, Case, Paper, Year, cases, enter, few, live, lived, papers, refused, told, undone, years
from .drawing import printed as put

pytestmark = pytest.mark.django_db
EDITION = "2021"
PROSE = ("全年收到政府信息公开申请{{requests.new_received}}件，办结{{requests.results_total}}件。", "", "", "", "存在公开不够及时的问题，今后将逐项核对。", "本年度收取信息处理费{{fee}}元。")
changes = st.lists(
    st.one_of(st.lists(told(EDITION), min_size=1, max_size=4, unique_by=lambda each: (each.indicator, each.month)).map(tuple), cases, papers, st.just("repeal"), st.just("answer")),
    max_size=4,
)  # fmt: skip


def happen(place: Office, change: Any) -> None:
    """Something that changes what the report was compiled from, or does not."""
    match change:
        case Case():
            lived(place, change)
        case Paper():
            put(place, change)
        case "repeal":
            Item.objects.filter(organ=place.organ, validity="in_force").update(validity="repealed", validity_on=f"{YEAR}-11-30")
        case "answer":
            _answer(place)
        case _:
            enter(place, change)


def _answer(place: Office) -> None:
    """The oldest request that is open is answered on the tenth day."""
    case = Request.objects.filter(organ=place.organ, state="open").order_by("received_on").first()
    if case is not None and case.received_on is not None:
        day = datetime.combine(case.received_on + timedelta(days=10), time(10), ZONE)
        act(place.officer, case.pk, "serve_letter", lambda doing: doing.happen("replied", law={"outcome": "granted"}, facts={"reply": "provided"}), at=day)


def state(place: Office) -> tuple[Any, dict[str, Any]]:
    found = compile_year(place.head, place.organ.pk, YEAR, BY_KEY[EDITION])
    return found.report, behind_to_plain(found.behind)


@few
@given(years(EDITION), changes)
def test_what_changed_since_compiling_is_shown_exactly(place: Office, year: Year, then: list[Any]) -> None:
    with undone():
        live(place, year)
        report = reporting.open_report(place.head, place.organ.pk, YEAR, edition=EDITION, at=NOW)
        (before, had), stored = state(place), (report.tables, report.behind)
        for change in then:
            happen(place, change)
        after, has = state(place)
        told_now = {each.key: each for each in working.changed_of(Report.objects.get(pk=report.pk))}
        expected = {
            key_of(cell) for cell in places(BY_KEY[EDITION], BY_KEY[EDITION])
            if printed(before, cell) != printed(after, cell) or _rests(had, key_of(cell)) != _rests(has, key_of(cell))
        }  # fmt: skip

        assert set(told_now) == expected
        for key, each in told_now.items():
            old, new = set(had.get(key, {}).get("ids", ())), set(has.get(key, {}).get("ids", ()))
            if had.get(key, has.get(key, {})).get("source") == has.get(key, had.get(key, {})).get("source"):
                assert (set(each.came), set(each.went)) == (new - old, old - new)
            assert (each.change.change is Change.SAME) == (each.change.a.value == each.change.b.value)
        kept = Report.objects.get(pk=report.pk)
        assert (kept.tables, kept.behind) == stored
        reporting.compile_(place.head, report.pk, at=NOW)
        assert not working.changed_of(Report.objects.get(pk=report.pk))


def _rests(behind: dict[str, Any], key: str) -> tuple[Any, frozenset[int]]:
    found = behind.get(key, {})
    return found.get("source"), frozenset(found.get("ids", ()))


@few
@given(years(EDITION), changes.filter(bool))
def test_what_was_approved_stays_whatever_is_entered_afterwards(place: Office, year: Year, then: list[Any]) -> None:
    with undone():
        live(place, year)
        report = approved(place)
        frozen, digest = report.frozen, report.digest
        for change in then:
            happen(place, change)
        published = reporting.publish(place.approver, report.pk, at=NOW)
        shown = working.printed_of(Report.objects.select_related("organ").get(pk=report.pk))

        assert (published.frozen, published.digest) == (frozen, digest)
        public = Publication.objects.get(report=report).data
        assert _undated(public) == _undated(frozen)
        assert exchange.to_dict(shown) == {**exchange.to_dict(exchange.from_dict(public).report)}


def _undated(data: dict[str, Any]) -> dict[str, Any]:
    """Without the day of publication, which only publishing adds, also to the signature."""
    return {**data, "published": None, "signature": {**data.get("signature", {}), "on": None}}


def approved(place: Office) -> Report:
    report = reporting.open_report(place.head, place.organ.pk, YEAR, edition=EDITION, at=NOW)
    reporting.write(place.head, report.pk, PROSE, based_on=0, at=NOW)
    for each in auditing.audit_of(Report.objects.get(pk=report.pk)).findings:
        if each.severity is Severity.WARNING:
            reporting.explain(place.head, report.pk, auditing.fingerprint(each), reason="核对过，属实。", at=NOW)
    reporting.submit(place.head, report.pk, at=NOW)
    reporting.pass_review(place.legal, report.pk, at=NOW)
    return reporting.approve(place.approver, report.pk, at=NOW)


@few
@given(st.lists(told(EDITION), max_size=12))
def test_a_batch_is_entered_whole_or_not_at_all(place: Office, batch: list[Any]) -> None:
    with undone():
        twice = len({(each.indicator, each.month) for each in batch}) < len(batch)

        assert refused(place, tuple(batch)) == twice
        assert place.organ.figures.count() == (0 if twice else sum(each.value is not None for each in batch))
