"""The second factor: set up, asked for, required by setting, guessed at, lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from gongkai.platform.journal.models import Entry
from gongkai.platform.organs import actions
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.models import Person
from gongkai.platform.organs.roles import RoleKind

from .making import AT, PASSWORD, organ, person, role

pytestmark = pytest.mark.django_db
CODE, ACTIVATE, DEACTIVATE = "/account/second/code/", "/account/second/activate/", "/account/second/deactivate/"


def give_second_factor(who: Person) -> str:
    secret = generate_totp_secret()
    TOTP.activate(who, secret)
    return secret


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, who: Person):
    return client.post("/account/login/", {"login": who.login, "password": PASSWORD})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def approver() -> Person:
    who = person(password=PASSWORD)
    role(who, RoleKind.APPROVER, organ())
    return who


@pytest.fixture
def editor() -> Person:
    who = person(password=PASSWORD)
    role(who, RoleKind.EDITOR, organ())
    return who


def test_setting_it_up_shows_a_code_to_scan_and_gives_recovery_codes(
    client: Client, editor: Person, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    sign_in(client, editor)
    text = client.get(ACTIVATE).content.decode()
    secret = client.session["mfa.totp.secret"]
    wrong = client.post(ACTIVATE, {"code": "000000"})
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(ACTIVATE, {"code": code_now(secret)})
    codes = client.get(done["Location"]).content.decode()

    assert "<svg" in text
    assert "data:" not in text
    assert "style=" not in text
    assert secret in text
    assert "验证码不正确" in wrong.content.decode()
    assert done["Location"] == "/account/second/recovery/"
    assert codes.count("<code>") == 10
    assert Entry.objects.filter(verb="organs.add_second_factor").exists()


def test_the_password_alone_does_not_sign_in(client: Client, editor: Person) -> None:
    give_second_factor(editor)
    answer = sign_in(client, editor)

    assert answer["Location"].startswith(CODE)
    assert not signed_in(client)
    assert client.get("/account/me/").status_code == 302


def test_with_the_code_one_is_signed_in(client: Client, editor: Person) -> None:
    secret = give_second_factor(editor)
    sign_in(client, editor)
    now = code_now(secret)
    client.post(CODE, {"code": f"{now[:3]} {now[3:]}"})

    assert signed_in(client)
    assert Entry.objects.get(verb="organs.sign_in").changes == {"how": "密码、两步验证"}


def test_a_code_is_good_once(client: Client, editor: Person) -> None:
    secret = give_second_factor(editor)
    now = code_now(secret)
    for each in (client, Client()):
        sign_in(each, editor)
        each.post(CODE, {"code": now})
        client = each

    assert not signed_in(client)


def test_a_recovery_code_is_good_once(client: Client, editor: Person) -> None:
    give_second_factor(editor)
    code = RecoveryCodes.activate(editor).get_unused_codes()[0]
    sign_in(client, editor)
    client.post(CODE, {"code": code})
    again = Client()
    sign_in(again, editor)
    again.post(CODE, {"code": code})

    assert signed_in(client)
    assert not signed_in(again)


def test_guessing_codes_locks_out_in_the_database(client: Client, editor: Person) -> None:
    secret = give_second_factor(editor)
    sign_in(client, editor)
    answers = [client.post(CODE, {"code": "000000"}).status_code for _ in range(5)]
    right = client.post(CODE, {"code": code_now(secret)})
    anew = sign_in(Client(), editor)

    assert answers == [200, 200, 200, 200, 429]
    assert not signed_in(client)
    assert right.status_code in (200, 302, 429)
    assert anew.status_code == 429


@pytest.mark.parametrize(("setting", "sent"), [("optional", [200, 200]), ("privileged", [302, 200]), ("all", [302, 302])])
def test_the_setting_says_who_must_have_it(settings: object, approver: Person, editor: Person, setting: str, sent: list[int]) -> None:
    settings.SECOND_FACTOR = setting  # type: ignore[attr-defined]
    seen = []
    for who in (approver, editor):
        client = Client()
        sign_in(client, who)
        seen.append(client.get("/account/me/").status_code)

    assert seen == sent


def test_an_administrator_is_privileged(settings: object, client: Client) -> None:
    settings.SECOND_FACTOR = "privileged"  # type: ignore[attr-defined]
    who = person(password=PASSWORD)
    role(who, RoleKind.ADMINISTRATOR)
    sign_in(client, who)

    assert client.get("/account/me/")["Location"] == "/account/second/activate/?next=%2Faccount%2Fme%2F"


def test_who_must_have_it_is_let_in_once_it_is_set_up(settings: object, client: Client, approver: Person) -> None:
    settings.SECOND_FACTOR = "privileged"  # type: ignore[attr-defined]
    sign_in(client, approver)
    client.get(ACTIVATE)
    client.post(ACTIVATE, {"code": code_now(client.session["mfa.totp.secret"])})

    assert client.get("/account/me/").status_code == 200


def test_who_must_have_it_cannot_take_it_away(settings: object, client: Client, approver: Person) -> None:
    settings.SECOND_FACTOR = "privileged"  # type: ignore[attr-defined]
    secret = give_second_factor(approver)
    sign_in(client, approver)
    client.post(CODE, {"code": code_now(secret)})
    answer = client.post(DEACTIVATE)

    assert "必须使用两步验证" in answer.content.decode()
    assert Authenticator.objects.filter(user=approver).exists()


def test_who_need_not_have_it_can_take_it_away(client: Client, editor: Person) -> None:
    secret = give_second_factor(editor)
    sign_in(client, editor)
    client.post(CODE, {"code": code_now(secret)})
    client.post(DEACTIVATE)

    assert not Authenticator.objects.filter(user=editor).exists()
    assert Entry.objects.filter(verb="organs.remove_second_factor").exists()


def test_after_five_minutes_the_password_is_asked_for_again_before_it_is_changed(client: Client, editor: Person) -> None:
    sign_in(client, editor)
    session = client.session
    session["account_authentication_methods"] = [each | {"at": each["at"] - 301} for each in session["account_authentication_methods"]]
    session.save()
    sent = client.get(ACTIVATE)
    client.post(sent["Location"], {"password": PASSWORD})

    assert sent["Location"].startswith("/account/again/")
    assert client.get(ACTIVATE).status_code == 200


def test_a_lost_second_factor_is_reset_by_the_administrator_and_sessions_end(client: Client, editor: Person) -> None:
    secret = give_second_factor(editor)
    sign_in(client, editor)
    client.post(CODE, {"code": code_now(secret)})
    actions.reset_second_factor(MACHINE, editor.pk, reason="手机遗失，已当面核实", at=AT)

    assert client.get("/account/me/").status_code == 302
    assert sign_in(Client(), editor)["Location"] == "/desk/"


def test_the_secret_is_never_shown_again(client: Client, editor: Person) -> None:
    secret = give_second_factor(editor)
    sign_in(client, editor)
    client.post(CODE, {"code": code_now(secret)})

    assert secret not in client.get("/account/second/").content.decode()
    assert client.get(ACTIVATE)["Location"] == DEACTIVATE
