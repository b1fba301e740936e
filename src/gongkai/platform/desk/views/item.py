"""An item's page, its revisions, what changed between them, and how it would look to the public."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.catalogue import queries
from gongkai.platform.catalogue.clocks import local_day
from gongkai.platform.catalogue.queries import ItemView
from gongkai.platform.desk import pictures, showing, wording
from gongkai.platform.desk.clock import strip
from gongkai.platform.desk.forms.acts import Act
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds

from .door import desk, page


@require_safe
@desk
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    return shown(request, item_id)


def shown(request: HttpRequest, item_id: int, failed: tuple[str, Act] | None = None) -> HttpResponse:
    """The page; with an act's form as it was posted where that could not be done."""
    actor, now = current_actor(request), timezone.now()
    view = queries.item(actor, item_id, now)
    found = showing.findings(view, failed)
    queue = request.POST.get("queue") or request.GET.get("queue", "")
    draft = view.revision.draft
    newer = view.published is not None and view.published != view.revision.number
    context: dict[str, object] = {
        "item": view, "draft": draft, "body": pictures.shown(draft.body), "state_zh": showing.said(view.state_zh, view.state_en),
        "access_zh": view.access_zh, "validity_zh": view.validity_zh, "light": showing.light(view.clock),
        "strip": strip(view.clock, local_day(now)) if view.clock else None, "acts": showing.acts(view, failed), "refused": showing.refused(view),
        "can": _can(view), "metadata": showing.metadata(draft, view), "steps": showing.timeline(view.steps), "revisions": showing.revisions(view),
        "links": showing.links(view), "channels": [_channel(each) for each in view.channels], "findings": found,
        "blocking": sum(each.stops for each in view.findings), "returned": showing.returned(view), "scheduled_at": view.publish_at,
        "withdraw_by": view.withdraw_by, "newer": newer, "compare_address": _compare(view) if newer else "",
        "public_address": showing.public_address(view.id) if view.published is not None else "",
        "upload_bytes": settings.UPLOAD_BYTES, "upload_words": wording.uploads(), "queue": queue, "queue_left": len([x for x in queue.split(",") if x]),
    }  # fmt: skip
    return page(request, "item", context, _crumbs(view, ("", view.title)), 422 if failed else 200)


@require_safe
@desk
def preview(request: HttpRequest, item_id: int) -> HttpResponse:
    """预览: as the public would see it."""
    view = queries.item(current_actor(request), item_id, timezone.now())
    draft = view.revision.draft
    told = [
        row for row in showing.metadata(draft, view) if row[0] not in {_("起草"), _("不予公开的说明"), _("下次复审")}
    ]
    context: dict[str, object] = {
        "item": view, "draft": draft, "body": pictures.shown(draft.body), "metadata": told, "attachments": [each for each in view.attachments if not each.inline],
    }  # fmt: skip
    return page(request, "preview", context)


@require_safe
@desk
def revision(request: HttpRequest, item_id: int, number: int) -> HttpResponse:
    """One revision as it was saved."""
    actor = current_actor(request)
    view = queries.item(actor, item_id, timezone.now())
    told = queries.revision(actor, item_id, number)
    heading = _("第 %(n)s 版") % {"n": number}
    context: dict[str, object] = {
        "item": view, "draft": told.draft, "body": pictures.shown(told.draft.body), "number": number, "by": told.by, "at": told.at,
        "metadata": showing.metadata(told.draft), "heading": heading,
    }  # fmt: skip
    return page(
        request, "revision", context, _crumbs(view, (reverse("desk:item", args=[item_id]), view.title), ("", heading))
    )


@require_safe
@desk
def difference(request: HttpRequest, item_id: int) -> HttpResponse:
    """What changed between two revisions."""
    actor = current_actor(request)
    view = queries.item(actor, item_id, timezone.now())
    numbers = [int(str(each["number"])) for each in showing.revisions(view)]
    new = _number(request.GET.get("new"), numbers[0])
    old = _number(request.GET.get("old"), view.published or max((n for n in numbers if n < new), default=new))
    if old not in numbers or new not in numbers:
        raise Http404
    changed = queries.difference(actor, item_id, old, new)
    heading = _("第 %(old)s 版与第 %(new)s 版的不同") % {"old": old, "new": new}
    context: dict[str, object] = {
        "item": view,
        "heading": heading,
        "revisions": showing.revisions(view),
        "old": old,
        "new": new,
        "changed": changed,
    }
    return page(
        request, "difference", context, _crumbs(view, (reverse("desk:item", args=[item_id]), view.title), ("", heading))
    )


def _crumbs(view: ItemView, *more: tuple[str, object]) -> list[tuple[str, object]]:
    listed = reverse("desk:items", args=[view.organ.slug])
    return [
        (reverse("desk:home"), _("工作台")),
        (listed, _("%(organ)s信息目录") % {"organ": view.organ.short_name or view.organ.name}),
        *more,
    ]


def _can(view: ItemView) -> dict[str, bool]:
    return {choice.action: choice.allowed for choice in view.actions} | {"preview": True}


def _compare(view: ItemView) -> str:
    return reverse("desk:difference", args=[view.id]) + f"?old={view.published}&new={view.revision.number}"


def _channel(each: queries.ChannelView) -> dict[str, object]:
    return {
        "label": showing.said(each.zh, each.en),
        "published_at": each.published_at,
        "address": each.address,
        "reads": each.reads,
        "note": each.note,
    }


def _number(text: str | None, otherwise: int) -> int:
    return found if (found := bounds.number(text)) is not None else otherwise
