"""The declared table itself."""

from __future__ import annotations

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.states import BY_ACTION, TRANSITIONS


def test_every_way_to_the_public_leads_through_all_three_reviews() -> None:
    """先审查后公开: taken away any one of the reviews, no published state is reached from a draft."""

    def reached(without: set[str]) -> set[State]:
        seen, todo = {State.DRAFT}, [State.DRAFT]
        while todo:
            state = todo.pop()
            for row in TRANSITIONS:
                if row.action not in without and state in row.sources and row.target and row.target not in seen:
                    seen.add(row.target)
                    todo.append(row.target)
        return seen

    assert State.PUBLISHED in reached(set())
    for needed in ({"submit"}, {"review"}, {"clear", "determine", "withhold"}, {"approve", "publish"}):
        assert not reached(needed) & {State.PUBLISHED, State.RECHECKED}


def test_whoever_judges_a_draft_is_kept_apart_from_its_drafters() -> None:
    judging = {"review", "clear", "return_from_review", "return_from_secrecy", "refer", "determine", "withhold", "waive", "approve", "schedule", "file", "publish", "recheck"}

    assert {row.action for row in TRANSITIONS if row.apart} == judging


def test_every_action_of_the_table_has_its_verb() -> None:
    named = {"return_from_review": "return_", "return_from_secrecy": "return_", "return_from_approval": "return_", "release": "review_withheld", "expire": "expire_due"}

    assert all(hasattr(actions, named.get(action, action)) for action in BY_ACTION)


def test_no_way_leads_out_of_the_discarded() -> None:
    assert not [row.action for row in TRANSITIONS if State.DISCARDED in row.sources]
