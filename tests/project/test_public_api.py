"""The public door: complete, typed, lazy, its examples true."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gongkai
from tests.report.builders import report_2023

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ("python", "researchers", "aggregate", "compare")
HEAVY = ("selectolax", "pdfplumber", "docx", "opencc", "python_calamine", "click", "typst", "lxml", "xlsxwriter")


def test_the_examples_in_the_docstrings_are_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testmod(gongkai, verbose=False)

    assert failed == 0
    assert tried >= 10


@pytest.mark.parametrize("name", gongkai.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(gongkai, name))


def test_the_names_that_the_type_checker_sees_are_those_that_are_found() -> None:
    source = (ROOT / "src/gongkai/__init__.py").read_text(encoding="utf-8")
    typed = source.partition("if TYPE_CHECKING:")[2].partition("__version__")[0]
    seen = {name for line in re.findall(r"from \.[\w.]+ import (.+)", typed) for name in line.split(", ")}

    assert seen == set(gongkai._HOME)
    assert {*seen, "audit", "cells", "read", "write"} == set(gongkai.__all__)
    assert set(gongkai.__all__) <= set(dir(gongkai))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'raed'"):
        gongkai.raed  # noqa: B018


def test_importing_it_loads_no_parser_and_no_command() -> None:
    code = f"import gongkai, sys; print([name for name in {HEAVY!r} if name in sys.modules], len(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert loaded.startswith("[] ")


def test_a_reading_and_its_report_are_both_taken(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    made = gongkai.write(report_2023(), path)
    reading = gongkai.read(path)

    assert path.read_bytes() == made == gongkai.write(reading, "json")
    assert gongkai.audit(reading).checks == gongkai.audit(reading.report).checks
    assert list(gongkai.cells(reading)) == list(gongkai.cells(reading.report))
    assert gongkai.read(path.read_bytes()).report == reading.report


def test_every_exception_of_the_docstring_is_what_it_says() -> None:
    tree = gongkai.__doc__ or ""

    assert issubclass(gongkai.Malformed, ValueError)
    assert issubclass(gongkai.CannotAdd, ValueError)
    assert all(name in tree for name in ("Unreadable", "Unwritable", "Malformed", "CannotAdd"))


@pytest.mark.parametrize("guide", GUIDES)
def test_the_code_of_the_guides_runs(guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / f"docs/guides/{guide}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    exec(compile("\n".join(blocks), f"docs/guides/{guide}.md", "exec"), {"__name__": guide})

    assert blocks
