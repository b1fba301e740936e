"""What the applicant sees of the own request, and the side consulted of the consultation: as values, nothing of anybody else in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q

from gongkai.law import letters as law_letters
from gongkai.law import replies
from gongkai.law.consultation import PERIOD, SILENCE, Silence
from gongkai.law.events import Asked as Side
from gongkai.law.periods import Period
from gongkai.platform.cases import clocks, happenings, keeping, sealing, standing, states
from gongkai.platform.cases.choices import (
    CHANNELS,
    FILES,
    FORMS,
    OBTAINING,
    SEEN_BY_APPLICANT,
    STATES,
    UNCOUNTED,
    WAYS,
    LetterState,
    State,
)
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.letters.holding import may_have
from gongkai.platform.cases.models import CaseFile, Consultation, Event, Letter, Request
from gongkai.platform.cases.queries import clock, redress
from gongkai.platform.cases.queries.clock import Reckoning, Sentence
from gongkai.platform.cases.queries.redress import Remaining
from gongkai.platform.cases.recording import TEXT, Ticket, may_read
from gongkai.platform.cases.standing import Happened
from gongkai.platform.cases.states import Party
from gongkai.platform.cases.values import Applicant, Asked, Consulted
from gongkai.platform.organs.models import Organ

ASKS = "cases.consultation.asks"
_ANSWER = re.compile("：(?:不同意|同意)公开")  # 第三方同意与否，答复之前不告知申请人
ACTS = ("confirm", "correct", "give_reasons", "pay", "withdraw", "add_file", "propose_publication", "judge")


@dataclass(frozen=True, slots=True)
class Office:
    """The organ that handles it, and how to reach it."""

    id: int
    name: str
    short_name: str
    slug: str
    office: str
    phone: str
    address: str
    hours: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as the applicant sees it."""

    number: int
    kind: str
    title: str
    on: date
    by: str  # 我方、机关
    mine: bool
    text: str = ""  # 申请人自己写的
    struck: bool = False
    detail: str = ""  # 哪一份文书、材料，怎样答复


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter that was served on the applicant."""

    id: int
    key: str
    title: str
    number: str
    dated: date | None
    served_on: date | None
    way: str
    endings: tuple[str, ...]
    opened: bool
    is_reply: bool


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file of the case that the applicant may have."""

    number: int
    kind: str
    name: str
    size: int
    on: date


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One line of a list of own requests."""

    id: int
    number: str
    organ: str
    state_label: str
    submitted_on: date
    title: str


@dataclass(frozen=True, slots=True)
class Followed:
    """The applicant's view of a request on a day."""

    id: int
    number: str
    organ: Office
    state: State
    state_label: str
    channel: str
    submitted_on: date
    received_on: date | None
    applicant: str  # 遮盖过的
    asked: Asked
    form: str
    obtaining: str
    reckoning: Reckoning
    happenings: tuple[Happening, ...]
    letters: tuple[LetterShown, ...]
    files: tuple[FileShown, ...]
    acts: tuple[str, ...]
    fee: Decimal | None
    proposed: bool
    helped: bool | None
    successors: tuple[Glimpse, ...]  # 拆分、移送以后的各件
    redress: Remaining | None  # 不服答复的，还可以做什么
    seen: int

    @property
    def replied(self) -> bool:
        return self.state is State.REPLIED


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the side consulted sees: what is asked, by when, and what silence means. Never who asks."""

    request: int
    ref: str
    side: Side
    organ: Office
    party: str
    asks: str
    sent: date | None
    delivered: date | None
    answered: date | None
    term: date | None
    period: Period
    silence: Silence
    ended: bool  # 本件已经办结
    letter: int | None


def followed(ticket: Ticket, today: date) -> Followed:
    """The request of a ticket. Four statements; six once it has been answered."""
    request = _request(ticket, Party.APPLICANT)
    rows = list(Event.objects.filter(request=request).order_by("number"))
    told = [Happened(row.number, row.kind, row.on, row.law, row.facts) for row in rows]
    reckoned = clock.reckoning(told, request.organ, today)
    served = list(Letter.objects.filter(request=request, state=LetterState.SERVED.value, consultation__isnull=True).order_by("-served_on", "-pk"))
    kept = CaseFile.objects.filter(request=request, shown=True, removed_at__isnull=True).exclude(kind="letter").order_by("number")
    held = standing.effective(told)
    asked = Asked.opened(request.content)
    state = State(request.state)
    opened = {row.letter_id for row in rows if row.kind in ("letter_opened", "letter_downloaded", "letter_delivered")}
    return Followed(
        id=request.pk, number=request.number, organ=office_of(request.organ), state=state, state_label=STATES[state][0],
        channel=CHANNELS[request.channel][0], submitted_on=request.submitted_on, received_on=request.received_on,
        applicant=Applicant.opened(request.applicant).masked, asked=asked, form=_word(FORMS, asked.form), obtaining=_word(OBTAINING, asked.obtaining),
        reckoning=replace(reckoned, sentences=tuple(_discreet(reckoned.sentences)), note=""), happenings=tuple(_happenings(rows, {each.pk: law_letters.BY_KEY[each.key].title for each in served})),
        letters=tuple(_letter(each, each.pk in opened) for each in served if may_have(ticket, each)),
        files=tuple(FileShown(each.number, each.kind, keeping.name_of(each), each.size, clocks.local_day(each.at)) for each in kept),
        acts=_acts(request, told, held), fee=_fee(held), proposed=any(each.kind == "proposed_for_publication" for each in held),
        helped=next((bool(each.facts.get("helped")) for each in held if each.kind == "helped"), None),
        successors=_successors(request) if state in UNCOUNTED else (), redress=redress.remaining(request) if state is State.REPLIED else None, seen=request.events_taken,
    )  # fmt: skip


def glimpses(numbers: Sequence[int]) -> list[Glimpse]:
    """The requests that a session may open, newest first. One statement."""
    rows = Request.objects.filter(pk__in=list(numbers)).select_related("organ").order_by("-submitted_on", "-pk")
    return [_glimpse(row) for row in rows]


def _glimpse(row: Request) -> Glimpse:
    return Glimpse(row.pk, row.number, row.organ.name, STATES[State(row.state)][0], row.submitted_on, Asked.opened(row.content).title)


def _successors(request: Request) -> tuple[Glimpse, ...]:
    """What became of a request that was split or moved: those that its query code opens too."""
    rows = Request.objects.filter(Q(parent=request) | Q(came_from=request), code_hash=request.code_hash).exclude(code_hash="")
    return tuple(_glimpse(row) for row in rows.select_related("organ").order_by("pk"))


def file(ticket: Ticket, number: int) -> tuple[str, str, bytes]:
    """A file that the applicant may have: name, type, bytes."""
    request = _request(ticket, Party.APPLICANT)
    found = CaseFile.objects.filter(request=request, number=number, shown=True, removed_at__isnull=True).exclude(kind="letter").first()
    if found is None:
        raise NotFound
    return keeping.name_of(found), found.media_type, keeping.read(found)


def opinion(ticket: Ticket, today: date) -> Opinion:
    """What a consultation's link shows. Three statements."""
    request = _request(ticket, Party.ASKED)
    found = Consultation.objects.get(pk=ticket.consultation or 0, request=request)
    events = [Happened(*row) for row in Event.objects.filter(request=request).order_by("number").values_list("number", "kind", "on", "law", "facts")]
    days = clocks.days_of(request.organ)
    steps = standing.steps(events, days, clocks.settings_of(request.organ, request.submitted_on))
    told = standing.clock_of(steps).consultation(found.ref)
    side = Side(found.to)
    party = Consulted.opened(found.party)
    letter = Letter.objects.filter(request=request, consultation=found, state=LetterState.SERVED.value).order_by("pk").values_list("pk", flat=True).first()
    return Opinion(
        request=request.pk, ref=found.ref, side=side, organ=office_of(request.organ), party=party.name,
        asks=str(sealing.unseal(found.asks, ASKS)), sent=told.sent if told else None, delivered=told.delivered if told else None,
        answered=told.answered if told else None, term=told.term(days) if told else None, period=PERIOD[side], silence=SILENCE[side],
        ended=State(request.state) not in (State.OPEN, State.AWAITING_CORRECTION, State.AWAITING_FEE), letter=letter,
    )  # fmt: skip


