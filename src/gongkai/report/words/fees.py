"""信息处理费: what section six must say about it, in every way that it is said (国办函〔2020〕109号)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from gongkai.report.model import Section

from .claims import Claim
from .quantity import Quantity

TITLES = re.compile(r"《[^》]{0,80}》|〈[^〉]{0,80}〉|<[^>]{0,80}>")
FEE = r"(?:信息公开)?(?:信息)?处理费|信息公开费|公开费用|费用|收费|检索费|复制费|邮寄费|工本费"
NOTHING = re.compile(
    rf"(?:未|没有|没|无|不|尚未|均未|从未|并未)[^,，。;；]{{0,30}}?(?:收取|收费|收到|产生|发生|涉及|征收|计收|存在|有|出现|收)[^,，。;；]{{0,40}}?(?:{FEE})"
    rf"|(?:未|没有|不|均未|从未|并未|尚未)[^,，。;；]{{0,14}}?(?:收费|收取费用|收取任何费用|征收)"
    rf"|(?:没有|无)[^,，。;；]{{0,20}}?(?:{FEE})"
    rf"|(?:{FEE}|收取|减免)[^,，。;；\d]{{0,24}}?(?:均)?(?:为|是|[:：])?\s*(?:0|０|零|无)(?![\d.．]*[1-9])\s*(?:元|万元|件|笔)?(?=\s*[,，。;；)）\n]|$)"
    r"|免费(?:提供|公开|办理|向|为)|零收费|(?:全部|一律|均)?免(?:收|除|予收取|于收取)[^,，。;；]{0,20}?费"
)
AMOUNT = re.compile(
    r"(?:收取|收到|征收|计收|产生|共收|实收|收入|处理费)[^,，。;；\d]{0,40}?(?:共计|合计|共|计|为)?\s*(?P<amount>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|元)"
)
ABOUT = re.compile(r"信息公开|政府信息|政务公开|处理费|依申请|公开申请|申请公开")
OTHER_FEES = re.compile(r"行政事业性|非税|税收|罚没|物业|电费|水费|停车|学费")
PROMISE = re.compile(r"逾期|未按|不得|不准|严禁|应当|可以收取|规定收取|标准收取|严格按照")


def fee_statement(sections: Iterable[Section]) -> Claim | None:
    """What the report says about information-processing fees, section six first; None where it says nothing."""
    ordered = sorted((section for section in sections if section.number), key=lambda section: section.number != 6)
    for section in ordered:
        if "费" not in section.prose.plain:
            continue
        for start, sentence in _sentences(section.prose.plain):
            if "费" in sentence and (found := _statement(section, start, sentence)):
                return found
    return None


def _sentences(plain: str) -> Iterable[tuple[int, str]]:
    start = 0
    for match in re.finditer(r"[。！!？?]|\n\s*(?=\n|[一二三四五六七八九十(（])", plain):
        yield start, plain[start : match.start()]
        start = match.end()
    yield start, plain[start:]


def _statement(section: Section, start: int, sentence: str) -> Claim | None:
    words = TITLES.sub(lambda title: "书" * len(title[0]), sentence)
    amount = AMOUNT.search(words)
    nothing = NOTHING.search(words)
    if (not amount and not nothing) or (OTHER_FEES.search(words) and not re.search(r"处理费|信息公开", words)):
        return None
    if section.number != 6 and not ABOUT.search(sentence):
        return None
    if nothing and PROMISE.search(nothing[0]):
        return None
    found = amount or nothing
    assert found is not None
    value = Decimal(amount["amount"].replace(",", "")) * (10000 if amount["unit"] == "万元" else 1) if amount else Decimal(0)
    quote = section.prose.quote(start, start + len(sentence)).strip()
    quantity = Quantity(
        value, "元", quote, section.number, start + found.start(), start + found.end(), implicit=amount is None, kind="money", about=words.strip(), begin=start,
    )
    return Claim("narr.processing_fee", value, quote, section.number, quantity)
