"""What nobody types by mistake, and what somebody types on purpose."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from urllib.parse import quote

LONG = 10_000
TEXTS = {
    "NUL": "甲\x00乙", "controls": "\x1b[31m\x07\x7f", "hidden signs": "\u202e\u200b\ufeff甲", "very long": "长" * LONG, "astral": "𠮷𩸽😀" * 3,
    "markup": "<script>alert(1)</script>'\"--;{{ 7*7 }}%s%(x)s", "only blanks": " \u3000\t\r\n", "no scalar": "\ufffe\uffff", "nested": "[" * 20_000,
}  # fmt: skip
NUMBERS = {
    "Arabic digits": "٣", "full-width digits": "１２", "beyond bigint": "9223372036854775808", "beyond any": "9" * 400, "beyond Python": "9" * 5000, "negative": "-1", "zero": "0",
    "exponent": "1E+100000", "not a number": "NaN", "infinite": "Infinity", "superscript": "²", "fraction": "1.5", "hexadecimal": "0x10", "underscored": "1_000",
}  # fmt: skip
DAYS = {
    "year 0": "0000-01-01", "year 1": "0001-01-01", "year 9999": "9999-12-31", "year 10000": "10000-01-01", "no such day": "2026-02-30", "Arabic digits": "٢٠٢٦-٠٣-٠٢",
    "full-width": "２０２６-０３-０２", "day and time": "2026-03-02T25:61", "far past": "1582-10-10",
}  # fmt: skip
MOMENTS = {"year 1": "0001-01-01T00:00", "year 9999": "9999-12-31T23:59", "nonsense": "2026-02-30T25:00"}
PATHS = {
    "NUL": "%00", "NUL within": "a%00b", "half a sign": "%E7%94", "lone surrogate": "%ED%A0%80", "Arabic digits": quote("٣"), "full-width digits": quote("１２"),
    "beyond bigint": "9223372036854775808", "beyond Python": "9" * 5000, "negative": "-1", "zero": "0", "very long": "a" * LONG, "dots": "..", "blank": "%20", "line": "%0A%0D", "letters": "x",
}  # fmt: skip
QUERIES = {
    **{name: quote(text) for name, text in (TEXTS | NUMBERS | DAYS).items() if len(text) < 6000}, "lone surrogate": "%ED%A0%80", "half a sign": "%E7%94", "beyond Python": "9" * 5000,
    "long": "a" * LONG, "empty": "", "percent": "%25%", "letters": "x",
}  # fmt: skip


def of(kind: str) -> dict[str, str]:
    """What may be typed where a page asks for this kind of thing."""
    if kind == "date":
        return DAYS | {"NUL": TEXTS["NUL"], "very long": TEXTS["very long"]}
    if kind == "datetime-local":
        return MOMENTS | DAYS
    if kind == "number":
        return NUMBERS | {"NUL": TEXTS["NUL"]}
    if kind in ("hidden", "select", "radio", "checkbox", "button"):
        return NUMBERS | TEXTS
    return TEXTS | {name: NUMBERS[name] for name in ("Arabic digits", "beyond Python", "negative")}


THOROUGH = os.environ.get("GONGKAI_EXAMPLES") == "thorough"


def turn_of(number: int, among: int) -> bool:
    """Whether it is this one's turn: one in `among`; everyone's where GONGKAI_EXAMPLES=thorough."""
    return THOROUGH or number % among == 0


def some(told: Mapping[str, str], turn: int, few: int) -> Iterator[tuple[str, str]]:
    """A few of them, others each time, so that all of them come round; every one where GONGKAI_EXAMPLES=thorough."""
    every = list(told.items())
    if THOROUGH or few >= len(every):
        yield from every
        return
    step = max(len(every) // few, 1)
    yield from (every[(turn + number * step) % len(every)] for number in range(few))
