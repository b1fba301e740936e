"""Sign-in by a region's unified identity, against a real OpenID Connect provider on this machine."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from gongkai.platform.journal.models import Entry
from gongkai.platform.organs import actions
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.models import Person

from .making import AT, PASSWORD, person
from .test_second_factor import code_now, give_second_factor

pytestmark = pytest.mark.django_db
TO, BACK = "/account/oidc/identity/login/", "/account/oidc/identity/login/callback/"
PROVIDER = """
from oidc_provider_mock import User, run_server_in_thread
people = (
    User(sub="id-1001", claims={"preferred_username": "li.si", "name": "李四", "email": "li.si@county.example"}),
    User(sub="id-1002", claims={"preferred_username": "wang.wu", "name": "王五"}),
    User(sub="id-1003", claims={"preferred_username": "li.si", "name": "同名的人"}),
)
with run_server_in_thread(user_claims=people) as server:
    print(server.server_port, flush=True)
    input()
"""


@contextmanager
def run_provider() -> Iterator[str]:
    """A provider in a process of its own, on a free port."""
    with subprocess.Popen([sys.executable, "-W", "ignore", "-c", PROVIDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdin and running.stdout
        port = int(running.stdout.readline())
        try:
            yield f"http://localhost:{port}"
        finally:
            running.kill()


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_provider() as address:
        yield address


def _use(settings: object, issuer: str, claim: str = "") -> None:
    app = {"provider_id": "identity", "name": "统一身份认证", "client_id": "gongkai", "secret": "s3cret", "settings": {"server_url": issuer}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}  # type: ignore[attr-defined]
    settings.OIDC_ISSUER, settings.OIDC_CLAIM = issuer, claim  # type: ignore[attr-defined]


@pytest.fixture
def identity(settings: object, provider: str) -> str:
    _use(settings, provider)
    return provider


@pytest.fixture
def by_login(settings: object, provider: str) -> str:
    _use(settings, provider, "preferred_username")
    return provider


def leave(client: Client, **more: str) -> str:
    """Press the button; the provider's address that we are sent to."""
    text = client.post(TO, more).content.decode()
    return unescape(re.search(r'content="0; url=([^"]+)"', text)[1])  # type: ignore[index]


