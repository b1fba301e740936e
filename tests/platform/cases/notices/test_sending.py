"""Messages really sent: by SMTP and HTTP on this machine; once, again with a limit, and never lost in silence."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as told
from django.core.mail import EmailMessage
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from gongkai.platform.cases import sending
from gongkai.platform.cases.actions import messages
from gongkai.platform.cases.actions.noticing import Address, tell
from gongkai.platform.cases.errors import NotAllowed, NotFound, NotNow
from gongkai.platform.cases.models import Notice
from gongkai.platform.cases.queries import notices as listed
from gongkai.platform.cases.sending import ATTEMPTS, Undeliverable, Unsent
from gongkai.platform.queue.models import Failure
from tests.platform.cases.factories import PEOPLE, at, entered, office
from tests.platform.conftest import Ledger

from .conftest import Post, Service

NOON = at("2026-03-03", 12)


def only(rows: list[Notice]) -> Notice:
    [row] = rows
    return row


def worked(ledger: Ledger, post: Post) -> str:
    """The real worker, in a process of its own, until no job is left; what it said."""
    code = "from gongkai.platform.running.working import work; work(wait=False)"
    env = ledger.env | {"GONGKAI_MAIL_URL": f"smtp://127.0.0.1:{post.port}"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=240, check=True)
    return done.stdout + done.stderr


def again(row: Notice) -> Notice:
    return Notice.objects.get(pk=row.pk)


@pytest.mark.django_db
class TestByMail:
    def test_it_reaches_the_mail_box_with_number_and_address_of_the_page(self, post: Post) -> None:
        case = entered(office())
        row = only(tell(case, "received", at=NOON))
        sent = sending.send(row.pk, NOON)
        [(to, letter)] = post.letters

        assert sent and again(row).state == "sent" and again(row).sent_at == NOON
        assert to == "liu@mail.example"
        assert letter["Subject"].strip() == f"{told.SITE_NAME}：已收到申请 {case.number}"
        assert letter["Auto-Submitted"] == "auto-generated"
        assert "https://gk.example/requests/" in post.bodies[0] and case.number in post.bodies[0]
        assert PEOPLE[0].name not in post.bodies[0]

    def test_sent_again_it_does_not_go_out_again(self, post: Post) -> None:
        row = only(tell(entered(office()), "received", at=NOON))

        assert [sending.send(row.pk, NOON) for _ in range(3)] == [True, False, False]
        assert len(post.letters) == 1

    def test_a_link_goes_out_and_is_wiped(self, post: Post) -> None:
        row = only(tell(None, "access", to=Address(email="liu@mail.example"), facts={"until": date(2026, 3, 4)}, link="/requests/link/t0ken/", at=NOON))
        sending.send(row.pk, NOON)

        assert "https://gk.example/requests/link/t0ken/" in post.bodies[0]
        assert again(row).link is None

    def test_a_server_that_is_away_is_tried_again_and_nothing_is_marked(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1
        row = only(tell(entered(office()), "received", at=NOON))
        with pytest.raises(Unsent, match="ConnectionRefusedError"):
            sending.send(row.pk, NOON)

        assert (again(row).state, again(row).attempts, again(row).failed) == ("waiting", 1, "ConnectionRefusedError")

    def test_a_full_mail_box_is_tried_again_and_then_it_works(self, post: Post) -> None:
        row = only(tell(entered(office()), "received", at=NOON))
        post.to_recipient = "452 mailbox full"
        with pytest.raises(Unsent, match="452"):
            sending.send(row.pk, NOON)
        post.to_recipient = ""

        assert sending.send(row.pk, NOON)
        assert (again(row).state, again(row).failed) == ("sent", "")

    def test_an_address_that_does_not_exist_is_given_up_at_once_and_the_office_is_told(self, post: Post) -> None:
        place = office()
        row = only(tell(entered(place), "received", at=NOON))
        post.to_recipient = "550 no such user"
        with pytest.raises(Undeliverable, match="SMTPRecipientsRefused 550") as failed:
            sending.send(row.pk, NOON)
        desk = Notice.objects.get(key="notice_failed")

        assert again(row).state == "failed"
        assert desk.person_id == place.head.person
        assert "liu@" not in str(failed.value) + again(row).failed + str(desk.facts)

    def test_after_the_last_attempt_it_is_given_up_and_its_link_is_gone(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1
        place = office()
        row = only(tell(entered(place), "opinion_wanted", to=Address(email="wang@firm.example"), facts={"by": date(2026, 4, 1)}, link="/opinion/x/", at=NOON))
        for _attempt in range(ATTEMPTS - 1):
            with pytest.raises(Unsent):
                sending.send(row.pk, NOON)
        with pytest.raises(Undeliverable):
            sending.send(row.pk, NOON)

        assert (again(row).state, again(row).link) == ("failed", None)
        with pytest.raises(Undeliverable, match="LinkWiped"):
            sending.send(row.pk, NOON)
        assert Notice.objects.filter(key="notice_failed").count() == 1

    def test_should_the_machine_die_after_the_server_took_it_the_second_has_the_same_message_id(self, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        row = only(tell(entered(office()), "received", at=NOON))
        real = EmailMessage.send

        def dies(self: EmailMessage, *args: object, **more: object) -> int:
            real(self)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt), transaction.atomic():
            patch.setattr(EmailMessage, "send", dies)
            sending.send(row.pk, NOON)
        assert again(row).state == "waiting"
        sending.send(row.pk, NOON)

        assert len({letter["Message-ID"] for _to, letter in post.letters}) == 1 and len(post.letters) == 2

    def test_a_line_break_in_a_name_is_no_second_header(self, post: Post) -> None:
        place = office()
        case = entered(place)
        type(case).objects.filter(pk=case.pk).update(number="2026-0001\nBcc: x@evil.example")
        sending.send(only(tell(type(case).objects.get(pk=case.pk), "received", at=NOON)).pk, NOON)
        [(to, letter)] = post.letters

        assert to == "liu@mail.example" and letter["Bcc"] is None
        assert "Bcc: x@evil.example" in letter["Subject"]


@pytest.mark.django_db
class TestBySms:
    def case_sms(self, slug: str = "songyin") -> Notice:
        return only(tell(entered(office(slug), applicant=PEOPLE[2], kind="business"), "received", at=NOON))

    def test_without_a_service_it_is_a_file_that_its_owner_alone_may_read(self, settings: Settings, tmp_path: Path) -> None:
        settings.HOME = tmp_path
        row = self.case_sms()
        sending.send(row.pk, NOON)
        [file] = (tmp_path / "sms").iterdir()

        assert json.loads(file.read_text("utf-8"))["to"] == "13900000003"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert again(row).state == "sent"

    def test_the_service_gets_it_signed_and_under_a_name_of_its_own(self, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GONGKAI_SMS", service.url)
        row = self.case_sms()
        sending.send(row.pk, NOON)

        assert service.signed == [True]
        assert service.keys == [f"notice-{row.pk}"] == [service.asked[0]["id"]]
        assert service.asked[0]["to"] == "13900000003" and service.asked[0]["text"].startswith("【")

    def test_an_overloaded_service_is_tried_again_and_a_refusal_is_final(self, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GONGKAI_SMS", service.url)
        service.answers = [(503, {}), (429, {}), (200, {}), (422, {})]
        row, other = self.case_sms(), self.case_sms("other")
        for _attempt in range(2):
            with pytest.raises(Unsent):
                sending.send(row.pk, NOON)

        assert sending.send(row.pk, NOON)
        with pytest.raises(Undeliverable, match="HTTP 422"):
            sending.send(other.pk, NOON)

    def test_a_service_that_is_away_is_tried_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GONGKAI_SMS", "http://a:b@127.0.0.1:1/")
        row = self.case_sms()
        with pytest.raises(Unsent, match="ConnectionRefusedError"):
            sending.send(row.pk, NOON)

        assert again(row).state == "waiting"


@pytest.mark.django_db
class TestTheDesk:
    def test_an_officer_reads_ones_own_and_nobody_elses(self) -> None:
        place = office()
        row = only(tell(entered(place), "new_request", to=place.head.person or 0, at=NOON))
        before = listed.unread(place.head)
        with pytest.raises(NotFound):
            messages.read(place.officer, row.pk, at=NOON)
        messages.read(place.head, row.pk, at=NOON)

        assert before.count == 1 and before.newest[0].address == f"/desk/requests/{row.request_id}/"
        assert listed.unread(place.head).count == 0
        assert listed.messages(place.head)[0][0].read

    def test_all_that_were_shown_are_read_and_what_came_since_is_not(self) -> None:
        place = office()
        case = entered(place)
        first, second = (only(tell(case, "new_request", to=place.head.person or 0, at=NOON)) for _ in range(2))

        assert messages.read_all(place.head, up_to=first.pk, at=NOON) == 1
        assert [each.id for each in listed.unread(place.head).newest] == [second.pk]

    def test_the_case_shows_what_went_out_with_the_address_masked(self, post: Post) -> None:
        place = office()
        case = entered(place)
        post.to_recipient = "550 no such user"
        row = only(tell(case, "received", at=NOON))
        with pytest.raises(Undeliverable):
            sending.send(row.pk, NOON)
        [shown] = [each for each in listed.of_case(place.officer, case.pk) if each.id == row.pk]

        assert (shown.where, shown.state, shown.can_resend) == ("l***@mail.example", "failed", True)
        with pytest.raises(NotFound):
            listed.of_case(office("other").officer, case.pk)

    def test_what_was_given_up_is_sent_again_on_request(self, post: Post) -> None:
        place = office()
        row = only(tell(entered(place), "received", at=NOON))
        post.to_recipient = "550 no such user"
        with pytest.raises(Undeliverable):
            sending.send(row.pk, NOON)
        post.to_recipient = ""
        with pytest.raises(NotAllowed):
            messages.resend(place.legal, row.pk, at=NOON)
        messages.resend(place.officer, row.pk, at=NOON)

        assert sending.send(row.pk, NOON)
        with pytest.raises(NotNow):
            messages.resend(place.officer, row.pk, at=NOON)


class TestTheWorker:
    """The real worker, on a database of its own."""

    def test_it_sends_what_waits(self, ledger: Ledger, post: Post) -> None:
        with transaction.atomic():
            case = entered(office())
            rows = tell(case, "correction", facts={"by": date(2026, 3, 20)}, at=NOON)
        worked(ledger, post)

        assert [again(row).state for row in rows] == ["sent", "sent"]
        assert len(post.letters) == 1 and len(list((ledger.home / "sms").iterdir())) == 1

    def test_a_failure_is_the_administrators_to_see_and_names_no_address(self, ledger: Ledger, post: Post) -> None:
        post.to_recipient = "550 no such user liu@mail.example"
        with transaction.atomic():
            row = only(tell(entered(office()), "received", at=NOON))
        said = worked(ledger, post)
        job = ProcrastinateJob.objects.get(task_name="cases.send_notice", args__notice_id=row.pk)

        assert job.status == "failed"
        assert "Undeliverable" in Failure.objects.get(job=job.pk).error
        assert "liu@" not in said and "mail.example" not in said

    def test_two_workers_at_once_send_one(self, ledger: Ledger, post: Post) -> None:
        with transaction.atomic():
            row = only(tell(entered(office()), "received", at=NOON))
        answers: list[bool] = []
        ready = threading.Barrier(4)

        def one() -> None:
            ready.wait()
            answers.append(sending.send(row.pk, NOON))
            connection.close()

        threads = [threading.Thread(target=one) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(answers) == [False, False, False, True]
        assert len(post.letters) == 1

    def test_a_message_whose_job_was_lost_is_queued_again(self, ledger: Ledger) -> None:
        with transaction.atomic():
            row = only(tell(entered(office()), "received", at=NOON))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'cases.send_notice'")

        assert sending.resume(NOON + timedelta(minutes=5)) == 0
        with transaction.atomic():
            assert sending.resume(NOON + timedelta(hours=1)) == Notice.objects.filter(state="waiting").count()
        with transaction.atomic():
            assert sending.resume(NOON + timedelta(hours=1)) == 0
        assert ProcrastinateJob.objects.filter(args__notice_id=row.pk).count() == 1

    def test_outside_a_transaction_nothing_is_told(self, ledger: Ledger) -> None:
        with transaction.atomic():
            case = entered(office())
        with pytest.raises(RuntimeError, match="own transaction"):
            tell(case, "received", at=NOON)


def test_the_last_attempt_is_about_a_day_after_the_first() -> None:
    waits = [4**attempt for attempt in range(1, ATTEMPTS)]

    assert timedelta(hours=20) < timedelta(seconds=sum(waits)) < timedelta(hours=30)
