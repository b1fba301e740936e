"""The page of the side consulted, behind a signed link: what is asked, by when, what silence means; never who asks. And checking a letter."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.law.events import Answer
from gongkai.platform.cases import limits
from gongkai.platform.cases.actions import consulting
from gongkai.platform.cases.errors import Invalid, NotFound, Refused
from gongkai.platform.cases.queries import doors, following, letters
from gongkai.platform.cases.queries.following import Opinion
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.pages import errors, sending
from gongkai.platform.portal import personal
from gongkai.platform.portal.forms import following as forms
from gongkai.platform.portal.personal import personal as personal_page

_PAGE, _VERIFY = "portal/asking/opinion.html", "portal/asking/verify.html"


@personal_page("GET", "POST")
def opinion(request: HttpRequest, token: str) -> HttpResponse:
    """Read what is asked, and answer it."""
    met = _met(request, token)
    if isinstance(met, HttpResponse):
        return met
    ticket, shown = met
    if request.method == "GET":
        consulting.note_opened(ticket, at=timezone.now())
    if request.method != "POST":
        return _page(request, ticket, shown, forms.Opinion(initial={"once": secrets.token_urlsafe(18)}, auto_id="%s"))
    if request.POST.get("act") == "received":
        return _received(request, ticket, shown)
    form = forms.Opinion(request.POST, request.FILES, auto_id="%s")
    if not form.is_valid():
        return _page(request, ticket, shown, form, status=422)
    said = form.cleaned_data
    try:
        consulting.answer(
            ticket, ticket.request, shown.ref, Answer(said["answer"]), on=timezone.localdate(), text=said["text"], at=timezone.now(),
            files=[Upload("opinion", each.name or "file", each.read()) for each in said["files"]], once=said["once"] or None,
        )  # fmt: skip
    except Invalid as refused:
        for name, sentence in refused.fields.items():
            form.add_error(name if name in ("answer", "text", "files") else None, sentence)
        return _page(request, ticket, shown, form, status=422)
    except NotFound:
        raise
    except Refused as refused:
        form.add_error(None, refused.said)
        return _page(request, ticket, shown, form, status=409)
    return HttpResponseRedirect(request.path)


def _met(request: HttpRequest, token: str) -> tuple[Ticket, Opinion] | HttpResponse:
    """Who stands behind the link; a page of its own where it is over, 404 where it never was."""
    tried = [(limits.LINK_BY_ADDRESS, personal.place(request))]
    try:
        limits.take(tried, timezone.now())
    except limits.TooOften as often:
        response = errors.page(request, 429, what=limits.words(often), do=_("请稍后再打开这个链接。"))
        response.headers["Retry-After"] = str(often.seconds)
        return response
    today = timezone.localdate()
    met = doors.met_by_link(token, today)
    if met is None:
        words = errors.Words(_("没有找到这个链接"), _("链接不完整，或者已经失效。"), errors.UNCHANGED, _("请从原来的邮件、短信里完整地打开链接；仍然打不开的，请与发来征求意见书的机关联系。"))
        return errors.page(request, 404, words)
    limits.give_back(tried)
    if met.ticket is None:
        return render(request, "portal/asking/opinion_over.html", {"until": met.until, "heading": _("网上答复的时间已过")}, status=410)
    return met.ticket, following.opinion(met.ticket, today)


def _received(request: HttpRequest, ticket: Ticket, shown: Opinion) -> HttpResponse:
    """The side consulted says that the letter has come: from that day its term counts (第三十二条)."""
    if shown.delivered is None and shown.answered is None and not shown.ended:
        try:
            consulting.deliver(ticket, ticket.request, shown.ref, on=timezone.localdate(), at=timezone.now())
        except NotFound:
            raise
        except Refused as refused:
            return errors.page(request, 409, what=refused.said, do=_("请与发来征求意见书的机关联系。"))
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, ticket: Ticket, shown: Opinion, form: forms.Opinion, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "shown": shown, "form": form, "heading": _("征求意见"), "late": shown.term is not None and today > shown.term,
        "unread": shown.delivered is None and shown.answered is None and not shown.ended and not form.errors, "today": today,
    }  # fmt: skip
    return render(request, _PAGE, context, status=status)


@personal_page("GET")
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """The letter that asks for the opinion, as a file."""
    met = _met(request, token)
    if isinstance(met, HttpResponse):
        return met
    ticket, shown = met
    if shown.letter is None:
        raise NotFound
    found = letters.file(ticket, ticket.request, shown.letter, "pdf")
    return sending.private(found.name, found.media_type, found.data)


@personal_page("GET", "POST")
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a letter in hand is one of ours, by the code printed on it: number, title, organ, day; nothing of the applicant."""
    form = forms.Letter(request.POST, auto_id="%s") if request.method == "POST" else forms.Letter(auto_id="%s")
    context: dict[str, object] = {"form": form, "heading": _("文书校验"), "crumbs": [("/", _("首页")), ("/requests/", _("查询申请")), ("", _("文书校验"))]}
    if request.method != "POST":
        return render(request, _VERIFY, context)
    if not form.is_valid():
        return render(request, _VERIFY, context, status=422)
    try:
        limits.take([(limits.LETTER_BY_ADDRESS, personal.place(request))], timezone.now())
    except limits.TooOften as often:
        return personal.refused_page(request, _VERIFY, context, often)
    found = letters.verify(form.cleaned_data["code"])
    return render(request, _VERIFY, context | {"asked": True, "found": found}, status=200 if found else 404)
