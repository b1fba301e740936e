"""The doors: number and code, a link by e-mail, a link for the side consulted. Whoever has no key learns nothing."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.platform.cases import sealing, tasks
from gongkai.platform.cases.actions import doorkeeping
from gongkai.platform.cases.models import Consultation, DoorLink, Notice, Request
from gongkai.platform.cases.queries import doors
from gongkai.platform.cases.states import Party
from tests.platform.cases.factories import PEOPLE, entered, entered_with_code, office

pytestmark = pytest.mark.django_db


def opened(client: Client, number: str, code: str) -> Any:
    return client.post("/requests/", {"number": number, "code": code})


class TestByCode:
    def test_number_and_code_together_open_it_however_they_are_typed(self) -> None:
        made, code = entered_with_code(office())
        ticket = doors.by_code(f" {made.number.replace('-', '－')} ", code.lower().replace("-", " "))

        assert ticket is not None and (ticket.request, ticket.party) == (made.pk, Party.APPLICANT)

    @pytest.mark.parametrize(("number", "code"), [("{n}", "AAAA-AAAA-AAAA"), ("2026-9999", "{c}"), ("{n}", ""), ("", "{c}"), ("{n}", "{c}X"), ("\x00", "\x00"), ("９" * 500, "好" * 500)])
    def test_one_without_the_other_opens_nothing(self, number: str, code: str) -> None:
        made, right = entered_with_code(office())

        assert doors.by_code(number.format(n=made.number), code.format(c=right)) is None

    def test_anothers_code_does_not_open_it(self) -> None:
        place = office()
        one, _code = entered_with_code(place)
        _other, code = entered_with_code(place, applicant=PEOPLE[1])

        assert doors.by_code(one.number, code) is None

    def test_unknown_and_wrong_cost_the_same_and_are_told_in_the_same_words(self, client: Client) -> None:
        made, code = entered_with_code(office())
        said, cost = [], []
        for number, tried in ((made.number, "2222-2222-2222"), ("2020-0001", "2222-2222-2222"), ("2020-0001", code)):
            with CaptureQueriesContext(connection) as counted:
                answer = opened(client, number, tried)
            said.append((answer.status_code, answer.content.decode().replace(number, "").split("error-summary")[1][:400]))
            cost.append(len(counted))

        assert said[0] == said[1] == said[2]
        assert cost[0] == cost[1] == cost[2]

    def test_guessing_has_to_wait_and_what_was_typed_stays(self, client: Client) -> None:
        made, code = entered_with_code(office())
        answers = [opened(client, made.number, "2222-2222-2222").status_code for _ in range(9)]
        waiting = opened(client, made.number, code)

        assert answers == [422] * 8 + [429]
        assert waiting.status_code == 429 and int(waiting.headers["Retry-After"]) > 60
        assert f'value="{made.number}"' in waiting.content.decode()

    def test_from_one_place_not_all_numbers_can_be_tried(self, client: Client) -> None:
        answers = [opened(client, f"2026-{number:04d}", "2222-2222-2222").status_code for number in range(35)]

        assert answers.count(429) == 5


class TestSession:
    def test_a_session_opens_what_was_opened_in_it_and_nothing_else(self, client: Client) -> None:
        place = office()
        mine, code = entered_with_code(place)
        theirs = entered(place, applicant=PEOPLE[1])
        opened(client, mine.number, code)
        foreign, missing = client.get(f"/requests/{theirs.pk}/"), client.get("/requests/999999/")

        assert client.get(f"/requests/{mine.pk}/").status_code == 200
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert foreign.content.decode().replace(str(theirs.pk), "") == missing.content.decode().replace("999999", "")

    def test_it_keeps_ids_and_times_only_and_gets_a_new_key(self, client: Client) -> None:
        made, code = entered_with_code(office())
        client.get("/requests/")
        opened(client, made.number, code)
        kept = dict(client.session.items())

        assert set(kept) == {"requests_opened"} and list(kept["requests_opened"]) == [str(made.pk)]

    def test_after_two_hours_it_is_shut(self, client: Client) -> None:
        made, code = entered_with_code(office())
        opened(client, made.number, code)
        session = client.session
        session["requests_opened"] = {str(made.pk): (timezone.now() - timedelta(minutes=1)).isoformat()}
        session.save()

        assert client.get(f"/requests/{made.pk}/").status_code == 404
        assert made.number not in client.get("/requests/").content.decode()

    def test_it_can_be_shut_at_once(self, client: Client) -> None:
        made, code = entered_with_code(office())
        opened(client, made.number, code)
        client.post("/requests/close/")

        assert client.get(f"/requests/{made.pk}/").status_code == 404

    def test_what_is_personal_is_never_kept_by_a_browser(self, client: Client) -> None:
        made, code = entered_with_code(office())
        opened(client, made.number, code)
        for address in ("/requests/", f"/requests/{made.pk}/", "/requests/verify/", "/requests/999/", f"/organs/{made.organ.slug}/requests/new/"):
            headers = client.get(address).headers

            assert headers["Cache-Control"] == "no-store, private"
            assert "noindex" in headers["X-Robots-Tag"]
            assert headers["Referrer-Policy"] == "same-origin"


class TestByMail:
    last = 0

    def asked(self, client: Client, email: str) -> Any:
        """Asked for, and the worker has done its part."""
        answer = client.post("/requests/mail/", {"email": email})
        for job in ProcrastinateJob.objects.filter(task_name=doorkeeping.MAIL_LINK, status="todo", pk__gt=self.last):
            self.last = job.pk
            tasks.mail_link(**job.args)
        return answer

    def token(self) -> str:
        sealed = Notice.objects.get(key="access").link
        return str(sealing.unseal(sealed or b"", "cases.notice.link")).rstrip("/").rpartition("/")[2]

    def test_a_link_opens_once_what_names_the_address(self, client: Client) -> None:
        place = office()
        mine, other = entered(place), entered(place, applicant=PEOPLE[1])
        self.asked(client, "LIU@mail.example")
        token = self.token()
        seen, used, again = client.get(f"/requests/link/{token}/"), client.post(f"/requests/link/{token}/"), client.post(f"/requests/link/{token}/")

        assert (seen.status_code, used.status_code, again.status_code) == (200, 302, 404)
        assert used.headers["Location"] == f"/requests/{mine.pk}/"
        assert client.get(f"/requests/{other.pk}/").status_code == 404

    def test_looking_at_the_link_does_not_use_it_up(self, client: Client) -> None:
        entered(office())
        self.asked(client, PEOPLE[0].email)
        token = self.token()
        for _ in range(5):
            client.get(f"/requests/link/{token}/")

        assert client.post(f"/requests/link/{token}/").status_code == 302

    def test_nobody_learns_whether_an_address_is_known(self, client: Client) -> None:
        entered(office())
        known, unknown = self.asked(client, PEOPLE[0].email), self.asked(client, "nobody@mail.example")

        assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
        assert Notice.objects.filter(key="access").count() == 1

    def test_a_known_address_costs_the_same_statements_as_an_unknown_one(self, client: Client) -> None:
        entered(office())
        said = []
        for email in (PEOPLE[0].email, "nobody@mail.example"):
            with CaptureQueriesContext(connection) as caught:
                client.post("/requests/mail/", {"email": email})
            said.append([query["sql"].partition(" ")[0] for query in caught])
            [job] = ProcrastinateJob.objects.filter(task_name=doorkeeping.MAIL_LINK).order_by("-pk")[:1]
            assert email not in str(job.args) and email == doorkeeping.asked(job.args["asked"])

        assert said[0] == said[1]

    def test_a_link_is_good_for_a_day_and_kept_as_a_hash(self, client: Client) -> None:
        entered(office())
        now = timezone.now()
        doorkeeping.send_link(PEOPLE[0].email, at=now)
        link = DoorLink.objects.get()
        token = self.token()

        assert token not in link.token_hash and PEOPLE[0].email not in link.contact_hash
        assert doors.mailed(token, now + timedelta(hours=23)) and not doors.mailed(token, now + timedelta(hours=25))
        assert doorkeeping.use_link(token, at=now + timedelta(hours=25)) == []
        assert doorkeeping.sweep(now + timedelta(days=3)) == 1

    def test_a_telephone_number_is_no_address(self, client: Client) -> None:
        entered(office())

        assert self.asked(client, PEOPLE[0].phone).status_code == 422
        assert not DoorLink.objects.exists()

    def test_an_address_is_not_flooded(self, client: Client) -> None:
        entered(office())
        answers = [self.asked(client, PEOPLE[0].email).status_code for _ in range(5)]

        assert answers == [302, 302, 302, 429, 429]


class TestByLink:
    def test_a_link_opens_its_consultation_until_its_day(self) -> None:
        case = entered(office())
        token = doors.new_token()
        made = Consultation.objects.create(request=case, ref="征1", to="third_party", party=b"", asks=b"", token_hash=doors.token_hash(token), token_until=date(2026, 4, 1))
        ticket = doors.by_link(token, date(2026, 4, 1))
        over = doors.met_by_link(token, date(2026, 4, 2))

        assert ticket is not None and (ticket.request, ticket.party, ticket.consultation) == (case.pk, Party.ASKED, made.pk)
        assert over is not None and over.ticket is None
        assert doors.met_by_link(doors.new_token(), date(2026, 4, 1)) is None
        assert doors.by_link("", date(2026, 4, 1)) is None


def test_a_token_is_never_written_to_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    token = doors.new_token()
    with caplog.at_level(logging.DEBUG):
        for address in (f"/requests/link/{token}/", f"/opinion/{token}/", f"/opinion/{token}/letter.pdf"):
            assert client.get(address).status_code == 404

    assert token not in caplog.text
    assert Request.objects.count() == 0
