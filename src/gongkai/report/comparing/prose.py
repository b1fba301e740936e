"""正文的异同: sentences first, then signs within sentences that are alike; numbers and words stay whole.

Chinese has no blanks between words, so the unit within a sentence is the sign; a number with its decimals, or a
Latin word, is one unit, so that 120→130 is one change and not the middle digit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.45  # the share of common pairs of signs from which two sentences are versions of one
MOST_PAIRS = 40_000  # sentences held against sentences within one stretch
MOST_STEPS = 400_000  # units held against units, sentences or signs: beyond it a stretch is gone and new as a whole
SHORT = 2  # common signs between two changes that are not worth keeping apart

_SENTENCE = re.compile(r"[^。！？；!?;\n]*(?:[。！？；!?;]+[”’）)]*|\n+|$)")
_UNIT = re.compile(r"\d+(?:[.,，]\d+)*[%％‰]?|[A-Za-z]+|[ \t\u3000]+|.", re.DOTALL)


class Mark(StrEnum):
    """What became of a run of text."""

    SAME = "same"
    GONE = "gone"  # only in the first
    NEW = "new"  # only in the second


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text with one mark."""

    mark: Mark
    text: str


def difference(before: str, after: str) -> tuple[Run, ...]:
    """The runs of both texts in order: those not new make the first, those not gone the second."""
    if before == after:
        return (Run(Mark.SAME, before),) if before else ()
    return _joined(_runs(sentences(before), sentences(after)))


def sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if sentence]


def _opcodes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What to do to the first to make the second; what both begin and end with is set aside, for speed."""
    start = _common(before, after)
    end = _common(before[:start - 1 if start else None:-1], after[:start - 1 if start else None:-1])
    a, b = len(before) - end, len(after) - end
    if start:
        yield "equal", 0, start, 0, start
    if (a - start) * (b - start) > MOST_STEPS:
        yield "replace", start, a, start, b
    else:
        for tag, *at in SequenceMatcher(None, before[start:a], after[start:b], autojunk=False).get_opcodes():
            a1, a2, b1, b2 = (start + position for position in at)
            yield tag, a1, a2, b1, b2
    if end:
        yield "equal", a, len(before), b, len(after)


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """How many units both begin with."""
    return next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    for tag, a1, a2, b1, b2 in _opcodes(before, after):
        if tag == "equal":
            yield Run(Mark.SAME, "".join(before[a1:a2]))
        else:
            yield from _replaced(before[a1:a2], after[b1:b2])


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    """Sentences that are versions of one another are held sign against sign; the others are gone or new."""
    a = b = 0
    for i, j in pairs(before, after):
        yield Run(Mark.GONE, "".join(before[a:i]))
        yield Run(Mark.NEW, "".join(after[b:j]))
        yield from _within(before[i], after[j])
        a, b = i + 1, j + 1
    yield Run(Mark.GONE, "".join(before[a:]))
    yield Run(Mark.NEW, "".join(after[b:]))


def pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The best pairing of like sentences that keeps their order."""
    if not before or not after or len(before) * len(after) > MOST_PAIRS:
        return []
    left, right = [_bigrams(text) for text in before], [_bigrams(text) for text in after]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    alike = [[_alike(a, b) for b in right] for a in left]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_path(best, alike))


def _path(best: list[list[float]], alike: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(alike) and j < len(alike[0]):
        if alike[i][j] >= ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _bigrams(text: str) -> Counter[str]:
    """Pairs of signs, numbers left out: they change from year to year in the same sentence."""
    plain = re.sub(r"[\d.,%％\s]+", "#", text)
    return Counter(plain[i : i + 2] for i in range(max(len(plain) - 1, 1)))


def _alike(a: Counter[str], b: Counter[str]) -> float:
    """The share of pairs of signs in common (Dice)."""
    return 2 * (a & b).total() / (a.total() + b.total())


def _within(before: str, after: str) -> Iterator[Run]:
    left, right = _UNIT.findall(before), _UNIT.findall(after)
    codes = list(_opcodes(left, right))
    for index, (tag, a1, a2, b1, b2) in enumerate(codes):
        text = "".join(left[a1:a2])
        between = 0 < index < len(codes) - 1
        if tag == "equal" and not (between and len(text) < SHORT and not _is_stop(text)):
            yield Run(Mark.SAME, text)
        else:
            yield from (Run(Mark.GONE, text), Run(Mark.NEW, "".join(right[b1:b2])))


def _is_stop(text: str) -> bool:
    return not any(sign.isalnum() for sign in text)


def _joined(runs: Iterator[Run]) -> tuple[Run, ...]:
    """Neighbours of one mark joined; within a change, what is gone stands before what is new."""
    found: list[Run] = []
    gone = new = ""
    for run in (*runs, Run(Mark.SAME, "")):
        if run.mark is Mark.GONE:
            gone += run.text
        elif run.mark is Mark.NEW:
            new += run.text
        else:
            found += [*_change(gone, new), run]
            gone = new = ""
    return tuple(_merged(found))


def _change(gone: str, new: str) -> list[Run]:
    if gone == new:
        return [Run(Mark.SAME, gone)]  # also where both are empty: joined away
    return [run for run in (Run(Mark.GONE, gone), Run(Mark.NEW, new)) if run.text]


def _merged(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs of common text that follow one another as one."""
    text = ""
    for run in runs:
        if run.mark is Mark.SAME:
            text += run.text
            continue
        if text:
            yield Run(Mark.SAME, text)
            text = ""
        yield run
    if text:
        yield Run(Mark.SAME, text)
