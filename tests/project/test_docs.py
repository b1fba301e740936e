"""The documentation: complete, linked, printed from the code where it can be."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from scripts import tables
from scripts.changelog import AREAS, area_of, written

from gongkai.__main__ import cli

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = (
    "index.md", "architecture.md", "vocabulary.md", "law/index.md", "decisions/index.md", "rules/index.md",
    "guides/officers.md", "guides/researchers.md", "guides/commands.md", "guides/operators.md", "reading.md", "benchmarks.md",
)
COMMANDS_PAGES = ("guides/commands.md", "law/commands.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_there(page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("folder", ["decisions", "rules", "law"])
def test_every_page_is_linked_from_the_index_of_its_folder(folder: str) -> None:
    index = (DOCS / folder / "index.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([\w.-]+\.md)", index))

    assert {path.name for path in (DOCS / folder).glob("*.md")} - {"index.md"} - linked == set()


def test_the_pages_of_the_rules_are_as_the_code_prints_them(tmp_path: Path) -> None:
    subprocess.run(
        [Path(sys.executable).parent / "gongkai", "rules", "--markdown", tmp_path], check=True, capture_output=True
    )
    printed = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.md")}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "rules").glob("*.md")}

    assert kept == printed, "run `make rules`"


def test_the_table_of_settings_is_as_the_code_prints_it() -> None:
    from scripts.settings_table import PAGE
    from scripts.settings_table import written as table

    assert PAGE.read_text(encoding="utf-8") == table(), "run `make settings`"


@pytest.mark.parametrize("page", tables.PAGES)
def test_a_table_of_the_guides_is_as_the_code_prints_it(page: str) -> None:
    assert (tables.GUIDES / page).read_text(encoding="utf-8") == tables.written(page), "run `make tables`"


def subcommands() -> set[str]:
    """Every command, with the commands under it."""
    context = click.Context(cli)
    names = set()
    for name in cli.known:
        command = cli.get_command(context, name)
        names.add(name)
        names |= {f"{name} {inner}" for inner in getattr(command, "commands", {})}
    return names


def test_every_command_is_documented() -> None:
    text = "\n".join((DOCS / page).read_text(encoding="utf-8") for page in COMMANDS_PAGES)

    assert [name for name in sorted(subcommands()) if f"gongkai {name}" not in text] == []


def test_every_documented_command_exists() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *DOCS.rglob("*.md")))
    named = {match[1] for match in re.finditer(r"(?:^|`)gongkai ([a-z]+)", text, flags=re.MULTILINE)}

    assert named <= {name.split()[0] for name in subcommands()}


def test_every_option_that_the_documentation_names_exists() -> None:
    text = "\n".join((DOCS / page).read_text(encoding="utf-8") for page in ("guides/commands.md", "guides/officers.md"))
    context, options = click.Context(cli), set()
    for name in cli.known:
        command = cli.get_command(context, name)
        for one in (command, *getattr(command, "commands", {}).values()):
            options |= {option for param in one.params for option in param.opts} if one else set()

    assert set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", text)) - {"--help"} <= options


def test_the_changelog_is_what_its_fragments_say() -> None:
    fragments = sorted((ROOT / "changelog.d").glob("*.md"))

    assert {area_of(path) for path in fragments} <= AREAS.keys()
    assert (ROOT / "CHANGELOG.md").read_text(encoding="utf-8") == written(), "run `make changelog`"
