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

from gongkai.law.editions import SECTIONS
from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotNow, Refused
from gongkai.platform.annual.queries import working
from gongkai.platform.annual.queries.working import Head, Version
from gongkai.platform.catalogue import actions as drafts
from gongkai.platform.catalogue import queries as catalogue
from gongkai.platform.desk import annual_showing as showing
from gongkai.platform.desk import wording
from gongkai.platform.desk.forms.annual.writing import FIELDS, WorkForm
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.navigation import known
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor
from gongkai.report.comparing.prose import difference

NUMBERS = "一二三四五六"


@kept_when_signed_out
@desk
def workspace(request: HttpRequest, report_id: int) -> HttpResponse:
    """The six sections with their tables; for whoever may not write now, as they print."""
    if request.method == "POST":
        return _posted(request, report_id)
    actor = current_actor(request)
    report = working.kept(actor, report_id)
    view = working.head_of(actor, report, timezone.localdate())
    if not view.may("write"):
        return _shown(request, report, None, view.prose_number)
    number = request.GET.get("version", "")
    if number.isascii() and number.isdecimal() and (old := working.version(report, int(number)).get(int(number))):
        return _shown(request, report, old.prose, view.prose_number, recalled=old)
    typed, based_on, at = _unsaved(request, actor, report_id)
    if typed is not None:
        return _shown(request, report, typed, based_on, restored={"at": at, "behind": based_on != view.prose_number})
    return _shown(request, report, None, view.prose_number)


def place_of(report_id: int) -> str:
    return f"annual:{report_id}"


def _unsaved(request: HttpRequest, actor: Actor, report_id: int) -> tuple[tuple[str, ...] | None, int, Any]:
    """What was typed and not saved: posted after the session had ended, or kept while it was typed."""
    if (given := held(request)) is not None:
        _keep(actor, report_id, {name: given.get(name, "") for name in (*FIELDS, "based_on")})
        return *_typed(given.dict()), None
    found = catalogue.unsaved(actor, place_of(report_id))
    return (*_typed(dict(found.data)), found.at) if found else (None, 0, None)


def _typed(data: dict[str, Any]) -> tuple[tuple[str, ...], int]:
    based_on = str(data.get("based_on", ""))
    return tuple(str(data.get(name, "")).replace("\r\n", "\n") for name in FIELDS), int(based_on) if based_on.isascii() and based_on.isdecimal() else 0


def _keep(actor: Actor, report_id: int, data: dict[str, Any]) -> None:
    drafts.keep_unsaved(actor, place_of(report_id), data, at=timezone.now())


def _posted(request: HttpRequest, report_id: int) -> HttpResponse:
    actor = current_actor(request)
    report = working.kept(actor, report_id)
    form = WorkForm(request.POST)
    typed, based_on = _typed(request.POST.dict())
    do = request.POST.get("do", "")
    if do == "forget":
        drafts.forget_unsaved(actor, place_of(report_id))
        return HttpResponseRedirect(reverse("desk:annual", args=[report_id]))
    _keep(actor, report_id, dict(zip(FIELDS, typed, strict=True)) | {"based_on": based_on})
    if changed := _edited(request, typed):
        _keep(actor, report_id, dict(zip(FIELDS, changed[0], strict=True)) | {"based_on": based_on})
        return _shown(request, report, changed[0], based_on, at=changed[1])
    if do == "check":
        return _shown(request, report, typed, based_on, checked=True)
    if not form.is_valid():
        return _shown(request, report, typed, based_on, errors=[str(why) for told in form.errors.values() for why in told], status=422)
    return _saved(request, actor, report_id, typed, based_on)


def _saved(request: HttpRequest, actor: Actor, report_id: int, typed: tuple[str, ...], based_on: int) -> HttpResponse:
    """Save where something changed; then what was pressed."""
    report = working.kept(actor, report_id)
    wanted = request.POST.get("explain", "")
    here = reverse("desk:annual", args=[report_id])
    changed = [text.strip() for text in typed] != list(report.prose)
    if changed:
        try:
            reporting.write(actor, report_id, typed, based_on=based_on, at=timezone.now())
        except Invalid as refused:
            return _shown(request, report, typed, based_on, errors=list(refused.fields.values()), status=422)
        except NotNow as refused:
            now = working.kept(actor, report_id)
            if now.prose_number != based_on:
                return _conflicting(request, now, typed, based_on)
            messages.error(request, words(refused) + _("填写的内容已经另存。"))
            return HttpResponseRedirect(here)
    drafts.forget_unsaved(actor, place_of(report_id))
    if wanted:
        return _explained(request, actor, report_id, wanted)
    messages.success(request, _("已保存。") if changed else _("正文没有改动，没有另存一版。"))
    return HttpResponseRedirect(reverse("desk:annual_act", args=[report_id, "submit"]) if request.POST.get("do") == "submit" else here)


