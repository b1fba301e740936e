"""gongkai: help at once, both languages, one line for what goes wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai import __version__
from gongkai.cli.workers import Lost, Workers
from tests.cli.invoking import run, save

GONGKAI = [sys.executable, "-m", "gongkai"]


class TestHelp:
    """Nothing heavy is imported to say what there is."""

    def test_help_in_chinese(self) -> None:
        done = run("--help")

        assert done.code == 0
        assert done.out.startswith("用法：gongkai")
        for command in ("audit", "read", "law", "rules"):
            assert command in done.out

    @pytest.mark.parametrize("args", [["--lang", "en", "--help"], ["--help", "--lang", "en"], ["--lang=en", "-h"]])
    def test_help_in_english(self, args: list[str]) -> None:
        done = run(*args)

        assert done.out.startswith("Usage: gongkai")
        assert "Exit codes" in done.out

    @pytest.mark.parametrize("command", ["audit", "read", "rules", "law"])
    def test_every_command_has_help_in_both_languages(self, command: str) -> None:
        zh, en = run(command, "--help"), run(command, "--help", "--lang", "en")

        assert zh.code == en.code == 0
        assert zh.out != en.out

    @pytest.mark.parametrize("command", ["audit", "read"])
    def test_exit_codes_are_told(self, command: str) -> None:
        assert "退出码" in run(command, "--help").out
        assert "Exit codes" in run(command, "--help", "--lang", "en").out

    def test_the_environment_may_choose_the_language(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GONGKAI_LANG", "en_GB")

        assert run("--help").out.startswith("Usage")
        assert run("--lang", "zh", "--help").out.startswith("用法")

    def test_help_imports_neither_readers_nor_rich(self) -> None:
        code = "import sys; sys.argv = ['gongkai', '--help']\nfrom gongkai.cli import main\ntry: main()\nexcept SystemExit: pass\n"
        code += "print([name for name in ('rich', 'selectolax', 'docx', 'pdfplumber', 'gongkai.formats', 'gongkai.report') if name in sys.modules])"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)

        assert done.stdout.splitlines()[-1] == "[]"

    def test_version(self) -> None:
        assert run("--version").out == f"gongkai {__version__}\n"


class TestWrongUse:
    """One line that says what is wrong, one that says where help is; exit 2."""

    @pytest.mark.parametrize(
        ("args", "words"),
        [
            (["nonsense"], "没有这个命令：nonsense"),
            (["audit"], "缺少参数"),
            (["audit", "--nonsense", "x"], "没有选项“--nonsense”"),
            (["audit", "--format", "xml", "x"], "--format"),
            (["audit", "--published", "yesterday", "x"], "--published"),
            (["--lang", "fr", "audit", "x"], "--lang"),
        ],
    )
    def test_in_chinese(self, args: list[str], words: str) -> None:
        done = run(*args)

        assert done.code == 2
        assert words in done.err
        assert len(done.err.splitlines()) == 2
        assert done.out == ""

    def test_in_english(self) -> None:
        assert run("audit", "--lang", "en").err.startswith("Error: Missing argument")

    def test_without_a_command_the_help_is_shown(self) -> None:
        done = run()

        assert "audit" in done.out + done.err


def square(number: int) -> int:
    """An answer; 13 dies and 7 hangs."""
    if number == 13:
        os._exit(9)
    while number == 7:
        signal.pause()
    return number * number


class TestWorkers:
    """A file that hangs or kills its process costs only itself."""

    def test_answers_come_in_the_order_of_the_tasks(self) -> None:
        found = list(Workers(square, 30, 3).run([5, 4, 3, 2, 1, 0]))

        assert found == [(5, 25), (4, 16), (3, 9), (2, 4), (1, 1), (0, 0)]

    def test_a_task_that_hangs_or_dies_is_lost_and_the_others_go_on(self) -> None:
        found = dict(Workers(square, 0.5, 2).run([1, 7, 2, 13, 3]))

        assert found == {1: 1, 7: Lost(True, 0.5), 2: 4, 13: Lost(False, 0.5), 3: 9}

    def test_many_tasks_are_taken_as_they_are_needed(self) -> None:
        taken: list[int] = []

        def tasks() -> object:
            for number in range(1000, 1500):
                taken.append(number)
                yield number

        run_ = Workers(square, 30, 2).run(tasks())  # type: ignore[arg-type]
        first = next(run_)
        run_.close()  # type: ignore[attr-defined]

        assert first == (1000, 1_000_000)
        assert len(taken) < 100

    def test_no_tasks_no_processes(self) -> None:
        assert list(Workers(square, 30).run([])) == []


class TestEnds:
    """A closed pipe and Ctrl-C end the run without a traceback."""

    @pytest.fixture
    def many(self, tmp_path: Path) -> Path:
        for number in range(400):
            save(tmp_path / "many" / f"{number:03}.json")
        return tmp_path / "many"

    def test_a_closed_pipe(self, many: Path) -> None:
        process = subprocess.Popen([*GONGKAI, "audit", str(many)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        process.stderr.close()

        assert process.wait(60) == 141
        assert errors == b""

    def test_ctrl_c(self, many: Path) -> None:
        process = subprocess.Popen(
            [*GONGKAI, "audit", str(many)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"},
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # 后台任务（nohup、&）继承来的是“忽略”
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)

        assert process.returncode == 130
        assert errors.decode() == "已中断。\n"
