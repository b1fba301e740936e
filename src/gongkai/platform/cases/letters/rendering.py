"""A letter of a case in type: the template of its day filled, as Word and as PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.platform.cases.errors import NotNow
from gongkai.platform.cases.keeping import Kept
from gongkai.platform.cases.models import Letter, Request
from gongkai.platform.cases.standing import Happened

from . import autos, filling, laying, printing, series, sheet
from .case import Case, case_on, zh
from .fields import Field, Fields, Kind, Value, by_name
from .letterheads import head_on
from .texts import LETTERS
from .versions import template_on

MEDIA = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True, repr=False)
class Rendered:
    """The two files, and which template they were made with (none: ours)."""

    docx: bytes
    pdf: bytes
    template: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A letter set in type with a number, on the disk, before the number is taken."""

    serial: int
    number: str
    code: str
    digest: str
    rendered: Rendered
    docx: Kept
    pdf: Kept


def title_of(key: str) -> str:
    return LETTERS[key].title


def number_of(request: Request, key: str, on: date, serial: int) -> str:
    return series.number(head_on(request.organ, on).code, key, on.year, serial)


def template_id(request: Request, key: str, on: date) -> int | None:
    found = template_on(request.organ, key, on)
    return found.pk if found is not None else None


def render(request: Request, letter: Letter, *, events: Sequence[Happened], on: date, number: str = "", code: str = "") -> Rendered:
    """The letter as it would be on a day. Without a number a preview."""
    case = case_on(request, on, events, letter.consultation)
    held = template_on(request.organ, letter.key, on)
    text = bytes(held.docx) if held is not None else laying.template(letter.key)
    docx, pdf = typeset(case, letter.key, letter.reply, letter.law, Fields.opened(letter.fields).values, text, number=number, code=code)
    return Rendered(docx, pdf, held.pk if held is not None else None)


def typeset(
    case: Case, key: str, reply: str, law: Mapping[str, Any], values: Mapping[str, Value], template: bytes, *, number: str = "", code: str = "",
) -> tuple[bytes, bytes]:  # fmt: skip
    """A template filled with what the officer and what the case say: Word, and PDF from the same content."""
    told = shown(key, reply, values)
    told |= autos.filled(case, key, reply, law, told, number=number, code=code)
    document = filling.filled(template, told)
    laying.settle(document)
    try:
        return filling.written(document), printing.to_pdf(sheet.read(document), title=f"{case.organ.name}{title_of(key)}", author=case.organ.name, on=case.on)
    except printing.Unwritable as failed:
        raise NotNow(failed.zh, failed.en) from failed


def shown(key: str, reply: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """The officer's values as they are printed: days in Chinese, sentences with their full stop."""
    known = by_name(key, reply)
    return {name: _printed(known[name], value) for name, value in values.items() if name in known}


def _printed(field: Field, value: Value) -> Value:
    if isinstance(value, list):
        return [{column: words.rstrip("。；，、 ") for column, words in row.items()} for row in value]
    return zh(value) if field.kind is Kind.DATE else field.ended(value)
