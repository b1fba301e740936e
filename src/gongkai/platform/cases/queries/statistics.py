"""A year of requests counted: the annual report's tables, timeliness, channels, fees — and what stands behind every figure.

What is counted where is decided by gongkai.report.tally; the database only groups, so the number of statements never grows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Min, Q

from gongkai.law.editions import EDITIONS, Applicant, Edition, Remedy, Result, RowRole, edition_for
from gongkai.law.events import FeeNoticed, FeePaid
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.replies import REPLIES
from gongkai.platform.cases import standing
from gongkai.platform.cases.choices import CHANNELS, UNCOUNTED, State
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.models import Event, Request
from gongkai.platform.cases.models import Remedy as RemedyRow
from gongkai.platform.cases.standing import Happened
from gongkai.platform.cases.states import READING
from gongkai.platform.cases.values import Applicant as Person
from gongkai.platform.cases.values import Asked
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.pages.paging import span, within
from gongkai.report.identities import REMEDIES, REQUESTS, At
from gongkai.report.tally import Bunch, RemedyBunch, Tables, leaf, total

COUNTING = READING | {RoleKind.SUPERVISOR}  # 看得到本机关的数；所列各件只给 READING
SHOWN = 50
REPLIED = State.REPLIED.value
COUNTED_REMEDIES = tuple(remedy.value for remedy in Remedy)  # 投诉、举报不在表四
_OUT = [state.value for state in UNCOUNTED]


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How the requests that were answered in a year were answered, and what is late now."""

    replied: int = 0  # 已答复（不含撤回、不再处理）
    late: int = 0
    late_days: int = 0  # 逾期最久的，逾几个工作日
    extended: int = 0
    days: int = 0  # 自收到至答复的日历日，合计
    overdue: int = 0  # 至今未答复而已逾期

    @property
    def on_time(self) -> int:
        return self.replied - self.late

    @property
    def mean_days(self) -> float | None:
        return self.days / self.replied if self.replied else None


@dataclass(frozen=True, slots=True)
class Channel:
    """How many of the year's new requests came in by one channel; those put orally are among them."""

    key: str
    count: int
    oral: int


@dataclass(frozen=True, slots=True)
class Fees:
    """The year's fee notices and payments: what section 六 must agree with."""

    noticed: int = 0
    paid: int = 0
    yuan_noticed: Decimal = Decimal(0)
    yuan_paid: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class YearCount:
    """Everything that is counted of a year of one organ."""

    tables: Tables
    timeliness: Timeliness
    channels: tuple[Channel, ...]
    replies: tuple[tuple[str, int], ...]  # 当年办结各件的答复情形（比表三细），按 gongkai.law.replies 的次序
    fees: Fees
    years: tuple[int, ...]  # 有申请的年度，新的在前


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a figure, a page of it; `kind` is the part of the report."""

    at: At
    total: int
    number: int
    rows: tuple[BehindRow, ...]


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One request or remedy behind a figure: no more of a person than a list may show."""

    id: int
    number: str
    title: str
    who: str
    began_on: date
    ended_on: date | None
    state: str
    reply: str
    request: int | None  # 救济所对的申请


