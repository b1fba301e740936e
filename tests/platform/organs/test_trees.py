"""Organs in their two trees (条例第三条): entered, moved with everything below, never in a circle."""

from __future__ import annotations

import pytest

from gongkai.platform.organs.errors import Invalid

from .making import organ

pytestmark = pytest.mark.django_db


def _faults(**more: object) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        organ(**more)
    return refused.value.fields


def test_an_organ_stands_at_its_place_in_both_trees() -> None:
    county = organ("甲县人民政府", kind="government")
    bureau = organ("乙地区民政局")
    office = organ("甲县民政局", area_parent=county.pk, system_parent=bureau.pk)

    assert office.area_path == f"/{county.pk}/{office.pk}/"
    assert office.system_path == f"/{bureau.pk}/{office.pk}/"
    assert county.area_path == county.system_path == f"/{county.pk}/"
