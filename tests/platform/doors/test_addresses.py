"""Every address of the platform, by everybody, with everything that an address can be bent into: refused in words, never broken."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils.http import urlencode

from . import hostile
from .addresses import Address, every, leading, values
from .asking import Doors, names
from .world import World

KINDS = ("nobody", "applicant", "everything", "administrator")
ROLES = ("editor", "reviewer", "secrecy_reviewer", "approver", "case_officer", "legal_reviewer", "disclosure_office", "supervisor", "mailbox", "stranger")


def who_comes_in(address: Address) -> str:
    """Whoever gets furthest at this address."""
    if address.name.startswith("portal:"):
        return "applicant"
    return "administrator" if address.name.startswith("organs:") and "journal" not in address.name else "everything"


def test_every_address_answers_everybody(there: World) -> None:
    doors = Doors()
    for place, who in enumerate(KINDS):
        client = there.client(who)
        for number, address in enumerate(every()):
            if who != who_comes_in(address) and not hostile.turn_of(number + place, 5):
                continue
            for path in leading(there, address, most=2 if who == who_comes_in(address) else 1):
                doors.get(client, path, who)
                doors.post(client, path, {}, f"{who}, nothing posted")
    for place, who in enumerate(ROLES):
        client = there.client(who)
        for number, address in enumerate(every()):
            if address.name.startswith("desk:") and hostile.turn_of(number + place, 5):
                doors.get(client, leading(there, address, most=1)[0], who)

    assert doors.wrong == []
    assert doors.asked > 600


def test_no_address_breaks_whatever_stands_in_its_path(there: World) -> None:
    doors, turn = Doors(), 0
    clients = {who: there.client(who) for who in KINDS}
    for address in every():
        fit = [each[0] for each in values(there, address)]
        client = clients[who_comes_in(address)]
        for place in range(len(fit)):
            turn += 1
            for name, bent in hostile.some(hostile.PATHS, turn, 1):
                doors.get(client, address.filled([*fit[:place], bent, *fit[place + 1 :]]), name)
            for name in ("NUL", "beyond bigint")[turn % 2 :: 1 if hostile.THOROUGH else 2]:
                path = address.filled([*fit[:place], hostile.PATHS[name], *fit[place + 1 :]])
                doors.post(client, path, {"do": "x"}, name)
                doors.get(client, path, name)

    assert doors.wrong == []
    assert doors.asked > 300


def test_no_address_breaks_whatever_is_asked_of_it(there: World) -> None:
    doors = Doors()
    for turn, address in enumerate(every()):
        client, path = there.client(who_comes_in(address)), leading(there, address, most=1)[0]
        with names() as asked:
            doors.get(client, path, "plain")
        wanted = sorted(asked | {"page", "q"})
        for name, bent in hostile.some(hostile.QUERIES, turn, 2 if asked else 1):
            doors.get(client, path + "?" + "&".join(f"{each}={bent}" for each in wanted), f"all {name}")
        for place, each in enumerate(sorted(asked)):
            if not hostile.turn_of(turn + place, 3):
                continue
            for name, bent in hostile.some(hostile.QUERIES, turn + place * 5, 1):
                doors.get(client, f"{path}?{each}={bent}", f"{each}: {name}")
        doors.get(client, path + "?" + urlencode([(each, value) for each in wanted for value in ("1", "x", "")]), "each three times")

    assert doors.wrong == []


@pytest.mark.parametrize("method", ["put", "delete"])
def test_no_address_breaks_for_another_verb(there: World, method: str) -> None:
    doors, clients = Doors(), {who: there.client(who) for who in KINDS}
    for number, address in enumerate(every()):
        if not hostile.turn_of(number + len(method), 3):
            continue
        doors.ask(clients[who_comes_in(address)], method, leading(there, address, most=1)[0], {}, method)

    assert doors.wrong == []


def test_a_refused_address_says_why_in_chinese(there: World) -> None:
    client, said = there.client("everything"), []
    for path in ("/desk/items/9223372036854775808/", "/desk/requests/1%00/", "/organs/a%00b/", "/items/99999999999999999999/", "/%00", "/opinion/%ED%A0%80/"):
        answer = client.get(path)
        if answer.status_code not in (400, 404) or ("没有找到" not in answer.content.decode() and "格式不对" not in answer.content.decode()):
            said.append((path, answer.status_code))

    assert said == []


def test_a_sign_that_no_database_keeps_is_taken_out_and_the_rest_stays(there: World) -> None:
    client, organ = there.client("everything"), there.place.organ.slug
    with transaction.atomic():
        sought = client.post(f"/desk/organs/{organ}/requests/find/", {"q": "低保\x00名单"})
        listed = client.get(sought["Location"]).content.decode()
        kept = client.post("/desk/unsaved/", {"place": f"new:{there.place.organ.pk}", "title": "供暖\x00通知"})
        typed = client.get(f"/desk/organs/{organ}/items/new/").content.decode()
        nowhere = client.post("/desk/unsaved/", {"title": "甲"})
        transaction.set_rollback(True)

    assert (sought.status_code, kept.status_code, nowhere.status_code) == (302, 200, 400)
    assert "低保名单" in listed and "共 1 件" in listed
    assert "供暖通知" in typed
    assert "表单位置不正确" in nowhere.content.decode()
