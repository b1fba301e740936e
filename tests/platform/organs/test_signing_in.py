"""The door: passwords, lock-out, first passwords, where one is sent afterwards."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from gongkai.platform.journal.models import Entry
from gongkai.platform.organs import actions
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.models import Person
from gongkai.platform.organs.passwords import first_password
from gongkai.platform.organs.roles import RoleKind

from .making import AT, PASSWORD, organ, person, role

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
WRONG = "登录名或密码不正确"
LOCKED = "暂停登录"


@pytest.fixture
def client() -> Client:
    return Client(REMOTE_ADDR="10.1.2.3", HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36")


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_signs_in_and_it_is_journalled(client: Client) -> None:
    who = person(password=PASSWORD)
    answer = sign_in(client, who.login)

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    entry = Entry.objects.get(verb="organs.sign_in")
    assert (entry.person, entry.subject, entry.changes) == (who.pk, f"organs.person:{who.pk}", {"how": "密码"})


def test_capitals_and_blanks_in_the_login_do_not_matter(client: Client) -> None:
    who = person(password=PASSWORD)
    sign_in(client, f" {who.login.upper()} ")

    assert signed_in(client)


def test_an_unknown_login_and_a_wrong_password_get_the_same_answer(client: Client) -> None:
    who = person(password=PASSWORD)
    known, unknown = sign_in(client, who.login, "Wrong-2026-word"), sign_in(client, "nobody-here", "Wrong-2026-word")

    assert WRONG in known.content.decode()
    assert known.status_code == unknown.status_code == 200
    strip = lambda answer, login: answer.content.decode().replace(login, "…").split("<main")[1].split("csrf")[0]  # noqa: E731
    assert strip(known, who.login) == strip(unknown, "nobody-here")


@pytest.mark.parametrize("who", ["nobody", "known", "without a password", "deactivated"])
def test_every_failure_costs_one_hash(client: Client, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    known = person(password=None if who == "without a password" else PASSWORD)
    if who == "deactivated":
        actions.deactivate_person(MACHINE, known.pk, reason="调离", at=AT)
    hashed = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)
        monkeypatch.setattr(Argon2PasswordHasher, name, lambda self, *given, real=real: (hashed.append(1), real(self, *given))[1])
    sign_in(client, "nobody-here" if who == "nobody" else known.login, "Wrong-2026-word")

    assert len(hashed) == 1


def test_what_was_typed_is_kept_but_never_the_password(client: Client) -> None:
    text = sign_in(client, "li.si", "Wrong-2026-word").content.decode()

    assert 'value="li.si"' in text
    assert "Wrong-2026-word" not in text
    assert "有几处需要改正" in text


def test_empty_fields_say_what_is_missing(client: Client) -> None:
    text = sign_in(client, "", "").content.decode()

    assert text.count("这个字段是必填项") >= 2


def test_five_failures_lock_the_login_for_this_address_alone(client: Client) -> None:
    who = person(password=PASSWORD)
    for _ in range(5):
        answer = sign_in(client, who.login, "Wrong-2026-word")
    locked = sign_in(client, who.login)
    elsewhere = Client(REMOTE_ADDR="10.1.2.4")
    sign_in(elsewhere, who.login)

    assert answer.status_code == locked.status_code == 429
    assert LOCKED in locked.content.decode()
    assert not signed_in(client)
    assert signed_in(elsewhere)
    assert Entry.objects.filter(verb="organs.lock_out", person=who.pk).exists()


def test_a_login_that_nobody_has_is_locked_just_the_same(client: Client) -> None:
    for _ in range(5):
        answer = sign_in(client, "nobody-here", "Wrong-2026-word")

    assert answer.status_code == 429
    assert not Entry.objects.filter(verb="organs.lock_out").exists()


def test_writing_the_login_otherwise_does_not_open_more_tries(client: Client) -> None:
    who = person(password=PASSWORD)
    spellings = [who.login, who.login.upper(), who.login.title(), f" {who.login}", f"{who.login} "]
    for spelling in spellings:
        answer = sign_in(client, spelling, "Wrong-2026-word")

    assert answer.status_code == 429


def test_another_person_at_the_same_address_is_not_locked_out(client: Client) -> None:
    one, other = person(password=PASSWORD), person(password=PASSWORD)
    for _ in range(5):
        sign_in(client, one.login, "Wrong-2026-word")
    sign_in(client, other.login)

    assert signed_in(client)


def test_success_forgets_the_failures_before_it(client: Client) -> None:
    who = person(password=PASSWORD)
    for _ in range(4):
        sign_in(client, who.login, "Wrong-2026-word")
    sign_in(client, who.login)
    client.post("/account/logout/")
    for _ in range(4):
        answer = sign_in(client, who.login, "Wrong-2026-word")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("wished", "given"),
    [
        ("/desk/items/7/", "/desk/items/7/"), ("https://evil.example/", "/desk/"), ("//evil.example/x", "/desk/"), ("javascript:alert(1)", "/desk/"),
        ("\\\\evil.example", "/desk/"), ("/\\evil.example", "/desk/"), ("https:evil.example", "/desk/"), ("http:///evil.example", "/desk/"),
    ],
)  # fmt: skip
def test_one_is_sent_to_a_page_of_ours_only(client: Client, wished: str, given: str) -> None:
    who = person(password=PASSWORD)

    assert sign_in(client, who.login, next=wished)["Location"] == given


@pytest.mark.parametrize("wished", ["https://evil.example/", "//evil.example"])
def test_signing_out_leads_to_a_page_of_ours_only(client: Client, wished: str) -> None:
    sign_in(client, person(password=PASSWORD).login)

    assert client.post("/account/logout/", {"next": wished})["Location"] == "/"


def test_the_session_gets_another_key_at_sign_in(client: Client) -> None:
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, person(password=PASSWORD).login)

    assert signed_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_needs_a_form_of_ours(client: Client) -> None:
    sign_in(client, person(password=PASSWORD).login)

    assert client.get("/account/logout/").status_code == 200
    assert signed_in(client)


def test_somebody_deactivated_cannot_sign_in_and_is_told_so_only_with_the_right_password(client: Client) -> None:
    who = person(password=PASSWORD)
    actions.deactivate_person(MACHINE, who.pk, reason="调离", at=AT)
    right, wrong = sign_in(client, who.login), sign_in(client, who.login, "Wrong-2026-word")

    assert not signed_in(client)
    assert "这个账号已停用" in right.content.decode()
    assert WRONG in wrong.content.decode()


def test_a_first_password_must_be_replaced_before_anything_else(client: Client) -> None:
    who = person()
    first = actions.issue_password(MACHINE, who.pk, at=AT)
    sign_in(client, who.login, first)
    sent = client.get("/account/me/")
    same = client.post(sent["Location"], {"oldpassword": first, "password1": first, "password2": first})
    changed = client.post(sent["Location"], {"oldpassword": first, "password1": PASSWORD, "password2": PASSWORD})

    assert sent["Location"] == "/account/password/change/?next=%2Faccount%2Fme%2F"
    assert "新密码与现在的相同" in same.content.decode()
    assert changed["Location"] == "/account/me/"
    assert client.get("/account/me/").status_code == 200
    assert not Person.objects.get(pk=who.pk).must_change_password
    assert Entry.objects.filter(verb="organs.change_password").count() == 1


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(client: Client) -> None:
    who = person(password=PASSWORD)
    other = Client(REMOTE_ADDR="10.1.2.9")
    sign_in(client, who.login)
    sign_in(other, who.login)
    new = "Kashi-2027-blue!"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert client.get("/account/me/").status_code == 200
    assert other.get("/account/me/").status_code == 302


def test_an_issued_password_ends_every_session_and_opens_once_only_the_change(client: Client) -> None:
    who = person(password=PASSWORD)
    sign_in(client, who.login)
    actions.issue_password(MACHINE, who.pk, at=AT)

    assert client.get("/account/me/").status_code == 302
    assert WRONG in sign_in(client, who.login).content.decode()


def test_first_passwords_are_strong_and_never_alike() -> None:
    made = {first_password() for _ in range(200)}

    assert len(made) == 200
    for each in made:
        validate_password(each, Person(login="li.si", name="李四"))


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Ab1-", "密码太短"), ("abcdefghjk", "至少三种"), ("2938475610", "只包含数字"), ("password123", "常见"), ("Zhang.San-26", "登录名"),
        ("Aa1!Aa1!Aa1!", "不同的字符"),
    ],
)  # fmt: skip
def test_weak_passwords_are_refused_in_chinese(password: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, Person(login="zhang.san", name="张三"))

    assert said in "".join(refused.value.messages)


@pytest.mark.parametrize("password", ["Hetian-2026-yellow", "河畔的胡杨林-2026-a", "seventeen little words"])
def test_strong_passwords_are_taken(password: str) -> None:
    validate_password(password, Person(login="zhang.san", name="张三"))


def test_sessions_are_listed_and_ended_one_by_one(client: Client) -> None:
    who = person(password=PASSWORD)
    others = [Client(REMOTE_ADDR=f"10.1.2.{n}", HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU) Version/18 Safari/605") for n in (20, 21, 22)]
    for each in (client, *others):
        sign_in(each, who.login)
    listed = client.get("/account/sessions/").content.decode()
    from allauth.usersessions.models import UserSession

    one = UserSession.objects.get(ip="10.1.2.20")
    client.post("/account/sessions/", {"session": one.pk})
    ended_one = [each.get("/account/me/").status_code for each in others]
    client.post("/account/sessions/", {})

    assert "Chrome 140 · Windows" in listed
    assert listed.count("10.1.2.") == 4
    assert ended_one == [302, 200, 200]
    assert [each.get("/account/me/").status_code for each in others] == [302, 302, 302]
    assert client.get("/account/me/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(client: Client) -> None:
    mine, other = person(password=PASSWORD), person(password=PASSWORD)
    elsewhere = Client(REMOTE_ADDR="10.1.2.30")
    sign_in(client, mine.login)
    sign_in(elsewhere, other.login)
    from allauth.usersessions.models import UserSession

    client.post("/account/sessions/", {"session": UserSession.objects.get(user=other).pk})

    assert elsewhere.get("/account/me/").status_code == 200


def test_deactivating_somebody_ends_their_sessions_at_once(client: Client) -> None:
    who = person(password=PASSWORD)
    sign_in(client, who.login)
    actions.deactivate_person(MACHINE, who.pk, reason="调离", at=AT)

    assert client.get("/account/me/").status_code == 302
    assert not Session.objects.filter(session_key=client.cookies["sessionid"].value).exists()


def test_ending_a_role_at_once_ends_the_sessions(client: Client) -> None:
    who = person(password=PASSWORD)
    held = role(who, RoleKind.APPROVER, organ())
    sign_in(client, who.login)
    actions.end_role(MACHINE, held, reason="轮岗", at=AT)

    assert client.get("/account/me/").status_code == 302


@pytest.mark.parametrize("name", ["account_signup", "account_email", "socialaccount_signup", "socialaccount_connections", "account_inactive"])
def test_nobody_registers_themselves(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), {"username": "new", "password1": PASSWORD, "password2": PASSWORD}).status_code == 404


def test_a_forgotten_password_is_a_matter_for_the_administrator(client: Client) -> None:
    text = client.get(reverse("account_reset_password")).content.decode()

    assert "系统管理员发给您一个首次密码" in text


@pytest.mark.parametrize(
    "address",
    ["/account/me/", "/account/sessions/", "/account/password/change/", "/account/second/", "/account/second/activate/", "/account/second/recovery/",
     "/account/second/recovery/download/", "/account/second/recovery/generate/", "/account/second/deactivate/", "/account/again/", "/account/second/again/", "/account/second/code/"],
)  # fmt: skip
def test_pages_of_the_account_send_strangers_to_the_door(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)
    assert client.post(address, {}).status_code in (302, 405)
