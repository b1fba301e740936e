"""文书: chosen, drafted, changed, looked at as it would be printed, reviewed, signed, served, delivered, taken out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from gongkai.law import letters as law_letters
from gongkai.law import outcomes, replies
from gongkai.platform.cases.actions import letters as actions
from gongkai.platform.cases.choices import WAYS
from gongkai.platform.cases.errors import Invalid, NotAllowed, NotFound, Refused
from gongkai.platform.cases.letters.series import REPLY_LETTERS
from gongkai.platform.cases.queries import letters as queries
from gongkai.platform.cases.queries.case_values import CaseView, ConsultationView, LetterView
from gongkai.platform.cases.queries.foreseeing import letter_kinds
from gongkai.platform.desk import holding
from gongkai.platform.desk.forms.requests.acts import LETTERS
from gongkai.platform.desk.forms.requests.letters import LetterForm
from gongkai.platform.desk.request_showing import LETTER_TONES
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds, sending

from .acting import attempt, label
from .case import case_crumbs, frame, opened

_ENDINGS = frozenset({"pdf", "docx"})


@kept_when_signed_out
@desk
def new(request: HttpRequest, request_id: int) -> HttpResponse:
    """拟写文书: choose the letter, then fill its places."""
    view = opened(request, request_id)
    key, reply = _asked(request, "key"), _asked(request, "reply")
    if not key or key not in law_letters.BY_KEY or (_needs_reply(key) and not reply):
        return _choose(request, view, key)
    actor, today = current_actor(request), timezone.localdate()
    sides = _sides(view, key)
    ref = _asked(request, "ref") or next((each.ref for each in sides if each.sent is None or key == "third_party_decision"), "")
    try:
        begun = queries.drafting(actor, view.id, key, reply, consultation_ref=ref or None, today=today)
    except Invalid:
        raise Http404 from None
    typed = request.POST if request.method == "POST" else holding.held(request)
    form = LetterForm(begun.fields, begun.values, begun.law_field, begun.law, typed, begun.grounds)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(
                actor, view.id, key, form.given(), reply=reply, law=form.law(), consultation_ref=ref or None, at=timezone.now(),
                once=request.POST.get("once", "")[:64] or None, seen=bounds.number(request.POST.get("seen")),
            )  # fmt: skip
        except NotFound:
            raise
        except Refused as refused:
            status = _refuse(form, refused)
        else:
            messages.success(request, _("已拟稿：%(title)s。") % {"title": begun.title})
            return HttpResponseRedirect(reverse("desk:letter", args=[view.id, made.pk]))
    choice = view.act("draft_letter")
    context = frame(view) | _drafting(request, form, key) | {
        "begun": begun, "reply": reply, "ref": ref, "key": key, "title": begun.title, "autos": [(name, value) for name, value in begun.autos.items() if isinstance(value, str) and value],
        "notes": begun.notes, "refused": said(choice.why_zh, choice.why_en) if choice and not choice.allowed else "",
        "sides": sides, "side": next((each for each in sides if each.ref == ref), None),
    }  # fmt: skip
    return page(request, "requests/letter_form", context, case_crumbs(view, begun.title), status or 422)


@kept_when_signed_out
@desk
def edit(request: HttpRequest, request_id: int, letter_id: int) -> HttpResponse:
    """Change a draft."""
    view, actor = opened(request, request_id), current_actor(request)
    held, shown = queries.letter(actor, request_id, letter_id), _of(view, letter_id)
    begun = queries.drafting(actor, view.id, held.key, held.reply, consultation_ref=held.ref or None, law=held.law, today=timezone.localdate())
    typed = request.POST if request.method == "POST" else holding.held(request)
    form = LetterForm(begun.fields, held.values, begun.law_field, held.law, typed, begun.grounds)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                actor, view.id, letter_id, form.given(), law=form.law(), at=timezone.now(), once=request.POST.get("once", "")[:64] or None, seen=bounds.number(request.POST.get("seen"))
            )
        except NotFound:
            raise
        except Refused as refused:
            status = _refuse(form, refused)
        else:
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(reverse("desk:letter", args=[view.id, letter_id]))
    context = frame(view) | _drafting(request, form, held.key) | {
        "begun": begun, "letter": shown, "key": held.key, "title": held.title, "notes": begun.notes,
        "autos": [(name, value) for name, value in begun.autos.items() if isinstance(value, str) and value],
        "refused": "" if shown.may("change_letter") else _("这份文书现在不能修改。"),
    }  # fmt: skip
    return page(request, "requests/letter_form", context, case_crumbs(view, held.title), status)


@require_safe
@desk
def letter(request: HttpRequest, request_id: int, letter_id: int) -> HttpResponse:
    return shown(request, opened(request, request_id), letter_id)


@desk
def act(request: HttpRequest, request_id: int, letter_id: int, act: str) -> HttpResponse:
    """Review, return, sign, serve … one letter."""
    if act not in LETTERS:
        raise Http404
    view = opened(request, request_id)
    held = _of(view, letter_id)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:letter", args=[view.id, letter_id]))
    form = _form(act, view, held, request)
    if form.is_valid():
        form.cleaned_data["passed"] = request.POST.getlist("passed")
        done = attempt(request, form, view, act, letter_id)
        if done is None:
            messages.success(request, _("已办理：%(what)s。") % {"what": label(act)})
            back = "desk:letter" if act in ("sign_letter", "review_letter") else "desk:request"
            return HttpResponseRedirect(reverse(back, args=[view.id, letter_id] if back == "desk:letter" else [view.id]))
        return shown(request, view, letter_id, (act, form), done)
    return shown(request, view, letter_id, (act, form), 422)


def shown(request: HttpRequest, view: CaseView, letter_id: int, failed: tuple[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    """The page of a letter; with an act's form as it was posted where that could not be done."""
    actor, held = current_actor(request), _of(view, letter_id)
    told = queries.letter(actor, view.id, letter_id)
    findings = queries.findings(actor, view.id, letter_id) if held.may("serve_letter") else []
    acts = []
    for choice in held.acts:
        if not choice.allowed or choice.key not in LETTERS:
            continue
        wrong = failed is not None and failed[0] == choice.key
        form = failed[1] if failed is not None and wrong else _form(choice.key, view, held, request, fresh=True)
        acts.append({
            "key": choice.key, "label": said(choice.zh, choice.en), "address": reverse("desk:letter_act", args=[view.id, letter_id, choice.key]), "form": form,
            "shown": LETTERS[choice.key], "failed": wrong, "once": get_random_string(20), "primary": choice.key in ("sign_letter", "review_letter", "serve_letter", "record_delivery"),
            "findings": findings if choice.key == "serve_letter" else [], "danger": LETTERS[choice.key].danger,
        })  # fmt: skip
    acts.sort(key=lambda each: not each["primary"])
    context = frame(view) | {
        "letter": held, "told": told, "title": held.title, "letter_state": said(held.state_zh, held.state_en), "tone": LETTER_TONES[held.state], "acts": acts,
        "may_change": held.may("change_letter"), "refused": [{"label": said(each.zh, each.en), "why": said(each.why_zh, each.why_en)} for each in held.acts if not each.allowed],
        "values": [(name, value) for name, value in told.values.items() if value], "foreseen": _foreseen(actor, view, held), "signers": [role.label for role in told.signers],
        "course": [event for event in reversed(view.events) if event.letter == letter_id], "unfit": bool(findings),
    }  # fmt: skip
    return page(request, "requests/letter", context, case_crumbs(view, held.title), status)


