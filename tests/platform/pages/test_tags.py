"""Tags and filters: days, badges, addresses, highlighted words, sizes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from gongkai.platform.pages.templatetags import pages


def rendered(source: str, **context: object) -> str:
    return Template("{% load pages %}" + source).render(Context(context))


def test_days_read_as_people_write_them() -> None:
    assert pages.day(date(2024, 3, 5)) == '<time datetime="2024-03-05">2024年3月5日</time>'
    assert pages.day(date(2024, 3, 5), "short") == '<time datetime="2024-03-05">2024-03-05</time>'
    with translation.override("en"):
        assert pages.day(date(2024, 3, 5)) == '<time datetime="2024-03-05">5 March 2024</time>'
    assert pages.day(None) == ""


def test_a_moment_is_told_in_beijing_time() -> None:
    assert "2024年3月6日 01:30" in pages.moment(datetime(2024, 3, 5, 17, 30, tzinfo=UTC))
    assert pages.moment(None) == ""


def test_a_colour_never_stands_alone() -> None:
    shown = pages.light_badge("overdue", "已逾期")

    assert "badge-late" in shown
    assert "已逾期" in shown
    assert 'aria-hidden="true"' in shown


def test_no_badge_for_nothing() -> None:
    assert pages.validity_badge("none", "不适用") == ""
    assert pages.badge("late", "") == ""


def test_a_query_changes_in_one_place_and_goes_back_to_page_one() -> None:
    request = RequestFactory().get("/?q=规划&kind=a&page=7")

    assert rendered("{% query_with kind='b' %}", request=request) == "?q=%E8%A7%84%E5%88%92&amp;kind=b"
    assert rendered("{% query_with kind=None %}", request=request) == "?q=%E8%A7%84%E5%88%92"
    assert rendered("{% query_with page=8 %}", request=request).endswith("page=8")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("关于公开的公告", "公开", "关于<mark>公开</mark>的公告"),
        ("<b>公开</b>", "公开", "&lt;b&gt;<mark>公开</mark>&lt;/b&gt;"),
        ("a & b", ["amp"], "a &amp; b"),
        ("ABC", "b", "A<mark>B</mark>C"),
        ("公开公告", "公 公开", "<mark>公开</mark><mark>公</mark>告"),
        ("x", "", "x"),
        (None, "x", ""),
    ],
)
def test_sought_words_are_marked_and_everything_is_escaped(text: str, words: object, expected: str) -> None:
    assert pages.highlight(text, words) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("size", "expected"), [(0, "0 字节"), (1023, "1023 字节"), (1536, "1.5 KB"), (52428800, "50 MB"), (None, "")])
def test_sizes_read_as_people_say_them(size: int | None, expected: str) -> None:
    assert pages.filesize(size) == expected
