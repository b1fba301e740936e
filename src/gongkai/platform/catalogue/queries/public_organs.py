"""Organs as the public sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.platform.organs.models import Organ

from .public_values import PublicOrgan

_FIELDS = (
    "id", "name", "short_name", "slug", "level", "kind", "area_path", "active", "area_parent_id", "has_rule_making_power",
    "office_name", "office_address", "office_hours", "office_phone", "office_fax", "office_post", "office_contact",
)  # fmt: skip
COLUMNS = ", ".join(f"o.{name}" for name in _FIELDS)


def made(values: Iterable[Any]) -> PublicOrgan:
    """An organ out of a row of COLUMNS."""
    return PublicOrgan(*values)


def organs() -> tuple[PublicOrgan, ...]:
    """Every organ in use, in the order in which governments list them. One statement."""
    return tuple(PublicOrgan(*row) for row in Organ.objects.filter(active=True).order_by("position", "sort_key").values_list(*_FIELDS))


def organ(slug: str) -> PublicOrgan | None:
    """An organ by the name in its address; one that was dissolved keeps its pages."""
    row = Organ.objects.filter(slug=slug).values_list(*_FIELDS).first()
    return PublicOrgan(*row) if row else None


def family(of: PublicOrgan) -> tuple[PublicOrgan, ...]:
    """The governments above it, itself, and what belongs to it by area. One statement."""
    above = [int(part) for part in of.path.split("/") if part]
    rows = (Organ.objects.filter(pk__in=above) | Organ.objects.filter(area_path__startswith=of.path, active=True)).order_by("position", "sort_key")
    return tuple(PublicOrgan(*row) for row in rows.values_list(*_FIELDS))
