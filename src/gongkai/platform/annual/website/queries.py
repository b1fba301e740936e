"""Websites' forms as the office reads them: the list, one form box by box, what is behind a box, the steps. Every page a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from gongkai.law.reporting import BY_REPORTER, Reporter
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.models import FigureEntry, Website, WebsiteForm, WebsitePublication, WebsiteStep
from gongkai.platform.annual.queries.opening import Entry
from gongkai.platform.annual.queries.working import Choice, Due, Published, Returned, Step
from gongkai.platform.annual.states import WRITING, State, may
from gongkai.platform.catalogue.queries import counting, on_sites
from gongkai.platform.catalogue.queries.counting import CountedItem
from gongkai.platform.catalogue.queries.on_sites import ChannelRow
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.queries.organs import seen
from gongkai.platform.pages.paging import span, within

from . import checks, filling, knowing
from .checks import Warned
from .fields import BY_KEY, FIRST_YEAR, FORMAT
from .filling import LEDGER, Known, Source
from .states import ACTS, FORM, READING, STANDING

EARLY = "website_days_early"
SHOWN = 50


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A website as it is entered."""

    id: int
    slug: str
    name: str
    address: str
    kind: str
    code: str
    icp: str
    police: str
    main: bool
    closed_on: date | None
    version: int


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form in the organ's list."""

    id: int
    site: SiteRow
    year: int
    state: State
    moved_at: datetime
    published_on: date | None
    versions: int
    due: Due


@dataclass(frozen=True, slots=True)
class FormList:
    """The websites of an organ, their forms, what may be begun, and whose form of last year is lacking."""

    sites: tuple[SiteRow, ...]
    rows: tuple[FormRow, ...]
    open: tuple[tuple[SiteRow, int], ...]
    lacking: tuple[SiteRow, ...]
    due: Due  # 上一年度的
    may_begin: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What every page of a form tells above everything else."""

    id: int
    organ: OrganView
    site: SiteRow
    year: int
    state: State
    moved_at: datetime
    published_on: date | None
    digest: str
    steps_taken: int
    due: Due
    choices: tuple[Choice, ...]
    returned: Returned | None

    def may(self, key: str) -> bool:
        return any(each.allowed for each in self.choices if each.key == key)

    @property
    def standing(self) -> bool:
        return self.state in STANDING


@dataclass(frozen=True, slots=True)
class Cell:
    """A box: what it prints, what was entered into it and why, what the platform knows, what it was last year."""

    key: str
    value: str | None
    entered: str | None
    by_hand: bool  # 填报的，包括有意留空
    reason: str
    known: tuple[Known, ...]
    before: str | None
    now: str | None = None  # 定稿以后，平台现在知道的

    @property
    def differs(self) -> bool:
        """Whether what stands here is not what the platform knows, or what it knows is not one thing."""
        return len({self.value, *(each.value for each in self.known)}) > 1 if self.known and BY_KEY[self.key].is_figure else False

    @property
    def moved(self) -> bool:
        """Whether the platform knows something else since the form was frozen."""
        return self.now is not None and bool(self.known) and self.now != self.known[0].value


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form whole."""

    head: Head
    cells: Mapping[str, Cell]
    warned: tuple[Warned, ...]

    @property
    def values(self) -> dict[str, str | None]:
        return {key: cell.value for key, cell in self.cells.items()}

    @property
    def blanks(self) -> int:
        return sum(cell.value is None for cell in self.cells.values())

    @property
    def filled(self) -> int:
        """How many boxes the platform filled."""
        return sum(bool(cell.known) and not cell.by_hand for cell in self.cells.values())

    @property
    def data(self) -> dict[str, Any]:
        """As a published form is kept; not published yet."""
        organ, site = self.head.organ, self.head.site
        return {"format": FORMAT, "organ": organ.name, "website": site.slug, "year": self.head.year, "published": None, "values": self.values}


@dataclass(frozen=True, slots=True)
class Behind:
    """A source of a box, opened: entries of the ledger, items, records; of long lists one page."""

    head: Head
    key: str
    known: Known
    number: int
    entries: tuple[Entry, ...] = ()
    items: tuple[CountedItem, ...] = ()
    records: tuple[ChannelRow, ...] = ()


