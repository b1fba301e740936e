"""What the address of a list asks for, as a filter; and the facets that lead on from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote_plus

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongkai.law.publication import CATEGORIES
from gongkai.platform import searching
from gongkai.platform.catalogue.choices import KINDS, VALIDITIES
from gongkai.platform.catalogue.queries import public
from gongkai.platform.catalogue.queries.public import FacetValue, Filter, Place, PublicOrgan, Tally
from gongkai.platform.pages import bounds

from . import addresses, words
from .shown import Facet, Value

MOST_VALUES = {"organ": 10, "topic": 12}
_KIND_ORDER = {str(key): place for place, key in enumerate(KINDS)}
_VALIDITY_ORDER = {str(key): place for place, key in enumerate(VALIDITIES)}
_CATEGORY_ORDER = {key: place for place, key in enumerate(words.BY_CATEGORY)}


def filter_of(request: HttpRequest, organs: Sequence[PublicOrgan] | None = None) -> Filter:
    """The filter in the address. What cannot be is passed over, as if it were not there."""
    given = request.GET
    chosen = None if organs is None else tuple(organ.id for organ in organs)
    if (slug := given.get("organ", "").replace("\x00", "")) and (found := public.organ(slug)) is not None:
        chosen = (found.id,) if chosen is None or found.id in chosen else chosen
    return Filter(
        organs=chosen,
        category=known(given.get("category", ""), words.BY_CATEGORY),
        kinds=(kind,) if (kind := known(given.get("kind", ""), _KIND_ORDER)) else None,
        topic=given.get("topic", "").replace("\x00", "")[:60] or None,
        year=year if (year := bounds.number(given.get("year"), 2999)) and year > 1000 else None,
        validity=known(given.get("validity", ""), _VALIDITY_ORDER),
    )


def asked_for(request: HttpRequest, wanted: Filter) -> Filter:
    """The filter with the words that are sought."""
    query = searching.query(request.GET.get("q", ""))
    return replace(wanted, query=query or None, by_relevance=request.GET.get("sort") == "relevance")


def known(value: str, table: object) -> str | None:
    return value if value and value in table else None  # type: ignore[operator]


def place_of(request: HttpRequest) -> Place:
    """The page, or the item before or after which the list goes on."""

    def number(name: str) -> int | None:
        return bounds.number(request.GET.get(name))

    return Place(min(max(number("page") or 1, 1), public.LAST_PAGE), number("before"), number("after"))


def facets(request: HttpRequest, tally: Tally, wanted: Filter, without: Sequence[str] = ()) -> list[Facet]:
    """The facets of a list in the order in which people narrow down; `without` those that the page itself fixes."""
    made = (
        ("organ", _("发布机构"), wanted.organs is not None and "organ" in request.GET),
        ("category", _("法定主动公开内容"), wanted.category is not None),
        ("kind", _("体裁"), wanted.kinds is not None),
        ("topic", _("主题分类"), wanted.topic is not None),
        ("year", _("发布年份"), wanted.year is not None),
        ("validity", _("有效性"), wanted.validity is not None),
    )
    found = []
    for key, label, chosen in made:
        if key in without:
            continue
        values = _ordered(key, _values(key, tally, chosen))[: MOST_VALUES.get(key, 30)]
        start = addresses.changed(request, **{key: None}) if chosen else addresses.changer(request, key)
        if chosen or len(values) > 1:
            found.append(Facet(label, tuple(_value(key, value, chosen, tally.capped, start) for value in values)))
    return found


def _values(key: str, tally: Tally, chosen: bool) -> list[FacetValue]:
    """The values that were counted; where there are too many to count, every value that there can be."""
    counted = [value for value in tally.facets.get(key, ()) if value.value != "none"]
    if not tally.capped or chosen or key in {"organ", "year", "topic"}:
        return counted
    every: dict[str, list[str]] = {"kind": list(_KIND_ORDER), "category": [c.key for c in CATEGORIES], "validity": list(_VALIDITY_ORDER)[1:]}
    return [FacetValue(value, 0) for value in every[key]]


def _ordered(key: str, values: list[FacetValue]) -> list[FacetValue]:
    if key == "year":
        return sorted(values, key=lambda value: value.value, reverse=True)
    order = {"kind": _KIND_ORDER, "category": _CATEGORY_ORDER, "validity": _VALIDITY_ORDER}.get(key)
    return sorted(values, key=lambda value: order.get(value.value, 999)) if order else values


def _value(key: str, value: FacetValue, chosen: bool, capped: bool, start: str) -> Value:
    """`start`: the address without this facet where it is chosen; otherwise all of it but the value."""
    label = {"kind": words.kind, "category": words.category, "validity": words.validity}.get(key, str)(value.value)
    said = value.value
    if key == "organ":
        label, said = value.label, value.slug
    return Value(label, None if capped else value.count, chosen, start if chosen else start + quote_plus(said))


def kind_named(key: str) -> str | None:
    return known(key, _KIND_ORDER)
