"""What stands in a cell: a number, nothing, or a text that is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .plain import plain

_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?P<unit>件|项|条|个|次|宗|起|份|万元|亿元|元)?\s*(?P<note>\(.+\))?",
    re.DOTALL,
)
_PAGE = re.compile(r"\s*-+\s*\d+\s*-+\s*|第?\s*\d+\s*页.*|\s*\d+\s*/\s*\d+\s*")


@dataclass(frozen=True, slots=True)
class Value:
    """The reading of one cell. `number` is None where it is blank or where `text` is no number."""

    number: int | Decimal | None
    text: str  # as printed
    unit: str | None = None
    note: str | None = None
    unclear: bool = False  # something stands there, and it is no number

    @property
    def blank(self) -> bool:
        return self.number is None and not self.unclear


BLANK = Value(None, "")


@lru_cache(maxsize=8192)
def value(text: str) -> Value:
    """Read a cell. Digits parted by blanks or line breaks are unclear: they may be two numbers."""
    form = plain(text).strip()
    if not form:
        return BLANK
    found = _NUMBER.fullmatch(form)
    if not found:
        return Value(None, text.strip(), unclear=True)
    digits = found["number"].replace(",", "")
    number = Decimal(digits) if "." in digits else int(digits)
    bare = found["unit"] is None and found["note"] is None
    return Value(number, text.strip() if bare else " ".join(text.split()), found["unit"], found["note"])


def is_value(text: str) -> bool:
    """Whether the text reads as one number."""
    return value(text).number is not None


def is_page_number(text: str) -> bool:
    """Whether a line is a page number (— 4 —) that stands between rows."""
    return len(text) < 30 and bool(_PAGE.fullmatch(plain(text)))


