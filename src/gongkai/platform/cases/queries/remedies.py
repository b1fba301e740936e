"""Remedies as the desk sees them: the list, one of them whole, which body would be competent, and what stays open to an applicant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongkai.law import proceedings, replies
from gongkai.platform.cases import clocks, keeping, remedying, sealing
from gongkai.platform.cases.claims import TEXT, Claim
from gongkai.platform.cases.errors import Invalid, NotFound
from gongkai.platform.cases.models import Remedy, RemedyEvent, Request
from gongkai.platform.cases.remedying import Kind, RemedyStanding
from gongkai.platform.cases.states import HANDLING, READING
from gongkai.platform.cases.values import masked_name
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from gongkai.platform.pages.paging import Page, span, within

from .reading import warned_until
from .redress import Remaining, Suggestion, bodies, open_terms, open_until, remaining

__all__ = ["Filters", "Listed", "Remaining", "RemedyView", "Row", "Suggestion", "Told", "bodies", "document", "due", "numbered", "open_terms", "open_until", "opening", "remaining", "remedies", "remedy"]
PAGE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One remedy in the list: no more of a person than a list may show."""

    id: int
    number: str
    kind: str
    body: str
    who: str
    request_id: int | None
    request_number: str
    filed_on: date
    next_on: date | None
    ended_on: date | None
    judgment: str
    result: str
    late: bool
    soon: bool
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, and how many there are of each sort."""

    page: Page[Row]
    pending: int
    late: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to."""

    kind: str = ""
    result: str = ""
    late: bool = False
    words: str = ""  # 编号、机关名称
    year: int | None = None


def remedies(actor: Actor, organ_id: int, today: date, filters: Filters | None = None, page: int = 1) -> Listed:
    """The remedies of an organ: those with a term of ours first, by the day; then the newest. Four statements."""
    if not actor.kinds(organ_id) & READING:
        raise NotFound
    whole = Remedy.objects.filter(organ_id=organ_id)
    found = _narrowed(whole, filters or Filters(), today)
    total = found.count()
    number = within(page, total, PAGE)
    rows = found.select_related("organ", "request").order_by(_open_first(), "next_on", "-filed_on", "-pk")[span(number, PAGE)]
    late = whole.filter(next_on__lt=today).count()
    return Listed(Page(tuple(_row(each, today) for each in rows), total, number, PAGE), whole.filter(ended_on=None).count(), late)


def _open_first() -> Any:
    from django.db.models import Case, Value, When

    return Case(When(next_on__isnull=False, then=Value(0)), When(ended_on__isnull=True, then=Value(1)), default=Value(2))


def _narrowed(whole: QuerySet[Remedy], filters: Filters, today: date) -> QuerySet[Remedy]:
    wanted = Q()
    if filters.kind:
        wanted &= Q(kind=filters.kind)
    if filters.result:
        wanted &= Q(result=filters.result)
    if filters.late:
        wanted &= Q(next_on__lt=today)
    if filters.words.strip():
        words = filters.words.strip()
        wanted &= Q(number__icontains=words) | Q(body__icontains=words) | Q(request__number__icontains=words)
    if filters.year:
        wanted &= Q(filed_on__year=filters.year)
    return whole.filter(wanted)


def due(actor: Actor, today: date, until: date) -> tuple[Row, ...]:
    """What the actor's organs must do in remedies by a day, the late first: for the desk's home."""
    organs = [organ for organ in actor.organs() if actor.kinds(organ) & HANDLING]
    if not organs:
        return ()
    rows = Remedy.objects.filter(organ_id__in=organs, next_on__lte=until).select_related("organ", "request").order_by("next_on", "pk")[:50]
    return tuple(_row(each, today) for each in rows)


