"""The suggested sentences of an organ: the platform's wording, its own, or none; every change stays in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.law.editions import SECTIONS
from gongkai.platform.annual.actions import wording
from gongkai.platform.annual.errors import Conflict, Invalid
from gongkai.platform.annual.queries import alongside
from gongkai.platform.annual.queries.alongside import Worded
from gongkai.platform.annual.states import WRITING
from gongkai.platform.desk.annual_merging import heading
from gongkai.platform.desk.annual_showing import token_names
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds


@kept_when_signed_out
@desk
def sentences(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them by section, each with its form."""
    organ, actor = own_organ(request, slug), current_actor(request)
    if request.method != "POST":
        return _shown(request, organ, actor, _held(request), {})
    try:
        made = _changed(actor, organ, request.POST)
    except Invalid as refused:
        return _shown(request, organ, actor, request.POST, refused.fields, 422)
    except Conflict as refused:
        return _shown(request, organ, actor, request.POST, {"text": words(refused)}, 409)
    messages.success(request, _("已保存。")) if made else messages.info(request, _("这一句没有改动。"))
    return HttpResponseRedirect(reverse("desk:annual_sentences", args=[slug]) + f"#section-{made.section if made else 1}")


def _held(request: HttpRequest) -> Mapping[str, str]:
    """What was posted before the person had to sign in again."""
    given = held(request)
    return {name: given.get(name, "") for name in ("key", "section", "seen", "text", "do")} if given is not None else {}


def _changed(actor: Actor, organ: OrganView, posted: Mapping[str, str]) -> Any:
    key, at = posted.get("key", "")[:40], timezone.now()
    seen, section = (bounds.number(posted.get(name)) or 0 for name in ("seen", "section"))
    match posted.get("do", ""):
        case "restore":
            return wording.restore_sentence(actor, organ.id, key, seen=seen, at=at)
        case "drop":
            return wording.change_sentence(actor, organ.id, key, section=section, text="", seen=seen, at=at)
        case _:
            return wording.change_sentence(actor, organ.id, key, section=section, text=posted.get("text", ""), seen=seen, at=at)


def _shown(request: HttpRequest, organ: OrganView, actor: Actor, typed: Mapping[str, str], wrong: Mapping[str, str], status: int = 200) -> HttpResponse:
    found = alongside.sentences_of(actor, organ.id)
    writing = bool(actor.kinds(organ.id) & WRITING)
    parts = [
        {"number": number, "heading": heading(number), "rows": [_row(each, typed, wrong) for each in found if each.section == number]}
        for number in range(1, len(SECTIONS) + 1)
    ]  # fmt: skip
    context: dict[str, object] = {
        "organ": organ, "parts": parts, "writing": writing, "ticket": ticket(request.user.pk or 0), "names": token_names(),
        "new": {"text": typed.get("text", ""), "section": bounds.number(typed.get("section")), "wrong": wrong} if typed and not typed.get("key") else {},
    }  # fmt: skip
    listed = [(reverse("desk:home"), _("工作台")), (reverse("desk:annual_reports", args=[organ.slug]), _("年度报告")), ("", _("可以写的句子"))]
    return page(request, "annual/sentences", context, listed, status)


def _row(each: Worded, typed: Mapping[str, str], wrong: Mapping[str, str]) -> dict[str, object]:
    mine = typed.get("key") == each.key
    return {
        "it": each, "text": typed.get("text", each.text) if mine and typed.get("do") == "save" else each.text, "wrong": "；".join(wrong.values()) if mine else "",
        "own": not each.default,
    }  # fmt: skip
