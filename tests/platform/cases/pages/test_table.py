"""The declared table of acts, and the forms that stand for it."""

from __future__ import annotations

from gongkai.platform.cases import states
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.table import possible
from gongkai.platform.desk.forms.requests.acts import ACTS, ELSEWHERE, LETTERS, PARTS
from gongkai.platform.organs.roles import RoleKind


def test_every_act_of_the_table_has_its_place_on_the_desk() -> None:
    offered = set(ACTS) | set(PARTS) | set(LETTERS) | ELSEWHERE

    assert offered == set(states.BY_KEY)


def test_no_administrator_and_no_supervisor_does_anything_with_a_request_but_remind() -> None:
    outside = {RoleKind.ADMINISTRATOR, RoleKind.SUPERVISOR, RoleKind.MAILBOX}

    assert {act.key for act in states.ACTS if act.roles & outside} == {"remind"}


def test_what_ended_is_changed_only_by_what_comes_after_the_end() -> None:
    ended = {act.key for act in states.ACTS if State.REPLIED in possible(act)}

    assert not ended & {"confirm", "correct", "consult", "withdraw", "split", "move", "pay", "assign", "describe", "give_task"}
