"""What is behind a figure that gongkai counts itself, beside what was entered for it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.annual.actions.entering import shown
from gongkai.platform.annual.queries import publications
from gongkai.platform.catalogue.choices import CHANNELS, KINDS, Channel, Kind
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import bounds
from gongkai.platform.pages.paging import Page

from . import year as showing

_LONGEST = 60


@require_safe
@desk
def counted(request: HttpRequest, slug: str, year: int, place: str) -> HttpResponse:
    """The publications of a month or of the whole year."""
    organ = own_organ(request, slug)
    showing.in_range(year, timezone.localdate())
    month = bounds.number(request.GET.get("month"), most=12) if request.GET.get("month") else 0
    if month is None or len(place) > _LONGEST:
        raise Http404
    found = publications.listed(current_actor(request), organ.id, year, place, month=month, page=bounds.page(request))
    label, when = showing.name(found.indicator, found.channel), _("%(n)s 月") % {"n": month} if month else _("全年")
    context: dict[str, object] = {
        "organ": organ, "year": year, "month": month, "found": found, "label": label, "when": when, "rows": [_row(each) for each in found.rows],
        "entered": (shown(found.figure.value) + ("余" if found.figure.about else "")) if found.figure and not month else "",
        "topic": found.indicator.topic.value, "page": Page((), found.number, found.page, publications.SHOWN),
    }  # fmt: skip
    return page(request, "figures/counted", context, showing.crumbs(organ, year, f"{label} · {when}"))


def _row(each: publications.Row) -> dict[str, object]:
    return {"it": each, "channel": said(*CHANNELS[Channel(each.channel)]), "kind": said(*KINDS[Kind(each.kind)]) if each.kind in set(Kind) else ""}
