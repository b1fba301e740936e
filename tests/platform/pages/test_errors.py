"""Error pages: what happened, that nothing was lost, what to do; in every language, without a database."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from gongkai.platform.pages import errors


class TestErrorPages:
    @pytest.mark.parametrize("code", ["400", "403", "413", "500", "503"])
    @pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
    def test_each_says_what_and_what_to_do(self, code: str, language: str, caplog: pytest.LogCaptureFixture) -> None:
        visitor = Client(raise_request_exception=False)
        visitor.post("/reading/", {"language": language})
        answer = visitor.get(f"/fault/{code}/")
        page = answer.content.decode()

        assert answer.status_code == int(code)
        assert page.count("<dd>") == 3
        assert "secret detail" not in page

    def test_a_page_that_is_not_there(self) -> None:
        answer = Client().get("/nothing/here/")

        assert answer.status_code == 404
        assert "没有找到这一页" in answer.content.decode()

    def test_a_refusal_may_say_more(self) -> None:
        answer = Client().get("/fault/403/")

        assert "您不是本机关的人员。" in answer.content.decode()

    def test_a_database_that_is_away_says_when_to_try_again(self) -> None:
        answer = Client(raise_request_exception=False).get("/fault/503/")

        assert answer["Retry-After"] == "120"

    def test_a_forged_or_stale_form(self) -> None:
        answer = Client(enforce_csrf_checks=True).post("/guarded/")

        assert answer.status_code == 403
        assert "登录状态已变化" in answer.content.decode()

    @pytest.mark.parametrize("code", sorted(errors.WORDS))
    def test_every_status_can_be_shown_without_a_request(self, code: int) -> None:
        answer = errors.page(None, code)

        assert answer.status_code == code

    def test_being_locked_out(self) -> None:
        answer = errors.locked_out(RequestFactory().get("/"), None, {})

        assert answer.status_code == 429
        assert "暂停登录" in answer.content.decode()
