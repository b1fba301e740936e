"""数量: the quantities that are written as numbers, Arabic or Chinese, and what looks like one but is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.report.model import Section

from . import numerals
from .quantity import CLAUSE, Quantity, kind_of

UNITS = (
    "个百分点|个工作日|人次|条次|件次|场次|篇次|批次|部分|%|％|倍(?!增)|"
    "亿元|万元|元(?!旦|件)|条(?!例|款|约|目|线)|件(?!套)|篇|期(?!间|限|内|刊|望|末)|项|个(?!人|月|别|体|性|案|股)|次(?!全会|序|要|生|年|月|日)|"
    "份(?!额)|起(?!来|草|诉|到|步|底|始|止|至)|例(?!会|如|行)|宗(?!旨|教)|封(?!闭|面)|则(?!是)|幅(?!度)|张(?!贴)|"
    "人(?!民|大|员|均|才|事|社|力|口|文|士|选|代|为|工)|户(?!籍|外|口)|家(?!庭|长|园)|名(?!录|单|称|义|优|列)|位(?!于|居|列)|"
    "处(?!理|室|罚|级|长|于|置|分|在|以)|场(?!所|景|地)|部(?!门|委|级|属|长|件|署|位|际)|本(?!级|年|市|单|机|县|区|局|镇|乡|街|月|着|地)|册|"
    "页(?!面|码)|段|类(?!别|型|似)|种(?!类|植|子|养)|款|套|块|台(?!账|风)|辆|通(?!过|知|报|告|道|用)|轮|支(?!持|付|部|撑|队)|字(?!样|段|号)|批(?!准|复|示|评|量)"
)
FIRST = "0-9０-９"
TAIL = "左右|以上|以内|以下"
BEFORE = ("超过", "将近", "接近", "大约", "不少于", "至少", "不足", "不到", "约", "近", "超", "逾")
NUMBER = r"(?:\d{0,2}(?:[,，]\d{3}){1,5}(?!\d)|\d{0,15})(?:[.．]\d{1,9})?"
WHOLE = r"(?:\d{1,3}(?:[,，]\d{3}){1,5}(?!\d)|\d{1,15})(?:[.．]\d{1,9})?"
MASTER = re.compile(
    rf"[{FIRST}第《“\"百{numerals.NUMERALS}](?:"
    rf"(?<=[{FIRST}])(?P<number>{NUMBER})(?:\s?[%％]?\s*(?:[-—–~～至到]|－)+\s*(?P<upper>{WHOLE}))?"
    rf"\s*(?P<more>[余多])?\s*(?P<magnitude>万亿|万|亿|千|百)?\s*(?P<plus>[余多])?\s*(?P<unit>{UNITS})?(?P<tail>{TAIL})?"
    rf"|(?<=第)\s*[\d{numerals.NUMERALS}]+(?:[条款项号章]?\s*[、和至及—-]\s*第?\s*[\d{numerals.NUMERALS}]+(?=\s*[条款项号章届期批次]))*"
    r"|(?<=《)[^》]{0,120}》"
    r"|(?<=“)[^”\n。]{1,15}”"
    r"|(?<=\")[^\"\n。,，;；]{1,15}\""
    rf"|(?<=百)分之(?P<percent>\d{{1,6}}(?:\.\d{{1,6}})?|[{numerals.NUMERALS}]{{1,6}}(?:点[{numerals.NUMERALS}]{{1,6}})?)"
    rf"|(?<=[{numerals.NUMERALS}])(?P<chinese>[{numerals.NUMERALS}]{{0,12}})(?P<over>[余多])?(?P<cmagnitude>[万亿])?\s*(?P<cunit>{UNITS})(?P<ctail>{TAIL})?"
    r")"
)
OPENINGS = frozenset("、和及与或其另以包同")
SPACE = re.compile(r"\s+")
LEADING = re.compile(r"^(?:[、\s和及与或]|其中|另外|以及|包括|同时)+")
VERBS = re.compile(
    r"(?:收到|接到|受理|办理|办结|发布|公开|公布|结转|发生|召开|举办|开展|制发|印发|出台|制定|新增|增设|开设|刊发|推送|"
    r"答复|回复|共|计|为|仅|达|约|近|其中|另|另外|余|转发|发放|作出|引起|产生)\s*$"
)
ENDS = re.compile(r"\s*(?:[,，。;；:：、)）!！?？]|$|左右|以上|申请|依申请|政府信息|信息公开|行政复议|行政诉讼|予以|不予|部分公开|结转|已|均)")
COUNTED = frozenset(
    {"件", "起", "例", "宗", "条", "篇", "期", "场", "份", "封", "人次", "条次", "次", "项", "元", "万元", "倍", "%", "家", "部分", "人"}
)
SINGLE = frozenset({"件", "起", "例", "宗", "条", "份", "篇", "期", "场"})


def scan(section: Section) -> list[Quantity]:
    """The quantities of a section that are written as numbers, in their order."""
    return list(_scan(section))


def _scan(section: Section) -> Iterator[Quantity]:
    plain, before = section.prose.plain, 0
    for match in MASTER.finditer(plain):
        kind = match.lastgroup
        if kind is None:
            continue
        if match["chinese"] is not None:
            read = _chinese(match, plain)
        elif match["percent"] is not None:
            read = _percent(match)
        else:
            read = _arabic(match, plain)
        if read is None:
            continue
        value, unit, qualifier, low, high = read
        start, end = match.span()
        head = plain[max(before, start - 90) : start]
        if qualifier is None:
            qualifier = _told_before(head)
        clause = CLAUSE.match(head)
        begin = clause.end() if clause else 0
        if begin and not head[begin:].strip() and head[begin - 1] in ",，:：":
            clause = CLAUSE.match(head[: begin - 1])
            begin = clause.end() if clause else 0
        kept = head[begin:].lstrip(" \n\t、,，:：")
        about = kept if kept.isalnum() else SPACE.sub("", kept)
        yield Quantity(
            value, unit, section.prose.quote(start - len(kept), end), section.number, start, end, qualifier,
            False, low, high, kind_of(unit), LEADING.sub("", about) if about[:1] in OPENINGS else about, start - len(kept),
        )
        before = end


def _told_before(head: str) -> str | None:
    """约, 近, 超过: how the words before a number soften it."""
    head = head.rstrip()
    return next((word for word in BEFORE if head.endswith(word)), None) if head and head[-1] in "过近约于少足到超逾" else None


Read = tuple[Decimal, str, str | None, Decimal | None, Decimal | None]


def _arabic(match: re.Match[str], plain: str) -> Read | None:
    magnitude, unit = match["magnitude"], match["unit"]
    if unit is None and magnitude is None:
        return None
    start = match.start()
    if start and (plain[start - 1] in "./-@_" or (plain[start - 1].isascii() and plain[start - 1].isalpha())):
        return None
    if start and plain[start - 1] in "前列" and unit in ("位", "名", "强"):
        return None
    if unit is None and magnitude in ("千", "百"):
        return None
    unit = unit or ""
    scale = Decimal(1)
    if magnitude and unit == "元":
        unit = magnitude + unit
    elif magnitude:
        scale = Decimal(numerals.MAGNITUDES[magnitude])
    value = numerals.arabic(plain[start : match.end("number")]) * scale
    low = high = None
    if match["upper"] is not None:
        upper = numerals.arabic(match["upper"]) * scale
        if value < upper and start + 4 > match.end("number") - 4:
            low, high, value = value, upper, upper
        else:
            value = upper
    if scale != 1 and value == value.to_integral_value():
        value = value.quantize(Decimal(1))
    return value, "%" if unit == "％" else unit, match["more"] or match["plus"] or match["tail"], low, high


def _percent(match: re.Match[str]) -> Read | None:
    text = match["percent"]
    if text == "百":
        return Decimal(100), "%", None, None, None
    if text[0].isdigit():
        return numerals.arabic(text), "%", None, None, None
    whole, _, fraction = text.partition("点")
    value = numerals.parse(whole)
    if value is None:
        return None
    digits = "".join(str(numerals.DIGITS.get(char, "")) for char in fraction)
    return Decimal(f"{value}.{digits}" if digits else value), "%", None, None, None


def _chinese(match: re.Match[str], plain: str) -> Read | None:
    """A Chinese numeral is a quantity only where it counts something, not in 三项制度 or 一次办好."""
    start, end, unit = match.start(), match.end(), match["cunit"]
    if unit not in COUNTED:
        return None
    value = numerals.parse(plain[start : match.end("chinese")])
    if value is None:
        return None
    head = plain[max(0, start - 6) : start]
    if head and head[-1] in "第统每逐某任唯新同上下前后数几":
        return None
    counted = VERBS.search(head) is not None
    if value == 1 and (unit not in SINGLE or not counted) and not (
        unit in SINGLE and head and ENDS.match(plain, end) and head[-1] not in "这那此本"
    ):
        return None
    if not counted and not ENDS.match(plain, end):
        return None
    if counted and unit in ("项", "次", "条", "个") and not ENDS.match(plain, end):
        return None
    scale = numerals.MAGNITUDES[match["cmagnitude"]] if match["cmagnitude"] else 1
    return Decimal(value * scale), unit, match["over"] or match["ctail"], None, None
