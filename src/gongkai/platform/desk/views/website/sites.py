"""A website of the organ: entered once, changed when it changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.annual.errors import Conflict, Invalid
from gongkai.platform.annual.states import WRITING
from gongkai.platform.annual.website import actions, queries
from gongkai.platform.annual.website.actions import SiteTold
from gongkai.platform.annual.website.queries import SiteRow
from gongkai.platform.desk.forms.annual.website import SiteForm
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page, words
from gongkai.platform.desk.website_showing import crumbs, site_kinds
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor


@kept_when_signed_out
@desk
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a website."""
    return _kept(request, own_organ(request, slug), None)


@kept_when_signed_out
@desk
def change(request: HttpRequest, slug: str, site_id: int) -> HttpResponse:
    """Change what is entered of one."""
    organ = own_organ(request, slug)
    return _kept(request, organ, queries.site_of(current_actor(request), organ.id, site_id))


def _kept(request: HttpRequest, organ: OrganView, site: SiteRow | None) -> HttpResponse:
    actor = current_actor(request)
    if not actor.kinds(organ.id) & WRITING:
        raise PermissionDenied(_("登记网站需要“政府信息公开工作机构”角色。"))
    form = SiteForm(request.POST if request.method == "POST" else held(request), begun=site is not None, kinds=site_kinds(), initial=_initial(site))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = dict(form.cleaned_data)
            based_on = told.pop("based_on", None)
            try:
                made = actions.keep_site(
                    actor, organ.id, SiteTold(**{"slug": site.slug if site else "", **told}), at=timezone.now(), site_id=site.id if site else None, based_on=based_on
                )
            except Invalid as refused:
                for name, why in refused.fields.items():
                    form.add_error(name if name in form.fields else None, why)
            except Conflict as refused:
                form.add_error(None, words(refused))
                status = 409
            else:
                messages.success(request, _("已登记“%(name)s”。") % {"name": made.name})
                return HttpResponseRedirect(reverse("desk:website_forms", args=[organ.slug]))
    label = _("更改网站登记") if site else _("登记网站")
    context: dict[str, object] = {"organ": organ, "form": form, "site": site, "label": label, "ticket": ticket(request.user.pk or 0)}
    return page(request, "website/site", context, crumbs(organ, label), status)


def _initial(site: SiteRow | None) -> dict[str, Any]:
    if site is None:
        return {}
    told = {name: getattr(site, name) for name in ("name", "address", "kind", "code", "icp", "police", "main", "closed_on")}
    return told | {"based_on": site.version}
