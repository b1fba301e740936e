"""Word: DOCX — its visible text with headers and notes, and comments, changes, hidden and blacked-out text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from zipfile import ZipFile

from lxml import etree

from gongkai.formats.limits import Limits
from gongkai.platform.documents.incoming.prepared import CHANGED
from gongkai.platform.documents.incoming.styles import W, on, value
from gongkai.platform.documents.sentence import Sentence

from . import rules
from .finding import Hit
from .inspected import Inspected, Said, authors, named, package, part

_DARK: Final = frozenset(("black", "darkBlue", "000000"))


def inspect(data: bytes, limits: Limits) -> Inspected:
    with package(data) as archive:
        names = archive.namelist()
        document = part(archive, "word/document.xml", limits)
        seen = Inspected(list(_texts(archive, names, document, limits)))
        roots = [root for name in names if _is_text(name) and (root := part(archive, name, limits)) is not None]
        changes = sum(1 for root in roots for change in CHANGED for _ in root.iter(f"{W}{change}"))
        if changes:
            seen.hits.append(Hit(rules.CHANGES, key=str(changes), facts={"count": changes}))
        comments = sum(
            1 for name in names if name == "word/comments.xml" for _ in named(part(archive, name, limits), "comment")
        )
        if comments:
            seen.hits.append(Hit(rules.COMMENTS, key=str(comments), facts={"count": comments}))
        seen.hits.extend(_hidden(roots))
        if any(name.startswith("word/embeddings/") and name.endswith(".xlsx") for name in names):
            seen.hits.append(Hit(rules.CHART_BOOK, key="chart"))
        seen.hits.extend(authors(archive, limits))
    return seen


def _is_text(name: str) -> bool:
    return name == "word/document.xml" or (
        name.startswith(("word/header", "word/footer", "word/footnotes", "word/endnotes")) and name.endswith(".xml")
    )


def _texts(archive: ZipFile, names: list[str], document: etree._Element | None, limits: Limits) -> Iterator[Said]:
    for name in names:
        if _is_text(name) and name != "word/document.xml":
            root = part(archive, name, limits)
            if root is not None:
                zh, en = (
                    ("页眉", "header")
                    if "header" in name
                    else ("页脚", "footer")
                    if "footer" in name
                    else ("脚注", "notes")
                )
                yield Said("\n".join(_paragraphs(root)), Sentence(zh, en))
    if document is None:
        return
    text, places, at = "", [], 0
    for number, line in enumerate(_lines(document), 1):
        places.append((at, Sentence(f"第 {number} 段", f"paragraph {number}")))
        text += line + "\n"
        at = len(text)
    yield Said(text, Sentence("正文", "text"), places=places)


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        yield _shown(paragraph)


def _lines(document: etree._Element) -> Iterator[str]:
    """The paragraphs; a row of a table is one line with tabs between its cells."""
    body = document.find(f"{W}body")
    for element in body if body is not None else ():
        if element.tag == f"{W}tbl":
            for row in element.iter(f"{W}tr"):
                yield "\t".join(" ".join(_paragraphs(cell)).replace("\t", " ") for cell in row.iter(f"{W}tc"))
        elif isinstance(element.tag, str):
            for paragraph in element.iter(f"{W}p"):
                yield _shown(paragraph)


def _shown(paragraph: etree._Element) -> str:
    """What a paragraph shows; all of it is checked, hidden or not, but deletions, which have a finding of their own."""
    words = []
    for piece in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        words.append((piece.text or "") if piece.tag == f"{W}t" else " ")
    return "".join(words)


def _hidden(roots: list[etree._Element]) -> Iterator[Hit]:
    vanished = white = black = 0
    for root in roots:
        for run in root.iter(f"{W}r"):
            if not any((text.text or "").strip() for text in run.findall(f"{W}t")):
                continue
            look = run.find(f"{W}rPr")
            if look is None:
                continue
            ground = value(look.find(f"{W}highlight")) or _fill(look)
            colour = value(look.find(f"{W}color")).lower()
            size = value(look.find(f"{W}sz"))
            vanished += on(look.find(f"{W}vanish"))
            white += (
                colour == "ffffff" and ground in ("", "auto", "FFFFFF", "ffffff", "white") and not _on_dark(run)
            ) or size in ("1", "2")
            black += ground in _DARK and colour in ("", "auto", "000000")
    for count, how, en in ((vanished, "隐藏文字", "hidden text"), (white, "白色或极小的字", "white or tiny letters")):
        if count:
            yield Hit(
                rules.HIDDEN_TEXT,
                key=f"{en}{count}",
                facts={"how": f"{how}，{count} 处", "how_en": f"{en}, {count} places"},
            )
    if black:
        yield Hit(rules.COVERED, key=str(black), facts={"count": black})


def _fill(look: etree._Element) -> str:
    shade = look.find(f"{W}shd")
    return "" if shade is None else shade.get(f"{W}fill", "")


def _on_dark(run: etree._Element) -> bool:
    """Whether white letters stand on the dark ground of their cell or paragraph."""
    for above in run.iterancestors(f"{W}tc", f"{W}p"):
        for path in (f"{W}tcPr/{W}shd", f"{W}pPr/{W}shd"):
            shade = above.find(path)
            if shade is not None and shade.get(f"{W}fill", "auto").lower() not in ("auto", "ffffff", ""):
                return True
    return False
