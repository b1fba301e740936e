"""文书文本: the texts of letters that the legal office keeps in Word, and what the organ prints in each."""

from __future__ import annotations

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.cases.actions import templates as actions
from gongkai.platform.cases.actions.templates import KEEPING, Heading
from gongkai.platform.cases.errors import Invalid, NotFound, Refused
from gongkai.platform.cases.queries import templates as queries
from gongkai.platform.desk.forms.requests.templates import EndForm, HeadForm, VersionForm
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.views.door import desk, page, words
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import sending

from .acting import add_errors
from .lists import crumbs

HEADING = ("code", "body", "court", "channel", "payment")


@require_safe
@desk
def templates(request: HttpRequest, slug: str) -> HttpResponse:
    """Every letter's text: ours, or the version that holds today, and the earlier and later ones."""
    organ, actor = own_organ(request, slug), current_actor(request)
    found = queries.templates(actor, organ.id, timezone.localdate())
    head, rule = queries.letterhead(actor, organ.id, timezone.localdate())
    context: dict[str, object] = {
        "organ": organ, "letters": found, "head": head, "rule": rule, "may": bool(actor.kinds(organ.id) & KEEPING),
        "heading": [(_("机关代字"), head.code), (_("行政复议机关"), head.body), (_("人民法院"), head.court), (_("网上申请行政复议的途径"), head.channel), (_("缴纳方式"), head.payment)],
    }  # fmt: skip
    return page(request, "requests/templates", context, crumbs(organ, _("文书文本")))


@desk
def upload(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A new version."""
    organ, actor = own_organ(request, slug), current_actor(request)
    told = next((each for each in queries.templates(actor, organ.id, timezone.localdate()) if each.key == key), None)
    if told is None:
        raise Http404
    form = VersionForm(request.POST, request.FILES) if request.method == "POST" else VersionForm(initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.upload(
                actor, organ.id, key, given["file"].name or "", given["file"].read(), since=given["since"], until=given["until"], note=given["note"], at=timezone.now()
            )
        except NotFound:
            raise
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("已上传：%(title)s。") % {"title": told.title})
            return HttpResponseRedirect(reverse("desk:letter_templates", args=[organ.slug]))
    context: dict[str, object] = {"organ": organ, "form": form, "letter": told, "heading": _("上传%(title)s的文本") % {"title": told.title}}
    return page(request, "requests/template_form", context, _crumbs(request, organ.slug, told.title), 422 if form.errors else 200)


@desk
def end(request: HttpRequest, slug: str, template_id: int) -> HttpResponse:
    """A version is used no longer."""
    organ, actor = own_organ(request, slug), current_actor(request)
    queries.uploaded(actor, organ.id, template_id)
    form = EndForm(request.POST) if request.method == "POST" else EndForm()
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(actor, template_id, on=form.cleaned_data["on"], at=timezone.now())
        except NotFound:
            raise
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("已停用。"))
            return HttpResponseRedirect(reverse("desk:letter_templates", args=[organ.slug]))
    context: dict[str, object] = {"organ": organ, "form": form, "heading": _("停用这一版")}
    return page(request, "requests/template_form", context, _crumbs(request, organ.slug, _("停用这一版")), 422 if form.errors else 200)


@desk
def letterhead(request: HttpRequest, slug: str) -> HttpResponse:
    """What the organ prints in its letters, from a day on."""
    organ, actor, today = own_organ(request, slug), current_actor(request), timezone.localdate()
    head, rule = queries.letterhead(actor, organ.id, today)
    first = {name: value for name, value in asdict(head).items() if name in HEADING} | {"since": today}
    form = HeadForm(request.POST, head=head) if request.method == "POST" else HeadForm(initial=first, head=head)
    if request.method == "POST" and form.is_valid():
        heading = Heading(**{name: form.cleaned_data[name] for name in HEADING}, wording=form.wording())
        try:
            actions.set_letterhead(actor, organ.id, heading, since=form.cleaned_data["since"], at=timezone.now())
        except NotFound:
            raise
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(reverse("desk:letter_templates", args=[organ.slug]))
    context: dict[str, object] = {
        "organ": organ, "form": form, "heading": _("文书设置"), "rule": rule, "plain": [form[name] for name in (*HEADING, "since")],
        "words": [field for field in form if field.name.startswith("wording_")],
    }  # fmt: skip
    return page(request, "requests/letterhead", context, _crumbs(request, organ.slug, _("文书设置")), 422 if form.errors else 200)


@require_safe
@desk
def built_in(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    found = queries.built_in(current_actor(request), own_organ(request, slug).id, key)
    return sending.private(found.name, found.media_type, found.data)


@require_safe
@desk
def uploaded(request: HttpRequest, slug: str, template_id: int) -> HttpResponse:
    found = queries.uploaded(current_actor(request), own_organ(request, slug).id, template_id)
    return sending.private(found.name, found.media_type, found.data)


def _refuse(form: forms.Form, refused: Refused) -> None:
    if isinstance(refused, Invalid):
        add_errors(form, Invalid({f"wording_{name}" if f"wording_{name}" in form.fields else name: said for name, said in refused.fields.items()}))
    else:
        form.add_error(None, words(refused))


def _crumbs(request: HttpRequest, slug: str, here: str) -> list[tuple[str, object]]:
    return crumbs(own_organ(request, slug), here, (reverse("desk:letter_templates", args=[slug]), _("文书文本")))
