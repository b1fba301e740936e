"""Suggested sentences as the office words them: its own words, none, the platform's again; journalled, of its organ alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gongkai.platform.annual import prose, tokens
from gongkai.platform.annual.actions import wording
from gongkai.platform.annual.errors import Conflict, Invalid, NotAllowed, NotFound
from gongkai.platform.annual.models import Sentence
from gongkai.platform.annual.queries import alongside
from gongkai.platform.desk.annual_showing import token_names
from gongkai.platform.journal.models import Entry
from tests.platform.cases.factories import at, office

from .conftest import Begun, Enter

WHEN = at("2024-01-09")
OWN = "全年在县融媒体平台发布信息{{published.new_media}}条。"


def test_an_empty_section_is_offered_its_outline_and_the_year_is_a_token(it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)
    empty = client.post(f"{it.address}live/", {"based_on": "0"}).content.decode()
    begun = client.post(f"{it.address}live/", {"based_on": "0", "section1": "{{year}}年。", "section5": "写了。"}).content.decode()

    assert "1|本报告所列数据的统计期限为{{year}}年" in empty and "5|（一）存在的主要问题。" in empty
    assert "1|本报告所列数据的统计期限为{{year}}年" not in begun and "5|（一）存在的主要问题。" not in begun
    assert '<mark class="bound" title="year">2023</mark>年。' in begun


def change(it: Begun, key: str, text: str, seen: int = 0, section: int = 1) -> Sentence | None:
    return wording.change_sentence(it.place.head, it.place.organ.pk, key, section=section, text=text, seen=seen, at=WHEN)


def of(it: Begun) -> dict[str, str]:
    return {each.key: each.text for each in alongside.sentences(it.now())}


def test_every_platform_sentence_has_a_key_of_its_own_and_only_tokens_that_exist() -> None:
    assert len({each.key for each in prose.SUGGESTIONS}) == len(prose.SUGGESTIONS)
    assert [name for each in prose.SUGGESTIONS for name in tokens.named(each.text) if not tokens.known(name)] == []
    assert [each["name"] for each in token_names() if not tokens.known(each["name"])] == []


@pytest.mark.parametrize("name", ["published.oops", "policies.site", "rate:policies", "rate:rate:a/b/c", "requests", "remedies.reconsideration", "fee.x", "counted", "counted.fee", "active.oops", "", "."])
def test_there_is_no_such_token(name: str) -> None:
    assert not tokens.known(name)


@given(st.text("abc{}._:/published", max_size=30))
def test_whether_there_is_a_token_is_answered_for_any_name(name: str) -> None:
    assert tokens.known(name) in (True, False)


def test_the_office_words_a_sentence_leaves_one_out_and_adds_its_own(it: Begun) -> None:
    change(it, "published", "一年来，主动公开政府信息{{published}}条。")
    change(it, "published-broadcast", "")
    change(it, "", OWN)
    found = of(it)

    assert found["published"] == "一年来，主动公开政府信息{{published}}条。"
    assert "published-broadcast" not in found
    assert found["own-1"] == OWN
    assert [entry.changes["key"] for entry in Entry.objects.filter(verb="annual.change_sentence").order_by("pk")] == ["published", "published-broadcast", "own-1"]


def test_the_platforms_wording_comes_back_and_every_entry_stays(it: Begun) -> None:
    made = change(it, "published", "别的写法{{published}}条。")
    wording.restore_sentence(it.place.head, it.place.organ.pk, "published", seen=made.pk if made else 0, at=WHEN)

    assert of(it)["published"] == next(each.text for each in prose.SUGGESTIONS if each.key == "published")
    assert Sentence.objects.filter(key="published").count() == 2


def test_what_did_not_change_is_not_entered(it: Begun) -> None:
    assert change(it, "published", next(each.text for each in prose.SUGGESTIONS if each.key == "published")) is None
    assert not Sentence.objects.exists()


@pytest.mark.parametrize("text", ["公开{{oops}}条。", "公开{{published}条。", "公开{{Published}}条。", "{{published.nowhere}}", "字" * 601])
def test_a_sentence_that_could_never_be_offered_is_refused(text: str, it: Begun) -> None:
    with pytest.raises(Invalid):
        change(it, "", text)

    assert not Sentence.objects.exists()


def test_two_who_word_the_same_sentence_at_once_are_told(it: Begun) -> None:
    change(it, "published", "先改的{{published}}条。")

    with pytest.raises(Conflict):
        change(it, "published", "后改的{{published}}条。", seen=0)


def test_only_the_disclosure_office_words_them_and_only_its_own_organs(it: Begun) -> None:
    other = office("elsewhere")

    with pytest.raises(NotAllowed):
        wording.change_sentence(it.place.legal, it.place.organ.pk, "published", section=1, text="x", seen=0, at=WHEN)
    with pytest.raises(NotFound):
        wording.change_sentence(other.head, it.place.organ.pk, "published", section=1, text="x", seen=0, at=WHEN)
    change(it, "", OWN)
    assert not [each for each in alongside.sentences_of(other.head, other.organ.pk) if each.key.startswith("own")]


def test_the_workspace_offers_what_the_office_worded(it: Begun, enter: Enter) -> None:
    change(it, "hotline", "热线办理诉求{{hotline_received}}件。")
    change(it, "", OWN)
    shown = enter(it.place.head).get(it.address).content.decode()

    assert "1|热线办理诉求{{hotline_received}}件。" in shown
    assert f"1|{OWN}" in shown
    assert "12345政府服务热线受理诉求" not in shown


def test_they_are_worded_on_a_page_within_eight_statements(it: Begun, enter: Enter) -> None:
    client, address = enter(it.place.head), f"/desk/organs/{it.place.organ.slug}/annual/sentences/"
    saved = client.post(address, {"key": "fee", "section": "6", "seen": "0", "text": "本年收取信息处理费{{fee}}元整。", "do": "save"})
    wrong = client.post(address, {"key": "", "section": "2", "seen": "0", "text": "公开{{oops}}条。", "do": "save"})
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(address).content.decode()

    assert saved.status_code == 302
    assert wrong.status_code == 422 and "没有这样的记号：oops" in wrong.content.decode() and "公开{{oops}}条。" in wrong.content.decode()
    assert "本年收取信息处理费{{fee}}元整。" in shown and "恢复平台自带的" in shown
    assert len(asked) <= 8
    assert enter(it.place.legal).get(address).content.decode().count("<textarea") == 0
    assert enter(office("elsewhere").head).get(address).status_code == 404


@pytest.mark.parametrize("data", [
    {"key": "nothing", "do": "restore", "seen": "0"}, {"key": "nothing", "do": "drop", "section": "1", "seen": "0"}, {"key": "own-7", "do": "drop", "section": "1", "seen": "0"},
])  # fmt: skip
def test_a_sentence_that_is_not_there_is_not_found(data: dict[str, str], it: Begun, enter: Enter) -> None:
    assert enter(it.place.head).post(f"/desk/organs/{it.place.organ.slug}/annual/sentences/", data).status_code == 404


@pytest.mark.parametrize("data", [{}, {"key": "\0", "text": "\0", "section": "٣", "seen": "9" * 40}, {"key": "", "text": "", "section": "1"}, {"key": "published", "section": "9", "text": "x", "seen": "0"}])
def test_odd_posts_are_refused_in_words(data: dict[str, str], it: Begun, enter: Enter) -> None:
    assert enter(it.place.head).post(f"/desk/organs/{it.place.organ.slug}/annual/sentences/", data).status_code in (404, 409, 422)
