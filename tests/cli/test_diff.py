"""gongkai diff：两份报告的比对."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gongkai.cli import main
from gongkai.cli.side_by_side import render
from gongkai.report.compare import compare
from gongkai.report.exchange import to_dict
from gongkai.report.model import AnnualReport
from tests.report.builders import cell, report_2023

Run = Callable[..., int]
BEFORE = replace(report_2023(s5="存在的问题：公开内容不够丰富。"), year=2022)
AFTER = cell(report_2023(s5="存在的问题：公开内容比较丰富。<b>另：</b>"), "granted", "other", None)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in an empty directory with two reports; gives the exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_LANG", raising=False)
    for name, report in (("a.json", BEFORE), ("b.json", AFTER)):
        Path(name).write_text(json.dumps(to_dict(report)), encoding="utf-8")

    def called(*args: str) -> int:
        with pytest.raises(SystemExit) as ended:
            main(args)
        return int(str(ended.value.code))

    return called


class TestExitCodes:
    def test_nothing_differs(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("diff", "a.json", "a.json") == 0
        assert "没有不同" in capsys.readouterr().out

    def test_something_differs(self, run: Run) -> None:
        assert run("diff", "a.json", "b.json") == 1

    def test_a_file_cannot_be_read(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("diff", "a.json", "none.json") == 2
        assert "none.json" in capsys.readouterr().err


class TestOutput:
    def test_text_names_cells_and_sections(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        run("diff", "a.json", "b.json")
        out = capsys.readouterr().out

        assert "“（一）予以公开”的“其他”  0 → 空白  改为空白" in out
        assert "第五部分正文" in out

    def test_json_has_both_sides_of_every_change(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        run("diff", "a.json", "b.json", "--format", "json")
        found = json.loads(capsys.readouterr().out)

        assert found["kind"] == "years"
        assert found["cells"][0]["b"]["presence"] == "blank"
        assert [text["where"] for text in found["sections"]] == ["section5.text"]
        assert found["checks"]["year.carried_over.total"] == "holds"

    def test_english_when_asked(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        run("diff", "a.json", "b.json", "--lang", "en")

        assert "two years of one organ" in capsys.readouterr().out

    def test_the_page_is_written_but_never_over_a_source(self, run: Run) -> None:
        before = Path("a.json").read_bytes()

        assert run("diff", "a.json", "b.json", "--html", "out.html") == 1
        assert "<!DOCTYPE html>" in Path("out.html").read_text(encoding="utf-8")
        assert run("diff", "a.json", "b.json", "--html", "a.json") == 2
        assert Path("a.json").read_bytes() == before


class _Page(HTMLParser):
    """What the page asks for, and whether its elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.asked += [value for name, value in attrs if name in ("src", "href") and value]
        self.asked += ["script"] * (tag == "script")
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("pair", [(BEFORE, AFTER), (AFTER, AFTER), (AnnualReport(), AFTER)], ids=["differ", "same", "empty"])
class TestPage:
    """左右对照的网页：自成一体，不用脚本，不连别的主机."""

    def test_it_is_complete_in_itself(self, pair: tuple[AnnualReport, AnnualReport], language: str) -> None:
        page = _Page()
        page.feed(render(compare(*pair), ("a.json", "b.json"), "en" if language == "en" else "zh"))

        assert page.open == []
        assert page.asked == ["#main"]

    def test_words_of_the_reports_are_text_not_markup(self, pair: tuple[AnnualReport, AnnualReport], language: str) -> None:
        text = render(compare(*pair), ("<i>a</i>.json", "b.json"), "en" if language == "en" else "zh")

        assert "<b>" not in text
        assert "<i>" not in text

    def test_what_changed_is_marked_by_element_and_sign_not_by_colour_alone(
        self, pair: tuple[AnnualReport, AnnualReport], language: str
    ) -> None:
        text = render(compare(*pair), ("a.json", "b.json"), "en" if language == "en" else "zh")

        assert bool(re.search("<(ins|del)>", text)) is not compare(*pair).same
        assert 'del::before { content: "−"; } ins::before { content: "+"; }' in text