@require_safe
@desk
def file(request: HttpRequest, request_id: int, letter_id: int, ending: str) -> HttpResponse:
    """The letter as it was signed; a draft as it would look if it were signed today."""
    if ending not in _ENDINGS:
        raise Http404
    found = queries.preview(current_actor(request), request_id, letter_id, ending, today=timezone.localdate())
    return sending.private(found.name, found.media_type, found.data, inline=ending == "pdf")


def _choose(request: HttpRequest, view: CaseView, key: str) -> HttpResponse:
    """Which letter: what may be drafted now, what would break a rule today, and why not the others."""
    kinds = letter_kinds(current_actor(request), view.id, timezone.localdate())
    groups: list[dict[str, object]] = []
    for label_, keys in _GROUPS:
        rows = [_kind(view, kind) for kind in kinds if kind.key in keys]
        groups.append({"label": label_, "rows": rows})
    by_group: dict[str, list[dict[str, object]]] = {}
    lapse = any(kind.key == "lapse" and kind.allowed for kind in kinds)
    for reply in replies.REPLIES:
        if reply.letter_key == "lapse" and not lapse:
            continue
        if reply.letter_key and (not key or key not in REPLY_LETTERS or reply.letter_key == key):
            name = outcomes.BY_KEY[reply.outcome].group.label
            by_group.setdefault(name, []).append({"label": reply.label, "basis": reply.basis, "address": _address(view, reply.letter_key, reply.key), "key": reply.key})
    reply_kind = next((kind for kind in kinds if kind.key == "granted"), None)
    context = frame(view) | {
        "groups": groups, "replies": [{"label": name, "rows": rows} for name, rows in by_group.items()], "reply_allowed": bool(reply_kind and reply_kind.allowed),
        "reply_why": said(reply_kind.why_zh, reply_kind.why_en) if reply_kind else "", "reply_warns": said(reply_kind.warns_zh, reply_kind.warns_en) if reply_kind else "",
        "only": key in REPLY_LETTERS,
    }  # fmt: skip
    return page(request, "requests/letter_choose", context, case_crumbs(view, _("拟写文书")))


