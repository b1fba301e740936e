"""What somebody typed, as a tsquery. Anything may be typed; nothing is a syntax error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from .folding import IDEOGRAPHS, fold, originals
from .lexing import LONGEST_WORD, START, Unit, is_ideograph, units
from .vectors import HUGE, LONG

LONGEST, MOST_GROUPS = 200, 12
_QUOTED = re.compile(r'"([^"]*)"|“([^“”]*)”|＂([^＂]*)＂|「([^「」]*)」')
_NUMBER = re.compile(r"[〔\[［【(（]\s*\d{2,4}\s*[〕\]］】)）]|\d[-/－／]\d")
_WITHIN_NUMBERS = frozenset("〔〕[]［］【】()（）{}-—–－/／.．·:：")
_GAP = r"[\W_]+"
_STRETCH = re.compile(rf"(?:[{IDEOGRAPHS}]|[^\W_])+")


class Kind(StrEnum):
    """What sort of question it is."""

    NOTHING = "nothing"
    CHARACTER = "character"
    NUMBER = "number"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Group:
    """Words that must follow each other: its runs, between which only punctuation may stand."""

    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as PostgreSQL takes it.

    `exact` and `loose` are texts for ::tsquery; what `loose` alone finds is an over-long text, to be held against `patterns`.
    """

    text: str
    exact: str
    loose: str
    groups: tuple[Group, ...]
    kind: Kind
    shortened: bool = False

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def sql(self) -> str:
        return self.exact

    @property
    def terms(self) -> tuple[str, ...]:
        """What to mark in a text, in its folded form, as regular expressions."""
        return tuple(_GAP.join(map(re.escape, group.runs)) for group in self.groups)

    @property
    def patterns(self) -> tuple[str, ...]:
        """The same for PostgreSQL's regular expressions, over text that is not folded; all must match."""
        return tuple(_pattern(group) for group in self.groups)


def query(text: str) -> Query:
    """Words beside each other must all be found; what stands in quotation marks, or reads as a number, must stand together."""
    asked = re.sub(r"\s+", " ", text.replace("\x00", "")).strip()
    shortened, asked = len(asked) > LONGEST, asked[:LONGEST]
    found = list(dict.fromkeys(_groups(asked)))
    shortened, found = shortened or len(found) > MOST_GROUPS, found[:MOST_GROUPS]
    if not found:
        return Query(asked, "", "", (), Kind.NOTHING, shortened)
    spoken = [_operands(group) for group in found]
    exact = " & ".join(f"({_phrase(operands)})" for operands in spoken)
    loose = _loose(found, spoken)
    return Query(asked, exact, loose, tuple(found), _kind(asked, found), shortened)


def _loose(groups: list[Group], spoken: list[list[tuple[str, int]]]) -> str:
    """What finds over-long texts that may have the words: without positions, and without prefixes, which cost too much here."""
    characters = dict.fromkeys("".join(run for group in groups for run in group.runs))
    huge = " & ".join((f"'{HUGE}'", *(f"'{char}'" for char in characters)))
    if all(len(operands) == 1 for operands in spoken):
        return huge  # 单个词位不需要位置，exact 已能找到
    words = dict.fromkeys(word for operands in spoken for word, _ in operands if not word.endswith("*"))
    long = " & ".join((f"'{LONG}'", *words))
    return f"({long}) | ({huge})"


def _kind(asked: str, groups: list[Group]) -> Kind:
    if len(groups) == 1 and groups[0].runs and len("".join(groups[0].runs)) == 1:
        return Kind.CHARACTER
    return Kind.NUMBER if _NUMBER.search(asked) else Kind.WORDS


def _groups(asked: str) -> list[Group]:
    found: list[Group] = []
    end = 0
    for quoted in _QUOTED.finditer(asked):
        found += _loose_groups(asked[end : quoted.start()])
        inside = next(part for part in quoted.groups() if part is not None)
        found += [Group(runs)] if (runs := tuple(_runs(inside))) else []
        end = quoted.end()
    return found + _loose_groups(asked[end:])


def _loose_groups(text: str) -> list[Group]:
    """Outside quotation marks: a space or a comma parts, the brackets and strokes of a number do not."""
    found: list[Group] = []
    for word in text.split():
        pending: list[str] = []
        last = ""
        for separator, run in _pieces(word):
            glued = pending and set(separator) <= _WITHIN_NUMBERS and (last[-1].isdigit() or run[0].isdigit())
            if pending and not glued:
                found.append(Group(tuple(pending)))
                pending = []
            pending.append(run)
            last = run
        found += [Group(tuple(pending))] if pending else []
    return found


def _pieces(word: str) -> list[tuple[str, str]]:
    """The runs of a word, each with what stood before it."""
    folded = fold(word)
    pieces: list[tuple[str, str]] = []
    start = 0
    for run, begin, end in _spans(folded):
        pieces.append((folded[start:begin], run))
        start = end
    return pieces


def _runs(text: str) -> list[str]:
    return [run for run, _, _ in _spans(fold(text))]


def _spans(folded: str) -> list[tuple[str, int, int]]:
    """Stretches of letters, digits and ideographs with nothing between."""
    return [(found.group(), found.start(), found.end()) for found in _STRETCH.finditer(folded)]


def _operands(group: Group) -> list[tuple[str, int]]:
    """The lexemes of a group with their positions. The last unit of all is asked by prefix: the text may go on after it."""
    parts: list[Unit] = list(units(" ".join(group.runs)))
    operands: list[tuple[str, int]] = []
    for index, unit in enumerate(parts):
        last = index == len(parts) - 1
        if last and index and unit.ideograph and operands[-1][1] == unit.position - 1 and operands[-1][0].endswith("'"):
            break  # 前一个词位已含此字
        start = START if index and not unit.ideograph else ""  # 前面还有词：须从头起，15 不能当作 5
        open_ended = last or len(unit.text) >= LONGEST_WORD
        lexeme = f"'{start}{unit.text[:LONGEST_WORD]}':*" if open_ended else f"'{start}{unit.text}{unit.follower}'"
        operands.append((lexeme, unit.position))
    return operands


def _phrase(operands: list[tuple[str, int]]) -> str:
    words, before = operands[0]
    for word, position in operands[1:]:
        words += f" <{position - before}> {word}"
        before = position
    return words


def _pattern(group: Group) -> str:
    unseen = "[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\u0300-\u036f]*"
    runs = (unseen.join(_class(char) for char in run) for run in group.runs)
    return "[^0-9A-Za-z\u3005-\u3007\u3400-\u9fff\U00020000-\U0003fffd]+".join(runs)


def _class(char: str) -> str:
    """A bracket of every character that folds to this one; none of them means anything inside a bracket."""
    if not (is_ideograph(char) or char.isalnum()):
        return re.escape(char)
    return f"[{''.join(other for other in originals(char) if other.isalnum() or is_ideograph(other))}]"

