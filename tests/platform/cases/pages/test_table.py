"""The declared table of acts, the page printed from it, and the forms that stand for it."""

from __future__ import annotations

from gongkai.platform.cases import states
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.table import markdown, possible
from gongkai.platform.desk.forms.requests.acts import ACTS, ELSEWHERE, LETTERS, PARTS
from gongkai.platform.organs.roles import RoleKind
from tests.conftest import ROOT


def test_the_page_in_the_documentation_is_what_the_code_prints() -> None:
    page = ROOT / "docs" / "guides" / "request-acts.md"

    assert page.read_text(encoding="utf-8") == markdown(), "print it again: python -m scripts.acts_table"


def test_every_act_of_the_table_has_its_place_on_the_desk() -> None:
    offered = set(ACTS) | set(PARTS) | set(LETTERS) | ELSEWHERE

    assert offered == set(states.BY_KEY)


def test_no_administrator_and_no_supervisor_does_anything_with_a_request_but_remind() -> None:
    outside = {RoleKind.ADMINISTRATOR, RoleKind.SUPERVISOR, RoleKind.MAILBOX}

    assert {act.key for act in states.ACTS if act.roles & outside} == {"remind"}


def test_what_ended_is_changed_only_by_what_comes_after_the_end() -> None:
    ended = {act.key for act in states.ACTS if State.REPLIED in possible(act)}

    assert not ended & {"confirm", "correct", "consult", "withdraw", "split", "move", "pay", "assign", "describe", "give_task"}
