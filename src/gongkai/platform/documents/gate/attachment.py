"""Attachment: what an attached file says, shown or hidden, and what else it carries."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.formats import doc
from gongkai.formats.encoding import decode
from gongkai.formats.limits import DEFAULT, Limits
from gongkai.formats.source import Unreadable
from gongkai.platform.documents.intake import names
from gongkai.platform.documents.intake.kinds import recognise
from gongkai.platform.documents.intake.verdict import Refusal
from gongkai.platform.documents.sentence import Sentence

from . import book, pages, rules, slides, word
from .finding import Hit
from .inspected import Inspected, Said
from .plainbooks import ofd_texts, old_book


def inspect(name: str, data: bytes, limits: Limits = DEFAULT) -> Inspected:
    """The texts of a file, each with its place, and the hits that are not of its words. Never raises."""
    try:
        return _inspected(recognise(names.extension(name), data).extension, data, limits)
    except Refusal as refusal:
        return _unchecked(refusal.refused.zh, refusal.refused.en)
    except Unreadable as error:
        return _unchecked(error.zh, error.en)
    except Exception as error:  # a file that breaks a parser is a file that nobody checked
        return _unchecked(
            f"读取时出错（{type(error).__name__}）。", f"an error while reading it ({type(error).__name__})."
        )


def _inspected(kind: str, data: bytes, limits: Limits) -> Inspected:
    if kind == "docx":
        return word.inspect(data, limits)
    if kind == "doc":
        return word.inspect(doc.to_docx(data, limits), limits)
    if kind == "xlsx":
        return book.inspect(data, limits)
    if kind == "xls":
        return old_book(data)
    if kind == "pptx":
        return slides.inspect(data, limits)
    if kind == "pdf":
        return pages.inspect(data, limits)
    if kind == "ofd":
        return Inspected(list(ofd_texts(data, limits)))
    if kind in ("txt", "csv"):
        text, _ = decode(data)
        shown = text.replace("\r\n", "\n").replace("\r", "\n")
        return Inspected([Said(shown.replace(",", "\t") if kind == "csv" else shown, Sentence("", ""), by_line=True)])
    return Inspected([])


def _unchecked(zh: str, en: str) -> Inspected:
    return Inspected([], [Hit(rules.UNCHECKED, key="unchecked", facts={"reason": zh})])


def located(hit: Hit, said: Said) -> Sentence:
    """The place of a hit in its text: the text's own, or the line where lines count."""
    if said.by_line and hit.start is not None:
        line = said.text.count("\n", 0, hit.start) + 1
        return Sentence(f"第 {line} 行", f"line {line}")
    cells = said.places
    if cells and hit.start is not None:
        for start, place in reversed(cells):
            if start <= hit.start:
                return place
    return said.place


def texts(inspected: Inspected) -> Iterator[Said]:
    yield from (said for said in inspected.texts if said.text.strip())
