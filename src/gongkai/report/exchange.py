"""The annual report as plain values for JSON, and back: the keys are those that the project publishes.

A blank or absent cell is null, never 0; numbers are as printed. Loading is strict about tables and tolerant
about keys it does not know, which it remarks on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from gongkai.law.editions import BY_KEY, Applicant, Edition, Remedy, Result
from gongkai.law.findings import Finding, Language, Place, Rule, Severity

from .identities import requests_edition
from .model import BLANK_ROW, AnnualReport, Count, Figure, Row, Section, Signature
from .prose import Prose
from .rules.document import UNKNOWN_KEY

Plain = dict[str, object]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
MOST_DIGITS = 1_000

REPORT_KEYS = ("organ", "title", "year", "format", "active", "applications", "remedies")
OTHER_KEYS = ("sections", "signature", "published", "doubts", "source", "checks")
TOTAL_KEYS = ("parts", "cannot_add", "scope")  # of an aggregate
TRUTH_KEYS = ("file", "side", "title_raw", "format_note", "narrative_numbers", "findings", "holds", "layout")


class Malformed(ValueError):
    """Data that is no report of ours. `key` says where; the message is one line, in Chinese; `en` the same in English."""

    def __init__(self, key: str, zh: str, en: str) -> None:
        super().__init__(f"{key}：{zh}")
        self.key = key
        self.zh = f"{key}：{zh}"
        self.en = f"{key}: {en}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report from plain values, with the doubts that were kept with it and remarks on keys not known."""

    report: AnnualReport
    doubts: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()


def is_report(data: object) -> bool:
    """Whether plain values look like a report of ours: the three tables are named."""
    return isinstance(data, Mapping) and {"active", "applications", "remedies"} <= data.keys()


# ── to plain values ──────────────────────────────────────────────────────────────────────────────────────


def to_dict(
    report: AnnualReport,
    doubts: Iterable[Finding] = (),
    checks: Mapping[str, str] | None = None,
    source: Mapping[str, object] | None = None,
) -> Plain:
    """The report with exactly the published keys; every row of the printed edition is present."""
    signature = report.signature
    return {
        "organ": report.organ,
        "title": report.title,
        "year": report.year,
        "format": report.edition.key if report.edition else None,
        "active": _active(report),
        "applications": _applications(report),
        "remedies": {
            block.value: {result.value: number(report.remedy(block, result)) for result in Result} for block in Remedy
        },
        "sections": [
            {"number": section.number, "heading": section.heading, "text": section.prose.text}
            for section in report.sections
        ],
        "signature": {"organ": signature.organ, "on": signature.on.isoformat() if signature.on else None},
        "published": report.published.isoformat() if report.published else None,
        "doubts": [finding_to_dict(doubt) for doubt in doubts],
        "source": dict(source or {}),
        "checks": dict(checks or {}),
    }


def number(value: Count | None) -> int | float | str | None:
    """The number as JSON has it; as text only where a JSON number would lose digits."""
    if value is None or isinstance(value, int):
        return value
    if abs(value.adjusted()) > MOST_DIGITS:
        return str(value)  # no count or amount: kept, but never written out
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else format(value, "f")


def _active(report: AnnualReport) -> Plain:
    edition = report.edition
    units = {cell.key: cell.unit for cell in edition.active_cells()} if edition else {}
    keys = [*units, *(key for key in report.active if key not in units)]
    return {key: _figure(report.active.get(key, Figure(None, units.get(key, "")))) for key in keys}


def _figure(figure: Figure) -> Plain:
    plain: Plain = {"value": number(figure.value), "unit": figure.unit}
    if figure.raw is not None:
        plain["raw"] = figure.raw
    if figure.note is not None:
        plain["note"] = figure.note
    return plain


def _applications(report: AnnualReport) -> Plain:
    edition = requests_edition(report) if report.edition or report.applications else None
    rows = [row.key for row in edition.requests] if edition else []
    keys = [*rows, *(key for key in report.applications if key not in rows)]
    return {key: [number(value) for value in report.applications.get(key, BLANK_ROW)] for key in keys}


