"""A report in a few lines for a person: what was read, what is in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongkai.formats import Reading
from gongkai.law.editions import Applicant, Remedy, Result, RowRole
from gongkai.law.findings import Language
from gongkai.report.auditing.labels import TABLES, TABLES_EN, figure
from gongkai.report.checks import checks

_HOW = {"zh": {"grid": "表格", "lines": "逐行文字", "none": "未取得"}, "en": {"grid": "grid", "lines": "lines", "none": "not obtained"}}


def summary(name: str, reading: Reading, language: Language) -> Iterator[str]:
    """The report of one file."""
    report, zh = reading.report, language == "zh"
    edition = report.edition.key if report.edition else "?"
    yield name
    yield (f"  {report.organ or '机关不详'}　{report.year or '年度不详'}年度　{edition}年格式" if zh
           else f"  {report.organ or 'organ unknown'}, {report.year or 'year unknown'}, form of {edition}")
    labels = TABLES if zh else TABLES_EN
    for table in reading.tables:
        yield f"  {labels[table.table]}：{_HOW['zh'][table.how]}" if zh else f"  {labels[table.table]}: {_HOW['en'][table.how]}"
    rows = (RowRole.NEW, RowRole.CARRIED_OVER, RowRole.TOTAL, RowRole.CARRIED_FORWARD)
    new, over, total, forward = (figure(report.application(row.value, Applicant.TOTAL)) for row in rows)
    cases = [figure(report.remedy(block, Result.TOTAL)) for block in Remedy]
    yield (f"  新收{new}，上年结转{over}，办结{total}，结转下年度{forward}；行政复议{cases[0]}，行政诉讼{cases[1]}、{cases[2]}" if zh
           else f"  new {new}, carried over {over}, finished {total}, carried forward {forward}; remedies {', '.join(cases)}")
    states = Counter(checks(report, doubts=reading.doubts).values())
    yield (f"  勾稽关系：成立{states['holds']}，不成立{states['fails']}，无法判断{states['not_assessable']}" if zh
           else f"  identities: {states['holds']} hold, {states['fails']} fail, {states['not_assessable']} not assessable")
    for doubt in reading.doubts:
        yield f"  ? {doubt.sentence(language)}"
