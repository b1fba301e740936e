"""Who may do what, in which state: role × act × state from the declared table, on the pages and in the actions."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.errors import Refused
from gongkai.platform.annual.models import Publication, ReportStep
from gongkai.platform.annual.queries import auditing
from gongkai.platform.annual.states import ACTS, BY_KEY, State, may
from gongkai.platform.desk.views.annual.acting import VERBS
from gongkai.platform.organs.acting import Actor, Post
from gongkai.platform.organs.roles import RoleKind
from tests.platform.cases.factories import at

from .conftest import PROSE, Begun, Enter, ready

ROLES = tuple(kind for kind in RoleKind if kind is not RoleKind.ADMINISTRATOR)


@pytest.mark.parametrize("state", State)
def test_every_role_may_do_what_the_table_declares_and_nothing_else(state: State, it: Begun) -> None:
    wrong = []
    for role in ROLES:
        actor = Actor(it.place.legal.person, "某人", (Post(role, it.place.organ.pk),))
        for key in VERBS:
            before, report = transaction.savepoint(), it.now()
            report.state, report.drafters, report.frozen = state.value, [], None
            report.save()
            steps = ReportStep.objects.filter(report=report).count()
            verdict = may(key, state, frozenset({role}), actor.person, frozenset())
            try:
                VERBS[key](actor, it.report.pk, {"reason": "理由", "published_on": date(2024, 1, 20), "seen": None}, at("2024-02-01"))
                done = True
            except Refused:
                done = False
            content = key in ("submit", "approve")  # 内容还没有齐，允许了也会被核查拦住
            if (done and not verdict.allowed) or (verdict.allowed and not done and not content) or (not done and ReportStep.objects.filter(report=report).count() != steps):
                wrong.append((role, key, state))
            transaction.savepoint_rollback(before)

    assert not wrong


@pytest.mark.parametrize("state", State)
def test_the_page_of_an_act_says_why_not(state: State, it: Begun, enter: Enter) -> None:
    report = it.now()
    report.state = state.value
    report.save()

    for who in (it.place.head, it.place.legal, it.place.approver):
        client = enter(who)
        for key in VERBS:
            verdict = may(key, state, who.kinds(it.place.organ.pk), who.person, frozenset())
            answer = client.get(f"{it.address}do/{key}/")
            assert answer.status_code == (200 if verdict.allowed else 409 if verdict.role else 403), (key, state)
            assert verdict.allowed or verdict.zh in answer.content.decode()


def test_every_act_of_the_table_has_its_page_or_stands_in_the_text() -> None:
    assert {act.key for act in ACTS} - set(VERBS) - {"write", "explain", "scope"} <= {"hand_in", "send_back", "accept"}
    assert set(VERBS) <= set(BY_KEY)


def test_from_the_draft_to_the_public_and_corrected(it: Begun, enter: Enter) -> None:
    office, legal, approver = (enter(who) for who in (it.place.head, it.place.legal, it.place.approver))
    refused = office.post(f"{it.address}do/submit/", {"seen": str(it.now().steps_taken)})
    ready(it)
    done = [press(office, it, "submit"), press(legal, it, "return", "第五部分太空"), press(office, it, "submit"), press(legal, it, "pass_review")]
    done += [press(approver, it, "approve"), press(office, it, "publish"), press(office, it, "correct", "第六部分漏写")]
    late = {each["code"] for each in findings(it)}
    ready(it)
    reporting.write(it.place.head, it.report.pk, (*PROSE[:5], f"{PROSE[5]}没有其他需要报告的事项。"), based_on=it.now().prose_number, at=at("2024-01-09"))
    done.append(press(office, it, "submit"))
    done += [press(legal, it, "pass_review"), press(approver, it, "approve")]
    silent = press(office, it, "publish")
    done.append(press(office, it, "publish", "补写第六部分"))

    assert refused.status_code == 422 and "还不能提交" in refused.content.decode()
    assert late == {"narrative.claim_contradicts_table", "report.late_publication"}
    assert done == [302] * len(done)
    assert silent == 422
    published = Publication.objects.filter(report=it.report).order_by("version")
    assert [(each.version, each.reason) for each in published] == [(1, ""), (2, "补写第六部分")]
    assert all(each.data["signature"]["on"] == each.data["published"] for each in published)


def test_what_changed_after_the_page_was_opened_is_not_acted_on(it: Begun, enter: Enter) -> None:
    ready(it)
    seen = it.now().steps_taken
    reporting.compile_(it.place.head, it.report.pk, at=at("2024-01-10"))
    answer = enter(it.place.head).post(f"{it.address}do/submit/", {"seen": str(seen)})

    assert answer.status_code == 409
    assert it.now().state == State.DRAFT


def test_a_reason_typed_in_vain_is_kept_on_the_page(it: Begun, enter: Enter) -> None:
    answer = enter(it.place.legal).post(f"{it.address}do/return/", {"reason": "数字对不上，请核对。", "seen": "2"})

    assert answer.status_code == 409
    assert "数字对不上，请核对。" in answer.content.decode()


def press(client, it: Begun, key: str, reason: str = "") -> int:  # type: ignore[no-untyped-def]
    status: int = client.post(f"{it.address}do/{key}/", {"reason": reason, "seen": str(it.now().steps_taken)}).status_code
    return status


def findings(it: Begun) -> list[dict[str, str]]:
    return [{"code": each.code, "severity": each.severity.value} for each in auditing.audit_of(it.now()).findings]
