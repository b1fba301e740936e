"""复议、诉讼、投诉 on the desk: the list, one of them, and what is entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from gongkai.platform.cases.actions import remedies as actions
from gongkai.platform.cases.choices import APPLICANTS, REMEDIES
from gongkai.platform.cases.claims import Claim
from gongkai.platform.cases.errors import Invalid, NotAllowed, NotFound, Refused
from gongkai.platform.cases.queries import remedies
from gongkai.platform.cases.queries.remedies import Filters, RemedyView, Row, Told
from gongkai.platform.cases.remedying import JUDGMENTS
from gongkai.platform.cases.states import HANDLING, PARTIES
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.desk import holding
from gongkai.platform.desk.forms.remedies import (
    EVENT_LABELS,
    RESULTS,
    TONES,
    EndForm,
    FilterForm,
    OpenForm,
    RecordForm,
    RectifyForm,
)
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.telling import role_called
from gongkai.platform.pages import bounds, sending
from gongkai.platform.pages.templatetags.pages import worded


@require_safe
@desk
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """The remedies of an organ; those with a term of ours first."""
    organ, actor, today = own_organ(request, slug), current_actor(request), timezone.localdate()
    form = FilterForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    found = remedies.remedies(actor, organ.id, today, Filters(**{name: value for name, value in told.items() if value}), bounds.page(request))
    context: dict[str, object] = {
        "organ": organ, "filters": form, "found": found, "narrowed": any(told.values()),
        "may_open": bool(actor.kinds(organ.id) & HANDLING),
        "page": found.page.shown(_row),
    }  # fmt: skip
    return page(request, "remedies/list", context, _crumbs(organ.slug, _("复议、诉讼、投诉"), last=True))


def _row(row: Row) -> dict[str, object]:
    left = row.days_left or 0
    light = "late" if row.late else "soon" if row.soon else ""
    late = ngettext("逾期 %(n)s 个工作日", "逾期 %(n)s 个工作日", abs(left)) % {"n": abs(left)}
    return {
        "it": row, "kind": said(*REMEDIES[row.kind]), "result": RESULTS[row.result], "tone": TONES[row.result], "light": light,
        "light_words": late if row.late else (ngettext("还有 %(n)s 个工作日", "还有 %(n)s 个工作日", left) % {"n": left} if row.next_on else ""),
    }  # fmt: skip


@require_safe
@desk
def remedy(request: HttpRequest, remedy_id: int) -> HttpResponse:
    """One remedy whole."""
    view = remedies.remedy(current_actor(request), remedy_id, timezone.localdate())
    return _show(request, view)


def _show(request: HttpRequest, view: RemedyView) -> HttpResponse:
    now = view.standing
    context: dict[str, object] = _head(view) | {
        "steps": [_step(each) for each in view.events], "hints": [said(*hint) for hint in view.hints], "now": now,
        "terms": [{"it": term, "words": said(term.zh, term.en), "late": term.key in view.late, "provisional": term.key in view.provisional} for term in now.terms],
        "claimant_kind": said(*APPLICANTS[view.claimant_kind]) if view.claimant_kind else "", "procedure": _(now.procedure.label),
        "may_end": view.can_record and now.ended_on is None, "files": [each for each in view.events if each.file],
    }  # fmt: skip
    return page(request, "remedies/page", context, _view_crumbs(view))


def _head(view: RemedyView) -> dict[str, object]:
    now = view.standing
    return {
        "it": view, "kind": said(*REMEDIES[view.kind]), "result": RESULTS[now.result], "tone": TONES[now.result],
        "judgment": _(JUDGMENTS[now.judgment].label) if now.ended_on else "",
    }  # fmt: skip


def _step(each: Told) -> dict[str, object]:
    more = [(_("材料"), each.file_name)] if each.file else []
    for name, label in (("held_on", _("日子")), ("until", _("延长至")), ("answer_by", _("指定的答复期限")), ("act_by", _("履行期限"))):
        if each.facts.get(name):
            more.append((label, worded(date.fromisoformat(str(each.facts[name])))))
    if each.facts.get("judgment"):
        more.append((_("结果"), _(JUDGMENTS[str(each.facts["judgment"])].label)))
    if each.kind == "rectified":
        more.append((_("更正第几条"), str(each.facts["target"])))
    title = f"{each.number}. {said(*EVENT_LABELS[each.kind])} · {worded(each.on)}"
    role = said(*PARTIES["system"]) if each.role == "system" else role_called(each.role)  # type: ignore[index]
    return {"at": each.at, "title": title, "who": each.person or role, "role": role if each.person else "", "reason": each.text, "tone": "", "struck": each.struck, "more": more}


@kept_when_signed_out
@desk
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """登记复议、诉讼、投诉."""
    organ, actor = own_organ(request, slug), current_actor(request)
    if not actor.kinds(organ.id) & HANDLING:
        raise NotAllowed("登记复议、诉讼、投诉需要本机关的角色：依申请公开经办人、政府信息公开工作机构。", "This needs a role in this organ: case_officer, disclosure_office.")
    choice = remedies.opening(actor, organ.id, request.GET.get("request", ""))
    given = request.POST if request.method == "POST" else holding.held(request)
    first = {"number": choice.number, "filed_on": timezone.localdate()}
    form = OpenForm(given, request.FILES if request.method == "POST" else None, initial=first, after=list(choice.reconsiderations))
    made: list[int] = []

    def work(told: dict[str, Any]) -> None:
        claim = Claim(**{name: told[name].strip() for name in ("claimant", "agent", "case_number", "asks", "grounds")})
        made.append(actions.open(
            actor, organ.id, kind=told["kind"], body=told["body"], claimant=claim, filed_on=told["filed_on"], at=timezone.now(),
            request_id=remedies.numbered(actor, organ.id, told["number"]), after_id=int(told["after"]) if told["after"] else None,
            claimant_kind=told["claimant_kind"], procedure=told["procedure"], accepted_on=told["accepted_on"], answer_by=told["answer_by"],
            upload=_upload(told["file"]), once=request.POST.get("once", "")[:64] or None,
        ).pk)  # fmt: skip

    status = _tried(request, form, work)
    if status is None:
        messages.success(request, _("已登记。"))
        return HttpResponseRedirect(reverse("desk:remedy", args=made))
    bodies = [{"kind": said(*REMEDIES[kind]), "bodies": suggested} for kind, suggested in choice.bodies]
    context = _form(request, form) | {"organ": organ, "bodies": bodies, "known": sorted({each.body for _kind, found in choice.bodies for each in found if each.known})}
    return page(request, "remedies/new", context, _crumbs(organ.slug, _("登记复议、诉讼、投诉")), status)


@kept_when_signed_out
@desk
def act(request: HttpRequest, remedy_id: int, act: str) -> HttpResponse:
    """登记一件事、登记结果、更正."""
    actor, today = current_actor(request), timezone.localdate()
    view = remedies.remedy(actor, remedy_id, today)
    if not view.can_record:
        raise NotAllowed("登记需要本机关的角色：依申请公开经办人、政府信息公开工作机构。", "This needs a role in this organ: case_officer, disclosure_office.")
    given = request.POST if request.method == "POST" else holding.held(request)
    files = request.FILES if request.method == "POST" else None
    common: dict[str, Any] = {"at": timezone.now(), "seen": bounds.number(request.POST.get("seen"))}
    form, work = _acts(act, view, request, given, files, common)
    status = _tried(request, form, work)
    if status is None:
        messages.success(request, _("已登记。"))
        return HttpResponseRedirect(reverse("desk:remedy", args=[view.id]))
    heading = {"record": _("登记进展"), "end": _("登记结果"), "rectify": _("更正登记")}[act]
    target = next((_step(each) for each in view.events if str(each.number) == str(form["number"].value())), None) if act == "rectify" else None
    return page(request, "remedies/act", _head(view) | _form(request, form) | {"heading": heading, "target": target}, _view_crumbs(view, heading), status)


def _acts(act: str, view: RemedyView, request: HttpRequest, given: Any, files: Any, common: dict[str, Any]) -> tuple[forms.Form, Callable[[dict[str, Any]], None]]:
    actor, first = current_actor(request), {"on": timezone.localdate()}
    if act == "record":
        record = RecordForm(given, files, initial=first | {"kind": request.GET.get("kind", "")}, acts=view.acts)
        return record, lambda told: _ignore(actions.record(
            actor, view.id, told["kind"], told["on"], facts=record.facts, text=told["text"], upload=_upload(told["file"]), **common))  # fmt: skip
    if act == "end":
        return EndForm(given, files, initial=first), lambda told: _ignore(actions.end(
            actor, view.id, told["judgment"], told["on"], text=told["text"], upload=_upload(told["file"]), act_by=told["act_by"],
            act_anew=told["act_anew"] or None, **common))  # fmt: skip
    if act != "rectify":
        raise NotFound
    number = request.GET.get("event", "")
    return RectifyForm(given, initial={"number": number}), lambda told: _ignore(actions.rectify(
        actor, view.id, told["number"], reason=told["reason"], cancelled=told["cancelled"], on=told["on"],
        facts={"judgment": told["judgment"]} if told["judgment"] else None, **common))  # fmt: skip


def _ignore(_made: object) -> None:
    """The page shows what came of it."""


def _upload(file: Any) -> Upload | None:
    return Upload("remedy", file.name or "", file.read()) if file else None


def _tried(request: HttpRequest, form: forms.Form, work: Callable[[dict[str, Any]], None]) -> int | None:
    """Do it: nothing where it was done, else the status, with the reasons in the form."""
    if request.method != "POST":
        return 200
    if not form.is_valid():
        return 422
    try:
        work(form.cleaned_data)
    except NotFound:
        raise
    except Invalid as refused:
        names = {"after_id": "after", "request_id": "number", "files": "file", "claim": "grounds"}
        for name, sentence in refused.fields.items():
            place = names.get(name, name)
            form.add_error(place if place in form.fields else None, sentence)
        return 422
    except Refused as refused:
        form.add_error(None, words(refused))
        return 403 if isinstance(refused, NotAllowed) else 409
    return None


def _form(request: HttpRequest, form: forms.Form) -> dict[str, object]:
    return {"form": form, "once": get_random_string(20), "ticket": holding.ticket(request.user.pk or 0), "again": form.is_bound and bool(request.FILES)}


@require_safe
@desk
def file(request: HttpRequest, remedy_id: int, number: int) -> HttpResponse:
    """A document of a remedy, for whoever may read it."""
    return sending.private(*remedies.document(current_actor(request), remedy_id, number))


def _crumbs(slug: str, here: str, last: bool = False) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = [(reverse("desk:home"), _("工作台"))]
    if not last:
        found.append((reverse("desk:remedies", args=[slug]), _("复议、诉讼、投诉")))
    return [*found, ("", here)]


def _view_crumbs(view: RemedyView, *here: str) -> list[tuple[str, object]]:
    found = _crumbs(view.organ_slug, here[0] if here else view.number)
    if here:
        found.insert(2, (reverse("desk:remedy", args=[view.id]), view.number))
    return found
