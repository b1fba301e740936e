"""README.md: two commands, and an example that is true."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def test_there_are_two_commands() -> None:
    assert [block.strip() for block in blocks("shell")] == ["make run", "make test"]


def test_the_example_prints_what_it_is_said_to_print() -> None:
    command, _, expected = blocks("console")[0].partition("\n")
    program, *arguments = shlex.split(command.removeprefix("$ "))
    done = subprocess.run([BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout.strip() == expected.strip()
    assert done.returncode == 1


def test_its_links_and_its_picture_are_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)

    assert [target for target in targets if not (ROOT / target).exists()] == []
    assert (ROOT / "docs/pictures/overview.png").stat().st_size < 200_000


def test_every_recipe_that_it_and_the_guide_for_changes_name_exists() -> None:
    named = re.findall(r"`make (\w+)`", README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    recipes = re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert set(named) <= set(recipes)
