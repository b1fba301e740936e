"""救济: remedy texts by date, terms, bodies, and how results are counted (条例第五十一条；行政复议法；行政诉讼法)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from . import periods
from .calendar import Calendar
from .confidence import Confidence
from .errors import NotUnderstood
from .periods import Period, Unit
from .publication import add_months
from .replies import Redress, Reply

LAW_2023 = date(2024, 1, 1)  # 行政复议法（2023年修订）施行
SPC_2025 = date(2025, 6, 1)  # 法释〔2025〕8号施行


@dataclass(frozen=True, slots=True)
class Text:
    """A remedy text to be printed in a reply, from its first day to its last; gaps are {body}, {court}, {channel}."""

    redress: Redress
    first: date
    last: date | None
    zh: str
    basis: str
    confidence: Confidence

    def valid(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)

    def fill(self, *, body: str, court: str, channel: str | None = None) -> str:
        """The text with its gaps filled; the internet channel is printed where the reply is served by internet."""
        blank = [name for name, value in (("body", body), ("court", court)) if not value.strip()]
        if blank or (channel is not None and not channel.strip()):
            raise NotUnderstood("救济告知应写明复议机关、人民法院和网络渠道，不得留空。", "The remedy text needs a body and a court.")
        through = f"（可以通过{channel}提出）" if channel else ""
        return self.zh.format(body=body, court=court, channel=through)


_EITHER = (
    "如对本答复不服，可以自收到本答复之日起60日内向{body}申请行政复议{channel}，"
    "或者自收到本答复之日起6个月内向{court}提起行政诉讼。"
)
_FIRST = (
    "如对本答复不服，应当自收到本答复之日起60日内先向{body}申请行政复议{channel}；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向{court}提起行政诉讼。"
)
_LAPSE = (
    "如对不再处理不服，可以自收到本告知书之日起60日内向{body}申请行政复议{channel}，"
    "或者自收到本告知书之日起6个月内向{court}提起行政诉讼。"
)
_START = date(2019, 5, 15)
_OLD = "行政复议法（2017年修正）；行政诉讼法第四十六条"
_NEW = "行政复议法第十一条第十四项、第二十条；行政诉讼法第四十六条"
_FIRST_BASIS = "行政复议法第二十条、第二十三条第一款第四项、第二款；行政诉讼法第四十五条"
TEXTS = (
    Text(Redress.RECONSIDERATION_FIRST, _START, LAW_2023 - timedelta(days=1), _EITHER, _OLD, Confidence.INFERENCE),
    Text(Redress.RECONSIDERATION_FIRST, LAW_2023, SPC_2025 - timedelta(days=1), _FIRST, _FIRST_BASIS, Confidence.VERIFIED),
    Text(Redress.RECONSIDERATION_FIRST, SPC_2025, None, _FIRST, f"{_FIRST_BASIS}；法释〔2025〕8号第一条第二款", Confidence.VERIFIED),
    Text(Redress.EITHER, _START, LAW_2023 - timedelta(days=1), _EITHER, _OLD, Confidence.INFERENCE),
    Text(Redress.EITHER, LAW_2023, SPC_2025 - timedelta(days=1), _EITHER, _NEW, Confidence.INFERENCE),
    Text(Redress.EITHER, SPC_2025, None, _EITHER, f"{_NEW}；法释〔2025〕8号第一条第一款", Confidence.VERIFIED),
    Text(Redress.LAPSE, _START, None, _LAPSE, "国办函〔2020〕109号；行政诉讼法第四十六条", Confidence.INFERENCE),
)
NO_TEXT = ("correction", "extension", "fee", "third_party", "co_maker", "consulting", "reasons", "delayed", "receipt")


@dataclass(frozen=True, slots=True)
class Wording:
    """A legal office's own texts, which win over ours for the replies whose remedy is doubtful."""

    own: Mapping[str, str] | None = None  # reply key → text with the same gaps


def remedy_text(reply: Reply, on: date, wording: Wording | None = None) -> Text | None:
    """The text that a reply given on this day must carry; None where it carries none."""
    if reply.redress is Redress.NONE:
        return None
    found = next((text for text in TEXTS if text.redress is reply.redress and text.valid(on)), None)
    if found is None:
        raise NotUnderstood(f"{on} 早于现行条例施行之日（2019-05-15）。", f"{on} is before the present Regulation (2019-05-15).")
    own = (wording.own or {}).get(reply.key) if wording is not None else None
    return Text(found.redress, found.first, found.last, own, found.basis, Confidence.INFERENCE) if own else found