def finding_to_dict(finding: Finding) -> Plain:
    """A finding with its place, its sentences and its advice."""
    advice = finding.rule.advice
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "where": ",".join(str(place) for place in (finding.where, *finding.also)),
        "quote": finding.where.quote,
        "at": finding.where.source,
        "zh": finding.sentence("zh"),
        "en": finding.sentence("en"),
        "basis": finding.rule.basis,
        "advice": {language: text.format_map(finding.facts) for language, text in advice.items()},
    }


# ── from plain values ────────────────────────────────────────────────────────────────────────────────────


def from_dict(data: object, prose: Callable[[str], Prose] = Prose.of) -> Loaded:
    """The report that plain values state; `prose` makes plain text for matching from the text of a section."""
    if not isinstance(data, Mapping):
        raise Malformed("report", "应为一个对象", "expected an object")
    if not is_report(data):
        raise Malformed("report", "缺少 active、applications、remedies 三个键", "active, applications, remedies missing")
    edition = _edition(data.get("format"))
    report = AnnualReport(
        organ=_text(data, "organ"),
        title=_text(data, "title"),
        year=_year(data.get("year")),
        edition=edition,
        active=MappingProxyType(dict(_load_active(_mapping(data, "active")))),
        applications=MappingProxyType(dict(_load_applications(_mapping(data, "applications")))),
        remedies=MappingProxyType(dict(_load_remedies(_mapping(data, "remedies")))),
        sections=tuple(_load_sections(data.get("sections"), prose)),
        signature=_load_signature(data.get("signature")),
        published=_day(data.get("published"), "published"),
    )
    return Loaded(report, tuple(_load_doubts(data.get("doubts"))), tuple(_unknown_keys(data)))


def _unknown_keys(data: Mapping[str, object]) -> Iterator[Finding]:
    known = {*REPORT_KEYS, *OTHER_KEYS, *TOTAL_KEYS, *TRUTH_KEYS}
    for key in data:
        if key not in known:
            yield Finding(UNKNOWN_KEY, Place(quote=str(key)), {"key": key})


def _edition(value: object) -> Edition | None:
    if value is None:
        return None
    if isinstance(value, str) and value in BY_KEY:
        return BY_KEY[value]
    known = "、".join(BY_KEY)
    raise Malformed("format", f"应为 {known} 之一，实为 {value!r}", f"expected one of {known}, found {value!r}")


def _year(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2999):
        return value
    raise Malformed("year", f"应为四位年份，实为 {value!r}", f"expected a year, found {value!r}")


def _day(value: object, key: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]  # anything but text is told below
    except (TypeError, ValueError):
        raise Malformed(key, f"应为 2024-01-31 形式的日期，实为 {value!r}", f"expected a date, found {value!r}") from None


def _text(data: Mapping[str, object], key: str, under: str = "") -> str | None:
    value = data.get(key)
    if value is None or isinstance(value, str):
        return value
    raise Malformed(under + key, f"应为文字，实为 {value!r}", f"expected text, found {value!r}")


def _mapping(data: Mapping[str, object], key: str, under: str = "") -> Mapping[str, object]:
    value = data[key]
    if isinstance(value, Mapping):
        return value
    raise Malformed(under + key, "应为一个对象", "expected an object")


def _items(value: object, key: str) -> Collection[Mapping[str, object]]:
    if value is None:
        return ()
    if isinstance(value, list | tuple) and all(isinstance(item, Mapping) for item in value):
        return value
    raise Malformed(key, "应为对象的列表", "expected a list of objects")


