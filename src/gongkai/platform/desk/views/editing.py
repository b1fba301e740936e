"""Drafting and mending: the form, what is kept while it is typed, what comes from Word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongkai.formats import Unreadable
from gongkai.platform.catalogue import actions, queries
from gongkai.platform.catalogue.errors import Conflict, Invalid, NotAllowed, NotNow, Refused
from gongkai.platform.catalogue.pictures import placed as no_pictures
from gongkai.platform.catalogue.queries import ItemView
from gongkai.platform.catalogue.values import FIELDS, Draft
from gongkai.platform.desk import pictures, wording
from gongkai.platform.desk.forms.editing import ItemForm, initial
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import returned, said
from gongkai.platform.documents import cleaning, incoming
from gongkai.platform.documents.intake import Accepted
from gongkai.platform.organs import uploads
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor

from .door import desk, kept_when_signed_out, page, words
from .files import attach_all

_LONGEST_PASTE = 4_000_000


@kept_when_signed_out
@desk
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """起草信息."""
    organ = own_organ(request, slug)
    actor = current_actor(request)
    place = f"new:{organ.id}"
    if request.method != "POST":
        data, restored = _restored(request, actor, place)
        form = (
            ItemForm(data, level=organ.level)
            if data
            else ItemForm(initial={"access": "proactive", "once": get_random_string(20)}, level=organ.level)
        )
        return _shown(request, form, organ, place=place, restored=restored)
    form = ItemForm(request.POST, level=organ.level)
    if request.POST.get("do") == "read":
        return _read_docx(request, organ, None, place, {"level": organ.level})
    if form.is_valid():
        draft = _draft(form)
        try:
            item = actions.create(actor, organ.id, draft, at=timezone.now(), once=form.cleaned_data["once"] or None)
        except Invalid as refused:
            _told(form, refused)
        else:
            attach_all(request, actor, item.pk)
            actions.forget_unsaved(actor, place)
            return _saved(request, actor, item.pk, _("已存为草稿。"))
    return _shown(request, form, organ, place=place, status=422)


@kept_when_signed_out
@desk
def edit(request: HttpRequest, item_id: int) -> HttpResponse:
    """修改草稿."""
    actor = current_actor(request)
    view = queries.item(actor, item_id, timezone.now(), check=False)
    place = f"item:{item_id}"
    options: dict[str, Any] = {
        "level": view.organ.level,
        "revising": view.published is not None or view.revision.draft.changed_on is not None,
    }
    if request.method != "POST":
        data, restored = _restored(request, actor, place)
        form = ItemForm(data, **options) if data else ItemForm(initial=_initial(view), **options)
        return _shown(request, form, view.organ, item=view, place=place, restored=restored)
    form = ItemForm(request.POST, **options)
    if request.POST.get("do") == "read":
        return _read_docx(request, view.organ, view, place, options)
    if form.is_valid():
        draft = _draft(form)
        try:
            actions.save(
                actor,
                item_id,
                draft,
                based_on=form.cleaned_data["based_on"] or 0,
                at=timezone.now(),
                once=form.cleaned_data["once"] or None,
            )
        except Invalid as refused:
            _told(form, refused)
        except Conflict as conflict:
            return _conflicting(request, actor, view, draft, conflict, options, place)
        except (NotNow, NotAllowed) as refused:
            _keep(actor, place, request.POST)
            messages.error(request, words(refused) + _("填写的内容已经另存。"))
            return HttpResponseRedirect(reverse("desk:item", args=[item_id]))
        else:
            actions.forget_unsaved(actor, place)
            return _saved(request, actor, item_id, _("已保存。"))
    return _shown(request, form, view.organ, item=view, place=place, status=422)


@require_POST
@desk
def keep(request: HttpRequest) -> HttpResponse:
    """What is typed and not yet saved, kept or let go."""
    actor = current_actor(request)
    place = request.POST.get("place", "")[:80]
    if request.POST.get("forget"):
        actions.forget_unsaved(actor, place)
        back = request.POST.get("next", "/desk/")
        return HttpResponseRedirect(
            back if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()) else "/desk/"
        )
    _keep(actor, place, request.POST)
    return JsonResponse({"kept": True})


@require_POST
@desk
def clean(request: HttpRequest) -> HttpResponse:
    """Pasted HTML as clean text of an official document."""
    html = request.POST.get("html", "")
    if len(html) > _LONGEST_PASTE:
        return HttpResponse(status=413)
    return HttpResponse(
        cleaning.clean(html), content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": "sandbox"}
    )


def _keep(actor: Actor, place: str, post: QueryDict) -> None:
    """All fields of the form, and nothing else."""
    names = [*ItemForm.base_fields]
    actions.keep_unsaved(
        actor, place, {name: post[name] for name in names if name in post and name != "once"}, at=timezone.now()
    )


def _restored(
    request: HttpRequest, actor: Actor, place: str
) -> tuple[QueryDict | dict[str, Any] | None, dict[str, object] | None]:
    """What was typed and not saved: posted after the session had ended, or kept while it was typed."""
    if (typed := held(request)) is not None:
        _keep(actor, place, typed)
        return _with_token(typed.dict()), {"at": None}
    kept = queries.unsaved(actor, place)
    if kept is None:
        return None, None
    return _with_token(dict(kept.data)), {"at": kept.at}


def _with_token(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"once": get_random_string(20), "body": pictures.shown(str(data.get("body", "")))}


def _initial(view: ItemView) -> dict[str, object]:
    said = initial(view.revision.draft)
    return said | {
        "body": pictures.shown(str(said["body"])),
        "based_on": view.revision.number,
        "once": get_random_string(20),
    }


def _draft(form: ItemForm) -> Draft:
    draft = form.draft()
    return replace(draft, body=pictures.kept(draft.body))


def _told(form: ItemForm, refused: Invalid) -> None:
    """What the action refuses, beside the fields."""
    for name, why in refused.fields.items():
        form.add_error(name if name in form.fields else None, why)


def _saved(request: HttpRequest, actor: Actor, item_id: int, done: str) -> HttpResponse:
    """After saving: to the item, or on to the review where that was pressed."""
    if request.POST.get("do") == "submit":
        try:
            actions.submit(actor, item_id, at=timezone.now())
            done = _("已保存并提交审核。")
        except Invalid as refused:
            messages.success(request, done)
            for why in refused.fields.values():
                messages.error(request, _("还不能提交审核：%(why)s") % {"why": why})
            return HttpResponseRedirect(reverse("desk:edit", args=[item_id]))
        except Refused as refused:
            messages.error(request, _("还不能提交审核：%(why)s") % {"why": words(refused)})
    messages.success(request, done)
    return HttpResponseRedirect(reverse("desk:item", args=[item_id]))


def _conflicting(
    request: HttpRequest,
    actor: Actor,
    view: ItemView,
    mine: Draft,
    conflict: Conflict,
    options: dict[str, Any],
    place: str,
) -> HttpResponse:
    """Somebody saved meanwhile: both versions side by side, and the form with what was typed here."""
    _keep(actor, place, request.POST)
    data = request.POST.copy()
    data["based_on"], data["once"] = str(conflict.revision), get_random_string(20)
    form = ItemForm(data, **options)
    form.is_valid()
    differences = [
        {"label": said(zh, en), "theirs": _readable(conflict.saved, name), "mine": _readable(mine, name)}
        for name, (zh, en) in FIELDS.items()
        if conflict.saved is not None and getattr(conflict.saved, name) != getattr(mine, name)
    ]
    return _shown(
        request, form, view.organ, item=view, place=place, conflict=conflict, differences=differences, status=409
    )


def _readable(draft: Draft | None, name: str) -> str:
    value = getattr(draft, name, "")
    if name == "body":
        return cleaning.plain(str(value))[:4000]
    return "、".join(value) if isinstance(value, tuple) else str(value or "")


def _read_docx(
    request: HttpRequest, organ: OrganView, view: ItemView | None, place: str, options: dict[str, Any]
) -> HttpResponse:
    """The text of a Word file into the form. With pictures it is saved at once, since they need a place to be kept."""
    given = request.FILES.get("docx")
    try:
        if given is None:
            raise ValueError(_("请先选择一个 DOCX 文件，再按“读入”。"))
        name, bytes_ = given.name or "", given.read()
        found = _read(name, bytes_)
    except ValueError as refused:
        form = ItemForm(request.POST, **options)
        form.is_valid()
        form.add_error("body", str(refused))
        return _shown(request, form, organ, item=view, place=place, status=422)
    data = request.POST.copy()
    data["title"] = data.get("title") or found.title
    data["document_number"] = data.get("document_number") or found.document_number
    form = ItemForm(data, **options)
    if found.pictures and form.is_valid():
        return _saved_from_docx(request, organ, view, place, form, name, bytes_)
    data["body"], data["once"] = no_pictures(found.html, {}), get_random_string(20)
    _keep(current_actor(request), place, data)
    messages.success(request, _("已读入《%(name)s》的正文，还没有保存，请核对。") % {"name": name})
    if found.pictures:
        messages.warning(
            request,
            _("文件里有 %(n)s 张图片：请先补齐下面的必填项并保存，再读入一次，图片才能一并读入。")
            % {"n": len(found.pictures)},
        )
    for note in found.notes:
        messages.warning(request, said(note.zh, note.en))
    return _shown(request, ItemForm(data, **options), organ, item=view, place=place, quiet=not found.pictures)


def _read(name: str, data: bytes) -> incoming.Incoming:
    """What a Word file says; raises ValueError with what to do where it cannot be read."""
    taken = uploads.examined(name, data)
    if not isinstance(taken, Accepted):
        raise ValueError(uploads.why(taken))
    if taken.extension != "docx":
        raise ValueError(
            _("“%(name)s”不是 DOCX 文件。旧版 .doc 请先另存为 .docx；其他文件请作为附件上传。") % {"name": name}
        )
    try:
        return incoming.from_docx(taken.data)
    except Unreadable as broken:
        raise ValueError(said(broken.zh, broken.en)) from broken


def _saved_from_docx(
    request: HttpRequest, organ: OrganView, view: ItemView | None, place: str, form: ItemForm, name: str, data: bytes
) -> HttpResponse:
    """The form saved as it stands, then the Word file's text and pictures as the next revision."""
    actor, at, draft = current_actor(request), timezone.now(), _draft(form)
    try:
        if view is None:
            item = actions.create(actor, organ.id, draft, at=at, once=form.cleaned_data["once"] or None)
        else:
            item = actions.save(actor, view.id, draft, based_on=form.cleaned_data["based_on"] or 0, at=at)
        seen = queries.item(actor, item.pk, at)
        taken = actions.from_docx(actor, item.pk, data, based_on=seen.revision.number, at=at, name=name)
    except Invalid as refused:
        _told(form, refused)
        return _shown(request, form, organ, item=view, place=place, status=422)
    actions.forget_unsaved(actor, place)
    messages.success(request, _("已读入《%(name)s》的正文和图片，并存为草稿，请核对。") % {"name": name})
    for note in taken.notes:
        messages.warning(request, said(note.zh, note.en))
    return HttpResponseRedirect(reverse("desk:edit", args=[item.pk]))


