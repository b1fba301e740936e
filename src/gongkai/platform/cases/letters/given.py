"""What an officer typed into a letter's places, checked: only places that exist, nothing too long, days that are days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongkai.platform.cases.errors import Invalid

from .fields import Field, Kind, Row, Value, asked_of_officer

MOST_ROWS = 60


def checked(key: str, reply: str, given: Mapping[str, Any]) -> dict[str, Value]:
    """The values as they are kept; Invalid says of each place what is wrong. Empty ones are kept empty: a draft may lack anything."""
    known = {field.name: field for field in asked_of_officer(key, reply)}
    values: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    for name, value in given.items():
        if name not in known:
            wrong[name] = _("这种文书没有“%(name)s”这一处，或者它由系统填写。") % {"name": name}
            continue
        try:
            values[name] = _rows(known[name], value) if known[name].kind is Kind.ROWS else _words(known[name], value)
        except Invalid as refused:
            wrong[name] = "".join(refused.fields.values())
    if wrong:
        raise Invalid(wrong)
    return values


def _words(field: Field, value: Any) -> str:
    if field.kind is Kind.DATE:
        return _day(field, value)
    if not isinstance(value, str):
        raise Invalid({field.name: _("这里应填文字。")})
    words = "\n".join(line.strip() for line in value.replace("\r\n", "\n").split("\n") if line.strip())
    if field.kind is Kind.TEXT:
        words = words.replace("\n", " ")
    return _short(field, words, field.most)


def _short(field: Field, words: str, most: int) -> str:
    if len(words) > most:
        raise Invalid({field.name: _("“%(name)s”最多 %(most)s 个字，现有 %(n)s 个。") % {"name": field.name, "most": most, "n": len(words)}})
    return words


def _day(field: Field, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if value in ("", None):
        return ""
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise Invalid({field.name: _("“%(name)s”请填写日期，如 2026-03-31；填写的是“%(given)s”。") % {"name": field.name, "given": str(value)[:40]}}) from None


def _rows(field: Field, value: Any) -> list[Row]:
    """Rows of the columns that the place has; empty rows are left out."""
    if not isinstance(value, list | tuple):
        raise Invalid({field.name: _("“%(name)s”应逐项填写。") % {"name": field.name}})
    if len(value) > MOST_ROWS:
        raise Invalid({field.name: _("“%(name)s”最多 %(most)s 项，现有 %(n)s 项；其余请另附清单。") % {"name": field.name, "most": MOST_ROWS, "n": len(value)}})
    rows = []
    for row in value:
        if not isinstance(row, Mapping) or set(row) - set(field.columns):
            raise Invalid({field.name: _("“%(name)s”的栏为：%(columns)s。") % {"name": field.name, "columns": "、".join(field.columns)}})
        told = {column: _short(field, " ".join(str(row.get(column, "")).split()), 2000) for column in field.columns}
        if any(told.values()):
            rows.append(told)
    return rows
