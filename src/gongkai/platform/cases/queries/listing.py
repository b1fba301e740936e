"""Lists of an organ's requests: filters, search in what is sealed, order, pages, counts, and what is overdue.

What is typed into the search is looked up by keyed hashes and marks; nothing is opened to be searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from gongkai.platform.cases import sealing
from gongkai.platform.cases.choices import ENDED, LIVE, State
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.states import HANDLING
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ, Role
from gongkai.platform.pages.paging import CAP, Page, span, within

from .clock import Light
from .desk_values import PAGE, RequestFilter, RequestRow, Summary
from .reading import answering_organs, may_list, readable_organs, row, warned_until

ORDERS: dict[str, tuple[object, ...]] = {
    "-submitted": ("-submitted_on", "-pk"),
    "submitted": ("submitted_on", "pk"),
    "due": (F("next_on").asc(nulls_last=True), "pk"),
    "-moved": ("-moved_at", "-pk"),
    "-ended": (F("ended_on").desc(nulls_last=True), "-pk"),
}
LATE_SHOWN = 20
_NUMBER = re.compile(r"(?:(\d{4})[-－—])?0*(\d{1,6})")
_MARKED = {
    "extended": Q(extended=True), "violated": Q(violations__gt=0), "late": Q(late_days__gt=0), "oral": Q(oral=True), "help": Q(needs_help=True),
    "imported": Q(imported=True),
}  # fmt: skip
_LISTED = Request.objects.select_related("organ", "officer").defer("marks", "contact_hashes", "name_hash", "identity_hash", "code_hash")


def requests(
    actor: Actor, organ_id: int, wanted: RequestFilter = RequestFilter(), page: int = 1, *, sort: str = "-submitted", today: date, warned: date,  # noqa: B008
    size: int = PAGE,
) -> Page[RequestRow]:  # fmt: skip
    """One page of an organ's requests; `warned` is the summary's. Two statements."""
    may_list(actor, organ_id)
    found = narrowed(Request.objects.filter(organ=organ_id), wanted, today, warned)
    if wanted.text:  # 先找出编号，再取行：免得按日期逐件对照
        ids = list(found.order_by().values_list("pk", flat=True)[: CAP + 1])
        total, found = len(ids), Request.objects.filter(pk__in=ids)
    else:
        total = found.order_by()[: CAP + 1].count()
    capped, total = total > CAP, min(total, CAP)
    number = within(page, total, size)
    order = ORDERS.get(sort, ORDERS["-submitted"])
    chosen = _LISTED.filter(pk__in=found.order_by(*order).values("pk")[span(number, size)]).order_by(*order)  # type: ignore[arg-type]
    return Page(tuple(row(each, today) for each in chosen), total, number, size, capped)


def narrowed(found: QuerySet[Request], wanted: RequestFilter, today: date, warned: date) -> QuerySet[Request]:
    """The requests that a filter leaves. No statement of its own."""
    if wanted.state == "live":
        found = found.filter(state__in=[state.value for state in LIVE])
    elif wanted.state == "ended":
        found = found.filter(state__in=[state.value for state in ENDED])
    elif wanted.state:
        found = found.filter(state=wanted.state)
    same = {"channel": wanted.channel, "applicant_kind": wanted.kind, "outcome": wanted.outcome}
    found = found.filter(**{field: value for field, value in same.items() if value})
    if wanted.officer is not None:
        found = found.filter(officer_id=wanted.officer)
    if wanted.year is not None:
        found = found.filter(submitted_on__gte=date(wanted.year, 1, 1), submitted_on__lte=date(wanted.year, 12, 31))
    if wanted.marked in _MARKED:
        found = found.filter(_MARKED[wanted.marked])
    if wanted.text.strip():
        found = found.filter(sought(wanted.text))
    return found.filter(lit(wanted.light, today, warned)) if wanted.light else found


def sought(text: str) -> Q:
    """Where a typed text is found: as a number, as the whole of a name, identity number, telephone or e-mail; else its words in what is asked for."""
    plain = text.strip()[:200]
    where = Q(name_hash=sealing.lookup("name", plain)) | Q(identity_hash=sealing.lookup("identity", plain))
    where |= Q(contact_hashes__contains=[sealing.lookup("contact", plain)]) | Q(number=plain)
    if numbered := _NUMBER.fullmatch(plain):
        year, serial = numbered.groups()
        where |= Q(number=f"{year}-{int(serial):04d}") if year else Q(number__endswith=f"-{int(serial):04d}")
    words = [marks for word in plain.split()[:8] if (marks := sealing.marks(word))]
    if words:
        where |= Q(marks__contains=sorted({mark for marks in words for mark in marks}))
    return where


def lit(light: str, today: date, warned: date) -> Q:
    """Those that show this light; terms up to `warned` are near."""
    awaiting = Q(state__in=[State.AWAITING_CORRECTION.value, State.AWAITING_FEE.value])
    match light:
        case Light.OVERDUE:
            return Q(state=State.OPEN.value, due_on__lt=today)
        case Light.LAPSED:
            return awaiting & Q(next_on__lt=today)
        case Light.SOON:
            return (Q(state=State.OPEN.value) | awaiting) & Q(next_on__gte=today, next_on__lte=warned)
    return Q(pk__isnull=True)


def overdue(actor: Actor, today: date, organ_id: int | None = None) -> Page[RequestRow]:
    """逾期未答复: what the organs of the actor owe, the latest first; no filter takes anything out of it. One statement."""
    organs = answering_organs(actor) if organ_id is None else answering_organs(actor) & {organ_id}
    if not organs:
        return Page((), 0)
    found = list(_LISTED.filter(organ__in=organs, state=State.OPEN.value, due_on__lt=today).order_by("due_on", "pk")[: CAP + 1])
    return Page(tuple(row(each, today) for each in found[:LATE_SHOWN]), min(len(found), CAP), 1, LATE_SHOWN, len(found) > CAP)


def summary(actor: Actor, organ_id: int, today: date) -> Summary:
    """What an organ's list offers beside its rows. One statement: only what is open is counted."""
    may_list(actor, organ_id)
    mine = Request.objects.filter(organ=OuterRef("pk")).order_by()
    counted = mine.filter(state__in=[state.value for state in LIVE]).values("state", "next_on").annotate(n=Count("pk"))
    roles = Role.objects.filter(organ=OuterRef("pk"), kind__in=[kind.value for kind in HANDLING], ended_at__isnull=True).order_by("person__sort_key", "person_id")
    organ = Organ.objects.annotate(
        open_ones=ArraySubquery(counted.values(told=JSONObject(state="state", on="next_on", n=F("n")))),
        officers=ArraySubquery(roles.values(told=JSONObject(id="person_id", name="person__name"))),
        oldest=Subquery(Request.objects.filter(organ=OuterRef("pk")).order_by("submitted_on").values("submitted_on")[:1]),
    ).get(pk=organ_id)
    live = dict.fromkeys(sorted(LIVE, key=list(State).index), 0)
    late = {Light.OVERDUE: 0, Light.SOON: 0, Light.LAPSED: 0}
    warned = warned_until(organ, today)
    for told in organ.open_ones:
        state, on = State(told["state"]), date.fromisoformat(told["on"]) if told["on"] else None
        live[state] += told["n"]
        if on is not None and on <= warned:
            late[Light.SOON if on >= today else Light.OVERDUE if state is State.OPEN else Light.LAPSED] += told["n"]
    years = tuple(range(today.year, organ.oldest.year - 1, -1)) if organ.oldest else ()
    officers = dict(sorted({each["id"]: each["name"] for each in organ.officers}.items(), key=lambda each: each[1]))
    return Summary(organ_id, live, late[Light.OVERDUE], late[Light.SOON], late[Light.LAPSED], years, tuple(officers.items()), warned)


def every(actor: Actor, organ_id: int, wanted: RequestFilter, *, sort: str, today: date, warned: date, most: int) -> Iterator[RequestRow]:
    """All rows of a list, for an export, a hundred at a time; as masked as the list."""
    number = 1
    while True:
        found = requests(actor, organ_id, wanted, number, sort=sort, today=today, warned=warned, size=100)
        yield from found.rows
        if not found.has_next or number * 100 >= most:
            return
        number += 1


def by_number(actor: Actor, beside: int, written: str) -> int | None:
    """Another request of the same organ by its number (2026-17 is 2026-0017); nothing where the actor may not know of it. One statement."""
    plain = written.strip()
    which = Q(number=plain)
    if (numbered := _NUMBER.fullmatch(plain)) and numbered[1]:
        which |= Q(number=f"{numbered[1]}-{int(numbered[2]):04d}")
    same = Request.objects.filter(which, organ__in=readable_organs(actor), organ__requests=beside)
    return same.values_list("pk", flat=True).first()
