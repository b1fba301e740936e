"""合并: what two people made of one text, put together sentence by sentence (diff3). Pure.

Sentences that only one of them touched are as that one left them; new sentences of both at one place both stay. Only where both
changed the same sentence must a person decide: both wordings stand in the merged text until then. No word of either is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from gongkai.report.comparing.prose import pairs, sentences

LIKE = 0.6  # 从这个相似度起，两句新写的话是同一句的两种写法
_ENDS = tuple("。！？；!?;\n”’）)")


class Whose(StrEnum):
    """Whose words a part of the merged text has."""

    BASE = "base"  # 都没有动
    MINE = "mine"
    THEIRS = "theirs"
    SAME = "same"  # 改得一样
    BOTH = "both"  # 在同一处各加了话，都留下
    CLASH = "clash"  # 同一句两边都改了


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text as it was, as I left it, as the other left it."""

    whose: Whose
    base: str
    mine: str
    theirs: str

    @property
    def text(self) -> str:
        """What stands in the merged text; of a clash both wordings, the other's first."""
        match self.whose:
            case Whose.BASE | Whose.THEIRS:
                return self.theirs
            case Whose.MINE | Whose.SAME:
                return self.mine
            case _:
                return joint(self.theirs, self.mine)


@dataclass(frozen=True, slots=True)
class Merged:
    """A text put together from two."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def clashes(self) -> tuple[Part, ...]:
        return self.of(Whose.CLASH)

    def of(self, *whose: Whose) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.whose in whose)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Sentences `first`…`last` of the base became `text`."""

    first: int
    last: int
    text: str


def joint(theirs: str, mine: str) -> str:
    """Both wordings one after the other, on lines of their own where a sentence has no end."""
    between = "" if not theirs or not mine or theirs.endswith(_ENDS) or mine.startswith("\n") else "\n"
    return f"{theirs}{between}{mine}"


def merge(base: str, mine: str, theirs: str) -> Merged:
    """The two texts made of `base`, put together."""
    if not base.strip():  # 两人各写了一遍：由人决定
        return Merged((_part(base, mine, theirs, whole=True),))
    first = sentences(base)
    return Merged(tuple(_parts(first, _edits(first, sentences(mine)), _edits(first, sentences(theirs)))))


def merge_all(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[Merged, ...]:
    """The same for every section."""
    return tuple(merge(*texts) for texts in zip(base, mine, theirs, strict=True))


def _edits(base: Sequence[str], after: Sequence[str]) -> list[_Edit]:
    """What was done to the base, sentence for sentence where sentences are versions of one another."""
    found = list[_Edit]()
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, base, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _narrowed(base, after, (a1, a2), (b1, b2))
    return found


def _narrowed(base: Sequence[str], after: Sequence[str], old: tuple[int, int], new: tuple[int, int]) -> Iterator[_Edit]:
    """A changed stretch cut at the sentences that are versions of one another."""
    (a, end), (b, to) = old, new
    for i, j in pairs(base[a:end], after[b:to]):
        yield from _rest(after, (a, old[0] + i), (b, new[0] + j))
        if base[old[0] + i] != after[new[0] + j]:
            yield _Edit(old[0] + i, old[0] + i + 1, after[new[0] + j])
        a, b = old[0] + i + 1, new[0] + j + 1
    yield from _rest(after, (a, end), (b, to))


def _rest(after: Sequence[str], old: tuple[int, int], new: tuple[int, int]) -> Iterator[_Edit]:
    """What is left between two such sentences; as many old as new ones are taken one for one."""
    (a, end), (b, to) = old, new
    if end - a == to - b:
        yield from (_Edit(a + n, a + n + 1, after[b + n]) for n in range(end - a))
    elif a < end or b < to:
        yield _Edit(a, end, "".join(after[b:to]))


def _parts(base: Sequence[str], mine: Sequence[_Edit], theirs: Sequence[_Edit]) -> Iterator[Part]:
    at = 0
    for first, last, own, other in _met(mine, theirs):
        if at < first:
            kept = "".join(base[at:first])
            yield Part(Whose.BASE, kept, kept, kept)
        yield _part("".join(base[first:last]), _applied(base, first, last, own), _applied(base, first, last, other))
        at = last
    if at < len(base):
        kept = "".join(base[at:])
        yield Part(Whose.BASE, kept, kept, kept)


def _met(mine: Sequence[_Edit], theirs: Sequence[_Edit]) -> Iterator[tuple[int, int, list[_Edit], list[_Edit]]]:
    """Edits in the order of the text; those that touch the same sentences, or add at one place, together."""
    waiting = sorted([(edit.first, edit.last, 1, edit) for edit in mine] + [(edit.first, edit.last, 0, edit) for edit in theirs], key=lambda each: each[:3])
    while waiting:
        first, last, *_ = waiting[0]
        sides: tuple[list[_Edit], list[_Edit]] = ([], [])
        while waiting and (waiting[0][0] < last or (first == last == waiting[0][1]) or not (sides[0] or sides[1])):
            _, end, own, edit = waiting.pop(0)
            last = max(last, end)
            sides[own].append(edit)
        yield first, last, sides[1], sides[0]


def _applied(base: Sequence[str], first: int, last: int, edits: Iterable[_Edit]) -> str:
    text, at = "", first
    for edit in edits:
        text += "".join(base[at : edit.first]) + edit.text
        at = edit.last
    return text + "".join(base[at:last])


def _part(base: str, mine: str, theirs: str, whole: bool = False) -> Part:
    return Part(_whose(base, mine, theirs, whole), base, mine, theirs)


def _whose(base: str, mine: str, theirs: str, whole: bool) -> Whose:
    if mine == theirs:
        return Whose.BASE if mine == base else Whose.SAME
    if mine == base:
        return Whose.THEIRS
    if theirs == base:
        return Whose.MINE
    added = not base and not whole
    return Whose.BOTH if added and SequenceMatcher(None, mine, theirs, autojunk=False).ratio() < LIKE else Whose.CLASH
