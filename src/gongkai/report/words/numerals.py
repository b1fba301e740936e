"""数字: Chinese and Arabic numerals to numbers and back."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "廿": 20}
PLACES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
MAGNITUDES = PLACES | MYRIADS | {"万亿": 10**12}
NUMERALS = "零〇一二两三四五六七八九十百千万亿"


def parse(numeral: str) -> int | None:
    """The number that a Chinese numeral says (十二万 → 120000, 二〇二三 → 2023); None where it says none."""
    if not numeral or any(char not in NUMERALS for char in numeral):
        return None
    if not any(char in MAGNITUDES for char in numeral):
        return int("".join(str(DIGITS[char]) for char in numeral))
    for myriad in ("亿", "万"):
        head, found, tail = numeral.rpartition(myriad)
        if found:
            high, low = parse(head), _tail(tail, MYRIADS[myriad])
            return None if high is None or low is None else high * MYRIADS[myriad] + low
    return _below_myriad(numeral)


def _tail(numeral: str, place: int) -> int | None:
    """What follows 万 or 亿; a lone digit counts in the next lower place (三万二 = 32000)."""
    if len(numeral) == 1 and numeral in DIGITS:
        return DIGITS[numeral] * place // 10
    return parse(numeral) if numeral else 0


def _below_myriad(numeral: str) -> int | None:
    total, digit, place, zero = 0, None, 10000, False
    for char in numeral:
        if char in PLACES:
            if PLACES[char] >= place or (digit is None and (char != "十" or total or zero)):
                return None
            place = PLACES[char]
            total, digit, zero = total + (1 if digit is None else digit) * place, None, False
        elif digit is not None:
            return None
        elif char in "零〇":
            zero = True
        else:
            digit = DIGITS[char]
    if digit is None:
        return total
    return total + digit * (place // 10 if total and not zero and place > 10 else 1)


def numeral(number: int) -> str:
    """A number below 万亿 as a Chinese numeral (120000 → 十二万)."""
    if not 0 <= number < 10**12:
        raise ValueError(f"a number from 0 to below 10**12 was expected, not {number}")
    text = ""
    for name, place in (("亿", 10**8), ("万", 10**4), ("", 1)):
        group, number = divmod(number, place)
        if group:
            text += ("零" if text and group < 1000 else "") + _four(group) + name
    text = text or "零"
    return text[1:] if text.startswith("一十") else text


def _four(number: int) -> str:
    text, gap = "", False
    for name, place in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, place)
        if digit:
            text += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
        gap = bool(text) and not digit
    return text


def arabic(text: str) -> Decimal:
    """A number in digits of either width, with thousands separators or a decimal point."""
    return Decimal(text.replace(",", "").replace("，", "").replace("．", "."))
