"""What a draft begins with: every place that the case itself can tell, and the law's fields as far as the core and the organ's settings give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongkai.law.fees import Way
from gongkai.platform.cases import charges, keeping, sealing
from gongkai.platform.cases.choices import FORMS, OBTAINING, State
from gongkai.platform.cases.models import CaseFile, Consultation, Request
from gongkai.platform.cases.standing import Happened
from gongkai.platform.cases.values import Asked
from gongkai.platform.organs import dated

from . import course
from .case import Case, case_on, zh
from .fields import Row, Value, asked_of_officer, missing
from .past import earlier_reply
from .places import follow_words

ASKS = "cases.consultation.asks"
_LAPSED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """Places filled from the case, and the law's fields."""

    values: Mapping[str, Value]
    law: Mapping[str, Any]


def prefilled(
    request: Request, key: str, reply: str, on: date, *, events: Sequence[Happened], consultation: Consultation | None = None,
    law: Mapping[str, Any] | None = None,
) -> Told:  # fmt: skip
    """What can be told of this letter on this day. Places that only a person can fill are left out."""
    case = case_on(request, on, events, consultation)
    values: dict[str, Value] = {}
    for field in asked_of_officer(key, reply):
        tell = _OF_LETTER.get((key, field.name)) or _OF.get(field.name)
        if tell is not None and (value := tell(case)):
            values[field.name] = value
    return Told(values, {**_law(case, key), **(law or {})})


def lacking(key: str, reply: str, values: Mapping[str, Value]) -> list[str]:
    return [field.name for field in missing(key, reply, values)]


def _law(case: Case, key: str) -> dict[str, Any]:
    """Defaults of the law's fields: the organ's setting for the correction, the fee as computed. The rest is for the officer."""
    if key == "correction":
        length = int(dated.value_on(case.organ.settings, "correction_days", case.on))
        return {"answer_by": case.days.add_workdays(case.on, length).isoformat()}
    if key == "fee" and (fee := charges.computed(case.held)) is not None and fee.yuan > 0:
        return {"amount": str(fee.yuan)}
    return {}


def _day_of_reasons(case: Case) -> str:
    length = int(dated.value_on(case.organ.settings, "reasons_days", case.on))
    return case.days.add_workdays(case.on, length).isoformat()


def _released(case: Case) -> list[Row]:
    found = CaseFile.objects.filter(request=case.request, kind="released", removed_at__isnull=True).order_by("number")
    return [{"名称": keeping.name_of(file), "说明": ""} for file in found]


def _form(case: Case) -> str:
    form, way = FORMS.get(case.asked.form, ("", ""))[0], OBTAINING.get(case.asked.obtaining, ("", ""))[0]
    return "，".join(each for each in (form, way) if each)


def _asks(case: Case) -> str:
    return str(sealing.unseal(case.consultation.asks, ASKS)) if case.consultation is not None else case.wanted


def _whom(case: Case) -> str:
    known = {"third_party": "第三方", "co_maker": "共同制作机关", "other_organ": "其他机关"}
    kinds = Consultation.objects.filter(request=case.request).order_by("pk").values_list("to", flat=True)
    return "、".join(dict.fromkeys(known[kind] for kind in kinds if kind in known))


def _asked_before(case: Case) -> str:
    """征求意见经过, to the third party itself."""
    told = case.clock.consultation(case.consultation.ref) if case.consultation is not None else None
    if told is None:
        return ""
    opinion = {"consents": "同意公开", "objects": "不同意公开"}.get(told.answer.value if told.answer else "", "")
    answered = f"，于{zh(told.answered)}收到{opinion}的意见" if told.answered else "，在规定的期限内未收到意见"
    return f"本机关于{zh(told.sent)}就有关政府信息是否公开征求意见{answered}。"


def _query(case: Case) -> str:
    return follow_words(case.organ)


def _contact(case: Case) -> str:
    """Where opinions and corrections go: the disclosure office."""
    organ = case.organ
    said = [
        f"寄送、递交：{organ.office_name or organ.name}" + (f"（{organ.office_address}）" if organ.office_address else ""),
        f"电话：{organ.office_phone}" if organ.office_phone else "", f"互联网：{organ.office_contact}" if organ.office_contact else "",
    ]  # fmt: skip
    return "；".join(each for each in said if each) + "。"


