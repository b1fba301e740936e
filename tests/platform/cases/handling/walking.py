"""Every act with requests, done as an office does it: what is refused is refused; and what must hold whatever was done."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from gongkai.law import outcomes
from gongkai.law.case import parse_case
from gongkai.law.request import follow
from gongkai.law.request import standing as law_standing
from gongkai.platform.cases import clocks, rebuilding, recording, standing
from gongkai.platform.cases.actions import (
    charging,
    consulting,
    correcting,
    dividing,
    ending,
    intake,
    recomputing,
    reminding,
    tasks,
)
from gongkai.platform.cases.actions.rectifying import rectify
from gongkai.platform.cases.choices import ENDED, LIVE, UNCOUNTED, State
from gongkai.platform.cases.happenings import BY_KEY
from gongkai.platform.cases.models import Consultation, Event, LetterNumber, Reminder, Request, Serial, Task
from gongkai.platform.cases.values import Asked
from gongkai.platform.journal.verify import verify
from tests.platform.cases.factories import ASKED, PEOPLE, Office, at
from tests.platform.cases.letters.hands import served

from .making import PARTY, applicant

ENDING = (("granted", "provided"), ("denied", "denied_third_party"), ("not_existing", "not_existing"), ("partial", "partial"), ("lapse", "no_correction"), ("lapse", "fee_unpaid"))
NOTICES = ("correction", "extension", "reasons", "delayed", "fee")
CHANNELS = ("in_person", "registered_post", "ordinary_post", "online", "fax", "email")
SIDES = ("third_party", "co_maker", "other_organ")
LETTERS = {"third_party": "third_party", "co_maker": "co_maker", "other_organ": "co_ordination"}


class Walk:
    """One office (and a second one, to move to), its requests, and the day."""

    def __init__(self, place: Office, other: Office, today: date = date(2026, 3, 2)) -> None:
        self.place, self.other, self.today = place, other, today

    @property
    def at(self):  # type: ignore[no-untyped-def]
        return at(self.today.isoformat(), 16)

    def of(self, case: Request) -> Office:
        return self.place if case.organ_id == self.place.organ.pk else self.other

    def pick(self, number: int) -> Request | None:
        """Any request, by a number that wraps around."""
        ids = list(Request.objects.order_by("pk").values_list("pk", flat=True))
        return Request.objects.select_related("organ").get(pk=ids[number % len(ids)]) if ids else None

    def register(self, channel: str, who: int, ago: int = 0, once: str | None = None) -> None:
        intake.register(
            self.place.officer, self.place.organ.pk, PEOPLE[who % 2], ASKED, channel=channel, applicant_kind="natural", on=self.today - timedelta(days=ago),
            at=self.at, as_received=True, once=once,
        )  # fmt: skip

    def confirm(self, case: Request, ago: int) -> None:
        intake.confirm(self.of(case).officer, case.pk, on=self.today - timedelta(days=ago), at=self.at)

    def letter(self, case: Request, key: str, reply: str = "") -> None:
        served(self.of(case), case, key, self.today.isoformat(), reply)

    def correct(self, case: Request, ago: int, outside: bool) -> None:
        who = applicant(case) if outside else self.of(case).officer
        correcting.correct(who, case.pk, on=self.today - timedelta(days=ago), text="补正了", at=self.at)

    def give_reasons(self, case: Request) -> None:
        correcting.give_reasons(applicant(case), case.pk, on=self.today, text="有理由", at=self.at)

    def consult(self, case: Request, to: str) -> None:
        made = consulting.consult(self.of(case).officer, case.pk, to, PARTY, "请提出意见", at=self.at)
        served(self.of(case), case, LETTERS[to], self.today.isoformat(), consultation_ref=made.ref)

    def heard(self, case: Request, number: int, ago: int, said: str) -> None:
        refs = list(Consultation.objects.filter(request=case).order_by("pk").values_list("ref", flat=True)) or ["征1"]
        ref, on, officer = refs[number % len(refs)], self.today - timedelta(days=ago), self.of(case).officer
        if said == "delivered":
            consulting.deliver(officer, case.pk, ref, on=on, at=self.at)
        else:
            consulting.answer(officer, case.pk, ref, said, on=on, text="意见", at=self.at)

    def compute(self, case: Request, pages: int) -> None:
        way = {"way": "per_page", "pages": pages} if pages else {"way": "per_item"}
        charging.compute_fee(self.of(case).officer, case.pk, at=self.at, **way)  # type: ignore[arg-type]

    def pay(self, case: Request, ago: int) -> None:
        charging.pay(self.of(case).officer, case.pk, on=self.today - timedelta(days=ago), at=self.at)

    def withdraw(self, case: Request) -> None:
        ending.withdraw(applicant(case), case.pk, on=self.today, at=self.at)

    def split(self, case: Request, units: int) -> None:
        dividing.split(self.of(case).officer, case.pk, [Asked(f"第{n}项") for n in range(units)], reason="各为一事", at=self.at)

    def join(self, case: Request, number: int) -> None:
        if (leading := self.pick(number)) is not None:
            dividing.join(self.of(case).officer, case.pk, leading.pk, at=self.at)

    def part(self, case: Request) -> None:
        dividing.part(self.of(case).officer, case.pk, reason="另行答复", at=self.at)

    def move(self, case: Request) -> None:
        target = self.other if case.organ_id == self.place.organ.pk else self.place
        dividing.move(self.of(case).head, case.pk, target.organ.pk, reason="属于该机关", at=self.at)

    def search(self, case: Request, found: bool | None) -> None:
        place = self.of(case)
        task = Task.objects.filter(request=case, state="open").first()
        if task is None:
            tasks.give_task(place.officer, case.pk, what="方案", office="档案室", at=self.at)
        elif found is None:
            tasks.cancel_task(place.officer, task.pk, reason="不必了", at=self.at)
        else:
            tasks.answer_task(place.editor, task.pk, "查过", found=found, at=self.at)

    def rectify(self, case: Request, number: int, days: int | None) -> None:
        events = [each for each in Event.objects.filter(request=case).order_by("number") if BY_KEY[each.kind].law]
        target = events[number % len(events)]
        on = None if days is None else target.on + timedelta(days=days)
        rectify(self.of(case).head, case.pk, target.number, cancelled=days is None, on=on, reason="核对后更正", at=self.at)

    def morning(self) -> None:
        recomputing.recompute(self.at)
        reminding.remind(self.at)


def check_counted() -> None:
    """Every request is in exactly one row of table three, or carried forward; what was split or moved is in none."""
    for case in Request.objects.all():
        state = State(case.state)
        where = [state in LIVE, state in ENDED and case.outcome in outcomes.BY_KEY, state in UNCOUNTED]
        assert where.count(True) == 1, (case.number, case.state, case.outcome)
        assert (case.outcome != "") == (state in ENDED), (case.number, case.state, case.outcome)
        assert (case.ended_on is not None) == (state not in LIVE), (case.number, case.state)
        if state is State.SPLIT:
            assert case.units.count() >= 2
        if state is State.MOVED:
            assert case.went_to.count() == 1


def check_terms() -> None:
    """What is cached is what the core counts from the same events, told to it as a file."""
    for case in Request.objects.select_related("organ"):
        held = standing.effective(recording.events_of(case))
        told = [{"kind": each.kind, "on": each.on.isoformat(), **each.law} for each in held if BY_KEY[each.kind].law]
        days = clocks.days_of(case.organ)
        record = parse_case({"calendar": days.name, "today": told[-1]["on"], "events": told})
        now = law_standing(follow(record.events, days, clocks.settings_of(case.organ, case.submitted_on)), days, record.today)
        assert (case.due_on, case.correct_by, case.pay_by, case.violations) == (now.due, now.correct_by, now.pay_by, len(now.violations)), case.number
        if State(case.state) not in UNCOUNTED:
            assert case.state == now.state.value


def check_numbers() -> None:
    """Numbers of requests and letters: unique, from one, without a gap."""
    given: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    for row in LetterNumber.objects.all():
        given[row.organ_id, row.series, row.year].append(row.serial)
    for case in Request.objects.filter(parent__isnull=True):
        year, serial = case.number.split("-")
        given[case.organ_id, "request", int(year)].append(int(serial))
    for key, serials in given.items():
        assert sorted(serials) == list(range(1, len(serials) + 1)), key
        assert Serial.objects.get(organ_id=key[0], series=key[1], year=key[2]).last == len(serials)
    assert not [number for number, n in Counter(LetterNumber.objects.values_list("organ_id", "number")).items() if n > 1]


def check_once() -> None:
    """Events are numbered without a gap; no reminder was given twice."""
    for case in Request.objects.all():
        numbers = list(Event.objects.filter(request=case).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, case.events_taken + 1))
    rows = list(Reminder.objects.values_list("request_id", "term", "ref", "term_on", "days"))
    assert len(rows) == len(set(rows))


def check_all() -> None:
    check_counted()
    check_terms()
    check_numbers()
    check_once()
    assert rebuilding.rebuild(repair=False) == []
    found = verify()
    assert found.holds, found
