"""Reading: blocks become a report. Split → gather → align → interpret; each stage takes and returns plain values.

Nothing here knows a file format. What cannot be placed with certainty is a doubt, not a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.formats.blocks import Grid, Paragraph
from gongkai.formats.source import Parsed
from gongkai.law.editions import BY_KEY, SECTIONS, Edition, Remedy, Result, edition_for
from gongkai.law.findings import Finding, Place
from gongkai.report.model import AnnualReport, Count, Figure, Row, Section
from gongkai.report.prose import Prose
from gongkai.report.rules import doubts, layout

from .active import ActiveReading, read_active
from .cells import is_page_number, is_value
from .cover import Cover, cover
from .plain import is_traditional, prose
from .remedies import RemediesReading, read_remedies
from .requests import RequestsReading, read_requests
from .split import Copy, split
from .tables import SECTION_OF, Gathered, Table, gather

_OPENING = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]+[）)、.]|[（(]?\d{1,2}[）)、.]|[一二三四五六七八九十]是|#|[-•●])")
_PAGE_INFO = re.compile(  # what a page sets under a title: day, source, clicks, size of type
    r"\s*[\[【(（]?\s*(?:发布(?:时间|日期)|发文(?:时间|日期)|公开日期|信息来源|来源|文章来源|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:次数|量)?|字[体号]|作者|打印)"
    r"\s*[:：]?[^。]{0,70}$"
)
_ENDS = tuple("。！？；：:;.!?”")


@dataclass(frozen=True, slots=True)
class FoundTable:
    """How a table was found: in a grid by its columns, in lines by counting, or not at all."""

    table: str
    how: str  # "grid", "lines", "none"
    at: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says, and every doubt met on the way to it."""

    report: AnnualReport
    doubts: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    tables: tuple[FoundTable, ...] = ()
    encoding: str | None = None
    title_organ: str | None = None
    format: str | None = None  # the kind of file

    @property
    def is_report(self) -> bool:
        """Whether anything of an annual report was found at all."""
        return not any(doubt.rule is doubts.NOT_A_REPORT for doubt in self.doubts)


@dataclass(slots=True)
class _Tables:
    active: ActiveReading
    requests: RequestsReading
    remedies: RemediesReading


def interpret(parsed: Parsed) -> Reading:
    """The reading of a parsed source."""
    copies = split(parsed.blocks)
    main = copies[0]
    gathered = gather(main)
    tables = _tables(gathered)
    end = max((draft.number for draft in main.sections), default=0)
    last = gathered.prose.get(end, [])
    texts = [block.text for blocks in gathered.prose.values() for block in blocks]
    page, behind, cut = cover(main.preamble, last, texts, parsed.title, end == len(SECTIONS))
    remarks: list[Finding] = [*parsed.remarks]
    sections = _sections(main, gathered, behind, cut, remarks)
    met: list[Finding] = []
    for one in (tables.active, tables.requests, tables.remedies):
        met += one.doubts
        remarks += one.remarks
    tables, copied = _agree(copies[1:], tables)
    met += copied
    report = AnnualReport(
        organ=page.organ,
        title=page.title,
        year=page.year,
        edition=_edition(tables, page.year),
        active=MappingProxyType(tables.active.figures),
        applications=MappingProxyType(tables.requests.rows),
        remedies=_by_block(tables.remedies),
        sections=sections,
        signature=page.signature,
        published=page.published,
    )
    met += _missing(report, gathered, tables, page)
    remarks += _about(copies, page, texts, bool(copied))
    return Reading(
        report, tuple(met), tuple(remarks), _found(gathered, tables), parsed.encoding, page.title_organ,
    )


def _tables(gathered: Gathered) -> _Tables:
    blocks = gathered.tables
    exact = all(block.exact for block in blocks[Table.ACTIVE] if isinstance(block, Grid)) and any(
        isinstance(block, Grid) for block in blocks[Table.ACTIVE]
    )
    return _Tables(
        read_active(blocks[Table.ACTIVE], exact), read_requests(blocks[Table.APPLICATIONS]), read_remedies(blocks[Table.REMEDIES])
    )