def _opinions_to(case: Case) -> str:
    reached = case.party is not None and bool(case.party.email or case.party.phone)
    return f"意见可以通过下列方式反馈：{_contact(case)}" + ("也可以通过另行发送的链接在网上答复。" if reached else "")


def _correct_to(case: Case) -> str:
    return f"补正材料可以网上提交，也可以{_contact(case)}"


def _searched(case: Case) -> str:
    """检索说明, from the search tasks and their answers."""
    answered = [each for each in case.held if each.kind == "task_answered"]
    if not answered:
        return ""
    days = sorted({each.on for each in answered})
    when = zh(days[0]) if len(days) == 1 else f"{zh(days[0])}至{zh(days[-1])}"
    return f"本机关于{when}组织{len(answered)}个承办单位对可能保存该信息的档案、业务系统等进行了检索，均未检索到相关信息，检索记录已留存。"


def _counting(case: Case) -> list[Row]:
    fee = charges.computed(case.held)
    if fee is None:
        return []
    unit = "页" if fee.way is Way.PER_PAGE else "件"
    return [
        {
            "档次": f"第{tier.first}{unit}" if tier.first == tier.last else f"第{tier.first}—{tier.last}{unit}", "数量": f"{tier.count}{unit}",
            "标准": f"{tier.rate}元/{unit}" if tier.rate else "不收费", "金额": f"{tier.yuan}元",
        }
        for tier in fee.charge.tiers
    ]  # fmt: skip


def _counted(case: Case) -> str:
    fee = charges.computed(case.held)
    if fee is None:
        return ""
    if fee.way is Way.PER_PAGE:
        return f"本件提供的政府信息共{fee.number}页（A4及以下幅面的单面为1页）。"
    year, month = fee.month.split("-")
    span = f"第{fee.first}件" if fee.first == fee.last else f"第{fee.first}件至第{fee.last}件"
    return f"{case.you}在{year}年{int(month)}月内向本机关提出的申请，本件计为{span}。"


def _lapsed_on(case: Case) -> str:
    by = case.clock.correct_by() or case.clock.pay_by(case.days)
    return (by + _LAPSED).isoformat() if by is not None else ""


def _reasons_said(case: Case) -> str:
    return course.reasons(case)


def _frequent(case: Case) -> list[Row]:
    """所涉各件申请: of the same applicant, in the same calendar month."""
    first = (case.request.received_on or case.request.submitted_on).replace(day=1)
    same = Request.objects.filter(charges.same_applicant(case.request), organ_id=case.request.organ_id, submitted_on__gte=first).exclude(
        state__in=[State.SPLIT.value, State.MOVED.value]
    )
    rows = same.order_by("submitted_on", "pk").select_related("organ")[:60]
    return [
        {"登记编号": row.number, "收到申请之日": zh(row.received_on or row.submitted_on), "申请内容": case_title(row)} for row in rows
    ]  # fmt: skip


def case_title(row: Request) -> str:
    return Asked.opened(row.content).title


_OF: Mapping[str, Callable[[Case], Value]] = {
    "申请内容": lambda case: case.wanted, "办理经过": course.course, "复议机关": lambda case: case.head.body, "人民法院": lambda case: case.head.court,
    "信息名称": lambda case: case.asked.title, "不予公开内容": lambda case: f"“{case.asked.title}”", "提供的政府信息": _released, "提供形式": _form,
    "查询方式": _query, "反馈方式": _opinions_to, "补正方式": _correct_to, "征求内容": _asks, "协商事项": _asks, "征求对象": _whom,
    "征求意见经过": _asked_before, "检索说明": _searched, "收费计算": _counting, "计费说明": _counted, "缴纳方式": lambda case: case.head.payment,
    "补正经过": course.corrected, "说明理由的情况": _reasons_said, "说明理由的时间": _day_of_reasons, "所涉申请": _frequent, "告知经过": course.lapsed,
    "逾期之日": _lapsed_on, "更正事项": lambda case: case.wanted, "前次答复日期": lambda case: earlier_reply(case).on, "前次答复文号": lambda case: earlier_reply(case).number,
}  # fmt: skip
_OF_LETTER: Mapping[tuple[str, str], Callable[[Case], Value]] = {("unclear", "办理经过"): lambda case: "", ("not_processed", "办理经过"): lambda case: ""}
