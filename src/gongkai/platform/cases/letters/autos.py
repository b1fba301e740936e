"""What nobody types: number, days, terms, articles, remedies. From the case, the organ's letterhead and the core, on the day of the letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.law import exemptions, periods, remedies, replies
from gongkai.law.errors import NotUnderstood
from gongkai.law.remedies import Text, Wording
from gongkai.law.replies import Reply
from gongkai.platform.cases import charges
from gongkai.platform.cases.choices import CHANNELS, State
from gongkai.platform.cases.errors import NotNow
from gongkai.platform.organs.models import Organ

from . import effects, places
from .case import Case, zh
from .fields import Value, fields_of
from .money import capital
from .texts import LETTERS

_UNFIXED = "（签发时确定）"
_LAPSED = {"no_correction": "无正当理由逾期未补正", "fee_unpaid": "逾期未缴纳信息处理费"}


def filled(case: Case, key: str, reply: str, law: Mapping[str, Any], values: Mapping[str, Value], *, number: str = "", code: str = "") -> dict[str, Value]:
    """Every automatic place of a letter. Without a number it is a preview."""
    told: dict[str, Value] = {}
    for field in fields_of(key, reply):
        if field.auto:
            told[field.name] = _AUTO[field.name](case, key, reply, law, values)
    return told | {"文号": number or _UNFIXED, "校验码": code or _UNFIXED}


_Values = Mapping[str, Value]
_Auto = Callable[[Case, str, str, Mapping[str, Any], _Values], str]


def citation(basis: str) -> str:
    """The article within the Regulation: 条例第三十六条第三项、第十四条 → 第三十六条第三项、第十四条."""
    return "、".join(each.strip().removeprefix("条例") for each in basis.split("；") if "条例" in each or "第" in each)


def remedy_of(reply: str, on: date, wording: Wording | None) -> Text | None:
    return remedies.remedy_text(replies.BY_KEY[reply], on, wording)


def _remedy(case: Case, key: str, reply: str, _law: Mapping[str, Any], values: _Values) -> str:
    """救济途径, by outcome and by the day of the letter, from the core."""
    chosen = reply or "override_third_party"  # 第三方告知书：对予以公开的决定
    try:
        text = remedy_of(chosen, case.on, case.head.own_words)
    except NotUnderstood as refused:
        raise NotNow(refused.zh, refused.en) from None
    if text is None:
        return ""
    body, court = (str(values.get(name, "")).strip() for name in ("复议机关", "人民法院"))
    if not (body and court):
        return ""
    words = text.fill(body=body, court=court, channel=case.head.channel or None)
    return words if key != "third_party_decision" and "答复书" in _title(key) else words.replace("本答复", "本告知书").replace("本告知书书", "本告知书")


def _title(key: str) -> str:
    return LETTERS[key].title


def _article(_case: Case, key: str, reply: str, _law: Mapping[str, Any], _values: _Values) -> str:
    held: Reply | None = replies.BY_KEY.get(reply)
    if held is None:
        return ""
    if reply == "fee_unpaid":
        return "第四十二条、《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
    return citation(held.basis)


def _exemption(_case: Case, _key: str, reply: str, _law: Mapping[str, Any], _values: _Values) -> str:
    held = replies.BY_KEY[reply].exemption if reply else None
    return held.label if held is not None else ""


def _received(case: Case) -> str:
    if case.request.received_on is not None:
        return zh(case.request.received_on)
    awaiting = case.request.state == State.AWAITING_CONFIRMATION.value
    return f"{zh(case.request.submitted_on)}（提交之日；收到申请之日以双方确认之日为准）" if awaiting else zh(case.request.submitted_on)


def _contact(organ: Organ) -> str:
    parts = (("联系单位", organ.office_name), ("地址", organ.office_address), ("电话", organ.office_phone))
    return "　".join(f"{label}：{text}" for label, text in parts if text)


def _extended(case: Case, law: Mapping[str, Any]) -> str:
    """The new last day, as the core counts it if the applicant were told today."""
    seen = effects.foreseen(case.events, "extended", dict(law), case.on, case.days, case.settings)
    return zh(seen.due_on)


def _way(case: Case) -> str:
    fee = charges.computed(case.held)
    return charges.WAYS[fee.way][0] if fee is not None else ""


def _yuan(law: Mapping[str, Any]) -> str:
    amount = law.get("amount")
    return f"{Decimal(str(amount)):f}" if amount else ""


_CO_MAKER = str(periods.CO_MAKER.length)
_AUTO: Mapping[str, _Auto] = {
    "机关名称": lambda case, *_: case.organ.name,
    "文号": lambda *_: "",
    "校验码": lambda *_: "",
    "收件人": lambda case, *_: case.party.name if case.party is not None else case.applicant.name,
    "落款日期": lambda case, *_: zh(case.on),
    "核验方式": lambda *_: places.verify_words(),
    "登记编号": lambda case, *_: case.request.number,
    "联系方式": lambda case, *_: _contact(case.organ),
    "工作机构": lambda case, *_: case.organ.office_name,
    "联系电话": lambda case, *_: case.organ.office_phone,
    "办公地址": lambda case, *_: case.organ.office_address,
    "申请人": lambda case, *_: case.applicant.name,
    "称呼": lambda case, *_: case.you,
    "收到申请之日": lambda case, *_: _received(case),
    "提交渠道": lambda case, *_: CHANNELS[case.request.channel][0],
    "依据": _article,
    "救济途径": _remedy,
    "不予公开情形": _exemption,
    "补正期限": lambda case, key, reply, law, *_: zh(law.get("answer_by")),
    "延迟答复期限": lambda case, key, reply, law, *_: zh(law.get("until")),
    "延长工作日": lambda case, key, reply, law, *_: str(law.get("workdays", "")),
    "原期限届满日": lambda case, *_: zh(case.clock.due(case.days)),
    "延长后届满日": lambda case, key, reply, law, *_: _extended(case, law),
    "提出意见工作日": lambda case, key, *_: _CO_MAKER if key == "co_maker" else str(periods.THIRD_PARTY.length),
    "收费方式": lambda case, *_: _way(case),
    "数额": lambda case, key, reply, law, *_: _yuan(law),
    "数额大写": lambda case, key, reply, law, *_: capital(Decimal(_yuan(law))) if _yuan(law) else "",
    "缴费工作日": lambda *_: str(periods.FEE_PAYMENT.length),
    "不再处理情形": lambda case, key, reply, *_: _LAPSED.get(reply, ""),
}
GROUNDS = tuple((each.label, citation(each.basis)) for each in exemptions.EXEMPTIONS)  # 部分公开：各部分依据的选项
