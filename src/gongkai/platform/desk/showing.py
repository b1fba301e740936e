"""An item's page, from what the catalogue tells of it to what the templates show."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse
from django.utils.crypto import get_random_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from gongkai.platform.catalogue.choices import KINDS, STATES, WITH_VALIDITY, Kind, State
from gongkai.platform.catalogue.clocks import Clock, Light
from gongkai.platform.catalogue.queries import FindingView, ItemView, LinkView, StepView
from gongkai.platform.catalogue.validating import CATEGORY_LABELS, GROUNDS
from gongkai.platform.catalogue.values import Draft
from gongkai.platform.pages.templatetags.pages import called, day

from .forms.acts import ACTS, ELSEWHERE, Act, Shown

_LATE = frozenset(
    {
        "return_from_review",
        "return_from_secrecy",
        "return_from_approval",
        "withdraw",
        "withhold",
        "discard",
        "hold",
        "expire",
    }
)
_DONE = frozenset({"approve", "publish", "recheck"})
_UNDONE = {"detach": "attach", "unlink": "link"}


def chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def said(zh: object, en: object) -> str:
    """The same thing in the reader's language."""
    return str(zh if chinese() else en)


@dataclass(slots=True)
class ActShown:
    """One act that may be done now, with its form."""

    action: str
    label: str
    address: str
    form: Act
    shown: Shown
    failed: bool = False
    once: str = field(default_factory=lambda: get_random_string(20))

    @property
    def primary(self) -> bool:
        return self.shown.primary

    @property
    def consequence(self) -> object:
        return self.shown.consequence

    @property
    def plain(self) -> bool:
        """Whether one press is enough: nothing must be filled in, nothing needs to be asked."""
        return not self.shown.consequence and not any(each.required for each in self.form.fields.values())


def acts(view: ItemView, failed: tuple[str, Act] | None) -> list[ActShown]:
    """What may be done now, what comes next first."""
    found = []
    for choice in view.actions:
        shown = ACTS.get(choice.action)
        if not choice.allowed or shown is None or not _meant(choice.action, view):
            continue
        wrong = failed is not None and failed[0] == choice.action
        form = failed[1] if wrong and failed else shown.form(auto_id=f"act_{choice.action}_%s")
        address = reverse("desk:act", args=[view.id, choice.action])
        found.append(ActShown(choice.action, said(choice.zh, choice.en), address, form, shown, wrong))
    order = list(ACTS)
    return sorted(found, key=lambda each: (not each.primary, order.index(each.action)))


def _meant(action: str, view: ItemView) -> bool:
    """Whether an act makes sense for this kind of item at all."""
    if action == "decision_changed":
        return view.kind is Kind.PENALTY
    return action != "mark_validity" or view.kind in WITH_VALIDITY


def refused(view: ItemView) -> list[dict[str, str]]:
    """What may not be done now, and why not; what the roles allow in itself comes first."""
    seen: set[tuple[str, str]] = set()
    found = []
    for choice in sorted(view.actions, key=lambda each: not each.role):
        words = {"label": said(choice.zh, choice.en), "why": said(choice.why_zh, choice.why_en)}
        if (
            choice.allowed
            or choice.action in ELSEWHERE - {"save"}
            or not _meant(choice.action, view)
            or tuple(words.values()) in seen
        ):
            continue
        seen.add((words["label"], words["why"]))
        found.append(words)
    return found


def timeline(steps: tuple[StepView, ...]) -> list[dict[str, object]]:
    """Newest first; what was taken away again is struck through, not gone."""
    return [
        {
            "at": step.at, "title": said(step.zh, step.en), "who": step.person, "role": _(step.role_zh) if step.role_zh != step.person else "",
            "reason": step.reason, "tone": "late" if step.action in _LATE else "done" if step.action in _DONE else "",
            "struck": _struck(step, steps), "more": _more(step),
        }
        for step in reversed(steps)
    ]  # fmt: skip


def _struck(step: StepView, steps: tuple[StepView, ...]) -> bool:
    """Whether a later step undid this one."""
    for undo, done in _UNDONE.items():
        key = "number" if done == "attach" else "link"
        mark = step.facts.get(key)
        if (
            step.action == done
            and mark is not None
            and any(
                other.action == undo and other.facts.get(key) == mark for other in steps if other.number > step.number
            )
        ):
            return True
    return False


def _more(step: StepView) -> list[tuple[str, object]]:
    """What else a step decided."""
    told: list[tuple[str, object]] = []
    facts = step.facts
    if name := facts.get("name"):
        told.append((_("文件"), name))
    if ground := facts.get("ground"):
        told.append((_("情形"), _with_basis(*GROUNDS.get(str(ground), (str(ground), "")))))
    if number := facts.get("index_number"):
        told.append((_("索引号"), number))
    if on := facts.get("next_review_on"):
        told.append((_("下次复审"), on))
    if at := facts.get("publish_at"):
        told.append((_("发布时间"), str(at)[:16].replace("T", " ")))
    if on := facts.get("withdraw_by"):
        told.append((_("最迟撤回"), on))
    found = facts.get("findings")
    if isinstance(found, dict) and any(found.values()):
        told.append(
            (
                _("提交时的检查"),
                _("须处理 %(block)s 处，提示 %(warn)s 处")
                % {"block": found.get("block", 0), "warn": found.get("warn", 0)},
            )
        )
    if step.moved:
        told.append((_("状态"), said(step.after_zh, step.after_en)))
    return told


