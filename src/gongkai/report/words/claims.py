"""Claims: what the prose says that the tables can confirm or contradict (年度报告格式表二、表三、表四)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.report.model import Section

from .quantity import Quantity
from .zeros import AMBIGUOUS, Zero


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure of the prose that a table repeats: the check it belongs to, as KEYS.md names it."""

    check: str  # "narr.received", "narr.outcome.granted", "narr.litigation" …
    value: Decimal
    quote: str
    section: int
    quantity: Quantity
    qualifier: str | None = None
    added: tuple[str, ...] = ()  # further checks whose figures this one includes (予以公开及部分公开208件)
    scope_narrow: bool = False  # only one channel is spoken of (未收到网络依申请公开)
    ambiguous: bool = False  # only lost or corrected cases are denied (没有…败诉)
    contested: bool = False  # the prose gives another figure for the same check elsewhere

    @property
    def checks(self) -> tuple[str, ...]:
        """Every check that this figure includes."""
        return (self.check, *self.added)


CASES = frozenset({"件", "条", "起", "份", "例", "宗", "封", "个", "次", "项", "人次", "部", ""})
DECISIONS = frozenset({"件", "起", "宗", "份", "个", "次", "项", "例", "部"})
ASKED = (
    r"(?:依申请公开|依申请(?:政府|政务)?信息公开|依申请公开(?:政府)?信息|(?:政府|政务)?信息依申请公开|"
    r"(?:政府|政务)?信息公开(?:的|类)?申请|(?:政府|政务)信息申请(?:公开)?|(?:政府|政务)信息公开|申请(?:公开)?(?:政府|政务)?信息(?:公开)?|"
    r"公开(?:政府|政务)?信息(?:的)?申请|公开申请|依申请)"
)
GOT = r"(?:收到|接到|受理|新收|接收|接受|收悉|收)"
AFTER_ASKED = (
    r"(?:的|等|类|政府|政务|信息|公开|申请|事项|案件|件|表|数量|数|总数|总量|总计|合计|共计|共|为|有|达到?|约|近|各类|有效|本年度?|新收|"
    r"来信|来函|请求|要求|业务|办理件|[^一-鿿]{0,2})*"
)
RECEIVED = re.compile(rf"{GOT}(?:了|到|并(?:妥善)?(?:处理|办理|答复|办结))?[^,，。;；]{{0,40}}?{ASKED}{AFTER_ASKED}$")
RECEIVED_HEAD = re.compile(rf"{GOT}(?:了|到)?(?:有效|各类)?(?:共|共计|合计|总计|约|近)?$")
RECEIVED_TAIL = re.compile(rf"^(?:有效|各类|网络|网上|书面|线上|当面|信函|的|公民|法人|其他组织|个人|自然人|企业|单位|群众|社会|公众|[、和或及])*{ASKED}(?!引起|引发|的?答复|行政|平台|指南|目录|工作|制度)")
SIMPLY = re.compile(rf"{GOT}(?:了|到)?(?:各类|有效|书面|新的|公民|法人|其他组织|申请人|提出|的|[、和或及])*申请(?:数量|共计|总计|共|表)*$")
COUNTED_REQUESTS = re.compile(
    r"^(?:20\d\d年度?|全年|本年度?|全[县市区镇乡]|我[局县市区镇乡办委厅]|共有|共|有|新增)*(?:政府|政务)?信息公开申请(?:数量|总数|总量|量|共计|共|为|总计|合计)*$"
)
TOTAL_RECEIVED = re.compile(r"^(?:本年度?|全年|新)?新收[^,，。;；]{0,12}?(?:申请|公开)")
ELSE = re.compile(
    r"热线|12345|留言|信箱|网络问政|问政|信访|诉求|提案|建议案|议案|咨询|来电|投诉|举报|举报件|舆情|评论|解读|培训|会议|"
    r"复议|诉讼|应诉|公文|许可|处罚"
)
LAST_YEAR = re.compile(r"上年|去年|上一年|同期|往年|历年|累计(?!收到|受理)|以来|较20|比20|年均")
CARRIED_OVER = re.compile(r"(?:上年|上年度|上一年|上一年度|去年|往年)(?:度)?(?:结转|转结|转入)|结转(?:自)?(?:上年|上一年|去年)|20\d\d年(?:度)?结转(?!至|到|下)|转入本年")
CARRIED_FORWARD = re.compile(r"结转(?:至|到|入)?(?:下|次|明|20\d\d)(?:一)?(?:年|年度)?|转(?:入|至|到|结至)?(?:下|次|明)(?:一)?年|跨年(?:度)?办理")
FORWARD_AFTER = re.compile(rf"(?:申请)?[,，]?(?:的|已|将|均|需|尚|因|申请|[^\d,，。;；]{{0,6}}?)(?:{CARRIED_FORWARD.pattern})[^\d,，。;；]{{0,12}}(?=[,，。;；)）\n]|$)")
CLOSED = re.compile(r"(?:办结|办理完毕|办理完成|办毕)(?:申请|答复|件|数|数量|总数|总量|共|共计|合计|了|依申请公开|政府信息公开申请|为)*$")
GROUPS = {
    "granted": r"(?:予以|同意|准予|全部)(?:主动)?公开",
    "partial": r"(?:予以|同意)?部分(?:予以)?公开",
    "denied": r"不予(?:以)?公开|不同意公开",
    "unable": r"无法提供",
    "rejected": r"不予(?:受理)?处理",
    "other": r"(?:作|按|作出|做)?其他处理|其它处理",
}
OUTCOME_WORDS = "|".join(f"(?P<{name}>{words})" for name, words in GROUPS.items())
OUTCOME = re.compile(OUTCOME_WORDS)
OUTCOME_HEAD = re.compile(
    r"(?:^|[^0-9])(?:" + "|".join(GROUPS.values()) + r")(?:(?:政府)?信息|类|的|申请|答复|决定|件|有|为|共|及|和|与|或|、|" + "|".join(GROUPS.values()) + r")*$"
)
OUTCOME_TAIL = re.compile(r"^(?:申请)?(?:的|均|已|被|作出|做出|依法|答复为|决定)*(?:" + "|".join(f"(?P<{name}>{words})" for name, words in GROUPS.items()) + r")")
RECONSIDERATION = re.compile(r"(?:行政)?复议(?:申请|案件|案|类|数量|数|的|有|共|为|均|各|[和及与、或])*(?:行政)?(?:诉讼)?(?:案件|案|的|数量|为|均|各|共计|共|分别)*$")
LITIGATION = re.compile(r"(?:行政)?诉讼(?:案件|案|类|数量|数|的|有|共|为|均|各|共计|分别)*$")
REMEDY_TAIL = re.compile(r"^(?:因[^,，。;；]{0,24})?(?:政府信息公开|信息公开|依申请公开)?(?:类|方面)?(?:的)?(?P<kind>行政复议|行政诉讼)(?!决定|机关|机构|法)")
DECIDES = re.compile(r"(?:收到|接到|受理|办理|审理|审结|办结|代理|出庭)(?:[^,，。;；]{0,8}(?:复议|诉讼)|$)|应诉")
PARTLY = re.compile(r"维持|纠正|撤销|驳回|败诉|胜诉|审结|调解|终止|撤回|确认违法|上年|结转|其中|一审|二审")
DISCLOSURE = re.compile(r"信息公开|依申请公开|公开申请|申请公开|政务公开")
REQUESTS = re.compile(r"依申请|公开申请|申请公开|信息申请|申请政府信息|申请信息|申请人")
NORMATIVE = re.compile(r"(?:制发|制定|出台|印发|新制定|制定出台|制定印发|制定发布)(?:并(?:公开|发布|公布))?(?:的)?(?:了)?(?:各类)?(?:行政)?规范性文件(?:共|共计|数量|为|计)*$")
LICENSING = re.compile(r"(?:(?:作出|做出|办理|办结|实施|核发|颁发)(?:的|各类|了|政务服务|、)*行政许可(?:(?:处理)?决定|事项|件)?|行政许可(?:处理)?决定)(?:数量|数|书|共|共计|为|有|计|约|近)*$")
PENALTY = re.compile(r"(?:(?:作出|做出|实施)(?:的|各类|了)*行政处罚(?:(?:处理)?决定|案件)?|行政处罚(?:处理)?决定)(?:数量|数|书|共|共计|为|有|计|约|近)*$")
COERCION = re.compile(r"(?:(?:作出|做出|实施|采取)(?:的|各类|了)*行政强制(?:(?:处理)?决定|措施|执行|案件)?|行政强制(?:处理)?决定)(?:数量|数|书|共|共计|为|有|计|约|近)*$")
FEES = re.compile(r"行政事业性收费(?:收入|金额|总额|总金额|共|共计|合计|为|达|约|近|的)*$")
PUBLISHING = re.compile(r"公开|公示|发布|公布|归集|报送|上报|录入|推送|抽查|清单|栏目|文书|信息")
DECIDED = (("narr.licensing", LICENSING), ("narr.penalty", PENALTY), ("narr.coercion", COERCION))
APPLICANTS = (
    ("natural", re.compile(r"自然人|公民(?:申请|个人)?$|个人申请")),
    ("business", re.compile(r"商业企业")),
    ("research", re.compile(r"科研机构")),
    ("public_welfare", re.compile(r"社会公益组织")),
    ("legal_service", re.compile(r"法律服务机构")),
)
OTHER_APPLICANT = re.compile(r"^其[他它](?:申请|组织|类型|主体|法人)?(?:申请|提出)?$")
SENTENCES = re.compile(r"[。！!？?\n]")
REST = re.compile(r"[^。！!？?\n,，;；、)）]{1,40}")


