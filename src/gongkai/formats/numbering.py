"""Numbering: the numbers that a word processor puts before paragraphs, written out as it would print them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_FORMAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_ROMAN: Final = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_GAP: Final = re.compile(r"%([1-9])")


def chinese(number: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """A number below ten thousand as it is counted in Chinese: 12 is 十二, 105 is 一百零五."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    said, zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            said += (digits[0] if zero and said else "") + digits[digit] + (units[power - 1] if power else "")
        zero = not digit
    return said.removeprefix(digits[1]) if 10 <= number < 20 and digits[1] == "一" else said


def _letters(number: int) -> str:
    return chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _roman(number: int) -> str:
    said = ""
    for value, letter in _ROMAN:
        while 0 < value <= number < 4000:
            said, number = said + letter, number - value
    return said


def _one_of(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalFullWidth2": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _one_of("①", 20),
    "decimalEnclosedCircleChinese": _one_of("①", 20),
    "decimalEnclosedParen": _one_of("⑴", 20),
    "decimalEnclosedFullstop": _one_of("⒈", 20),
    "ideographEnclosedCircle": _one_of("㊀", 10),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "koreanDigital2": chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(max(0, number))),
    "taiwaneseDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(max(0, number))),
    "japaneseDigitalTenThousand": lambda number: "".join(_DIGITS[int(digit)] for digit in str(max(0, number))),
    "chineseLegalSimplified": lambda number: chinese(number, _FORMAL, "拾佰仟"),
    "ideographLegalTraditional": lambda number: chinese(number, _FORMAL, "拾佰仟"),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it prints."""

    format: str = "decimal"
    text: str = ""  # "%1、", "（%2）"
    start: int = 1

    def shown(self, number: int) -> str:
        render = _FORMATS.get(self.format)
        return render(number) if render else ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)  # by the list's own number
    families: Mapping[str, str] = field(default_factory=dict)  # lists that count on together
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    restarts: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def label(self, list_number: str, depth: int) -> str:
        """Count on by one at this depth of the list, and give what is printed before the paragraph."""
        levels = self.lists.get(list_number)
        if not levels or depth not in levels:
            return ""
        counts = self.counts.setdefault(self.families.get(list_number, list_number), {})
        if list_number not in self.seen:
            self.seen.add(list_number)
            for which, start in self.restarts.get(list_number, {}).items():
                counts[which] = start - 1
        level = levels[depth]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [which for which in counts if which > depth]:
            del counts[deeper]
        if level.format in ("bullet", "none"):
            return "" if level.format == "bullet" else _GAP.sub("", level.text)
        return _GAP.sub(lambda gap: self._count(levels, counts, int(gap[1]) - 1), level.text)

    @staticmethod
    def _count(levels: Mapping[int, Level], counts: Mapping[int, int], depth: int) -> str:
        level = levels.get(depth, Level())
        return level.shown(counts.get(depth, level.start))
