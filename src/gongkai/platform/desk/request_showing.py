"""A request's page, from what the queries tell of it to what the templates show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.law import letters as law_letters
from gongkai.law import outcomes, replies
from gongkai.platform.cases.choices import CHANNELS, FILES, FORMS, IDENTITIES, LIVE, OBTAINING, WAYS, LetterState, State
from gongkai.platform.cases.queries.case_values import ActChoice, CaseView, EventView
from gongkai.platform.cases.queries.clock import LIGHTS, Light
from gongkai.platform.desk.forms.requests.acts import ACTS, ANSWERS, ASKED, FEES
from gongkai.platform.desk.showing import said
from gongkai.platform.pages.templatetags.pages import called, day, worded

TONES = {
    Light.OVERDUE: "late", Light.LAPSED: "soon", Light.SOON: "soon", Light.FINE: "done", Light.WAITING: "quiet", Light.ENDED: "quiet",
}  # fmt: skip
STATE_TONES = {
    State.AWAITING_CONFIRMATION: "soon", State.OPEN: "action", State.AWAITING_CORRECTION: "soon", State.AWAITING_FEE: "soon", State.REPLIED: "done",
    State.WITHDRAWN: "quiet", State.CLOSED: "quiet", State.SPLIT: "quiet", State.MOVED: "quiet",
}  # fmt: skip
LETTER_TONES = {
    LetterState.DRAFTED: "quiet", LetterState.REVIEWED: "action", LetterState.RETURNED: "late", LetterState.SIGNED: "action", LetterState.SERVED: "done",
    LetterState.DISCARDED: "quiet", LetterState.VOID: "quiet",
}  # fmt: skip
LATEST = 30  # 办理过程先展开这么多项
_LATE = frozenset({"letter_returned", "letter_voided", "closed", "withdrawn", "file_removed", "task_cancelled"})
_DONE = frozenset({"replied", "archived", "letter_served", "published"})


def light_words(light: Light, left: int | None, state: State = State.OPEN) -> str:
    """How much time is left, in words."""
    if left is None or light in (Light.ENDED, Light.WAITING):
        return said(*LIGHTS[light]) if light is Light.WAITING else ""
    if light in (Light.OVERDUE, Light.LAPSED):
        who = "" if light is Light.OVERDUE else _("申请人")
        if left == 0:  # 期限过后还没有到下一个工作日
            return who + _("已过期限")
        return who + ngettext("逾期 %(n)s 个工作日", "逾期 %(n)s 个工作日", -left) % {"n": -left}
    return _("今天到期") if left == 0 else ngettext("还有 %(n)s 个工作日", "还有 %(n)s 个工作日", left) % {"n": left}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that should be done next: a sentence and the way there."""

    words: str
    label: str
    address: str
    tone: str = "action"


def next_steps(view: CaseView) -> list[Step]:
    """What to do now, the most urgent first: what lies ready, what has lapsed, what the state asks for."""
    found = [*_letters_ready(view), *_lapsed(view), *_by_state(view)]
    if view.state in LIVE and view.officer_id is None and view.may("assign"):
        found.append(Step(_("本件还没有承办人。"), _("指定承办人"), act_address(view, "assign")))
    return found[:5]


def _letters_ready(view: CaseView) -> Iterator[Step]:
    words = {
        "serve_letter": _("《%(title)s》已经签发，送达以后才发生效力。"), "sign_letter": _("《%(title)s》等您签发。"),
        "review_letter": _("《%(title)s》等您法制审核。"),
    }  # fmt: skip
    for letter in view.letters:
        for key, sentence in words.items():
            if letter.may(key) and not (key == "sign_letter" and letter.may("review_letter")):
                label = next(act for act in letter.acts if act.key == key)
                yield Step(sentence % {"title": letter.title}, said(label.zh, label.en), reverse("desk:letter", args=[view.id, letter.id]))
        if letter.state is LetterState.RETURNED and letter.may("change_letter"):
            yield Step(_("《%(title)s》被退回修改。") % {"title": letter.title}, _("修改文书"), reverse("desk:letter", args=[view.id, letter.id]), "late")


def _lapsed(view: CaseView) -> Iterator[Step]:
    if view.clock.light is Light.LAPSED and view.may("draft_letter"):
        words = _("申请人没有在期限内补正，可以不再处理。") if view.state is State.AWAITING_CORRECTION else _("申请人没有在期限内缴费，可以不再处理。")
        yield Step(words, _("拟不再处理告知书"), draft_address(view, "lapse"), "late")
    if view.clock.light is Light.OVERDUE:
        yield Step(_("已经超过答复期限。请尽快答复；逾期的情况会记入违反程序。"), _("拟答复书"), draft_address(view), "late")


