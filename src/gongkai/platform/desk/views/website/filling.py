"""The form of a website on one page: what the platform knows filled in, the rest by hand, warnings after saving; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from gongkai.platform.annual.errors import Invalid, NotNow
from gongkai.platform.annual.website import actions, queries
from gongkai.platform.annual.website.actions import Filled
from gongkai.platform.annual.website.fields import FIELDS
from gongkai.platform.catalogue import actions as drafts
from gongkai.platform.catalogue import queries as catalogue
from gongkai.platform.desk import website_showing as showing
from gongkai.platform.desk import wording
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.requests import current_actor

_LONGEST = 4000  # 一格里多于这么多字的，不暂存
_PARTS = ("f", "reason", "blank", "seen", "seenreason", "seenblank")


@kept_when_signed_out
@desk
def form(request: HttpRequest, form_id: int) -> HttpResponse:
    """The page; saved to the same address."""
    if request.method == "POST":
        return _posted(request, form_id)
    actor = current_actor(request)
    row = queries.kept(actor, form_id)
    if (given := held(request)) is not None:
        typed = {str(name): str(value) for name, value in given.dict().items()}
        _keep(actor, form_id, typed)
        return _shown(request, row, typed, restored={"at": None})
    if row.standing is None and (found := catalogue.unsaved(actor, place_of(form_id))):
        return _shown(request, row, {str(name): str(value) for name, value in found.data.items()}, restored={"at": found.at})
    return _shown(request, row, {})


def place_of(form_id: int) -> str:
    return f"website:{form_id}"


def _keep(actor: Actor, form_id: int, data: Mapping[str, Any]) -> None:
    """Only what belongs to the form, and only what is no longer than a box may be."""
    names = {f"{part}.{field.key}" for part in _PARTS for field in FIELDS}
    kept = {name: str(value)[:_LONGEST].replace("\0", "") for name, value in data.items() if name in names}
    drafts.keep_unsaved(actor, place_of(form_id), kept, at=timezone.now())


@require_POST
@desk
def keep(request: HttpRequest, form_id: int) -> JsonResponse:
    """What is typed and not yet saved, kept while it is typed."""
    actor = current_actor(request)
    queries.kept(actor, form_id)
    _keep(actor, form_id, request.POST.dict())
    return JsonResponse({"kept": True})


def _told(post: Mapping[str, Any]) -> dict[str, Filled]:
    """The boxes that were touched: those that are not as the page showed them."""
    told: dict[str, Filled] = {}
    for field in FIELDS:
        key = field.key
        if f"f.{key}" not in post:
            continue
        now = tuple(str(post.get(f"{part}.{key}", "")).strip() for part in ("f", "reason", "blank"))
        seen = tuple(str(post.get(f"{part}.{key}", "")).strip() for part in ("seen", "seenreason", "seenblank"))
        if now != seen:
            told[key] = Filled(now[0], now[1], bool(now[2]), seen[0])
    return told


def _posted(request: HttpRequest, form_id: int) -> HttpResponse:
    actor, here = current_actor(request), reverse("desk:website_form", args=[form_id])
    post = request.POST.dict()
    told = _told(post)
    try:
        if told:
            actions.fill(actor, form_id, told, at=timezone.now())
    except Invalid as refused:
        _keep(actor, form_id, post)
        return _shown(request, queries.kept(actor, form_id), post, wrong=dict(refused.fields), status=422)
    except NotNow as refused:
        _keep(actor, form_id, post)
        messages.error(request, words(refused) + _("填写的内容已经另存。"))
        return HttpResponseRedirect(here)
    drafts.forget_unsaved(actor, place_of(form_id))
    if post.get("do") == "submit":
        return HttpResponseRedirect(reverse("desk:website_act", args=[form_id, "submit"]))
    done = ngettext("已保存 %(n)s 格。", "已保存 %(n)s 格。", len(told)) % {"n": len(told)} if told else _("没有改动，没有另存。")
    messages.success(request, done)
    return HttpResponseRedirect(here)


def _shown(
    request: HttpRequest, row: Any, post: Mapping[str, str], *, wrong: Mapping[str, str] | None = None, restored: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    actor, today = current_actor(request), timezone.localdate()
    found = queries.sheet(actor, row, today)
    view = found.head
    able, unable = showing.acts(view)
    writing = view.may("write")
    given = {key: {"text": each.text, "reason": each.reason, "blank": each.blank} for key, each in _told(post).items()} if writing else {}
    context = showing.head(view, today) | {
        "here": "form", "sheet": found, "groups": showing.groups(found, given, wrong), "warnings": showing.warnings(found.warned), "acts": able, "refused": unable,
        "writing": writing, "wrong": showing.wrongs(wrong or {}), "restored": restored if given else None, "ticket": ticket(request.user.pk or 0),
        "place": place_of(view.id), "keeping_words": wording.keeping(),
    }  # fmt: skip
    return page(request, "website/form", context, showing.crumbs(view.organ, view=view), status)
