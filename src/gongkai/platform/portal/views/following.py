"""The applicant's page of a request: where it stands, by when, what to do; and everything that the applicant may do there."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.cases import payments, sealing
from gongkai.platform.cases.actions import correcting, describing, ending, filing, intake, judging, paying, serving
from gongkai.platform.cases.errors import Conflict, Invalid, NotFound, Refused
from gongkai.platform.cases.queries import following, letters
from gongkai.platform.cases.queries.following import Followed
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.pages import errors, sending
from gongkai.platform.portal import addresses, personal
from gongkai.platform.portal.forms import following as forms
from gongkai.platform.portal.personal import personal as personal_page

_HELD, _TYPED = "requests_typed", "portal.following.typed"
_TEXTS = {"correct", "give_reasons", "withdraw", "propose_publication", "judge"}
DONE = {
    "confirm": "已确认。今天就是收到申请之日，答复期限从明天起算。", "correct": "补正已提交。答复期限从今天起重新计算。", "give_reasons": "理由已提交。", "withdraw": "申请已撤回。",
    "add_file": "材料已加入。", "propose_publication": "建议已记下，机关会考虑是否转为主动公开。", "judge": "谢谢，评价已记下。",
}  # fmt: skip


@personal_page("GET")
def followed(request: HttpRequest, number: int) -> HttpResponse:
    """Where a request stands."""
    ticket = personal.opened(request, number)
    return _page(request, ticket)


@personal_page("POST")
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """One act of the applicant. What was typed is never lost: not by a mistake, not when the time of the session is over."""
    kind = forms.ACTS.get(act)
    if kind is None:
        raise NotFound
    form = kind(request.POST, request.FILES, auto_id=f"{act}-%s")
    try:
        ticket = personal.opened(request, number)
    except NotFound:
        _hold(request, number, act, form)
        return personal.unknown(request, kept=act in _TEXTS)
    if not form.is_valid():
        return _page(request, ticket, form=form, act=act, status=422)
    try:
        _DO[act](ticket, form.cleaned_data, timezone.now())
    except Invalid as refused:
        _told(form, refused)
        return _page(request, ticket, form=form, act=act, status=422)
    except Conflict as refused:
        form.add_error(None, refused.said)
        return _page(request, ticket, form=form, act=act, status=409)
    except NotFound:
        raise
    except Refused as refused:
        form.add_error(None, refused.said)
        return _page(request, ticket, form=form, act=act, status=409)
    messages.success(request, _(DONE[act]))
    return HttpResponseRedirect(f"/requests/{number}/")


@personal_page("POST")
def pay(request: HttpRequest, number: int) -> HttpResponse:
    """Pay on line: the address of the payment service, as a link of its own, for it is another site."""
    ticket = personal.opened(request, number)
    try:
        address = paying.start(ticket, number, back=f"{settings.PUBLIC_URL}/requests/{number}/", at=timezone.now())
    except NotFound:
        raise
    except Refused as refused:
        return errors.page(request, 503, what=refused.said, do=_("请稍后再试，或者按收费通知书写明的其他方式缴纳。"), back=f"/requests/{number}/")
    shown = following.followed(ticket, timezone.localdate())
    context = {"shown": shown, "address": address, "heading": _("网上缴费"), "crumbs": _crumbs(shown, _("网上缴费"))}
    return render(request, "portal/asking/pay.html", context)


@personal_page("GET")
def letter(request: HttpRequest, number: int, which: int, ending: str) -> HttpResponse:
    """A letter that was served on the applicant. Reading it on line is recorded: that is how service on line is proved."""
    ticket = personal.opened(request, number)
    sent = letters.file(ticket, number, which, ending)
    if request.method == "GET":
        serving.record_delivery(ticket, number, which, on=timezone.localdate(), how="downloaded", at=timezone.now())
    return sending.private(sent.name, sent.media_type, sent.data)


@personal_page("GET")
def file(request: HttpRequest, number: int, which: int) -> HttpResponse:
    """A file of the request that the applicant may have: the own ones, and what was provided."""
    return sending.private(*following.file(personal.opened(request, number), which))


Do = Callable[[Ticket, dict[str, Any], datetime], object]


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    return {"once": said.get("once") or None, "seen": said.get("seen")}


def _today(at: datetime) -> date:
    return timezone.localtime(at).date()


def _uploads(given: list[Any], kind: str) -> list[Upload]:
    return [Upload(kind, each.name or "file", each.read()) for each in given]


def _confirm(ticket: Ticket, said: dict[str, Any], at: datetime) -> object:
    return intake.confirm(ticket, ticket.request, on=_today(at), at=at, how="online", **_plain(said))


def _correct(ticket: Ticket, said: dict[str, Any], at: datetime) -> object:
    return correcting.correct(ticket, ticket.request, on=_today(at), text=said["text"], files=_uploads(said["files"], "correction"), at=at, **_plain(said))


def _reasons(ticket: Ticket, said: dict[str, Any], at: datetime) -> object:
    return correcting.give_reasons(ticket, ticket.request, on=_today(at), text=said["text"], at=at, **_plain(said))


def _withdraw(ticket: Ticket, said: dict[str, Any], at: datetime) -> object:
    return ending.withdraw(ticket, ticket.request, on=_today(at), text=said["text"], at=at, **_plain(said))


def _propose(ticket: Ticket, said: dict[str, Any], at: datetime) -> object:
    return describing.propose_publication(ticket, ticket.request, text=said["text"], at=at, once=said.get("once") or None)


def _judge(ticket: Ticket, said: dict[str, Any], at: datetime) -> object:
    return judging.judge(ticket, said["helped"], said["text"], at=at, once=said.get("once") or None)


def _add_file(ticket: Ticket, said: dict[str, Any], at: datetime) -> object:
    uploads = _uploads(said["files"], "other")
    if not uploads:
        raise Invalid({"files": _("请先选择要加入的文件。")})
    once = said.get("once") or None
    return [filing.add_file(ticket, ticket.request, each, at=at, once=f"{once}{place}"[-64:] if once else None) for place, each in enumerate(uploads)]


_DO: dict[str, Do] = {
    "confirm": _confirm, "correct": _correct, "give_reasons": _reasons, "withdraw": _withdraw, "propose_publication": _propose, "judge": _judge, "add_file": _add_file,
}  # fmt: skip


def _told(form: forms.Act, refused: Invalid) -> None:
    for name, sentence in refused.fields.items():
        form.add_error(name if name in form.fields and not form.fields[name].widget.is_hidden else None, sentence)


def _page(request: HttpRequest, ticket: Ticket, *, form: forms.Act | None = None, act: str = "", status: int = 200) -> HttpResponse:
    """The page, with a form that was not right among the others."""
    today = timezone.localdate()
    shown = following.followed(ticket, today)
    held = _held(request, shown.id) if form is None else {}
    can = {key: _form(key, shown, held.get(key)) for key in shown.acts if key in forms.ACTS}
    if form is not None:
        can[act] = form
    context = {
        "shown": shown, "can": can, "act": act, "form": form or next(iter(can.values()), None), "heading": _("申请 %(number)s") % {"number": shown.number},
        "crumbs": _crumbs(shown), "others": _others(can), "released": [each for each in shown.files if each.kind == "released"],
        "own": [each for each in shown.files if each.kind != "released"],
        "payment": payments.offer(shown.organ.name, shown.number) if "pay" in shown.acts else None, "wrong": form.errors if form is not None else {},
        "restored": list(held),
    }  # fmt: skip
    return render(request, "portal/asking/follow.html", context, status=status)


def _others(can: dict[str, forms.Act]) -> list[tuple[str, str, str, str, forms.Act]]:
    """What may be done besides: key, what it is called, what it means, the word on the button, the form."""
    told = (
        ("judge", _("说说答复有没有帮助"), "", _("提交评价")),
        ("propose_publication", _("建议转为主动公开"), _("认为这项信息应当让所有人看到的，可以建议机关主动公开（条例第四十四条）。"), _("提交建议")),
        ("add_file", _("补充材料"), _("与这件申请有关、机关还没有的材料。"), _("加入材料")),
        ("withdraw", _("撤回申请"), _("撤回后这件申请就办结了，不再答复；以后仍然可以另行申请。"), _("确认撤回")),
    )
    return [(key, label, words, button, can[key]) for key, label, words, button in told if key in can]


def _form(act: str, shown: Followed, typed: dict[str, str] | None) -> forms.Act:
    return forms.ACTS[act](initial={**(typed or {}), "once": secrets.token_urlsafe(18), "seen": shown.seen}, auto_id=f"{act}-%s")


def _crumbs(shown: Followed, here: str = "") -> list[tuple[str, str]]:
    mine = (f"/requests/{shown.id}/" if here else "", _("申请 %(number)s") % {"number": shown.number})
    return [("/", _("首页")), (addresses.organ(shown.organ.slug, "requests"), shown.organ.short_name), ("/requests/", _("查询申请")), mine, *([("", here)] if here else [])]


def _hold(request: HttpRequest, number: int, act: str, form: forms.Act) -> None:
    """What was typed, sealed in this session, until the request is opened again in it."""
    typed = {name: value for name, value in form.typed().items() if value}
    if typed:
        sealed = sealing.seal({"number": number, "act": act, "typed": typed}, _TYPED)
        request.session[_HELD] = base64.b64encode(sealed).decode()


def _held(request: HttpRequest, number: int) -> dict[str, dict[str, str]]:
    """What had been typed for this request; given back once."""
    if _HELD not in request.session:
        return {}
    told = sealing.unseal(base64.b64decode(request.session[_HELD]), _TYPED)
    if told["number"] != number:
        return {}
    del request.session[_HELD]
    return {told["act"]: told["typed"]}
