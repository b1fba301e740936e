"""PDF: set by Typst, accessible (PDF/UA-1) and fit for the archive (PDF/A-2a), fonts embedded."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from gongkai.formats.writing import fonts as places
from gongkai.formats.writing.look import BODY, FOLIO, LINE, MARGINS, TITLE, WIDTH, runs_from_right
from gongkai.formats.writing.pdf import found_fonts
from gongkai.platform.documents.body import Block, Cell, Listing, Paragraph, Quote, Rule, Run, Table

from .document import Document, Printable, Unwritable, body, box, linked, printable, printed, shown, source
from .grid import placed, widths
from .titles import title_lines

_STANDARDS: Final[list[Literal["a-2a", "ua-1"]]] = ["a-2a", "ua-1"]
_MISSING: Final = re.compile(r"the text `\"(.+?)\"`", re.DOTALL)
_CODE: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNBROKEN: Final = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]{25,}")
_STEP: Final = re.compile(r".{1,10}?[/.?&=_-]|.{1,10}")
_NO_DAY: Final = date(2000, 1, 1)  # a fixed day, so that the same document gives the same bytes
_TALLEST: Final = 205.0  # millimetres of a picture
_WORDLESS: Final = "图片（无文字说明）"

Plain = dict[str, Any]


def to_pdf(document: Document, fonts: Path | None = None) -> bytes:
    """The document as a PDF. `fonts`: where the fonts are. Raises `Unwritable` where a character has no font."""
    try:
        import typst
    except ImportError as error:
        raise Unwritable(
            "write.no_typst",
            "本机没有排版程序 typst，写不了 PDF；请下载 DOCX。",
            "The typesetter typst is not installed, so no PDF can be written; take the DOCX.",
        ) from error
    on = document.published_on or document.made_on
    with tempfile.TemporaryDirectory(prefix="gongkai-pdf-") as folder:
        data = _data(document, _Held(document, Path(folder)))
        main = Path(folder, "document.typ")
        main.write_bytes(files(__package__).joinpath("document.typ").read_bytes())
        try:
            made = typst.compile(
                str(main), root=folder, font_paths=found_fonts(str(fonts or places.directory())), sys_inputs={"data": json.dumps(data)},
                pdf_standards=[*_STANDARDS] if on else ["ua-1"],  # the archive wants a day
                timestamp=datetime.combine(on or _NO_DAY, time(), UTC),
            )  # fmt: skip
        except typst.TypstError as error:
            raise _no_glyph(str(error)) or error from error
    return bytes(made)


def _no_glyph(message: str) -> Unwritable | None:
    found = _MISSING.search(message)
    if not found:
        return None
    text = _CODE.sub(lambda code: chr(int(code[1], 16)), found[1])
    named = " ".join(f"{sign}（U+{ord(sign):04X}）" for sign in text)
    return Unwritable(
        "write.no_glyph",
        f"现有字体没有这个字：{named}。请下载 DOCX，或请管理员在 {places.SETTING} 所指的目录补充字体。",
        f"No font has this character: {named}. Take the DOCX, or let the administrator add a font where {places.SETTING} points.",
    )


class _Held:
    """The pictures of the body, put beside the template under names of their own; and how deep its headings go."""

    def __init__(self, document: Document, folder: Path) -> None:
        self.document, self.folder = document, folder
        self.above: list[int] = []
        self.kept: dict[str, tuple[str, Printable]] = {}

    def depth(self, level: int) -> int:
        """A heading's depth among the others: an outline must not skip one, a text may (PDF/UA)."""
        while self.above and self.above[-1] >= level:
            self.above.pop()
        self.above.append(level)
        return len(self.above)

    def take(self, src: str) -> tuple[str, Printable] | None:
        if src not in self.kept:
            data = self.document.pictures.get(src)
            made = printable(data, WIDTH, _TALLEST) if data else None
            if made is None:
                return None
            name = f"picture-{len(self.kept)}.{made.extension}"
            (self.folder / name).write_bytes(made.data)
            self.kept[src] = (name, made)
        return self.kept[src]


def _data(document: Document, held: _Held) -> Plain:
    on = document.published_on or document.made_on
    rows = box(document)
    title = shown(document.title)
    return {
        "name": title or "无标题", "author": shown(document.organ), "on": [on.year, on.month, on.day] if on else None,
        "fonts": places.FAMILIES, "margins": MARGINS, "title": TITLE, "body": BODY, "folio": FOLIO, "line": LINE,
        "heading": [_pieces(line) for line in title_lines(title)] if title else [],
        "validity": shown(document.validity),
        "box": [[label, _pieces(value)] for label, value in rows],
        "parts": list(_parts(body(document), document, held)),
        "attachments": [_pieces(shown(name)) for name in document.attachments],
        "source": [[label, _pieces(text)] for label, text in source(document)],
    }  # fmt: skip


def _parts(blocks: Sequence[Block], document: Document, held: _Held) -> Iterator[Plain]:
    for block in blocks:
        match block:
            case Paragraph():
                yield {
                    "kind": "paragraph", "level": block.level, "depth": held.depth(block.level) if block.level else 0, "align": block.align, "rtl": runs_from_right(block.text),
                    "alone": len(block.runs) == 1 and block.runs[0].picture is not None,
                    "runs": list(_runs(block.runs, document, held)),
                }  # fmt: skip
            case Listing():
                yield {
                    "kind": "list",
                    "start": block.start,
                    "items": [list(_parts(item, document, held)) for item in block.items],
                }
            case Quote():
                yield {"kind": "quote", "parts": list(_parts(block.blocks, document, held))}
            case Table():
                yield _table(block, document, held)
            case Rule():
                yield {"kind": "rule"}


def _runs(runs: Sequence[Run], document: Document, held: _Held) -> Iterator[Plain]:
    for run in runs:
        if run.picture:
            taken = held.take(run.picture.src)
            alt = shown(run.picture.alt)
            if taken:
                name, made = taken
                yield {"picture": name, "width": made.width, "height": made.height, "alt": alt or _WORDLESS}
            elif alt:
                yield {"lines": [[f"［图：{alt}］"]], "marks": [], "href": ""}
        elif text := printed(run.text):
            yield {
                "lines": [_pieces(line) for line in text.split("\n")],
                "marks": sorted(run.marks),
                "href": linked(document, run.href) if run.href else "",
            }


def _table(table: Table, document: Document, held: _Held) -> Plain:
    cells, columns = placed(table)

    def cell(one: Cell) -> Plain:
        first = one.blocks[0] if one.blocks else None
        align = first.align if isinstance(first, Paragraph) else ""
        parts = list(_parts(one.blocks, document, held))
        return {
            "parts": parts,
            "down": one.down,
            "across": one.across,
            "head": one.head,
            "align": align or ("center" if one.head else ""),
        }

    rows = [[cell(one) for one in row] for row in table.rows]
    return {
        "kind": "table", "widths": widths(cells, columns, WIDTH), "caption": list(_runs(table.caption, document, held)),
        "head": rows[: table.head], "rows": rows[table.head :], "size": 10.5 if columns <= 8 else 9.0 if columns <= 12 else 7.5,
    }  # fmt: skip


def _pieces(text: str) -> list[str]:
    """The text in pieces between which a line may break where it has no room to: a long address."""
    pieces: list[str] = []
    end = 0
    for found in _UNBROKEN.finditer(text):
        steps = _STEP.findall(found[0])
        pieces += [text[end : found.start()] + steps[0], *steps[1:]]
        end = found.end()
    return [*pieces, text[end:]] if end < len(text) or not pieces else pieces
