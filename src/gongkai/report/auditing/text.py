"""Findings on what was left in the text: old notices, repealed law, other years, marks of an editor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.editions import EDITION_2021
from gongkai.law.findings import Finding, Place
from gongkai.report.rules.document import (
    BASIS_OUTDATED,
    CHARACTERS_LOST,
    FIELD_RESIDUE,
    LAW_REPEALED,
    NO_PERIOD,
    RESIDUE,
    STALE_PLAN,
)

from .case import Case, section_place

_NOTICE_2019 = re.compile(r"[〔\[(（﹝【]\s*2019\s*[〕\])）﹞】]\s*60\s*号")
_NOTICE_2021 = re.compile(r"[〔\[(（﹝【]\s*2021\s*[〕\])）﹞】]\s*30\s*号")
_DECREE_492 = re.compile(r"国(?:务院)?令[^。\n]{0,6}?(?:第)?\s*(?:492|四九二|四百九十二)\s*号")
_PERIOD = re.compile(
    r"(20\d\d)\s*年\s*1\s*月\s*1\s*日\s*(?:起|始)?\s*[至到,，~\-—]+\s*(?:(20\d\d)\s*年)?\s*12\s*月\s*31\s*日"
)
_BY_YEAR_END = re.compile(r"截[至止]到?\s*(20\d\d)\s*年\s*(?:12\s*月\s*31\s*日|12月底|年?底)")
_ANY_PERIOD = re.compile(r"1\s*月\s*1\s*日|统计(?:期限|时限|时间|周期)|时间(?:范围|区间)")
_LOST = re.compile(r"20\d\d(?:(?:1[0-2]|[1-9])月\d{1,2}日|\d{2,4}日)")
_PLAN_CUE = re.compile(r"整改措施|改进措施|下一步|下步|今后|打算|工作计划|努力方向")
_FUTURE = re.compile(r"下一步|将(?!于)|为进一步|拟|计划|要(?:继续|进一步)|今后")
_PAST = re.compile(r"取得|虽然|以来|已经|完成了|存在|不足|有待|差距|问题|针对|以上|同比|上年|[较比]20|发布了|开展了|的情况|工作中")
_SENTENCE = re.compile(r"[^。！!？?\n]+")
_QUOTED = re.compile(r"《[^》]{0,120}》|“[^”]{0,120}”|\"[^\"]{0,120}\"")
_FIELDS = re.compile(
    r"\[bookmark:[^\]]{0,40}\]|_GoBack|\bMERGEFIELD\b|HYPERLINK \"|PAGEREF|错误[!！]\s*未(?:找到|定义)[^。\n]{0,8}|"
    r"Error! (?:Reference|Bookmark)[^.\n]{0,30}"
)
_RESIDUE = re.compile(
    r"\{\{[^{}]{0,40}\}\}|[Ll]orem ipsum|"
    r"[(（]?此处(?:插入|填写|填入|填报|添加)[^)）。\n]{0,12}[)）]?|请在此(?:处)?(?:输入|填写)[^。\n]{0,8}|"
    r"[Xx×]{2,}(?=[年月日件条个项次份局镇乡县市区元]|单位|街道)|×{2,}|XX+|(?<![\d一二三四五六七八九十〇])年\s*月\s*日(?=\s*(?:\n|$))|&(?:nbsp|amp|lt|gt);"
)

_RESIDUE_SIGNS = (
    "[bookmark", "_GoBack", "{{", "MERGEFIELD", "HYPERLINK", "PAGEREF", "错误", "Error!", "orem ipsum", "此处", "请在此",
    "XX", "××", "xx", "年月日", "年 ", "&",
)


def findings(case: Case) -> Iterator[Finding]:
    """Every section's plain words, searched once for each thing that is easily left behind."""
    text = case.text
    if not text:
        return
    year = case.report.year
    if year is not None and year >= EDITION_2021.first_year:
        yield from _basis(case, year)
    if year is not None and year >= 2019:
        yield from _repealed(case)
    lost = sorted({match[0] for match in _LOST.finditer(text) if not text[: match.start()][-1:].isdigit()})
    if lost:
        yield Finding(CHARACTERS_LOST, Place(quote=lost[0]), {"found": "、".join(f"“{one}”" for one in lost[:4])})
    if year is not None:
        yield from _other_periods(case, year)
        yield from _stale_plan(case, year)
        yield from _stale_opening(case, year)
        if not lost and not _ANY_PERIOD.search(text) and 1 in case.plain and (case.complete or 6 in case.plain):
            yield Finding(NO_PERIOD, Place("section1"), {"year": year})
    yield from _residue(case)


