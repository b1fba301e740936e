"""Acts on items: one address each; what is refused says why, on the page where it was pressed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.errors import Invalid, NotFound, Refused
from gongkai.platform.catalogue.states import BY_ACTION
from gongkai.platform.desk.doing import do
from gongkai.platform.desk.forms.acts import form_of
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import said
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds

from .door import desk, words
from .item import shown

_MANY = 100
TOGETHER = frozenset({"submit"})


@require_POST
@desk
def act(request: HttpRequest, item_id: int, action: str) -> HttpResponse:
    """One act on one item."""
    kind = form_of(action)
    if kind is None:
        raise Http404
    form = kind(request.POST, request.FILES)
    if form.is_valid():
        try:
            do(
                current_actor(request), item_id, action, form.cleaned_data, at=timezone.now(), once=request.POST.get("once", "")[:64],
                seen=bounds.number(request.POST.get("seen")),
            )  # fmt: skip
        except NotFound:
            raise
        except Invalid as refused:
            for name, said in refused.fields.items():
                form.add_error(name if name in form.fields else None, said)
        except Refused as refused:
            messages.error(request, words(refused))
            return _on(request, item_id, done=False)
        else:
            messages.success(request, _("已办理：%(what)s。") % {"what": _named(action)})
            return _on(request, item_id, done=True, editing=action in ("revise", "release", "take_back"))
    return shown(request, item_id, failed=(action, form))


@require_POST
@desk
def together(request: HttpRequest, slug: str) -> HttpResponse:
    """Several items of a list: hand them in at once, or go through them one by one (审查须逐件进行)."""
    organ = own_organ(request, slug)
    chosen = [pk for text in request.POST.getlist("item") if (pk := bounds.number(text)) is not None][:_MANY]
    back = reverse("desk:items", args=[organ.slug]) + "?" + request.POST.get("back", "")[:500]
    if not chosen:
        messages.error(request, _("请先在列表里勾选。"))
        return HttpResponseRedirect(back)
    if request.POST.get("do") not in TOGETHER:
        queue = ",".join(str(pk) for pk in chosen[1:])
        return HttpResponseRedirect(
            reverse("desk:item", args=[chosen[0]]) + (f"?{urlencode({'queue': queue})}" if queue else "")
        )
    done = 0
    for pk in chosen:
        try:
            actions.submit(current_actor(request), pk, at=timezone.now())
        except Refused as refused:
            messages.error(request, _("编号 %(pk)s 没有提交：%(why)s") % {"pk": pk, "why": words(refused)})
        else:
            done += 1
    if done:
        messages.success(request, _("已提交审核 %(n)s 件。") % {"n": done})
    return HttpResponseRedirect(back)


def _named(action: str) -> str:
    return said(BY_ACTION[action].zh, BY_ACTION[action].en) if action in BY_ACTION else action


def _on(request: HttpRequest, item_id: int, *, done: bool, editing: bool = False) -> HttpResponse:
    """Back to the item; the next one of the queue after something was done."""
    queue = [str(pk) for text in request.POST.get("queue", "").split(",") if (pk := bounds.number(text)) is not None][:_MANY]
    if done and editing:
        return HttpResponseRedirect(reverse("desk:edit", args=[item_id]))
    if done and queue:
        rest = ",".join(queue[1:])
        return HttpResponseRedirect(
            reverse("desk:item", args=[int(queue[0])]) + (f"?{urlencode({'queue': rest})}" if rest else "")
        )
    keep = f"?{urlencode({'queue': ','.join(queue)})}" if queue else ""
    return HttpResponseRedirect(reverse("desk:item", args=[item_id]) + keep)
