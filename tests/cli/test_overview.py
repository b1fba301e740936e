"""The overview of an audit: complete in itself, and honest about what came in."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from gongkai.cli.overview import WORDS, check_label, render
from gongkai.cli.results import AuditedFile, Refusal
from gongkai.law.findings import Finding, Language, Place, Rule, Severity

RULE = Rule(
    "remedies.total_wrong", Severity.ERROR, "年度报告格式表四",
    {"zh": "总计填{found}，应为{due}。", "en": "The total says {found}, {due} is due."}, {"zh": "请改正。", "en": "Correct it."},
)
HOSTILE = '<script>alert("x")</script>&'
FAULTY = AuditedFile(
    "甲.html", "某县教育局", "某县教育局2023年政府信息公开工作年度报告", 2023, "2021", "html",
    (Finding(RULE, Place("remedies", "reconsideration", "total", quote=HOSTILE), {"found": 2, "due": 3}),),
    {"app.identity.natural": "holds", "rem.total.reconsideration": "fails", "narr.received": "not_assessable"},
)
CLEAN = AuditedFile("乙.pdf", "某县水利局", "报告", 2023, "2021", "pdf", (), {"app.identity.natural": "holds"})
UNREAD = AuditedFile(HOSTILE, refusal=Refusal("source.empty", "文件是空的。", "The file is empty."))
VOID = frozenset(("meta", "br"))


class Tags(HTMLParser):
    """Every tag closed in its order; what was opened, with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_well_formed_and_asks_nothing_of_anyone(language: Language) -> None:
    page = render([FAULTY, CLEAN, UNREAD], language)
    tags = Tags(page)
    names = {tag for tag, _ in tags.seen}

    assert tags.open == []
    assert not names & {"script", "link", "img", "iframe"}
    assert not re.search(r"https?:|url\(|@import|src=", page)
    assert all(attrs["href"].startswith("#") for tag, attrs in tags.seen if tag == "a" and attrs["href"])


def test_every_link_leads_somewhere() -> None:
    tags = Tags(render([FAULTY, CLEAN, UNREAD])).seen
    targets = {f"#{attrs['id']}" for _, attrs in tags if "id" in attrs}

    assert {attrs["href"] for tag, attrs in tags if tag == "a"} <= targets


def test_a_finding_stands_with_its_sign_place_sentence_advice_and_rule() -> None:
    page = render([FAULTY])

    for words in ("✗ 错误", "表四·行政复议·总计", "总计填2，应为3。", "建议：请改正。", "remedies.total_wrong"):
        assert words in page


def test_words_of_a_file_are_never_markup() -> None:
    page = render([FAULTY, UNREAD])

    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 2


def test_a_file_that_could_not_be_read_stands_with_its_reason_and_is_no_report() -> None:
    page = render([CLEAN, UNREAD])

    assert "文件是空的。" in page
    assert "<dt>报告</dt><dd class=\"\">1</dd>" in page
    assert "<dt>未能读取</dt><dd class=\"error\">1</dd>" in page


def test_checks_that_fail_are_named_and_those_that_all_hold_are_folded_away() -> None:
    faulty, clean = render([FAULTY]), render([CLEAN])

    assert "不成立的：行政复议" in faulty
    assert "<details open>" in faulty
    assert "<details>" in clean


def test_a_report_without_findings_says_so() -> None:
    assert "没有发现问题。" in render([CLEAN])


def test_no_reports_at_all_is_said() -> None:
    assert "没有报告。" in render([])


def test_checks_are_named_as_the_form_names_them() -> None:
    assert check_label("app.results_sum.public_welfare", "zh") == "社会公益组织"
    assert check_label("app.row_total.other_misc", "zh") == "3.其他"
    assert check_label("year.in_force.rules", "zh") == "规章现行有效"
    assert check_label("narr.outcome.denied", "zh") == "不予公开"
    assert check_label("narr.outcome.denied", "en") == "narr.outcome.denied"


def test_both_languages_say_the_same_things() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
