"""One form for what reads the same: traditional as simplified, full width as half, capitals as small letters.

Every character is folded by itself, so a part of a text folds to the same part of the folded text: whatever is cut out
of a stored text is found again. Conversion by phrases (乾隆 but 干净) has not this property.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import opencc

IDEOGRAPHS = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u3100-\u312f\u3400-\u9fff\ua000-\ua4cf\uac00-\ud7af"
    "\uf900-\ufaff\ue000-\uf8ff\U0001b000-\U0001b16f\U00020000-\U0003fffd\U000f0000-\U0010fffd"
)
# 单字转换分不开、又确实通用的字：著/着、覆/复（答覆）、瞭/了（瞭解）、畫/划（計畫）……
SAME = str.maketrans(
    {
        "著": "着", "覆": "复", "瞭": "了", "画": "划", "藉": "借", "彷": "仿", "甦": "苏", "沈": "沉", "钜": "巨",
        "锺": "钟", "迳": "径", "衹": "只", "祇": "只", "麽": "么", "裏": "里", "○": "〇", "◯": "〇",
    }
)  # fmt: skip


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


class _Table(dict[int, int | None]):
    """The folded form of each character, worked out when it is first met; None for what is passed over."""

    def __missing__(self, code: int) -> int | None:
        folded = _fold(chr(code))
        self[code] = ord(folded) if folded else None
        return self[code]


def _fold(char: str) -> str:
    """One character, or none for a mark that is not seen (zero width, variation selector, accent)."""
    if unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return ""
    plain = unicodedata.normalize("NFKD", char)
    if len(plain) > 1 and all(unicodedata.category(mark) == "Mn" for mark in plain[1:]):
        plain = plain[0]
    if len(plain) != 1:
        plain = composed if len(composed := unicodedata.normalize("NFKC", char)) == 1 else char
    lower = low if len(low := plain.lower()) == 1 else plain
    if lower > "\u2e7f" and not "\ud800" <= lower <= "\udfff":
        simple = _simplifier().convert(lower)
        lower = simple if len(simple) == 1 else lower
    return lower.translate(SAME)


_TABLE = _Table()


def fold(text: str) -> str:
    """The text in its one form; what is not seen is left out."""
    return text.translate(_TABLE)


def fold_with_places(text: str) -> tuple[str, list[int] | range]:
    """The folded text, and of each of its characters the place in the original."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded, range(len(text))
    places = [place for place, char in enumerate(text) if _TABLE[ord(char)] is not None]
    return folded, places


@lru_cache(maxsize=1)
def _originals() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for first, last in ((0x21, 0x2FF), (0x1E00, 0x1EFF), (0x2460, 0x24FF), (0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFF01, 0xFFEF), (0x2F800, 0x2FA1F)):
        for code in range(first, last + 1):
            if (folded := _TABLE[code]) is not None and folded != code:
                found.setdefault(chr(folded), []).append(chr(code))
    return {folded: "".join(chars) for folded, chars in found.items()}


def originals(char: str) -> str:
    """Every character that folds to this one, itself first."""
    return char + _originals().get(char, "")
