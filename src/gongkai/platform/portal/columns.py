"""The column 政府信息公开 of an organ: its parts, in the order in which the platform notice names them (国办公开办函〔2019〕61号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongkai.law.publication import CATEGORIES, LOCAL_CATEGORIES, Category
from gongkai.platform.catalogue.queries.public import PublicOrgan

from . import addresses

# 第二十条第一项之内：规章、行政规范性文件、其他文件
NORMATIVE_KINDS = ("rules", "normative", "document")


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of the column in the navigation."""

    key: str
    label: str
    address: str
    current: bool


def navigation(organ: PublicOrgan, current: str = "") -> list[Entry]:
    named = (
        ("guide", _("政府信息公开指南")),
        ("rules", _("政府信息公开制度")),
        ("statutory", _("法定主动公开内容")),
        ("reports", _("政府信息公开年报")),
        ("requests", _("依申请公开")),
    )
    return [Entry(key, label, addresses.organ(organ.slug, key), key == current) for key, label in named]


def statutory(organ: PublicOrgan) -> tuple[Category, ...]:
    """What this organ must publish: Art 20 for all; Art 21 by its level."""
    return (*CATEGORIES, *further(organ))


def further(organ: PublicOrgan) -> tuple[Category, ...]:
    """第二十一条：设区的市级、县级人民政府及其部门；乡（镇）人民政府."""
    prefix = {"prefecture": "county_", "county": "county_", "township": "township_"}.get(organ.level)
    return tuple(category for category in LOCAL_CATEGORIES if prefix and category.key.startswith(prefix))


def government(family: Sequence[PublicOrgan], organ: PublicOrgan) -> PublicOrgan | None:
    """The nearest government above an organ, by area."""
    above = [one for one in family if one.kind == "government" and one.id != organ.id and organ.path.startswith(one.path)]
    return max(above, key=lambda one: len(one.path), default=None)
