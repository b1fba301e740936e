"""正文: the real openings and reports, as far as they are present, against their truth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from gongkai.law.findings import Finding, Severity
from gongkai.report.model import AnnualReport, Section
from gongkai.report.words import Quantity, Words, fee_statement, findings, words
from tests.conftest import needs_shared
from tests.report.words_material import openings, plain, reports

pytestmark = needs_shared
ALARMS = (Severity.ERROR, Severity.WARNING)
TOPICS = ("narrative", "ratio", "percent")
ELSEWHERE = {"narrative.basis_outdated", "narrative.agrees", "narrative.vs_table"}  # for rules that see the tables


def _bare(text: str) -> str:
    return re.sub(r"\s", "", plain(text))


def _sum_key(total: object, parts: Iterable[object]) -> tuple[float, tuple[float, ...]]:
    return float(str(total)), tuple(float(str(part)) for part in parts)


def _share(found: int, wanted: int) -> float:
    return found / wanted if wanted else 1.0


def _said(found: Words, number: dict[str, Any]) -> bool:
    values = number["value"] if isinstance(number["value"], list) else [number["value"]]
    units = plain(number["unit"]).split("/")
    if len(units) < len(values):
        units *= len(values)
    return all(any(_is(quantity, value, unit, number) for quantity in found.quantities) for value, unit in zip(values, units, strict=False))


def _is(quantity: Quantity, value: float, unit: str, number: dict[str, Any]) -> bool:
    quote, words_ = _bare(number["quote"]), _bare(quantity.quote)
    near = words_ in quote or quote in words_ or words_[-4:] in quote or quote[:8] in words_
    return (
        near
        and float(quantity.value) == value
        and quantity.unit == unit
        and quantity.approx == bool(number.get("approx"))
        and (quantity.implicit or not number.get("implicit"))
    )


def test_sums_and_ratios_of_the_openings_are_found(capsys):
    wanted = found_ = given = right = 0
    wrong: list[object] = []
    for key, truth, section in openings():
        said = words([section])
        sums = {_sum_key(s.total.value, (p.value for p in s.parts)): (s.holds, s.exhaustive) for s in said.sums}
        ratios = {(float(r.numerator.value), float(r.denominator.value), str(r.printed)): r.holds for r in said.ratios}
        given += len(said.sums) + len(said.ratios)
        for one in truth.get("sums", ()):
            wanted += 1
            at = _sum_key(one["total"], one["parts"])
            found_ += at in sums
            right += sums.get(at) == (one["holds"], one["exhaustive"])
            wrong += [] if sums.get(at) == (one["holds"], one["exhaustive"]) else [(key, one["total"], sums.get(at))]
        for one in truth.get("ratios", ()):
            wanted += 1
            place = (float(one["numerator"]), float(one["denominator"]), str(one["printed"]))
            found_ += place in ratios
            right += ratios.get(place) == one["holds"]
            wrong += [] if ratios.get(place) == one["holds"] else [(key, place, ratios.get(place))]
    with capsys.disabled():
        print(f"\nsums and ratios: recall {_share(found_, wanted):.3f} ({found_}/{wanted}), named in the truth {_share(found_, given):.3f} of {given}")

    assert wrong == []
    assert _share(right, wanted) >= 0.95


def test_findings_of_the_openings_are_those_of_the_truth(capsys):
    missed: list[object] = []
    alarms: list[object] = []
    wanted = hit = count = 0
    for key, truth, section in openings():
        count += 1
        got = findings(words([section]), AnnualReport(organ=truth["organ"]))
        expected = {(f["code"], f["severity"]) for f in truth["findings"] if f["code"].split(".")[0] in TOPICS}
        expected = {(code, s) for code, s in expected if code not in ELSEWHERE and s in ("error", "warning", "query", "info")}
        told = {(f.code, str(f.severity)) for f in got}
        wanted, hit = wanted + len(expected), hit + len(expected & told)
        missed += [(key, *one) for one in expected - told]
        alarms += [(key, f.sentence()) for f in got if f.severity in ALARMS and (f.code, str(f.severity)) not in expected]
    with capsys.disabled():
        print(f"\nfindings: recall {_share(hit, wanted):.3f} ({hit}/{wanted}), false alarms {len(alarms)} in {count} openings")

    assert missed == []
    assert alarms == []


def test_numbers_named_in_the_openings_are_found():
    missed = [(key, n) for key, truth, section in openings() for n in truth.get("narrative_numbers", ()) if not _said(words([section]), n)]

    assert missed == []


def test_numbers_named_in_the_reports_are_found():
    missed = [(key, n) for key, truth, section in reports() for n in truth["narrative_numbers"] if not _said(words([section]), n)]

    assert missed == []


def test_claims_of_the_shanghai_report_are_those_of_its_table():
    said = {c.checks: c.value for key, _, section in reports() if key.startswith("r03") for c in words([section]).claims if not c.ambiguous}

    assert said == {
        ("narr.received",): 1295,
        ("narr.results_total",): 1191,
        ("narr.carried_over",): 189,
        ("narr.outcome.granted", "narr.outcome.partial"): 208,
        ("narr.outcome.denied",): 20,
        ("narr.outcome.unable",): 564,
        ("narr.outcome.rejected",): 80,
        ("narr.outcome.other",): 319,
    }


def test_reports_raise_no_alarm_on_words_that_hold():
    alarms: list[Finding] = []
    for _, _, section in reports():
        alarms += [f for f in findings(words([_prose(section)])) if f.severity in ALARMS]

    assert alarms == []


def test_fee_statements_of_the_reports_are_understood():
    said = {}
    for key, _, section in reports():
        text = section.prose.plain
        last = text[text.find("其他需要报告的事项") :] if "其他需要报告的事项" in text else ""
        found = fee_statement([Section(6, "", type(section.prose).of(last))])
        said[key[:3]] = None if found is None else int(found.value)

    assert said == {"000": None, "002": None, "003": 0, "004": 0, "r03": 0}


def _prose(section: Section) -> Section:
    """What stands before the tables."""
    text = section.prose.plain
    end = text.find("第二十条第")
    return Section(1, "", type(section.prose).of(text[: end if end > 0 else len(text)]))
