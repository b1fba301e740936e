"""照抄: words about requests that belong to another organ's report (条例第四条、第二十七条)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gongkai.report.model import Section

Level = Literal["省", "市", "县"]

COPIED = re.compile(
    r"(?:收到|接到|受理|办理|答复)[^。;；\n]{0,30}?向(?P<whole>(?P<place>[^,，。;；、\s]{0,10}?)(?P<level>省|自治区|直辖市|市|州|盟|地区|县|区|旗)(?:人民)?政府"
    r"(?:(?:及|和|、|或|与)(?:其|省|市|州|县|区)?(?:人民)?政府?(?:办公室|办公厅))?)[^,，。;；]{0,12}?提出[^,，。;；]{0,8}?申请"
)
FORWARDED = re.compile(r"转办|交办|转来|移送|转交|协助")
LOWER = re.compile(r"(?:街道办事处|街道|镇人民政府|乡人民政府|镇政府|乡政府|镇|乡|民族乡|苏木)$")
DEPARTMENT = re.compile(r"(?:局|厅|委员会|中心|大队|支队|分局|管委会|公司|医院|学校|办事处)$")
OFFICE = re.compile(r"(?:人民政府|政府|行署)(?:办公室|办公厅)$")


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that speak of requests made to a government."""

    quote: str
    section: int
    addressed: str  # 市政府及市政府办公室
    level: str


def find(section: Section) -> tuple[Scope, ...]:
    """The sentences of a section that name the government to which requests were made."""
    return tuple(_scopes(section))


def _scopes(section: Section) -> Iterator[Scope]:
    plain = section.prose.plain
    if "提出" not in plain:
        return
    for match in COPIED.finditer(plain):
        if not FORWARDED.search(plain, match.start(), min(len(plain), match.end() + 20)):
            yield Scope(section.prose.quote(*match.span()), section.number, match["whole"], match["level"])


def foreign(scope: Scope, organ: str | None) -> bool:
    """Whether an organ of this name cannot be the one the requests were made to."""
    name = re.sub(r"\s+", "", organ or "")
    if not name or OFFICE.search(name):
        return False
    return LOWER.search(name) is not None or DEPARTMENT.search(name) is not None
