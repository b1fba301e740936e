"""Random walks over all actions: whatever was done, the cache equals the fold over the steps, and the public sees only what was approved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
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
from gongkai.platform.catalogue.clocks import local_day
from gongkai.platform.catalogue.errors import Refused
from gongkai.platform.catalogue.models import Attachment, IndexNumber, Item, Publication, Step
from gongkai.platform.catalogue.rebuilding import folded, rebuild
from gongkai.platform.catalogue.recording import facts_of, standing_of
from gongkai.platform.catalogue.states import may
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs.acting import Actor

from .factories import DRAFT, NOW, County

ACCESS = st.sampled_from(list(Access))
WHO = {
    "submit": "editor", "take_back": "second_editor", "review": "reviewer", "clear": "secrecy", "determine": "secrecy", "approve": "approver",
    "publish": "approver", "recheck": "office", "file": "approver", "refer": "secrecy", "discard": "editor", "drop_revision": "second_editor",
    "hold": "approver", "withdraw": "office", "revise": "editor",
}  # fmt: skip

WEIGHT = {"discard": 1, "take_back": 1, "withdraw": 1, "attach": 2, "mark_validity": 2, "refer": 12, "schedule": 8, "hold": 12}  # 别处为四


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

        @rule(seed=st.integers(0, 10**6))
        def some_way(self, seed: int) -> None:
            """Several actions in a row, each one that somebody may do then: short walks seldom come far."""
            chance = Random(seed)
            for _ in range(10):
                self.possible(chance.choice(self.items), chance)

        def possible(self, item_id: int, chance: Random) -> None:
            item = Item.objects.select_related("organ", "current", "published").get(pk=item_id)
            facts, verbs = facts_of(item, local_day(self.now)), self.verbs()
            found = [name for name, (who, _) in verbs.items() if may(name, facts, who.kinds(item.organ_id), who.person).allowed]
            if found:
                who, verb = verbs[chance.choices(found, [WEIGHT.get(name, 4) for name in found])[0]]
                self.tried(lambda: verb(who, item_id))
            else:
                self.time_passes(2)

        @rule(which=st.integers(0, 2), pick=st.integers(0, 10**6))
        def whatever(self, which: int, pick: int) -> None:
            """Any action at all: mostly refused, and then without a trace."""
            name = sorted(self.verbs())[pick % len(self.verbs())]
            who, verb = self.verbs()[name]
            before = Step.objects.count()
            done = self.tried(lambda: verb(who, self.item(which)))
            assert (Step.objects.count() > before) is (done is not None)

        @rule(which=st.integers(0, 2))
        def to_approval(self, which: int) -> None:
            """The main line is long: without a short cut few walks would come far."""
            for name in ("submit", "review", "clear"):
                who, verb = self.verbs()[name]
                self.tried(lambda verb=verb, who=who: verb(who, self.item(which)))  # type: ignore[misc]

        def verbs(self) -> dict[str, tuple[Actor, Callable[[Actor, int], Any]]]:
            at, day, later = self.later(), date(2026, 11, 19), self.now + timedelta(days=3)
            plain = {name: getattr(actions, name) for name in ("submit", "take_back", "review", "clear", "approve", "publish", "recheck", "file")}
            reasoned = {name: getattr(actions, name) for name in ("determine", "refer", "discard", "drop_revision", "hold", "withdraw", "revise")}
            returns = {"return_from_review": "reviewer", "return_from_secrecy": "secrecy", "return_from_approval": "approver"}
            special: dict[str, tuple[str, Callable[[Actor, int], Any]]] = {
                **{name: (WHO[name], lambda who, pk, verb=verb: verb(who, pk, at=at)) for name, verb in plain.items()},
                **{name: (WHO[name], lambda who, pk, verb=verb: verb(who, pk, reason="随机", at=at)) for name, verb in reasoned.items()},
                **{name: (role, lambda who, pk: actions.return_(who, pk, reason="随机", at=at)) for name, role in returns.items()},
                "withhold": ("secrecy", lambda who, pk: actions.withhold(who, pk, ground="work_secret", reason="随机", at=at)),
                "review_withheld": ("office", lambda who, pk: actions.review_withheld(who, pk, keep=True, reason="随机", at=at)),
                "release": ("office", lambda who, pk: actions.review_withheld(who, pk, keep=False, reason="随机", at=at)),
                "schedule": ("approver", lambda who, pk: actions.schedule(who, pk, publish_at=later, at=at)),
                "mark_validity": ("office", lambda who, pk: actions.mark_validity(who, pk, validity="amended", on=day, reason="随机", at=at)),
                "attach": ("editor", lambda who, pk: actions.attach(who, pk, "附表.txt", at.isoformat().encode(), at=at)),
                "detach": ("editor", lambda who, pk: actions.detach(who, pk, 1, reason="随机", at=at)),
            }
            return {name: (getattr(place, role), verb) for name, (role, verb) in special.items()}

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
        machine(place), settings=settings(max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    )


def test_rebuild_names_and_repairs_what_was_changed_behind_its_back(place: County) -> None:
    from .factories import brought_to

    item = brought_to(place, State.PUBLISHED)
    Item.objects.filter(pk=item.pk).update(state="draft", due_on=date(2020, 1, 1), drafters=[])
    found = {(each.field, each.kept) for each in rebuild()}

    assert {("state", "draft"), ("due_on", "2020-01-01"), ("drafters", "frozenset()")} <= found
    assert rebuild() == []
    assert Item.objects.get(pk=item.pk).state == State.PUBLISHED


def test_a_long_walk_comes_far(place: County) -> None:
    """The same machine, walked far by fixed chances: to the public, back, and to the archive."""
    walk = machine(place)()
    walk.begin()  # type: ignore[attr-defined]
    for seed in range(30):
        live = Item.objects.filter(pk__in=walk.items).exclude(state=State.DISCARDED.value).count()  # type: ignore[attr-defined]
        for place_left in range(live, 3):
            walk.draft(Access.WITHHELD if place_left == 2 else Access.PROACTIVE, None)  # type: ignore[attr-defined]
        walk.some_way(seed)  # type: ignore[attr-defined]
        walk.the_cache_is_the_fold_over_the_steps()  # type: ignore[attr-defined]
        walk.only_an_approved_revision_is_public_and_it_was_reviewed()  # type: ignore[attr-defined]
        walk.the_public_files_are_those_of_the_public_revision()  # type: ignore[attr-defined]
        walk.an_index_number_stays_with_its_item()  # type: ignore[attr-defined]
    done = set(Step.objects.values_list("action", flat=True))

    assert rebuild(repair=False) == []
    assert verify().holds
    assert done >= {"submit", "review", "approve", "revise", "file"}
    assert len(done) >= 16
