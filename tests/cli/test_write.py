"""gongkai write and gongkai form: any readable file in, the wanted format out, one line for every failure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.formats import read
from gongkai.report.exchange import to_dict
from tests.cli.invoking import run, save
from tests.report.builders import report_2023


class TestWrite:
    @pytest.mark.parametrize("ending", ["docx", "html", "xlsx", "md", "json"])
    def test_the_ending_decides_the_format(self, tmp_path: Path, ending: str) -> None:
        source, made = save(tmp_path / "a.json"), tmp_path / f"b.{ending}"
        done = run("write", source, "-o", made)

        assert (done.code, done.out) == (0, "")
        assert "已写出" in done.err
        assert to_dict(read(made.name, made.read_bytes()).report) == to_dict(report_2023())

    def test_any_file_that_can_be_read(self, tmp_path: Path) -> None:
        run("write", save(tmp_path / "a.json"), "--to", "docx", "-o", tmp_path / "b.docx")
        done = run("write", tmp_path / "b.docx", "--to", "md")

        assert done.code == 0
        assert done.out.startswith("# 青禾县林业局2023年政府信息公开工作年度报告")

    def test_zeros_for_blanks_only_when_asked(self, tmp_path: Path) -> None:
        data = to_dict(report_2023())
        data["applications"]["granted"] = [None] * 7  # type: ignore[index]
        (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")

        assert run("write", tmp_path / "a.json", "--to", "json").data["applications"]["granted"] == [None] * 7
        assert run("write", tmp_path / "a.json", "--to", "json", "--zeros").data["applications"]["granted"] == [0] * 7

    @pytest.mark.parametrize(("args", "word"), [
        (["--to", "odt"], "不能写成"), (["-o", "x.unknown"], "不能写成"), ([], "--to"),
    ])
    def test_a_format_that_is_none(self, tmp_path: Path, args: list[str], word: str) -> None:
        done = run("write", save(tmp_path / "a.json"), *args)

        assert done.code == 2
        assert word in done.err
        assert done.out == ""

    def test_a_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        done = run("write", tmp_path / "missing.json", "--to", "md", "--lang", "en")

        assert done.code == 2
        assert "No such file" in done.err

    def test_the_source_is_never_written_over(self, tmp_path: Path) -> None:
        source = save(tmp_path / "a.json")
        before = source.read_bytes()

        assert run("write", source, "-o", source).code == 2
        assert source.read_bytes() == before

    def test_doubts_are_said(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("青禾县林业局政府信息公开工作年度报告\n一、总体情况\n公开信息20条，办理申请3件。\n六、其他需要报告的事项\n无。", encoding="utf-8")
        done = run("write", tmp_path / "a.txt", "--to", "md")

        assert done.code == 0
        assert "存疑" in done.err


class TestForm:
    def test_a_form_to_fill_in(self, tmp_path: Path) -> None:
        made = tmp_path / "form.xlsx"
        done = run("form", "2021", "-o", made, "--organ", "青禾县林业局", "--year", 2025)
        report = read(made.name, made.read_bytes()).report

        assert done.code == 0
        assert (report.organ, report.year) == ("青禾县林业局", 2025)

    def test_of_2019_on_standard_output(self) -> None:
        assert "采购总金额" in run("form", "2019", "--to", "md").out

    def test_the_schema(self, tmp_path: Path) -> None:
        assert run("form", "--schema").data["title"] == "政府信息公开工作年度报告"
        assert run("form", "--schema", "-o", tmp_path / "schema.json").code == 0
        assert json.loads((tmp_path / "schema.json").read_text("utf-8"))["type"] == "object"

    @pytest.mark.parametrize("args", [[], ["2020"], ["2021"], ["2021", "--to", "doc"]])
    def test_wrong_usage(self, args: list[str]) -> None:
        done = run("form", *args)

        assert done.code == 2
        assert done.err