def _by_state(view: CaseView) -> Iterator[Step]:
    by_state = {
        State.AWAITING_CONFIRMATION: ("confirm", _("这个渠道来的申请，以双方确认之日为收到之日；请与申请人确认。")),
        State.AWAITING_CORRECTION: ("correct", _("等待申请人补正；补正到了就登记，期限重新起算。")),
        State.AWAITING_FEE: ("pay", _("等待申请人缴费。")),
    }
    if view.state in by_state:
        key, words = by_state[view.state]
        if view.may(key):
            yield Step(words, label_of(view, key), act_address(view, key))
    elif view.state is State.OPEN and view.clock.light is not Light.OVERDUE and view.may("draft_letter"):
        pending = any(letter.state in (LetterState.DRAFTED, LetterState.REVIEWED, LetterState.SIGNED) for letter in view.letters)
        if not pending:
            yield Step(_("在期限以前答复；需要补正、征求意见、延期的，先拟文书。"), _("拟文书"), draft_address(view))
    elif view.state not in LIVE and not view.archived and view.may("archive"):
        yield Step(_("本件已经办结，可以归档。"), label_of(view, "archive"), act_address(view, "archive"))


def label_of(view: CaseView, key: str) -> str:
    act = view.act(key)
    return said(act.zh, act.en) if act else key


def act_address(view: CaseView, key: str) -> str:
    return reverse("desk:request_act", args=[view.id, key])


def draft_address(view: CaseView, key: str = "") -> str:
    return reverse("desk:letter_new", args=[view.id]) + (f"?key={key}" if key else "")


def acts(view: CaseView) -> list[dict[str, object]]:
    """What may be done now, in groups; what may not, with the reason, below."""
    names: Mapping[str, str | Promise] = {"handling": _("办理"), "registered": _("登记"), "leaving": _("拆分、移送、办结")}
    groups: list[dict[str, object]] = []
    for group, label in names.items():
        held = [
            {"label": said(choice.zh, choice.en), "address": act_address(view, choice.key), "danger": ACTS[choice.key].danger}
            for choice in view.acts
            if choice.allowed and choice.key in ACTS and ACTS[choice.key].group == group
        ]
        if group == "handling" and view.may("draft_letter"):
            held.insert(0, {"label": label_of(view, "draft_letter"), "address": draft_address(view), "danger": False})
        if held:
            groups.append({"label": label, "acts": held})
    return groups


def refused(view: CaseView) -> list[dict[str, str]]:
    """What may not be done now, and why not; what the roles allow in itself comes first."""
    held = [choice for choice in view.acts if not choice.allowed and (choice.key in ACTS or choice.key == "draft_letter")]
    return [reason(choice) for choice in sorted(held, key=lambda each: not each.role)]


def reason(choice: ActChoice) -> dict[str, str]:
    return {"label": said(choice.zh, choice.en), "why": said(choice.why_zh, choice.why_en)}


def facts(view: CaseView) -> list[tuple[str, object]]:
    """The registration in official words."""
    rows: list[tuple[str, object]] = [
        (_("登记编号"), view.number),
        (_("提交渠道"), said(view.channel_zh, view.channel_en) + (_("（口头，代为填写）") if view.oral else "")),
        (_("提交日期"), day(view.submitted_on)),
        (_("收到申请之日"), day(view.received_on) or _("尚未确认")),
        (_("期限起算"), day(view.clock.starts) if view.clock.starts and view.clock.starts != view.received_on else ""),
        (_("承办人"), view.officer or _("还没有")),
        (_("登记"), view.registered_by),
        (_("办结日期"), day(view.ended_on)),
        (_("答复情形"), called(view.reply_zh)),
        (_("年报结果项"), called(view.outcome_zh)),
    ]
    return [(label, value) for label, value in rows if value]


