"""docs/law: every article is there, and what it points at exists."""

from __future__ import annotations

import ast
import pkgutil
import re
from pathlib import Path

import pytest

from gongkai.law.conduct import VIOLATIONS
from tests.conftest import ROOT

DOCS = ROOT / "docs" / "law"
PAGES = sorted(DOCS.glob("*.md"))
CHAPTERS = sorted(DOCS.glob("0*.md"))
ARTICLE = re.compile(r"^## 第[一二三四五六七八九十]+条 .+ \{#art-(\d+)\}$", re.M)


def articles() -> dict[int, str]:
    found: dict[int, str] = {}
    for page in CHAPTERS:
        parts = ARTICLE.split(page.read_text("utf-8"))[1:]
        found |= {int(number): text for number, text in zip(parts[::2], parts[1::2], strict=True)}
    return found


def names(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef | ast.FunctionDef)}


def test_all_fifty_six_articles_are_listed_in_order() -> None:
    assert list(articles()) == list(range(1, 57))


def test_the_index_links_every_article() -> None:
    index = (DOCS / "index.md").read_text("utf-8")

    for page in CHAPTERS:
        for number in ARTICLE.findall(page.read_text("utf-8")):
            assert f"]({page.name}#art-{number})" in index


@pytest.mark.parametrize("number", range(1, 57))
def test_an_article_has_code_and_test_or_says_why_not(number: int) -> None:
    text = articles()[number]
    served = "- 代码 code：" in text and "- 测试 test：" in text
    left = "不适合由软件实现" in text or "随平台提供" in text

    assert served or left
    assert ("- 代码 code：" in text) == ("- 测试 test：" in text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_and_function_that_is_named_exists(page: Path) -> None:
    for module in set(re.findall(r"`(gongkai\.[a-z_.]+)`", page.read_text("utf-8"))):
        assert pkgutil.resolve_name(module) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_is_named_exists(page: Path) -> None:
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text("utf-8")):
        assert (ROOT / path).is_file(), path
        assert not name or name in names(ROOT / path), f"{path}::{name}"


@pytest.mark.parametrize("page", [*PAGES, *sorted((ROOT / "docs" / "decisions").glob("law-*.md"))], ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+\.md)(?:#[\w-]+)?\)", page.read_text("utf-8")):
        assert (page.parent / target).resolve().is_file(), target


def test_every_module_of_the_law_serves_an_article() -> None:
    named = set(re.findall(r"`gongkai\.law\.(\w+)", "".join(page.read_text("utf-8") for page in PAGES)))
    modules = {path.stem for path in (ROOT / "src" / "gongkai" / "law").glob("*.py")} - {"__init__", "errors", "findings"}

    assert modules <= named


def test_every_violation_is_documented() -> None:
    page = (DOCS / "clock.md").read_text("utf-8")

    assert all(f"`{rule.key}`" in page for rule in VIOLATIONS)


def test_the_code_on_the_page_runs_as_shown(capsys: pytest.CaptureFixture[str]) -> None:
    page = (DOCS / "clock.md").read_text("utf-8")
    code = re.findall(r"```python\n(.+?)```", page, re.S)[0]
    exec(code, {})

    assert capsys.readouterr().out == "2024-03-13\n"
    assert "print(now.due)  # 2024-03-13" in code
