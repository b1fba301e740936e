"""gongkai sum：汇总的命令行 (条例第四十九条)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import main
from gongkai.report.exchange import to_dict
from gongkai.report.model import AnnualReport
from tests.report.builders import BUREAU, COUNTY, cell, report_2019_form, report_2023

WATER = "青禾县水利局"
Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in an empty directory; gives the exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_LANG", raising=False)

    def called(*args: str) -> int:
        with pytest.raises(SystemExit) as ended:
            main(args)
        return int(str(ended.value.code))

    return called


def put(name: str, report: AnnualReport) -> str:
    Path(name).write_text(json.dumps(to_dict(report)), encoding="utf-8")
    return name


def total(name: str = "total.json") -> Any:
    return json.loads(Path(name).read_text(encoding="utf-8"))


class TestAddingUp:
    def test_the_total_is_written_with_its_parts(self, run: Run) -> None:
        files = put("a.json", report_2023()), put("b.json", report_2023(WATER))
        code = run("sum", *files, "-o", "total.json", "--organ", COUNTY)

        assert code == 0
        assert total()["organ"] == COUNTY
        assert total()["applications"]["new_received"] == [12, 0, 0, 0, 0, 0, 12]
        assert [part["file"] for part in total()["parts"]] == ["a.json", "b.json"]
        assert all(len(part["file_sha256"]) == 64 for part in total()["parts"])
        assert total()["cannot_add"] == []

    def test_a_directory_is_added_up_and_foreign_files_are_passed_over(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        Path("in").mkdir()
        put("in/a.json", report_2023())
        Path("in/other.json").write_text("{}", encoding="utf-8")
        code = run("sum", "in", "-o", "total.json")

        assert code == 0
        assert "略过" in capsys.readouterr().err

    def test_a_blank_is_null_in_the_total_and_its_part_is_named(self, run: Run) -> None:
        files = put("a.json", cell(report_2023(), "granted", "natural", None)), put("b.json", report_2023(WATER))
        run("sum", *files, "-o", "total.json")

        assert total()["applications"]["granted"][0] is None
        assert total()["cannot_add"] == [
            {"where": "applications.granted.natural", "parts": [{"organ": BUREAU, "file": "a.json", "reason": "blank"}]}
        ]

    def test_json_on_standard_output_is_the_total(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        code = run("sum", put("a.json", report_2023()), "--format", "json")

        assert code == 0
        assert json.loads(capsys.readouterr().out)["scope"]["declared"] is False

    def test_it_speaks_english_when_asked(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        run("sum", put("a.json", report_2023()), "--lang", "en")

        assert "1 reports added up" in capsys.readouterr().out

    def test_an_aggregate_counts_for_the_organs_in_it(self, run: Run) -> None:
        run("sum", put("a.json", report_2023()), put("b.json", report_2023(WATER)), "-o", "total.json", "--organ", COUNTY)

        assert run("sum", "total.json", "a.json") == 2


class TestScope:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_a_file_declares_the_organs_and_their_other_names(self, run: Run, encoding: str) -> None:
        Path("scope.csv").write_bytes(f"机关,别名\n{WATER},县水利局\n{BUREAU},\n青禾县财政局,\n".encode(encoding))
        code = run("sum", put("a.json", report_2023()), put("b.json", report_2023("县水利局")), "-o", "total.json", "--scope", "scope.csv")

        assert code == 1
        assert total()["scope"]["missing"] == ["青禾县财政局"]
        assert total()["scope"]["beyond"] == []

    def test_names_on_the_command_line_declare_it_too(self, run: Run) -> None:
        code = run("sum", put("a.json", report_2023()), put("b.json", report_2023(WATER)), "--scope", f"{BUREAU}、{WATER}")

        assert code == 0

    def test_a_scope_file_that_is_not_there_is_wrong_usage(self, run: Run) -> None:
        assert run("sum", put("a.json", report_2023()), "--scope", "none.csv") == 2


class TestAgainst:
    def test_the_given_report_is_held_against_the_sum(self, run: Run) -> None:
        files = put("a.json", report_2023()), put("b.json", report_2023(WATER))
        run("sum", *files, "-o", "true.json", "--organ", COUNTY)
        run("sum", *files, "-o", "total.json", "--against", "true.json")

        assert total()["checks"]["aggregate.cell.applications.granted.natural"] == "holds"


class TestRefusals:
    def test_mixed_years_write_nothing(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        files = put("a.json", report_2023()), put("b.json", replace(report_2023(WATER), year=2022))
        code = run("sum", *files, "-o", "total.json")

        assert code == 2
        assert not Path("total.json").exists()
        assert "年度不同，不能汇总" in capsys.readouterr().err

    def test_mixed_forms_say_that_table_two_cannot_be_converted(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        files = put("a.json", report_2023()), put("b.json", report_2019_form(WATER, 2023))

        assert run("sum", *files) == 2
        assert "无法换算" in capsys.readouterr().err
        assert run("sum", *files, "--other-to-misc", "-o", "total.json") == 0
        assert total()["active"]["rules_made"]["value"] is None

    def test_a_file_that_cannot_be_read_stops_it(self, run: Run) -> None:
        Path("b.pdf").write_bytes(b"%PDF-1.7 broken")
        code = run("sum", put("a.json", report_2023()), "b.pdf", "-o", "total.json")

        assert code == 2
        assert not Path("total.json").exists()

    def test_a_source_is_never_written_over(self, run: Run) -> None:
        name = put("a.json", report_2023())
        before = Path(name).read_bytes()

        assert run("sum", name, "-o", name) == 2
        assert Path(name).read_bytes() == before

    def test_refusals_as_json_carry_their_findings(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        files = put("a.json", report_2023()), put("b.json", replace(report_2023(WATER), year=2022))
        run("sum", *files, "--format", "json")

        assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "aggregate.years_mixed"
