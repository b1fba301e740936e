"""The matrix of role × act × state × organ, generated from the declared table, tried at the front door.

Where the table says no, the page says why and changes nothing; strangers and the public learn nothing, by any address and any method.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.platform.cases import states
from gongkai.platform.cases.actions import describing, ending
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.models import Event, Request
from gongkai.platform.cases.states import READING, Facts, may
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.desk.forms.requests.acts import ACTS
from gongkai.platform.desk.request_urls import urlpatterns
from gongkai.platform.organs.acting import Actor
from tests.platform.cases.factories import Office, office

from .conftest import Enter
from .making import Filled, back, filled, noon, registered, served

SECRET = Applicant("密不可宣的申请人", "resident_card", "653121199001011230", phone="13912345678", email="secret@mail.example", address="某街某号")
ASKED = Asked("密不可宣的标题甲乙丙", "密不可宣的描述丁戊己")
LEAKS = ("密不可宣", "653121199001011230", "13912345678", "secret@mail.example")
ROLES = ("officer", "head", "approver", "legal", "editor")


def made(place: Office, state: State) -> Request:
    """A request in a state."""
    today = timezone.localdate()
    channel = "fax" if state is State.AWAITING_CONFIRMATION else "in_person"
    request = registered(place, back(today, 9), channel=channel, who=SECRET, what=ASKED)
    match state:
        case State.AWAITING_CORRECTION:
            served(place, request, "correction", back(today, 5), law={"answer_by": today + timedelta(days=9)})
        case State.WITHDRAWN:
            ending.withdraw(place.officer, request.pk, on=back(today, 3), at=noon(back(today, 3)))
    return Request.objects.get(pk=request.pk)


STANDINGS = (State.AWAITING_CONFIRMATION, State.OPEN, State.AWAITING_CORRECTION, State.WITHDRAWN)


@pytest.mark.parametrize("state", STANDINGS)
def test_the_page_of_every_act_says_what_the_table_says(state: State, place: Office, enter: Enter) -> None:
    request = made(place, state)
    before = Event.objects.filter(request=request).count()
    for role in ROLES:
        who: Actor = getattr(place, role)
        client = enter(who)
        for act in sorted(ACTS):
            answer = client.get(f"/desk/requests/{request.pk}/do/{act}/")
            verdict = may(act, Facts(State(request.state)), who.kinds(place.organ.pk))
            words = answer.content.decode()

            if not who.kinds(place.organ.pk) & READING:
                assert answer.status_code == 404, (role, act)
                assert not any(leak in words for leak in LEAKS)
            elif verdict.allowed:
                assert answer.status_code in (200, 409), (role, act)  # 409：期限或者机关设置还不允许
            else:
                assert answer.status_code in (403, 409), (role, act)
                assert "现在不能办理" in words

    assert Event.objects.filter(request=request).count() == before


@pytest.mark.parametrize("role", ["approver", "legal", "editor"])
def test_a_post_that_the_table_refuses_changes_nothing(role: str, place: Office, enter: Enter) -> None:
    request = made(place, State.OPEN)
    who: Actor = getattr(place, role)
    client = enter(who)
    before = (Event.objects.count(), Request.objects.filter(pk=request.pk).values().get())
    for act in sorted(ACTS):
        if who.kinds(place.organ.pk) & states.BY_KEY[act].roles:
            continue
        answer = client.post(f"/desk/requests/{request.pk}/do/{act}/", typed(place))

        assert answer.status_code in (403, 404, 409, 422), (act, answer.status_code)
    assert (Event.objects.count(), Request.objects.filter(pk=request.pk).values().get()) == before


def typed(place: Office) -> dict[str, object]:
    """What would fill every form."""
    today = timezone.localdate().isoformat()
    return {
        "on": today, "how": "phone", "text": "文字", "reason": "理由", "person": place.officer.person, "item_number": "1", "kind": "other", "organ": place.organ.pk,
        "what": "检索", "due_on": today, "to": "third_party", "name": "某人", "asks": "内容", "ref": "征1", "answer": "objects", "way": "per_item", "units": "1",
        "parts": "甲\n乙", "leading": "2026-0001", "applicant_kind": "natural", "title": "标题", "form": "paper", "obtaining": "online", "receipt": "1",
    }  # fmt: skip


def private(told: Filled, slug: str) -> Iterator[str]:
    """Every address of the case desk, filled with what exists."""
    ids = {"request_id": told.rich, "letter_id": told.draft, "task_id": told.task, "number": 1, "batch_id": 1, "template_id": 1, "notice_id": 1}
    words = {"slug": slug, "act": "note", "form": "csv", "key": "correction", "ending": "pdf", "ref": "征1"}
    for pattern in urlpatterns:
        yield "/desk/" + re.sub(r"<(?:int|slug|str):(\w+)>", lambda name: str((ids | words)[name[1]]), str(pattern.pattern))


def test_strangers_and_the_public_learn_nothing_from_any_address(place: Office, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    told = filled(place, timezone.localdate())
    other = office("elsewhere")
    people: dict[str, Callable[[], Client]] = {"public": Client, "stranger": lambda: enter(other.officer), "head elsewhere": lambda: enter(other.head)}
    own = {"/desk/tasks/", "/desk/messages/", "/desk/messages/read/", "/desk/supervision/requests/"}  # 各人自己的
    for name, opened in people.items():
        client = opened()
        for address in private(told, place.organ.slug):
            for answer in (client.get(address), client.post(address, typed(place))):
                words = answer.content.decode(errors="replace")

                assert not any(leak in words for leak in ("柳如烟", "653121199001011230", "13900000001", "征地补偿")), (name, address)
                if name == "public":
                    assert answer.status_code in (302, 405), (address, answer.status_code)
                elif address not in own:
                    assert answer.status_code in (404, 405), (name, address, answer.status_code)


def test_an_editor_sees_the_search_and_nothing_of_the_applicant(place: Office, enter: Enter) -> None:
    told = filled(place, timezone.localdate())
    page = enter(place.editor).get(f"/desk/tasks/{told.task}/")
    words = page.content.decode()

    assert page.status_code == 200
    assert "村级公益事业" in words
    assert "柳如烟" not in words
    assert enter(place.editor).get(f"/desk/requests/{told.fresh}/").status_code == 404


def test_names_and_numbers_never_stand_in_an_address_nor_in_a_list_nor_in_an_export(place: Office, enter: Enter) -> None:
    registered(place, back(timezone.localdate(), 2), who=SECRET, what=Asked("密不可宣的申请人的宅基地档案"))
    client = enter(place.officer)
    found = client.post(f"/desk/organs/{place.organ.slug}/requests/find/", {"q": "密不可宣的申请人"})
    listed = client.get(found["Location"]).content.decode()
    table = client.get(f"/desk/organs/{place.organ.slug}/requests/export.csv").content.decode("utf-8-sig")

    assert not any(leak in found["Location"] for leak in LEAKS)
    assert "共 1 件" in listed
    assert "某某的宅基地档案" in listed
    assert not any(leak in table for leak in LEAKS)
    assert "某某的宅基地档案" in table


def test_a_form_posted_again_does_it_once_and_what_others_did_meanwhile_is_said(place: Office, enter: Enter) -> None:
    request = made(place, State.OPEN)
    client, form = enter(place.officer), {"text": "来电询问", "once": "same-form"}
    for _each in range(3):
        assert client.post(f"/desk/requests/{request.pk}/do/note/", form).status_code == 302
    describing.note(place.head, request.pk, "别人写的", at=timezone.now())
    late = client.post(f"/desk/requests/{request.pk}/do/withdraw/", {"on": timezone.localdate().isoformat(), "text": "申请人来电撤回", "seen": str(request.events_taken)})

    assert Event.objects.filter(request=request, kind="noted").count() == 2
    assert late.status_code == 409
    assert "申请人来电撤回" in late.content.decode()
    assert Request.objects.get(pk=request.pk).state == State.OPEN


def test_the_query_code_is_told_once_on_the_receipt(place: Office, enter: Enter) -> None:
    client = enter(place.officer)
    fields = {
        "channel": "in_person", "on": timezone.localdate().isoformat(), "applicant_kind": "natural", "name": "柳如烟", "identity_kind": "resident_card",
        "identity_number": "653121199001011230", "phone": "13900000001", "title": "某方案", "form": "paper", "obtaining": "in_person", "once": "register-once",
    }  # fmt: skip
    done = client.post(f"/desk/organs/{place.organ.slug}/requests/new/", fields)
    first, second = (client.get(done["Location"]).content.decode() for _each in range(2))

    assert done.status_code == 302
    assert re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", first)
    assert not re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", second)
