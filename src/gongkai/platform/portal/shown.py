"""What lists hand to the page: lines and facets, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from gongkai.platform.catalogue.queries.public import Row


@dataclass(frozen=True, slots=True)
class Line:
    """One row, ready to print; `title` and `snippet` are HTML with the words marked."""

    row: Row
    title: SafeString
    snippet: SafeString
    kind: str
    validity: str
    numbers: SafeString
    category: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet as a link."""

    label: str
    count: int | None
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    label: str
    values: tuple[Value, ...]
