"""Zero said in words: 未收到…申请, 没有…行政复议, 未收取…费用. Blank is not zero; this is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gongkai.report.model import Section

from .quantity import CLAUSE, Quantity

Subject = Literal["request", "remedy", "fee", "carried", "event"]

REQUEST = (
    r"依申请(?:政府|政务)?(?:信息)?公开(?:政府|政务)?(?:信息)?|依申请公开|依申请(?:政府)?信息(?:公开)?|"
    r"(?:政府|政务)?信息(?:依申请)?公开(?:的|类)?申请|公开(?:政府|政务)?(?:信息)(?:的)?申请|"
    r"(?:政府|政务)信息申请(?:公开)?|申请(?:政府|政务)?信息公开|申请公开(?:政府|政务)?信息|公开申请"
)
REMEDY = r"(?:行政)?复议(?:申请|案件|案|纠错|被纠错)?|(?:行政)?诉讼(?:案件|案)?|败诉|纠错|应诉"
FEE = r"信息处理费|处理费|收费(?:减免|及减免|和减免|或减免)?|费用|收取|检索费|复制费|减免"
CARRIED = r"结转(?:至|到)?(?:下|次|上|明)?(?:一)?(?:年度|年)?"
EVENT = r"投诉|举报|责任追究|问责|舆情|泄密|失泄密|信访"
TRAIL = (
    r"(?:的|等|或|和|及|、|申请|信息|政府信息|要求|请求|需求|事项|事宜|案件|案例|案|件|情况|情形|事件|问题|现象|行为|发生|处理|办理|公开|业务|"
    r"费用|收费|减免|败诉|纠错|被纠错|结果|数量|事务|表单|来信|来函|相关|有关|继续办理|办理|的发生)*"
)
END = r"(?=\s*(?:[,，。;；:：)）!！]|\n|$))"
VERB = (
    r"收到过?|接到过?|接收到?|接受|受理过?|产生|发生过?|出现|引起|引发|存在|涉及|办理|收取|收过|收费|有过?|因|被|向|对|就|征收|计收|收"
)
ZERO = re.compile(
    rf"[未没无不](?:(?<=未)(?:曾|再)?(?={VERB}|结转)|(?<=没)有?|(?<=无)(?!正当|法|偿|障|效|力|关|论|需|不|缝|违|缘|误|线|锡|锋|锁|穷)|(?<=不)(?=收|存在|涉及|向))"
    rf"(?P<verb>{VERB})?(?P<middle>[^,，。;；:：!！?？]{{0,48}}?)"
    rf"(?:(?P<request>{REQUEST})|(?P<remedy>{REMEDY})|(?P<fee>{FEE})|(?P<carried>{CARRIED})|(?P<event>{EVENT})){TRAIL}{END}"
)
NOUGHT = re.compile(r"(?:为|是|[:：]|均|都)[ ]?(?:0|０|零|无)(?= ?(?:[,，。;；)）!！\n]|$))")
NAMES = re.compile(
    rf"(?P<names>{REQUEST}|(?:行政)?复议|(?:行政)?诉讼|信息处理费|处理费|收费)"
    rf"(?:[、和及与或]|{REQUEST}|(?:行政)?复议|(?:行政)?诉讼|案件|申请|收费|数量|总量|总数|量|数|情况|事项|金额|被|因|件|的|均|都|全部|总计|合计|共计)*$"
)
LATE = re.compile(r"逾期|超期|超时|及时|按时|按期|违规|不[^同]|未|争议|有效|成功|拒绝|受理的|公开的政府信息")
PLAIN_MIDDLE = re.compile(
    r"^(?:任何|公民|法人|其他|其它|组织|个人|群众|社会|公众|企业|单位|申请人|新增|要求|提出|对|本|我|局|镇|乡|县|市|区|街道|办|涉及|关于|有关|相关|"
    r"政府|政务|信息|公开|一|[件起例宗]|上年|年度|网络|网上|线上|书面|现场|结转|依|申请|的|主动|方面|[、和或及与等])*$"
)
AMBIGUOUS = re.compile(r"败诉|纠错|被纠|纠正|撤销|被责令|确认违法|变更|不利")
ONLINE = re.compile(r"网络|网上|线上|在线|网站|平台|邮件|邮箱|互联网")
OFFLINE = re.compile(r"书面|信函|邮寄|来信|当面|现场|来访|窗口|传真|线下")
PLAN = re.compile(r"(?:确保|力争|做到|争取|避免|防止|杜绝|保证|如果|若|如|的|对)$")
UNIT = {"fee": "元"}


@dataclass(frozen=True, slots=True)
class Zero:
    """Words that deny: what they deny, as a quantity of zero."""

    quantity: Quantity
    subject: Subject
    words: str
    ambiguous: bool = False  # only lost or corrected cases are denied, not all
    narrow: bool = False  # only one channel is denied


def find(section: Section) -> tuple[Zero, ...]:
    """Every denial of a section that counts as zero."""
    return tuple(_find(section))


def _find(section: Section) -> Iterator[Zero]:
    plain = section.prose.plain
    for match in ZERO.finditer(plain):
        denied = _subject(match)
        if denied is not None and not PLAN.search(plain[max(0, match.start() - 4) : match.start()]):
            yield _zero(section, denied, *match.span())
    for match in NOUGHT.finditer(plain):
        start = max(0, match.start() - 40)
        if told := NAMES.search(plain[start : match.start()]):
            name = told["names"]
            subject: Subject = "remedy" if "议" in name or "讼" in name else "fee" if "费" in name else "request"
            yield _zero(section, subject, start + told.start(), match.end())


def _subject(match: re.Match[str]) -> Subject | None:
    verb, middle, denial = match["verb"], match["middle"], match[0][0]
    subject: Subject | None = next(
        (name for name in ("request", "remedy", "fee", "carried", "event") if match[name] is not None), None
    )
    if subject is None or "\n\n" in middle:
        return None
    if denial == "不" and subject != "fee":
        return None
    if denial == "未" and not verb and subject != "fee":
        return "carried" if subject == "carried" and not middle else None
    if subject == "request":
        if LATE.search(middle) or (verb in (None, "有") and not PLAIN_MIDDLE.match(middle)):
            return None
        if verb in ("向", "对", "就", "被", "收费", "收取", "征收", "计收"):
            return None
        if verb in ("因", "发生", "出现", "引起", "引发", "存在") and ("因" in middle or verb == "因"):
            return None
    if subject == "fee" and not (verb or "收" in middle or match["fee"] in ("收费",) or denial in "无没"):
        return None
    if subject == "remedy" and verb in ("收取", "收费", "计收", "征收"):
        return None
    return subject


def _zero(section: Section, subject: Subject, start: int, end: int) -> Zero:
    prose = section.prose
    head = prose.plain[max(0, start - 60) : start]
    clause = CLAUSE.match(head)
    begin = start - len(head) + (clause.end() if clause else 0)
    begin += len(prose.plain[begin:start]) - len(prose.plain[begin:start].lstrip())
    words = prose.plain[begin:end]
    quantity = Quantity(
        Decimal(0), UNIT.get(subject, "件"), prose.quote(begin, end), section.number, start, end,
        implicit=True, kind="money" if subject == "fee" else "count", about=words, begin=begin,
    )
    narrow = subject == "request" and bool(ONLINE.search(words)) != bool(OFFLINE.search(words))
    return Zero(quantity, subject, words, subject == "remedy" and AMBIGUOUS.search(words) is not None, narrow)
