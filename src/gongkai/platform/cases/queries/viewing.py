"""A request's page on the desk: everything on it in two statements, however much has happened; one more for its organ's people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from gongkai.law import consultation as law_consultation
from gongkai.law import letters as law_letters
from gongkai.law import outcomes, replies
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Clock
from gongkai.law.events import Asked as Side
from gongkai.platform.cases import charges, clocks, happenings, sealing, standing
from gongkai.platform.cases.choices import (
    APPLICANTS,
    CHANNELS,
    FILES,
    LETTER_STATES,
    REMEDIES,
    STATES,
    TASK_STATES,
    WAYS,
    LetterState,
    State,
)
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.models import CaseFile, Consultation, Event, Letter, Remedy, Request, Task
from gongkai.platform.cases.recording import TEXT, may_read
from gongkai.platform.cases.standing import Happened
from gongkai.platform.cases.states import PARTIES, Party
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries.organs import seen
from gongkai.platform.organs.roles import LABELS

from . import acts
from .case_values import (
    CaseView,
    ConsultationView,
    Counts,
    EventView,
    FeeView,
    FileView,
    LetterView,
    Relative,
    RemedyView,
    TaskView,
)
from .clock import reckoning
from .waiting import TASK

PARTY, ASKS, FILE_NAME, TRACKING = "cases.consultation.party", "cases.consultation.asks", "cases.file.name", "cases.letter.tracking"
_NOW = {"rectified"}


def case(actor: Actor, request_id: int, today: date) -> CaseView:
    """The request with everything in its file. Two statements."""
    found = _whole().filter(pk=request_id).first()
    if found is None or not may_read(actor, found):
        raise NotFound
    rows = list(Event.objects.filter(request=found).select_related("person").order_by("number"))
    told = [Happened(row.number, row.kind, row.on, row.law, row.facts) for row in rows]
    days = clocks.days_of(found.organ)
    clock = standing.clock_of(standing.steps(told, days, clocks.settings_of(found.organ, found.submitted_on)))
    effective = standing.effective(told)
    held = acts.Held(
        State(found.state), any(each.kind == "archived" for each in effective), clock, [LetterState(each["state"]) for each in found.all_letters],
        sum(each["state"] == "open" for each in found.all_tasks), found.leading_id is not None, len(found.all_relatives),
    )  # fmt: skip
    state, reply, outcome = held.state, replies.BY_KEY.get(found.reply), outcomes.BY_KEY.get(found.outcome)
    frequent = dated.value_on(found.organ.settings, "frequent_items", today)
    return CaseView(
        id=found.pk, organ=seen(found.organ), number=found.number, state=state, state_zh=STATES[state][0], state_en=STATES[state][1],
        channel=found.channel, channel_zh=CHANNELS[found.channel][0], channel_en=CHANNELS[found.channel][1],
        applicant_kind=found.applicant_kind, kind_zh=APPLICANTS[found.applicant_kind][0], kind_en=APPLICANTS[found.applicant_kind][1],
        applicant=Applicant.opened(found.applicant), asked=Asked.opened(found.content), oral=found.oral, needs_help=found.needs_help, imported=found.imported,
        officer=found.officer.name if found.officer else "", officer_id=found.officer_id,
        registered_by=found.registered_by.name if found.registered_by else PARTIES[Party.APPLICANT][0], registered_at=found.registered_at,
        submitted_on=found.submitted_on, received_on=found.received_on, ended_on=found.ended_on, reply=found.reply, reply_zh=reply.label if reply else "",
        outcome=found.outcome, outcome_zh=outcome.label if outcome else "", late_days=found.late_days, archived=held.archived, seen=found.events_taken,
        clock=reckoning(told, found.organ, today), events=_events(rows), letters=_letters(found, rows, actor, held, today),
        consultations=_consultations(found.all_consultations, clock, days, today), tasks=_tasks(found.all_tasks, today), files=_files(found.all_files),
        fee=_fee(effective, clock, days), remedies=_remedies(found.all_remedies), relatives=_relatives(found, actor),
        counts=Counts(found.same_applicant or 0, found.this_month or 0, (found.this_month or 0) >= frequent),
        acts=acts.choices(actor, found.organ, held, days, today),
    )  # fmt: skip


def _whole() -> QuerySet[Request, Any]:
    """The request with its organ and people, and every table of its file as rows of JSON: one statement."""

    def rows(model: Any, *order: str, **columns: object) -> ArraySubquery:
        return ArraySubquery(model.objects.filter(request=OuterRef("pk")).order_by(*order).values(told=JSONObject(id="pk", **columns)))

    same = Request.objects.filter(organ=OuterRef("organ")).exclude(pk=OuterRef("pk")).order_by()
    theirs = same.filter(Q(identity_hash=OuterRef("identity_hash")) & ~Q(identity_hash="") | Q(identity_hash="", name_hash=OuterRef("name_hash")) & ~Q(name_hash=""))
    month = theirs.filter(submitted_on__year=OuterRef("submitted_on__year"), submitted_on__month=OuterRef("submitted_on__month"))
    relatives = Request.objects.filter(
        Q(parent=OuterRef("pk")) | Q(leading=OuterRef("pk")) | Q(came_from=OuterRef("pk")) | Q(pk=OuterRef("parent")) | Q(pk=OuterRef("leading")) | Q(pk=OuterRef("came_from"))
    )
    return Request.objects.select_related("organ", "officer", "registered_by").annotate(
        all_letters=rows(
            Letter, "pk", key="key", reply="reply", state="state", number="number", dated="dated", drafted_by=F("drafted_by__name"),
            drafted_at="drafted_at", signed_by=F("signed_by__name"), signed_at="signed_at", way="way", served_on="served_on", delivered_on="delivered_on",
            tracking="tracking", docx="docx", pdf="pdf", ref=F("consultation__ref"),
        ),
        all_consultations=rows(Consultation, "pk", ref="ref", to="to", party="party", asks="asks", opened_at="opened_at"),
        all_tasks=rows(
            Task, "pk", ref="ref", organ=F("organ__name"), office="office", person=F("person__name"), what="what", due_on="due_on", state="state", answered_on="answered_on"
        ),
        all_files=rows(CaseFile, "number", number="number", kind="kind", name="name", size="size", at="at", shown="shown", removed_at="removed_at", media_type="media_type"),
        all_remedies=rows(
            Remedy, "pk", number="number", kind="kind", body="body", filed_on="filed_on", result="result", judgment="judgment", ended_on="ended_on", next_on="next_on"
        ),
        all_relatives=ArraySubquery(relatives.order_by("pk").values(told=JSONObject(
            id="pk", number="number", state="state", organ="organ", organ_name="organ__name", parent="parent", leading="leading", came_from="came_from",
        ))),
        same_applicant=Coalesce(Subquery(theirs.annotate(n=_counted()).values("n")), 0),
        this_month=Coalesce(Subquery(month.annotate(n=_counted()).values("n")), 0),
    )  # fmt: skip


def _counted() -> Any:
    return Func(F("pk"), function="COUNT", output_field=IntegerField())


def _events(rows: Sequence[Event]) -> tuple[EventView, ...]:
    changes = {int(row.facts["target"]): row for row in rows if row.kind == "rectified"}
    found = []
    for row in rows:
        kind, change = happenings.BY_KEY[row.kind], changes.get(row.number)
        party = PARTIES[Party(row.role)][0] if row.role in set(Party) else ""
        role = LABELS[row.role][0] if row.role in LABELS else ""  # type: ignore[index]
        cancelled = bool(change is not None and change.facts.get("cancelled"))
        now = date.fromisoformat(str(change.facts["on"])) if change is not None and change.facts.get("on") else None
        found.append(EventView(
            row.number, row.kind, kind.zh, kind.en, row.on, row.at, row.person.name if row.person else party, role, row.law, row.facts,
            str(sealing.unseal(row.sealed, TEXT)) if row.sealed is not None else "", row.letter_id, change.number if change is not None else None,
            cancelled, now if not cancelled and now != row.on else None, int(row.facts["target"]) if row.kind in _NOW else None, kind.law,
        ))  # fmt: skip
    return tuple(found)


def _letters(found: Any, rows: Sequence[Event], actor: Actor, held: acts.Held, today: date) -> tuple[LetterView, ...]:
    views, hands = [], [(row.letter_id, row.kind, row.person_id) for row in rows if row.letter_id is not None and row.person_id is not None]
    for each in found.all_letters:
        state, reply = LetterState(each["state"]), replies.BY_KEY.get(each["reply"])
        views.append(LetterView(
            each["id"], each["key"], law_letters.BY_KEY[each["key"]].title, each["reply"], reply.label if reply else "", state, *LETTER_STATES[state],
            each["number"], _day(each["dated"]), each["drafted_by"] or "", _moment(each["drafted_at"]), each["signed_by"] or "",
            _moment(each["signed_at"]) if each["signed_at"] else None, WAYS[each["way"]][0] if each["way"] else "", _day(each["served_on"]),
            _day(each["delivered_on"]), str(_opened(each["tracking"], TRACKING) or ""), each["ref"] or "",
            tuple(ending for ending in ("pdf", "docx") if each[ending]),
            acts.letter_acts(
                actor, found.organ, held, today, key=each["key"], state=state, delivered=bool(each["delivered_on"]),
                authors={who for letter, kind, who in hands if letter == each["id"] and kind in ("letter_drafted", "letter_changed")},
                reviewers={who for letter, kind, who in hands if letter == each["id"] and kind == "letter_reviewed"},
            ),
        ))  # fmt: skip
    return tuple(reversed(views))


def _consultations(rows: Iterable[Mapping[str, Any]], clock: Clock, days: Calendar, today: date) -> tuple[ConsultationView, ...]:
    views = []
    for each in rows:
        told = clock.consultation(each["ref"])
        answers = {"consents": "同意公开", "objects": "不同意公开"}
        views.append(ConsultationView(
            each["id"], each["ref"], each["to"], law_consultation.LABEL[Side(each["to"])], _opened(each["party"], PARTY) or {}, str(_opened(each["asks"], ASKS) or ""),
            told.sent if told else None, told.delivered if told else None, told.term(days) if told else None, told.answered if told else None,
            answers.get(told.answer.value, "") if told and told.answer else "", bool(told and told.silent(days, today)),
            _moment(each["opened_at"]) if each["opened_at"] else None,
        ))  # fmt: skip
    return tuple(views)


def _tasks(rows: Iterable[Mapping[str, Any]], today: date) -> tuple[TaskView, ...]:
    found = []
    for each in rows:
        due = date.fromisoformat(each["due_on"])
        found.append(TaskView(
            each["id"], each["ref"], each["organ"], each["office"], each["person"] or "", str(_opened(each["what"], TASK) or ""), due, each["state"],
            *TASK_STATES[each["state"]], _day(each["answered_on"]), each["state"] == "open" and due < today,
        ))  # fmt: skip
    return tuple(found)


def _files(rows: Iterable[Mapping[str, Any]]) -> tuple[FileView, ...]:
    return tuple(
        FileView(
            each["number"], each["kind"], FILES[each["kind"]][0], str(_opened(each["name"], FILE_NAME) or ""), each["size"], _moment(each["at"]), each["shown"],
            _moment(each["removed_at"]) if each["removed_at"] else None, each["media_type"],
        ) for each in rows
    )  # fmt: skip


def _fee(held: Sequence[Happened], clock: Clock, days: Calendar) -> FeeView | None:
    """What was computed last, notified and paid last."""
    told = {each.kind: each for each in held if each.kind in ("fee_noticed", "fee_paid")}
    computed = charges.computed(held)
    if not told and computed is None:
        return None
    noticed, paid = told.get("fee_noticed"), told.get("fee_paid")
    yuan = str(noticed.law.get("amount", "")) if noticed else str(computed.yuan) if computed else ""
    return FeeView(computed, yuan, noticed.on if noticed else None, clock.pay_by(days), paid.on if paid else None)


def _remedies(rows: Iterable[Mapping[str, Any]]) -> tuple[RemedyView, ...]:
    return tuple(
        RemedyView(
            each["id"], each["number"], *REMEDIES[each["kind"]], each["body"], date.fromisoformat(each["filed_on"]), each["result"], each["judgment"],
            _day(each["ended_on"]), _day(each["next_on"]),
        ) for each in rows
    )  # fmt: skip


def _relatives(found: Any, actor: Actor) -> tuple[Relative, ...]:
    own = {found.parent_id: "parent", found.leading_id: "leading", found.came_from_id: "came_from"}
    kin = []
    for each in found.all_relatives:
        relation = "unit" if each["parent"] == found.pk else "joined" if each["leading"] == found.pk else "went_to" if each["came_from"] == found.pk else own.get(each["id"], "")
        readable = may_read(actor, Request(pk=each["id"], organ_id=each["organ"]))
        kin.append(Relative(each["id"], each["number"], relation, STATES[State(each["state"])][0], each["organ_name"], readable))
    return tuple(kin)


def _opened(told: str | None, purpose: str) -> Any:
    """Bytes as JSON tells them: \\x and hexadecimal."""
    return sealing.unseal(bytes.fromhex(told.removeprefix("\\x")), purpose) if told else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)