def office_of(organ: Organ) -> Office:
    return Office(organ.pk, organ.name, organ.short_name or organ.name, organ.slug, organ.office_name, organ.office_phone, organ.office_address, organ.office_hours)


def _request(ticket: Ticket, party: Party) -> Request:
    found = Request.objects.select_related("organ").filter(pk=ticket.request).first()
    if found is None or ticket.party is not party or not may_read(ticket, found):
        raise NotFound
    return found


def _word(table: dict[str, tuple[str, str]], key: str) -> str:
    return table[key][0] if key in table else key


def _discreet(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [replace(each, says=_ANSWER.sub("", each.says)) for each in sentences]


def _happenings(rows: Sequence[Event], titles: dict[int, str]) -> list[Happening]:
    """What is not hidden, newest first; what was rectified struck through, the rectification beside it."""
    struck = {int(row.facts["target"]) for row in rows if row.kind == "rectified"}
    hidden = {row.number for row in rows if happenings.BY_KEY[row.kind].hidden}
    shown = []
    for row in rows:
        if row.number in hidden or _inner(row, titles) or (row.kind == "rectified" and int(row.facts["target"]) in hidden):
            continue
        mine = row.role == Party.APPLICANT.value
        text = str(sealing.unseal(row.sealed, TEXT)) if mine and row.sealed is not None else ""
        shown.append(Happening(row.number, row.kind, happenings.BY_KEY[row.kind].zh, row.on, row.role, mine, text, row.number in struck, _detail(row, titles)))
    return sorted(shown, key=lambda each: (each.on, each.number), reverse=True)


def _inner(row: Event, titles: dict[int, str]) -> bool:
    """Letters to others, files that the office keeps for itself."""
    if row.kind.startswith("letter_"):
        return row.letter_id not in titles
    return row.kind == "file_added" and row.role != Party.APPLICANT.value and row.facts.get("kind") not in SEEN_BY_APPLICANT


def _detail(row: Event, titles: dict[int, str]) -> str:
    """What an event was about, in official words."""
    if row.kind.startswith("letter_"):
        return titles.get(row.letter_id or 0, "")
    if row.kind == "file_added":
        return _word(FILES, str(row.facts.get("kind", "")))
    if row.kind == "published":
        return str(row.facts.get("item", ""))
    if row.kind == "replied" and (reply := replies.BY_KEY.get(str(row.facts.get("reply", "")))):
        return reply.label
    return ""


def _letter(row: Letter, opened: bool) -> LetterShown:
    endings = tuple(ending for ending, file in (("pdf", row.pdf_id), ("docx", row.docx_id)) if file is not None)
    return LetterShown(row.pk, row.key, law_letters.BY_KEY[row.key].title, row.number, row.dated, row.served_on, WAYS[row.way][0] if row.way in WAYS else "", endings, opened, bool(row.reply))


def _acts(request: Request, told: list[Happened], held: Sequence[Happened]) -> tuple[str, ...]:
    """What the applicant may do now: the table of acts, and what the law's clock still waits for."""
    facts = states.Facts(State(request.state), any(each.kind == "archived" for each in held))
    now = standing.clock_of(standing.steps(told, clocks.days_of(request.organ), clocks.settings_of(request.organ, request.submitted_on)))
    kinds = {each.kind for each in held}
    besides = {
        "correct": now.unanswered, "give_reasons": now.asked_reasons and "reasons_given" not in kinds,
        "propose_publication": "proposed_for_publication" not in kinds and "published" not in kinds, "judge": "helped" not in kinds,
    }  # fmt: skip
    return tuple(key for key in ACTS if states.may(key, facts, frozenset(), Party.APPLICANT).allowed and besides.get(key, True))


def _fee(held: Sequence[Happened]) -> Decimal | None:
    noticed = [each for each in held if each.kind == "fee_noticed"]
    return Decimal(str(noticed[-1].law["amount"])) if noticed else None
