"""登记申请: one page, whatever the channel; who asks again and what was asked before is shown before anything is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongkai.law import replies
from gongkai.law.receipt import RECEIPTS
from gongkai.platform.cases.actions import intake
from gongkai.platform.cases.choices import STATES, State
from gongkai.platform.cases.errors import Invalid, NotAllowed, Refused
from gongkai.platform.cases.queries.likeness import Earlier, Likeness, like
from gongkai.platform.cases.states import HANDLING
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.desk import holding
from gongkai.platform.desk.forms.requests.registering import APPLICANT_NAMES, ASKED_NAMES, RegisterForm
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.request_doing import uploads
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor

from .acting import add_errors
from .case import case_crumbs, frame, opened
from .lists import crumbs

_CODE = "desk_code_"


@kept_when_signed_out
@desk
def register(request: HttpRequest, slug: str) -> HttpResponse:
    organ, actor, today = own_organ(request, slug), current_actor(request), timezone.localdate()
    if not actor.kinds(organ.id) & HANDLING:
        raise NotAllowed("登记申请需要本机关的角色：依申请公开经办人、政府信息公开工作机构。", "To register needs a role in this organ: case_officer, disclosure_office.")
    if request.method != "POST":
        typed = holding.held(request)
        first = {"on": today, "channel": "in_person", "applicant_kind": "natural"}
        form = RegisterForm(typed, initial=first) if typed is not None else RegisterForm(initial=first)
        return _shown(request, organ, form, Likeness())
    form = RegisterForm(request.POST, request.FILES)
    found = _like(request, organ)
    if request.POST.get("do") == "look" or not form.is_valid():
        if request.POST.get("do") == "look":
            form = RegisterForm(None, initial=dict(request.POST.items()) | {"on": request.POST.get("on") or today})
        return _shown(request, organ, form, found, 422 if form.errors else 200)
    try:
        made = intake.register(actor, organ.id, form.applicant, form.asked, at=timezone.now(), once=request.POST.get("once", "")[:64] or None, **_said(form))
    except Invalid as refused:
        add_errors(form, refused)
        return _shown(request, organ, form, found, 422)
    except Refused as refused:
        form.add_error(None, words(refused))
        return _shown(request, organ, form, found, 409)
    _tell(request, made)
    return HttpResponseRedirect(reverse("desk:request_registered", args=[made.request.pk]))


@require_POST
@desk
def likeness(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known of this applicant and this content, while the form is still being filled in."""
    organ = own_organ(request, slug)
    return page(request, "requests/parts/likeness", {"organ": organ, **_like_shown(_like(request, organ))})


@desk
def registered(request: HttpRequest, request_id: int) -> HttpResponse:
    """The receipt: number and query code, told this once, to be printed for the applicant."""
    view = opened(request, request_id)
    code = request.session.pop(f"{_CODE}{request_id}", "")
    return page(request, "requests/registered", frame(view) | {"code": holding.opened(code) if code else ""}, case_crumbs(view, _("接收回执")))


def _said(form: RegisterForm) -> dict[str, Any]:
    told = form.cleaned_data
    return {
        "channel": told["channel"], "applicant_kind": told["applicant_kind"], "on": told["on"], "oral": told["oral"], "needs_help": told["needs_help"],
        "as_received": told["as_received"], "text": told["text"], "files": (*uploads("application", told["application"]), *uploads("identity", told["identity"])),
    }  # fmt: skip


def _tell(request: HttpRequest, made: intake.Registered) -> None:
    """The code is told once: it waits, sealed, for the receipt's page."""
    request.session[f"{_CODE}{made.request.pk}"] = holding.closed(made.code)
    words_ = _("已登记，编号 %(number)s。") % {"number": made.request.number}
    if made.lacking:
        words_ += _("缺少 %(n)s 项法定内容，需要的话请告知补正。") % {"n": len(made.lacking)}
    messages.success(request, words_)


def _like(request: HttpRequest, organ: OrganView) -> Likeness:
    """Earlier requests by what is typed so far."""
    typed = {name: request.POST.get(name, "").strip()[:4000] for name in (*APPLICANT_NAMES, *ASKED_NAMES)}
    applicant = Applicant(**{name: typed[name] for name in APPLICANT_NAMES})
    if not (applicant.name or applicant.identity_number or applicant.organisation_code or typed["title"]):
        return Likeness()
    return like(current_actor(request), organ.id, applicant, Asked(**{name: typed[name] for name in ASKED_NAMES}), timezone.localdate())


def _like_shown(found: Likeness) -> dict[str, object]:
    groups = (
        ("answered", _("就相同内容答复过这位申请人：不重复处理的，依据条例第三十六条第六项"), found.answered), ("open", _("同一申请人、相同内容，正在办理"), found.open),
        ("applicant", _("这位申请人以前的申请"), found.same_applicant), ("content", _("别人申请过的相近内容"), found.same_content),
    )  # fmt: skip
    return {
        "like": found, "like_groups": [{"key": key, "label": label, "rows": [_earlier(each) for each in rows], "grave": key in ("answered", "open")} for key, label, rows in groups if rows],
        "like_any": bool(found.requests or any(rows for _key, _label, rows in groups)),
    }  # fmt: skip


def _earlier(each: Earlier) -> dict[str, object]:
    state = State(each.state)
    reply = replies.BY_KEY.get(each.reply)
    return {
        "id": each.id, "number": each.number, "on": each.submitted_on, "applicant": each.applicant, "title": each.title, "state": said(*STATES[state]),
        "reply": reply.label if reply else "", "ended_on": each.ended_on, "alike": round(each.score * 100) if each.score else 0,
        "basis": {"identity": _("证件号码相同"), "name": _("姓名相同，证件未核"), "contact": _("联系方式相同")}.get(each.basis, ""),
    }  # fmt: skip


def _shown(request: HttpRequest, organ: OrganView, form: RegisterForm, found: Likeness, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {
        "organ": organ, "form": form, "once": request.POST.get("once") or get_random_string(20), "ticket": holding.ticket(request.user.pk or 0),
        "receipts": [{"label": each.label, "counts": each.counts, "basis": each.basis, "confirmed": each.confirmed, "key": each.channel.value} for each in RECEIPTS],
        "again": bool(request.FILES), **_like_shown(found),
    }  # fmt: skip
    return page(request, "requests/register", context, crumbs(organ, _("登记申请")), status)
