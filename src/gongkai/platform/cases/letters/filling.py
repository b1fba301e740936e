"""Word templates with {{字段}}: filled, whatever runs Word has split a placeholder into. Nothing is evaluated: a name stands for a value, that is all.

A paragraph whose places are all empty goes; one (or a table row) with a column of rows, {{项.栏}}, is repeated for every row.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import docx

from gongkai.formats.writing.archive import settled
from gongkai.platform.documents.outgoing.document import printed

from .fields import Value

PLACE: Final = re.compile(r"\{\{\s*([^{}\s.]+(?:\.[^{}\s.]+)?)\s*\}\}")
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMBER: Final = "序号"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

Element = Any  # lxml 的元素


def fill(template: bytes, values: Mapping[str, Value]) -> bytes:
    """The template with its places filled, as a file."""
    return written(filled(template, values))


def filled(template: bytes, values: Mapping[str, Value]) -> Any:
    """The template with its places filled, as a document of python-docx. Every value is put in once and never looked at again."""
    document = docx.Document(io.BytesIO(template))
    body = document.element.body
    own: dict[Element, Mapping[str, str]] = {}
    _repeat(body, values, own)
    for paragraph in [*body.iter(f"{W}p"), *first_foot(document)]:
        _fill(paragraph, values, _row_of(paragraph, own))
    _tidy(body)
    return document


def written(document: Any) -> bytes:
    """A document as a file; the same document gives the same bytes."""
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def first_foot(document: Any) -> list[Element]:
    """The paragraphs at the foot of the first page: the one place outside the body that is filled."""
    section = document.sections[0]
    part = section.first_page_footer
    return [] if not section.different_first_page_header_footer or part.is_linked_to_previous else list(part._element.iter(f"{W}p"))


def text_of(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


def names_in(text: str) -> list[str]:
    return [found[1] for found in PLACE.finditer(text)]


def _rows_of(text: str, values: Mapping[str, Value]) -> str:
    """The rows that a text is repeated for, if any."""
    return next((name.partition(".")[0] for name in names_in(text) if "." in name), "")


def _repeat(body: Element, values: Mapping[str, Value], own: dict[Element, Mapping[str, str]]) -> None:
    for row in list(body.iter(f"{W}tr")):
        name = _rows_of("".join(text_of(each) for each in row.iter(f"{W}p")), values)
        if name:
            _copies([row], name, values, own)
    for group, name in list(_groups(body, values)):
        _copies(group, name, values, own)


def _groups(body: Element, values: Mapping[str, Value]) -> Iterator[tuple[list[Element], str]]:
    """Neighbouring paragraphs with the same rows, outside of table rows that were repeated already."""
    for parent in [body, *body.iter(f"{W}tc")]:
        group: list[Element] = []
        held = ""
        for child in [*parent, None]:
            name = _rows_of(text_of(child), values) if child is not None and child.tag == f"{W}p" else ""
            if parent.tag == f"{W}tc" and name and _in_repeated_row(parent):
                name = ""
            if group and name != held:
                yield group, held
                group = []
            if name:
                group.append(child)
            held = name


def _in_repeated_row(cell: Element) -> bool:
    return cell.getparent().get("gongkai-row") is not None


def _copies(elements: list[Element], name: str, values: Mapping[str, Value], own: dict[Element, Mapping[str, str]]) -> None:
    """The elements once for each row, in place of themselves."""
    rows = values.get(name, [])
    last = elements[-1]
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        told = {f"{name}.{key}": value for key, value in {**row, NUMBER: str(number)}.items()}
        for element in elements:
            made = copy.deepcopy(element)
            if made.tag == f"{W}tr":
                made.set("gongkai-row", str(number))
            last.addnext(made)
            last = made
            own[made] = told
    for element in elements:
        element.getparent().remove(element)


def _row_of(paragraph: Element, own: Mapping[Element, Mapping[str, str]]) -> Mapping[str, str]:
    at = paragraph
    while at is not None:
        if at in own:
            return own[at]
        at = at.getparent()
    return {}


def _fill(paragraph: Element, values: Mapping[str, Value], row: Mapping[str, str]) -> None:
    nodes = list(paragraph.iter(f"{W}t"))
    whole = "".join(node.text or "" for node in nodes)
    places = list(PLACE.finditer(whole))
    if not places:
        return
    told = [_shown(place[1], values, row) for place in places]
    if not any(words for _empty, words in told) and all(empty for empty, _words in told):
        _remove(paragraph)
        return
    _put(nodes, [(place.start(), place.end(), words) for place, (_empty, words) in zip(places, told, strict=True)])
    _split(paragraph)


def _shown(name: str, values: Mapping[str, Value], row: Mapping[str, str]) -> tuple[bool, str]:
    """Whether a place is empty, and what is put there. The name of rows alone says only whether there are any."""
    value = row.get(name, values.get(name, ""))
    if isinstance(value, list):
        return not value, ""
    words = "\n".join(line for line in (printed(each).strip() for each in value.split("\n")) if line)
    return not words, words


def _put(nodes: list[Element], changes: list[tuple[int, int, str]]) -> None:
    """Change ranges of the text that lies in these nodes: the words go where a range begins."""
    starts, at = [], 0
    for node in nodes:
        starts.append(at)
        at += len(node.text or "")
    for first, last, words in reversed(changes):
        for node, start in zip(nodes, starts, strict=True):
            text = node.text or ""
            here, there = max(first - start, 0), min(last - start, len(text))
            if first >= start + len(text) or last <= start:
                continue
            node.text = text[:here] + (words if start <= first < start + len(text) else "") + text[there:]
            node.set(_SPACE, "preserve")


def _split(paragraph: Element) -> None:
    """A value of several paragraphs makes several paragraphs of the same look."""
    lines = text_of(paragraph).split("\n")
    if len(lines) == 1:
        return
    last = paragraph
    for number in range(len(lines)):
        made = copy.deepcopy(paragraph)
        at = 0
        for node in made.iter(f"{W}t"):
            pieces = (node.text or "").split("\n")
            node.text = "".join(piece for place, piece in enumerate(pieces) if at + place == number)
            at += len(pieces) - 1
        if number:
            for unique in list(made.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}br")):
                unique.getparent().remove(unique)
        last.addnext(made)
        last = made
    paragraph.getparent().remove(paragraph)


def _remove(paragraph: Element) -> None:
    """A paragraph goes; one that holds a cell or a section together stays, empty."""
    parent = paragraph.getparent()
    alone = parent.tag == f"{W}tc" and sum(child.tag == f"{W}p" for child in parent) == 1
    if alone or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        for node in paragraph.iter(f"{W}t"):
            node.text = ""
        return
    parent.remove(paragraph)


def _tidy(body: Element) -> None:
    """No marks of ours; a table without rows goes, and two tables are never joined."""
    for row in body.iter(f"{W}tr"):
        row.attrib.pop("gongkai-row", None)
    for table in list(body.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
