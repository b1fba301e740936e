"""Heading: the rules for a title and for the facts beside it (索引号、文号、日期)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongkai.platform.documents.incoming.numbers import FORM, document_number

from . import rules
from .finding import Hit

_LONG: Final = 100
_STOPS: Final = "。．，、；：！？,;:!?…"
_PAIRS: Final = (("《", "》"), ("（", "）"), ("“", "”"), ("〔", "〕"), ("(", ")"), ("【", "】"), ("‘", "’"))
_KINDS: Final = re.compile(
    r"(?:通知|意见|决定|决议|命令|令|公报|公告|通告|通报|议案|报告|请示|批复|函|纪要|办法|规定|细则|方案|条例|规则|规划|计划|要点|指南|目录|清单|标准|制度|预案|解读|说明|"
    r"总结|名单|公示|答复|建议|提案|情况|结果|裁决书|决定书|告知书|通知书|信|书|表|工作|问答|规程|措施|提示|倡议|启事|声明|招聘|须知)(?:[（(〔][^）)〕]{1,30}[）)〕])*$"
)  # fmt: skip
_FILE: Final = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|wps|ofd|txt|zip)$|新建\s*(?:Microsoft|DOC|文本)|^(?:定稿|终稿|最终版|副本|扫描件?)|(?:定稿|终稿|最终版|副本|修改稿)\d*$|\(\d\)$",
    re.I,
)
_TWICE: Final = re.compile(r"(关于|印发|转发|通知|的)\1")
_ORDER: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{2,30}(?:令|公告|通告)?)?第?[1-9]\d{0,3}号|(?:19|20)\d{2}年第[1-9]\d{0,3}号"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands beside a text. Nothing here is read from a clock: `today` is told."""

    today: date | None = None
    document_number: str = ""
    made_on: date | None = None  # 成文日期
    published_on: date | None = None
    effective_on: date | None = None  # 施行日期
    expires_on: date | None = None  # 有效期至


def title_hits(title: str) -> Iterator[Hit]:
    """What is wrong with a title."""
    text = title.strip()
    if not text:
        yield Hit(rules.NO_TITLE)
        return
    if len(text) > _LONG:
        yield Hit(rules.TITLE_LONG, start=0, end=len(text), key="long", facts={"count": len(text), "most": _LONG})
    if text[-1] in _STOPS or text.endswith("."):
        yield Hit(rules.TITLE_STOP, start=len(text) - 1, end=len(text), key=text[-1], facts={"sign": text[-1]})
    for opening, closing in _PAIRS:
        if not _balanced(text, opening, closing):
            yield Hit(rules.TITLE_PAIRS, key=opening, facts={"sign": f"{opening}{closing}"})
    if text.startswith("关于") and not _KINDS.search(text) and not text.endswith(tuple(_STOPS)):
        yield Hit(rules.TITLE_KIND, key="kind")
    if twice := _TWICE.search(text):
        yield Hit(rules.TITLE_TWICE, start=twice.start(), end=twice.end(), key=twice[0], facts={"words": twice[0]})
    if file := _FILE.search(text):
        yield Hit(rules.TITLE_FILE, start=file.start(), end=file.end(), key=file[0], facts={"words": file[0]})


def _balanced(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == opening) - (sign == closing)
        if depth < 0:
            return False
    return depth == 0


def fact_hits(facts: Facts) -> Iterator[Hit]:
    """What is wrong with dates and numbers."""
    if facts.made_on and facts.today and facts.made_on > facts.today:
        yield Hit(rules.FUTURE, key="made_on", facts={"what": "成文日期", "day": facts.made_on.isoformat()})
    pairs = (
        ("公开日期", facts.published_on, "成文日期", facts.made_on), ("施行日期", facts.effective_on, "成文日期", facts.made_on),
        ("有效期", facts.expires_on, "施行日期", facts.effective_on or facts.made_on),
    )  # fmt: skip
    for what, day, other, before in pairs:
        if day and before and day < before:
            yield Hit(
                rules.DATES,
                key=what,
                facts={"what": what, "day": day.isoformat(), "other": other, "before": before.isoformat()},
            )
    number = facts.document_number.strip()
    if number:
        yield from _number_hits(number, facts.made_on)


def _number_hits(number: str, made_on: date | None) -> Iterator[Hit]:
    right, as_written = document_number(number)
    if not (FORM.fullmatch(number) or _ORDER.fullmatch(number)) or (right and not as_written):
        zh = f"应写作“{right}”。" if right else "一般写作“机关代字〔年份〕序号号”，如“疏政办发〔2024〕12号”：年份用六角括号，序号不加“第”、不编虚位。"
        en = f"Write “{right}”." if right else "As a rule: the organ's characters, 〔year〕, the serial number and 号, as in “疏政办发〔2024〕12号”; no 第, no leading zero."
        yield Hit(rules.NUMBER, key=number, excerpt=number, facts={"number": number, "right": zh, "right_en": en})
    year = re.search(r"〔(\d{4})〕", right or number)
    if year and made_on and int(year[1]) != made_on.year:
        yield Hit(rules.NUMBER_YEAR, key=year[1], excerpt=number, facts={"year": year[1], "day": made_on.isoformat()})
