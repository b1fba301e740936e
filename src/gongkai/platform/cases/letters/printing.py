"""A letter as PDF, set by Typst from what the Word file says: letter format (GB/T 9704 10.1), accessible, fit for the archive, fonts embedded."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any, Final, Literal

from gongkai.formats.writing import fonts as places
from gongkai.formats.writing.look import BODY, FOLIO, LINE, TITLE, em
from gongkai.formats.writing.pdf import found_fonts
from gongkai.platform.documents.outgoing import Unwritable
from gongkai.platform.documents.outgoing.document import printed
from gongkai.platform.documents.outgoing.pdf import _no_glyph as no_glyph
from gongkai.platform.documents.outgoing.pdf import _pieces as pieces
from gongkai.platform.documents.outgoing.titles import title_lines

from .laying import ORGAN_SIZE, RED, signed
from .sheet import Grid, Paragraph, Sheet
from .texts import Role

_STANDARDS: Final[list[Literal["a-2a", "ua-1"]]] = ["a-2a", "ua-1"]
_PITCHES: Final = (LINE, 27.4, 26.2, 30.4, 32.0)  # 磅：每页二十二行；署名单独落到次页时收紧，收紧不下时放松
_PAGE_HEAD: Final = 50.0  # 毫米：此线以上的印章之前没有文字
Plain = dict[str, Any]


def to_pdf(letter: Sheet, *, title: str, author: str, on: date) -> bytes:
    """The PDF of a filled letter, its signature never alone on a page. Raises `Unwritable` where a character has no font."""
    data = _data(letter, title, author, on)
    for pitch in _PITCHES:
        if not _left_alone({**data, "line": pitch}):
            return _set({**data, "line": pitch}, on)
    return _set({**data, "held": True}, on)


def _set(data: Plain, on: date) -> bytes:
    import typst

    try:
        made = typst.compile(
            files(__package__).joinpath("letter.typ").read_bytes(), font_paths=found_fonts(str(places.directory())),
            sys_inputs={"data": json.dumps(data)}, pdf_standards=[*_STANDARDS], timestamp=datetime.combine(on, time(), UTC),
        )  # fmt: skip
    except typst.TypstError as error:
        raise no_glyph(str(error)) or error from error
    return bytes(made)


def _left_alone(data: Plain) -> bool:
    """Whether a page begins with the place of the seal: the text should be set closer then (GB/T 9704 7.3.5.4)."""
    import typst

    try:
        told = typst.query(
            files(__package__).joinpath("letter.typ").read_bytes(), "<seal>", field="value", font_paths=found_fonts(str(places.directory())),
            sys_inputs={"data": json.dumps(data)},
        )  # fmt: skip
    except typst.TypstError as error:
        raise no_glyph(str(error)) or error from error
    return any(height < _PAGE_HEAD for height in json.loads(told))


def _data(sheet: Sheet, title: str, author: str, on: date) -> Plain:
    said = {role: next((part.text for part in sheet.parts if isinstance(part, Paragraph) and part.role is role), "") for role in (Role.SIGNED, Role.DATED)}
    return {
        "name": title, "author": author, "on": [on.year, on.month, on.day], "fonts": places.FAMILIES, "title": TITLE, "body": BODY, "folio": FOLIO,
        "line": LINE, "held": False, "red": f"#{RED.lower()}", "indents": signed(said[Role.SIGNED], said[Role.DATED]), "signed": em(said[Role.SIGNED]),
        "parts": [_part(part) for part in _grouped(sheet.parts)],
        "foot": [_part(part) for part in sheet.foot],
    }  # fmt: skip


def _grouped(parts: tuple[Paragraph | Grid, ...]) -> list[Paragraph | Grid]:
    """Without the empty lines that only keep tables apart in Word."""
    return [part for part in parts if isinstance(part, Grid) or part.text.strip() or part.new_page]


def _part(part: Paragraph | Grid) -> Plain:
    if isinstance(part, Grid):
        return {
            "kind": "table", "widths": [width / (sum(part.widths) or 1) for width in part.widths], "head": part.head,
            "rows": [[{"across": cell.across, "down": cell.down, "parts": [_part(each) for each in cell.paragraphs]} for cell in row] for row in part.rows],
        }  # fmt: skip
    return {
        "kind": "paragraph", "role": part.role.name.lower(), "align": part.align, "page": part.new_page, "squeeze": _squeezed(part),
        "lines": [[pieces(line)] for line in title_lines(part.text)] if part.role is Role.TITLE else [],
        "runs": [{"look": run.look, "lines": [pieces(line) for line in printed(run.text).replace("\t", "　").split("\n")]} for run in part.runs],
    }  # fmt: skip


def _squeezed(part: Paragraph) -> float:
    """How much of its size an organ's name keeps, so that it stands on one line."""
    wide = em(part.text) * ORGAN_SIZE
    room = 170 / 25.4 * 72 * 0.94
    return min(1.0, room / wide) if part.role is Role.ORGAN and wide else 1.0


__all__ = ["Unwritable", "to_pdf"]
