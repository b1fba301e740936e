"""目录: how many parts a report says it has, and which it names (年度报告格式：六个部分)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.report.model import Section

from . import numerals

NOUN = re.compile(r"部分|章节|大项|项内容|方面的?内容")
COUNT = re.compile(rf"(?:等|共计|共有|共分为?|共|[,，])?\s*(?P<number>[{numerals.NUMERALS}]{{1,2}}|\d{{1,2}})\s*(?:个|大)?\s*$")
OPENS = re.compile(r"(?:由|包括|包含|包括了|涵盖|分为|内容(?:有|为|是)?[:：]|分别(?:是|为)[:：]?|如下[:：])")
AFTER = re.compile(r"(?:内容)?(?:组成|构成)?[:：,，]?\s*(?:分别是|分别为|包括|即|具体为|主要包括|具体包括)?[:：]?(?P<names>[^。！!？?]{20,300})")
FAR = 400
TOPIC = re.compile(
    r"总体情况|概述|概况|基本情况|总述|主动公开|公开政府信息|政府信息公开|依申请|申请|复议|诉讼|申诉|收费|费用|减免|存在|问题|不足|改进|措施|打算|"
    r"需要报告|需报告|报告的?事项|附表|附件|附注|报告表|统计表|说明|咨询|解读|平台|监督|保障|举报|投诉|组织领导|制度|队伍|建议"
)
COMMAS = re.compile(r"[,，;；]")
PAUSES = re.compile(r"、")
JOINED = re.compile(r"(?:情况|事项|问题|措施|办法|概述|概况|打算|附件|附表|建议|方面|详情|主动公开|收费)(?:政府信息)?(?:和|及|与|以及|并)(?=[^,，、]{3,})")
WHOLE = re.compile(r"(?:情况|事项|措施|概述|概况|总述|打算|附件|附表|附注|表|问题|举措|说明|建议|计划|详情|安排|附则|不足|数据)$")


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts that a report names in one sentence, and how many it says they are."""

    quote: str
    section: int
    claimed: int
    named: tuple[str, ...]
    fewest: int  # parts that the words name, read as narrowly as they allow
    most: int  # … and as widely

    @property
    def holds(self) -> bool:
        return self.fewest <= self.claimed <= self.most


def find(section: Section) -> tuple[Contents, ...]:
    """The sentences of a section that name the report's parts and count them."""
    return tuple(_contents(section))


def _contents(section: Section) -> Iterator[Contents]:
    plain = section.prose.plain
    for noun in NOUN.finditer(plain) if section.number <= 1 else ():
        begin = max(0, noun.start() - 8)
        match = COUNT.search(plain[begin : noun.start()])
        if match is None:
            continue
        first = begin + match.start()
        start = max(plain.rfind(mark, 0, first) for mark in "。！!？?") + 1
        opens = next(iter(OPENS.finditer(plain, start, first)), None)
        if opens is not None and first - opens.end() <= FAR:
            names, end = plain[opens.end() : first], noun.end()
        elif (after := AFTER.match(plain, noun.end())) is not None:
            names, end = after["names"], after.end()
        else:
            continue
        claimed = int(match["number"]) if match["number"].isdigit() else numerals.parse(match["number"])
        named, fewest, most = _count(re.sub(r"\s+", "", names).strip("等:：,，、"))
        if match[0].startswith("等"):
            most = max(most, claimed or 0)  # 等六部分: the list need not name them all
        if claimed and named and all(TOPIC.search(name) for name in named):
            yield Contents(section.prose.quote(start, end).strip(), section.number, claimed, named, fewest, most)


def _count(names: str) -> tuple[tuple[str, ...], int, int]:
    """The names in a list, and the bounds of their number: 行政复议、行政诉讼情况 is one name written with a mark of lists."""
    names = re.sub(r"[(（][^)）]*[)）]|《[^》]*》", "", names)
    commas = [name for name in COMMAS.split(names) if name]
    if len(commas) > 2 and all(TOPIC.search(name) for name in commas):
        joined = sum(len(JOINED.findall(name)) for name in commas)
        return tuple(commas), len(commas), len(commas) + joined
    if len(commas) > 1:
        return (), 0, 0
    pieces = [name for name in PAUSES.split(names) if name]
    if len(pieces) < 3:
        return (), 0, 0
    merged: list[str] = []
    pending = ""
    for piece in pieces:
        pending += ("、" if pending else "") + piece
        if WHOLE.search(piece) or JOINED.search(piece):
            merged.append(pending)
            pending = ""
    if pending:
        merged.append(pending)
    widest = len(pieces) + sum(len(JOINED.findall(piece)) for piece in pieces)
    return tuple(merged), len(merged), widest
