"""What stands in the navigation of the desk, for whoever is signed in. A context processor: asked only where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from gongkai.platform.annual import states as annual
from gongkai.platform.annual.website import states as website
from gongkai.platform.cases import states as cases
from gongkai.platform.desk.addresses import address
from gongkai.platform.journal.marks import is_demonstration
from gongkai.platform.organs import queries as organs
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.requests import current_actor, current_organs
from gongkai.platform.organs.roles import RoleKind

_EDITING = frozenset({RoleKind.EDITOR, RoleKind.DISCLOSURE_OFFICE})
_READING = _EDITING | {RoleKind.REVIEWER, RoleKind.SECRECY_REVIEWER, RoleKind.APPROVER}


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    address: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    entries: tuple[Entry, ...]


def navigation(request: HttpRequest) -> dict[str, object]:
    """`navigation` for pages/desk.html, `whoami`: the posts that are held today, and whether all this is a demonstration."""
    return {
        "navigation": SimpleLazyObject(_once(request, _sections)),
        "whoami": SimpleLazyObject(_once(request, _posts)),
        "demonstration": is_demonstration(),
    }


def _once(request: HttpRequest, make: Callable[[HttpRequest], object]) -> Callable[[], object]:
    return lambda: make(request)


def mine(request: HttpRequest) -> tuple[organs.OrganView, ...]:
    """The organs of whoever is signed in, as they were read with the roles held there."""
    return current_organs(request)


def own_organ(request: HttpRequest, slug: str) -> organs.OrganView:
    """The organ of the address, where the person signed in holds a role over content; 404 for everybody else."""
    found = next((organ for organ in mine(request) if organ.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _sections(request: HttpRequest) -> list[Section]:
    actor = current_actor(request)
    if actor.person is None:
        return []
    here = request.path
    found = [Section("", (_entry(_("工作台"), address("desk:home"), here, exact=True),))]
    found += [section for organ in mine(request) if (section := _organ(organ, actor, here)).entries]
    if any(post.kind in (RoleKind.SUPERVISOR, RoleKind.DISCLOSURE_OFFICE) for post in actor.posts):
        below, asked = address("desk:supervision"), address("desk:requests_supervision")
        found.append(Section(_("监督"), (_entry(_("本地区、本系统"), below, here, exact=True), _entry(_("下级依申请公开"), asked, here))))
    if actor.administers and (entries := _administration(here)):
        found.append(Section(_("系统管理"), entries))
    return found


def _organ(organ: organs.OrganView, actor: Actor, here: str) -> Section:
    kinds = actor.kinds(organ.id)
    entries: list[Entry] = []
    if kinds & _READING:
        items = address("desk:items", organ.slug)
        others = [address(f"desk:{name}", organ.slug) for name in ("new", "import", "warnings")]
        entries.append(Entry(_("信息目录"), items, here.startswith(items) and here not in others))
        entries.append(_entry(_("期限预警"), others[2], here))
        if kinds & _EDITING:
            entries += [_entry(_("起草信息"), others[0], here), _entry(_("批量导入"), others[1], here)]
        entries.append(_entry(_("检查词表"), address("desk:words", organ.slug), here))
    entries += _cases(organ.slug, kinds, here)
    entries += _annual(organ.slug, kinds, here)
    if RoleKind.DISCLOSURE_OFFICE in kinds:
        entries += [
            _entry(_("公开指南"), address("organs:guide", organ.slug), here),
            _entry(_("操作日志"), address("organs:organ_journal", organ.slug), here),
        ]
    return Section(organ.short_name or organ.name, tuple(entries))


def _cases(slug: str, kinds: frozenset[RoleKind], here: str) -> list[Entry]:
    """依申请公开, for those who may know of the organ's requests; their own searches for those who are asked."""
    entries: list[Entry] = []
    if kinds & cases.READING:
        listed = address("desk:requests", slug)
        others = {name: address(f"desk:{name}", slug) for name in ("request_register", "requests_overdue", "letter_templates", "request_statistics")}
        one = here.startswith(address("desk:home") + "requests/")
        entries.append(Entry(_("依申请公开"), listed, one or (here.startswith(listed) and not any(here.startswith(other) for other in others.values()))))
        if kinds & cases.HANDLING:
            entries.append(_entry(_("登记申请"), others["request_register"], here))
        entries.append(_entry(_("答复期限"), others["requests_overdue"], here))
        remedies = address("desk:remedies", slug)
        entries.append(Entry(_("复议、诉讼、投诉"), remedies, here.startswith((remedies, address("desk:home") + "remedies/"))))
        entries.append(_entry(_("文书文本"), others["letter_templates"], here))
        entries.append(_entry(_("申请统计"), others["request_statistics"], here))
    if kinds & (cases.HANDLING | {RoleKind.EDITOR}):
        entries.append(_entry(_("我的检索"), address("desk:tasks"), here))
    return entries


def _annual(slug: str, kinds: frozenset[RoleKind], here: str) -> list[Entry]:
    """年度报告, for those who write it, read it or answer for it; 数据台账, for those who enter its figures."""
    entries = []
    if kinds & annual.READING:
        listed = address("desk:annual_reports", slug)
        below = (address("desk:annual_boards", slug), address("desk:home") + "annual/received/")
        entries.append(Entry(_("年度报告"), listed, not here.startswith(below) and here.startswith((listed, address("desk:home") + "annual/"))))
        if RoleKind.SUPERVISOR in kinds:
            entries.append(Entry(_("下级年度报告"), below[0], here.startswith(below)))
    if kinds & website.READING:
        forms = address("desk:website_forms", slug)
        entries.append(Entry(_("网站年度报表"), forms, here.startswith((forms, address("desk:home") + "website/"))))
    if kinds & annual.ENTERING:
        entries.append(_entry(_("数据台账"), address("desk:figures_now", slug), here))
    return entries


def _administration(here: str) -> tuple[Entry, ...]:
    """The pages of organs and people, where they are installed."""
    entries = []
    for label, name in ((_("机关"), "organs:organs"), (_("人员"), "organs:people"), (_("工作日历"), "organs:holidays"), (_("操作日志"), "organs:journal"), (_("后台任务"), "desk:work")):
        try:
            entries.append(_entry(label, address(name), here))
        except NoReverseMatch:
            continue
    return tuple(entries)


def _entry(label: str, at: str, here: str, exact: bool = False) -> Entry:
    return Entry(label, at, here == at if exact else here.startswith(at))


def _posts(request: HttpRequest) -> dict[str, list[str]]:
    """Where one is what: 县政府办 · 审核员."""
    actor = current_actor(request)
    names = {organ.id: organ.short_name or organ.name for organ in mine(request)}
    said = []
    for post in actor.posts:
        where = names.get(post.organ, "") if post.organ else ""
        said.append(" · ".join(part for part in (where, _(post.kind.label), post.office) if part))
    return {"posts": said}
