"""How the tests of the words come to sections: own sentences, and the real openings made plain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import opencc

from gongkai.report.model import Section
from gongkai.report.prose import Prose
from tests.conftest import REPORTS

WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
HALF = str.maketrans(WIDE)


@cache
def _converter() -> Any:
    return opencc.OpenCC("t2s")


def plain(text: str) -> str:
    """Simplified characters, half-width digits, letters and marks."""
    return str(_converter().convert(text)).translate(HALF)


def section(text: str, number: int = 1) -> Section:
    """A section of these words, as the reading would hand it over."""
    made = plain(text)
    prose = Prose(text, made) if len(made) == len(text) else Prose.of(made)
    return Section(number, "", prose)


def wide(text: str, number: int = 1) -> Section:
    """A section whose plain form has kept full-width marks and digits."""
    return Section(number, "", Prose.of(text))


def openings() -> Iterator[tuple[str, dict[str, Any], Section]]:
    """The real openings with their truth."""
    truth = json.loads((REPORTS / "truth" / "openings_truth.json").read_text(encoding="utf-8"))
    for key, expected in truth.items():
        text = (REPORTS / "openings" / f"{key}.txt").read_text(encoding="utf-8")
        yield key, expected, section(text)


def reports() -> Iterator[tuple[str, dict[str, Any], Section]]:
    """Those of the seven reports with truth that are text."""
    for path in sorted((REPORTS / "truth").glob("*.json")):
        source = next((s for s in REPORTS.glob(f"{path.stem}.*") if s.suffix in (".txt", ".md")), None)
        if source is not None:
            yield path.stem, json.loads(path.read_text(encoding="utf-8")), section(source.read_text("utf-8", "replace"))
