"""What the catalogue's settings pages show: the next index number, the word list, the import's columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.platform.catalogue import clocks, sheets
from gongkai.platform.catalogue.models import IndexSerial, Word
from gongkai.platform.organs import numbering
from gongkai.platform.organs.acting import Actor

from .reading import readable_organ


@dataclass(frozen=True, slots=True)
class WordView:
    """A word on an organ's list."""

    id: int
    wrong: str
    right: str
    kind: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Numbering:
    """How an organ numbers: its pattern, the next number, and what is wrong with the pattern."""

    pattern: str
    given_this_year: int
    next: str
    wrong: str


def words(actor: Actor, organ_id: int) -> tuple[WordView, ...]:
    """The organ's own word list. Two statements."""
    organ = readable_organ(actor, organ_id)
    held = Word.objects.select_related("by").filter(organ=organ, removed_at__isnull=True).order_by("kind", "wrong")
    return tuple(WordView(each.pk, each.wrong, each.right, each.kind, each.by.name, each.at) for each in held)


def index_numbers(actor: Actor, organ_id: int, at: datetime) -> Numbering:
    """The number that the next publication would get. Two statements."""
    organ = readable_organ(actor, organ_id)
    today = clocks.local_day(at)
    last = IndexSerial.objects.filter(organ=organ, year=today.year).values_list("last", flat=True).first() or 0
    of = numbering.Numbered(organ.code, organ.credit_code, organ.slug)
    wrong = numbering.wrong_pattern(organ.index_pattern) or numbering.missing(organ.index_pattern, of)
    number = "" if wrong else numbering.index_number(organ.index_pattern, of, today.year, today.month, last + 1)
    return Numbering(organ.index_pattern, last, number, wrong)


def import_columns() -> tuple[sheets.Column, ...]:
    """The columns of the import's table, with what to write into each."""
    return sheets.COLUMNS
