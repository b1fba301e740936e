"""The rules of the house, held against the files themselves."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THIS = Path(__file__).resolve()
BINARY = frozenset((".png", ".pdf", ".docx", ".xlsx"))
LINES = 400
FORBIDDEN = {
    "a machine's path": r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/",
    "the host of a package index": r"pypi\.org|pythonhosted|npmjs\.|deb\.debian|mirrors?\.\w+\.(?:com|cn|edu)",
    "the address of a copy on a government site": r"https?://[\w.-]*\.gov\.cn",
    "a web address of another kind": r"https?://(?!127\.0\.0\.1\b|www\.w3\.org/|www\.sitemaps\.org/schemas/|json-schema\.org/|schemas\.(?:openxmlformats|microsoft)\.|purl\.o|[\w.-]+\.example\b)[\w-]+\.\w",
    "something left to do": r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b",
}
UNFINISHED = r"raise NotImplemented" r"Error|mark\.(?:skip|xfail)\b|pytest\.(?:skip|xfail)\("


def tracked() -> list[Path]:
    """The files of the project; without git, those that lie here."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="replace"))
        for path in tracked()
        if path.suffix not in BINARY and path != THIS and path.name != "LICENSE"
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [f"{name}: {match[0]}" for name, text in texts() if (match := pattern.search(text))]

    assert found == []


def test_nothing_is_left_unfinished_in_code_or_tests() -> None:
    pattern = re.compile(UNFINISHED)
    found = [name for name, text in texts() if name.startswith(("src/", "tests/")) and pattern.search(text)]

    assert found == []


def test_modules_stay_within_their_size() -> None:
    long = [
        f"{name}: {text.count(chr(10))}"
        for name, text in texts()
        if name.startswith("src/") and name.endswith(".py") and "/migrations/" not in name and text.count("\n") > LINES
    ]

    assert long == []


def test_functions_stay_within_their_size() -> None:
    long = []
    for name, text in texts():
        if name.startswith("src/") and name.endswith(".py"):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60:
                    long.append(f"{name}: {node.name}")

    assert long == []


def test_no_module_is_called_what_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}

    assert [str(path.relative_to(ROOT)) for path in tracked() if path.stem in empty] == []


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_every_dependency_is_locked_with_its_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *(name for group in project["dependency-groups"].values() for name in group)]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {_plain(name) for name in re.findall(r"^([\w.-]+)==", lock, flags=re.MULTILINE)}
    entries = re.split(r"\n(?=\S)", lock.strip())

    assert {_plain(re.split(r"[<>=!~\[; ]", want)[0]) for want in wanted} <= locked
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_licence_is_whole_and_is_the_one_that_is_declared() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["license"] == "EUPL-1.2"
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [int(number) for number in re.findall(r"^(\d+)\. ?(?=[A-Z])", text, flags=re.MULTILINE)] == list(range(1, 16))
    assert "Appendix" in text
