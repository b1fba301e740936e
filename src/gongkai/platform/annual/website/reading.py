"""What people type into the form, as it is kept, and as it is printed. Blank is not zero: nothing typed is nothing known. Pure.

Kept: a count as "1800" or, for 1800余, "1800+"; a number as "3.5"; yes and no as "yes" and "no"; a choice by its key; a day as 2024-01-29.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongkai.platform.annual import written
from gongkai.platform.annual.written import Unread

from .fields import Field, Kind

YES, NO = "yes", "no"
ABOUT = "+"
_YES = {"是": YES, "有": YES, "√": YES, "yes": YES, "否": NO, "无": NO, "没有": NO, "no": NO}
_LARGEST = Decimal(10) ** 15
_LINES = frozenset("\t\r\n")


def read(field: Field, text: str) -> str:
    """What is kept; empty where nothing was typed. Raises Unread with what to do."""
    plain = text.strip()
    if not plain:
        return ""
    if field.is_figure:
        return _figure(field, plain)
    if field.kind is Kind.YES_NO:
        if (found := _YES.get(plain.lower())) is None:
            raise Unread(_("请选“是”或“否”，不知道的空着；收到“%(text)s”。") % {"text": plain[:20]})
        return found
    if field.kind is Kind.CHOICE:
        found = next((key for key, zh, _en in field.choices if plain in (key, zh)), None)
        if found is None:
            raise Unread(_("请选 %(choices)s 之一；收到“%(text)s”。") % {"choices": "、".join(zh for _key, zh, _en in field.choices), "text": plain[:20]})
        return found
    return _day(plain) if field.kind is Kind.DATE else _text(field, plain)


def _figure(field: Field, plain: str) -> str:
    value, about = written.figure(plain)
    if value is None:
        return ""
    if value < 0:
        raise Unread(_("不能为负；收到“%(text)s”。") % {"text": plain[:40]})
    if value >= _LARGEST:
        raise Unread(_("数字过大，请核对是否多写了位数。"))
    most = 2 if field.kind is Kind.NUMBER else 0
    if value != round(value, most):
        raise Unread(_("至多两位小数；收到“%(text)s”。") % {"text": plain[:40]} if most else _("应为整数；收到“%(text)s”。") % {"text": plain[:40]})
    return of(value, about)


def _day(plain: str) -> str:
    told = unicodedata.normalize("NFKC", plain)
    try:
        if not told.isascii():
            raise ValueError
        day = date.fromisoformat(told)
        if not 2000 <= day.year <= 2100:
            raise ValueError
        return day.isoformat()
    except ValueError:
        raise Unread(_("请按 2024-01-29 的样子填写日期；收到“%(text)s”。") % {"text": plain[:20]}) from None


def _text(field: Field, plain: str) -> str:
    if any(unicodedata.category(sign) == "Cc" and sign not in _LINES for sign in plain):
        raise Unread(_("有看不见的控制字符，请删去重新填写。"))
    told = " ".join(plain.split())
    if len(told) > field.longest:
        raise Unread(_("不得超过 %(most)s 个字，现有 %(n)s 个。") % {"most": field.longest, "n": len(told)})
    return told


def of(value: Decimal, about: bool = False) -> str:
    """A figure as it is kept."""
    whole = value.normalize()
    return f"{whole:f}{ABOUT if about else ''}"


def number(kept: str | None) -> tuple[Decimal, bool] | None:
    """A kept figure and whether it is 余; nothing for a blank."""
    return None if not kept else (Decimal(kept.rstrip(ABOUT)), kept.endswith(ABOUT))


def shown(field: Field, kept: str | None) -> str:
    """As it is printed in the form: 1800余, 是, 部门网站, 2024年1月29日; nothing for a blank."""
    if not kept:
        return ""
    if field.is_figure:
        return kept.replace(ABOUT, "余")
    if field.kind is Kind.YES_NO:
        return "是" if kept == YES else "否"
    if field.kind is Kind.CHOICE:
        return next((zh for key, zh, _en in field.choices if key == kept), kept)
    if field.kind is Kind.DATE:
        day = date.fromisoformat(kept)
        return f"{day.year}年{day.month}月{day.day}日"
    return kept


def typed(field: Field, kept: str | None) -> str:
    """As it stands in the box where it is filled in."""
    return shown(field, kept) if field.is_figure else kept or ""
