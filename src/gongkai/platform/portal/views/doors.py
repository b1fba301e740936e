"""Opening the door: number and query code, a link by e-mail; and shutting it. What was tried too often has to wait."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.cases import limits, sealing
from gongkai.platform.cases.actions import doorkeeping
from gongkai.platform.cases.queries import doors, following
from gongkai.platform.portal import personal
from gongkai.platform.portal.forms import following as forms
from gongkai.platform.portal.personal import personal as personal_page

_PAGE = "portal/asking/doors.html"


@personal_page("GET", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Number and query code; what this session has opened already."""
    form = forms.Door(request.POST) if request.method == "POST" else forms.Door()
    if request.method == "POST" and form.is_valid():
        return _tried(request, form)
    return _page(request, form=form, status=422 if form.errors else 200)


def _tried(request: HttpRequest, form: forms.Door) -> HttpResponse:
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    tries = [(limits.CODE_BY_ADDRESS, personal.place(request)), (limits.CODE_BY_NUMBER, doors.plain_number(number))]
    try:
        limits.take(tries, timezone.now())
    except limits.TooOften as often:
        return personal.refused_page(request, _PAGE, _context(request, form=form), often)
    ticket = doors.by_code(number, code)
    if ticket is None:
        form.add_error(None, _("登记编号和查询码对不上。请对照回执核对每一位；查询码里没有字母 I、L、O、U 和数字 0、1。"))
        return _page(request, form=form, status=422)
    limits.give_back(tries)
    personal.open_in(request, doors.belonging(ticket))
    return HttpResponseRedirect(f"/requests/{ticket.request}/")


@personal_page("POST")
def mail(request: HttpRequest) -> HttpResponse:
    """Ask for a link by e-mail. The answer is the same whether the address is known or not, and takes as long."""
    form = forms.Mailbox(request.POST)
    if not form.is_valid():
        return _page(request, mailbox=form, status=422)
    email = form.cleaned_data["email"]
    try:
        limits.take([(limits.MAIL_BY_ADDRESS, personal.place(request)), (limits.MAIL_BY_MAIL, sealing.lookup("contact", email))], timezone.now())
    except limits.TooOften as often:
        return personal.refused_page(request, _PAGE, _context(request, mailbox=form), often)
    doorkeeping.ask_link(email)
    return HttpResponseRedirect("/requests/mailed/")


@personal_page("GET")
def mailed(request: HttpRequest) -> HttpResponse:
    """The link is on its way, if the address is one that a request names."""
    return render(request, "portal/asking/mailed.html", {"heading": _("请查收邮件"), "hours": doors.LINK_HOURS, "crumbs": _crumbs(_("查收邮件"))})


@personal_page("GET", "POST")
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A link from an e-mail. Opening it shows a button; only the button uses it up, so that no mail scanner does."""
    at = timezone.now()
    try:
        limits.take([(limits.LINK_BY_ADDRESS, personal.place(request))], at)
    except limits.TooOften as often:
        return personal.refused_page(request, "portal/asking/link.html", {"heading": _("打开查询链接"), "good": False, "crumbs": _crumbs(_("查询链接"))}, often)
    if request.method == "POST":
        numbers = doorkeeping.use_link(token, at=at)
        if numbers:
            limits.give_back([(limits.LINK_BY_ADDRESS, personal.place(request))])
            personal.open_in(request, numbers)
            return HttpResponseRedirect(f"/requests/{numbers[0]}/" if len(numbers) == 1 else "/requests/")
    good = request.method != "POST" and doors.mailed(token, at)
    if good:
        limits.give_back([(limits.LINK_BY_ADDRESS, personal.place(request))])
    context = {"heading": _("打开查询链接"), "good": good, "crumbs": _crumbs(_("查询链接"))}
    return render(request, "portal/asking/link.html", context, status=200 if good else 404)


@personal_page("POST")
def shut(request: HttpRequest) -> HttpResponse:
    """Forget what was opened here."""
    personal.close(request)
    return HttpResponseRedirect("/requests/")


def _crumbs(here: str) -> list[tuple[str, str]]:
    return [("/", _("首页")), ("/requests/", _("查询申请")), ("", here)]


def _context(request: HttpRequest, *, form: forms.Door | None = None, mailbox: forms.Mailbox | None = None) -> dict[str, object]:
    opened = personal.all_opened(request)
    return {
        "form": form or forms.Door(auto_id="%s"), "mailbox": mailbox or forms.Mailbox(auto_id="mail-%s"), "heading": _("查询申请"), "hours": doors.LINK_HOURS,
        "opened": following.glimpses(opened) if opened else [], "crumbs": [("/", _("首页")), ("", _("查询申请"))],
    }  # fmt: skip


def _page(request: HttpRequest, *, form: forms.Door | None = None, mailbox: forms.Mailbox | None = None, status: int = 200) -> HttpResponse:
    return render(request, _PAGE, _context(request, form=form, mailbox=mailbox), status=status)
