"""Organs: the trees, one organ, and the forms that change it."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.platform.journal.queries import entries_of
from gongkai.platform.organs import actions, dated, queries
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import Conflict, Refused
from gongkai.platform.organs.facts import GUIDE_FIELDS, GUIDE_NEEDED
from gongkai.platform.organs.forms import CloseForm, GuideForm, OrganForm, ReasonForm, SettingsForm, again, blame
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.telling import changed

from .door import Crumbs, administrators, members, page

_ALL = (("/desk/admin/organs/", gettext_lazy("机关")),)


def _crumbs(it: OrganView) -> Crumbs:
    return (*_ALL, (reverse("organs:organ", args=[it.slug]), it.short_name))


@require_safe
@administrators
def organs(request: HttpRequest) -> HttpResponse:
    """机关: by area or by system, indented; or those that fit some words."""
    tree = "system" if request.GET.get("tree") == "system" else "area"
    words, closed = request.GET.get("q", "").strip(), request.GET.get("closed") == "1"
    every = queries.organs(active=None if closed else True)
    found = [it for it in every if words.lower() in f"{it.name} {it.short_name} {it.slug} {it.code} {it.credit_code}".lower()] if words else _in_tree(every, tree)
    today = timezone.localdate()
    rows = [(it, 0 if words else _depth(it, tree), queries.guide_state(it, today)) for it in found]
    return page(request, "organs", _("机关"), rows=rows, tree=tree, words=words, closed=closed, total=len(every))


@require_safe
@administrators
def organ(request: HttpRequest, slug: str) -> HttpResponse:
    """One organ: what is told of it, its settings, who holds which role, what was done."""
    it, today = queries.organ(slug), timezone.localdate()
    names = {each.id: each for each in queries.organs(active=None, ids=[pk for pk in (it.area_parent, it.system_parent, it.successor, it.supervisor) if pk])}
    kept = [(setting, dated.value_on(it.settings, setting.key, today), [row for row in dated.read(it.settings) if row.key == setting.key and row.since > today]) for setting in dated.SETTINGS]
    return page(
        request, "organ", it.name, _ALL, organ=it, parents=names, area=names.get(it.area_parent or 0), system=names.get(it.system_parent or 0),
        supervisor=names.get(it.supervisor or 0), successor=names.get(it.successor or 0), kept=kept, guide=_guide_rows(it), guide_state=queries.guide_state(it, today),
        holders=[(who, [role for role in who.held if role.organ == it.id]) for who in queries.holders(it.id, today)], alone=queries.alone(it.id, today),
        history=[(entry, list(changed(entry.changes))) for entry in entries_of(f"organs.organ:{it.id}")[:-21:-1]],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def new(request: HttpRequest) -> HttpResponse:
    """登记机关."""
    every = queries.organs()
    form = OrganForm(request.POST, organs=every) if request.method == "POST" else OrganForm(organs=every)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_organ(current_actor(request), form.facts(), at=timezone.now())
            messages.success(request, _("已登记“%(name)s”。") % {"name": made.name})
            return HttpResponseRedirect(reverse("organs:organ", args=[made.slug]))
        except Refused as refused:
            blame(form, refused)
    return page(request, "form", _("登记机关"), _ALL, form=form, submit=_("登记"), back=reverse("organs:organs"))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """修改机关."""
    it, every = queries.organ(slug), queries.organs()
    form = OrganForm(request.POST, organs=every, own=it) if request.method == "POST" else OrganForm.of(it, organs=every)

    def act(actor: Actor) -> str:
        changed = actions.change_organ(actor, it.id, form.facts(), at=timezone.now(), based_on=form.cleaned_data["based_on"])
        return changed.slug

    return _changed(request, it, form, act, _("修改机关"))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """机关设置."""
    it = queries.organ(slug)
    form = SettingsForm(request.POST) if request.method == "POST" else SettingsForm.of(it, timezone.localdate())

    def act(actor: Actor) -> str:
        told = form.cleaned_data
        actions.change_settings(actor, it.id, form.values(), since=told["since"], reason=told["reason"], at=timezone.now(), based_on=told["based_on"])
        return it.slug

    return _changed(request, it, form, act, _("机关设置"))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """停用机关."""
    it = queries.organ(slug)
    others = [each for each in queries.organs() if each.id != it.id]
    form = CloseForm(request.POST, organs=others) if request.method == "POST" else CloseForm(organs=others)

    def act(actor: Actor) -> str:
        told = form.cleaned_data
        actions.close_organ(actor, it.id, reason=told["reason"], on=told["on"], successor=told["successor"], at=timezone.now())
        return it.slug

    warning = _("停用后，本机关的所有任职随即结束，不能再起草和发布；已公开的信息仍可查阅。机关不会被删除，以后可以恢复。")
    return _changed(request, it, form, act, _("停用机关"), warning=warning, danger=True)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """恢复机关."""
    it = queries.organ(slug)
    form = ReasonForm(request.POST or None)

    def act(actor: Actor) -> str:
        actions.reopen_organ(actor, it.id, reason=form.cleaned_data["reason"], at=timezone.now())
        return it.slug

    return _changed(request, it, form, act, _("恢复机关"), warning=_("恢复后，各人的角色须重新授予。"))


@require_http_methods(["GET", "HEAD", "POST"])
@members
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """公开指南: kept by the organ's disclosure office; the administrator may enter it too (第十二条)."""
    it, actor = queries.organ(slug), current_actor(request)
    queries.may_keep_guide(actor, it.id)
    form = GuideForm(request.POST) if request.method == "POST" else GuideForm.of(it)
    here = reverse("organs:guide", args=[it.slug])

    def act(by: Actor) -> str:
        actions.change_guide(by, it.id, form.guide(), at=timezone.now(), based_on=form.cleaned_data["based_on"])
        return it.slug

    return _changed(request, it, form, act, _("公开指南"), template="guide", onward=here, organ=it, guide_state=queries.guide_state(it, timezone.localdate()))