def metadata(draft: Draft, view: ItemView | None = None) -> list[tuple[str, object]]:
    """The catalogue's fields by their official labels; what is empty is left out."""
    kind = KINDS.get(Kind(str(draft.kind)))
    category = CATEGORY_LABELS.get(draft.category)
    rows: list[tuple[str, object]] = [
        (_("索引号"), code(view.index_number) if view and view.index_number else _("公开时编制") if view else ""),
        (_("发布机构"), _("、").join(name for name in (view.organ.name if view else "", *draft.co_makers) if name)),
        (_("文号"), code(draft.document_number)),
        (_("体裁"), said(*kind) if kind else draft.kind),
        (_("法定主动公开内容"), _with_basis(*category) if category else ""),
        (_("主题分类"), draft.topic),
        (_("主题词"), draft.keywords),
        (_("生成日期"), day(draft.formed_on)),
        (_("变更日期"), day(draft.changed_on)),
        (_("施行日期"), day(draft.effective_on)),
        (_("公开期限至"), day(draft.expires_on)),
        (_("信息来源"), draft.source),
        (_("内容概述"), draft.summary),
    ]
    if view:
        rows += [
            (_("不予公开的情形"), _with_basis(view.ground_zh, view.ground_basis) if view.ground_zh else ""),
            (_("不予公开的说明"), view.ground_note),
            (_("下次复审"), day(view.next_review_on)),
            (_("首次公开"), day(view.first_published_at)),
            (_("起草"), " · ".join(part for part in (view.author, view.office) if part)),
        ]
    return [(label, value) for label, value in rows if value]


def _with_basis(label: str, basis: str) -> str:
    """A category or an exemption with the article on which it rests."""
    return _("%(label)s（%(basis)s）") % {"label": called(label), "basis": called(basis)} if basis else called(label)


def code(text: str) -> SafeString | str:
    """A number that is never turned into other characters."""
    from django.utils.html import format_html

    return format_html('<span class="number" translate="no">{}</span>', text) if text else ""


def light(clock: Clock | None) -> dict[str, str] | None:
    """The traffic light in words: how much time is left."""
    if clock is None or clock.met_on is not None:
        return None
    if clock.left < 0:
        words = ngettext("逾期 %(n)s 个工作日", "逾期 %(n)s 个工作日", -clock.left) % {"n": -clock.left}
    elif clock.left == 0:
        words = _("已过期限") if clock.light is Light.OVERDUE else _("今天到期")
    else:
        words = ngettext("还有 %(n)s 个工作日", "还有 %(n)s 个工作日", clock.left) % {"n": clock.left}
    return {"key": clock.light.value, "words": words}


def links(view: ItemView) -> list[dict[str, object]]:
    """What this item is about, and what is about it."""
    may = view.may("unlink")
    return [{"relation": pgettext("link", each.zh), "title": each.title, "address": _linked(each), "state_zh": each.state_zh, "state": "",
             "id": each.id, "removable": may and each.outgoing} for each in view.links]  # fmt: skip


def _linked(link: LinkView) -> str:
    if link.item is None:
        return ""
    return reverse("desk:item", args=[link.item]) if link.readable else public_address(link.item) if link.public else ""


def public_address(item_id: int) -> str:
    """The permanent address on the portal, where it is installed."""
    try:
        return reverse("portal:item", args=[item_id])
    except NoReverseMatch:
        return ""


def findings(view: ItemView, failed: tuple[str, Act] | None) -> list[dict[str, object]]:
    """What the check before publication met; what stops publication first."""
    may = view.may("waive")
    return [
        _finding(each, may, failed)
        for each in sorted(view.findings, key=lambda each: (not each.stops, each.waived is not None))
    ]


def _finding(each: FindingView, may: bool, failed: tuple[str, Act] | None) -> dict[str, object]:
    met = each.finding
    place = " · ".join(part for part in (met.where.attachment, said(met.where.place.zh, met.where.place.en)) if part)
    blocks = met.severity.value == "block"
    wrong = ""
    if failed is not None and failed[0] == "waive" and failed[1].data.get("fingerprint") == each.fingerprint:
        wrong = " ".join(str(error) for errors in failed[1].errors.values() for error in errors)
    return {
        "tone": "done" if each.waived else "late" if blocks else "soon", "severity": _("已放行") if each.waived else _("须处理") if blocks else _("提示"),
        "message": said(met.message.zh, met.message.en), "advice": said(met.advice.zh, met.advice.en), "place": place, "quote": met.excerpt,
        "waived": each.waived, "waivable": may and blocks and not each.waived, "fingerprint": each.fingerprint, "failed": wrong, "once": get_random_string(20),
    }  # fmt: skip


def revisions(view: ItemView) -> list[dict[str, object]]:
    """The revisions as the steps tell of them, newest first."""
    first: dict[int, StepView] = {}
    for step in view.steps:
        first.setdefault(step.revision, step)
    numbers = sorted(first, reverse=True)
    return [
        {"number": n, "by": first[n].person, "at": first[n].at, "published": n == view.published, "before": numbers[place + 1] if place + 1 < len(numbers) else None}
        for place, n in enumerate(numbers) if n
    ]  # fmt: skip


def returned(view: ItemView) -> StepView | None:
    """Why it was sent back, while it is."""
    if view.state is not State.RETURNED:
        return None
    return next((step for step in reversed(view.steps) if step.action.startswith("return_") and step.reason), None)


def states() -> list[tuple[State, str]]:
    return [(state, said(*words)) for state, words in STATES.items()]
