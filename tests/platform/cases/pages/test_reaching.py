"""发出的通知 and links for answering on line: seen by the office, sent again by those who handle, journaled; an old link opens nothing."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.platform.cases.models import Consultation, Notice, Request
from gongkai.platform.journal.models import Entry
from tests.platform.cases.factories import Office, office
from tests.platform.cases.handling.making import asked

from .conftest import Enter
from .making import back, noon, registered


def consulted(place: Office) -> tuple[Request, str]:
    case = registered(place, back(timezone.localdate(), 5))
    _made, token = asked(place, case, back(timezone.localdate(), 3).isoformat(), today=back(timezone.localdate(), 3).isoformat())
    return case, token


def failed(place: Office, case: Request) -> Notice:
    return Notice.objects.create(
        request=case, organ=place.organ, key="received", channel="email", state="failed", attempts=9, failed="SMTPRecipientsRefused 550", at=noon(back(timezone.localdate(), 2))
    )


def opens(token: str) -> int:
    return int(Client().get(f"/opinion/{token}/").status_code)


def test_the_messages_of_a_case_say_what_became_of_them(place: Office, enter: Enter) -> None:
    case, _token = consulted(place)
    failed(place, case)
    page = enter(place.officer).get(f"/desk/requests/{case.pk}/messages/").content.decode()

    assert "没有发出" in page and "SMTPRecipientsRefused 550" in page and "试过 9 次" in page
    assert "重新发送" in page
    assert "mine@party.example" not in page and "13900000009" not in page


def test_a_message_that_did_not_go_out_is_sent_again_by_whoever_handles_the_case(place: Office, enter: Enter) -> None:
    case, _token = consulted(place)
    row = failed(place, case)
    where = f"/desk/requests/{case.pk}/messages/{row.pk}/resend/"
    shown = enter(place.legal).get(f"/desk/requests/{case.pk}/messages/")
    refused = [enter(place.legal).post(where).status_code, enter(place.editor).post(where).status_code, enter(office("elsewhere").officer).post(where).status_code]
    done = enter(place.officer).post(where)
    row.refresh_from_db()

    assert shown.status_code == 200 and "重新发送<" not in shown.content.decode()
    assert refused == [403, 404, 404]
    assert (done.status_code, row.state, row.attempts, row.failed) == (302, "waiting", 0, "")
    assert Entry.objects.filter(verb="cases.resend", subject=f"cases.request:{case.pk}").count() == 1


def test_what_went_out_or_belongs_to_another_case_is_not_sent_again(place: Office, enter: Enter) -> None:
    case, _token = consulted(place)
    other = registered(place, back(timezone.localdate(), 1))
    row = failed(place, case)
    client = enter(place.officer)
    elsewhere = client.post(f"/desk/requests/{other.pk}/messages/{row.pk}/resend/")
    Notice.objects.filter(pk=row.pk).update(state="sent")
    again = client.post(f"/desk/requests/{case.pk}/messages/{row.pk}/resend/", follow=True)

    assert elsewhere.status_code == 404
    assert "只有没有发出的通知可以重新发送" in again.content.decode()


def test_a_new_link_opens_and_the_old_one_is_dead(place: Office, enter: Enter) -> None:
    case, old = consulted(place)
    client, where = enter(place.officer), f"/desk/requests/{case.pk}/consultations/征1/link/"
    asked_first, before = client.get(where), opens(old)
    page = client.post(where, {"once": "a-form"}).content.decode()
    found = re.search(r"/opinion/([\w-]{20,})/", page)
    assert found is not None
    again = client.post(where, {"once": "a-form"}, follow=True).content.decode()

    assert asked_first.status_code == 200 and "随即作废" in asked_first.content.decode() and before == 200
    assert (opens(old), opens(found[1])) == (404, 200)
    assert "只显示一次" in again and found[1] not in again
    assert found[1] not in Client().get(f"/opinion/{found[1]}/").headers.get("Set-Cookie", "")
    assert Entry.objects.filter(verb="cases.renew_link", subject=f"cases.request:{case.pk}").count() == 1
    assert not Entry.objects.filter(verb="cases.renew_link", changes__icontains=found[1]).exists()


def test_only_those_who_handle_renew_and_only_while_an_answer_is_awaited(place: Office, enter: Enter) -> None:
    case, old = consulted(place)
    where = f"/desk/requests/{case.pk}/consultations/征1/link/"
    statuses = {name: enter(getattr(place, name)).post(where).status_code for name in ("approver", "legal", "editor")}
    statuses["stranger"] = enter(office("elsewhere").officer).post(where).status_code
    officer = enter(place.officer)

    assert statuses == {"approver": 403, "legal": 403, "editor": 404, "stranger": 404}
    assert officer.get(f"/desk/requests/{case.pk}/consultations/征9/link/").status_code == 404
    assert opens(old) == 200
    Client().post(f"/opinion/{old}/", {"act": "received"})
    Client().post(f"/opinion/{old}/", {"answer": "consents"})
    late = officer.post(where)
    assert (late.status_code, "已经提出意见" in late.content.decode()) == (409, True)


@pytest.mark.parametrize("bent", ["", "x", "=", "A" * 400])
def test_a_link_that_was_tampered_with_opens_nothing(place: Office, bent: str) -> None:
    _case, token = consulted(place)
    Consultation.objects.update(opened_at=None)
    spoilt = [token[:-1] + ("A" if token[-1] != "A" else "B"), token + bent + "0", token.swapcase(), token[:20], f"{token[:-2]}%00"]

    assert {opens(each) for each in spoilt} == {404}
    assert Consultation.objects.get().opened_at is None
