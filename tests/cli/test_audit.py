"""gongkai audit: findings by file, a line of sums, and an exit code for scripts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.cli.files import File
from gongkai.cli.results import AuditedFile, Refusal, packed, unpacked
from gongkai.law.findings import Finding, Place, Rule, Severity
from gongkai.report.audit import audit
from tests.cli.invoking import faulty, run, save
from tests.conftest import REPORTS, needs_shared
from tests.report.builders import BUREAU, report_2023, requests, zero_report


class TestExitCodes:
    """0 no errors, 1 errors, 2 unreadable — and unreadable wins."""

    def test_a_sound_report(self, tmp_path: Path) -> None:
        done = run("audit", save(tmp_path / "a.json"))

        assert done.code == 0
        assert "没有发现问题" in done.out
        assert done.out.rstrip().endswith("共核查1份报告：错误0，警告0，询问0，提示0。")

    def test_a_report_with_an_error(self, tmp_path: Path) -> None:
        done = run("audit", save(tmp_path / "a.json", faulty()))

        assert done.code == 1
        assert "[remedies.total_wrong]" in done.out

    def test_warnings_are_no_errors(self, tmp_path: Path) -> None:
        assert run("audit", save(tmp_path / "a.json", report_2023(s6="无"))).code == 0

    def test_an_unreadable_file_among_errors(self, tmp_path: Path) -> None:
        (tmp_path / "b.html").touch()

        done = run("audit", save(tmp_path / "a.json", faulty()), tmp_path / "b.html", save(tmp_path / "c.json"))

        assert done.code == 2
        assert "共核查2份报告" in done.out and "未能读取1份" in done.out
        assert "remedies.total_wrong" in done.out

    def test_nothing_to_audit(self, tmp_path: Path) -> None:
        assert run("audit", tmp_path).code == 2


class TestWhatIsPrinted:
    """Severity sign, place, sentence, advice, rule."""

    def test_in_chinese(self, tmp_path: Path) -> None:
        out = run("audit", save(tmp_path / "a.json", faulty())).out

        assert f"a.json  {BUREAU} · 2023年 · 2021年格式" in out
        assert "✗ 错误  表四·行政复议·总计  [remedies.total_wrong]" in out
        assert "表四总计有误：行政复议1＋0＋0＋0＝1，总计填0。" in out
        assert "建议：核对案件台账后改正总计。" in out

    @pytest.mark.parametrize("order", [["--lang", "en", "audit"], ["audit", "--lang", "en"]])
    def test_in_english(self, tmp_path: Path, order: list[str]) -> None:
        out = run(*order, save(tmp_path / "a.json", faulty())).out

        assert "✗ error  remedies.reconsideration.total  [remedies.total_wrong]" in out
        assert "1 report audited: error 1" in out

    def test_no_colours_where_nobody_sees_them(self, tmp_path: Path) -> None:
        assert "\x1b" not in run("audit", save(tmp_path / "a.json", faulty())).out

    def test_as_json(self, tmp_path: Path) -> None:
        (tmp_path / "b.html").touch()

        done = run("audit", save(tmp_path / "a.json", faulty()), tmp_path / "b.html", "--format", "json")

        first, second = done.data["files"]
        assert [finding["code"] for finding in first["findings"]] == ["remedies.total_wrong"]
        assert first["checks"]["rem.total.reconsideration"] == "fails"
        assert second["error"]["zh"] and second["findings"] == []
        assert done.data["summary"] == {"audited": 1, "unreadable": 1, "skipped": 0, "error": 1, "warning": 0, "query": 0, "info": 0}

    def test_as_json_without_any_report(self, tmp_path: Path) -> None:
        assert run("audit", tmp_path, "--format", "json").data["files"] == []


class TestBesideTheReport:
    """Last year's report, the day of publication, the overview."""

    def test_last_years_report(self, tmp_path: Path) -> None:
        before = requests(replace(zero_report(year=2022), organ=BUREAU), {"carried_forward": {"natural": 2}})

        done = run("audit", save(tmp_path / "a.json"), "--previous", save(tmp_path / "last" / "a.json", before))

        assert "[cross_year.carried_over]" in done.out

    def test_last_years_report_cannot_be_read(self, tmp_path: Path) -> None:
        done = run("audit", save(tmp_path / "a.json"), "--previous", tmp_path / "missing.json")

        assert done.code == 2
        assert "missing.json" in done.err
        assert "共核查1份报告" in done.out

    def test_last_years_report_goes_with_one_report(self, tmp_path: Path) -> None:
        done = run("audit", save(tmp_path / "a.json"), save(tmp_path / "b.json"), "--previous", tmp_path / "a.json")

        assert done.code == 2
        assert "只能与一份报告同用" in done.err

    def test_the_day_of_publication(self, tmp_path: Path) -> None:
        assert "[report.late_publication]" in run("audit", save(tmp_path / "a.json"), "--published", "2024-02-20").out

    def test_the_overview(self, tmp_path: Path) -> None:
        (tmp_path / "b.html").touch()

        run("audit", save(tmp_path / "a.json", faulty()), tmp_path / "b.html", "--html", tmp_path / "out.html")
        page = (tmp_path / "out.html").read_text(encoding="utf-8")

        assert page.startswith("<!DOCTYPE html>")
        assert BUREAU in page and "b.html" in page

    def test_an_overview_that_cannot_be_written(self, tmp_path: Path) -> None:
        done = run("audit", save(tmp_path / "a.json"), "--html", tmp_path / "no" / "out.html")

        assert done.code == 2
        assert "没有这个目录" in done.err


