"""Language and reading aids: one cookie, switches that work without JavaScript, nothing trusted from the cookie."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gongkai.platform.pages.preferences import COOKIE, Preferences, change, read


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@given(st.text())
def test_any_cookie_is_read(value: str) -> None:
    wished = read({COOKIE: value})

    assert read({COOKIE: wished.dump()}) == wished


@given(st.sampled_from(["zh-hans", "zh-hant", "en"]), st.booleans(), st.booleans(), st.sampled_from(["", "light", "dark"]))
def test_what_is_written_is_read_again(language: str, large: bool, contrast: bool, colours: str) -> None:
    wished = Preferences(language, large, contrast, colours)

    assert read({COOKIE: wished.dump()}) == wished


def test_a_switch_changes_one_thing() -> None:
    wished = change(Preferences("en", large=True), {"contrast": "1", "language": "tlh", "colours": "pink"})

    assert wished == Preferences("en", large=True, contrast=True)


class TestSwitching:
    def test_the_language_holds_for_the_next_page(self, visitor: Client) -> None:
        answer = visitor.post("/reading/", {"language": "zh-hant", "next": "/sample/?q=1"})
        page = visitor.get("/sample/")

        assert answer.status_code == 303
        assert answer["Location"] == "/sample/?q=1"
        assert 'lang="zh-Hant"' in page.content.decode()
        assert "樣張" in page.content.decode()
        assert page["Content-Language"] == "zh-Hant"
        assert int(page["Content-Length"]) == len(page.content)

    def test_it_leads_to_no_other_site(self, visitor: Client) -> None:
        for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
            answer = visitor.post("/reading/", {"language": "en", "next": elsewhere})

            assert answer["Location"] == "/"

    def test_it_is_not_asked_by_address(self, visitor: Client) -> None:
        assert visitor.get("/reading/").status_code == 405

    def test_reading_aids_stand_on_the_page(self, visitor: Client) -> None:
        visitor.post("/reading/", {"large": "1", "contrast": "1"})
        page = visitor.get("/sample/").content.decode()

        assert 'data-type="large"' in page
        assert 'data-contrast="high"' in page

    def test_the_browser_s_language_is_not_asked(self, visitor: Client) -> None:
        page = visitor.get("/sample/", headers={"accept-language": "en-US,en"}).content.decode()

        assert 'lang="zh-Hans"' in page

    def test_a_public_page_sets_no_cookie(self, visitor: Client) -> None:
        page = visitor.get("/sample/")

        assert not page.cookies
        assert "Cookie" in page["Vary"]