def _edition(tables: _Tables, year: int | None) -> Edition | None:
    """The edition of the printed tables; the year decides only where no table tells."""
    if tables.active.edition:
        return tables.active.edition
    rows = tables.requests.rows.keys()
    if rows & {"other_no_correction", "other_fee_unpaid", "other_misc"}:
        return BY_KEY["2021"]
    if "other" in rows:
        return BY_KEY["2019"]
    return edition_for(year) if year else None


def _by_block(reading: RemediesReading) -> Mapping[Remedy, Mapping[Result, Count | None]]:
    blocks: dict[Remedy, dict[Result, Count | None]] = {}
    for (remedy, result), number in reading.cells.items():
        blocks.setdefault(remedy, {})[result] = number
    return MappingProxyType({remedy: MappingProxyType(cells) for remedy, cells in blocks.items()})


def _sections(main: Copy, gathered: Gathered, behind: int | None, cut: int | None, remarks: list[Finding]) -> tuple[Section, ...]:
    """The sections in the printed order, the preamble first; wrapped lines joined, the foot of the page cut off."""
    made: list[Section] = []
    opening = [block for block in main.preamble[behind or 0 :] if isinstance(block, Paragraph) and not is_page_number(block.text)]
    if not main.sections:
        return (Section(0, "", prose(joined(opening[: cut if cut is not None else None]))),)
    opening = [block for block in opening if not _PAGE_INFO.match(block.text)]
    if behind is None:
        opening = [block for block in opening if "。" in block.text]
    if opening:
        made.append(Section(0, "", prose(joined(opening))))
    last = max(draft.number for draft in main.sections)
    seen: set[int] = set()
    for draft in main.sections:
        if draft.number in seen:
            continue
        seen.add(draft.number)
        blocks = gathered.prose[draft.number]
        if draft.number == last and cut is not None:
            blocks = blocks[:cut]
        lost = _lost_fifth(draft.number, blocks, main)
        if lost is not None:
            made.append(Section(draft.number, draft.heading.text if draft.heading else "", prose(joined(blocks[:lost]))))
            made.append(Section(5, "", prose(joined(blocks[lost:]))))
            remarks.append(Finding(layout.HEADING_LOST, Place("section5", source=blocks[lost].at or None), {"number": "五"}))
        else:
            made.append(Section(draft.number, draft.heading.text if draft.heading else "", prose(joined(blocks))))
    return tuple(made)


def _lost_fifth(number: int, blocks: Sequence[Paragraph], main: Copy) -> int | None:
    """Where the prose of section five begins inside section four, if its heading is lost."""
    if number != 4 or any(draft.number == 5 for draft in main.sections):
        return None
    return next((index for index, block in enumerate(blocks) if len(block.text) < 60 and "问题" in block.text), None)