def there(address: str, sub: str = "", **form: str) -> str:
    """Sign in over there as somebody; where the provider sends us back to."""
    answer = requests.post(address, data=form or {"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(client: Client, sub: str, **more: str):
    return client.get(there(leave(client, **more), sub))


def signed_in_as(client: Client) -> str:
    return str(client.session.get("_auth_user_id", ""))


def test_the_sign_in_page_offers_it_where_it_is_set(identity: str, client: Client) -> None:
    text = client.get("/account/login/?next=/desk/items/7/").content.decode()

    assert "用统一身份认证登录" in text
    assert f'action="{TO}' in text


def test_the_sign_in_page_does_not_offer_it_otherwise(client: Client) -> None:
    assert "统一身份" not in client.get("/account/login/").content.decode()


def test_we_leave_with_a_proof_key_and_a_state(identity: str, client: Client) -> None:
    asked = parse_qs(urlsplit(leave(client)).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"][0]
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]


def test_leaving_needs_a_form_of_ours(identity: str) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.get(TO).status_code == 405
    assert strict.post(TO).status_code == 403


def test_somebody_bound_to_the_subject_is_signed_in(identity: str, client: Client) -> None:
    who = person(identity="id-1001")
    answer = sign_in(client, "id-1001")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert signed_in_as(client) == str(who.pk)
    assert Entry.objects.get(verb="organs.sign_in").changes == {"how": "统一身份"}


def test_one_comes_back_to_the_page_one_wanted(identity: str, client: Client) -> None:
    person(identity="id-1001")

    assert sign_in(client, "id-1001", next="/desk/items/7/")["Location"] == "/desk/items/7/"
    client.post("/account/logout/")
    assert sign_in(client, "id-1001", next="https://evil.example/")["Location"] == "/desk/"


def test_somebody_unknown_gets_a_clear_page_and_no_account(identity: str, client: Client) -> None:
    people = Person.objects.count()
    answer = sign_in(client, "id-1002")

    assert answer.status_code == 403
    assert "本平台没有对应的人员" in answer.content.decode()
    assert not signed_in_as(client)
    assert (Person.objects.count(), SocialAccount.objects.count()) == (people, 0)


def test_a_login_alone_opens_nothing_where_no_claim_is_set(identity: str, client: Client) -> None:
    person(login="li.si")

    assert sign_in(client, "id-1001").status_code == 403


def test_a_login_is_recognised_by_the_claim_that_is_set_and_bound_at_once(by_login: str, client: Client) -> None:
    who = person(login="li.si")
    sign_in(client, "id-1001")

    assert signed_in_as(client) == str(who.pk)
    assert Person.objects.get(pk=who.pk).identity == "id-1001"
    assert Entry.objects.get(verb="organs.bind_identity").person == who.pk


def test_the_same_login_under_another_subject_opens_nothing_later(by_login: str, client: Client) -> None:
    person(login="li.si")
    sign_in(client, "id-1001")
    stranger = Client()

    assert sign_in(stranger, "id-1003").status_code == 403
    assert not signed_in_as(stranger)


def test_a_binding_moved_to_somebody_else_counts_from_the_next_sign_in(identity: str, client: Client) -> None:
    first, second = person(identity="id-1001"), person()
    sign_in(client, "id-1001")
    actions.bind_identity(MACHINE, first.pk, "", at=AT)
    actions.bind_identity(MACHINE, second.pk, "id-1001", at=AT)
    later = Client()
    sign_in(later, "id-1001")

    assert signed_in_as(later) == str(second.pk)
    assert SocialAccount.objects.get().user_id == second.pk


def test_a_binding_taken_away_opens_nothing(identity: str, client: Client) -> None:
    who = person(identity="id-1001")
    sign_in(client, "id-1001")
    actions.bind_identity(MACHINE, who.pk, "", at=AT)

    assert sign_in(Client(), "id-1001").status_code == 403


def test_somebody_deactivated_gets_a_clear_page(identity: str, client: Client) -> None:
    who = person(identity="id-1001")
    actions.deactivate_person(MACHINE, who.pk, reason="调离", at=AT)
    answer = sign_in(client, "id-1001")

    assert "这个账号已停用" in answer.content.decode()
    assert not signed_in_as(client)


def test_the_second_factor_is_asked_for_here_too(identity: str, client: Client) -> None:
    who = person(identity="id-1001")
    secret = give_second_factor(who)
    answer = sign_in(client, "id-1001")
    before = signed_in_as(client)
    client.post(answer["Location"], {"code": code_now(secret)})

    assert answer["Location"].startswith("/account/second/code/")
    assert before == ""
    assert signed_in_as(client) == str(who.pk)


def test_signing_in_by_password_stays_possible(identity: str, client: Client) -> None:
    who = person(identity="id-1001", password=PASSWORD)
    client.post("/account/login/", {"login": who.login, "password": PASSWORD})

    assert signed_in_as(client) == str(who.pk)


def test_cancelling_over_there_leads_to_a_clear_page(identity: str, client: Client) -> None:
    answer = client.get(there(leave(client), action="deny"))

    assert "已取消统一身份认证" in answer.content.decode()


def test_an_answer_that_nobody_asked_for_is_refused(identity: str, client: Client) -> None:
    person(identity="id-1001")
    mine = there(leave(client), "id-1001")
    forged = mine.replace("state=", "state=x")

    for answer in (Client().get(mine), client.get(forged), client.get(BACK), client.get(BACK + "?code=abc&state=def")):
        assert answer.status_code in (403, 502)
        assert "统一身份认证暂时不能用" in answer.content.decode()
    assert not signed_in_as(client)


def test_an_answer_is_good_once(identity: str, client: Client) -> None:
    person(identity="id-1001")
    mine = there(leave(client), "id-1001")
    client.get(mine)
    client.post("/account/logout/")
    client.get(mine)

    assert not signed_in_as(client)


def test_a_provider_that_is_down_gives_a_clear_page(settings: object, client: Client) -> None:
    _use(settings, "http://localhost:9")
    answer = client.post(TO)

    assert answer.status_code == 502
    assert "统一身份认证暂时不能用" in answer.content.decode()
    assert "登录名和密码" in answer.content.decode()


def test_a_provider_that_dies_half_way_gives_a_clear_page(settings: object, client: Client) -> None:
    with run_provider() as address:
        _use(settings, address)
        back = there(leave(client), "id-1001")
    answer = client.get(back)

    assert answer.status_code == 502
    assert "统一身份认证暂时不能用" in answer.content.decode()


def test_a_provider_that_talks_nonsense_gives_a_clear_page(settings: object, provider: str, client: Client) -> None:
    _use(settings, f"{provider}/.well-known/nothing-here")

    assert client.post(TO).status_code == 502


def test_an_unknown_provider_is_not_there(identity: str, client: Client) -> None:
    assert client.post("/account/oidc/other/login/").status_code == 404
    assert client.get("/account/oidc/other/login/callback/").status_code == 404