def _shown(
    request: HttpRequest,
    form: ItemForm,
    organ: OrganView,
    *,
    place: str,
    item: ItemView | None = None,
    status: int = 200,
    quiet: bool = False,
    **more: object,
) -> HttpResponse:
    """The form's page."""
    body = form.fields["body"].widget.attrs
    body |= {"data-editor": static("django_prose_editor/editor.js"), "data-cleaner": reverse("desk:clean")}
    items = reverse("desk:items", args=[organ.slug])
    here = reverse("desk:item", args=[item.id]) if item else items
    heading = _("修改") if item else _("起草信息")
    crumbs = [(reverse("desk:home"), _("工作台")), (items, organ.short_name or organ.name)]
    if item:
        crumbs.append((here, item.title))
    if quiet:
        form.errors.clear()
    context: dict[str, object] = {
        "form": form,
        "returned": returned(item) if item else None, "organ": organ, "item": item, "place": place, "heading": heading, "back": here, "ticket": ticket(request.user.pk or 0),
        "upload_bytes": settings.UPLOAD_BYTES, "editor_words": wording.editor(), "keeping_words": wording.keeping(), "upload_words": wording.uploads(),
        "can": item and {choice.action: choice.allowed for choice in item.actions}, **more,
    }  # fmt: skip
    return page(request, "edit", context, [*crumbs, ("", heading)], status)