class Respondent(StrEnum):
    """What kind of organ gave the reply."""

    DEPARTMENT = "department"  # 县级以上地方人民政府工作部门
    LOCAL_GOVERNMENT = "local_government"  # 乡镇、县、市人民政府
    STATE_COUNCIL_DEPARTMENT = "state_council_department"
    VERTICAL = "vertical"  # 海关、金融、外汇管理等垂直领导机关、税务、国家安全机关
    JUDICIAL_BUREAU = "judicial_bureau"  # 地方司法行政部门


@dataclass(frozen=True, slots=True)
class Body:
    """Which body hears a reconsideration, under the law in force since 2024-01-01."""

    respondent: Respondent
    bodies: tuple[str, ...]  # more than one: the applicant chooses
    basis: str


BODIES = (
    Body(Respondent.DEPARTMENT, ("本级人民政府",), "行政复议法第二十四条"),
    Body(Respondent.LOCAL_GOVERNMENT, ("上一级人民政府",), "行政复议法第二十四条"),
    Body(Respondent.STATE_COUNCIL_DEPARTMENT, ("该国务院部门",), "行政复议法第二十五条"),
    Body(Respondent.VERTICAL, ("上一级主管部门",), "行政复议法第二十七条"),
    Body(Respondent.JUDICIAL_BUREAU, ("本级人民政府", "上一级司法行政部门"), "行政复议法第二十八条"),
)
BODY_OF = {body.respondent: body for body in BODIES}


def last_day(period: Period, known: date, days: Calendar) -> date:
    """The last day of a term: the first day is not counted; a last day of rest moves to the next working day.

    民法典第二百零一条至第二百零三条、民事诉讼法第八十五条（经行政复议法第八十八条适用）.
    """
    match period.unit:
        case Unit.WORKDAYS:
            return days.add_workdays(known, period.length)
        case Unit.DAYS:
            last = date.fromordinal(known.toordinal() + period.length)
        case Unit.MONTHS:
            last = add_months(known, period.length)
        case Unit.YEARS:
            last = add_months(known, period.length * 12)
    return days.next_workday(last)


def reconsider_by(told: date, days: Calendar) -> date:
    return last_day(periods.RECONSIDERATION, told, days)


def sue_by(told: date, days: Calendar) -> date:
    """The last day for suing directly."""
    return last_day(periods.LITIGATION, told, days)


def sue_after_reconsideration_by(decided: date, days: Calendar) -> date:
    return last_day(periods.LITIGATION_AFTER_RECONSIDERATION, decided, days)


class Result(StrEnum):
    """Columns of the table of section 四."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Judgment:
    """One way a case ends, and the column it is counted in: our reading of the law."""

    key: str
    label: str
    result: Result
    basis: str
    confidence: Confidence = Confidence.INFERENCE


JUDGMENTS = (
    Judgment("upheld", "维持（驳回行政复议请求）", Result.UPHELD, "行政复议法第六十八条、第六十九条"),
    Judgment("claim_rejected", "驳回诉讼请求", Result.UPHELD, "行政诉讼法第六十九条"),
    Judgment("changed", "变更", Result.CORRECTED, "行政复议法第六十三条；行政诉讼法第七十七条"),
    Judgment("revoked", "撤销、部分撤销", Result.CORRECTED, "行政复议法第六十四条；行政诉讼法第七十条"),
    Judgment("unlawful", "确认违法", Result.CORRECTED, "行政复议法第六十五条；行政诉讼法第七十四条"),
    Judgment("void", "确认无效", Result.CORRECTED, "行政复议法第六十七条；行政诉讼法第七十五条"),
    Judgment("ordered", "责令（判决）限期履行", Result.CORRECTED, "行政复议法第六十六条；行政诉讼法第七十二条"),
    Judgment("not_accepted", "不予受理、驳回申请、不予立案、驳回起诉", Result.OTHER, "行政复议法第三十条；行政诉讼法第五十一条"),
    Judgment("withdrawn", "撤回申请、撤诉", Result.OTHER, "行政复议法第四十一条；行政诉讼法第六十二条"),
    Judgment("ended", "终止、终结", Result.OTHER, "行政复议法第四十一条"),
    Judgment("mediated", "调解、和解", Result.OTHER, "行政复议法第五条"),
    Judgment("pending", "尚未审结", Result.PENDING, "年度报告格式表四", Confidence.VERIFIED),
)
