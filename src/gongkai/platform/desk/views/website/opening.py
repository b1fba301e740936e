"""What is behind a box of a website's form; the form as it prints, as a file; how it became what it is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.annual.queries.working import Step
from gongkai.platform.annual.states import State
from gongkai.platform.annual.verbs import VERBS
from gongkai.platform.annual.website import layout, paper, queries
from gongkai.platform.annual.website.fields import BY_KEY, label
from gongkai.platform.annual.website.filling import SOURCES
from gongkai.platform.annual.website.queries import SHOWN
from gongkai.platform.annual.website.reading import number
from gongkai.platform.annual.website.states import BY_KEY as ACTS
from gongkai.platform.annual.website.states import STATES
from gongkai.platform.catalogue.choices import CHANNELS, Channel
from gongkai.platform.desk import website_showing as showing
from gongkai.platform.desk.addresses import address
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.roles import LABELS, RoleKind
from gongkai.platform.pages import bounds
from gongkai.platform.pages.paging import Page

_TONES = {"return": "late", "approve": "done", "publish": "done"}


@require_safe
@desk
def known(request: HttpRequest, form_id: int, key: str, which: int) -> HttpResponse:
    """The entries of the ledger, the items or the records that a figure counts."""
    actor, today = current_actor(request), timezone.localdate()
    found = queries.behind(actor, queries.kept(actor, form_id), key, which, today, bounds.page(request))
    field = BY_KEY[key]
    context = showing.head(found.head, today) | {
        "found": found, "label": said(label(key), label(key, english=True)), "unit": field.unit, "value": showing.said_of(field, found.known.value),
        "source": said(*SOURCES[found.known.source]), "page": Page((), len(found.known.ids), found.number, SHOWN), "records": [(each, said(*CHANNELS[Channel(each.channel)])) for each in found.records],
        "figures_address": address("desk:figures", found.head.organ.slug, found.head.year) if found.entries else "",
        "added": queries.added(found.entries) if len(found.known.ids) > 1 and number(found.known.value) is not None else None,
    }  # fmt: skip
    return page(request, "website/known", context, showing.crumbs(found.head.organ, str(context["label"]), view=found.head))


@require_safe
@desk
def preview(request: HttpRequest, form_id: int) -> HttpResponse:
    """The form as its table."""
    actor, today = current_actor(request), timezone.localdate()
    row = queries.kept(actor, form_id)
    found = queries.sheet(actor, row, today)
    data = queries.printed(row, found)
    context = showing.head(found.head, today) | {"here": "preview", "rows": [*layout.rows(data["values"])], "data": data, "endings": [*paper.MEDIA_TYPES], "titles": layout.title(found.head.year)}
    return page(request, "website/preview", context, showing.crumbs(found.head.organ, _("预览"), view=found.head))


@require_safe
@desk
def file(request: HttpRequest, form_id: int, ending: str) -> HttpResponse:
    """The form as a file."""
    if ending not in paper.MEDIA_TYPES:
        raise Http404
    actor = current_actor(request)
    row = queries.kept(actor, form_id)
    data = queries.printed(row, queries.sheet(actor, row, timezone.localdate()))
    answer = HttpResponse(paper.write(data, ending), content_type=paper.MEDIA_TYPES[ending])
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{paper.name(data)}.{ending}") or "attachment"
    return answer


@require_safe
@desk
def versions(request: HttpRequest, form_id: int) -> HttpResponse:
    """What was published, and every step with the boxes that it changed."""
    actor, today = current_actor(request), timezone.localdate()
    row = queries.kept(actor, form_id)
    view = queries.head_of(actor, row, today)
    context = showing.head(view, today) | {"here": "versions", "publications": queries.publications(row), "steps": [_step(each) for each in queries.steps(row)]}
    return page(request, "website/versions", context, showing.crumbs(view.organ, _("经过和版本"), view=view))


def _step(step: Step) -> dict[str, object]:
    more: list[tuple[str, object]] = []
    for key, change in step.facts.get("changed", {}).items():
        if key in BY_KEY:
            old, new = (showing.said_of(BY_KEY[key], each) or _("空白") for each in (change or [None, None]))
            more.append((said(label(key), label(key, english=True)), f"{old} → {new}"))
    if step.facts.get("version"):
        more.append((_("公布"), _("第 %(n)s 版") % {"n": step.facts["version"]}))
    if digest := step.facts.get("digest"):
        more.append((_("校验值"), str(digest)[:16]))
    if step.before and step.before != step.after:
        more.append((_("状态"), said(*STATES[State(step.after)])))
    told = ACTS.get(step.action)
    return {
        "at": step.at, "title": said(told.zh, told.en) if told else str(VERBS[f"annual.website_{step.action}"]), "who": step.by,
        "role": _(LABELS[RoleKind(step.role)][0]) if step.role else "", "reason": step.reason, "tone": _TONES.get(step.action, ""), "struck": False, "more": more,
    }  # fmt: skip
