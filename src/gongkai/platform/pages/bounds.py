"""What is typed into addresses and forms, within bounds: numbers that the database can hold, days that a calendar knows.

Whatever reads a number or a day from outside reads it here; what is out of bounds is no number, or is refused in words.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

LARGEST = 2**63 - 1
MOST = 2**31 - 1
FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
_PAGES = 999_999


def number(text: str | None, most: int = LARGEST) -> int | None:
    """The number that these plain digits are; None for everything else: signs, other scripts' digits, more than can be kept."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 19:
        return None
    found = int(text)
    return found if found <= most else None


def page(request: HttpRequest) -> int:
    """The page of a list that the address asks for; the first where it asks for none that there could be."""
    return number(request.GET.get("page"), _PAGES) or 1


class Day(forms.DateField):
    """A day, as the browser's own picker gives it."""

    def __init__(self, **more: Any) -> None:
        widget = more.pop("widget", None) or forms.DateInput({"type": "date", "min": FIRST.isoformat(), "max": LAST.isoformat()}, format="%Y-%m-%d")
        told = {"invalid": _("请按 2024-03-05 的样子填写日期。"), "required": _("请填写这一天。")} | more.pop("error_messages", {})
        super().__init__(widget=widget, error_messages=told, **more)
        self.validators.append(_within(FIRST, LAST))


class Moment(forms.DateTimeField):
    """A day and a time of it."""

    def __init__(self, **more: Any) -> None:
        told = {"invalid": _("请按 2024-03-05 09:30 的样子填写。")} | more.pop("error_messages", {})
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], error_messages=told, **more)

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, str) and value[:4].isdecimal() and not FIRST.year <= int(value[:4]) <= LAST.year:
            raise forms.ValidationError(_OUTSIDE % {"first": FIRST.year, "last": LAST.year}, code="outside")
        return super().to_python(value)


class Whole(forms.IntegerField):
    """A whole number that a column of the database can hold."""

    def __init__(self, *, max_value: int = MOST, **more: Any) -> None:
        super().__init__(max_value=max_value, **more)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and len(value) > 40:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


_OUTSIDE = _("年份应在 %(first)s 至 %(last)s 之间。")


def _within(first: date, last: date) -> Any:
    def check(value: date) -> None:
        if not first <= value <= last:
            raise forms.ValidationError(_OUTSIDE % {"first": first.year, "last": last.year}, code="outside")

    return check


__all__ = ["FIRST", "LARGEST", "LAST", "MOST", "Day", "Moment", "Whole", "number", "page"]
