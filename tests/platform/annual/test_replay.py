"""Replay: an organ's year entered as it happened gives its published tables, cell by cell (the truth stands beside the project)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.editions import BY_KEY, Applicant, Remedy, Result
from gongkai.platform.annual import prose, tokens
from gongkai.platform.annual.actions import entering, reporting
from gongkai.platform.annual.models import Report
from gongkai.platform.annual.queries import auditing
from gongkai.platform.annual.queries.figures import ledger_of
from gongkai.platform.cases.models import Remedy as RemedyRow
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.recording import Doing, act
from gongkai.platform.demo.figures import EDITION, told
from gongkai.report.identities import State, assess
from tests.conftest import ROOT
from tests.platform.cases.factories import Office, at, entered, office

TRUTH = ROOT.parent / "shared" / "reports" / "truth"
FILES = {
    ("division-11", 2023): "000_232c0508422b9002.json", ("xinkailing", 2021): "002_60306489c46ed4d0.json",
    ("shule", 2023): "003_9b15c16881e266a5.json", ("hotan-affairs", 2023): "004_c5a853553518463f.json",
}  # fmt: skip
SHULE = (("granted", "provided"), ("granted", "provided"), ("granted", "told_where"), ("partial", "partial"), ("partial", "partial"), ("unable_not_held", "not_existing"))

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not TRUTH.is_dir(), reason="没有 ../shared/reports/truth（no truth files beside the project）")]


def truth(slug: str, year: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(TRUTH / FILES[slug, year]).read_text(encoding="utf-8"))
    return found


def replayed(slug: str, year: int) -> tuple[Office, Report]:
    """The organ's year, entered; its report begun."""
    place = office(slug)
    when = at(f"{year + 1}-01-08")
    entering.enter(place.head, place.organ.pk, year, told(slug, year), at=when)
    if slug == "shule":
        for month, (outcome, reply) in enumerate(SHULE, start=2):
            case = entered(place, on=f"2023-{month:02}-06")
            act(place.officer, case.pk, "serve_letter", partial(replied, outcome, reply), at=at(f"2023-{month:02}-16"))
        RemedyRow.objects.create(
            organ=place.organ, number="2023-1", kind="reconsideration", body="喀什地区行政公署", sealed=b"", filed_on=date(2023, 9, 4),
            ended_on=date(2023, 10, 30), result="other", judgment="withdrawn", registered_at=at("2023-09-04"),
        )  # fmt: skip
    return place, reporting.open_report(place.head, place.organ.pk, year, edition=EDITION[slug, year], at=when)


def replied(outcome: str, reply: str, doing: Doing) -> None:
    doing.happen("replied", law={"outcome": outcome}, facts={"reply": reply})


def expected(value: Any) -> Any:
    """A blank of the published file is printed as 0 by us: nothing was received, and we know it."""
    return 0 if value is None else Decimal(str(value))


@pytest.mark.parametrize(("slug", "year"), list(FILES), ids=[slug for slug, _ in FILES])
def test_every_cell_is_as_published(slug: str, year: int) -> None:
    _place, report = replayed(slug, year)
    compiled, published = auditing.tables_of(report), truth(slug, year)
    edition = BY_KEY[published["format"]]

    assert report.edition == published["format"]
    for cell in edition.active_cells():
        assert Decimal(str(compiled.figure(cell.key))) == expected(published["active"][cell.key]["value"]), cell.key
    for row in edition.requests:
        assert [Decimal(compiled.application(row.key, kind) or 0) for kind in Applicant] == [expected(each) for each in published["applications"][row.key]], row.key
    for block in Remedy:
        for result in Result:
            assert compiled.remedy(block, result) == expected(published["remedies"][block.value][result.value]), (block, result)


