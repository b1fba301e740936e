"""Findings on names: the title's year and organ, another organ's name in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.findings import Finding, Place, Severity
from gongkai.report.rules.document import OTHER_ORGAN, TITLE_ORGAN_SHORT, TITLE_YEAR

from .case import Case
from .organs import Level, level_of

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?")
_CHINESE_YEAR = re.compile(r"二[〇○零0Ｏ]([〇○零一二三四五六七八九]{2})年度?")
_DIGITS = {sign: str(index) for index, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_REPORT = re.compile(r"(?:关于)?(?:政府|政务)?(?:信息|政务)公开.*$")
_OWN_PLACE = re.compile(r"^(?!地区|全)[\u4e00-\u9fff]{1,8}?(?:省|自治区|市|县|(?<!地)区|旗|州|盟|镇|乡|街道|苏木)")
_GENERIC = re.compile(r"^(?:地区|[省市县区旗州盟](?!\w{0,2}[市县区旗州镇乡]))")
_SELF = re.compile(r"(?<!自)我(局(?!部)|镇|乡(?!村)|厅|委(?![托派员任])|街道|院)")
_SELF_KINDS = {"局": "局$|局[^\u4e00-\u9fff]*$", "镇": "镇", "乡": "乡", "厅": "厅$", "委": "委员会$|委$", "街道": "街道", "院": "院$"}


def findings(case: Case) -> Iterator[Finding]:
    """Names and years that do not agree with one another."""
    report = case.report
    title = re.sub(r"\s+", "", report.title or "")
    if title and report.year is not None:
        years = _years(title)
        if years and report.year not in years:
            yield Finding(TITLE_YEAR, Place("title", quote=title), {"printed": years[0], "year": report.year})
    printed = title_organ(title)
    if printed and report.organ and not case.traditional:
        yield from _short(printed, report.organ)
    if report.signature.organ:
        yield from _signed_by_another(printed or report.organ, report.signature.organ)
    yield from _self_reference(case)


def _years(title: str) -> list[int]:
    years = [int(found) for found in _YEAR.findall(title)]
    for found in _CHINESE_YEAR.findall(title):
        years.append(2000 + int("".join(_DIGITS[sign] for sign in found)))
    return years


def title_organ(title: str) -> str:
    """The organ as the title names it: what is left without year and the report's name."""
    name = _REPORT.sub("", title)
    name = _CHINESE_YEAR.sub("", re.sub(r"(?:19|20)\d\d年?度?", "", name))
    return name.strip("《》“”的")


def _short(printed: str, organ: str) -> Iterator[Finding]:
    """A title whose organ could be anybody's: without its place, though the full name has one."""
    shorter = len(printed) < len(organ) and organ.endswith(printed[-2:]) and within(printed, organ)
    if shorter and (_GENERIC.match(printed) or not _OWN_PLACE.match(printed)):
        yield Finding(TITLE_ORGAN_SHORT, Place("title", quote=printed), {"printed": printed, "organ": organ})


def within(short: str, long: str) -> bool:
    """Whether the signs of one name occur in the other in the same order: 县发改局 within 沭阳县发展和改革局."""
    rest = iter(long)
    return all(sign in rest for sign in short)


_TAILS = ("办公室", "办公厅", "人民政府", "办事处", "政府", "管理", "委员会")


def _core(name: str) -> str:
    for tail in _TAILS:
        name = name.replace(tail, "")
    return name


def _same(one: str, other: str) -> bool:
    short, long = sorted((_core(one), _core(other)), key=len)
    return not short or within(short, long) or within(short[-4:], long)


def _signed_by_another(organ: str | None, signed: str) -> Iterator[Finding]:
    """The signature of another organ of the same kind."""
    if not organ:
        return
    kind = level_of(organ)
    if kind is Level.UNKNOWN or kind is not level_of(signed) or _same(organ, signed):
        return
    facts = {"found": signed, "organ": organ, "where_zh": "落款", "where_en": "The signature"}
    yield Finding(OTHER_ORGAN, Place("signature", quote=signed), facts)


def _self_reference(case: Case) -> Iterator[Finding]:
    """我镇 in the report of a bureau: the words of another."""
    organ = case.report.organ or ""
    if case.level not in (Level.DEPARTMENT, Level.TOWNSHIP) or "我" not in case.text:
        return
    own = {kind for kind, ending in _SELF_KINDS.items() if re.search(ending, organ)}
    if not own:
        return
    for number, text in case.plain.items():
        for match in _SELF.finditer(text):
            if match[1] not in own:
                facts = {"found": match[0], "organ": organ, "where_zh": "正文自称", "where_en": "What the text calls itself"}
                yield Finding(OTHER_ORGAN, Place(f"section{number}" if number else "document", quote=match[0]),
                              facts, severity_as=Severity.QUERY)
                return