def _count(value: object, key: str) -> Count | None:
    """An integer, an exact decimal, or nothing; never a guess."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    try:
        decimal = Decimal(repr(value) if isinstance(value, float) else value)  # type: ignore[arg-type]
    except (InvalidOperation, TypeError, ValueError):
        raise Malformed(key, f"应为数或 null，实为 {value!r}", f"expected a number or null, found {value!r}") from None
    if isinstance(value, bool) or not decimal.is_finite():
        raise Malformed(key, f"应为数或 null，实为 {value!r}", f"expected a number or null, found {value!r}")
    return decimal


_ACTIVE_CELLS = {cell.key: cell for edition in BY_KEY.values() for cell in edition.active_cells()}
_REQUEST_ROWS = frozenset(row.key for edition in BY_KEY.values() for row in edition.requests)


def _load_active(data: Mapping[str, object]) -> Iterator[tuple[str, Figure]]:
    for key, cell in data.items():
        if key not in _ACTIVE_CELLS:
            raise Malformed(f"active.{key}", "表二没有这一格", "no such cell in the table of section two")
        if not isinstance(cell, Mapping) or "value" not in cell:
            raise Malformed(f"active.{key}", "应为含 value、unit 的对象", "expected an object with value and unit")
        under = f"active.{key}."
        unit = _text(cell, "unit", under) or _ACTIVE_CELLS[key].unit
        value = _count(cell["value"], f"{under}value")
        yield key, Figure(value, unit, _text(cell, "raw", under), _text(cell, "note", under))


def _load_applications(data: Mapping[str, object]) -> Iterator[tuple[str, Row]]:
    width = len(Applicant)
    for key, row in data.items():
        if key not in _REQUEST_ROWS:
            raise Malformed(f"applications.{key}", "表三没有这一行", "no such row in the table of section three")
        if not isinstance(row, list | tuple) or len(row) != width:
            found = len(row) if isinstance(row, list | tuple) else type(row).__name__
            zh, en = f"应为 {width} 个数的列表，实为 {found}", f"expected a list of {width} numbers, found {found}"
            raise Malformed(f"applications.{key}", zh, en)
        yield key, tuple(
            _count(value, f"applications.{key}.{kind.value}") for kind, value in zip(Applicant, row, strict=True)
        )


def _load_remedies(data: Mapping[str, object]) -> Iterator[tuple[Remedy, Mapping[Result, Count | None]]]:
    for key in data:
        if key not in set(Remedy):
            raise Malformed(f"remedies.{key}", "表四没有这一栏", "no such block in the table of section four")
        block = _mapping(data, key, "remedies.")
        for result in block:
            if result not in set(Result):
                raise Malformed(f"remedies.{key}.{result}", "表四没有这一列", "no such column in the table of section four")
        numbers = {result: _count(block.get(result), f"remedies.{key}.{result.value}") for result in Result}
        yield Remedy(key), MappingProxyType(numbers)


def _load_sections(value: object, prose: Callable[[str], Prose]) -> Iterator[Section]:
    for index, section in enumerate(_items(value, "sections")):
        under = f"sections[{index}]."
        position = section.get("number")
        if not isinstance(position, int) or isinstance(position, bool) or not 0 <= position <= 99:
            raise Malformed(f"{under}number", f"应为部分的序号，实为 {position!r}", f"expected a section number, found {position!r}")
        text = _text(section, "text", under) or ""
        yield Section(position, _text(section, "heading", under) or "", prose(text))


def _load_signature(value: object) -> Signature:
    if value is None:
        return Signature()
    if not isinstance(value, Mapping):
        raise Malformed("signature", "应为含 organ、on 的对象", "expected an object with organ and on")
    return Signature(_text(value, "organ", "signature."), _day(value.get("on"), "signature.on"))


def _load_doubts(value: object) -> Iterator[Finding]:
    """Doubts as they were said: their sentences were made when they were met."""
    for index, doubt in enumerate(_items(value, "doubts")):
        under = f"doubts[{index}]."
        says = {language: _literal(_text(doubt, language, under) or "") for language in LANGUAGES}
        severity = doubt.get("severity") or Severity.QUERY.value
        if severity not in set(Severity):
            raise Malformed(f"{under}severity", f"不认识的级别 {severity!r}", f"unknown severity {severity!r}")
        rule = Rule(
            _text(doubt, "code", under) or "doubt", Severity(str(severity)), _text(doubt, "basis", under) or "",
            says, _load_advice(doubt.get("advice"), under),
        )
        first, *further = _places(doubt, under)
        yield Finding(rule, first, also=tuple(further))


def _load_advice(value: object, under: str) -> Mapping[Language, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        raise Malformed(f"{under}advice", "应为各语言的文字", "expected text by language")
    return {language: _literal(value[language]) for language in LANGUAGES if language in value}


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _places(doubt: Mapping[str, object], under: str) -> list[Place]:
    where = _text(doubt, "where", under) or "document"
    quote, source = _text(doubt, "quote", under), _text(doubt, "at", under)
    places = []
    for name in where.split(","):
        part, *keys = name.split(".")
        row, column = (*keys, None, None)[:2]
        places.append(Place(part, row, column, quote, source))
    return places
