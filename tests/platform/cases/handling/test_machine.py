"""The case desk as a state machine: the real actions on the real database, in any order; and two workers at once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from gongkai.platform.cases.errors import Refused
from gongkai.platform.cases.models import Event, Letter, LetterNumber, Request
from tests.platform.cases.factories import office

from .walking import CHANNELS, ENDING, NOTICES, SIDES, Walk, check_all, check_counted, check_numbers, check_terms

WHICH, AGO = st.integers(0, 9), st.sampled_from([0, 0, 0, 1, 3])
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


class Desk(RuleBasedStateMachine):
    """An office that does whatever comes to mind. What the law or the table refuses changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = transaction.atomic()
        self.kept.__enter__()
        self.walk = Walk(office(), office("other"))
        self.walk.register("in_person", 0)

    def teardown(self) -> None:
        try:
            check_all()
        finally:
            transaction.set_rollback(True)
            self.kept.__exit__(None, None, None)

    def done(self, what: Callable[..., None], *told: object) -> None:
        before = Event.objects.count()
        try:
            with transaction.atomic():
                what(*told)
        except Refused:
            assert Event.objects.count() == before

    def on(self, which: int, what: Callable[..., None], *told: object) -> None:
        case = self.walk.pick(which)
        assert case is not None
        self.done(what, case, *told)

    @precondition(lambda self: Request.objects.count() < 10)
    @rule(channel=st.sampled_from(CHANNELS), who=st.integers(0, 1), ago=AGO)
    def register(self, channel: str, who: int, ago: int) -> None:
        self.done(self.walk.register, channel, who, ago)

    @rule(days=st.sampled_from([1, 1, 2, 5, 12, 25]))
    def time_passes(self, days: int) -> None:
        self.walk.today += timedelta(days=days)
        self.walk.morning()

    @rule(which=WHICH, ago=AGO)
    def confirm(self, which: int, ago: int) -> None:
        self.on(which, self.walk.confirm, ago)

    @rule(which=WHICH, key=st.sampled_from(NOTICES))
    def serve_a_notice(self, which: int, key: str) -> None:
        self.on(which, self.walk.letter, key)

    @rule(which=WHICH, how=st.sampled_from(ENDING))
    def serve_a_reply(self, which: int, how: tuple[str, str]) -> None:
        self.on(which, self.walk.letter, *how)

    @rule(which=WHICH, ago=AGO, outside=st.booleans())
    def correct(self, which: int, ago: int, outside: bool) -> None:
        self.on(which, self.walk.correct, ago, outside)

    @rule(which=WHICH)
    def give_reasons(self, which: int) -> None:
        self.on(which, self.walk.give_reasons)

    @rule(which=WHICH, to=st.sampled_from(SIDES))
    def consult(self, which: int, to: str) -> None:
        self.on(which, self.walk.consult, to)

    @rule(which=WHICH, number=st.integers(0, 2), ago=AGO, said=st.sampled_from(["delivered", "consents", "objects"]))
    def hear(self, which: int, number: int, ago: int, said: str) -> None:
        self.on(which, self.walk.heard, number, ago, said)

    @rule(which=WHICH, pages=st.sampled_from([0, 0, 10, 60, 300]))
    def compute_fee(self, which: int, pages: int) -> None:
        self.on(which, self.walk.compute, pages)

    @rule(which=WHICH, ago=AGO)
    def pay(self, which: int, ago: int) -> None:
        self.on(which, self.walk.pay, ago)

    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        self.on(which, self.walk.withdraw)

    @precondition(lambda self: Request.objects.count() < 12)
    @rule(which=WHICH, units=st.integers(2, 3))
    def split(self, which: int, units: int) -> None:
        self.on(which, self.walk.split, units)

    @rule(which=WHICH, leading=WHICH)
    def join(self, which: int, leading: int) -> None:
        self.on(which, self.walk.join, leading)

    @rule(which=WHICH)
    def part(self, which: int) -> None:
        self.on(which, self.walk.part)

    @precondition(lambda self: Request.objects.count() < 12)
    @rule(which=WHICH)
    def move(self, which: int) -> None:
        self.on(which, self.walk.move)

    @rule(which=WHICH, found=st.sampled_from([True, False, None]))
    def search(self, which: int, found: bool | None) -> None:
        self.on(which, self.walk.search, found)

    @rule(which=WHICH, number=st.integers(0, 9), days=st.sampled_from([None, -3, -1, 1, 2]))
    def rectify(self, which: int, number: int, days: int | None) -> None:
        self.on(which, self.walk.rectify, number, days)

    @invariant()
    def every_request_is_in_one_row_and_its_terms_are_the_cores(self) -> None:
        check_counted()
        check_terms()
        check_numbers()


@pytest.mark.django_db
def test_whatever_an_office_does_the_books_hold() -> None:
    run_state_machine_as_test(Desk, settings=settings(max_examples=5, stateful_step_count=18, deadline=None, derandomize=True, suppress_health_check=QUIET))


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_an_office_does_for_long_the_books_hold() -> None:
    run_state_machine_as_test(Desk, settings=settings(max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=QUIET))


def acts(walk: Walk, dice: random.Random) -> Callable[[Request], None]:
    """One act at random."""
    ago, some = dice.choice([0, 0, 1]), dice.randrange(8)
    return dice.choice(
        [
            lambda case: walk.confirm(case, ago),
            lambda case: walk.letter(case, dice.choice(NOTICES)),
            lambda case: walk.letter(case, *dice.choice(ENDING[:4])),
            lambda case: walk.correct(case, ago, bool(some % 2)),
            lambda case: walk.consult(case, SIDES[some % 3]),
            lambda case: walk.heard(case, some, ago, ("delivered", "consents")[some % 2]),
            lambda case: walk.compute(case, 60 * (some % 2)),
            lambda case: walk.pay(case, ago),
            lambda case: walk.withdraw(case),
            lambda case: walk.split(case, 2),
            lambda case: walk.join(case, some),
            lambda case: walk.part(case),
            lambda case: walk.move(case),
            lambda case: walk.search(case, (True, None)[some % 2]),
            lambda case: walk.rectify(case, some, (None, -1, 1)[some % 3]),
            lambda case: walk.register(CHANNELS[some % 6], some),
        ]
    )


def worker(walk: Walk, seed: int, steps: int) -> Counter[str]:
    """One worker's morning: acts on the same requests as the other's."""
    dice, told = random.Random(seed), Counter[str]()
    try:
        for number in range(steps):
            case = walk.pick(dice.randrange(6))
            assert case is not None
            try:
                acts(walk, dice)(case)
                told["done"] += 1
            except Refused:
                told["refused"] += 1
            if number % 8 == 7:
                walk.morning()
    finally:
        connections.close_all()
    return told


def together(steps: int, rounds: int) -> None:
    place, other = office(), office("other")
    walk = Walk(place, other)
    for n in range(4):
        walk.register(("in_person", "email")[n % 2], n % 2)
    done: Counter[str] = Counter()
    for turn in range(rounds):
        with ThreadPoolExecutor(2) as pool:
            for told in pool.map(lambda seed: worker(walk, seed, steps), (2 * turn + 1, 2 * turn + 2)):
                done += told
        walk.today += timedelta(days=6)
        check_all()

    assert done["done"] > steps * rounds // 4
    assert LetterNumber.objects.count() == Letter.objects.exclude(number="").count()


def test_two_workers_at_once_leave_the_books_whole(ledger: object) -> None:
    together(steps=12, rounds=2)


@pytest.mark.slow
def test_two_workers_for_long_leave_the_books_whole(ledger: object) -> None:
    together(steps=60, rounds=8)