def settle(found: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims without repetitions; those that contradict one another are marked as contested."""
    once = {(claim.checks, claim.value, claim.ambiguous): claim for claim in reversed(list(found))}
    kept = list(reversed(once.values()))
    values: dict[tuple[str, ...], set[Decimal]] = {}
    for claim in kept:
        if not claim.ambiguous:
            values.setdefault(claim.checks, set()).add(claim.value)
    return tuple(
        replace(claim, contested=True) if len(values.get(claim.checks, ())) > 1 and not claim.ambiguous else claim for claim in kept
    )


def find(section: Section, found: Sequence[Quantity], denied: Sequence[Zero]) -> list[Claim]:
    """The claims among quantities and denials already found."""
    context = _Context(section)
    result = [claim for quantity in found if _countable(quantity) for claim in _Reader(context, quantity).claims()]
    result += [claim for zero in denied for claim in _denials(section, zero)]
    result = _applicants(_whole(result, section), section, found)
    result.sort(key=lambda claim: claim.quantity.start)
    return result


def _whole(found: list[Claim], section: Section) -> list[Claim]:
    """共收到20件，其中甲局收到申请5件，乙局收到申请3件: what one office received is no claim of the report."""
    first = next((claim for claim in found if claim.check == "narr.received"), None)
    if first is None:
        return found
    plain, end = section.prose.plain, first.quantity.end

    def part(claim: Claim) -> bool:
        between = plain[end : claim.quantity.start]
        return claim.check == "narr.received" and claim.value < first.value and "其中" in between and "\n" not in between

    return [claim for claim in found if claim is first or not part(claim)]


def _countable(quantity: Quantity) -> bool:
    if quantity.kind == "money":
        return True
    return quantity.kind == "count" and quantity.unit in CASES and quantity.low is None


class _Context:
    """The sentences and paragraphs of a section, found once."""

    __slots__ = ("plain", "section", "sentences")

    def __init__(self, section: Section) -> None:
        self.section, self.plain = section, section.prose.plain
        self.sentences = [0, *(match.end() for match in SENTENCES.finditer(self.plain))]

    def sentence(self, at: int) -> str:
        return self.plain[max(self.sentences[bisect_right(self.sentences, at) - 1], at - 300) : at]

    def paragraph(self, at: int) -> str:
        return self.plain[max(0, self.plain.rfind("\n", 0, at), at - 220) : at]


class _Reader:
    """The words around one quantity, read for what they claim."""

    __slots__ = ("about", "after", "before", "context", "plain", "quantity", "section", "sentence")

    def __init__(self, context: _Context, quantity: Quantity) -> None:
        self.context, self.section, self.plain, self.quantity = context, context.section, context.plain, quantity
        self.about = quantity.about
        self.after = self.plain[quantity.end : quantity.end + 40].lstrip(" \n")
        self.before = context.paragraph(quantity.start)
        self.sentence = context.sentence(quantity.start)

    def claims(self) -> Iterator[Claim]:
        quantity = self.quantity
        if quantity.kind == "money":
            if FEES.search(self.about):
                yield self._fee()
            return
        if "行政" in self.about or "规范性" in self.about:
            yield from self._decisions()
        asked = REQUESTS.search(self.before) or REQUESTS.search(self.after)
        if ("复议" in self.about or "诉讼" in self.about or "行政" in self.after) and (asked or DISCLOSURE.search(self.sentence)):
            yield from self._remedies()
        if asked:
            yield from self._requests()

    def _claim(self, check: str, *added: str, narrow: bool = False, further: bool = False) -> Claim:
        quantity, quote = self.quantity, self.quantity.quote
        if further and (rest := REST.match(self.plain, quantity.end)):
            quote = self.section.prose.quote(quantity.begin, rest.end())
        return Claim(check, quantity.value, quote, quantity.section, quantity, quantity.qualifier, added, narrow)

    def _fee(self) -> Claim:
        scale = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "百元": Decimal("0.01"), "亿元": Decimal(10000)}
        claim = self._claim("narr.fee_amount")
        return replace(claim, value=claim.value * scale.get(self.quantity.unit, Decimal(1)))

    def _decisions(self) -> Iterator[Claim]:
        if self.quantity.unit not in DECISIONS:
            return
        about = self.about
        if NORMATIVE.search(about):
            yield self._claim("narr.normative_made")
        for check, pattern in DECIDED:
            found = pattern.search(about)
            if found and (found[0][:2] in ("作出", "做出", "实施") or not PUBLISHING.search(self.sentence)):
                yield self._claim(check)

    def _remedies(self) -> Iterator[Claim]:
        about, sentence = self.about, self.sentence
        own = DISCLOSURE.search(sentence) is not None
        if PARTLY.search(about) or LAST_YEAR.search(about):
            return
        litigation = LITIGATION.search(about)
        reconsideration = RECONSIDERATION.search(about) if "复议" in about else None
        if not litigation and not reconsideration:
            tail = REMEDY_TAIL.match(self.after)
            if tail and self._plain_remedy(own, about):
                yield self._claim("narr.reconsideration" if tail["kind"] == "行政复议" else "narr.litigation", further=True)
            return
        if not self._plain_remedy(own, about):
            return
        if litigation and "复议" in about:
            if "各" in about[-3:] or not self.quantity.value or "均" in about[-4:]:
                yield self._claim("narr.reconsideration")
                yield self._claim("narr.litigation")
            elif re.search(r"复议(?:案件)?[、和及与或]", about):
                yield self._claim("narr.reconsideration", "narr.litigation")
            else:
                yield self._claim("narr.litigation")
        elif litigation:
            yield self._claim("narr.litigation")
        else:
            yield self._claim("narr.reconsideration")

    def _plain_remedy(self, own: bool, about: str) -> bool:
        """Whether the cases are about disclosure, not those that the organ decides for others."""
        if AMBIGUOUS.search(self.after[:8]) or "其中" in self.sentence[-len(about) - 6 :]:
            return False
        if DECIDES.search(about):
            return DISCLOSURE.search(about) is not None
        return own or bool(REQUESTS.search(self.before))

    def _requests(self) -> Iterator[Claim]:
        about, after = self.about, self.after
        if CARRIED_FORWARD.search(about[-14:]) or FORWARD_AFTER.match(after):
            if self._about_requests():
                yield self._claim("narr.carried_forward", further=not CARRIED_FORWARD.search(about))
            return
        if CARRIED_OVER.search(about) or re.match(r"^(?:申请)?(?:为|是|系)(?:上年|上一年|去年)(?:度)?结转", after):
            if self._about_requests():
                yield self._claim("narr.carried_over")
            return
        if self._received():
            yield self._total_received()
            return
        yield from self._outcomes()
        if not self._about_requests():
            return
        if CLOSED.search(about) and not LAST_YEAR.search(about):
            yield self._claim("narr.results_total")

    def _received(self) -> bool:
        about, after = self.about, self.after
        if self.quantity.unit in ("人次", "") or LAST_YEAR.search(about):
            return False
        sentence = self.sentence
        if "其中" in sentence[-len(about) - 8 :] and "其中" in sentence[max(0, len(sentence) - len(about) - 8) :]:
            return False
        asked = RECEIVED.search(about) or TOTAL_RECEIVED.search(about) or COUNTED_REQUESTS.match(about)
        if asked or ("依申请公开" in self.before and SIMPLY.search(about)):
            return not ELSE.search(about)
        return bool(RECEIVED_HEAD.search(about) and RECEIVED_TAIL.match(after)) and not ELSE.search(about)

    def _total_received(self) -> Claim:
        """收到16件（含上年结转2件）: then what was carried over is included."""
        words = self.about + self.after[:12]
        narrow = bool(re.search(r"网络|网上|线上|在线", words)) != bool(re.search(r"书面|信函|当面|邮寄|来信", words))
        included = re.match(r"^[^,，。;；(（]{0,8}[(（,，](?:其中)?(?:含|包含|包括|其中)?[^,，。;；0-9]{0,4}(?:上年|上年度|上一年|上一年度|去年)(?:度)?结转", self.after)
        if included and re.match(r"^[^,，。;；(（]{0,8}[(（,，](?:其中)?(?:含|包含|包括|其中)", self.after):
            return self._claim("narr.received", "narr.carried_over", narrow=narrow)
        return self._claim("narr.received", narrow=narrow, further=RECEIVED_HEAD.search(self.about) is not None)

    def _about_requests(self) -> bool:
        """Whether the figure belongs to requests, not to a mailbox or a hotline told of in the same paragraph."""
        sentence = self.sentence
        if ELSE.search(self.about):
            return False
        return bool(REQUESTS.search(sentence) or (REQUESTS.search(self.before) and not ELSE.search(sentence)))

    def _outcomes(self) -> Iterator[Claim]:
        if not REQUESTS.search(self.before):
            return
        head = OUTCOME_HEAD.search(self.about)
        if head and not LAST_YEAR.search(self.about):
            names = dict.fromkeys(match.lastgroup for match in OUTCOME.finditer(self.about[head.start() :]) if match.lastgroup)
            checks = [f"narr.outcome.{name}" for name in names]
            if checks and not LEAVES.search(self.sentence):
                yield self._claim(*checks)
            return
        tail = OUTCOME_TAIL.match(self.after)
        if tail and tail.lastgroup and not OUTCOME_NEXT.match(self.after[tail.end() :]):
            yield self._claim(f"narr.outcome.{tail.lastgroup}", further=True)


LEAVES = re.compile(
    r"(?:不掌握|没有现成|另行制作|仍不明确|信访举报投诉|信访类?|重复申请|公开出版物|国家秘密|行政查询|过程性信息|内部事务)(?:类|申请|信息|事项|的|相关|政府)*\s*\d+\s*[件条起]"
)
OUTCOME_NEXT = re.compile(r"^(?:(?:政府)?信息|的|类|申请)*\s*\d")


def _applicants(found: list[Claim], section: Section, quantities: Sequence[Quantity]) -> list[Claim]:
    """Requests by kind of applicant, where the prose breaks down what it received (申请人情况)."""
    received = [claim for claim in found if claim.check == "narr.received" and not claim.added]
    if not received:
        return found
    plain, result = section.prose.plain, list(found)
    start = received[0].quantity.end
    stop = plain.find("\n", start)
    seen: set[str] = set()
    for quantity in quantities:
        if quantity.start < start or quantity.kind != "count" or quantity.start > (stop if stop >= 0 else len(plain)):
            continue
        name = next((name for name, words in APPLICANTS if words.search(quantity.about)), None)
        if name is None and seen and OTHER_APPLICANT.match(quantity.about):
            name = "other"
        if name is None or name in seen or ELSE.search(quantity.about) or quantity.start - start > 260:
            continue
        seen.add(name)
        result.append(Claim(f"narr.applicant.{name}", quantity.value, quantity.quote, section.number, quantity, quantity.qualifier))
    return result


def _denials(section: Section, zero: Zero) -> Iterator[Claim]:
    words, quantity = zero.words, zero.quantity

    def claim(check: str) -> Claim:
        return Claim(
            check, Decimal(0), quantity.quote, section.number, quantity,
            scope_narrow=zero.narrow, ambiguous=zero.ambiguous,
        )

    if zero.subject == "request":
        yield claim("narr.received")
    elif zero.subject == "remedy":
        if "复议" in words:
            yield claim("narr.reconsideration")
        if "诉讼" in words or (zero.ambiguous and "败诉" in words):
            yield claim("narr.litigation")
    elif zero.subject == "carried" and REQUESTS.search(section.prose.plain):
        if CARRIED_OVER.search(words):
            yield claim("narr.carried_over")
        elif CARRIED_FORWARD.search(words):
            yield claim("narr.carried_forward")
