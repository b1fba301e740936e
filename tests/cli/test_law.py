"""gongkai law: answers, exit codes, one line for what is not understood."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.cli.law import law
from tests.conftest import ROOT

CASE: dict[str, Any] = {
    "calendar": "cn",
    "today": "2024-02-23",
    "events": [{"kind": "submitted", "on": "2024-02-08", "channel": "in_person"}],
}
KEYS = [
    "state", "receipt", "due", "limit", "counted", "remaining", "overdue", "provisional", "pay_by", "correct_by",
    "violations", "steps",
]  # fmt: skip


def run(*words: str, given: str | bytes | None = None, obj: object = None) -> Result:
    return CliRunner().invoke(law, words, input=given, obj=obj, catch_exceptions=False)


def refused(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr


def clock(case: object, *words: str) -> Any:
    result = run("clock", "-", *words, given=json.dumps(case))
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


class TestClock:
    """gongkai law clock FILE|-."""

    def test_the_answer_has_exactly_its_keys(self) -> None:
        answer = clock(CASE)

        assert list(answer) == KEYS
        assert answer | {"steps": []} == {
            "state": "open", "receipt": "2024-02-08", "due": "2024-03-13", "limit": 20, "counted": 7, "remaining": 13,
            "overdue": False, "provisional": False, "pay_by": None, "correct_by": None, "violations": [], "steps": [],
        }  # fmt: skip
        assert set(answer["steps"][0]) == {"on", "says"}

    def test_the_example_of_the_conventions(self) -> None:
        late = {"kind": "correction_requested", "on": "2024-03-01", "answer_by": "2024-03-10"}
        answer = clock({**CASE, "today": "2024-03-01", "events": [*CASE["events"], late]})

        assert answer["violations"] == [{"rule": "correction_late", "on": "2024-03-01", "article": "30"}]
        assert answer["due"] == "2024-03-13"

    def test_a_file_is_read(self, tmp_path: Path) -> None:
        place = tmp_path / "案件.json"
        place.write_text(json.dumps(CASE), "utf-8-sig")

        assert json.loads(run("clock", str(place)).stdout)["due"] == "2024-03-13"

    def test_the_note_is_chinese_text(self) -> None:
        result = run("clock", "-", "--note", given=json.dumps(CASE))

        assert result.stdout.startswith("政府信息公开申请答复期限计算说明\n1. 2024年2月8日：")

    def test_the_days_are_listed(self) -> None:
        lines = run("clock", "-", "--days", given=json.dumps(CASE)).stdout.splitlines()

        assert len(lines) == 16
        assert lines[-1] == "2024-02-23    7  星期五，第7个工作日"

    def test_payment_restarts_unless_told_otherwise(self) -> None:
        events = [
            *CASE["events"], {"kind": "fee_noticed", "on": "2024-02-20", "amount": 100.50}, {"kind": "fee_paid", "on": "2024-02-21"},
        ]  # fmt: skip

        assert clock({**CASE, "events": events})["receipt"] == "2024-02-21"
        assert clock({**CASE, "events": events}, "--fee-pauses")["due"] == "2024-03-14"

    def test_a_further_table_of_holidays(self, tmp_path: Path) -> None:
        table = tmp_path / "2027.csv"
        table.write_text("date,kind,name\n2027-01-01,holiday,元旦\n2027-10-01,holiday,国庆节\n", "utf-8")
        case = {**CASE, "today": "2026-12-10", "events": [{**CASE["events"][0], "on": "2026-12-10"}]}

        assert clock(case)["provisional"] is True
        assert clock(case, "--holidays", str(table)) | {"steps": []} == clock(case) | {
            "due": "2027-01-08", "provisional": False, "steps": [],
        }  # fmt: skip

    @pytest.mark.parametrize(
        "given",
        [
            "", "{", "[]", "null", "NaN", '{"calendar": NaN}', "{}", "[" * 100_000, '{"a":1,"a":2}', "9" * 5000,
            json.dumps({**CASE, "calendar": "cn-mars\nx"}), json.dumps({**CASE, "calendar": "../cn"}),
            json.dumps({**CASE, "calendar": "\ud800"}), json.dumps({**CASE, "a\nb": 1}), json.dumps({**CASE, "events": []}),
            json.dumps({**CASE, "today": "2024-02-30"}), json.dumps({**CASE, "events": CASE["events"] * 2}),
            json.dumps({**CASE, "events": [{**CASE["events"][0], "on": "9999-12-31"}], "today": "9999-12-31"}),
            b"\xff\xfe\x00", b"\x00",
        ],
        ids=range(20),
    )  # fmt: skip
    def test_what_is_not_understood_is_one_line_and_exit_2(self, given: str | bytes) -> None:
        refused(run("clock", "-", given=given))

    @pytest.mark.parametrize("file", ["nowhere.json", "/", "a\x00b"])
    def test_a_file_that_cannot_be_read_is_one_line_and_exit_2(self, file: str) -> None:
        refused(run("clock", file))

    def test_the_message_is_english_when_asked(self) -> None:
        bad = json.dumps({**CASE, "events": CASE["events"] * 2})

        assert refused(run("clock", "-", given=bad)).startswith("第2项 submitted")
        assert refused(run("clock", "-", "--lang", "en", given=bad)).startswith("Event 2, submitted")
        assert refused(run("clock", "-", given=bad, obj={"lang": "en"})).startswith("Event 2, submitted")

    @settings(max_examples=60, deadline=None)
    @given(st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "on", "calendar", "today", "events"]), inner),
        max_leaves=12,
    ))  # fmt: skip
    def test_no_json_makes_a_traceback(self, data: object) -> None:
        refused(run("clock", "-", given=json.dumps(data)))


class TestFee:
    """gongkai law fee --items N | --pages N."""

    def test_items_in_json(self) -> None:
        answer = json.loads(run("fee", "--items", "47", "--format", "json").stdout)

        assert list(answer) == ["yuan", "tiers"]
        assert answer["yuan"] == 6100 == sum(tier["yuan"] for tier in answer["tiers"])

    def test_pages_in_words(self) -> None:
        lines = run("fee", "--pages", "236").stdout.splitlines()

        assert lines[0] == "4140 元"
        assert lines[-1] == "  第 201—236 页：36 页 × 40 元 = 1440 元"
        assert run("fee", "--pages", "236", "--lang", "en").stdout.startswith("4140 yuan\n")

    @pytest.mark.parametrize(
        "words",
        [
            (), ("--items", "1", "--pages", "1"), ("--items", "-1"), ("--items", "many"), ("--pages", "1.5"),
            ("--items", "9" * 40), ("--items", "100001"), ("--pages", "99999999999"), ("--items", "４７"), ("--items", ""),
        ],
        ids=range(10),
    )  # fmt: skip
    def test_what_is_not_understood_is_one_line_and_exit_2(self, words: tuple[str, ...]) -> None:
        refused(run("fee", *words))


class TestWorkday:
    """gongkai law workday DATE +N."""

    @pytest.mark.parametrize(
        ("words", "day"),
        [
            (("2024-02-08", "+7"), "2024-02-23"),
            (("2024-02-08", "20"), "2024-03-13"),
            (("2025-03-28", "+1", "--calendar", "cn-xinjiang"), "2025-04-01"),
            (("2025-03-28", "+1"), "2025-03-31"),
        ],
    )
    def test_the_date_is_printed(self, words: tuple[str, ...], day: str) -> None:
        result = run("workday", *words)

        assert (result.exit_code, result.stdout, result.stderr) == (0, f"{day}\n", "")

    def test_a_provisional_date_says_so_beside_the_answer(self) -> None:
        result = run("workday", "2026-12-20", "+20")

        assert result.stdout == "2027-01-15\n"
        assert "暂定" in result.stderr

    def test_the_date_in_json(self) -> None:
        answer = json.loads(run("workday", "2026-12-20", "+20", "--format", "json").stdout)

        assert answer == {"from": "2026-12-20", "workdays": 20, "calendar": "cn", "date": "2027-01-15", "provisional": True}

    def test_a_calendar_from_a_file(self, tmp_path: Path) -> None:
        table = tmp_path / "local.csv"
        table.write_text("date,kind,name,calendar\n2024-02-19,holiday,某节,cn-here\n", "utf-8")

        assert run("workday", "2024-02-18", "+1", "--calendar", "cn-here", "--holidays", str(table)).stdout == "2024-02-20\n"

    @pytest.mark.parametrize(
        "words",
        [
            ("2024-02-08", "-3"), ("2024-02-08", "+0"), ("2024-02-08", "+x"), ("2024-02-08", "+1.5"), ("2024-02-08", "++1"),
            ("2024-02-08", "+99999999999"), ("2024-02-08", "+" + "9" * 5000), ("2024-2-8", "+1"), ("2024-02-30", "+1"),
            ("20240208", "+1"), ("today", "+1"), ("9999-12-31", "+1"), ("2024-02-08", "+1", "--calendar", "xx"),
            ("2024-02-08", "+1", "--holidays", "nowhere.csv"), ("2024-02-08", "+1", "--holidays", "/"),
        ],
        ids=range(15),
    )  # fmt: skip
    def test_what_is_not_understood_is_one_line_and_exit_2(self, words: tuple[str, ...]) -> None:
        refused(run("workday", *words))

    def test_a_malformed_table_names_its_line(self, tmp_path: Path) -> None:
        table = tmp_path / "h.csv"
        table.write_text("date,kind,name\n2027-01-01,feast,x\n", "utf-8")

        assert "第2行" in refused(run("workday", "2024-02-08", "+1", "--holidays", str(table)))


class TestPages:
    """docs/law/commands.md shows what the commands print."""

    SHOWN = re.findall(r"```text\n\$ gongkai law (.+?)\n(.+?)```", (ROOT / "docs" / "law" / "commands.md").read_text("utf-8"), re.S)

    @pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
    def test_the_page_shows_the_real_output(
        self, command: str, output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("case.json").write_text(json.dumps(CASE), "utf-8")

        assert run(*command.split()).stdout == output

    def test_every_option_is_on_the_page(self) -> None:
        page = (ROOT / "docs" / "law" / "commands.md").read_text("utf-8")
        options = {name for command in law.commands.values() for option in command.params for name in option.opts if name.startswith("--")}

        assert [name for name in options if name not in page] == []


class TestGroup:
    """The group and its help."""

    def test_help_names_the_commands(self) -> None:
        words = run("--help").output

        assert all(name in words for name in ("clock", "fee", "workday"))

    def test_the_first_day_of_the_calendar_is_no_trouble(self) -> None:
        assert run("workday", "0001-01-01", "+1").stdout == "0001-01-02\n"
