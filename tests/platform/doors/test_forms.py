"""Every form that a page shows, posted with everything that can be typed and with what cannot: refused beside the field, nothing typed is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from django.http import HttpResponse

from . import hostile
from .addresses import every, leading
from .asking import Doors, names
from .filling import TEXT, Form, forms
from .test_addresses import who_comes_in
from .world import World

BESIDE = ("quote-", "comment-", "reason-", "answer-")  # 编制页上各有自己按钮的小格：按别的按钮被退回时不带回来
NOT_KEPT = frozenset({"code", "password", "oldpassword", "password1", "password2", "once", "seen", "ticket", "based_on"})
AT_ONCE = {word: {**hostile.TEXTS, **hostile.NUMBERS, **hostile.DAYS}[word] for word in (
    "NUL", "hidden signs", "very long", "beyond Python", "Arabic digits", "beyond bigint", "year 1", "year 9999", "exponent", "no scalar", "nested",
)}  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def shown(there: World) -> Iterator[tuple[str, Form]]:
    """Every form of every page, once: by where it goes, what it asks and which button is pressed."""
    met: set[tuple[object, ...]] = set()
    doors = Doors()
    for address in every():
        who = who_comes_in(address)
        client = there.client(who)
        for path in leading(there, address):
            answer = doors.get(client, path)
            if answer is None or "html" not in answer.headers.get("Content-Type", "") or answer.status_code >= 500:
                continue
            for form in forms(answer.content, path):
                kind = (re.sub(r"\d+", "0", form.address), form.names, form.button)
                if kind not in met:
                    met.add(kind)
                    yield who, form


@pytest.fixture(scope="module")
def all_forms(there: World) -> list[tuple[str, Form]]:
    return list(shown(there))


def kept(answer: HttpResponse | None, form: Form, told: dict[str, object], bent: str) -> list[str]:
    """The fields whose text is no longer on the page that asks again."""
    if answer is None or answer.status_code not in (409, 422) or "html" not in answer.headers.get("Content-Type", ""):
        return []
    page = html.unescape(answer.content.decode())
    return [name for name, kind, value in form.fields if kind in TEXT and name != bent and name not in NOT_KEPT and not name.startswith(BESIDE) and value and str(told.get(name)) == value and value not in page]


def test_there_are_many_forms(all_forms: list[tuple[str, Form]]) -> None:
    assert len(all_forms) > 120
    assert len({re.sub(r"\d+", "0", form.address) for _who, form in all_forms}) > 90


def test_a_form_with_nothing_in_it_is_asked_again(there: World, all_forms: list[tuple[str, Form]]) -> None:
    doors = Doors()
    for number, (who, form) in enumerate(all_forms):
        client = there.client(who)
        button = dict([form.button]) if form.button else {}
        for place, (told, word) in enumerate((
            (button, "nothing but the button"), (dict.fromkeys(form.names, "") | button, "all empty"), (form.told(), "as the page shows it"),
            ({key: ["甲", "乙"] for key in [*form.names, *button]}, "each twice"),
        )):  # fmt: skip
            if hostile.turn_of(number + place, 2):
                doors.post(client, form.address, told, word)

    assert doors.wrong == []


def test_no_form_breaks_and_what_else_was_typed_stays(there: World, all_forms: list[tuple[str, Form]]) -> None:
    doors, lost = Doors(), []
    for number, (who, form) in enumerate(all_forms):
        client = there.client(who)
        for place, (name, kind, _value) in enumerate(form.fields):
            if kind == "file" or not hostile.turn_of(number + place, 4):
                continue
            for word, text in hostile.some(hostile.of(kind), number + place * 2, 1):
                told = form.told(**{name: text})
                answer = doors.post(client, form.address, told, f"{name}: {word}")
                lost += [f"{form.address} {each} ({name}: {word})" for each in kept(answer, form, told, name)]

    assert doors.wrong == []
    assert lost == []


def test_no_form_breaks_with_everything_bent_at_once(there: World, all_forms: list[tuple[str, Form]]) -> None:
    doors = Doors()
    for turn, (who, form) in enumerate(all_forms):
        client = there.client(who)
        with names() as asked:
            doors.post(client, form.address, {}, "nothing")
        wanted = {*form.names, *asked} - {"csrfmiddlewaretoken"}
        fixed = dict([form.button]) if form.button else {}
        for word, text in hostile.some(AT_ONCE, turn, 1):
            doors.post(client, form.address, dict.fromkeys(wanted, text) | fixed, f"all {word}")

    assert doors.wrong == []


def test_no_form_breaks_for_what_is_not_even_a_form(there: World, all_forms: list[tuple[str, Form]]) -> None:
    doors = Doors()
    bodies = {
        "GB18030": (urlencode({"text": "甲乙", "reason": "理由"}, encoding="gb18030").encode(), "application/x-www-form-urlencoded; charset=utf-8"),
        "raw": ("text=甲".encode("gb18030") + b"\x00\xff\xfe", "application/x-www-form-urlencoded"), "nested": (hostile.TEXTS["nested"].encode(), "application/json"),
        "no charset": (b"text=1", "application/x-www-form-urlencoded; charset=nonsense"), "cut off": (b'--x\r\nContent-Disposition: form-data; name="a"', "multipart/form-data; boundary=x"),
        "no boundary": (b"x", "multipart/form-data"), "many": (b"&".join(b"a%d=1" % n for n in range(1100)), "application/x-www-form-urlencoded"),
        "surrogates": (f"text={quote('甲')}%ED%A0%80".encode(), "application/x-www-form-urlencoded"),
    }  # fmt: skip
    addresses = sorted({(who, re.sub(r"\?.*", "", form.address)) for who, form in all_forms})
    for turn, (who, address) in enumerate(addresses):
        client = there.client(who)
        for word, _same in hostile.some({each: each for each in bodies}, turn, 1):
            body, media_type = bodies[word]
            doors.post(client, address, body, word, media_type)

    assert doors.wrong == []


def test_what_is_refused_is_refused_in_chinese(there: World, all_forms: list[tuple[str, Form]]) -> None:
    doors, mute = Doors(), []
    for number, (who, form) in enumerate(all_forms):
        if not hostile.turn_of(number, 3):
            continue
        answer = doors.post(there.client(who), form.address, dict.fromkeys(form.names, hostile.TEXTS["NUL"]) | (dict([form.button]) if form.button else {}), "NUL")
        if answer is not None and answer.status_code >= 400 and "html" in answer.headers.get("Content-Type", "") and not CHINESE.search(answer.content.decode()):
            mute.append(form.address)

    assert mute == []


@pytest.mark.parametrize("page", ["settings", "edit"])
def test_what_another_administrator_saved_meanwhile_is_shown_beside_what_was_typed(there: World, page: str) -> None:
    client, path = there.client("administrator"), f"/desk/admin/organs/of/{there.place.organ.slug}/{page}/"
    [form] = [each for each in forms(client.get(path).content, path) if each.address == path]
    doors = Doors()
    answer = doors.post(client, path, form.told(based_on="0"), "saved meanwhile")

    assert doors.wrong == []
    assert answer is not None and answer.status_code == 409
