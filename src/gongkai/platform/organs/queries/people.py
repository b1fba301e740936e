"""People and roles as the administrator reads them, and as each reads of themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import NotAllowed, NotFound
from gongkai.platform.organs.models import Person, Role
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.pages.paging import Page, span, within

from .seen import PersonView, RoleView, SessionView

PAGE = 50
_FACTOR = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP))
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("Linux", "Linux"))


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """Which people: by words in name or login, organ, role, whether active, whether something is missing."""

    q: str = ""
    organ: int | None = None
    kind: str = ""
    active: str = "yes"  # yes, no, all
    lacking: str = ""  # role, second_factor, password


def people(actor: Actor, wanted: PersonFilter, page: int = 1) -> Page[PersonView]:
    """People as the administrator sees them, with their roles."""
    _administering(actor)
    found = _found(wanted)
    total = found.count()
    number = within(page, total, PAGE)
    rows = found.prefetch_related("roles__organ")[span(number, PAGE)]
    return Page(tuple(_seen(row) for row in rows), total, number, PAGE)


def person(actor: Actor, person_id: int) -> PersonView:
    """One person with roles, second factor and open sessions."""
    _administering(actor)
    row = _with_factor(Person.objects.filter(pk=person_id)).prefetch_related("roles__organ").first()
    if row is None:
        raise NotFound("没有这个人。", "There is no such person.")
    return _seen(row, UserSession.objects.filter(user=row).count())


def own(actor: Actor) -> PersonView:
    """What a person sees of themselves."""
    row = _with_factor(Person.objects.filter(pk=actor.person or 0)).prefetch_related("roles__organ").first()
    if row is None:
        raise NotFound("没有这个人。", "There is no such person.")
    return _seen(row, UserSession.objects.filter(user=row).count())


def own_sessions(actor: Actor, key: str) -> tuple[SessionView, ...]:
    """Where a person is signed in, the present session first."""
    rows = [row for row in UserSession.objects.filter(user_id=actor.person).order_by("-last_seen_at") if not row.purge()]
    seen = [SessionView(row.pk, row.ip, _browser(row.user_agent), row.created_at, row.last_seen_at, row.session_key == key) for row in rows]
    return tuple(sorted(seen, key=lambda each: not each.current))


def holders(organ_id: int, on: date) -> tuple[PersonView, ...]:
    """Who holds a role in an organ on a day."""
    rows = _with_factor(Person.objects.filter(roles__in=Role.objects.filter(_holding(on), organ=organ_id)).distinct().order_by("sort_key"))
    return tuple(_seen(row) for row in rows.prefetch_related("roles__organ"))


def alone(organ_id: int, on: date) -> tuple[str, ...]:
    """Who alone is both editor and approver of an organ: allowed, since nobody signs their own draft, but worth knowing."""
    kinds: dict[RoleKind, dict[int, str]] = {RoleKind.EDITOR: {}, RoleKind.APPROVER: {}}
    held = Role.objects.filter(_holding(on), organ=organ_id, kind__in=[kind.value for kind in kinds], person__is_active=True)
    for kind, person_id, name in held.values_list("kind", "person_id", "person__name"):
        kinds[RoleKind(kind)][person_id] = name
    editors, approvers = kinds[RoleKind.EDITOR], kinds[RoleKind.APPROVER]
    return tuple(approvers.values()) if editors and len(approvers) == 1 and editors.keys() == approvers.keys() else ()


def both(actor: Actor, person_id: int, on: date) -> tuple[str, ...]:
    """The organs in which a person both drafts and signs: allowed, but shown."""
    _administering(actor)
    held: dict[str, set[str]] = {}
    for name, kind in Role.objects.filter(_holding(on), person=person_id, organ__isnull=False).values_list("organ__name", "kind"):
        held.setdefault(name, set()).add(kind)
    return tuple(name for name, kinds in held.items() if {RoleKind.EDITOR.value, RoleKind.APPROVER.value} <= kinds)


def _administering(actor: Actor) -> None:
    if not actor.administers:
        raise NotAllowed("只有系统管理员可以查看人员。", "Only an administrator sees people.")


def _holding(on: date) -> Q:
    return Q(since__lte=on, ended_at__isnull=True) & (Q(until__isnull=True) | Q(until__gte=on))


def _with_factor(found: QuerySet[Person]) -> QuerySet[Person]:
    return found.annotate(factor=_FACTOR)


def _found(wanted: PersonFilter) -> QuerySet[Person]:
    found = _with_factor(Person.objects.order_by("sort_key", "pk"))
    today = timezone.localdate()
    held = Role.objects.filter(_holding(today), person=OuterRef("pk"))
    if wanted.q:
        found = found.filter(Q(name__contains=wanted.q) | Q(login__contains=wanted.q.lower()))
    if wanted.organ is not None:
        found = found.filter(Exists(held.filter(organ=wanted.organ)))
    if wanted.kind:
        found = found.filter(Exists(held.filter(kind=wanted.kind)))
    if wanted.active != "all":
        found = found.filter(is_active=wanted.active != "no")
    match wanted.lacking:
        case "role":
            found = found.filter(~Exists(held))
        case "second_factor":
            found = found.filter(~_FACTOR)
        case "password":
            found = found.filter(Q(password__startswith="!") | Q(must_change_password=True))
    return found


def _seen(row: Person, sessions: int = 0) -> PersonView:
    today = timezone.localdate()
    roles = sorted((_role(role, today) for role in row.roles.all()), key=lambda role: (not role.holds, not role.to_come, role.since), reverse=False)
    return PersonView(
        row.pk, row.login, row.name, row.email, row.phone, row.identity, row.is_active, row.must_change_password, row.has_usable_password(),
        row.last_login, row.created_at, row.version, tuple(roles), bool(getattr(row, "factor", False)), sessions,
    )  # fmt: skip


def _role(role: Role, today: date) -> RoleView:
    return RoleView(
        role.pk, RoleKind(role.kind), role.organ_id, role.organ.name if role.organ else "", role.office, role.since, role.until, role.ended_at,
        role.holds_on(today), role.ended_at is None and role.since > today,
    )  # fmt: skip


def _browser(agent: str) -> str:
    """A browser and its system, in two words."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    version = re.search(r"(?:Edg|OPR|Firefox|Chrome|Version)/(\d+)", agent)
    return " · ".join(part for part in (f"{browser} {version[1] if version else ''}".strip(), system) if part) or "未知的浏览器"


