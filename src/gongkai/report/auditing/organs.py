"""What kind of organ a name names: it decides deadlines (条例第四十九条) and powers."""

from __future__ import annotations

import re
from enum import StrEnum


class Level(StrEnum):
    """The kinds of organ whose duties differ."""

    GOVERNMENT = "government"  # a government at county level or above
    DEPARTMENT = "department"  # a department of one
    TOWNSHIP = "township"  # a township, town, sub-district or regiment: not named in 条例第四十九条
    UNKNOWN = "unknown"


_TOWNSHIP = re.compile(
    r"(?:[乡镇]|苏木|农场|牧场|街道|[一二三四五六七八九十百]团|\d团)"
    r"(?:党政(?:综合)?办公室|人民政府|政府|街道办事处|办事处|街道办|党政办)?$|街道办(?:事处)?$"
)
_GOVERNMENT = re.compile(r"(?:人民政府|行政公署|行署)$|(?<!开发)(?<!示范)(?<!园)[省市县旗州]$|自治区$|(?<!开发)(?<!示范)(?<!园)区$")
_DEPARTMENT = re.compile(r"(?<!人民政府)(?:局|厅|部|署|委员会|[改健资教]委|办公室|中心|大队|支队|总队|分局|院)$")
_GOVERNMENT_OFFICE = re.compile(r"(?:人民政府|政府)(?:办公室|办公厅)$")
_COMMITTEE = re.compile(r"(?:管理委员会|管委会)$")
_ZONE = re.compile(r"(?:开发|园|新|示范|高新技术产业|保税|景)区")
_COUNTY = re.compile(r"(?<![自地])(?:县|(?<![红国])旗)")
_DISTRICT = re.compile(r"(?<!自治)(?<!开发)(?<!新)(?<!地)(?<!园)(?<!示范)区")


def level_of(organ: str | None) -> Level:
    """The kind of organ, where its name tells it beyond doubt."""
    if not organ:
        return Level.UNKNOWN
    if _TOWNSHIP.search(organ):
        return Level.TOWNSHIP
    if _GOVERNMENT.search(organ):
        return Level.GOVERNMENT
    if _GOVERNMENT_OFFICE.search(organ):
        return Level.UNKNOWN  # the office often compiles the government's own report
    if _DEPARTMENT.search(organ) and not (_COMMITTEE.search(organ) and _ZONE.search(organ)):
        return Level.DEPARTMENT
    return Level.UNKNOWN


def of_county(organ: str) -> bool:
    """Whether the organ is a county's or a district's: neither it nor its government may make 规章."""
    return bool(_COUNTY.search(organ) or _DISTRICT.search(organ))
