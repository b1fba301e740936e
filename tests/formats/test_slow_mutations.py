"""Ten thousand mutations of the samples: the same values, blanks or doubts; never another number, never a traceback.

Run by `make slow`. A failure names the sample, the mutation and the seed: `mutated(name, seed)` gives the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gongkai.formats import Unreadable, read
from gongkai.formats.detect import recognise
from gongkai.formats.source import Format
from gongkai.report.audit import audit
from gongkai.report.exchange import to_dict
from tests.conftest import ROOT
from tests.fuzz.mutations import REAL, Mutation

REPORTS = ROOT / "samples" / "reports"
NAMES = sorted(path.name for path in REPORTS.iterdir())
TIMES = {Format.PDF: 200, Format.DOCX: 800, Format.XLSX: 800}
MOST = 10_000
CHUNK = 50


def times(name: str) -> int:
    """How often a sample is mutated: the slow readers less often, all together ten thousand times."""
    kinds = {one: kind_of(one) for one in NAMES}
    fixed = sum(TIMES.get(kind, 0) for kind in kinds.values())
    free = [one for one in NAMES if kinds[one] not in TIMES]
    rest, left = divmod(MOST - fixed, len(free))
    return TIMES.get(kinds[name]) or rest + (left if name == free[0] else 0)


@cache
def kind_of(name: str) -> Format:
    return recognise(name, (REPORTS / name).read_bytes())


@cache
def truth(name: str) -> dict[str, Any]:
    return numbers(json.loads((ROOT / "samples" / "truth" / f"{Path(name).stem}.json").read_text("utf-8")))


def numbers(plain: dict[str, Any]) -> dict[str, Any]:
    """Every cell of the three tables by name."""
    cells = {f"active.{name}": cell["value"] for name, cell in plain["active"].items()}
    cells |= {f"{name}.{index}": cell for name, row in plain["applications"].items() for index, cell in enumerate(row)}
    return cells | {f"{block}.{result}": cell for block, row in plain["remedies"].items() for result, cell in row.items()}


def mutated(name: str, seed: int) -> tuple[Mutation, bytes]:
    chance = Random(f"{name} {seed}")
    ways = REAL[kind_of(name)]
    way = ways[seed % len(ways)]
    return way, way.mutate(chance, (REPORTS / name).read_bytes())


def other_numbers(name: str, data: bytes) -> dict[str, tuple[object, object]] | None:
    """Cells that are read as another number than the sample has; None where the file is refused."""
    try:
        reading = read(name, data)
    except Unreadable as refused:
        assert "\n" not in refused.zh + refused.en
        return None
    audit(reading.report, remarks=reading.remarks, doubts=reading.doubts)
    found = numbers(json.loads(json.dumps(to_dict(reading.report, reading.doubts))))
    return {cell: (truth(name).get(cell), got) for cell, got in found.items() if got is not None and got != truth(name).get(cell)}


def chunks() -> Iterator[tuple[str, int, int]]:
    for name in NAMES:
        for first in range(0, times(name), CHUNK):
            yield name, first, min(first + CHUNK, times(name))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "first", "last"), list(chunks()))
def test_a_mutated_sample_never_gives_another_number(name: str, first: int, last: int, record_property: Any) -> None:
    spoilt = {}
    for seed in range(first, last):
        way, data = mutated(name, seed)
        found = other_numbers(name, data)
        record_property("outcome", f"{way.name}\t{'refused' if found is None else 'other' if found else 'same'}")
        if found is not None and len(found) > way.spoils:
            spoilt[seed] = (way.name, found)

    assert spoilt == {}


@pytest.mark.slow
def test_the_mutations_are_ten_thousand() -> None:
    assert sum(last - first for _, first, last in chunks()) == MOST
