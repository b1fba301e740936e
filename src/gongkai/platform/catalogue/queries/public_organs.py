"""Organs as the public sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .public_lists import rows_of
from .public_values import PublicOrgan

_FIELDS = (
    "id", "name", "short_name", "slug", "level", "kind", "area_path", "active", "area_parent_id", "has_rule_making_power",
    "office_name", "office_address", "office_hours", "office_phone", "office_fax", "office_post", "office_contact",
)  # fmt: skip
COLUMNS = ", ".join(f"o.{name}" for name in _FIELDS)
_SELECT = f"SELECT {COLUMNS} FROM organs_organ o"


def made(values: Iterable[Any]) -> PublicOrgan:
    """An organ out of a row of COLUMNS."""
    return PublicOrgan(*values)


def organs() -> tuple[PublicOrgan, ...]:
    """Every organ in use, in the order in which governments list them. One statement."""
    return tuple(map(made, rows_of(f"{_SELECT} WHERE o.active ORDER BY o.position, o.sort_key", [])))


def organ(slug: str) -> PublicOrgan | None:
    """An organ by the name in its address; one that was dissolved keeps its pages."""
    found = rows_of(f"{_SELECT} WHERE o.slug = %s", [slug])
    return made(found[0]) if found else None


def family(of: PublicOrgan) -> tuple[PublicOrgan, ...]:
    """The governments above it, itself, and what belongs to it by area. One statement."""
    above = [int(part) for part in of.path.split("/") if part]
    below = of.path.replace("%", "") + "%"
    found = rows_of(f"{_SELECT} WHERE o.id = ANY(%s) OR (o.area_path LIKE %s AND o.active) ORDER BY o.position, o.sort_key", [above, below])
    return tuple(map(made, found))


def above(of: PublicOrgan) -> tuple[PublicOrgan, ...]:
    """The governments above it and itself. One statement by primary key."""
    return tuple(map(made, rows_of(f"{_SELECT} WHERE o.id = ANY(%s)", [[int(part) for part in of.path.split("/") if part]])))
