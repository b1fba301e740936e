"""断行: prose that a page broke into lines is joined again before it is read, and places are given in the prose as it came."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongkai.report.model import Section
from gongkai.report.prose import Prose

from .quantity import Quantity

LINE = 22  # a shorter line was ended on purpose: a heading, a cell
ENDED = frozenset("。！!？?；;：:|\t\n \u3000")
STARTS = re.compile(r"\s|\||[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、．]|第[一二三四五六七八九十]")
BLANKS = re.compile(r"(?<=[一-鿿,，。;；、)）\d%])[ \t]+(?=[一-鿿(（])|(?<=[一-鿿(（])[ \t]+(?=\d)")


@dataclass(frozen=True, slots=True)
class Joined:
    """A section without the line breaks of a page; `places[i]` is where `plain[i]` stood before."""

    section: Section
    places: tuple[int, ...] = ()

    def restore(self, quantity: Quantity) -> Quantity:
        """A quantity with its place in the section as it came."""
        if not self.places:
            return quantity
        places = self.places
        return replace(quantity, start=places[quantity.start], end=places[quantity.end - 1] + 1, begin=places[quantity.begin])


def join(section: Section) -> Joined:
    """The section with broken lines joined; the same section where no line is broken."""
    prose = section.prose
    gaps = _wraps(prose.plain)
    if not gaps:
        return Joined(section)
    gaps += [match.span() for match in BLANKS.finditer(prose.plain)]
    kept = _kept(len(prose.plain), sorted(gaps))
    plain = "".join([prose.plain[at] for at in kept])
    ends = (*kept, len(prose.plain))
    offsets = tuple(prose.offsets[at] for at in ends) if prose.offsets else ends
    return Joined(replace(section, prose=Prose(prose.text, plain, offsets)), ends)


def _wraps(plain: str) -> list[tuple[int, int]]:
    """The breaks inside a sentence: a full line that no mark ends, and a line after it that opens nothing."""
    gaps: list[tuple[int, int]] = []
    start, at = 0, plain.find("\n")
    while 0 <= at < len(plain) - 1:
        last, first = plain[at - 1 : at], plain[at + 1]
        full = at - start >= LINE and last not in ENDED and not plain.startswith("报告", at - 2)
        if full and not STARTS.match(plain, at + 1) and not (last.isdigit() and first.isdigit()):
            gaps.append((at, at + 1))
        start, at = at + 1, plain.find("\n", at + 1)
    return gaps


def _kept(length: int, gaps: Iterable[tuple[int, int]]) -> list[int]:
    kept: list[int] = []
    at = 0
    for start, end in gaps:
        kept += range(at, max(at, start))
        at = max(at, end)
    kept += range(at, length)
    return kept
