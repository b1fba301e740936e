"""The side consulted answers by its link: it sees what is asked and by when, never who asks, and opens nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.platform.cases.models import CaseFile, Consultation, Event, Request
from gongkai.platform.cases.values import Asked
from tests.platform.cases.factories import ASKED, PEOPLE, entered, office
from tests.platform.cases.handling.making import asked, served
from tests.platform.cases.public.filling import png

pytestmark = pytest.mark.django_db


def day(back: int) -> str:
    return (timezone.localdate() - timedelta(days=back)).isoformat()


def consulted(to: str = "third_party") -> tuple[Request, str]:
    place = office()
    case = entered(place, on=day(5))
    _made, token = asked(place, case, day(3), to, today=day(3))
    return case, token


def posted(client: Client, token: str, **told: Any) -> Any:
    return client.post(f"/opinion/{token}/", told)


def kinds(case: Request) -> list[str]:
    return list(Event.objects.filter(request=case).order_by("number").values_list("kind", flat=True))


def test_receiving_is_said_by_a_button_and_only_then_the_content_is_shown(client: Client) -> None:
    case, token = consulted()
    before = client.get(f"/opinion/{token}/").content.decode()
    client.get(f"/opinion/{token}/")
    assert "consultation_delivered" not in kinds(case)
    posted(client, token, act="received")
    posted(client, token, act="received")
    after = client.get(f"/opinion/{token}/").content.decode()

    assert "补偿标准" not in before and "收到，查看内容" in before
    assert "补偿标准" in after and "15 个工作日" in after and "由机关依照条例的规定决定是否公开" in after
    assert kinds(case).count("consultation_delivered") == 1


def test_it_never_says_who_asks_or_which_request_it_is(client: Client) -> None:
    case, token = consulted()
    posted(client, token, act="received")
    told = client.get(f"/opinion/{token}/").content.decode()

    for secret in (PEOPLE[0].name, PEOPLE[0].phone, PEOPLE[0].email, "柳*烟", case.number, ASKED.description):
        assert secret not in told
    assert isinstance(Asked.opened(case.content), Asked)


def test_objecting_wants_a_reason_and_keeps_what_was_typed(client: Client) -> None:
    case, token = consulted()
    posted(client, token, act="received")
    without = posted(client, token, answer="objects", text=" ")
    done = posted(client, token, answer="objects", text="涉及商业秘密：报价构成", files=SimpleUploadedFile("证明.png", png(), "image/png"))
    event = Event.objects.get(request=case, kind="consultation_answered")

    assert without.status_code == 422 and "请说明理由" in without.content.decode()
    assert done.status_code == 302
    assert (event.law["answer"], event.role, event.on) == ("objects", "asked", timezone.localdate())
    assert [(each.kind, each.shown) for each in CaseFile.objects.filter(request=case)] == [("opinion", False)]


def test_after_answering_it_says_so_and_takes_nothing_more(client: Client) -> None:
    case, token = consulted()
    posted(client, token, act="received")
    posted(client, token, answer="consents")
    told = client.get(f"/opinion/{token}/").content.decode()
    again = posted(client, token, answer="objects", text="改主意了")

    assert "意见已经收到" in told and "提交意见" not in told
    assert again.status_code == 409
    assert kinds(case).count("consultation_answered") == 1


def test_once_its_time_is_over_it_says_so(client: Client) -> None:
    _case, token = consulted()
    Consultation.objects.update(token_until=timezone.localdate() - timedelta(days=1))
    answer = client.get(f"/opinion/{token}/")

    assert answer.status_code == 410 and "不能在网上答复了" in answer.content.decode()
    assert posted(client, token, answer="consents").status_code == 410


def test_once_the_request_has_ended_nothing_is_asked_any_more(client: Client) -> None:
    place = office()
    case = entered(place, on=day(5))
    _made, token = asked(place, case, day(3), today=day(3))
    served(place, case, "withdrawn", day(1), {})
    told = client.get(f"/opinion/{token}/").content.decode()

    assert "不用再答复" in told and "提交意见" not in told


def test_silence_of_a_co_maker_is_consent(client: Client) -> None:
    _case, token = consulted("co_maker")
    posted(client, token, act="received")

    assert "视为同意公开" in client.get(f"/opinion/{token}/").content.decode()


def test_a_wrong_link_is_not_found_and_guessing_has_to_wait(client: Client) -> None:
    answers = [client.get(f"/opinion/{'x' * 43}/").status_code for _ in range(32)]

    assert set(answers) == {404, 429} and answers.count(429) == 2


def test_a_link_opens_neither_the_request_nor_its_letters(client: Client) -> None:
    case, token = consulted()
    client.get(f"/opinion/{token}/")

    assert client.get(f"/requests/{case.pk}/").status_code == 404
    assert client.get(f"/opinion/{token}/letter.pdf").status_code == 404


def test_the_page_costs_few_statements(client: Client) -> None:
    _case, token = consulted()
    posted(client, token, act="received")
    client.get(f"/opinion/{token}/")
    with CaptureQueriesContext(connection) as counted:
        client.get(f"/opinion/{token}/")

    assert len(counted) <= 8, [each["sql"][:90] for each in counted]
