"""Acts on a request: each on a page of its own, with its form and what will follow; what is refused says why, and keeps what was typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from gongkai.platform.cases.errors import Invalid, NotAllowed, NotFound, Refused
from gongkai.platform.cases.queries.case_values import ActChoice, CaseView
from gongkai.platform.cases.states import BY_KEY
from gongkai.platform.desk import holding
from gongkai.platform.desk.forms.requests.acts import ACTS, PARTS, Shown
from gongkai.platform.desk.forms.requests.offering import prepare
from gongkai.platform.desk.request_doing import do
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds

from .case import case_crumbs, frame, opened

OF_TASKS = frozenset({"answer_task", "cancel_task"})


@kept_when_signed_out
@desk
def act(request: HttpRequest, request_id: int, act: str) -> HttpResponse:
    """One act on a request."""
    shown = ACTS.get(act) or (PARTS.get(act) if act not in OF_TASKS else None)
    if shown is None:
        raise Http404
    view = opened(request, request_id)
    form = prepare(shown.form, act, view, request, _typed(request))
    if request.method == "POST" and form.is_valid():
        done = attempt(request, form, view, act)
        if done is None:
            messages.success(request, _("已办理：%(what)s。") % {"what": label(act)})
            return HttpResponseRedirect(reverse("desk:request", args=[view.id]))
        return show(request, view, act, shown, form, status=done)
    return show(request, view, act, shown, form, status=422 if form.is_bound and form.errors else 200)


def _typed(request: HttpRequest) -> Any:
    """What was posted, or had been posted before the session ended."""
    return request.POST if request.method == "POST" else holding.held(request)


def attempt(request: HttpRequest, form: forms.Form, view: CaseView, act: str, part: int | None = None) -> int | None:
    """Do it: nothing where it was done, else the status, with the reasons in the form."""
    common: dict[str, Any] = {
        "at": timezone.now(), "once": request.POST.get("once", "")[:64] or None, "seen": bounds.number(request.POST.get("seen")),
    }  # fmt: skip
    told = form.cleaned_data | {"applicant": getattr(form, "applicant", None), "asked": getattr(form, "asked", view.asked), "law": _law(form.cleaned_data)}
    try:
        do(current_actor(request), view.id, act, told, common, part=part)
    except NotFound:
        raise
    except Invalid as refused:
        add_errors(form, refused)
        return 422
    except Refused as refused:
        form.add_error(None, words(refused))
        return 403 if isinstance(refused, NotAllowed) else 409
    return None


def _law(told: dict[str, Any]) -> dict[str, Any]:
    """The fields of the law's event as it is kept: days as text, yuan as numbers."""
    found: dict[str, Any] = {}
    for name, value in told.items():
        if name.startswith("law_") and value not in (None, ""):
            plain = value.isoformat() if isinstance(value, date) else value
            found[name.removeprefix("law_")] = (int(plain) if plain == plain.to_integral() else float(plain)) if isinstance(plain, Decimal) else plain
    return found


def add_errors(form: forms.Form, refused: Invalid) -> None:
    """Each sentence beside its field; what has no field of its own stands at the top."""
    for name, sentence in refused.fields.items():
        other = {"files": "application", "parts": "parts"}.get(name, "")
        place = name if name in form.fields else other if other in form.fields else "parts" if name.startswith("part") and "parts" in form.fields else None
        form.add_error(place, sentence)


def show(request: HttpRequest, view: CaseView, act: str, shown: Shown, form: forms.Form, status: int = 200) -> HttpResponse:
    """The page of an act; where it may not be done, the reason in its place."""
    choice = view.act(act)
    refused = choice is not None and not choice.allowed and not form.is_bound
    if refused and choice is not None:
        status = 409 if choice.role else 403
    title = _titled(view, act, request)
    context = frame(view) | {
        "act": act, "heading": label(act), "form": form, "shown": shown, "refused": why(choice) if refused else "", "once": get_random_string(20),
        "ticket": holding.ticket(request.user.pk or 0), "about": title, "uploads": any(isinstance(each, forms.FileField) for each in form.fields.values()),
        "again": form.is_bound and any(isinstance(each, forms.FileField) for each in form.fields.values()) and bool(request.FILES),
        "groups_of_fields": act == "describe",
    }  # fmt: skip
    return page(request, "requests/act", context, case_crumbs(view, label(act)), status)


def label(act: str) -> str:
    return said(BY_KEY[act].zh, BY_KEY[act].en)


def why(choice: ActChoice | None) -> str:
    return said(choice.why_zh, choice.why_en) if choice else ""


def _titled(view: CaseView, act: str, request: HttpRequest) -> str:
    """What exactly the act is done to, where that is one event or file of many."""
    number = bounds.number(request.POST.get("event") or request.GET.get("event") or request.POST.get("number") or request.GET.get("number"))
    if act == "rectify":
        event = next((each for each in view.events if each.number == number), None)
        return _("第 %(n)s 项：%(title)s，登记的日期 %(on)s") % {"n": event.number, "title": said(event.zh, event.en), "on": event.on} if event else ""
    if act == "remove_file":
        file = next((each for each in view.files if each.number == number), None)
        return _("第 %(n)s 号材料：%(name)s") % {"n": file.number, "name": file.name} if file else ""
    return ""