def due_of(organ: OrganView, year: int, today: date) -> Due:
    """By when a form is public: 31 January, or the earlier day that the organ, else the nearest government above it, has set. At most one statement."""
    rule = BY_REPORTER[Reporter.WEBSITE]
    early = _early(organ, today)
    return Due(date.fromordinal(rule.on(year).toordinal() - early), rule, bool(early))


def _early(organ: OrganView, today: date) -> int:
    def is_set(stored: Any) -> bool:
        return any(each.key == EARLY and each.since <= today for each in dated.read(stored))

    if is_set(organ.settings):
        return dated.value_on(organ.settings, EARLY, today)
    above = [int(part) for part in organ.area_path.split("/") if part and int(part) != organ.id]
    kept = dict(Organ.objects.filter(pk__in=above).values_list("pk", "settings")) if above else {}
    return next((dated.value_on(kept[pk], EARLY, today) for pk in reversed(above) if is_set(kept.get(pk, ()))), 0)


def forms_of(actor: Actor, organ: OrganView, today: date) -> FormList:
    """The organ's websites and forms. Three statements."""
    kinds = actor.kinds(organ.id)
    if not actor.machine and not kinds & READING:
        raise NotFound
    sites = {site.pk: _site(site) for site in Website.objects.filter(organ=organ.id).order_by("-main", "name", "pk")}
    last = WebsitePublication.objects.filter(form=OuterRef("pk")).order_by("-version").values("version")[:1]
    forms = WebsiteForm.objects.filter(website__organ=organ.id).annotate(newest=Subquery(last)).defer("entered", "reasons", "standing").order_by("-year", "-website__main", "website__name")
    due = due_of(organ, today.year - 1, today)
    early = (BY_REPORTER[Reporter.WEBSITE].on(today.year - 1) - due.on).days

    def of(year: int) -> Due:
        return Due(date.fromordinal(due.rule.on(year).toordinal() - early), due.rule, due.local)

    rows = tuple(FormRow(each.pk, sites[each.website_id], each.year, State(each.state), each.moved_at, each.published_on, each.newest or 0, of(each.year)) for each in forms)
    had = {(row.site.id, row.year) for row in rows}
    opened = tuple(
        (site, year) for year in range(today.year, FIRST_YEAR - 1, -1) for site in sites.values()
        if (site.id, year) not in had and (site.closed_on is None or site.closed_on.year >= year)
    )  # fmt: skip
    lacking = tuple(site for site, year in opened if year == today.year - 1)
    return FormList(tuple(sites.values()), rows, opened, lacking, due, bool(kinds & WRITING))


def site_of(actor: Actor, organ_id: int, site_id: int) -> SiteRow:
    """One website of the organ, to change its entry. One statement."""
    found = Website.objects.filter(pk=site_id, organ=organ_id).first()
    if found is None or not (actor.machine or actor.kinds(organ_id) & READING):
        raise NotFound
    return _site(found)


def _site(site: Website) -> SiteRow:
    return SiteRow(site.pk, site.slug, site.name, site.address, site.kind, site.code, site.icp, site.police, site.main, site.closed_on, site.version)


def kept(actor: Actor, form_id: int) -> WebsiteForm:
    """The form with its website and organ, why it was sent back, and last year's as published; the same answer for none and another's. One statement."""
    back = WebsiteStep.objects.filter(form=OuterRef("pk"), action__in=("return", "correct")).order_by("-number")
    told = back.values(told=JSONObject(action="action", reason="reason", by="person__name", at="at"))[:1]
    before = WebsitePublication.objects.filter(website=OuterRef("website"), year=OuterRef("year") - 1).order_by("-version").values("data__values")[:1]
    found = WebsiteForm.objects.select_related("website__organ").annotate(sent_back=Subquery(told), last_year=Subquery(before)).filter(pk=form_id).first()
    if found is None or not (actor.machine or actor.kinds(found.website.organ_id) & READING):
        raise NotFound
    return found


def head_of(actor: Actor, form: WebsiteForm, today: date) -> Head:
    """At most one statement, for an earlier local date."""
    organ, state = seen(form.website.organ), State(form.state)
    choices = tuple(_choice(actor, form, act) for act in ACTS)
    told = getattr(form, "sent_back", None)
    returned = Returned(told["action"], told["reason"], told["by"] or "", datetime.fromisoformat(told["at"])) if told and state is State.DRAFT else None
    return Head(form.pk, organ, _site(form.website), form.year, state, form.moved_at, form.published_on, form.digest, form.steps_taken, due_of(organ, form.year, today), choices, returned)


