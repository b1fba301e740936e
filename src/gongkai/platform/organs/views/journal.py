"""操作日志: an organ's chain for its disclosure office, the platform's own for the administrator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.documents import tables
from gongkai.platform.journal import heads
from gongkai.platform.journal.queries import Sought, Told
from gongkai.platform.organs import queries
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import NotAllowed
from gongkai.platform.organs.forms import JournalForm
from gongkai.platform.organs.queries import journal
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.telling import changed, role_called, subject
from gongkai.platform.pages import bounds

from .door import administrators, members, page


@require_safe
@administrators
def platform(request: HttpRequest) -> HttpResponse:
    """平台的操作日志: the platform's own chain, and the administration of every organ; never content."""
    return _journal(request, None, _("操作日志"), ())


@require_safe
@members
def organ(request: HttpRequest, slug: str) -> HttpResponse:
    """一个机关的操作日志."""
    it = queries.organ(slug)
    return _journal(request, it.id, _("操作日志"), (("", it.short_name),))


@require_safe
@administrators
def platform_export(request: HttpRequest) -> HttpResponse:
    return _export(request, None, "gongkai-journal.csv")


@require_safe
@members
def organ_export(request: HttpRequest, slug: str) -> HttpResponse:
    it = queries.organ(slug)
    return _export(request, it.id, f"gongkai-journal-{it.slug}.csv")


@require_safe
@administrators
def all_heads(request: HttpRequest) -> HttpResponse:
    """The ends of all chains as a short text, to be printed or kept elsewhere."""
    now = timezone.localtime()
    answer = HttpResponse(heads.written(journal.all_heads(current_actor(request)), now), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="gongkai-heads-{now:%Y%m%d-%H%M}.txt"'
    return answer


def _journal(request: HttpRequest, organ_id: int | None, title: str, crumbs: tuple[tuple[str, str], ...]) -> HttpResponse:
    actor = current_actor(request)
    form, sought = _sought(request, actor, organ_id)
    found = journal.entries(actor, sought, bounds.page(request))
    names = journal.named(found)
    rows = [(entry, role_called(entry.role), names.get(f"organs.organ:{entry.chain}", ""), subject(entry.subject, names), list(changed(entry.changes))) for entry in found.rows]
    context: dict[str, Any] = {"form": form, "page": found, "rows": rows, "head": journal.head(actor, organ_id), "organs_told": organ_id is None}
    if request.GET.get("prove") == "1":
        try:
            context["proof"] = journal.prove(actor, organ_id)
        except NotAllowed as refused:
            context["too_long"] = refused.zh
    return page(request, "journal", title, crumbs, **context)


def _sought(request: HttpRequest, actor: Actor, organ_id: int | None) -> tuple[JournalForm, Sought]:
    form = JournalForm(request.GET or None, verbs=journal.verbs(actor, organ_id))
    told = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return form, Sought(organ_id, told.get("name", ""), told.get("verb", ""), told.get("since"), told.get("until"))


def _export(request: HttpRequest, organ_id: int | None, name: str) -> HttpResponse:
    actor = current_actor(request)
    _form, sought = _sought(request, actor, organ_id)
    entries = journal.every_entry(actor, sought)
    answer = StreamingHttpResponse(_lines(entries), content_type=tables.MEDIA_TYPES["csv"])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return cast(HttpResponse, answer)


def _lines(entries: Iterator[Told]) -> Iterator[str]:
    """With a mark at the start for spreadsheets; no cell begins a formula."""
    yield tables.MARK + tables.line((_("链"), _("序号"), _("时间"), _("人员"), _("角色"), _("操作"), _("对象"), _("变更"), _("理由"), _("摘要")))
    for entry in entries:
        at = timezone.localtime(entry.at).isoformat(sep=" ", timespec="seconds")
        changes = "；".join(f"{field}：{told}" for field, told in changed(entry.changes))
        yield tables.line((entry.chain, entry.number, at, entry.name, role_called(entry.role), entry.said, entry.subject, changes, entry.reason, entry.digest))
