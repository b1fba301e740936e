"""PDF by Typst: tagged for accessibility (PDF/UA-1) and fit for the archive (PDF/A-3a), fonts embedded.

A character that no font has is an error that names it, never an empty box.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from gongkai.formats.charts import Chart, png
from gongkai.report.model import AnnualReport

from . import fonts as places
from .dates import written_on
from .errors import Unwritable
from .filled import KIND
from .layout import About, Heading, Part, Signed, Text, Title, parts, shown
from .look import (
    ABOUT,
    BODY,
    FOLIO,
    LINE,
    MARGINS,
    TABLE_SIZES,
    TITLE,
    cell_lines,
    indents,
    lead,
    runs_from_right,
    title_lines,
    widths,
)
from .record import NAME, record
from .tables import Box, Role, Table

_STANDARDS: Final[list[Literal["a-3a", "ua-1"]]] = ["a-3a", "ua-1"]
_MISSING = re.compile(r"the text `\"(.+?)\"`", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_NAMES = [font for font in places.FAMILIES["fang"] if isinstance(font, str)]
_PADDING = {"active": 1.9, "applications": 1.25, "remedies": 1.25}
_MOST_NAMED = 20
_UNBROKEN = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]{25,}")
_STEP = re.compile(r".{1,10}?[/.?&=_-]|.{1,10}")
_JOINERS = ("\u200c", "\u200d")

Plain = dict[str, Any]


def write(report: AnnualReport, *, carry: bool = True, fonts: Path | None = None, charts: Sequence[Chart] = ()) -> bytes:
    """The report as a PDF; charts come as pictures at the end."""
    folder = fonts or places.directory()
    drawn = [{"alt": _clean(chart.alt), "png": list(png(chart.svg, fonts=folder))} for chart in charts]
    return _compiled(_data(report, carry) | {"charts": drawn}, report, str(folder))


def _compiled(data: Plain, report: AnnualReport, folder: str) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise Unwritable(
            "write.no_typst", "本机没有排版程序 typst，写不了 PDF；可先写成 DOCX，再用文字处理软件另存为 PDF。",
            "The typesetter typst is not installed, so no PDF can be written; write DOCX and save that as PDF.",
        ) from error
    on = datetime.combine(written_on(report), time(), UTC)
    try:
        made = typst.compile(
            files(__package__).joinpath("report.typ").read_bytes(), font_paths=found_fonts(folder),
            sys_inputs={"data": json.dumps(data)}, pdf_standards=[*_STANDARDS], timestamp=on,
        )
    except typst.TypstError as error:
        missing = _missing(str(error), data, folder)
        if missing:
            raise _no_glyph(missing) from error
        raise
    return bytes(made)


@lru_cache(maxsize=4)
def found_fonts(folder: str) -> Any:
    """The fonts of that folder and of the machine; looking through them takes longer than a report."""
    import typst

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[folder] if Path(folder).is_dir() else [])


def _missing(message: str, data: Plain, folder: str) -> list[str]:
    """Every character that no font has. Typst names one at a time: each found is left out, and the rest tried again."""
    import typst

    found: list[str] = []
    while (named := _MISSING.search(message)) and len(found) < _MOST_NAMED:
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), named[1])
        if text in found:
            break
        found.append(text)
        signs = "".join(sorted(set("".join(_strings(data))) - set("".join(found)) - {" "}))
        try:
            typst.compile(
                b"#set text(font: json(bytes(sys.inputs.fonts)))\n#set document(title: \"-\")\n#text(sys.inputs.text)",
                font_paths=found_fonts(folder), pdf_standards=["ua-1"], sys_inputs={"text": signs, "fonts": json.dumps(_NAMES)},
            )
        except typst.TypstError as error:
            message = str(error)
        else:
            break
    return found


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in ("carried", "fonts"):
                yield from _strings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _strings(value)


def _no_glyph(missing: list[str]) -> Unwritable:
    named = "、".join(f"{text}（{' '.join(f'U+{ord(sign):04X}' for sign in text)}）" for text in missing)
    plain = ", ".join(f"{text} ({' '.join(f'U+{ord(sign):04X}' for sign in text)})" for text in missing)
    return Unwritable(
        "write.no_glyph",
        f"现有字体没有这些字：{named}。请运行 make fonts，或把含有这些字的字体放进 {places.SETTING} 所指的目录。",
        f"No font has these characters: {plain}. Run `make fonts`, or put a font that has them where {places.SETTING} points.",
    )


# ── the data of the template ─────────────────────────────────────────────────────────────────────────────


def _data(report: AnnualReport, carry: bool) -> Plain:
    on = written_on(report)
    return {
        "name": _clean(shown(report.title or "")) or KIND,
        "author": _clean(shown(report.organ or "")),
        "on": [on.year, on.month, on.day],
        "fonts": places.FAMILIES,
        "margins": MARGINS,
        "title": TITLE, "body": BODY, "folio": FOLIO, "about": ABOUT, "line": LINE,
        "parts": list(_parts(parts(report, room=not carry))),
        "carried": {"name": NAME, "json": record(report)} if carry else None,
    }


def _clean(text: str) -> str:
    """The text without signs that only steer (a soft hyphen, a mark of direction): the page has nothing to show for them."""
    return "".join(sign for sign in text if sign in _JOINERS or unicodedata.category(sign) != "Cf")


def _parts(laid: Iterable[Part]) -> Iterator[Plain]:
    signed: list[Signed] = []
    for part in laid:
        match part:
            case Title():
                yield {"kind": "title", "lines": [_pieces(line) for line in title_lines(_clean(part.text))]}
            case About():
                yield {"kind": "about", "text": _pieces(_clean(part.text))}
            case Heading() if part.text:
                yield {"kind": "heading", "text": _pieces(_clean(part.text))}
            case Text():
                text = _clean(part.text)
                cut = lead(text)
                yield {"kind": "text", "lead": text[:cut], "text": _pieces(text[cut:]), "rtl": runs_from_right(text)}
            case Table():
                yield _table(part)
            case Signed():
                signed.append(part)
    if signed:
        lines = [{"text": _pieces(_clean(line.text)), "indent": indent} for line, indent in zip(signed, indents(signed), strict=True)]
        yield {"kind": "signature", "lines": lines}


def _table(table: Table) -> Plain:
    across = widths(table)
    boxes = [(y, _box(box, table, sum(across[x : x + box.across]))) for y, x, box in table.placed()]
    return {
        "kind": "table",
        "size": TABLE_SIZES[table.part],
        "padding": _PADDING[table.part],
        "widths": across,
        "head": [box for y, box in boxes if y < table.head],
        "cells": [box for y, box in boxes if y >= table.head],
    }


def _box(box: Box, table: Table, width: float) -> Plain:
    left = box.role is Role.ROW and box.down == 1 and table.part == "applications"
    lines = [_pieces(_clean(line)) for line in cell_lines(box, table.columns)]
    return {"lines": lines, "down": box.down, "across": box.across, "left": left, "size": _size(box, table.part, width)}


def _size(box: Box, part: str, width: float) -> float:
    """The size of a cell's text: a number too wide for its cell is set smaller, for it must not be broken."""
    size = TABLE_SIZES[part]
    if box.value is None:
        return size
    room = (width - 2.0) / 25.4 * 72
    return min(size, room / (0.6 * max(len(box.text), 1)))


def _pieces(text: str) -> list[str]:
    """The text in pieces, between which a line may break where it has no room to: an address of sixty letters.

    No character is put in for it: a PDF would give that character back with every letter before it.
    """
    pieces: list[str] = []
    end = 0
    for found in _UNBROKEN.finditer(text):
        steps = _STEP.findall(found[0])
        pieces += [text[end : found.start()] + steps[0], *steps[1:]]
        end = found.end()
    return [*pieces, text[end:]] if end < len(text) or not pieces else pieces
