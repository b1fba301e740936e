"""Paying on line: an order with a real service on this machine, its signed notice, told twice, wrong, forged or too late."""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone

from gongkai.platform.cases import payments, signing
from gongkai.platform.cases.actions import charging, paying
from gongkai.platform.cases.errors import NotNow
from gongkai.platform.cases.models import Event, Notice, Payment, Request
from gongkai.platform.cases.payments import PaymentFailed
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.cases.states import Party
from gongkai.platform.journal.verify import verify
from tests.platform.cases.factories import PEOPLE, Office, office
from tests.platform.cases.pages.making import back, noon, registered, served
from tests.platform.conftest import Ledger

from .conftest import Service

BACK = "https://gk.example/requests/1/"


@pytest.fixture
def due(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, Request]:
    """A request whose fee notice was served."""
    from django.conf import settings

    monkeypatch.setattr(settings, "FILES", tmp_path / "files")
    return owing()


def owing() -> tuple[Office, Request]:
    place, today = office(), timezone.localdate()
    case = registered(place, back(today, 9), who=PEOPLE[2], kind="business")
    charging.compute_fee(place.officer, case.pk, way="per_page", pages=260, at=noon(back(today, 7)))
    served(place, case, "fee", back(today, 6), law={"amount": "5900"})
    return place, Request.objects.get(pk=case.pk)


def ticket(case: Request) -> Ticket:
    return Ticket(case.pk, Party.APPLICANT)


def told(order: Payment, /, **more: object) -> bytes:
    """What the service posts to us."""
    said = {"order": order.reference, "amount": f"{order.amount:.2f}", "paid_at": timezone.now().isoformat(), "receipt": "6500001234"}
    return json.dumps({**said, **more}).encode()


def post(body: bytes, secret: str, moment: int | None = None) -> int:
    when = str(moment if moment is not None else int(time.time()))
    headers = {"HTTP_X_GONGKAI_TIME": when, "HTTP_X_GONGKAI_SIGNATURE": signing.signature(secret, when, body)}
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        return Client(enforce_csrf_checks=True).generic("POST", payments.CALLBACK, body, "application/json", **headers).status_code  # type: ignore[arg-type]


def ordered(case: Request, service: Service, monkeypatch: pytest.MonkeyPatch) -> Payment:
    monkeypatch.setenv("GONGKAI_PAYMENT", service.url)
    service.answers = [(200, {"address": "https://pay.example/o/1"})]
    paying.start(ticket(case), case.pk, back=BACK, at=timezone.now())
    return Payment.objects.get()


class TestOffLine:
    def test_by_default_an_officer_records_it_and_nothing_is_paid_on_line(self, due: tuple[Office, Request]) -> None:
        place, case = due
        offer = payments.offer(place.organ.name, case.number)

        assert not offer.online and case.number in offer.zh and "非税收入" in offer.zh
        with pytest.raises(NotNow):
            paying.start(ticket(case), case.pk, back=BACK, at=timezone.now())
        assert post(b"{}", "any") == 404


