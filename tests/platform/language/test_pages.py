"""Under English no page says anything in Chinese but the names of the law; under traditional characters none is simplified."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from gongkai.platform.catalogue.choices import State
from gongkai.platform.pages import traditional

from .conftest import REASONS, Enter, Site
from .spoken import chinese, said

LAWS = frozenset({
    "《中华人民共和国政府信息公开条例》", "《政府信息公开信息处理费管理办法》", "《政府信息公开工作年度报告格式》", "《关于规范政府信息公开平台有关事项的通知》",
    "国办函〔2020〕109号", "国办函〔2018〕12号", "国办公开办函〔2021〕30号", "国办公开办函〔2019〕61号",
})  # fmt: skip
QUOTED = frozenset({"“政府信息公开申请”", "澜政发〔2024〕12号", "综合政务\\政务公开", "“附件”", "〔year〕", "号, as in “疏政办发〔2024〕12号”; no 第"})  # 信封上要写的字；文号、栏名的样子
KNOWN = LAWS | QUOTED | REASONS


def public_pages(site: Site) -> Iterator[str]:
    slug = site.county.bureau.slug
    yield from ("/", "/items/", "/search/", "/search/?q=heating", "/search/?q=nothing+like+it", "/search/?q=%21", "/account/login/", "/account/forgotten/", "/nowhere/")
    yield from (f"/organs/{slug}/{column}" for column in ("", "guide/", "rules/", "statutory/", "reports/", "requests/", "catalogue/"))
    yield f"/organs/{site.county.government.slug}/"
    yield f"/organs/{slug}/catalogue/?kind=normative"
    yield from (f"/items/{site.items[state].pk}/" for state in (State.PUBLISHED, State.WITHDRAWN))


def desk_pages(site: Site) -> Iterator[str]:
    slug = site.county.bureau.slug
    yield from ("/desk/", "/desk/supervision/", "/account/me/", "/account/sessions/", "/account/password/change/", "/account/2fa/", "/account/logout/")
    yield from (f"/desk/organs/{slug}/{name}" for name in ("items/", "items/?state=draft&q=x", "items/warnings/", "items/new/", "items/import/", "words/", "guide/", "journal/"))
    yield from (f"/desk/items/{item.pk}/" for item in site.items.values())
    draft = site.items[State.DRAFT].pk
    yield from (f"/desk/items/{draft}/{name}" for name in ("edit/", "preview/", "revisions/1/", "difference/"))


def admin_pages(site: Site) -> Iterator[str]:
    slug, who = site.county.bureau.slug, site.county.editor.person
    yield from (f"/desk/admin/{name}/" for name in ("organs", "organs/new", "people", "people/new", "imports/organs", "imports/people", "journal"))
    yield from (f"/desk/admin/organs/of/{slug}/{name}" for name in ("", "edit/", "settings/", "close/"))
    yield from (f"/desk/admin/people/{who}/{name}" for name in ("", "edit/", "password/", "roles/new/", "do/deactivate/", "do/sessions/"))


def pages(site: Site, who: str) -> Iterator[str]:
    yield from public_pages(site) if who == "" else desk_pages(site)
    if who == "administrator":
        yield from admin_pages(site)


EVERYBODY = ("", "editor", "reviewer", "secrecy", "approver", "office", "supervisor", "administrator")


def read(site: Site, client: Client, who: str) -> dict[str, str]:
    """The pages that this person sees, by address; a redirect and a page of others are none."""
    answers = {address: client.get(address) for address in pages(site, who)}
    return {
        address: answer.content.decode() for address, answer in answers.items()
        if answer.content and "html" in answer.headers.get("Content-Type", "")
    }  # fmt: skip


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_english_page_speaks_english(site: Site, enter: Enter, who: str) -> None:
    read_pages = read(site, enter(site.people().get(who), "en"), who)
    left = {address: found for address, page in read_pages.items() if (found := chinese(page, KNOWN))}

    assert left == {}
    assert len(read_pages) > 15


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_traditional_page_has_no_simplified_characters(site: Site, enter: Enter, who: str) -> None:
    read_pages = read(site, enter(site.people().get(who), "zh-hant"), who)
    left = {address: found for address, page in read_pages.items() if (found := [piece for piece in said(page) if traditional.words(piece) != piece])}

    assert left == {}


@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")])
@pytest.mark.parametrize("address", ["/", "/search/", "/account/login/", "/nowhere/"])
def test_a_page_names_its_language_and_direction(site: Site, enter: Enter, address: str, language: str, tag: str) -> None:
    page = enter(None, language).get(address).content.decode()

    assert f'<html lang="{tag}" dir="ltr"' in page
