"""gongkai read: the published keys, one file each, a line for every failure."""

from __future__ import annotations

import json
import os
from pathlib import Path

from gongkai.cli.files import File
from gongkai.cli.read import targets
from gongkai.report.exchange import REPORT_KEYS
from tests.cli.invoking import lines, run, save
from tests.conftest import ROOT
from tests.report.builders import cell, report_2023

PAGE = "<html><body><p>青禾县林业局2023年政府信息公开工作年度报告</p><p>一、总体情况</p><p>2023年，公开信息20条。</p></body></html>"


def test_one_report_is_one_object(tmp_path: Path) -> None:
    done = run("read", save(tmp_path / "a.json"))

    assert done.code == 0
    assert tuple(done.data)[: len(REPORT_KEYS)] == REPORT_KEYS
    assert done.data["organ"] == "青禾县林业局"
    assert done.data["checks"]["app.identity.total"] == "holds"
    assert done.data["checks"]["narr.received"] == "holds"
    assert done.data["source"]["kind"] == "json"


def test_several_are_a_list(tmp_path: Path) -> None:
    done = run("read", save(tmp_path / "a.json"), save(tmp_path / "b.json"))

    assert [item["source"]["file"][-6:] for item in done.data] == ["a.json", "b.json"]


def test_a_directory_is_a_list_even_of_one(tmp_path: Path) -> None:
    save(tmp_path / "a.json")

    assert len(run("read", tmp_path).data) == 1


def test_text_for_people(tmp_path: Path) -> None:
    path = save(tmp_path / "a.json", cell(report_2023(), "granted", "natural", None))

    zh, en = run("read", path, "--format", "text"), run("read", path, "--format", "text", "--lang", "en")

    assert "新收6" in zh.out and "青禾县林业局" in zh.out
    assert "identities:" in en.out


class TestOutput:
    """-o: one file each, named after the source."""

    def test_the_result_stands_beside_its_name(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")

        done = run("read", tmp_path / "page.html", "-o", out)

        assert done.code == 0
        assert [path.name for path in out.iterdir()] == ["page.json"]
        assert json.loads((out / "page.json").read_text(encoding="utf-8"))["year"] == 2023
        assert done.out == ""

    def test_sources_that_share_a_stem_keep_their_endings(self, tmp_path: Path) -> None:
        (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
        save(tmp_path / "a.json")
        save(tmp_path / "b.json")

        run("read", tmp_path, "-o", tmp_path / "out")

        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.html.json", "a.json.json", "b.json"]

    def test_no_two_sources_ever_share_a_result(self) -> None:
        files = [File(path) for path in ("x/a.html", "y/a.html", "x/a.pdf", "z/A.HTML", "x_a.html", "y/b.html")]

        names = dict(targets(files, ".json"))

        assert len({name.casefold() for name in names.values()}) == len(files)
        assert names["y/b.html"] == "b.json"

    def test_a_reading_that_failed_leaves_a_line_and_no_file(self, tmp_path: Path) -> None:
        (tmp_path / "broken.pdf").write_bytes(b"\x00\x01\x02" * 300)

        done = run("read", tmp_path / "broken.pdf", save(tmp_path / "b.json"), "-o", tmp_path / "out")

        assert done.code == 2
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.json"]
        assert any("broken.pdf" in line for line in lines(done.err))

    def test_a_source_is_never_written_over(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.json")
        before = path.read_bytes()

        done = run("read", path, "-o", tmp_path)

        assert done.code == 2
        assert path.read_bytes() == before
        assert "与来源文件相同" in done.err

    def test_a_directory_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x", encoding="utf-8")

        done = run("read", save(tmp_path / "a.json"), "-o", tmp_path / "file" / "out")

        assert done.code == 2
        assert "无法写入" in done.err and "Traceback" not in done.err


class TestFiles:
    """Which files are meant, and what becomes of the others."""

    def test_a_file_that_is_named_must_be_a_report(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("会议记录：今天讨论了预算。", encoding="utf-8")
        (tmp_path / "other.json").write_text('{"a": 1}', encoding="utf-8")

        for name in ("notes.txt", "other.json", "missing.html"):
            done = run("read", tmp_path / name)

            assert done.code == 2
            assert name in done.err and len(list(lines(done.err))) == 1

    def test_a_directory_may_hold_other_things(self, tmp_path: Path) -> None:
        save(tmp_path / "reports" / "a.json")
        (tmp_path / "notes.txt").write_text("会议记录：今天讨论了预算。", encoding="utf-8")
        (tmp_path / "other.json").write_text('{"a": 1}', encoding="utf-8")
        (tmp_path / "index.csv").write_text("a,b", encoding="utf-8")
        save(tmp_path / ".hidden" / "b.json")
        save(tmp_path / "~$a.json")

        done = run("read", tmp_path)

        assert done.code == 0
        assert len(done.data) == 1
        assert done.err.count("略过") == 2

    def test_a_directory_without_reports(self, tmp_path: Path) -> None:
        done = run("read", tmp_path)

        assert done.code == 2
        assert done.data == []
        assert "没有找到年度报告" in done.err

    def test_a_file_that_is_named_twice_is_read_once(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.json")

        assert len(run("read", path, tmp_path, path).data) == 1
        assert len(run("read", path, path).data) == 1

    def test_an_empty_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.html").touch()

        assert run("read", tmp_path / "a.html").code == 2

    def test_a_name_that_is_no_text(self, tmp_path: Path) -> None:
        name = os.fsdecode(b"\xff\xfe\x1b[31m.json")
        save(tmp_path / name)

        done = run("read", tmp_path, "-o", tmp_path / "out")
        listed = run("audit", tmp_path / name)

        assert done.code == 0
        assert "\\xff\\xfe\\x1b[31m.json" in listed.out

    def test_a_file_that_takes_too_long(self) -> None:
        done = run("read", ROOT / "samples/reports/songyin_2022.pdf", "--timeout", "0.000001")  # 读它要些时间，机器再忙也来不及

        assert done.code == 2
        assert "已放弃" in done.err


def test_truth_files_of_a_directory_are_not_taken_for_reports(tmp_path: Path) -> None:
    report = {"organ": "云溪县民政局", "title": None, "year": 2023, "format": "2021", "active": {}, "applications": {}, "remedies": {}}
    (tmp_path / "a.json").write_text(json.dumps({**report, "findings": [], "holds": []}), "utf-8")
    (tmp_path / "b.json").write_text(json.dumps(report), "utf-8")
    out = tmp_path / "out"
    done = run("read", str(tmp_path), "-o", str(out))

    assert [path.name for path in out.iterdir()] == ["b.json"]
    assert "真值" in done.err
