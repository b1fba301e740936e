"""Book: XLSX — every cell with its address, and sheets, rows and columns that are hidden, comments, caches, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from zipfile import ZipFile

from lxml import etree

from gongkai.formats.limits import Limits
from gongkai.platform.documents.sentence import Sentence

from . import rules
from .finding import Hit
from .inspected import Inspected, Said, authors, local, named, package, part, said_in

_CELL: Final = re.compile(r"([A-Z]{1,3})(\d+)")
_CELLS: Final = 400_000
_NAMED: Final = 6  # columns or rows that a finding names


def inspect(data: bytes, limits: Limits) -> Inspected:
    seen = Inspected([])
    with package(data) as archive:
        names = archive.namelist()
        shared = [said_in(item) for item in named(part(archive, "xl/sharedStrings.xml", limits), "si")]
        for title, path, hidden in _sheets(archive, limits):
            root = part(archive, path, limits)
            if root is None:
                continue
            cells = list(_cells(root, shared))
            if len(cells) > _CELLS:
                cells = cells[:_CELLS]
                some = {"reason": f"工作表“{title}”过大，只检查了前 {_CELLS} 个单元格。"}
                seen.hits.append(Hit(rules.UNCHECKED, key=title, facts=some))
            seen.texts.append(_said(title, cells))
            seen.hits.extend(_hidden(title, root, cells, hidden=hidden))
        comments = sum(
            1
            for name in names
            if re.match(r"xl/(?:comments|threadedComments/)[^/]*\.xml$", name)
            for root in [part(archive, name, limits)]
            for _ in [*named(root, "comment"), *named(root, "threadedComment")]
        )
        if comments:
            seen.hits.append(Hit(rules.COMMENTS, key=str(comments), facts={"count": comments}))
        if any(name.startswith("xl/pivotCache/pivotCacheRecords") for name in names):
            seen.hits.append(Hit(rules.PIVOT, key="pivot"))
        if any(name.startswith("xl/externalLinks/externalLink") for name in names):
            seen.hits.append(Hit(rules.OTHER_BOOK, key="link"))
        for name in names:
            if name.startswith(("xl/drawings/drawing", "xl/charts/")) and name.endswith(".xml"):
                drawn = "\n".join(said_in(paragraph) for paragraph in named(part(archive, name, limits), "p"))
                seen.texts.append(Said(drawn, Sentence("文本框", "text box")))
        seen.hits.extend(authors(archive, limits))
    return seen


def _sheets(archive: ZipFile, limits: Limits) -> Iterator[tuple[str, str, bool]]:
    """Each sheet: its name, its part, whether it is hidden."""
    targets: Mapping[str, str] = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in named(part(archive, "xl/_rels/workbook.xml.rels", limits), "Relationship")
    }
    for sheet in named(part(archive, "xl/workbook.xml", limits), "sheet"):
        key = next((held for name, held in sheet.attrib.items() if str(name).endswith("}id")), "")
        target = targets.get(str(key), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield sheet.get("name", ""), path, sheet.get("state", "visible") != "visible"


Cell = tuple[str, int, str]  # column, row, text


def _cells(root: etree._Element, shared: Sequence[str]) -> Iterator[Cell]:
    count = 0
    for row in named(root, "row"):
        for cell in row:
            place = _CELL.fullmatch(cell.get("r", ""))
            text = _text(cell, shared)
            if place and text.strip() and count <= _CELLS:
                count += 1
                yield place[1], int(place[2]), text


def _text(cell: etree._Element, shared: Sequence[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return said_in(cell)
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s":
        return shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
    if kind == "n" and re.fullmatch(r"\d(?:\.\d+)?E\+\d+", value):
        return str(int(float(value)))  # long numbers as Excel keeps them
    return value


def _said(title: str, cells: Sequence[Cell]) -> Said:
    """The sheet as lines with tabs, so that a column's heading stands above its cells."""
    text, places, row = "", [], 0
    column = 0
    for name, number, held in cells:
        if number != row:
            text += "\n" if row else ""
            row, column = number, 0
        index = _index(name)
        text += "\t" * (index - column)
        column = index
        places.append((len(text), Sentence(f"工作表“{title}” {name}{number}", f"sheet {title}, {name}{number}")))
        text += held.replace("\n", " ").replace("\t", " ")
    return Said(text, Sentence(f"工作表“{title}”", f"sheet {title}"), places=places)


def _index(name: str) -> int:
    index = 0
    for letter in name:
        index = index * 26 + ord(letter) - 64
    return min(index - 1, 300)


def _hidden(title: str, root: etree._Element, cells: Sequence[Cell], *, hidden: bool) -> Iterator[Hit]:
    if hidden:
        if cells:
            yield Hit(rules.HIDDEN_SHEET, key=title, facts={"name": title, "count": len(cells)})
        return
    spans = [
        (int(col.get("min", "0")), int(col.get("max", "0")))
        for col in named(root, "col")
        if col.get("hidden") in ("1", "true") or col.get("width") == "0"
    ]
    filled = {name for name, _, _ in cells}
    columns = [
        name
        for name in sorted(filled, key=lambda one: (len(one), one))
        if any(first <= _index(name) + 1 <= last for first, last in spans)
    ]
    if columns:
        yield Hit(rules.HIDDEN_COLUMNS, key=title + ",".join(columns), facts={"name": title, "what": _some(columns)})
    used = {number for _, number, _ in cells}
    rows = [
        int(row.get("r", "0"))
        for row in named(root, "row")
        if row.get("hidden") in ("1", "true") or row.get("ht") == "0"
    ]
    rows = [row for row in rows if row in used]
    if rows:
        yield Hit(
            rules.HIDDEN_ROWS,
            key=f"{title}{len(rows)}",
            facts={"name": title, "count": len(rows), "what": _some([f"第 {row} 行" for row in rows])},
        )


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
