"""Random years of an organ for Hypothesis: requests with what became of them, remedies, documents, figures entered month by month and corrected."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from gongkai.law import replies
from gongkai.law.editions import BY_KEY, Remedy, Result
from gongkai.platform.annual.actions import entering
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.errors import Invalid
from gongkai.platform.annual.indicators import BY_KEY as INDICATORS
from gongkai.platform.cases.creating import create
from gongkai.platform.cases.models import Remedy as RemedyRow
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.recording import Pending
from gongkai.platform.catalogue.models import Item
from gongkai.platform.organs.roles import RoleKind
from gongkai.report.tally import KINDS
from tests.platform.cases.factories import ASKED, PEOPLE, ZONE, Office, at

TODAY = date(2024, 6, 28)
NOW = at("2024-06-28")
YEAR = 2023
REPLIED = [reply.key for reply in replies.REPLIES if reply.letter_key not in (None, "lapse")]
CELLS = {key: tuple(cell.key for cell in edition.active_cells()) for key, edition in BY_KEY.items()}
THOROUGH = os.environ.get("GONGKAI_EXAMPLES") == "thorough"  # make slow

few = settings(max_examples=300 if THOROUGH else 12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture])


@contextmanager
def undone() -> Iterator[None]:
    """What an example wrote is gone when it ends."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True, slots=True)
class Case:
    """A request: received on a day, ended (or not) some days later in some way."""

    kind: str
    on: date
    end: str  # replied:<reply>、outcome:<outcome>、withdrawn、moved、split、open、unconfirmed
    after: int = 0


@dataclass(frozen=True, slots=True)
class Suit:
    """A remedy against something: filed on a day, ended some days later or not at all."""

    kind: str
    on: date
    after: int | None
    result: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A rule or a normative document: made, published some days later, gone some days after that, or not."""

    kind: str
    made: date
    published: int
    gone: int | None
    word: str = "repealed"
    state: str = "published"


@dataclass(frozen=True, slots=True)
class Year:
    """Everything that an organ's report is compiled from."""

    edition: str
    cases: tuple[Case, ...]
    suits: tuple[Suit, ...]
    papers: tuple[Paper, ...]
    figures: tuple[tuple[Told, ...], ...]  # 一批一批登记


days = st.dates(date(YEAR - 1, 9, 1), date(YEAR + 1, 3, 28))
ends = st.one_of(
    st.sampled_from(REPLIED).map(lambda key: f"replied:{key}"), st.sampled_from(["withdrawn", "withdrawn", "moved", "split", "open", "unconfirmed"]),
    st.sampled_from([each.key for each in BY_KEY["2021"].outcome_rows if each.key != "withdrawn"]).map(lambda key: f"outcome:{key}"),
)  # fmt: skip
cases = st.builds(Case, st.sampled_from([kind.value for kind in KINDS]), days, ends, st.integers(1, 90))
suits = st.builds(
    Suit, st.sampled_from([*(each.value for each in Remedy), "complaint"]), days, st.none() | st.integers(1, 400), st.sampled_from([each.value for each in Result if each not in (Result.TOTAL, Result.PENDING)])
)  # fmt: skip
papers = st.builds(
    Paper, st.sampled_from(["rules", "normative", "normative", "announcement"]), st.dates(date(YEAR - 1, 1, 1), date(YEAR + 1, 2, 1)), st.integers(0, 60), st.none() | st.integers(1, 500),
    st.sampled_from(["repealed", "lapsed"]), st.sampled_from(["published", "published", "published", "draft", "withdrawn"]),
)  # fmt: skip


@st.composite
def told(draw: st.DrawFn, edition: str) -> Told:
    """A figure of table two, of a month or of the whole year; it may be taken back."""
    key = draw(st.sampled_from(CELLS[edition]))
    indicator = INDICATORS[key]
    value = draw(st.none() | st.integers(-20 if indicator.number.value == "change" else 0, 5000).map(Decimal))
    if value is not None and indicator.number.value == "amount":
        value = draw(st.decimals(0, 5000, places=4, allow_nan=False))
    return Told(key, draw(st.integers(0, 12)), value, about=draw(st.booleans()) if value is not None else False, reason="核对后更正")


@st.composite
def years(draw: st.DrawFn, edition: str = "") -> Year:
    chosen = edition or draw(st.sampled_from(["2021", "2021", "2019"]))
    batches = draw(st.lists(st.lists(told(chosen), max_size=8, unique_by=lambda each: (each.indicator, each.month)).map(tuple), max_size=3).map(tuple))
    return Year(chosen, tuple(draw(st.lists(cases, max_size=7))), tuple(draw(st.lists(suits, max_size=3))), tuple(draw(st.lists(papers, max_size=6))), batches)


def live(place: Office, year: Year, of: int = YEAR) -> None:
    """The year as it happens: cases and figures through the doors of the platform."""
    for case in year.cases:
        lived(place, case)
    for suit in year.suits:
        sued(place, suit)
    for paper in year.papers:
        printed(place, paper)
    for batch in year.figures:
        enter(place, batch, of)


def enter(place: Office, batch: tuple[Told, ...], of: int = YEAR) -> None:
    entering.enter(place.head, place.organ.pk, of, batch, at=NOW)


def lived(place: Office, case: Case) -> Request:
    """A request with everything that happened to it, at once."""
    ended = case.on + timedelta(days=case.after)
    law: dict[str, object] = {}
    facts: dict[str, object] = {}
    word, _, key = case.end.partition(":")
    if word == "replied":
        law, facts = {"outcome": replies.BY_KEY[key].outcome}, {"reply": key}
    elif word == "outcome":
        word, law = "replied", {"outcome": key}
    later = [] if word in ("open", "unconfirmed") or ended > TODAY else [Pending(word, ended, law, facts, "", None)]
    channel = "online" if word == "unconfirmed" else "in_person"
    first = Pending("submitted", case.on, {"channel": channel}, {}, "", None)
    made, _code = create(
        place.officer, place.organ, "register", PEOPLE[0], ASKED, [first, *later], channel=channel, applicant_kind=case.kind, at=NOW, role=RoleKind.CASE_OFFICER
    )
    return made


def sued(place: Office, suit: Suit) -> RemedyRow:
    ended = None if suit.after is None or suit.on + timedelta(days=suit.after) > TODAY else suit.on + timedelta(days=suit.after)
    return RemedyRow.objects.create(
        organ=place.organ, number=f"救{RemedyRow.objects.count()}", kind=suit.kind, body="某机关", sealed=b"", filed_on=suit.on, ended_on=ended,
        result=suit.result if ended else "pending", judgment="upheld", registered_at=NOW,
    )  # fmt: skip


def printed(place: Office, paper: Paper) -> Item:
    """A document of the catalogue, published or not."""
    public = None if paper.state == "draft" else datetime.combine(paper.made + timedelta(days=paper.published), time(9), ZONE)
    gone = None if paper.gone is None else paper.made + timedelta(days=paper.gone)
    return Item.objects.create(
        organ=place.organ, author_id=place.editor.person, created_at=NOW, moved_at=NOW, title="某项工作的规定", kind=paper.kind, formed_on=paper.made, state=paper.state,
        first_published_at=public, validity=paper.word if gone else "in_force", validity_on=gone, index_number=f"{place.organ.slug}/{Item.objects.count()}",
    )  # fmt: skip


def refused(place: Office, batch: tuple[Told, ...]) -> bool:
    try:
        enter(place, batch)
    except Invalid:
        return True
    return False
