"""期限说明: every step of the clock in a Chinese sentence with its article, to be pasted into a file note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from . import conduct, outcomes, periods
from .calendar import Calendar
from .clock import Clock, Settings, State
from .consultation import LABEL, PERIOD, SILENCE, Consultation, Silence
from .events import (
    Answer,
    Asked,
    Closed,
    Confirmed,
    ConsultationAnswered,
    ConsultationDelivered,
    ConsultationSent,
    Corrected,
    CorrectionRequested,
    Delayed,
    Extended,
    FeeNoticed,
    FeePaid,
    Lapse,
    ReasonsGiven,
    ReasonsRequested,
    Replied,
    Submitted,
    Withdrawn,
)
from .receipt import BY_CHANNEL
from .request import Standing, Step, standing

_BASIS = {
    Asked.THIRD_PARTY: "第三十二条、第三十三条第三款",
    Asked.CO_MAKER: "第三十三条第三款、第三十四条",
    Asked.OTHER_ORGAN: "第三十三条第三款",
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the explanation, and its day."""

    on: date
    says: str


def explain(steps: tuple[Step, ...], days: Calendar, today: date, settings: Settings | None = None) -> tuple[Said, ...]:
    """The explanation of a whole request as of `today`, in the order of the days."""
    chosen = settings or Settings()
    told = [Said(step.event.on, _violated(step) or _tell(step, days, chosen)) for step in steps]
    silent = [said for letter in _letters(steps) if (said := _silence(letter, days, steps[-1].after, today)) is not None]
    now = standing(steps, days, today)
    later = [step.number for step in steps if step.event.on > today]
    doubt = f"（第{later[0]}项所记日期晚于当日，请核对）" if later else ""
    return (*sorted(told + silent, key=lambda said: said.on), Said(today, _now(now, steps[-1].after, days) + doubt))


def day_zh(on: date) -> str:
    """2024年3月13日."""
    return f"{on.year}年{on.month}月{on.day}日"


def note(steps: tuple[Step, ...], days: Calendar, today: date, settings: Settings | None = None) -> str:
    """The file note: title, numbered steps, the calendar it was reckoned by."""
    said = explain(steps, days, today, settings)
    lines = [f"{number}. {day_zh(one.on)}：{one.says}" for number, one in enumerate(said, start=1)]
    table = f"（工作日按 {days.name} 日历计算，已收录{_years(days)}放假通知；当日不计，自次日起算。）"
    return "\n".join(("政府信息公开申请答复期限计算说明", *lines, table))


def _years(days: Calendar) -> str:
    known = sorted(days.known)
    if not known:
        return "零个年份的"
    whole = known == list(range(known[0], known[-1] + 1))
    return f"{known[0]}—{known[-1]}年" if whole and len(known) > 1 else "、".join(f"{year}年" for year in known)


def _violated(step: Step) -> str:
    """What a void event comes to; an event that counts all the same is told with its own sentence."""
    if step.violation is None or not conduct.BY_KEY[step.violation.rule].void:
        return ""
    rule = conduct.BY_KEY[step.violation.rule]
    basis = f"条例第{_NUMBERS[rule.article]}条"
    match step.event:
        case CorrectionRequested():
            return f"告知补正；{rule.zh}（{basis}），该告知不影响答复期限。"
        case Extended(workdays=workdays):
            return f"告知延长答复期限{workdays}个工作日；{rule.zh}（{basis}），该延长不发生效力。"
        case _:
            return f"告知延迟答复；{rule.zh}（{basis}），原期限不变。"


_NUMBERS = {"30": "三十", "33": "三十三", "35": "三十五", "42": "四十二"}


