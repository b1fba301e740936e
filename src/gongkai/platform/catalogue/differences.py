"""What changed between two revisions, readable: paragraphs, sentences, words; tables cell by cell. Pure; plain text out, never HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from gongkai.platform.documents import cleaning
from gongkai.platform.documents.body import Block, Listing, Paragraph, Quote, Rule, Table, lines

from .choices import ACCESSES, KINDS
from .validating import CATEGORY_LABELS, GROUNDS
from .values import FIELDS, Draft

Change = Literal["same", "added", "removed", "changed", "skipped"]
Shape = Literal["paragraph", "heading", "item", "row", "caption", "picture", "rule"]
AROUND = 2  # 改动前后各留几段
_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]?[”’」』）)]*", re.DOTALL)
_MOST_WORK = 1_500_000  # 逐字比对的上限（两边字数之积），再多就整段列出
_ALIKE = 0.35
_MOST_PAIRS = 3600


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text that stayed, came or went."""

    change: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class DiffBlock:
    """A paragraph or a table's row: its cells, each in parts. A `skipped` block stands for `count` unchanged ones."""

    change: Change
    shape: Shape = "paragraph"
    cells: tuple[tuple[Part, ...], ...] = ()
    count: int = 0

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.cells[0] if self.cells else ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field beside the text that changed."""

    name: str
    zh: str
    en: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A block of the text as it is compared."""

    shape: Shape
    cells: tuple[str, ...]


def fields(old: Draft, new: Draft) -> tuple[FieldChange, ...]:
    """What changed beside the text, in the form's order."""
    changes = []
    for name, (zh, en) in FIELDS.items():
        before, after = said(name, getattr(old, name)), said(name, getattr(new, name))
        if name != "body" and before != after:
            chosen = name in _CHOSEN or name.endswith("_on")
            parts = _whole(before, after) if chosen else words(before, after)
            changes.append(FieldChange(name, zh, en, parts))
    return tuple(changes)


_CHOSEN: dict[str, dict[str, str]] = {
    "kind": {str(key): label[0] for key, label in KINDS.items()},
    "access": {str(key): label[0] for key, label in ACCESSES.items()},
    "category": {key: label for key, (label, _) in CATEGORY_LABELS.items()},
    "ground": {key: label for key, (label, _) in GROUNDS.items()},
}


def said(name: str, value: object) -> str:
    """A field as somebody reads it."""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    text = "" if value is None else str(value)
    return _CHOSEN[name].get(text, text) if name in _CHOSEN else text


def body(old: str, new: str, around: int | None = AROUND) -> tuple[DiffBlock, ...]:
    """The two texts, block by block; what did not change is left out but for `around` blocks beside a change."""
    before, after = list(_flat(cleaning.blocks(old))), list(_flat(cleaning.blocks(new)))
    made = list(_compared(before, after))
    if all(block.change == "same" for block in made):
        return ()
    return tuple(made if around is None else _folded(made, around))


def words(old: str, new: str) -> tuple[Part, ...]:
    """Sentence by sentence, and within a changed sentence word by word (sign by sign in Chinese)."""
    if old == new:
        return (Part("same", old),) if old else ()
    before, after = _sentences(old), _sentences(new)
    parts: list[Part] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left, right = "".join(before[i1:i2]), "".join(after[j1:j2])
        parts.extend([Part("same", left)] if what == "equal" else _signs(left, right))
    return _joined(parts)


def _signs(old: str, new: str) -> Sequence[Part]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST_WORK:
        return _whole(old, new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.quick_ratio() < _ALIKE:
        return _whole(old, new)
    pieces: list[tuple[str, str, str]] = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        left, right = "".join(before[i1:i2]), "".join(after[j1:j2])
        pieces.append(("same" if what == "equal" else "changed", left, right))
    return [part for left, right, same in _readable(pieces) for part in ([Part("same", left)] if same else _whole(left, right))]


def _readable(pieces: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, bool]]:
    """Single signs that happen to agree between two changes only make the change harder to read."""
    left = right = ""
    for place, (what, old, new) in enumerate(pieces):
        lonely = what == "same" and len(old) < 2 and 0 < place < len(pieces) - 1
        if what == "same" and not lonely:
            if left or right:
                yield left, right, False
            left = right = ""
            yield old, new, True
        else:
            left, right = left + old, right + new
    if left or right:
        yield left, right, False