def _basis(case: Case, year: int) -> Iterator[Finding]:
    if "60" not in case.text or _NOTICE_2021.search(case.text):
        return
    for number, text in case.plain.items():
        if match := _NOTICE_2019.search(text):
            yield Finding(BASIS_OUTDATED, section_place(number, match[0]), {"year": year})
            return


def _repealed(case: Case) -> Iterator[Finding]:
    if "711" in case.text:
        return  # 第492号公布、第711号修订：引文完整
    for number, text in case.plain.items():
        if match := _DECREE_492.search(text):
            yield Finding(LAW_REPEALED, section_place(number, match[0]))
            return


def _other_periods(case: Case, year: int) -> Iterator[Finding]:
    """A statistical period that is not the report's year."""
    for number, text in case.plain.items():
        if "月" not in text and "年底" not in text:
            continue
        for match in _PERIOD.finditer(text):
            if {int(found) for found in match.groups() if found} != {year}:
                yield _stale(number, match[0], next(int(f) for f in match.groups() if f and int(f) != year), year)
        for match in _BY_YEAR_END.finditer(text):
            if int(match[1]) != year and not _is_past(text, match.end()):
                yield _stale(number, match[0], int(match[1]), year)


def _is_past(text: str, end: int) -> bool:
    """Whether the words that follow make it a comparison with an earlier year's end."""
    return any(word in text[end : end + 30] for word in ("相比", "增加", "增长", "以来", "累计", "历年"))


def _stale(number: int, quote: str, found: int, due: int) -> Finding:
    return Finding(STALE_PLAN, section_place(number, quote), {"quote": quote, "found": found, "due": due})


def _stale_plan(case: Case, year: int) -> Iterator[Finding]:
    """Measures of section five that begin with the year just ended."""
    text = case.plain.get(5, "")
    cue = _PLAN_CUE.search(text)
    if cue is None:
        return
    own = re.compile(rf"(?<!\d){year}年(?!度|\d|以来|底|末|工作)")
    for sentence in _SENTENCE.finditer(text, cue.start()):
        words = _QUOTED.sub(lambda quoted: "　" * len(quoted[0]), sentence[0])
        match = own.search(words)
        if match and _FUTURE.search(words) and not _PAST.search(words):
            clause = re.split("[,，。;；]", sentence[0][match.start() :])[0]
            yield _stale(5, clause.strip(), year, year + 1)
            return


def _stale_opening(case: Case, year: int) -> Iterator[Finding]:
    """Section one that speaks of the year before and never of its own."""
    text = _QUOTED.sub("", case.plain.get(1, ""))
    if not text or f"{year}年" in text or f"{year} 年" in text or str(year) in text:
        return
    if match := re.search(rf"(?:^|[。\n(（)）])\s*({year - 1})年度?[,，]?[^。,，]{{0,20}}", text):
        yield _stale(1, match[0].strip("。\n ()（）"), year - 1, year)


def _residue(case: Case) -> Iterator[Finding]:
    for number, text in case.plain.items():
        if not any(sign in text for sign in _RESIDUE_SIGNS):
            continue
        for rule, marks in ((FIELD_RESIDUE, _FIELDS), (RESIDUE, _RESIDUE)):
            found = list(dict.fromkeys(match[0].strip() for match in marks.finditer(text)))
            if found:
                shown = "、".join(f"“{one}”" for one in found[:4])
                yield Finding(rule, section_place(number, found[0]), {"found": shown})