def applicant(view: CaseView) -> list[tuple[str, object]]:
    """Who asks, in full: only on the page of the request."""
    who = view.applicant
    kind = IDENTITIES.get(who.identity_kind)
    rows = [
        (_("姓名或者名称"), who.name), (_("类别"), said(view.kind_zh, view.kind_en)), (_("证件"), said(*kind) if kind and who.identity_number else ""),
        (_("证件号码"), who.identity_number), (_("统一社会信用代码"), who.organisation_code), (_("联系人"), who.contact), (_("法定代表人"), who.representative),
        (_("电话"), who.phone), (_("电子邮箱"), who.email), (_("通信地址"), " ".join(part for part in (who.postcode, who.address) if part)), (_("传真"), who.fax),
        (_("需要的帮助"), view.asked.help_wanted or (_("阅读、视听有困难") if view.needs_help else "")),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def asked(view: CaseView) -> list[tuple[str, object]]:
    rows = [(_("提供的形式"), _word(FORMS, view.asked.form)), (_("获取的方式"), _word(OBTAINING, view.asked.obtaining))]
    return [(label, value) for label, value in rows if value]


def _word(labels: Mapping[Any, tuple[str, str]], key: object) -> str:
    return said(*labels[key]) if key in labels else str(key or "")


def timeline(view: CaseView) -> list[dict[str, object]]:
    """Newest first; what was rectified is struck through with what holds now, and does not vanish."""
    titles = {letter.id: (letter.title, letter.number) for letter in view.letters}
    by_number = {event.number: event for event in view.events}
    ordered = sorted(view.events, key=lambda each: (each.on, each.number), reverse=True)
    may = view.may("rectify")
    return [_step(view, event, titles, by_number, may) for event in ordered]


def _step(view: CaseView, event: EventView, titles: Mapping[int, tuple[str, str]], by_number: Mapping[int, EventView], may: bool) -> dict[str, object]:
    struck = event.rectified_by is not None
    return {
        "number": event.number, "on": event.on, "at": event.at, "late_entry": _entered_later(event), "title": said(event.zh, event.en),
        "who": event.who, "role": called(event.role_zh) if event.role_zh and event.role_zh != event.who else "", "text": event.text,
        "more": list(_more(event, titles, by_number)), "tone": "late" if event.kind in _LATE else "done" if event.kind in _DONE else "",
        "struck": struck, "cancelled": event.cancelled, "now_on": event.now_on, "by": event.rectified_by, "clock": event.moves_clock,
        "rectify": act_address(view, "rectify") + f"?event={event.number}" if may and not struck and event.moves_clock else "",
        "letter": reverse("desk:letter", args=[view.id, event.letter]) if event.letter else "",
    }  # fmt: skip


def _entered_later(event: EventView) -> bool:
    """Whether it was put down on another day than it happened."""
    return timezone.localtime(event.at).date() != event.on


def _more(event: EventView, titles: Mapping[int, tuple[str, str]], by_number: Mapping[int, EventView]) -> Iterator[tuple[str, object]]:
    """What else an event tells: the fields of the law first."""
    law, facts_ = event.law, event.facts
    if event.target is not None and event.target in by_number:
        target = by_number[event.target]
        yield _("更正"), _("第 %(n)s 项：%(title)s（%(on)s）") % {"n": target.number, "title": said(target.zh, target.en), "on": worded(target.on, "short")}
        yield _("改为"), _("这一项没有发生") if facts_.get("cancelled") else str(facts_.get("on", ""))
    if event.letter in titles:
        title, number = titles[event.letter]  # type: ignore[index]
        yield _("文书"), f"《{title}》{number}"
    yield from _of_law(law)
    yield from _of_facts(facts_)


def _of_law(law: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    if "channel" in law:
        yield _("渠道"), _word(CHANNELS, law["channel"])
    if "answer_by" in law:
        yield _("补正期限"), law["answer_by"]
    if "workdays" in law:
        yield _("延长"), _("%(n)s 个工作日") % {"n": law["workdays"]}
    if "amount" in law:
        yield _("数额"), _("%(n)s 元") % {"n": law["amount"]}
    if "until" in law:
        yield _("延迟至"), law["until"]
    if "ref" in law:
        yield _("征求意见"), " · ".join(part for part in (str(law["ref"]), _word(ASKED, law.get("to", ""))) if part)
    if "answer" in law:
        yield _("意见"), _word(ANSWERS, law["answer"])
    if (outcome := outcomes.BY_KEY.get(str(law.get("outcome", "")))) is not None:
        yield _("年报结果项"), called(outcome.label)


def _of_facts(facts_: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    if (reply := replies.BY_KEY.get(str(facts_.get("reply", "")))) is not None:
        yield _("答复情形"), called(reply.label)
    elif (letter := law_letters.BY_KEY.get(str(facts_.get("key", "")))) is not None and "reply" in facts_:
        yield _("文书"), called(letter.title)
    if facts_.get("kind") in FILES:
        yield _("材料"), _("%(kind)s（第 %(n)s 号）") % {"kind": _word(FILES, facts_["kind"]), "n": facts_.get("number", "")}
    if "way" in facts_ and facts_["way"] in {key.value for key in WAYS}:  # type: ignore[attr-defined]
        yield _("送达方式"), _word(WAYS, facts_["way"])
    if facts_.get("way") in FEES:
        yield _("计收"), f"{_word(FEES, facts_['way'])} · {facts_.get('yuan', 0)} {_('元')}"
    if str(facts_.get("ref", "")).startswith("检"):
        yield _("检索"), facts_["ref"]
    if "found" in facts_:
        yield _("结果"), _("找到了") if facts_["found"] else _("没有找到")
    for name, label in (("units", _("拆分为")), ("leading", _("主件")), ("item", _("公开于")), ("due_on", _("期限")), ("receipt", _("凭证号"))):
        if facts_.get(name):
            value = facts_[name]
            yield label, _("、").join(map(str, value)) if isinstance(value, list) else value
    if facts_.get("lacking"):
        yield _("缺少"), _("%(n)s 项法定内容") % {"n": len(facts_["lacking"])}
