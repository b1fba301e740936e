"""Whatever a report says, the audit answers: no crash, every sentence can be said, blanks never become errors."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.editions import EDITIONS, Applicant, Remedy, Result
from gongkai.law.findings import Severity
from gongkai.report.audit import audit
from gongkai.report.auditing.labels import place_label
from gongkai.report.exchange import finding_to_dict
from gongkai.report.model import AnnualReport, Section
from gongkai.report.prose import Prose
from tests.report.builders import blank_report, report_2023
from tests.report.test_exchange import reports

words = st.lists(
    st.sampled_from([
        "2023年", "2022年", "(一)主动公开", "收到申请", "6件", "。", ",", "其中", "我局", "我镇", "行政复议", "未收取信息处理费", "《", "》",
        "国办公开办函〔2019〕60号", "下一步", "将", "截至", "12月31日", "1月1日", "20231月1日", "XX", "\n", "万", "余", "%",
    ]),
    max_size=40,
).map("".join)


@st.composite
def worded(draw: st.DrawFn) -> AnnualReport:
    """Any report, with words that rules listen for."""
    sections = draw(st.lists(st.builds(Section, st.integers(0, 9), words, st.builds(Prose.of, words)), max_size=8))
    return replace(draw(reports()), sections=tuple(sections), title=draw(words), organ=draw(st.none() | words))


@given(worded(), st.none() | worded())
def test_every_report_can_be_audited(report: AnnualReport, previous: AnnualReport | None) -> None:
    result = audit(report, previous=previous)

    for finding in result.findings:
        assert json.dumps(finding_to_dict(finding))
        assert place_label(finding.where)
    assert set(result.checks.values()) <= {"holds", "fails", "not_assessable"}


@given(st.sampled_from(EDITIONS), st.integers(2019, 2030), st.data())
def test_blank_cells_are_never_an_error(edition: object, year: int, data: st.DataObject) -> None:
    report = replace(blank_report(next(e for e in EDITIONS if e is edition)), year=year)
    row = data.draw(st.sampled_from(sorted(report.applications)))
    kept = tuple(data.draw(st.none() | st.integers(0, 5)) for _ in Applicant)
    report = replace(report, applications={**report.applications, row: (*kept[:-1], None)})

    errors = {f.code for f in audit(report).findings if f.severity is Severity.ERROR}

    assert errors <= {"template.outdated"}


@given(st.sampled_from(Remedy), st.sampled_from(Result), st.none() | st.integers(0, 10**6))
def test_one_cell_of_table_four_never_troubles_the_others(block: Remedy, result: Result, value: int | None) -> None:
    report = report_2023()
    changed = replace(report, remedies={**report.remedies, block: {**report.remedies[block], result: value}})

    checks = audit(changed).checks

    assert {name for name, state in checks.items() if state != "holds"} - {"narr.reconsideration", "narr.litigation"} <= {f"rem.total.{block}"}
