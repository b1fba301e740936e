"""Random walks over all actions: whatever was done, the cache equals the fold over the steps, and the public sees only what was approved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.choices import Access, State
from gongkai.platform.catalogue.errors import Refused
from gongkai.platform.catalogue.models import Attachment, IndexNumber, Item, Publication, Step
from gongkai.platform.catalogue.rebuilding import folded, rebuild
from gongkai.platform.catalogue.recording import standing_of
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs.acting import Actor

from .factories import DRAFT, NOW, County

ACCESS = st.sampled_from(list(Access))
SIMPLE = ["submit", "take_back", "review", "clear", "determine", "approve", "publish", "recheck", "file"]
REASONED = ["return_", "refer", "discard", "drop_revision", "hold", "withdraw", "revise"]
WHO = {
    "submit": "editor", "take_back": "second_editor", "review": "reviewer", "clear": "secrecy", "determine": "secrecy", "approve": "approver",
    "publish": "approver", "recheck": "office", "file": "approver", "refer": "secrecy", "discard": "editor", "drop_revision": "second_editor",
    "hold": "approver", "withdraw": "office", "revise": "editor",
}  # fmt: skip


def machine(place: County) -> type[RuleBasedStateMachine]:
    """The walk over one county; every run begins with nothing."""

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.point = transaction.savepoint()
            self.now = NOW
            self.items: list[int] = []
            self.numbers: dict[int, str] = {}

        def teardown(self) -> None:
            assert rebuild(repair=False) == []
            assert verify().holds
            transaction.savepoint_rollback(self.point)

        def later(self) -> datetime:
            self.now += timedelta(hours=7)
            return self.now

        def tried(self, work: Callable[[], Any]) -> Any:
            point = transaction.savepoint()
            try:
                return work()
            except Refused:
                transaction.savepoint_rollback(point)
                return None

        @initialize()
        def begin(self) -> None:
            self.draft(Access.PROACTIVE, None)

        @rule(access=ACCESS, expires=st.none() | st.integers(1, 40))
        @precondition(lambda self: len(self.items) < 3)
        def draft(self, access: Access, expires: int | None) -> None:
            self.items.append(actions.create(place.editor, place.bureau.pk, self.said("起草", access, expires), at=self.later()).pk)

        def said(self, title: str, access: Access, expires: int | None) -> Any:
            until = (self.now + timedelta(days=expires)).date() if expires else None
            ground = "process_info" if access is Access.WITHHELD else ""
            return replace(DRAFT, title=title, access=access, ground=ground, expires_on=until)

        def item(self, which: int) -> int:
            return self.items[which % len(self.items)]

        @rule(which=st.integers(0, 2), access=ACCESS, title=st.sampled_from(["甲", "乙", "丙"]), expires=st.none() | st.integers(1, 40), changed=st.booleans())
        def save(self, which: int, access: Access, title: str, expires: int | None, changed: bool) -> None:
            item = Item.objects.select_related("current").get(pk=self.item(which))
            told = replace(self.said(title, access, expires), changed_on=date(2026, 11, 18) if changed else None)
            assert item.current is not None
            self.tried(lambda: actions.save(place.second_editor, item.pk, told, based_on=item.current.number, at=self.later()))  # type: ignore[union-attr]

        @rule(which=st.integers(0, 2), verb=st.sampled_from(SIMPLE))
        def simple(self, which: int, verb: str) -> None:
            who: Actor = getattr(place, WHO[verb])
            self.tried(lambda: getattr(actions, verb)(who, self.item(which), at=self.later()))

        @rule(which=st.integers(0, 2))
        def to_approval(self, which: int) -> None:
            """The main line is long: without a short cut few walks would reach the public."""
            for verb in ("submit", "review", "clear"):
                self.simple(which, verb)

        @rule(which=st.integers(0, 2), verb=st.sampled_from(REASONED))
        def reasoned(self, which: int, verb: str) -> None:
            by_state = {State.IN_REVIEW: "reviewer", State.IN_SECRECY_REVIEW: "secrecy", State.REFERRED: "secrecy"}
            state = State(Item.objects.get(pk=self.item(which)).state)
            who: Actor = getattr(place, by_state.get(state, "approver") if verb == "return_" else WHO[verb])
            self.tried(lambda: getattr(actions, verb)(who, self.item(which), reason="随机", at=self.later()))

        @rule(which=st.integers(0, 2))
        def withhold(self, which: int) -> None:
            self.tried(lambda: actions.withhold(place.secrecy, self.item(which), ground="work_secret", reason="随机", at=self.later()))

        @rule(which=st.integers(0, 2), keep=st.booleans())
        def look_again(self, which: int, keep: bool) -> None:
            self.tried(lambda: actions.review_withheld(place.office, self.item(which), keep=keep, reason="随机", at=self.later()))

        @rule(which=st.integers(0, 2), days=st.integers(1, 5))
        def schedule(self, which: int, days: int) -> None:
            self.tried(lambda: actions.schedule(place.approver, self.item(which), publish_at=self.now + timedelta(days=days), at=self.later()))

        @rule(which=st.integers(0, 2), validity=st.sampled_from(["amended", "repealed", "in_force"]))
        def mark(self, which: int, validity: str) -> None:
            day = date(2026, 11, 19)
            self.tried(lambda: actions.mark_validity(place.office, self.item(which), validity=validity, on=day, reason="随机", at=self.later()))

        @rule(which=st.integers(0, 2))
        def attach(self, which: int) -> None:
            self.tried(lambda: actions.attach(place.editor, self.item(which), "附表.txt", self.now.isoformat().encode(), at=self.later()))

        @rule(which=st.integers(0, 2), number=st.integers(1, 3))
        def detach(self, which: int, number: int) -> None:
            self.tried(lambda: actions.detach(place.editor, self.item(which), number, reason="随机", at=self.later()))

        @rule(days=st.integers(1, 20))
        def time_passes(self, days: int) -> None:
            self.now += timedelta(days=days)
            actions.publish_due(self.now)
            actions.expire_due(self.now)

        @invariant()
        def the_cache_is_the_fold_over_the_steps(self) -> None:
            for item in Item.objects.select_related("current", "published", "organ"):
                assert standing_of(item) == folded(item)

        @invariant()
        def only_an_approved_revision_is_public_and_it_was_reviewed(self) -> None:
            for page in Publication.objects.select_related("item__published"):
                shown = page.withdrawn_at is None
                assert shown == (page.item.published is not None)
                if not shown:
                    assert (page.title, page.body, page.terms) == ("", "", None)
                    continue
                assert page.item.published is not None
                assert page.title == page.item.published.title
                assert page.item.published.access == Access.PROACTIVE
                done = list(Step.objects.filter(item=page.item, revision__number=page.revision).order_by("number").values_list("action", flat=True))
                assert {"submit", "review"} <= set(done)
                assert {"clear", "determine"} & set(done)
                assert {"approve", "schedule"} & set(done)

        @invariant()
        def an_index_number_stays_with_its_item(self) -> None:
            given = dict(IndexNumber.objects.values_list("item_id", "number"))
            assert all(given.get(item) == number for item, number in self.numbers.items())
            assert given == {item.pk: item.index_number for item in Item.objects.exclude(index_number="")}
            self.numbers = given

        @invariant()
        def the_public_files_are_those_of_the_public_revision(self) -> None:
            for page in Publication.objects.filter(withdrawn_at__isnull=True).select_related("item"):
                for attached in Attachment.objects.filter(item=page.item, since__lte=page.revision):
                    ended = attached.until is not None and attached.until <= page.revision
                    step = Step.objects.filter(item=page.item, action="attach", facts__number=attached.number).get()
                    assert ended or step.number < Step.objects.filter(item=page.item, action__in=("approve", "publish")).latest("number").number

        @invariant()
        def every_step_is_in_the_journal(self) -> None:
            assert Entry.objects.count() == Step.objects.count()

    return Walk


def test_walks(place: County) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine(place), settings=settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    )


def test_rebuild_names_and_repairs_what_was_changed_behind_its_back(place: County) -> None:
    from .factories import brought_to

    item = brought_to(place, State.PUBLISHED)
    Item.objects.filter(pk=item.pk).update(state="draft", due_on=date(2020, 1, 1), drafters=[])
    found = {(each.field, each.kept) for each in rebuild()}

    assert {("state", "draft"), ("due_on", "2020-01-01"), ("drafters", "frozenset()")} <= found
    assert rebuild() == []
    assert Item.objects.get(pk=item.pk).state == State.PUBLISHED