class TestResults:
    """Findings travel between processes by the code of their rule."""

    def test_findings_come_back_on_the_rules_of_this_process(self) -> None:
        findings = audit(faulty()).findings
        file = AuditedFile("a.json", BUREAU, None, 2023, "2021", "json", findings, {"a": "holds"})

        again = unpacked(*packed(file))

        assert again == file
        assert all(one.rule is other.rule for one, other in zip(again.findings, findings, strict=True))

    def test_a_finding_of_an_unknown_rule_travels_whole(self) -> None:
        rule = Rule("cells.negative", Severity.QUERY, "", {"zh": "另", "en": "other"})
        file = AuditedFile("a.json", findings=(Finding(rule, Place()),))

        assert unpacked(*packed(file)).findings[0].sentence() == "另"

    def test_a_refusal_speaks_both_languages(self) -> None:
        refusal = Refusal("source.x", "坏", "bad")

        assert (refusal.line("zh"), refusal.line("en"), File("a").name) == ("坏", "bad", "a")


class TestRulesCommand:
    """gongkai rules."""

    def test_all_rules_are_listed(self) -> None:
        assert "remedies.total_wrong" in run("rules").out
        assert len(run("rules", "--format", "json").data) > 40

    def test_some_rules(self) -> None:
        assert {one["code"].split(".")[0] for one in run("rules", "cells", "--format", "json").data} == {"cells"}
        assert run("rules", "nonsense").code == 2

    def test_pages_for_the_documentation(self, tmp_path: Path) -> None:
        done = run("rules", "--markdown", tmp_path / "rules")

        pages = {path.stem for path in (tmp_path / "rules").iterdir()}
        codes = {one["code"] for one in run("rules", "--format", "json").data}
        index = (tmp_path / "rules" / "index.md").read_text(encoding="utf-8")
        assert done.code == 0
        assert pages == codes | {"index"}
        assert all(f"({code}.md)" in index for code in codes)


@needs_shared
def test_the_real_reports_are_audited_in_one_run() -> None:
    done = run("audit", REPORTS, "--format", "json")

    assert done.code == 1
    assert done.data["summary"]["unreadable"] == 0
    assert json.dumps(done.data)


SHARED_TRUTH = sorted((REPORTS / "truth").glob("[0r]*.json")) if REPORTS.is_dir() else []
ALSO_TRUE = {"r01_hongze_2023": {"remedies.not_in_text"}}  # the truth tells it in the words of another finding


@needs_shared
@pytest.mark.parametrize("path", SHARED_TRUTH, ids=lambda path: path.stem)
def test_errors_and_warnings_are_those_of_a_careful_auditor(path: Path) -> None:
    truth = json.loads(path.read_text(encoding="utf-8"))
    grave = ("error", "warning")
    told = {one["code"] for one in truth["findings"] if one["severity"] in grave}

    (file,) = run("audit", REPORTS / truth["file"], "--format", "json").data["files"]

    found = {one["code"] for one in file["findings"] if one["severity"] in grave}
    assert found == told | ALSO_TRUE.get(path.stem, set())