class TestOrder:
    def test_the_service_gets_number_and_amount_and_nothing_of_the_person(self, due: tuple[Office, Request], service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
        _place, case = due
        order = ordered(case, service, monkeypatch)
        [asked] = service.asked

        assert service.signed == [True]
        assert asked.keys() == {"order", "amount", "currency", "subject", "pay_by", "notify", "back"}
        assert (asked["order"], Decimal(asked["amount"])) == (order.reference, order.amount)
        assert PEOPLE[2].name not in json.dumps(asked, ensure_ascii=False)

    def test_asked_for_again_it_is_the_same_order_and_address(self, due: tuple[Office, Request], service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
        _place, case = due
        ordered(case, service, monkeypatch)
        again = paying.start(ticket(case), case.pk, back=BACK, at=timezone.now())

        assert again == "https://pay.example/o/1"
        assert len(service.asked) == 1 and Payment.objects.count() == 1

    @pytest.mark.parametrize("answer", [(500, {}), (200, {}), (200, {"address": "javascript:alert(1)"}), (200, {"address": ""})])
    def test_a_service_that_fails_leaves_the_order_to_be_tried_again(
        self, due: tuple[Office, Request], service: Service, monkeypatch: pytest.MonkeyPatch, answer: tuple[int, dict[str, str]]
    ) -> None:
        _place, case = due
        monkeypatch.setenv("GONGKAI_PAYMENT", service.url)
        service.answers = [answer, (200, {"address": "https://pay.example/o/2"})]
        with pytest.raises(PaymentFailed):
            paying.start(ticket(case), case.pk, back=BACK, at=timezone.now())

        assert paying.start(ticket(case), case.pk, back=BACK, at=timezone.now()) == "https://pay.example/o/2"
        assert service.asked[0]["order"] == service.asked[1]["order"]


class TestNotice:
    def test_a_payment_is_recorded_once_however_often_it_is_told(self, due: tuple[Office, Request], service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
        _place, case = due
        order = ordered(case, service, monkeypatch)
        answers = [post(told(order), service.secret) for _ in range(3)]
        events = Event.objects.filter(request=case, kind="fee_paid")

        assert answers == [200, 200, 200]
        assert [(event.role, event.facts["receipt"]) for event in events] == [("system", "6500001234")]
        assert Request.objects.get(pk=case.pk).state == "open" and Payment.objects.get().state == "paid"
        assert verify().holds

    def test_a_forged_a_stale_and_a_changed_notice_are_refused(self, due: tuple[Office, Request], service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
        _place, case = due
        order = ordered(case, service, monkeypatch)
        stale = int((timezone.now() - timedelta(minutes=6)).timestamp())

        assert post(told(order), "another secret") == 403
        assert post(told(order), service.secret, stale) == 403
        assert post(told(order, amount="1.00"), service.secret) == 409
        assert post(told(order, order="GK0"), service.secret) == 404
        assert post(b"[1, 2]", service.secret) == 400
        assert post(told(order, amount="NaN"), service.secret) == 400
        assert post(told(order, paid_at="2026-01-01T00:00:00"), service.secret) == 400
        assert Payment.objects.get().state == "open" and not Event.objects.filter(kind="fee_paid").exists()

    def test_what_cannot_be_kept_or_read_is_refused_though_it_is_signed(self, due: tuple[Office, Request], service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
        _place, case = due
        order = ordered(case, service, monkeypatch)
        bent = [told(order, paid_at="0001-01-01T00:00:00+14:00"), told(order, paid_at="9999-12-31T23:59:59-12:00"), told(order, amount="1e999999"), b"[" * 60_000, b"\xff\xfe", b'"\\ud800"']

        assert [post(each, service.secret) for each in bent] == [400, 400, 409, 400, 400, 400]
        assert post(told(order, order="\x00GK"), service.secret) == 404
        assert post(told(order, order="\ud800"), service.secret) == 404
        assert Payment.objects.get().state == "open"
        assert post(told(order, receipt="\x006500\ud800\u202e001"), service.secret) == 200
        assert Event.objects.get(kind="fee_paid").facts["receipt"] == "6500001"

    def test_money_that_comes_when_the_request_is_over_is_shown_to_the_officer(self, due: tuple[Office, Request], service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
        place, case = due
        order = ordered(case, service, monkeypatch)
        charging.pay(place.officer, case.pk, on=timezone.localdate(), receipt="窗口收讫", at=timezone.now())

        assert [post(told(order), service.secret) for _ in range(2)] == [200, 200]
        assert Payment.objects.get().state == "unmatched"
        assert Notice.objects.filter(key="payment_unmatched", channel="desk").count() == 1

    def test_the_day_of_payment_is_the_services_and_never_after_today(self, due: tuple[Office, Request], service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
        _place, case = due
        order = ordered(case, service, monkeypatch)
        yesterday = timezone.now() - timedelta(days=1)
        post(told(order, paid_at=yesterday.isoformat()), service.secret)

        assert Event.objects.get(request=case, kind="fee_paid").on == timezone.localdate(yesterday)


def test_five_notices_at_once_record_one_payment(ledger: Ledger, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        _place, case = owing()
    order = ordered(case, service, monkeypatch)
    answers: list[str] = []
    ready = threading.Barrier(5)

    def one() -> None:
        ready.wait()
        answers.append(paying.received(paying.Told(order.reference, order.amount, timezone.now()), at=timezone.now()))
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == ["paid"] * 5
    assert Event.objects.filter(request=case, kind="fee_paid").count() == 1


def test_a_setting_that_cannot_be_is_said_at_once() -> None:
    for wrong in ("ftp://a:b@pay.example/", "https://pay.example/", "pay.example"):
        with pytest.raises(ValueError, match="GONGKAI_PAYMENT 应形如"):
            signing.Account.of(wrong, "GONGKAI_PAYMENT")
