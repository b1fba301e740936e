"""The workspace of a report: text with tokens, tables that open their records, the audit beside; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.errors import Clashing, Invalid, NotAllowed, NotNow, Refused
from gongkai.platform.annual.queries import working
from gongkai.platform.annual.queries.working import Head, Version
from gongkai.platform.catalogue import actions as drafts
from gongkai.platform.catalogue import queries as catalogue
from gongkai.platform.desk import annual_comments, annual_merging, wording
from gongkai.platform.desk import annual_showing as showing
from gongkai.platform.desk.addresses import address
from gongkai.platform.desk.forms.annual.writing import FIELDS, WorkForm
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds

NUMBERS = annual_merging.NUMBERS


@kept_when_signed_out
@desk
def workspace(request: HttpRequest, report_id: int) -> HttpResponse:
    """The six sections with their tables; for whoever may not write now, as they print."""
    if request.method == "POST":
        return _posted(request, report_id)
    actor = current_actor(request)
    report = working.kept(actor, report_id, beside=True)
    view = working.head_of(actor, report, timezone.localdate())
    if not view.may("write"):
        return shown(request, report, None, view.prose_number)
    number = bounds.number(request.GET.get("version"), bounds.MOST)
    if number is not None and (old := working.version(report, number).get(number)):
        return shown(request, report, old.prose, view.prose_number, recalled=old)
    typed, based_on, at = _unsaved(request, actor, report_id)
    if typed is not None:
        return shown(request, report, typed, based_on, restored={"at": at, "behind": based_on != view.prose_number})
    return shown(request, report, None, view.prose_number, together=_together(request, report))


def _together(request: HttpRequest, report: Any) -> dict[str, Any] | None:
    """After saving what was merged: which versions it was made of."""
    base = bounds.number(request.GET.get("merged"), bounds.MOST)
    if base is None or base >= report.prose_number - 1:
        return None
    theirs = working.version(report, report.prose_number - 1).get(report.prose_number - 1)
    return {"base": base, "theirs": theirs, "now": report.prose_number} if theirs else None


def place_of(report_id: int) -> str:
    return f"annual:{report_id}"


def _unsaved(request: HttpRequest, actor: Actor, report_id: int) -> tuple[tuple[str, ...] | None, int, Any]:
    """What was typed and not saved: posted after the session had ended, or kept while it was typed."""
    if (given := held(request)) is not None:
        keep_typed(actor, report_id, {name: given.get(name, "") for name in (*FIELDS, "based_on")})
        return *typed_in(given.dict()), None
    found = catalogue.unsaved(actor, place_of(report_id))
    return (*typed_in(dict(found.data)), found.at) if found else (None, 0, None)


def typed_in(data: dict[str, Any]) -> tuple[tuple[str, ...], int]:
    return tuple(str(data.get(name, "")).replace("\r\n", "\n") for name in FIELDS), bounds.number(str(data.get("based_on", "")), bounds.MOST) or 0


def keep_typed(actor: Actor, report_id: int, data: dict[str, Any]) -> None:
    drafts.keep_unsaved(actor, place_of(report_id), data, at=timezone.now())


def _posted(request: HttpRequest, report_id: int) -> HttpResponse:
    actor = current_actor(request)
    report = working.kept(actor, report_id)
    form = WorkForm(request.POST)
    typed, based_on = typed_in(request.POST.dict())
    do = request.POST.get("do", "")
    if do == "forget":
        drafts.forget_unsaved(actor, place_of(report_id))
        return HttpResponseRedirect(reverse("desk:annual", args=[report_id]))
    keep_typed(actor, report_id, dict(zip(FIELDS, typed, strict=True)) | {"based_on": based_on})
    if changed := _edited(request, typed):
        keep_typed(actor, report_id, dict(zip(FIELDS, changed[0], strict=True)) | {"based_on": based_on})
        return shown(request, report, changed[0], based_on, at=changed[1])
    if do == "check":
        return shown(request, report, typed, based_on, checked=True)
    if not form.is_valid():
        return shown(request, report, typed, based_on, errors=[str(why) for told in form.errors.values() for why in told], status=422)
    return _saved(request, actor, report_id, typed, based_on)


def _saved(request: HttpRequest, actor: Actor, report_id: int, typed: tuple[str, ...], based_on: int) -> HttpResponse:
    """Save where something changed; then what was pressed."""
    report = working.kept(actor, report_id)
    wanted = request.POST.get("explain", "")
    here = reverse("desk:annual", args=[report_id])
    changed = [text.strip() for text in typed] != list(report.prose)
    saved = report
    if changed:
        try:
            saved = reporting.write(actor, report_id, typed, based_on=based_on, at=timezone.now())
        except Invalid as refused:
            return shown(request, report, typed, based_on, errors=list(refused.fields.values()), status=422)
        except Clashing as clash:
            now = working.kept(actor, report_id)
            texts, theirs = tuple(merged.text for merged in clash.sections), working.version(now, clash.number)[clash.number]
            return shown(request, now, texts, clash.number, conflict=annual_merging.conflict(clash.sections, theirs), status=409)
        except NotNow as refused:
            messages.error(request, words(refused) + _("填写的内容已经另存。"))
            return HttpResponseRedirect(here)
    drafts.forget_unsaved(actor, place_of(report_id))
    if wanted:
        return _explained(request, actor, report_id, wanted)
    merged = changed and saved.prose_number > based_on + 1
    messages.success(request, _("已保存，和别人同时改的合在一起。") if merged else _("已保存。") if changed else _("正文没有改动，没有另存一版。"))
    if merged:  # 先看合成了什么，再提交
        return HttpResponseRedirect(f"{here}?merged={based_on}")
    return HttpResponseRedirect(reverse("desk:annual_act", args=[report_id, "submit"]) if request.POST.get("do") == "submit" else here)


def _explained(request: HttpRequest, actor: Actor, report_id: int, fingerprint: str) -> HttpResponse:
    """A written reason for a warning."""
    reason = request.POST.get(f"reason-{fingerprint}", "")
    try:
        reporting.explain(actor, report_id, fingerprint, reason=reason, at=timezone.now())
    except Invalid as refused:
        report = working.kept(actor, report_id)
        return shown(request, report, None, report.prose_number, explaining={"mark": fingerprint, "why": "；".join(refused.fields.values()), "reason": reason}, status=422)
    except Refused as refused:
        if isinstance(refused, NotAllowed):
            raise
        messages.error(request, words(refused))
    else:
        messages.success(request, _("说明已记下。"))
    return HttpResponseRedirect(reverse("desk:annual", args=[report_id]) + "#findings")


def _edited(request: HttpRequest, typed: tuple[str, ...]) -> tuple[tuple[str, ...], int] | None:
    """Without JavaScript: a sentence or a token put at the end of a section, a number made a token, one of two wordings chosen."""
    if "settle" in request.POST and (chosen := annual_merging.settled(request.POST, typed)):
        return _with(typed, *chosen), chosen[0]
    if said := request.POST.get("insert", ""):
        number, _bar, text = said.partition("|")
        if number in tuple("123456"):
            return _with(typed, int(number), typed[int(number) - 1] + text), int(number)
    if said := request.POST.get("replace", ""):
        number, *rest = said.split("|")
        start, end = (bounds.number(each) for each in (*rest, "", "")[:2])
        if number in tuple("123456") and len(rest) == 3 and start is not None and end is not None:
            text = typed[int(number) - 1]
            return _with(typed, int(number), f"{text[:start]}{{{{{rest[2]}}}}}{text[end:]}"), int(number)
    return None


def _with(typed: tuple[str, ...], number: int, text: str) -> tuple[str, ...]:
    return (*typed[: number - 1], text, *typed[number:])


@require_POST
@desk
def live(request: HttpRequest, report_id: int) -> HttpResponse:
    """What stands beside the text, for the text as it is typed."""
    actor, today = current_actor(request), timezone.localdate()
    report = working.kept(actor, report_id, beside=True)
    typed, _based_on = typed_in(request.POST.dict())
    work = working.workspace(actor, report, today, typed)
    return render(request, "desk/annual/live.html", _context(work, today))


@require_POST
@desk
def keep(request: HttpRequest, report_id: int) -> JsonResponse:
    """What is typed and not yet saved, kept while it is typed."""
    actor = current_actor(request)
    working.kept(actor, report_id)
    typed, based_on = typed_in(request.POST.dict())
    keep_typed(actor, report_id, dict(zip(FIELDS, typed, strict=True)) | {"based_on": based_on})
    return JsonResponse({"kept": True})


def _context(work: working.Workspace, today: date) -> dict[str, Any]:
    able, unable = showing.acts(work.head)
    return showing.head(work.head, today) | {
        "writing": work.head.may("write"), "sections": showing.sections(work), "summary": showing.summary(work), "acts": able, "refused": unable,
        "may_comment": annual_comments.may_comment(work), "ledger_changed": len(work.ledger_changed), "figures_address": address("desk:figures", work.head.organ.slug, work.head.year),
    }  # fmt: skip


def shown(
    request: HttpRequest, report: Any, typed: Sequence[str] | None, based_on: int, *, status: int = 200, at: int = 0, restored: dict[str, Any] | None = None,
    recalled: Version | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """The page."""
    actor, today = current_actor(request), timezone.localdate()
    more.setdefault("conflict", annual_merging.carried(request.POST, typed) if typed is not None and request.method == "POST" else None)
    work = working.workspace(actor, report, today, typed)
    context = _context(work, today) | {
        "based_on": based_on, "restored": restored, "recalled": recalled, "at": at, "place": place_of(work.head.id), "me": actor.person, "ticket": ticket(request.user.pk or 0),
        "keeping_words": wording.keeping(), "annual_words": annual_words(), **more,
    }  # fmt: skip
    return page(request, "annual/workspace", context, crumbs(work.head.organ), status)


def annual_words() -> dict[str, str]:
    return {"checking": _("正在核查……"), "failed": _("暂时连不上，右边是上一次核查的结果。"), "checked": _("右边已按现在的文字核查。")}


def crumbs(organ: OrganView, *here: str, view: Head | None = None) -> list[tuple[str, object]]:
    """工作台 › 年度报告 › 某年 › …."""
    listed = [(reverse("desk:home"), _("工作台")), (reverse("desk:annual_reports", args=[organ.slug]), _("年度报告"))]
    found: list[tuple[str, object]] = [*listed]
    if view is not None:
        found.append((reverse("desk:annual", args=[view.id]), _("%(year)s年") % {"year": view.year}))
    return [*found, *(("", each) for each in here)] if here else [*found, ("", _("编制"))]