def _whole(old: str, new: str) -> tuple[Part, ...]:
    parts = (Part("removed", old), Part("added", new))
    return tuple(part for part in parts if part.text)


def _sentences(text: str) -> list[str]:
    return [found for found in _SENTENCE.findall(text) if found]


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Neighbours of one kind as one, what went before what came."""
    made: list[Part] = []
    for part in parts:
        if made and made[-1].change == part.change:
            made[-1] = Part(part.change, made[-1].text + part.text)
        elif len(made) > 1 and part.change == "removed" and made[-1].change == "added" and made[-2].change == "removed":
            made[-2] = Part("removed", made[-2].text + part.text)
        elif part.text:
            made.append(part)
    return tuple(made)


def _flat(blocks: Sequence[Block]) -> Iterator[_Line]:
    for block in blocks:
        match block:
            case Paragraph():
                if any(run.picture for run in block.runs) and not block.text.strip():
                    yield _Line("picture", ("［图片］" + "".join(run.picture.src for run in block.runs if run.picture),))
                elif block.text.strip():
                    yield _Line("heading" if block.level else "paragraph", (block.text,))
            case Listing():
                for entry in block.items:
                    yield _Line("item", ("\n".join(lines(entry)),))
            case Quote():
                yield from _flat(block.blocks)
            case Table():
                if block.caption:
                    yield _Line("caption", ("".join(run.text for run in block.caption),))
                for row in block.rows:
                    yield _Line("row", tuple("\n".join(lines(cell.blocks)) for cell in row))
            case Rule():
                yield _Line("rule", ("——",))


def _compared(before: Sequence[_Line], after: Sequence[_Line]) -> Iterator[DiffBlock]:
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (_one("same", line) for line in before[i1:i2])
        else:
            yield from _paired(before[i1:i2], after[j1:j2])


def _paired(before: Sequence[_Line], after: Sequence[_Line]) -> Iterator[DiffBlock]:
    """Lines that became others, each beside the one that it became; the rest went or came."""
    places = _pairs(before, after) if len(before) * len(after) <= _MOST_PAIRS else []
    i = j = 0
    for x, y in [*places, (len(before), len(after))]:
        yield from (_one("removed", line) for line in before[i:x])
        yield from (_one("added", line) for line in after[j:y])
        if x < len(before):
            cells = tuple(words(old, new) for old, new in zip(before[x].cells, after[y].cells, strict=True))
            yield DiffBlock("changed", after[y].shape, cells)
        i, j = x + 1, y + 1


def _pairs(before: Sequence[_Line], after: Sequence[_Line]) -> list[tuple[int, int]]:
    """The pairs, in order, whose likeness adds up to the most."""
    like = _likeness(before, after)
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for x in reversed(range(len(before))):
        for y in reversed(range(len(after))):
            best[x][y] = max(best[x + 1][y], best[x][y + 1], best[x + 1][y + 1] + like(x, y))
    found, x, y = [], 0, 0
    while x < len(before) and y < len(after):
        if like(x, y) and best[x][y] == best[x + 1][y + 1] + like(x, y):
            found.append((x, y))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            x += 1
        else:
            y += 1
    return found


def _likeness(before: Sequence[_Line], after: Sequence[_Line]) -> Callable[[int, int], float]:
    kept: dict[tuple[int, int], float] = {}

    def like(x: int, y: int) -> float:
        if (x, y) not in kept:
            old, new = before[x], after[y]
            fits = old.shape == new.shape and len(old.cells) == len(new.cells)
            ratio = SequenceMatcher(None, "\t".join(old.cells)[:2000], "\t".join(new.cells)[:2000], autojunk=False).quick_ratio() if fits else 0.0
            kept[x, y] = ratio if ratio >= _ALIKE else 0.0
        return kept[x, y]

    return like


def _one(change: Literal["same", "added", "removed"], line: _Line) -> DiffBlock:
    return DiffBlock(change, line.shape, tuple((Part(change, cell),) if cell else () for cell in line.cells))


def _folded(blocks: Sequence[DiffBlock], around: int) -> Iterator[DiffBlock]:
    near = {place + step for place, block in enumerate(blocks) if block.change != "same" for step in range(-around, around + 1)}
    skipped = 0
    for place, block in enumerate(blocks):
        if place in near:
            if skipped:
                yield DiffBlock("skipped", count=skipped)
            skipped = 0
            yield block
        else:
            skipped += 1
    if skipped:
        yield DiffBlock("skipped", count=skipped)
