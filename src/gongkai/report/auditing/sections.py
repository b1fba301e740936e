"""Findings on the six sections: missing, out of order, without what they must report (条例第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.editions import EDITION_2021, EDITIONS, SECTIONS
from gongkai.law.findings import Finding, Place
from gongkai.report.rules.document import (
    FEE_MISSING,
    HEADING_VARIANT,
    SECTION_MISSING,
    SECTION_ORDER,
    SECTION_RENUMBERED,
    STRUCTURE,
    TABLES_MISSING,
)
from gongkai.report.rules.doubts import NO_TABLE
from gongkai.report.words import fee_statement

from .case import Case

NUMERALS = "一二三四五六"
_NUMBER = re.compile(r"^[\s（(]*([一二三四五六七八九十]{1,3})[）)]?\s*[、.．,，\s)）]\s*")
_SPACE = re.compile(r"[\s　]+")
_TITLE = re.compile(r"政府信息公开工作年度报告$")

SUBHEADING = re.compile(r"(?:^|[\n。;； ])\s*[(（][一二三四五六七八九十]{1,2}[)）]\s*([^。:：\n]{2,40})")
# Sub-headings that speak of an aspect, and words of the text that show it was not forgotten.
ASPECTS: tuple[tuple[str, str, re.Pattern[str], re.Pattern[str]], ...] = (
    ("主动公开", "proactive disclosure", re.compile("公开"), re.compile("主动公开|公开政府信息|公开信息|发布信息")),
    ("依申请公开", "disclosure on request", re.compile("申请"), re.compile("申请")),
    (
        "政府信息管理", "information management",
        re.compile("信息(?:资源)?(?:的)?(?:规范|动态)?管理|管理制度|制度(?:规范|建设|机制)|审[查核]|信息发布管理|规范管理|源头"),
        re.compile("(?:政府|政务)信息(?:公开)?(?:资源)?(?:的)?(?:规范化?)?管理"),
    ),
    ("政府信息公开平台建设", "the platform", re.compile("平台|网站|载体|渠道|新媒体|专栏|阵地"), re.compile("平台|门户网站|公众号|新媒体")),
    (
        "监督保障", "supervision and safeguards",
        re.compile("监督|监管|保障|考核|培训|评议|追究|督[查导促]|检查"),
        re.compile("监督保障|监督考核|监督检查|工作考核|绩效考核|社会评议|责任追究|业务培训|教育培训|专题培训"),
    ),
)


def findings(case: Case) -> Iterator[Finding]:
    """What the sections lack; nothing is concluded from a source that ends early."""
    report = case.report
    numbers = [section.number for section in report.sections if section.number]
    due = report.year is None or report.year >= EDITIONS[0].first_year
    if not numbers or not due:
        return
    yield from _missing(case, set(numbers))
    yield from _order(numbers)
    if not case.traditional:
        yield from _headings(case)
    yield from _tables(case, set(numbers))
    if report.year is not None and EDITION_2021.is_for(report.year):
        yield from _structure(case)
        yield from _fee(case)


def _missing(case: Case, numbers: set[int]) -> Iterator[Finding]:
    tables = {2: case.report.active, 3: case.report.applications, 4: case.report.remedies}
    last = len(SECTIONS) if case.complete else min(max(numbers), len(SECTIONS))
    torn = case.report.title is None and not case.report.section(0)  # the source begins in the middle of the report
    for number in range(min(numbers) if torn else 1, last + 1):
        if number not in numbers and not tables.get(number):
            facts = {"number": NUMERALS[number - 1], "heading": SECTIONS[number - 1]}
            yield Finding(SECTION_MISSING, Place(f"section{number}"), facts)


def _order(numbers: list[int]) -> Iterator[Finding]:
    if numbers != sorted(numbers):
        order = "、".join(NUMERALS[number - 1] for number in numbers if number <= len(NUMERALS))
        yield Finding(SECTION_ORDER, Place(), {"order": order})


def _headings(case: Case) -> Iterator[Finding]:
    for section in case.report.sections:
        if not 1 <= section.number <= len(SECTIONS) or not section.heading:
            continue
        printed = _NUMBER.match(section.heading)
        due = NUMERALS[section.number - 1]
        words = _SPACE.sub("", section.heading[printed.end() :] if printed else section.heading).strip("：:。")
        if printed and printed[1] != due:
            facts = {"heading": words, "due": due}
            yield Finding(SECTION_RENUMBERED, Place(f"section{section.number}", quote=section.heading), facts)
        form = SECTIONS[section.number - 1]
        if words and not _alike(words).startswith(_alike(form)):  # what follows on the line is prose
            facts = {"printed": words, "form": form}
            yield Finding(HEADING_VARIANT, Place(f"section{section.number}"), facts)
    title = _SPACE.sub("", case.report.title or "").strip("》”")
    if title and title.endswith("报告") and not _TITLE.search(title):
        cut = re.search(r"(?:政府|政务)?信息公开.*$|政务公开.*$", title)
        yield Finding(HEADING_VARIANT, Place("title"), {"printed": cut[0] if cut else title, "form": "政府信息公开工作年度报告"})


def _alike(words: str) -> str:
    """Headings compared without the signs between their words."""
    return re.sub(r"[、,，和与及\s]", "", words)


def _tables(case: Case, numbers: set[int]) -> Iterator[Finding]:
    """Sections 二 to 四 whose table was not obtained."""
    report = case.report
    unreadable = {doubt.where.part for doubt in case.doubts if doubt.rule is NO_TABLE}
    parts = ((2, "active", report.active), (3, "applications", report.applications), (4, "remedies", report.remedies))
    last = max(numbers)
    missing = [
        (number, part) for number, part, table in parts
        if not table and number in numbers and part not in unreadable and (number < last or case.complete)
    ]
    if missing:
        names = {"active": "表二", "applications": "表三", "remedies": "表四"}
        facts = {"tables": "、".join(names[part] for _, part in missing), "tables_en": ", ".join(part for _, part in missing)}
        first, *further = (Place(part) for _, part in missing)
        yield Finding(TABLES_MISSING, first, facts, tuple(further))


def _structure(case: Case) -> Iterator[Finding]:
    """The five aspects of section 一, by its sub-headings (国办公开办函〔2021〕30号)."""
    text = case.plain.get(1, "")
    subheadings = SUBHEADING.findall(text)
    if not case.complete or len(subheadings) < 2:  # of a part of a report it cannot be said what is missing
        return
    missing = [
        (zh, en) for zh, en, in_heading, in_text in ASPECTS
        if not any(in_heading.search(heading) for heading in subheadings) and not in_text.search(text)
    ]
    if missing:
        facts = {"missing": "、".join(f"“{zh}”" for zh, _ in missing), "missing_en": ", ".join(en for _, en in missing)}
        yield Finding(STRUCTURE, Place("section1"), facts)


def _fee(case: Case) -> Iterator[Finding]:
    """收取信息处理费情况 belongs in section six; a statement elsewhere is heard too."""
    section = case.report.section(6)
    if section is None or (not section.prose.plain.strip() and not case.complete) or case.scope.complete is False:
        return
    if fee_statement(case.report.sections) is None:
        yield Finding(FEE_MISSING, Place("section6"))