@require_POST
@members
def guide_checked(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide was looked at and still holds."""
    it = queries.organ(slug)
    actions.confirm_guide(current_actor(request), it.id, at=timezone.now())
    messages.success(request, _("已记下：今天核对过，内容仍然正确。"))
    return HttpResponseRedirect(reverse("organs:guide", args=[it.slug]))


def _changed(
    request: HttpRequest, it: OrganView, form: forms.Form, act: Callable[[Actor], str], title: str, template: str = "form", onward: str = "", **context: object
) -> HttpResponse:
    """A form that changes an organ: shown, tried, and shown again with the reason where it was refused."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            slug = act(current_actor(request))
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(onward or reverse("organs:organ", args=[slug]))
        except Conflict as conflict:
            context["saved"] = again(form, conflict, _stored(form, it), it.version)
            status = 409
        except Refused as refused:
            blame(form, refused)
    administers = current_actor(request).administers
    back = reverse("organs:organ", args=[it.slug]) if administers else "/desk/"
    context |= {"form": form, "back": back, "submit": title if context.get("danger") else _("保存")}
    return page(request, template, title, _crumbs(it) if administers else (("", it.short_name),), status, **context)


def _stored(form: forms.Form, it: OrganView) -> forms.Form:
    """The same form with what is stored now."""
    if isinstance(form, SettingsForm):
        return SettingsForm.of(it, timezone.localdate())
    return OrganForm.of(it, organs=()) if isinstance(form, OrganForm) else GuideForm.of(it)


def _in_tree(every: tuple[OrganView, ...], tree: str) -> list[OrganView]:
    """Children under their parents, in their order."""
    parent, ids = f"{tree}_parent", {it.id for it in every}
    below: dict[int | None, list[OrganView]] = {}
    for it in every:
        above = getattr(it, parent)
        below.setdefault(above if above in ids else None, []).append(it)
    found: list[OrganView] = []
    left = list(reversed(below.get(None, [])))
    while left:
        found.append(it := left.pop())
        left += reversed(below.get(it.id, []))
    return found


def _depth(it: OrganView, tree: str) -> int:
    return min(str(getattr(it, f"{tree}_path")).count("/") - 2, 6)


def _guide_rows(it: OrganView) -> list[tuple[str, str, bool]]:
    form = GuideForm()
    return [(str(form.fields[field].label), getattr(it.guide, field), field in GUIDE_NEEDED) for field in GUIDE_FIELDS]