_GROUPED = """
WITH counted AS (
  SELECT * FROM cases_request WHERE organ_id = %(organ)s AND received_on BETWEEN %(first)s AND %(last)s
  UNION ALL
  SELECT * FROM cases_request WHERE organ_id = %(organ)s AND received_on < %(first)s AND ended_on >= %(first)s
  UNION ALL
  SELECT * FROM cases_request WHERE organ_id = %(organ)s AND received_on < %(first)s AND ended_on IS NULL AND state = ANY(%(live)s)
)
SELECT applicant_kind, extract(year FROM received_on)::int, extract(year FROM ended_on)::int, state, reply, outcome, channel, count(*),
       count(*) FILTER (WHERE oral), count(*) FILTER (WHERE late_days > 0), coalesce(max(late_days), 0), count(*) FILTER (WHERE extended),
       coalesce(sum(ended_on - received_on), 0), count(*) FILTER (WHERE state = 'open' AND due_on < %(today)s)
FROM counted WHERE NOT state = ANY(%(out)s) GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


@dataclass(frozen=True, slots=True)
class _Group:
    """Requests that no figure tells apart."""

    kind: str
    received: int
    ended: int | None
    state: str
    reply: str
    outcome: str
    channel: str
    count: int
    oral: int
    late: int
    late_days: int
    extended: int
    days: int
    overdue: int

    @property
    def bunch(self) -> Bunch:
        return Bunch(Applicant(self.kind), self.received, self.ended, self.reply, self.outcome, self.count)


def tally(actor: Actor, organ_id: int, year: int, edition: Edition | None = None, *, today: date) -> YearCount:
    """A year of an organ in four statements, whatever its size; `today` only decides what is overdue now."""
    _may(actor, organ_id, COUNTING)
    chosen = edition or edition_of(year)
    groups = _groups(organ_id, year, today)
    tables = total((group.bunch for group in groups), _remedies(organ_id, year), year, chosen)
    return YearCount(tables, _timeliness(groups, year), _channels(groups, year), _replies(groups, year), fees_of(organ_id, year), _years(organ_id, today))


def edition_of(year: int) -> Edition:
    """The edition for a year; before there was any, the first."""
    return edition_for(year) or EDITIONS[0]


def _groups(organ_id: int, year: int, today: date) -> list[_Group]:
    first, last = _bounds(year)
    with connection.cursor() as cursor:
        cursor.execute(_GROUPED, {"organ": organ_id, "first": first, "last": last, "today": today, "out": _OUT, "live": _LIVE})
        return [_Group(*row) for row in cursor.fetchall()]


_LIVE = [state.value for state in State if state in (State.OPEN, State.AWAITING_CORRECTION, State.AWAITING_FEE)]


def _bounds(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _timeliness(groups: Iterable[_Group], year: int) -> Timeliness:
    done = [group for group in groups if group.ended == year and group.state == REPLIED]
    return Timeliness(
        sum(group.count for group in done), sum(group.late for group in done), max((group.late_days for group in done), default=0),
        sum(group.extended for group in done), sum(group.days for group in done), sum(group.overdue for group in groups),
    )  # fmt: skip


def _channels(groups: Iterable[_Group], year: int) -> tuple[Channel, ...]:
    counts, oral = Counter[str](), Counter[str]()
    for group in groups:
        if group.received == year:
            counts[group.channel] += group.count
            oral[group.channel] += group.oral
    return tuple(Channel(key, counts[key], oral[key]) for key in CHANNELS if counts[key])


def _replies(groups: Iterable[_Group], year: int) -> tuple[tuple[str, int], ...]:
    counts = Counter[str]()
    for group in groups:
        if group.ended == year and group.reply:
            counts[group.reply] += group.count
    return tuple((reply.key, counts[reply.key]) for reply in REPLIES if counts[reply.key])


def _remedies(organ_id: int, year: int) -> list[RemedyBunch]:
    """Filed in the year, or before it and not yet ended when it began."""
    first, last = _bounds(year)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, extract(year FROM filed_on)::int, extract(year FROM ended_on)::int, result, count(*) FROM cases_remedy "
            "WHERE organ_id = %s AND kind = ANY(%s) AND filed_on <= %s AND (ended_on IS NULL OR ended_on >= %s) GROUP BY 1, 2, 3, 4",
            [organ_id, list(COUNTED_REMEDIES), last, first],
        )
        return [RemedyBunch(Remedy(kind), filed, ended, Result(result), count) for kind, filed, ended, result, count in cursor.fetchall()]


def fees_of(organ_id: int, year: int) -> Fees:
    """By the fee events that now hold. A fee is paid within weeks of its notice, so those of the year before are looked at too."""
    noticed = Event.objects.filter(kind=FeeNoticed.kind, on__gte=date(year - 1, 1, 1), on__lte=date(year + 1, 12, 31), request__organ=organ_id)
    rows = Event.objects.filter(request__in=noticed.values("request"), kind__in=(FeeNoticed.kind, FeePaid.kind, "rectified"))
    of: dict[int, list[Happened]] = {}
    for request, *told in rows.order_by("request", "number").values_list("request", "number", "kind", "on", "law", "facts"):
        of.setdefault(request, []).append(Happened(*told))
    sent: list[Decimal] = []
    paid: list[Decimal] = []
    for events in of.values():
        amount = Decimal(0)
        for each in standing.effective(events):
            if each.kind == FeeNoticed.kind:
                amount = Decimal(str(each.law["amount"]))
            if each.on.year == year:
                (sent if each.kind == FeeNoticed.kind else paid).append(amount)
    return Fees(len(sent), len(paid), sum(sent, Decimal(0)), sum(paid, Decimal(0)))


def _years(organ_id: int, today: date) -> tuple[int, ...]:
    first = Request.objects.filter(organ=organ_id).aggregate(first=Min("received_on"))["first"]
    return tuple(range(today.year, min(first or today, today).year - 1, -1))


def ids(actor: Actor, organ_id: int, year: int, at: At, edition: Edition | None = None) -> tuple[int, ...]:
    """The requests or remedies behind a figure, by day; their number is the figure."""
    _may(actor, organ_id, READING)
    model, condition, order = _asked(organ_id, year, at, edition or edition_of(year))
    return tuple(model.objects.filter(condition).order_by(*order).values_list("pk", flat=True))


def behind(actor: Actor, organ_id: int, year: int, at: At, edition: Edition | None = None, page: int = 1) -> Behind:
    """A page of what stands behind a figure. Two statements."""
    _may(actor, organ_id, READING)
    model, condition, order = _asked(organ_id, year, at, edition or edition_of(year))
    found = model.objects.filter(condition).order_by(*order)
    count = found.count()
    number = within(page, count, SHOWN)
    shown = found[span(number, SHOWN)]
    rows = (request_row(each) for each in shown) if at.part == REQUESTS else (remedy_row(each) for each in shown.select_related("request"))
    return Behind(at, count, number, tuple(rows))


def _asked(organ_id: int, year: int, at: At, edition: Edition) -> tuple[Any, Q, tuple[str, str]]:
    if at.part == REQUESTS and at.row in {row.key for row in edition.requests} and at.column in set(Applicant):
        return Request, Q(organ=organ_id) & _requests_in(at.row, Applicant(at.column), year, edition), ("received_on", "pk")
    if at.part == REMEDIES and at.row in COUNTED_REMEDIES and at.column in set(Result):
        return RemedyRow, Q(organ=organ_id, kind=at.row) & _remedies_in(Result(at.column), year), ("filed_on", "pk")
    raise NotFound


def _requests_in(row: str, kind: Applicant, year: int, edition: Edition) -> Q:
    """The rule of report.tally.rows_of, as a condition."""
    first, last = _bounds(year)
    columns = Q() if kind is Applicant.TOTAL else Q(applicant_kind=kind.value)
    counted = columns & ~Q(state__in=_OUT)
    unended = Q(ended_on__isnull=True)
    match row:
        case RowRole.NEW:
            return counted & Q(received_on__range=(first, last))
        case RowRole.CARRIED_OVER:
            return counted & Q(received_on__lt=first) & (unended | Q(ended_on__gte=first))
        case RowRole.CARRIED_FORWARD:
            return counted & Q(received_on__lte=last) & (unended | Q(ended_on__gt=last))
    ended = counted & Q(ended_on__range=(first, last), received_on__lte=last)
    return ended if row == RowRole.TOTAL else ended & _ending(row, edition)


def _ending(row: str, edition: Edition) -> Q:
    replies = [reply.key for reply in REPLIES if leaf(edition, reply.key) == row]
    outcomes = [outcome.key for outcome in OUTCOMES if leaf(edition, outcome=outcome.key) == row]
    return Q(reply__in=replies) | Q(reply="", outcome__in=outcomes)


def _remedies_in(result: Result, year: int) -> Q:
    """The rule of report.tally.result_of, as a condition."""
    first, last = _bounds(year)
    ended = Q(filed_on__lte=last, ended_on__range=(first, last))
    pending = Q(filed_on__lte=last) & (Q(ended_on__isnull=True) | Q(ended_on__gt=last))
    if result is Result.TOTAL:
        return ended | pending
    return pending | (ended & Q(result=result.value)) if result is Result.PENDING else ended & Q(result=result.value)


def request_row(it: Request) -> BehindRow:
    """A request behind a figure, its applicant masked."""
    title = Asked.opened(it.content).title
    return BehindRow(it.pk, it.number, title, Person.opened(it.applicant).masked, it.received_on or it.submitted_on, it.ended_on, it.state, it.reply, it.pk)


def remedy_row(it: RemedyRow) -> BehindRow:
    """A remedy behind a figure."""
    title = Asked.opened(it.request.content).title if it.request is not None else ""
    return BehindRow(it.pk, it.number, title, it.body, it.filed_on, it.ended_on, it.result, it.judgment, it.request_id)


def _may(actor: Actor, organ_id: int, roles: Iterable[RoleKind]) -> None:
    """The same answer for an organ that is not theirs and for one that is not there."""
    if not actor.kinds(organ_id) & frozenset(roles):
        raise NotFound