def _explained(request: HttpRequest, actor: Actor, report_id: int, fingerprint: str) -> HttpResponse:
    """A written reason for a warning."""
    reason = request.POST.get(f"reason-{fingerprint}", "")
    try:
        reporting.explain(actor, report_id, fingerprint, reason=reason, at=timezone.now())
    except Invalid as refused:
        report = working.kept(actor, report_id)
        return _shown(request, report, None, report.prose_number, explaining={"mark": fingerprint, "why": "；".join(refused.fields.values()), "reason": reason}, status=422)
    except Refused as refused:
        if isinstance(refused, NotAllowed):
            raise
        messages.error(request, words(refused))
    else:
        messages.success(request, _("说明已记下。"))
    return HttpResponseRedirect(reverse("desk:annual", args=[report_id]) + "#findings")


def _edited(request: HttpRequest, typed: tuple[str, ...]) -> tuple[tuple[str, ...], int] | None:
    """Without JavaScript: a sentence or a token put at the end of a section, or a number made a token."""
    if said := request.POST.get("insert", ""):
        number, _bar, text = said.partition("|")
        if number in tuple("123456"):
            return _with(typed, int(number), typed[int(number) - 1] + text), int(number)
    if said := request.POST.get("replace", ""):
        number, *rest = said.split("|")
        if number in tuple("123456") and len(rest) == 3 and all(each.isdecimal() for each in rest[:2]):
            text, start, end = typed[int(number) - 1], int(rest[0]), int(rest[1])
            return _with(typed, int(number), f"{text[:start]}{{{{{rest[2]}}}}}{text[end:]}"), int(number)
    return None


def _with(typed: tuple[str, ...], number: int, text: str) -> tuple[str, ...]:
    return (*typed[: number - 1], text, *typed[number:])


def _conflicting(request: HttpRequest, report: Any, mine: tuple[str, ...], based_on: int) -> HttpResponse:
    """Somebody saved meanwhile: sections that only one changed are put together, where both did both texts are shown."""
    texts = working.version(report, based_on, report.prose_number)
    theirs = texts[report.prose_number]
    base = texts[based_on].prose if based_on in texts else ("",) * len(SECTIONS)
    merged, rows = list(mine), list[dict[str, Any]]()
    for place, (own, other, first) in enumerate(zip(mine, theirs.prose, base, strict=True)):
        if own.strip() == other.strip():
            continue
        both = own.strip() != first.strip() and other.strip() != first.strip()
        if own.strip() == first.strip():
            merged[place] = other
        rows.append({
            "number": place + 1, "heading": f"{NUMBERS[place]}、{SECTIONS[place]}", "both": both, "taken": "theirs" if own.strip() == first.strip() else "mine",
            "theirs": other, "runs": difference(other, own), "value": f"{place + 1}|\n{other}",
        })  # fmt: skip
    return _shown(request, report, tuple(merged), report.prose_number, conflict={"by": theirs.by, "at": theirs.at, "number": theirs.number, "rows": rows}, status=409)


@require_POST
@desk
def live(request: HttpRequest, report_id: int) -> HttpResponse:
    """What stands beside the text, for the text as it is typed."""
    actor, today = current_actor(request), timezone.localdate()
    report = working.kept(actor, report_id)
    typed, _based_on = _typed(request.POST.dict())
    work = working.workspace(actor, report, today, typed)
    known(request, work.head.organ)
    return render(request, "desk/annual/live.html", _context(work, today))


@require_POST
@desk
def keep(request: HttpRequest, report_id: int) -> JsonResponse:
    """What is typed and not yet saved, kept while it is typed."""
    actor = current_actor(request)
    working.kept(actor, report_id)
    typed, based_on = _typed(request.POST.dict())
    _keep(actor, report_id, dict(zip(FIELDS, typed, strict=True)) | {"based_on": based_on})
    return JsonResponse({"kept": True})


def _context(work: working.Workspace, today: date) -> dict[str, Any]:
    able, unable = showing.acts(work.head)
    return showing.head(work.head, today) | {
        "writing": work.head.may("write"), "sections": showing.sections(work), "summary": showing.summary(work), "acts": able, "refused": unable,
        "ledger_changed": len(work.ledger_changed), "figures_address": showing.address("desk:figures", work.head.organ.slug, work.head.year),
    }  # fmt: skip


def _shown(
    request: HttpRequest, report: Any, typed: Sequence[str] | None, based_on: int, *, status: int = 200, at: int = 0, restored: dict[str, Any] | None = None,
    recalled: Version | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """The page."""
    actor, today = current_actor(request), timezone.localdate()
    work = working.workspace(actor, report, today, typed)
    known(request, work.head.organ)
    context = _context(work, today) | {
        "based_on": based_on, "restored": restored, "recalled": recalled, "at": at, "place": place_of(work.head.id), "ticket": ticket(request.user.pk or 0),
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
