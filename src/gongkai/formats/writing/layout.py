"""A report laid out: title, preamble, six sections, three tables, signature, as plain parts in reading order.

Every writer prints these parts and nothing else, so that all formats say the same (年度报告格式).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.formats.blocks import NO_CELL, Block, Cell, Grid, Paragraph
from gongkai.law.editions import SECTIONS
from gongkai.report.model import AnnualReport

from .tables import Table, active, applications, remedies

NUMERALS = "一二三四五六"
TABLE_OF = {2: active, 3: applications, 4: remedies}


@dataclass(frozen=True, slots=True)
class About:
    """A line above the title: what the title and the signature do not say (机关、年度、发布日期)."""

    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """The report's title."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading, as printed or the form's."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Room:
    """Room for words in an empty form."""


@dataclass(frozen=True, slots=True)
class Signed:
    """落款: one line of it, the organ or the day."""

    text: str


Part = About | Title | Heading | Text | Room | Table | Signed


def parts(report: AnnualReport, *, room: bool = False) -> tuple[Part, ...]:
    """The report's parts in reading order. `room`: leave room under empty sections."""
    return tuple(_parts(report, room))


def _parts(report: AnnualReport, room: bool) -> Iterator[Part]:
    about = "　".join(_about(report))
    if about:
        yield About(about)
    if report.title:
        yield Title(shown(report.title))
    left = dict(TABLE_OF)
    for section in report.sections:
        if section.number:
            yield Heading(section.number, shown(section.heading) or form_heading(section.number))
        paragraphs = tuple(_paragraphs(section.prose.text))
        yield from paragraphs
        if room and section.number not in TABLE_OF and not paragraphs:
            yield Room()
        made = left.pop(section.number, None)
        if made and (table := made(report)):
            yield table
    for made in left.values():  # a table whose section was not found
        if table := made(report):
            yield table
    yield from _signed(report)


def form_heading(number: int) -> str:
    """The heading that the form prescribes: 一、总体情况."""
    return f"{NUMERALS[number - 1]}、{SECTIONS[number - 1]}" if number <= len(SECTIONS) else ""


def _about(report: AnnualReport) -> Iterator[str]:
    title, signed = report.title or "", report.signature.organ or ""
    if report.organ and report.organ not in title and report.organ != signed:
        yield f"编制机关：{shown(report.organ)}"
    if report.year is not None and str(report.year) not in title:
        yield f"报告年度：{report.year}年"
    if report.published:
        yield f"发布日期：{chinese_date(report.published)}"


def _paragraphs(text: str) -> Iterator[Text]:
    for line in text.split("\n"):
        clean = shown(line)
        if clean:
            yield Text(clean)


def _signed(report: AnnualReport) -> Iterator[Signed]:
    signature = report.signature
    if signature.organ and shown(signature.organ):
        yield Signed(shown(signature.organ))
    if signature.on:
        yield Signed(chinese_date(signature.on))


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def shown(text: str) -> str:
    """The text without what no file can carry (control signs, halves of pairs), its blanks drawn together."""
    kept = (sign if _printable(sign) else " " for sign in text)
    return " ".join("".join(kept).split())


def _printable(sign: str) -> bool:
    if unicodedata.category(sign) in ("Cc", "Cs"):
        return False
    return (ord(sign) & 0xFFFE) != 0xFFFE and not 0xFDD0 <= ord(sign) <= 0xFDEF  # no characters, says Unicode


def blocks(laid: Iterable[Part]) -> tuple[Block, ...]:
    """The parts as a parser would give them back."""
    return tuple(_block(part) for part in laid if not isinstance(part, Room))


def _block(part: About | Title | Heading | Text | Table | Signed) -> Block:
    if isinstance(part, Table):
        return Grid(_spread(part))
    return Paragraph(part.text)


def _spread(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """The table with every cell at each position that it covers."""
    grid = [[NO_CELL] * table.columns for _ in table.rows]
    for y, x, box in table.placed():
        cell = Cell(box.text)
        for line in grid[y : y + box.down]:
            line[x : x + box.across] = [cell] * box.across
    return tuple(tuple(line) for line in grid)