def _row(it: Remedy, today: date) -> Row:
    late = it.next_on is not None and it.next_on < today
    days = clocks.days_of(it.organ)
    left = None if it.next_on is None else days.count(today, it.next_on) if not late else -days.count(it.next_on, today)
    return Row(
        it.pk, it.number, it.kind, it.body, masked_name(Claim.opened(it.sealed).claimant), it.request_id, it.request.number if it.request else "",
        it.filed_on, it.next_on, it.ended_on, it.judgment, it.result, late, it.next_on is not None and today <= it.next_on <= warned_until(it.organ, today), left,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """One event on a remedy's timeline, as it reads."""

    number: int
    kind: str
    on: date
    facts: Mapping[str, Any]
    text: str
    file: int | None
    file_name: str
    person: str
    role: str
    at: datetime
    struck: bool = False  # 已更正或者撤销
    rectified_by: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class RemedyView:
    """Everything on a remedy's page."""

    id: int
    number: str
    organ_id: int
    organ: str
    organ_slug: str
    kind: str
    body: str
    claim: Claim
    claimant_kind: str
    request_id: int | None
    request_number: str
    after: tuple[int, str] | None
    followed_by: tuple[tuple[int, str], ...]
    standing: RemedyStanding
    events: tuple[Told, ...]  # 新的在前
    events_taken: int
    can_record: bool
    acts: tuple[str, ...]  # 现在可以登记的事项
    hints: tuple[tuple[str, str], ...] = field(default=())
    registered_at: datetime | None = None
    late: frozenset[str] = frozenset()  # 已逾期的期限
    provisional: frozenset[str] = frozenset()  # 暂定的期限：所在年份尚无放假通知


def remedy(actor: Actor, remedy_id: int, today: date) -> RemedyView:
    """One remedy whole, for the roles that read the organ's requests. Five statements."""
    found = Remedy.objects.select_related("organ", "request", "after").filter(pk=remedy_id).first()
    if found is None or not actor.kinds(found.organ_id) & READING:
        raise NotFound
    rows = list(RemedyEvent.objects.filter(remedy=found).select_related("file", "person").order_by("number"))
    told = [remedying.RemedyHappened(each.number, each.kind, each.on, each.facts) for each in rows]
    days = clocks.days_of(found.organ)
    now = remedying.standing_of_remedy(found.kind, told, days)
    following = tuple(Remedy.objects.filter(after=found).order_by("pk").values_list("pk", "number"))
    can = bool(actor.kinds(found.organ_id) & HANDLING)
    return RemedyView(
        found.pk, found.number, found.organ_id, found.organ.name, found.organ.slug, found.kind, found.body, Claim.opened(found.sealed), found.claimant_kind,
        found.request_id, found.request.number if found.request else "", (found.after.pk, found.after.number) if found.after else None, following,
        now, tuple(reversed(list(_timeline(rows)))), found.events_taken, can, tuple(possible(found.kind, now)) if can else (),
        tuple(hints(found, now)), found.registered_at, frozenset(term.key for term in now.terms if term.by < today),
        frozenset(term.key for term in now.terms if days.provisional(term.by.year)),
    )  # fmt: skip


def possible(kind: str, now: RemedyStanding) -> Iterable[str]:
    """The events that an officer may enter as things stand."""
    for each in remedying.EVENTS:
        if each.entered and Kind(kind) in each.kinds and each.needs_open in (None, now.ended_on is None):
            if (each.key == "suspended" and now.suspended) or (each.key == "resumed" and not now.suspended):
                continue
            if each.key == "complied" and not now.must_act:
                continue
            yield each.key


def _timeline(rows: list[RemedyEvent]) -> Iterable[Told]:
    changed = {int(each.facts["target"]): each for each in rows if each.kind == "rectified"}
    for each in rows:
        change = changed.get(each.number)
        yield Told(
            each.number, each.kind, each.on, each.facts, str(sealing.unseal(each.sealed, TEXT)) if each.sealed else "",
            each.file_id, keeping.name_of(each.file) if each.file else "", each.person.name if each.person else "", each.role, each.at,
            change is not None, change.number if change else None,
        )  # fmt: skip


def hints(found: Remedy, now: RemedyStanding) -> Iterable[tuple[str, str]]:
    """What the officer should look at; says, decides nothing."""
    request = found.request
    reply = replies.BY_KEY.get(request.reply) if request is not None else None
    if found.kind == Kind.LITIGATION_DIRECT and reply is not None and request is not None and request.ended_on is not None:
        opened = proceedings.open_until(reply, request.ended_on, request.ended_on, clocks.days_of(found.organ))
        if opened is not None and opened.first:
            yield (
                "对不予公开的答复，应当先申请行政复议（行政复议法第二十三条第一款第四项）；答辩时可以提出。",
                "A refusal goes to reconsideration first (Reconsideration Law, Art 23(1)(4)); the answer may say so.",
            )
    if found.after is not None and found.after.result == "corrected":
        yield (
            "复议机关改变了原行政行为的，复议机关是被告（行政诉讼法第二十六条第二款）；请核对应诉通知书所列被告。",
            "Where the reconsideration changed the act, its body is the defendant (Litigation Law, Art 26(2)): check who is named.",
        )
    if found.after is not None and found.after.judgment == "upheld":
        yield (
            "复议决定维持原行政行为的，本机关和复议机关是共同被告（行政诉讼法第二十六条第二款）。",
            "Where the reconsideration upheld the act, this organ and that body are joint defendants (Litigation Law, Art 26(2)).",
        )
    if now.answered_on is None and now.ended_on is None and Kind(found.kind).proceeding is not None:
        yield (
            "逾期不提出书面答复、不提交证据的，视为该行政行为没有证据、依据（行政复议法第七十条；行政诉讼法第三十四条第二款）。",
            "Without an answer and evidence in time, the act counts as having none (Reconsideration Law, Art 70; Litigation Law, Art 34(2)).",
        )
    if now.must_act:
        yield (
            "不得以同一事实和理由作出与原来相同或者基本相同的处理（行政复议法第六十四条第二款；行政诉讼法第七十一条）。",
            "The same act may not be done again on the same facts and grounds (Reconsideration Law, Art 64(2); Litigation Law, Art 71).",
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form for a new remedy offers: the request it is about, the reconsiderations a suit may follow, competent bodies."""

    number: str
    reconsiderations: tuple[tuple[int, str], ...]
    bodies: tuple[tuple[str, tuple[Suggestion, ...]], ...]


def opening(actor: Actor, organ_id: int, request: str) -> Opening:
    """For the roles that handle requests; `request` is an id as it stands in an address."""
    if not actor.kinds(organ_id) & READING:
        raise NotFound
    organ = Organ.objects.select_related("area_parent", "system_parent").get(pk=organ_id)
    chosen = Request.objects.filter(organ_id=organ_id, pk=int(request)).first() if request.isascii() and request.isdecimal() and len(request) < 18 else None
    found = Remedy.objects.filter(organ_id=organ_id, kind=Kind.RECONSIDERATION.value).select_related("request").order_by("-filed_on", "-pk")
    narrowed = found.filter(request=chosen) if chosen is not None else found
    told = tuple((each.pk, f"{each.number} {each.body}" + (f" ({each.request.number})" if each.request else "")) for each in narrowed[:100])
    return Opening(chosen.number if chosen else "", told, tuple((kind.value, bodies(organ, kind)) for kind in Kind))


def numbered(actor: Actor, organ_id: int, number: str) -> int | None:
    """The organ's request of a number; None for none given."""
    if not number.strip():
        return None
    if not actor.kinds(organ_id) & READING:
        raise NotFound
    found = Request.objects.filter(organ_id=organ_id, number=number.strip()).values_list("pk", flat=True).first()
    if found is None:
        raise Invalid({"request_id": _("本机关没有这个登记编号，请核对；不针对某一件申请的，留空。")})
    return int(found)


def document(actor: Actor, remedy_id: int, number: int) -> tuple[str, str, bytes]:
    """A document of a remedy, by the number of its event: name, type, bytes."""
    event = RemedyEvent.objects.select_related("file", "remedy").filter(remedy_id=remedy_id, number=number, file__isnull=False).first()
    if event is None or event.file is None or not actor.kinds(event.remedy.organ_id) & READING:
        raise NotFound
    return keeping.name_of(event.file), event.file.media_type, keeping.read(event.file)
