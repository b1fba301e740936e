"""A list as its template shows it: rows with words and marks, where it goes on, how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.platform import searching
from gongkai.platform.catalogue.queries.public import LAST_PAGE, PAGE, Listing, Row, Tally
from gongkai.platform.searching import Query

from . import addresses, drawing, words
from .shown import Line


@dataclass(frozen=True, slots=True)
class Turning:
    """Where the list goes on: addresses, and in words where one is."""

    newer: str
    older: str
    here: str


class Lines(list[Line]):
    """Rows ready to print: `things` with facts, `things_of_organs` with the organ's name too, `short` in one line each."""

    @property
    def things(self) -> SafeString:
        return drawing.things(self)

    @property
    def things_of_organs(self) -> SafeString:
        return drawing.things(self, whose=True)

    @property
    def short(self) -> SafeString:
        return drawing.short(self)


def lines(rows: Sequence[Row], query: Query | None = None) -> Lines:
    return Lines(_line(row, query) for row in rows)


def _line(row: Row, query: Query | None) -> Line:
    kind, validity = words.kind(row.kind), words.validity(row.validity)
    if not query:
        return Line(row, mark_safe(escape(row.title)), mark_safe(""), kind, validity, mark_safe(escape(row.document_number)), words.category(row.category))
    numbers = "　".join(searching.marked(number, query) for number in (row.document_number, row.index_number) if number)
    found = searching.snippet(row.plain, query)
    if "<mark>" not in found and row.summary:
        found = in_summary if "<mark>" in (in_summary := searching.snippet(row.summary, query)) else found
    return Line(row, mark_safe(searching.marked(row.title, query)), mark_safe(found), kind, validity, mark_safe(numbers), words.category(row.category))


def turning(request: HttpRequest, listing: Listing, tally: Tally | None = None) -> Turning:
    """Pages by number at first, then by the item that was last: deep down is as fast as on top."""
    place, rows = listing.place, listing.rows
    if place.before or place.after:
        newer = addresses.changed(request, after=rows[0].id) if rows and listing.newer else ""
        older = addresses.changed(request, before=rows[-1].id) if rows and listing.older else ""
        return Turning(newer or addresses.changed(request), older, _("更早的信息"))
    newer = _page(request, place.page - 1) if place.page > 1 else ""
    older = ""
    if listing.older and rows:
        older = _page(request, place.page + 1) if place.page < LAST_PAGE else addresses.changed(request, before=rows[-1].id)
    pages = -(-tally.total // PAGE) if tally and not tally.capped else 0
    here = _("第 %(n)s 页，共 %(all)s 页") % {"n": place.page, "all": pages} if pages else _("第 %(n)s 页") % {"n": place.page}
    return Turning(newer, older, here)


def _page(request: HttpRequest, number: int) -> str:
    address = addresses.changed(request)
    return address if number == 1 else f"{address}{'&' if '?' in address else '?'}page={number}"


def said(tally: Tally) -> str:
    """How many, in words; beyond the cap it says so."""
    if tally.capped:
        return _("超过 %(n)s 条") % {"n": f"{tally.cap:,}"}
    return _("共 %(n)s 条") % {"n": f"{tally.total:,}"}


