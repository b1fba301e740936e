"""Figures and months as people write them, in a form or in a table. Nothing is guessed: what cannot be read says why. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_ABOUT = re.compile(r"(?:余|多|\+)$")
_CHINESE = re.compile(r"[〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]")
_MONTH = re.compile(r"(?:(?P<year>[0-9]{4})\s*(?:年|[-/.]))?\s*(?P<month>[0-9]{1,2})\s*月?(?:份)?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTHS = {name: n for n, name in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1)}
WHOLE = frozenset({"全年", "年度", "全年数", "年度数", "0"})
TOTALS = frozenset({"合计", "总计", "小计", "累计", "共计"})
TOTAL = -1  # “合计”一行：只核对，不登记
LONGEST = 40


class Unread(ValueError):
    """What was written is no figure or no month; the message says what to write."""


def figure(text: str) -> tuple[Decimal | None, bool]:
    """A figure and whether it is “余”; None where nothing is written."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if not plain:
        return None, False
    if plain.startswith("="):
        raise Unread(_("这是公式，不是数。请写算出的数。"))
    if len(plain) > LONGEST:
        raise Unread(_("应为一个数，这里有 %(n)s 个字。") % {"n": len(plain)})
    number = _ABOUT.sub("", plain).strip()
    if _NUMBER.fullmatch(number):
        return Decimal(number.replace(",", "")), number != plain
    raise Unread(_why(plain))


def _why(plain: str) -> str:
    if plain.endswith(("万", "亿", "千", "百")) and plain[0].isdecimal():
        return _("请写成完整的数，例如“42万”写 420000；收到“%(text)s”。") % {"text": plain}
    if _CHINESE.search(plain):
        return _("请用阿拉伯数字；收到“%(text)s”。") % {"text": plain}
    if plain.endswith("%"):
        return _("应为数量，不是比例；收到“%(text)s”。") % {"text": plain}
    if set(plain) <= set("-—–/\\无"):
        return _("没有数的请空着，确实没有发生的写 0；收到“%(text)s”。") % {"text": plain}
    return _("应为一个数，例如 1200、937.08，约数写“8900余”，不带单位；收到“%(text)s”。") % {"text": plain}


def month(text: str, year: int) -> int:
    """1–12, 0 for the whole year, TOTAL for a line that only adds up."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if plain in WHOLE or plain == f"{year}年" or plain == f"{year}年全年":
        return 0
    if plain in TOTALS:
        return TOTAL
    if (number := _MONTHS.get(plain.removesuffix("份").removesuffix("月"))) is not None:
        return number
    if found := _DAY.fullmatch(plain):
        told, number = int(found[1]), int(found[2])
    elif found := _MONTH.fullmatch(plain):
        told, number = int(found["year"] or year), int(found["month"])
    else:
        raise Unread(_("月份应写 1 至 12，全年一笔写“全年”；收到“%(text)s”。") % {"text": plain[:LONGEST]})
    if told != year:
        raise Unread(_("这是 %(told)s 年的；现在导入的是 %(year)s 年。") % {"told": told, "year": year})
    if not 1 <= number <= 12:
        raise Unread(_("月份应写 1 至 12，全年一笔写“全年”；收到“%(text)s”。") % {"text": plain[:LONGEST]})
    return number
