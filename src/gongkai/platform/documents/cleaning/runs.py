"""Runs: the pieces of a paragraph drawn together — blanks, breaks and looks as one form only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from gongkai.platform.documents.body import Run

_WIDE: Final = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_TORN: Final = re.compile(
    rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])"
)  # a line of the source, not of the text
_SPACE: Final = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200a\u202f\u205f]+")
_GONE: Final = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_EDGE: Final = " \u3000"
BREAK: Final = "\n"


def settled(pieces: Sequence[Run]) -> tuple[Run, ...]:
    """The pieces of one paragraph: neighbours of one look joined, blanks once, none at its edges or at breaks."""
    return tuple(_joined(_trimmed(_spaced(_untorn(pieces)))))


def texted(text: str) -> str:
    """The text of an HTML source without what is not to be seen."""
    return _GONE.sub("", text.replace("\v", " "))


def _untorn(pieces: Sequence[Run]) -> list[Run]:
    """Lines that the source breaks between two Chinese characters are no blanks; also across pieces."""
    whole = "".join(piece.text if not piece.picture and piece.text != BREAK else "\0" for piece in pieces)
    torn = [False] * len(whole)
    for found in _TORN.finditer(whole):
        torn[found.start() : found.end()] = [True] * (found.end() - found.start())
    kept, at = [], 0
    for piece in pieces:
        if piece.picture or piece.text == BREAK:
            kept.append(piece)
            at += 1
            continue
        text = "".join(sign for sign, gone in zip(piece.text, torn[at : at + len(piece.text)], strict=True) if not gone)
        at += len(piece.text)
        kept.append(replace(piece, text=text))
    return kept


def _spaced(pieces: Sequence[Run]) -> Iterator[Run]:
    """Any blanks become one; a blank after a blank, or beside a break, goes."""
    last = BREAK
    for piece in pieces:
        if piece.picture:
            last = "x"
            yield piece
            continue
        if piece.text == BREAK:
            last = BREAK
            yield piece
            continue
        text = _SPACE.sub(" ", piece.text)
        if last in (" ", BREAK):
            text = text.lstrip(" ") if last == " " else text.lstrip(_EDGE)
        if text:
            last = text[-1]
            yield replace(piece, text=text)


def _trimmed(pieces: Iterator[Run]) -> list[Run]:
    """No blanks before a break, no breaks at the edges."""
    kept: list[Run] = []
    for piece in pieces:
        if piece.text == BREAK and not piece.picture:
            _bare_end(kept)
            if not kept:
                continue
        kept.append(piece)
    while True:
        _bare_end(kept)
        if not kept or kept[-1].picture or kept[-1].text != BREAK:
            return kept
        kept.pop()


def _bare_end(kept: list[Run]) -> None:
    while kept and not kept[-1].picture and kept[-1].text != BREAK:
        text = kept[-1].text.rstrip(_EDGE)
        if text == kept[-1].text:
            return
        last = kept.pop()
        if text:
            kept.append(replace(last, text=text))
            return


def _joined(pieces: Sequence[Run]) -> Iterator[Run]:
    held: Run | None = None
    for piece in pieces:
        if piece.text == BREAK and not piece.picture and held is not None and not held.picture:
            held = replace(held, text=held.text + BREAK)  # a break looks like what stands before it
        elif (
            held is not None
            and not held.picture
            and not piece.picture
            and held.marks == piece.marks
            and held.href == piece.href
        ):
            held = replace(held, text=held.text + piece.text)
        else:
            if held is not None:
                yield held
            held = piece
    if held is not None:
        yield held
