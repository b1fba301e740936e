"""The websites of an organ and their forms: which there are, when they are due, and beginning one."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.annual.errors import Invalid, NotNow
from gongkai.platform.annual.website import actions, queries
from gongkai.platform.annual.website.queries import FormList, FormRow
from gongkai.platform.annual.website.states import STATES
from gongkai.platform.desk import annual_showing
from gongkai.platform.desk.forms.annual.website import BeginForm
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page, words
from gongkai.platform.desk.website_showing import TONES
from gongkai.platform.organs.requests import current_actor


@desk
def forms(request: HttpRequest, slug: str) -> HttpResponse:
    """The list; begun from the same page."""
    organ, actor, today = own_organ(request, slug), current_actor(request), timezone.localdate()
    found = queries.forms_of(actor, organ, today)
    choices = [(f"{site.id}:{year}", _("%(site)s %(year)s年") % {"site": site.name, "year": year}) for site, year in found.open]
    form = BeginForm(request.POST if request.method == "POST" else None, choices=choices, initial={"which": _first(found, today)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            site, year = (int(part) for part in form.cleaned_data["which"].split(":"))
            try:
                made = actions.begin(actor, organ.id, site, year, at=timezone.now())
            except Invalid as refused:
                for why in refused.fields.values():
                    form.add_error("which", why)
            except NotNow as refused:
                form.add_error("which", words(refused))
                status = 409
            else:
                messages.success(request, _("已开始填报，平台知道的已经填上，每个数都能点开。"))
                return HttpResponseRedirect(reverse("desk:website_form", args=[made.pk]))
    context: dict[str, object] = {
        "organ": organ, "rows": [_row(row, today) for row in found.rows], "sites": found.sites, "form": form, "may_begin": found.may_begin and bool(choices),
        "may_keep": found.may_begin, "lacking": found.lacking if today.month <= 6 else (), "due": annual_showing.due(found.due, None, today), "year": today.year - 1,
    }  # fmt: skip
    return page(request, "website/list", context, [(reverse("desk:home"), _("工作台")), ("", _("网站年度报表"))], status)


def _first(found: FormList, today: date) -> str | None:
    """Last year's, where one is lacking."""
    return next((f"{site.id}:{year}" for site, year in found.open if year < today.year), None)


def _row(row: FormRow, today: date) -> dict[str, object]:
    return {
        "it": row, "address": reverse("desk:website_form", args=[row.id]), "state": said(*STATES[row.state]), "tone": TONES[row.state.value],
        "due": annual_showing.due(row.due, row.published_on, today),
    }  # fmt: skip