def _tell(step: Step, days: Calendar, settings: Settings) -> str:
    event, after = step.event, step.after
    match event:
        case Submitted():
            return _submitted(event, after, days)
        case Confirmed():
            return f"双方确认，以确认之日为收到申请之日（条例第三十一条）；{_runs(after, days)}。"
        case CorrectionRequested(answer_by=answer_by):
            return f"一次性告知申请人补正，补正期限至{day_zh(answer_by)}；等待补正期间不计答复期限（条例第三十条）。"
        case Corrected():
            return _corrected(event, step, days)
        case ConsultationSent() | ConsultationDelivered() | ConsultationAnswered():
            return _letter(event, step, days)
        case Extended(workdays=workdays):
            due = _date_of(after.due(days))
            return f"经政府信息公开工作机构负责人同意并告知申请人，答复期限延长{workdays}个工作日，届满日为{due}（条例第三十三条第二款）。"
        case ReasonsRequested():
            return "申请数量、频次明显超过合理范围，要求申请人说明理由；答复期限继续计算（条例第三十五条）。"
        case ReasonsGiven():
            return "申请人说明理由；由行政机关判断是否合理，答复期限继续计算（条例第三十五条）。"
        case Delayed(until=until):
            return f"申请理由合理但无法按期答复，确定并告知延迟答复至{day_zh(until)}（条例第三十五条）。"
        case FeeNoticed() | FeePaid():
            return _fee(event, step, days, settings)
        case Replied() | Withdrawn() | Closed():
            return _ended(event, step, days)


def _submitted(event: Submitted, after: Clock, days: Calendar) -> str:
    receipt = BY_CHANNEL[event.channel]
    if after.state is State.AWAITING_CONFIRMATION:
        return f"申请人提交申请（{receipt.label}），尚待双方确认；确认之前不起算答复期限（{receipt.basis}）。"
    return f"申请人提交申请（{receipt.label}），以{receipt.counts}为收到申请之日（{receipt.basis}）；{_runs(after, days)}。"


def _runs(clock: Clock, days: Calendar) -> str:
    due = _date_of(clock.due(days))
    return f"答复期限{clock.limit}个工作日自次日起算，届满日为{due}（条例第三十三条第二款）"


def _corrected(event: Corrected, step: Step, days: Calendar) -> str:
    notice = step.before.correction
    if notice is None:
        return "收到补正材料；补正告知不符合条例第三十条，答复期限不因此重新计算。"
    late = f"（超过补正期限{day_zh(notice.answer_by)}，但尚未不再处理，予以接收）" if event.on > notice.answer_by else ""
    return f"收到补正的申请{late}，答复期限自当日起重新计算（条例第三十条）；{_runs(step.after, days)}。"


def _letter(event: ConsultationSent | ConsultationDelivered | ConsultationAnswered, step: Step, days: Calendar) -> str:
    letter = step.after.consultation(event.ref)
    if letter is None:
        return ""
    who, basis = LABEL[letter.to], _BASIS[letter.to]
    gone = "；答复期限已重新计算，此件不再停止计算" if letter in step.after.cleared else ""
    term = _date_of(letter.term(days))
    match event:
        case ConsultationSent():
            effect = f"，所需时间不计入答复期限，暂按至{term}计" if step.after.running else "，此时答复期限本未计算"
            return f"向{who}发出征求意见书（{event.ref}）{effect}（条例{basis}）。"
        case ConsultationDelivered():
            return f"{who}收到征求意见书（{event.ref}），应于{PERIOD[letter.to].length}个工作日内即{term}前（含当日）提出意见{gone}（条例{basis}）。"
        case ConsultationAnswered(answer=answer):
            said = "同意公开" if answer is Answer.CONSENTS else "不同意公开"
            late = f"；意见在期限{term}之后提出，不延长停止计算的时间" if event.on > letter.term(days) else ""
            due = step.after.due(days)
            moved = f"，届满日为{_date_of(due)}" if due is not None and not gone else ""
            return f"{who}提出意见（{event.ref}）：{said}{late}{moved}{gone}（条例{basis}）。"


