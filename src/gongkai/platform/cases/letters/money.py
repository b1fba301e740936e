"""数额大写: an amount of yuan in the capital figures of Chinese finance. Pure."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def capital(amount: Decimal) -> str:
    """壹仟零捌拾元整; 伍角 and 贰分 where there are any."""
    fen = int((amount * 100).to_integral_value())
    yuan, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan else ""
    if not rest:
        return f"{words or '零元'}整"
    words += f"{_DIGITS[jiao]}角" if jiao else "零" if yuan else ""
    return words + (f"{_DIGITS[last]}分" if last else "整")


def _whole(number: int) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10000)
        groups.append(group)
    words = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            gap = words and (group < 1000 or not groups[place + 1])
            words += ("零" if gap else "") + _four(group) + _GROUPS[place]
    return words or "零"


def _four(number: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return words
