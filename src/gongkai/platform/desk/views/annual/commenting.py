"""Comments on the report that is being written, from its own page: what else was typed there is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.platform.annual.actions import commenting
from gongkai.platform.annual.errors import Invalid, NotFound, NotNow
from gongkai.platform.annual.queries import alongside, working
from gongkai.platform.annual.queries.alongside import Commented
from gongkai.platform.desk.forms.annual.writing import FIELDS
from gongkai.platform.desk.holding import held
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, words
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds

from . import writing

TURNS: dict[str, Callable[..., object]] = {"reply": commenting.reply, "resolve": commenting.resolve, "reopen": commenting.reopen}
DONE = {"comment": _("批注已记下。"), "reply": _("回复已记下。"), "resolve": _("批注已标为解决。"), "reopen": _("批注已重新提出。")}


@kept_when_signed_out
@desk
def comments(request: HttpRequest, report_id: int) -> HttpResponse:
    """Comment, answer, resolve, reopen; anything else is the report's page."""
    actor = current_actor(request)
    report = working.kept(actor, report_id, beside=True)
    here = reverse("desk:annual", args=[report_id])
    posted = request.POST if request.method == "POST" else held(request)
    if posted is None:
        return HttpResponseRedirect(here)
    typed, based_on = _typed(actor, report, posted)
    did, wanted = _wanted(posted, alongside.comments(report))
    if not did:
        return HttpResponseRedirect(here)
    if request.method != "POST":  # 登录中断以前填的
        return writing.shown(request, report, typed, based_on, commenting=wanted)
    try:
        _done(actor, report_id, did, wanted)
    except Invalid as refused:
        return writing.shown(request, report, typed, based_on, commenting=wanted | {"wrong": refused.fields}, status=422)
    except NotNow as refused:
        messages.error(request, words(refused))
    else:
        messages.success(request, str(DONE[did]))
    return HttpResponseRedirect(f"{here}#comments-{wanted['section'] or wanted['of']}")


def _done(actor: Actor, report_id: int, did: str, wanted: dict[str, Any]) -> None:
    at = timezone.now()
    if did == "comment":
        commenting.comment(actor, report_id, wanted["section"], text=wanted["text"], quote=wanted["quote"], at=at)
    else:
        TURNS[did](actor, wanted["comment"], text=wanted["text"], at=at)


def _typed(actor: Actor, report: Any, posted: QueryDict) -> tuple[tuple[str, ...] | None, int]:
    """What stands in the text beside the comment, kept where it is not saved yet."""
    if FIELDS[0] not in posted:
        return None, report.prose_number
    typed, based_on = writing.typed_in(posted.dict())
    if [text.strip() for text in typed] != list(report.prose):
        writing.keep_typed(actor, report.pk, dict(zip(FIELDS, typed, strict=True)) | {"based_on": based_on})
    return typed, based_on


def _wanted(posted: QueryDict, said: tuple[Commented, ...]) -> tuple[str, dict[str, Any]]:
    """Which button was pressed, and what was written with it; a comment of another report is not there."""
    did = next((name for name in ("comment", "reply", "resolve", "reopen") if name in posted), "")
    if not did:
        return "", {}
    number = bounds.number(posted.get(did)) or 0
    if did == "comment":
        if not 1 <= number <= len(FIELDS):
            raise Http404
        return did, {"section": number, "text": posted.get(f"comment-{number}", ""), "quote": posted.get(f"quote-{number}", "")}
    about = next((each for each in said if each.id == number), None)
    if about is None:
        raise NotFound
    return did, {"comment": number, "section": 0, "of": about.section, "text": posted.get(f"answer-{number}", "")}