def _kind(view: CaseView, kind: Any) -> dict[str, object]:
    row = law_letters.BY_KEY[kind.key]
    return {
        "title": row.title, "basis": row.basis, "to": row.to.value, "address": _address(view, kind.key), "allowed": kind.allowed,
        "why": said(kind.why_zh, kind.why_en), "warns": said(kind.warns_zh, kind.warns_en), "deadline": row.deadline,
        "consult": reverse("desk:request_act", args=[view.id, "consult"]) if not kind.allowed and kind.key in ("third_party", "co_maker", "co_ordination") and view.may("consult") else "",
    }  # fmt: skip


_GROUPS: tuple[tuple[Any, frozenset[str]], ...] = (
    (lazy("收到和补正"), frozenset({"receipt", "correction"})),
    (lazy("征求意见和协办"), frozenset({"third_party", "consulting", "co_maker", "co_ordination", "third_party_decision"})),
    (lazy("期限、理由和费用"), frozenset({"extension", "reasons", "delayed", "fee"})),
    (lazy("其他"), frozenset({"record_correction"})),
)


def _address(view: CaseView, key: str, reply: str = "") -> str:
    return reverse("desk:letter_new", args=[view.id]) + f"?key={key}" + (f"&reply={reply}" if reply else "")


def _asked(request: HttpRequest, name: str) -> str:
    return (request.GET.get(name) or "")[:60]


def _needs_reply(key: str) -> bool:
    return sum(reply.letter_key == key for reply in replies.REPLIES) > 1


def _sides(view: CaseView, key: str) -> list[ConsultationView]:
    """Whom a letter of this kind may go to."""
    wanted = "third_party" if key == "third_party_decision" else key
    return [each for each in view.consultations if each.letter_key == wanted]



def _of(view: CaseView, letter_id: int) -> LetterView:
    found = view.letter(letter_id)
    if found is None:
        raise NotFound
    return found


def _refuse(form: LetterForm, refused: Refused) -> int:
    if isinstance(refused, Invalid):
        form.add_refused(refused.fields)
        return 422
    form.add_error(None, words(refused))
    return 403 if isinstance(refused, NotAllowed) else 409


def _drafting(request: HttpRequest, form: LetterForm, key: str) -> dict[str, object]:
    return {
        "form": form, "places": list(form.shown()), "contents": form.contents(key), "once": get_random_string(20), "ticket": holding.ticket(request.user.pk or 0),
    }  # fmt: skip


def _form(act: str, view: CaseView, held: LetterView, request: HttpRequest, fresh: bool = False) -> forms.Form:
    today = timezone.localdate()
    first: dict[str, Any] = {"on": today, "way": _way(view), "how": "signed"}
    kind = LETTERS[act].form
    form = kind(initial=first, auto_id=f"{act}_%s") if fresh else kind(request.POST, request.FILES, initial=first, auto_id=f"{act}_%s")
    if act == "serve_letter" and law_letters.BY_KEY[held.key].to.value != "申请人":
        form.fields["way"].choices = [(key.value, _(label[0])) for key, label in WAYS.items()]  # type: ignore[attr-defined]
    return form


def _way(view: CaseView) -> str:
    """How this applicant wants to be reached."""
    return {"online": "online", "email": "email", "post": "post", "fax": "fax", "in_person": "in_person"}.get(view.asked.obtaining, "post")


def _foreseen(actor: Any, view: CaseView, held: LetterView) -> dict[str, object] | None:
    """What serving it today would do."""
    if not held.may("serve_letter"):
        return None
    told = queries.consequence(actor, view.id, held.id, way=_way(view), on=timezone.localdate())
    broken = said(told.violation.zh, told.violation.en) if told.violation else ""
    return {"refused": told.refused, "violation": broken, "due_on": told.due_on, "notes": told.notes}