@pytest.mark.parametrize(("slug", "year"), list(FILES), ids=[slug for slug, _ in FILES])
def test_every_figure_opens_as_many_records_as_it_says_and_every_identity_holds(slug: str, year: int) -> None:
    _place, report = replayed(slug, year)
    compiled = auditing.tables_of(report)

    assert all(check.state is not State.FAILS for check in assess(compiled))
    for key, behind in (report.behind or {}).items():
        part, row, *column = key.split(".")
        if part == "applications":
            assert len(behind["ids"]) == compiled.application(row, Applicant(column[0]))
            assert Request.objects.filter(pk__in=behind["ids"]).count() == len(behind["ids"])
        elif part == "remedies":
            assert len(behind["ids"]) == compiled.remedy(Remedy(row), Result(column[0]))


SAID = {
    "division-11": ("{{published.site}} {{published.new_media}} {{policies}} {{interpretations}}", "2194 3804 51 57"),
    "xinkailing": ("{{published.site}} {{published.wechat}} {{reads.wechat}}", "115 2104 420000"),
    "shule": (
        "{{published}} {{published.site}} {{published.site_news}} {{published.site_information}} {{published.new_media}} {{published.broadcast}} {{published.board}} "
        "{{messages_pushed}} {{mailbox_received}} {{rate:mailbox_done/mailbox_received}} {{hotline_received}} {{hotline_help}} {{hotline_report}} {{hotline_complaint}} "
        "{{hotline_enquiry}} {{hotline_suggestion}} {{hotline_praise}} {{hotline_other}} {{rate:hotline_signed/hotline_received}} {{rate:hotline_done/hotline_received}} "
        "{{requests.new_received}} {{remedies.reconsideration.other}} {{fee}}",
        "8900余 1800余 800余 1000余 1700余 1900余 3500余 94 48 100 12102 9582 847 925 511 107 118 12 100 100 6 1 0",
    ),
    "hotan-affairs": ("{{published}} {{requests.new_received}} {{fee}}", "2 0 0"),
}


@pytest.mark.parametrize(("slug", "year"), list(FILES), ids=[slug for slug, _ in FILES])
def test_the_tokens_give_the_figures_of_the_prose(slug: str, year: int) -> None:
    place, report = replayed(slug, year)
    said = tokens.filled(SAID[slug][0], auditing.knowledge_of(report))

    assert said == tokens.Filled(SAID[slug][1], ())
    assert not ledger_of(place.head, place.organ.pk, year).differing
    offered = [each.text for each in prose.suggested(auditing.knowledge_of(report))]
    typed = {found for text in offered for found in re.findall(r"\d+", re.sub(r"\{\{[^}]+\}\}|1月1日至12月31日", "", text))}
    assert typed == ({"12345"} if slug == "shule" else set())  # 数都是记号，只有热线的号码不是


def test_what_gongkai_did_not_count_and_nobody_entered_is_blank_not_zero() -> None:
    place = office()
    report = reporting.open_report(place.head, place.organ.pk, 2023, edition="2021", at=at("2024-01-05"))
    compiled = auditing.tables_of(report)

    assert compiled.figure("licensing_decisions") is None
    assert compiled.application("new_received", Applicant.NATURAL) == 0
    assert tokens.filled("{{published}}条、{{ oops }}、{{Nothing}}", auditing.knowledge_of(report)) == tokens.Filled(
        "{{published}}条、{{ oops }}、{{Nothing}}", ("published", "oops", "{{Nothing}}")
    )


def test_a_figure_corrected_later_is_seen_beside_what_was_compiled() -> None:
    place, report = replayed("shule", 2023)
    entering.enter(place.head, place.organ.pk, 2023, [replace(told("hotan-affairs", 2023)[8], value=Decimal(53), reason="漏报一件")], at=at("2024-01-20"))
    again = reporting.compile_(place.head, report.pk, at=at("2024-01-21"))

    assert auditing.tables_of(report).figure("coercion_decisions") == 52
    assert auditing.tables_of(again).figure("coercion_decisions") == 53
    assert re.fullmatch("[0-9a-f]{64}", again.steps.get(number=again.steps_taken).facts["tables"])
