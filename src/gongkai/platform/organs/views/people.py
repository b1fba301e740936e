"""People: the list, one person, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.platform.journal.queries import entries_of
from gongkai.platform.organs import actions, queries
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import Conflict, Refused
from gongkai.platform.organs.forms import EndRoleForm, PeopleFilterForm, PersonForm, ReasonForm, RoleForm, again, blame
from gongkai.platform.organs.queries import PersonFilter, PersonView
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.telling import changed
from gongkai.platform.pages import bounds

from .door import Crumbs, administrators, page

_ALL = (("/desk/admin/people/", gettext_lazy("人员")),)


def _crumbs(it: PersonView) -> Crumbs:
    return (*_ALL, (reverse("organs:person", args=[it.id]), it.name))


@require_safe
@administrators
def people(request: HttpRequest) -> HttpResponse:
    """人员."""
    form = PeopleFilterForm(request.GET or {"active": "yes"}, organs=queries.organs(active=None))
    told = {key: value for key, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = queries.people(current_actor(request), PersonFilter(**told), bounds.page(request))
    narrowed = any(value for key, value in told.items() if (key, value) != ("active", "yes"))
    return page(request, "people", _("人员"), form=form, page=found, narrowed=narrowed)


@require_safe
@administrators
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person with their roles."""
    actor = current_actor(request)
    it = queries.person(actor, person_id)
    history = [(entry, list(changed(entry.changes))) for entry in entries_of(f"organs.person:{it.id}")[:-21:-1]]
    return page(request, "person", it.name, _ALL, person=it, both=queries.both(actor, it.id, timezone.localdate()), history=history, mine=it.id == actor.person)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def new(request: HttpRequest) -> HttpResponse:
    """登记人员."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actor, at = current_actor(request), timezone.now()
            made = actions.create_person(actor, form.facts(), at=at)
            if form.cleaned_data["with_password"]:
                return _password(request, queries.person(actor, made.pk), actions.issue_password(actor, made.pk, at=at))
            messages.success(request, _("已登记“%(name)s”。请授予角色。") % {"name": made.name})
            return HttpResponseRedirect(reverse("organs:person", args=[made.pk]))
        except Refused as refused:
            blame(form, refused)
    return page(request, "form", _("登记人员"), _ALL, form=form, submit=_("登记"), back=reverse("organs:people"))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def change(request: HttpRequest, person_id: int) -> HttpResponse:
    """修改人员."""
    actor = current_actor(request)
    it = queries.person(actor, person_id)
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm.of(it)
    del form.fields["with_password"]
    return _done(request, it, form, lambda: actions.change_person(actor, it.id, form.facts(), at=timezone.now(), based_on=form.cleaned_data["based_on"]), _("修改人员"))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def grant(request: HttpRequest, person_id: int) -> HttpResponse:
    """授予角色."""
    actor = current_actor(request)
    it, every = queries.person(actor, person_id), queries.organs()
    form = RoleForm(request.POST, organs=every) if request.method == "POST" else RoleForm(organs=every, initial={"since": timezone.localdate()})

    def act() -> object:
        told = form.cleaned_data
        return actions.grant_role(actor, it.id, form.role_kind(), told["organ"], since=told["since"], until=told["until"], office=told["office"], at=timezone.now())

    warning = _("系统管理员不得同时担任其他角色；任何人不能审查、签发自己起草的内容。")
    return _done(request, it, form, act, _("授予角色"), warning=warning)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def end_role(request: HttpRequest, person_id: int, role_id: int) -> HttpResponse:
    """结束任职."""
    actor = current_actor(request)
    it = queries.person(actor, person_id)
    role = next((each for each in it.roles if each.id == role_id), None)
    if role is None:
        raise Http404
    form = EndRoleForm(request.POST or None)
    warning = " · ".join(part for part in (role.kind.label, role.organ_name or _("平台"), role.office) if part)
    return _done(request, it, form, lambda: actions.end_role(actor, role.id, reason=form.cleaned_data["reason"], on=form.cleaned_data["on"], at=timezone.now()), _("结束任职"), warning=warning, danger=True)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def act(request: HttpRequest, person_id: int, verb: str) -> HttpResponse:
    """What needs nothing but a reason: deactivate, reactivate, reset the second factor, end sessions."""
    if verb not in _VERBS:
        raise Http404
    actor = current_actor(request)
    it = queries.person(actor, person_id)
    title, warning, run = _VERBS[verb]
    form = ReasonForm(request.POST or None)
    return _done(request, it, form, lambda: run(actor, it.id, form.cleaned_data["reason"]), str(title), warning=warning, danger=verb != "reactivate")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def password(request: HttpRequest, person_id: int) -> HttpResponse:
    """发放首次密码: shown once."""
    actor = current_actor(request)
    it = queries.person(actor, person_id)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        try:
            return _password(request, it, actions.issue_password(actor, it.id, at=timezone.now()))
        except Refused as refused:
            form.full_clean()
            blame(form, refused)
    warning = _("原来的密码随即作废，此人的所有会话随即结束。新密码只显示一次，请当面交给本人；首次登录时必须更换。")
    return page(request, "form", _("发放首次密码"), _crumbs(it), form=form, submit=_("发放"), warning=warning, back=reverse("organs:person", args=[it.id]))


def _password(request: HttpRequest, it: PersonView, made: str) -> HttpResponse:
    return page(request, "password", _("首次密码"), _crumbs(it), person=it, password=made)


def _done(request: HttpRequest, it: PersonView, form: forms.Form, run: Callable[[], object], title: str, **context: object) -> HttpResponse:
    """A form about a person: shown, tried, and shown again with the reason where it was refused."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            run()
            messages.success(request, _("已办理：%(what)s。") % {"what": title})
            return HttpResponseRedirect(reverse("organs:person", args=[it.id]))
        except Conflict as conflict:
            context["saved"], status = again(form, conflict, PersonForm.of(it), it.version), 409
        except Refused as refused:
            blame(form, refused)
    back = reverse("organs:person", args=[it.id])
    return page(request, "form", title, _crumbs(it), status, form=form, submit=title, back=back, **context)


_VERBS: dict[str, tuple[Promise, Promise, Callable[[Actor, int, str], object]]] = {
    "deactivate": (gettext_lazy("停用人员"), gettext_lazy("停用后此人不能登录，正在登录的会话随即结束。记录和经办的事项都保留，以后可以恢复。"), lambda by, pk, why: actions.deactivate_person(by, pk, reason=why, at=timezone.now())),
    "reactivate": (gettext_lazy("恢复人员"), gettext_lazy("恢复后此人可以登录，未到期的角色随之恢复。"), lambda by, pk, why: actions.reactivate_person(by, pk, reason=why, at=timezone.now())),
    "second": (gettext_lazy("重置两步验证"), gettext_lazy("请先当面核实身份。重置后此人只凭密码就能登录，直到重新启用。"), lambda by, pk, why: actions.reset_second_factor(by, pk, reason=why, at=timezone.now())),
    "sessions": (gettext_lazy("结束所有会话"), gettext_lazy("此人在各处的登录随即结束，没有保存的内容可能丢失。"), lambda by, pk, why: actions.end_sessions(by, pk, reason=why, at=timezone.now())),
}  # fmt: skip