def _fee(event: FeeNoticed | FeePaid, step: Step, days: Calendar, settings: Settings) -> str:
    if isinstance(event, FeeNoticed):
        late = "；收费通知未在答复期限内送达，程序违法" if step.violation is not None else ""
        again = "；本件此前已收取过信息处理费，请核对" if step.before.charged else ""
        pay_by = _date_of(step.after.pay_by(days))
        return (
            f"送达收费通知，信息处理费{event.amount:f}元，应自收到次日起{periods.FEE_PAYMENT.length}个工作日内即{pay_by}前（含当日）缴纳；"
            f"等待缴费期间不计答复期限{late}{again}（条例第四十二条；国办函〔2020〕109号）。"
        )
    pay_by_day = step.before.pay_by(days)
    late = "（逾期缴纳，但尚未不再处理，予以接收）" if pay_by_day is not None and event.on > pay_by_day else ""
    runs = _runs(step.after, days) if settings.fee_restarts_clock else f"届满日为{_date_of(step.after.due(days))}"
    how = "答复期限重新计算" if settings.fee_restarts_clock else "自通知至缴费的时间不计入答复期限"
    return f"申请人缴纳信息处理费{late}，{how}（国办函〔2020〕109号）；{runs}。"


def _ended(event: Replied | Withdrawn | Closed, step: Step, days: Calendar) -> str:
    match event:
        case Replied(outcome=outcome):
            due = step.before.due(days)
            kept = "此时答复期限未在计算" if due is None else f"届满日为{_date_of(due)}，"
            kept += "" if due is None else ("逾期答复" if step.violation is not None else "未逾期")
            return f"作出答复，办理结果为“{outcomes.BY_KEY[outcome].label}”；{kept}（条例第三十三条、第三十六条）。"
        case Withdrawn():
            return "申请人撤回申请，本件办结（条例未作规定；年度报告计入其他处理）。"
        case Closed(outcome=Lapse.NO_CORRECTION):
            return "申请人无正当理由逾期不补正，视为放弃申请，不再处理（条例第三十条）。"
        case Closed():
            return "申请人逾期未按收费通知缴纳费用，视为放弃申请，不再处理（条例第四十二条；国办函〔2020〕109号）。"


def _letters(steps: tuple[Step, ...]) -> tuple[Consultation, ...]:
    return (*steps[-1].after.cleared, *steps[-1].after.consultations) if steps else ()


def _silence(letter: Consultation, days: Calendar, clock: Clock, today: date) -> Said | None:
    until = min(today, clock.ended or today)
    if letter not in clock.consultations or not letter.silent(days, until):
        return None
    means = {
        Silence.ORGAN_DECIDES: "由行政机关依照条例规定决定是否公开",
        Silence.DEEMED_CONSENT: "视为同意公开",
    }[SILENCE[letter.to]]
    who = LABEL[letter.to]
    return Said(letter.term(days), f"{who}提出意见的期限届满而未提出意见（{letter.ref}），{means}；次日起此件不再停止计算答复期限（条例{_BASIS[letter.to]}）。")


def _now(now: Standing, clock: Clock, days: Calendar) -> str:
    doubt = f"；因{_unknown(clock, now, days)}尚无放假通知，届满日为暂定" if now.provisional else ""
    match now.state:
        case State.AWAITING_CONFIRMATION:
            return "截至当日，尚待双方确认，答复期限未起算（条例第三十一条）。"
        case State.AWAITING_CORRECTION:
            return f"截至当日，等待补正，补正期限至{_date_of(now.correct_by)}（条例第三十条）。"
        case State.AWAITING_FEE:
            return f"截至当日，等待缴费，缴费期限至{_date_of(now.pay_by)}（国办函〔2020〕109号）。"
        case State.OPEN:
            left = f"尚余{now.remaining}个" if (now.remaining or 0) >= 0 else f"超过{-(now.remaining or 0)}个"
            late = "，已逾期" if now.overdue else ""
            return f"截至当日，答复期限{now.limit}个工作日已计{now.counted}个，{left}，届满日为{_date_of(now.due)}{late}{doubt}（条例第三十三条）。"
        case State.REPLIED:
            used = f"答复时已计{now.counted}个工作日，期限{now.limit}个工作日" if now.counted is not None else "答复时期限未在计算"
            return f"本件已答复，{used}{doubt}（条例第三十三条）。"
        case _:
            return f"本件{now.state.label}，已办结。"


def _unknown(clock: Clock, now: Standing, days: Calendar) -> str:
    if clock.start is None or now.due is None:
        return ""
    years = range((clock.start + _DAY).year, now.due.year + 1)
    return "、".join(f"{year}年" for year in years if days.provisional(year))


def _date_of(on: date | None) -> str:
    return "未定" if on is None else day_zh(on)
