"""Files of drafts: only for those who may see the item, and never run by the browser."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.platform.catalogue import actions, queries
from gongkai.platform.catalogue.errors import NotFound, Refused
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import sending

from .door import desk, words


@require_safe
@desk
def file(request: HttpRequest, item_id: int, number: int) -> HttpResponse:
    """An attachment as it was uploaded; pictures may be shown, everything else is saved."""
    found = queries.file(current_actor(request), item_id, number)
    return sending.private(found.name, found.media_type, found.data, inline=found.media_type in sending.PICTURES)


@require_POST
@desk
def attach(request: HttpRequest, item_id: int) -> HttpResponse:
    """Files added to a draft: each is examined, a refusal says why and touches nothing else."""
    actor = current_actor(request)
    if "application/json" in request.headers.get("Accept", ""):
        return _one(request, actor, item_id)
    attach_all(request, actor, item_id)
    page = "desk:edit" if request.POST.get("next") == "edit" else "desk:item"
    return HttpResponseRedirect(reverse(page, args=[item_id]) + "#attachments")


def attach_all(request: HttpRequest, actor: Actor, item_id: int) -> None:
    """Every file of the form, one by one; what is refused is said, what is good is kept."""
    kept = 0
    for given in request.FILES.getlist("files"):
        if why := _attach(actor, item_id, given):
            messages.error(request, _("“%(name)s”没有上传：%(why)s") % {"name": given.name, "why": why})
        else:
            kept += 1
    if kept:
        messages.success(request, _("已上传 %(n)s 个附件。") % {"n": kept})


def _one(request: HttpRequest, actor: Actor, item_id: int) -> HttpResponse:
    given = request.FILES.get("files")
    if given is None:
        return JsonResponse({"kept": False, "why": _("没有收到文件。")}, status=400)
    why = _attach(actor, item_id, given)
    return JsonResponse({"kept": not why, "why": why}, status=422 if why else 200)


def _attach(actor: Actor, item_id: int, given: UploadedFile) -> str:
    """Why it was refused; nothing where it was kept."""
    try:
        actions.attach(actor, item_id, given.name or "", given.read(), at=timezone.now())
    except NotFound:
        raise
    except Refused as refused:
        return words(refused)
    return ""
