"""Nothing personal leaves the sealed fields: not by an address, a log, an error page, a cookie, a session or the journal."""

from __future__ import annotations

import logging

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client

from gongkai.platform.cases.actions import intake
from gongkai.platform.cases.models import Request, Unfiled
from tests.platform.cases.factories import office
from tests.platform.cases.public.filling import HOW, PERSON, SECRETS, STEPS, WHAT, base, filed, fill

pytestmark = pytest.mark.django_db
WORDS = {"text": "只有申请人知道的一句话"}


def test_addresses_logs_cookies_and_sessions_hold_nothing_personal(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    slug = office().organ.slug
    led: list[str] = []
    with caplog.at_level(logging.DEBUG):
        for step, typed in STEPS.items():
            led.append(client.post(base(slug) + step, typed).headers["Location"])
        led.append(client.post(base(slug) + "check/").headers["Location"])
        page = client.get("/requests/receipt/")
        number, code = page.context["shown"].id, page.context["code"]
        for act in ("confirm", "propose_publication", "withdraw"):
            led.append(client.post(f"/requests/{number}/{act}/", WORDS).headers["Location"])
        client.get(f"/requests/{number}/")
        client.post(f"/requests/{number + 1}/correct/", WORDS)
        client.post("/requests/", {"number": "2020-0001", "code": code})
        client.post("/requests/mail/", {"email": PERSON["email"]})
    kept = " ".join(str(session.get_decoded()) for session in Session.objects.all())
    cookies = " ".join(morsel.value for morsel in client.cookies.values())
    queries = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]

    for secret in (*SECRETS, WORDS["text"], code, code.replace("-", "")):
        assert secret not in " ".join(led)
        assert secret not in " ".join(queries)
        assert secret not in kept
        assert secret not in cookies
        assert secret not in " ".join(message.body for message in mail.outbox)


def test_no_table_holds_what_was_typed(client: Client) -> None:
    number, _shown, code = filed(client, office().organ.slug)
    client.post(f"/requests/{number}/withdraw/", WORDS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows = "\n".join(row[0] for row in cursor.fetchall())
            for secret in (*SECRETS, WORDS["text"], code):
                assert secret not in rows, (table, secret)
                assert secret.encode().hex() not in rows, (table, secret)


def test_an_error_says_nothing_that_was_typed_and_loses_nothing(client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    slug = office().organ.slug
    fill(client, slug)

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError(PERSON["name"] + WHAT["title"])

    monkeypatch.setattr(intake, "file", broken)
    client.raise_request_exception = False
    answer = client.post(base(slug) + "check/")
    told = answer.content.decode()
    monkeypatch.undo()
    client.raise_request_exception = True
    again = client.post(base(slug) + "check/")

    assert answer.status_code == 500
    assert all(secret not in told for secret in SECRETS)
    assert all(secret not in record.getMessage() for secret in SECRETS for record in caplog.records)
    assert again.status_code == 302 and Request.objects.count() == 1


def test_the_errors_of_a_form_repeat_only_to_whoever_typed_them(client: Client) -> None:
    slug = office().organ.slug
    client.post(base(slug), WHAT)
    client.post(base(slug) + "who/", STEPS["who/"])
    wrong = client.post(base(slug) + "person/", PERSON | {"identity_number": "653121199001011239"})
    summary = wrong.content.decode().split("error-summary")[2].split("</div>")[0]

    assert "653121199001011239" not in summary
    assert "653121199001011239" in wrong.content.decode()
    assert Unfiled.objects.count() == 1 and HOW