def joined(blocks: Sequence[Paragraph]) -> str:
    """Paragraphs as text, lines that were broken to a page's width joined again."""
    texts = [block.text for block in blocks]
    long = [len(text) for text in texts if len(text) > 15]
    if len(long) < 6 or not _is_wrapped(texts, long):
        return "\n".join(texts)
    width = sorted(long)[len(long) * 3 // 4]
    out: list[str] = []
    for text in texts:
        before = out[-1] if out else ""
        line = before.rsplit("\n", 1)[-1]
        if out and not before.endswith(("。", "！", "？")) and not _OPENING.match(text) and len(line) >= width * 0.8:
            out[-1] = before + text
        else:
            out.append(text)
    return "\n".join(out)


def _is_wrapped(texts: Sequence[str], long: Sequence[int]) -> bool:
    """Whether most lines end in the middle of a sentence and are of about one length: set by a page, not by an author."""
    middle = sum(not text.endswith(_ENDS) for text in texts if len(text) > 15)
    width = sorted(long)[len(long) * 3 // 4]
    near = sum(abs(length - width) <= max(4, width * 0.2) for length in long)
    return middle * 2 > len(long) and near * 2 > len(long) and width < 70


def _agree(copies: Sequence[Copy], tables: _Tables) -> tuple[_Tables, list[Finding]]:
    """Hold further copies of the body against the first: they fill what it lacks and unsettle what they contradict."""
    met: list[Finding] = []
    for copy in copies:
        other = _tables(gather(copy))
        for name, row in other.requests.rows.items():
            mine = tables.requests.rows.get(name)
            tables.requests.rows[name] = row if mine is None else _merge_row(name, mine, row, met)
        for cell, figure in other.active.figures.items():
            own = tables.active.figures.get(cell)
            if own is None or (own.value is None and not _doubted(tables.active.doubts, "active", cell)):
                tables.active.figures[cell] = figure
            elif figure.value is not None and own.value != figure.value:
                met.append(_differ(Place("active", cell), own.value, figure.value))
                tables.active.figures[cell] = Figure(None, own.unit)
        for slot, number in other.remedies.cells.items():
            held = tables.remedies.cells.get(slot)
            if slot not in tables.remedies.cells or held is None:
                tables.remedies.cells[slot] = number
            elif number is not None and number != held:
                met.append(_differ(Place("remedies", slot[0].value, slot[1].value), held, number))
                tables.remedies.cells[slot] = None
    return tables, met


def _doubted(found: Iterable[Finding], part: str, row: str) -> bool:
    return any(doubt.where.part == part and doubt.where.row == row for doubt in found)


def _merge_row(name: str, mine: Row, theirs: Row, met: list[Finding]) -> Row:
    merged: list[Count | None] = []
    for one, two in zip(mine, theirs, strict=True):
        if one is not None and two is not None and one != two:
            met.append(_differ(Place("applications", name), one, two))
            merged.append(None)
        else:
            merged.append(one if one is not None else two)
    return tuple(merged)


def _differ(place: Place, first: object, second: object) -> Finding:
    return Finding(doubts.COPIES_DIFFER, place, {"first": first, "second": second})


def _missing(report: AnnualReport, gathered: Gathered, tables: _Tables, page: Cover) -> list[Finding]:
    """Doubts about what was not obtained at all."""
    met: list[Finding] = []
    got = {Table.ACTIVE: bool(report.active), Table.APPLICATIONS: bool(report.applications), Table.REMEDIES: bool(report.remedies)}
    for table, there in got.items():
        section = report.section(SECTION_OF[table])
        if there:
            continue
        if gathered.pictures[table] and section:
            met.append(Finding(doubts.PICTURE, Place(table.value, source=gathered.pictures[table][0].at or None), {"table": table.label}))
        elif any(isinstance(block, Grid) and _has_numbers(block) for block in gathered.tables[table]):
            met.append(Finding(doubts.NO_TABLE, Place(table.value), {"table": table.label}))
    if not page.title and not any(section.number for section in report.sections) and not any(got.values()):
        return [Finding(doubts.NOT_A_REPORT, Place())]
    if report.year is None:
        met.append(Finding(doubts.NO_YEAR, Place("title")))
    if report.organ is None:
        met.append(Finding(doubts.NO_ORGAN, Place("title")))
    return met


def _has_numbers(grid: Grid) -> bool:
    return any(is_value(cell.text) for row in grid.rows for cell in row)


def _about(copies: Sequence[Copy], page: Cover, texts: Sequence[str], differ: bool) -> list[Finding]:
    """Remarks on the document as a whole."""
    remarks: list[Finding] = []
    if len(copies) > 1:
        agree = ("两遍数值有出入", "they differ in places") if differ else ("数值一致", "their values agree")
        remarks.append(Finding(layout.DUPLICATED_BODY, Place(), {"times": len(copies), "agree": agree[0], "agree_en": agree[1]}))
    if is_traditional("".join(texts[:40])):
        remarks.append(Finding(layout.TRADITIONAL, Place()))
    if page.lines > 1:
        remarks.append(Finding(layout.TITLE_WRAPPED, Place("title"), {"lines": page.lines}))
    return remarks


def _found(gathered: Gathered, tables: _Tables) -> tuple[FoundTable, ...]:
    ways = {Table.ACTIVE: tables.active.how, Table.APPLICATIONS: tables.requests.how, Table.REMEDIES: tables.remedies.how}
    return tuple(
        FoundTable(table.value, how, gathered.tables[table][0].at if gathered.tables[table] else "") for table, how in ways.items()
    )


__all__ = ["FoundTable", "Prose", "Reading", "interpret"]
