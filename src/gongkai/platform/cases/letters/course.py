"""办理经过: what has happened to a request, in the words of a letter, from the core's steps. Nothing that the applicant must not know."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.conduct import BY_KEY as RULES
from gongkai.law.events import (
    Asked,
    ConsultationSent,
    Corrected,
    CorrectionRequested,
    Extended,
    FeeNoticed,
    FeePaid,
    ReasonsGiven,
    ReasonsRequested,
)

from .case import Case, zh

_WHOM = {Asked.THIRD_PARTY: "第三方", Asked.CO_MAKER: "共同制作机关", Asked.OTHER_ORGAN: "其他机关"}


def course(case: Case) -> str:
    """The paragraph of a reply that tells what came between; empty where nothing did."""
    return "".join(_sentences(case))


def _sentences(case: Case) -> Iterator[str]:
    asked: list[Asked] = []
    for step in case.steps:
        if step.violation is not None and RULES[step.violation.rule].void:
            continue
        match step.event:
            case CorrectionRequested(on=on):
                yield f"本机关于{zh(on)}告知{case.you}补正。"
            case Corrected(on=on):
                yield f"本机关于{zh(on)}收到补正的申请。"
            case ConsultationSent(to=to) if to not in asked:
                asked.append(to)
            case Extended() if step.after.due(case.days) is not None:
                yield f"经本机关政府信息公开工作机构负责人同意，答复期限延长{step.event.workdays}个工作日，本机关已告知{case.you}。"
            case ReasonsRequested(on=on):
                yield f"本机关于{zh(on)}要求{case.you}说明理由。"
            case ReasonsGiven(on=on):
                yield f"{case.you}于{zh(on)}说明了理由。"
            case FeeNoticed(on=on):
                yield f"本机关于{zh(on)}送达信息处理费收费通知。"
            case FeePaid(on=on):
                yield f"{case.you}于{zh(on)}缴纳了信息处理费。"
    if asked:
        yield f"其间，本机关依法征求了{'、'.join(_WHOM[to] for to in asked)}的意见，所需时间不计算在答复期限内。"


def corrected(case: Case) -> str:
    """补正的经过."""
    return "".join(_of(case, CorrectionRequested, Corrected))


def reasons(case: Case) -> str:
    return "".join(_of(case, ReasonsRequested, ReasonsGiven))


def _of(case: Case, *kinds: type) -> Iterator[str]:
    for step in case.steps:
        if isinstance(step.event, kinds):
            match step.event:
                case CorrectionRequested(on=on, answer_by=by):
                    yield f"本机关于{zh(on)}送达补正告知书，要求在{zh(by)}前补正。"
                case Corrected(on=on):
                    yield f"本机关于{zh(on)}收到{case.you}补正的申请。"
                case ReasonsRequested(on=on):
                    yield f"本机关于{zh(on)}要求{case.you}说明理由。"
                case ReasonsGiven(on=on):
                    yield f"{case.you}于{zh(on)}说明了理由。"


def lapsed(case: Case) -> str:
    """补正告知或者收费通知的经过."""
    for step in reversed(case.steps):
        match step.event:
            case CorrectionRequested(on=on, answer_by=by):
                return f"本机关于{zh(on)}送达补正告知书，告知{case.you}在{zh(by)}前补正；至期限届满，未收到补正材料。"
            case FeeNoticed(on=on, amount=amount):
                return f"本机关于{zh(on)}送达信息处理费收费通知书，应缴{amount:f}元，缴费期限至{zh(step.after.pay_by(case.days))}；至期限届满，未缴纳。"
    return ""
