"""文书: the letters of a request as data: what sets them off, by when, what they must say (条例第三十条至第四十二条)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from . import periods
from .confidence import Confidence
from .periods import Period


class Recipient(StrEnum):
    """Whom a letter goes to."""

    APPLICANT = "申请人"
    THIRD_PARTY = "第三方"
    CO_MAKER = "共同制作机关"
    ORGAN = "其他机关"


@dataclass(frozen=True, slots=True)
class Letter:
    """One kind of letter."""

    key: str
    title: str
    basis: str  # what sets it off
    to: Recipient
    contents: tuple[str, ...]  # what it must contain
    period: Period | None = None
    deadline: str = ""  # where it is not simply the period
    confidence: Confidence = Confidence.VERIFIED


_REPLY = periods.REPLY
_WITHIN = "答复期限内（经延长的，延长后的期限内）"


def _reply(key: str, title: str, basis: str, *contents: str, confidence: Confidence = Confidence.VERIFIED) -> Letter:
    return Letter(key, title, basis, Recipient.APPLICANT, contents, _REPLY, _WITHIN, confidence)


LETTERS = (
    Letter(
        "receipt", "接收回执", "条例第三十一条", Recipient.APPLICANT,
        ("登记编号", "收到申请之日", "提交渠道", "查询办理进度的方式"), None, "收到当日", Confidence.INFERENCE,
    ),
    Letter(
        "correction", "补正告知书", "条例第三十条", Recipient.APPLICANT,
        ("不明确之处", "指导和释明", "需要补正的事项", "合理的补正期限", "无正当理由逾期不补正的后果", "一次性告知"),
        periods.CORRECTION_NOTICE,
    ),
    Letter(
        "reasons", "说明理由告知书", "条例第三十五条", Recipient.APPLICANT,
        ("所涉各件申请", "数量、频次明显超过合理范围的情况", "说明理由的时间"), None, "条例未定",
    ),
    Letter(
        "extension", "延期答复告知书", "条例第三十三条第二款", Recipient.APPLICANT,
        ("延长后的期限届满日", "政府信息公开工作机构负责人同意"), periods.EXTENSION, "原期限届满前",
    ),
    Letter(
        "third_party", "第三方征求意见书", "条例第三十二条", Recipient.THIRD_PARTY,
        ("申请公开的内容", "自收到之日起15个工作日内提出意见", "逾期未提出意见的后果", "不同意公开的请说明理由"), periods.THIRD_PARTY,
    ),
    Letter(
        "consulting", "征求意见告知书", "条例第三十三条第三款", Recipient.APPLICANT,
        ("正在征求第三方或者其他机关意见", "所需时间不计入答复期限"), None, "征求意见时", Confidence.INFERENCE,
    ),
    Letter(
        "third_party_decision", "第三方告知书", "条例第三十二条", Recipient.THIRD_PARTY,
        ("决定公开的政府信息内容", "理由"), None, "公开之前或者同时",
    ),
    Letter(
        "co_maker", "共同制作机关征求意见书", "条例第三十四条", Recipient.CO_MAKER,
        ("申请公开的内容", "自收到之日起15个工作日内提出意见", "逾期未提出意见的视为同意公开"), periods.CO_MAKER,
    ),
    Letter("co_ordination", "协办函", "条例第十一条", Recipient.ORGAN, ("需要协商、确认的内容",), None, "条例未定"),
    Letter(
        "fee", "收费通知书", "条例第四十二条；国办函〔2020〕109号", Recipient.APPLICANT,
        ("收费依据", "收费标准", "数额", "缴纳方式", "自收到次日起20个工作日内缴纳", "逾期不缴纳的后果"),
        periods.FEE_PAYMENT, "通知应在答复期限内送达",
    ),
    _reply("already_public", "答复书（已主动公开）", "条例第三十六条第一项", "获取的方式、途径"),
    _reply("granted", "答复书（予以公开）", "条例第三十六条第二项、第四十条", "政府信息，或者获取的方式、途径和时间", "提供的形式"),
    _reply("partial", "答复书（部分公开）", "条例第三十七条", "可以公开的内容", "各不予公开部分的依据和理由"),
    _reply("denied", "答复书（不予公开）", "条例第三十六条第三项、第十四条至第十六条", "依据的条、款", "理由", "应当先申请行政复议的告知"),
    _reply("not_existing", "答复书（信息不存在）", "条例第三十六条第四项", "已经检索、未检索到的说明（检索记录留存）"),
    _reply("not_this_organ", "答复书（非本机关负责公开）", "条例第三十六条第五项", "理由", "能够确定的，负责公开机关的名称、联系方式"),
    _reply("repeat", "答复书（不予重复处理）", "条例第三十六条第六项", "前次答复的日期、文号"),
    _reply("admin_query", "答复书（另有规定）", "条例第三十六条第七项", "有关法律、行政法规", "办理的地点、方式"),
    _reply("needs_making", "答复书（需要加工、分析）", "条例第三十八条", "没有现成信息的理由"),
    _reply("petition", "告知书（不作为政府信息公开申请处理）", "条例第三十九条第一款", "不作为申请处理的理由", "可以提出的相应渠道"),
    _reply("publication", "告知书（公开出版物）", "条例第三十九条第二款", "获取的途径"),
    _reply("not_processed", "告知书（不予处理）", "条例第三十五条", "申请理由不合理的理由"),
    _reply(
        "confirm_reissue", "告知书（确认或者重新出具）", "年度报告格式表三", "所获取信息的来源和日期", confidence=Confidence.INFERENCE
    ),
    _reply(
        "unclear", "告知书（补正后仍不明确）", "条例第三十条", "补正的经过", "仍不明确之处", confidence=Confidence.INFERENCE
    ),
    Letter(
        "delayed", "延迟答复告知书", "条例第三十五条", Recipient.APPLICANT,
        ("申请理由合理、无法按期答复的情况", "延迟答复的合理期限"), None, "答复期限届满前",
    ),
    Letter(
        "record_correction", "更正（转送）告知书", "条例第四十一条", Recipient.APPLICANT,
        ("审核更正的结果，或者有权更正的机关",), None, "条例未定",
    ),
    Letter(
        "lapse", "不再处理告知书", "条例第三十条；国办函〔2020〕109号", Recipient.APPLICANT,
        ("补正告知或者收费通知的经过", "逾期之日"), None, "期限届满次日起", Confidence.INFERENCE,
    ),
)  # fmt: skip
BY_KEY = {letter.key: letter for letter in LETTERS}
FRAME = (
    "机关名称和“政府信息公开申请答复书”", "编号：<机关代字>公复〔年〕号", "申请人", "收到申请之日", "申请的内容",
    "经审查，答复如下", "决定及其依据的条款", "救济途径", "印章", "日期",
)  # fmt: skip
