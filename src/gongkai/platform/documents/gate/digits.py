"""Digits: the check characters of identity cards, credit codes and bank cards, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Final

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_CREDIT: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
PROVINCES: Final = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)


def identity_check(first: str) -> str:
    """The eighteenth character of a citizen's number (GB 11643, ISO 7064 MOD 11-2) after these seventeen."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def is_identity(number: str) -> bool:
    """Whether eighteen characters can be a citizen's number: province, day of birth, check character."""
    return _shaped(number) and identity_check(number[:17]) == number[17].upper()


def seems_identity(number: str) -> bool:
    """Whether they have its shape, be the check character right or wrong."""
    return _shaped(number)


def _shaped(number: str) -> bool:
    return (
        len(number) == 18 and number[:17].isascii() and number[:17].isdecimal() and number[17] in "0123456789Xx"
        and number[:2] in PROVINCES and number[2:4] != "00" and _is_day(number[6:14]) and number[6:8] in ("19", "20")
    )  # fmt: skip


def is_old_identity(number: str) -> bool:
    """Whether fifteen digits can be a citizen's number of before 1999."""
    return (
        len(number) == 15
        and number.isascii()
        and number.isdecimal()
        and number[:2] in PROVINCES
        and number[2:4] != "00"
        and _is_day(f"19{number[6:12]}")
    )


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def credit_check(first: str) -> str:
    """The eighteenth character of a unified social credit code (GB 32100) after these seventeen."""
    total = sum(_CREDIT.index(sign) * weight for sign, weight in zip(first, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT[-total % 31]


def is_credit_code(code: str) -> bool:
    code = code.upper()
    return (
        len(code) == 18 and set(code) <= set(_CREDIT) and code[2:8].isdecimal() and credit_check(code[:17]) == code[17]
    )


def is_registration(number: str) -> bool:
    """Whether fifteen digits are the registration number of a business (GS 15, ISO 7064 MOD 11,10)."""
    if len(number) != 15 or not number.isdecimal():
        return False
    carry = 10
    for digit in number[:14]:
        carry = (carry + int(digit)) % 10 or 10
        carry = carry * 2 % 11
    return (carry + int(number[14])) % 10 == 1


def luhn(number: str) -> bool:
    total = 0
    for at, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