def _choice(actor: Actor, form: WebsiteForm, act: Any) -> Choice:
    verdict = may(act.key, State(form.state), actor.kinds(form.website.organ_id), actor.person, frozenset(form.drafters), FORM)
    return Choice(act.key, act.zh, act.en, verdict.allowed, verdict.zh, verdict.en, verdict.role is not None, act.reason)


def sheet(actor: Actor, form: WebsiteForm, today: date) -> Sheet:
    """The form box by box: as it stands now, or as it was frozen beside what is known now. Three statements."""
    head, now = head_of(actor, form, today), knowing.knowledge(form)
    if form.standing is None:
        entered, reasons, found = form.entered, form.reasons, now
        values = filling.values(entered, found)
    else:
        values, entered, reasons = form.standing["values"], form.standing["entered"], form.standing["reasons"]
        found = {key: tuple(Known(Source(source), value, tuple(ids)) for source, value, ids in each) for key, each in form.standing["known"].items()}
    before = getattr(form, "last_year", None) or {}
    cells = {
        key: Cell(
            key, values.get(key), entered.get(key), key in entered, reasons.get(key, ""), found.get(key, ()), before.get(key),
            now[key][0].value if form.standing is not None and key in now else None,
        )
        for key in BY_KEY
    }  # fmt: skip
    return Sheet(head, cells, checks.warned(values, form.year))


def behind(actor: Actor, form: WebsiteForm, key: str, which: int, today: date, page: int = 1) -> Behind:
    """One source of a box, as the form counts it; the list's length is the figure. At most four statements."""
    found = sheet(actor, form, today)
    if key not in found.cells or not 0 <= which < len(found.cells[key].known):
        raise NotFound
    known = found.cells[key].known[which]
    number = within(page, len(known.ids), SHOWN)
    part = known.ids[span(number, SHOWN)]
    organ = form.website.organ_id
    told: dict[str, Any] = {}
    if known.source is Source.LEDGER:
        told["entries"] = _entries(organ, form.year, key, frozenset(known.ids))
    elif known.source is Source.ITEMS:
        told["items"] = counting.behind(organ, part)
    elif known.source is Source.RECORDS:
        told["records"] = on_sites.behind(organ, part)
    return Behind(found.head, key, known, number, **told)


def _entries(organ_id: int, year: int, key: str, held: frozenset[int]) -> tuple[Entry, ...]:
    """Everything ever entered at the place of the ledger, by month and then by time."""
    indicator, channel = LEDGER[key]
    rows = FigureEntry.objects.filter(organ=organ_id, year=year, indicator=indicator, channel=channel).order_by("month", "id")
    told = rows.values_list("id", "month", "value", "about", "evidence", "reason", "by__name", "at")
    newest = max(held, default=0)
    return tuple(Entry(*row, row[0] in held, row[0] > newest) for row in told)


def added(entries: tuple[Entry, ...]) -> Decimal:
    """What the entries that are held come to."""
    return sum((each.value for each in entries if each.held and each.value is not None), Decimal(0))


def steps(form: WebsiteForm) -> tuple[Step, ...]:
    """Newest first. One statement."""
    rows = WebsiteStep.objects.filter(form=form).order_by("-number")
    return tuple(Step(*row) for row in rows.values_list("number", "action", "before", "after", "person__name", "role", "at", "reason", "facts"))


def publications(form: WebsiteForm) -> tuple[Published, ...]:
    """Newest first. One statement."""
    return tuple(Published(*row) for row in WebsitePublication.objects.filter(form=form).order_by("-version").values_list("version", "at", "digest", "reason"))


def printed(form: WebsiteForm, found: Sheet) -> dict[str, Any]:
    """The form as a file has it: the version that is public while it stands, else as it is now. At most one statement."""
    if found.head.state is State.PUBLISHED:
        data: dict[str, Any] | None = WebsitePublication.objects.filter(form=form).order_by(F("version").desc()).values_list("data", flat=True).first()
        if data:
            return data
    return found.data
