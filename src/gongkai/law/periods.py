"""期限: the statute's numbers of days, each with its article and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .confidence import Confidence


class Unit(StrEnum):
    """What a period is counted in."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"

    @property
    def label(self) -> str:
        return {"workdays": "个工作日", "days": "日", "months": "个月", "years": "年"}[self.value]


@dataclass(frozen=True, slots=True)
class Period:
    """A number of days (months, years) that the law gives."""

    key: str
    length: int
    unit: Unit
    runs: str  # what for, and from when
    basis: str
    confidence: Confidence = Confidence.VERIFIED

    def __str__(self) -> str:
        return f"{self.length}{self.unit.label}"


_WD = Unit.WORKDAYS
CORRECTION_NOTICE = Period("correction_notice", 7, _WD, "自收到申请之日起一次性告知补正", "条例第三十条")
REPLY = Period("reply", 20, _WD, "自收到申请（补正的申请）之日起答复", "条例第三十三条第二款")
EXTENSION = Period("extension", 20, _WD, "延长答复期限，最长不得超过", "条例第三十三条第二款")
THIRD_PARTY = Period("third_party", 15, _WD, "第三方自收到征求意见书之日起提出意见", "条例第三十二条")
CO_MAKER = Period("co_maker", 15, _WD, "共同制作机关自收到征求意见书之日起提出意见", "条例第三十四条")
OTHER_ORGAN = Period(
    "other_organ", 15, _WD, "其他机关提出意见（条文未定，比照第三十二条、第三十四条）", "条例第三十三条第三款", Confidence.INFERENCE
)
FEE_PAYMENT = Period(
    "fee_payment", 20, _WD, "自收到收费通知次日起缴费", "国办函〔2020〕109号", Confidence.VERIFIED
)
PUBLICATION = Period("publication", 20, _WD, "自信息形成或者变更之日起主动公开", "条例第二十六条")
PENALTY_WITHDRAWAL = Period(
    "penalty_withdrawal", 3, _WD, "公开的行政处罚决定被变更、撤销、确认违法或者无效后撤回", "行政处罚法第四十八条、第八十五条"
)
RECONSIDERATION = Period("reconsideration", 60, Unit.DAYS, "自知道或者应当知道行政行为之日起申请行政复议", "行政复议法第二十条第一款")
RECONSIDERATION_UNTOLD = Period(
    "reconsideration_untold", 1, Unit.YEARS, "未告知复议权利、机关、期限的，自知道行政行为内容之日起最长", "行政复议法第二十条第三款"
)
RECONSIDERATION_AT_MOST = Period("reconsideration_at_most", 5, Unit.YEARS, "自行政行为作出之日起最长", "行政复议法第二十一条")
LITIGATION = Period("litigation", 6, Unit.MONTHS, "自知道或者应当知道行政行为之日起直接起诉", "行政诉讼法第四十六条")
LITIGATION_UNTOLD = Period(
    "litigation_untold", 1, Unit.YEARS, "未告知起诉期限的，自知道行政行为内容之日起最长", "法释〔2018〕1号第六十四条"
)
LITIGATION_INACTION = Period(
    "litigation_inaction", 6, Unit.MONTHS, "逾期不答复的，自答复期限届满之日起起诉", "法释〔2018〕1号第六十六条"
)
LITIGATION_AFTER_RECONSIDERATION = Period(
    "litigation_after_reconsideration", 15, Unit.DAYS,
    "自收到复议决定书之日（逾期不作决定的，复议期满之日）起起诉", "行政诉讼法第四十五条；行政复议法第三十四条",
)
RECONSIDERATION_ANSWER = Period(
    "reconsideration_answer", 10, _WD, "自收到复议申请书副本之日起提出书面答复、提交证据（普通程序）", "行政复议法第四十八条、第八十八条第二款"
)
RECONSIDERATION_ANSWER_SIMPLIFIED = Period(
    "reconsideration_answer_simplified", 5, _WD, "自收到复议申请书副本之日起提出书面答复、提交证据（简易程序）", "行政复议法第五十四条第一款、第八十八条第二款"
)
RECONSIDERATION_ANSWER_2017 = Period(
    "reconsideration_answer_2017", 10, Unit.DAYS, "自收到复议申请书副本之日起提出书面答复、提交证据（2023年以前）",
    "行政复议法（2017年修正）第二十三条第一款、第四十条第二款",
)
RECONSIDERATION_DECISION = Period("reconsideration_decision", 60, Unit.DAYS, "自受理申请之日起作出复议决定（普通程序）", "行政复议法第六十二条第一款")
RECONSIDERATION_DECISION_EXTENSION = Period(
    "reconsideration_decision_extension", 30, Unit.DAYS, "情况复杂，延长复议期限，最多不得超过", "行政复议法第六十二条第一款"
)
RECONSIDERATION_DECISION_SIMPLIFIED = Period(
    "reconsideration_decision_simplified", 30, Unit.DAYS, "自受理申请之日起作出复议决定（简易程序）", "行政复议法第六十二条第二款"
)
LITIGATION_ANSWER = Period(
    "litigation_answer", 15, Unit.DAYS, "自收到起诉状副本之日起提交证据、提出答辩状", "行政诉讼法第六十七条第一款"
)
LITIGATION_JUDGMENT = Period("litigation_judgment", 6, Unit.MONTHS, "自立案之日起作出第一审判决", "行政诉讼法第八十一条")
LITIGATION_JUDGMENT_SIMPLIFIED = Period("litigation_judgment_simplified", 45, Unit.DAYS, "自立案之日起审结（简易程序）", "行政诉讼法第八十三条")
APPEAL = Period("appeal", 15, Unit.DAYS, "自判决书送达之日起上诉", "行政诉讼法第八十五条")
APPEAL_RULING = Period("appeal_ruling", 10, Unit.DAYS, "自裁定书送达之日起上诉", "行政诉讼法第八十五条")
APPEAL_JUDGMENT = Period("appeal_judgment", 3, Unit.MONTHS, "自收到上诉状之日起作出终审判决", "行政诉讼法第八十八条")

PERIODS = (
    CORRECTION_NOTICE, REPLY, EXTENSION, THIRD_PARTY, CO_MAKER, OTHER_ORGAN, FEE_PAYMENT, PUBLICATION, PENALTY_WITHDRAWAL,
    RECONSIDERATION, RECONSIDERATION_UNTOLD, RECONSIDERATION_AT_MOST,
    LITIGATION, LITIGATION_UNTOLD, LITIGATION_INACTION, LITIGATION_AFTER_RECONSIDERATION,
    RECONSIDERATION_ANSWER, RECONSIDERATION_ANSWER_SIMPLIFIED, RECONSIDERATION_ANSWER_2017,
    RECONSIDERATION_DECISION, RECONSIDERATION_DECISION_EXTENSION, RECONSIDERATION_DECISION_SIMPLIFIED,
    LITIGATION_ANSWER, LITIGATION_JUDGMENT, LITIGATION_JUDGMENT_SIMPLIFIED, APPEAL, APPEAL_RULING, APPEAL_JUDGMENT,
)  # fmt: skip
BY_KEY = {period.key: period for period in PERIODS}
