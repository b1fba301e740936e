"""Every reader, given files that nobody would write: a reading or one line of refusal, within time and memory.

What happens to the file is drawn by Hypothesis (`mutations.py`); what once broke something stays in `corpus/`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongkai.formats import Limits, Reading, Unreadable, doc, read
from gongkai.formats.source import Format
from gongkai.report.audit import audit
from gongkai.report.exchange import to_dict
from tests.conftest import ROOT
from tests.formats.test_slow_mutations import numbers

from .mutations import Mutate, anything

CORPUS = Path(__file__).parent / "corpus"
KINDS = {
    ".html": Format.HTML, ".docx": Format.DOCX, ".pdf": Format.PDF, ".xlsx": Format.XLSX, ".md": Format.MARKDOWN,
    ".txt": Format.TEXT, ".json": Format.JSON, ".doc": Format.DOC,
}
FILES = sorted(path for path in CORPUS.iterdir() if path.name != "README.md")
TIMES = {Format.PDF: 70, Format.HTML: 120}  # a reading of each takes longer or shorter
MIB = 1024 * 1024
LIMITS = Limits(size=4 * MIB, text=2 * MIB, unpacked=16 * MIB, xml=8 * MIB, cells=50_000, rows=5_000, pages=10, objects=20_000, seconds=20)
SECONDS = 20.0  # of the processor, for one file of a few kilobytes: a loop without end, not a slow machine
MEMORY = 1024 * MIB  # beyond what the tests hold already


@contextlib.contextmanager
def bounded(more: int = MEMORY) -> Iterator[None]:
    """No more memory than that within; a reader that asks for more fails with a MemoryError."""
    resource = pytest.importorskip("resource", reason="只在有 resource 的系统上限制内存")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def survives(name: str, data: bytes) -> Reading | Unreadable:
    """The reading, audited and exchanged, or the refusal. Anything else fails the test: so do a warning, a hang, a flood."""
    began = process_time()
    with bounded():
        try:
            reading = read(name, data, LIMITS)
        except Unreadable as refused:
            assert refused.code and refused.zh and refused.en and "\n" not in refused.zh + refused.en
            return refused
        finally:
            assert process_time() - began < SECONDS
        audited = audit(reading.report, remarks=reading.remarks, doubts=reading.doubts)
        json.dumps(to_dict(reading.report, reading.doubts), allow_nan=False)
        assert all(finding.sentence("zh") and finding.sentence("en") for finding in audited.findings)
        return reading


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old .doc goes as far as LibreOffice, whose own faults are not ours to find."""
    monkeypatch.setattr(doc, "libreoffice", lambda: None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
class TestTheCorpus:
    def test_is_read_or_refused(self, path: Path) -> None:
        found = survives(path.name, path.read_bytes())

        assert isinstance(found, Reading) or path.suffix == ".doc"

    def test_is_recognised_by_what_it_holds(self, path: Path) -> None:
        found = survives("file", path.read_bytes())

        assert isinstance(found, Unreadable) or found.format == KINDS[path.suffix].value


def sample(name: str) -> dict[str, Any]:
    return numbers(json.loads((ROOT / "samples" / "truth" / f"{name}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("broke_header_cell_fell_out.html", "lanyuan_government_2023"),
        ("broke_total_moved_before_the_kinds.html", "lanyuan_resources_2023"),
        ("broke_group_label_took_its_rows_place.html", "lanyuan_resources_2023"),
        ("broke_value_lost_from_a_padded_row.md", "zean_office_2025"),
        ("broke_row_longer_than_its_table.md", "lanyuan_health_2023"),
    ],
)
def test_what_was_once_read_as_other_numbers_is_not_again(name: str, whole: str) -> None:
    found = survives(name, (CORPUS / name).read_bytes())

    assert isinstance(found, Reading)
    read_now = numbers(json.loads(json.dumps(to_dict(found.report))))
    assert {cell: value for cell, value in read_now.items() if value is not None and value != sample(whole).get(cell)} == {}


SEEDS = [path for path in FILES if not path.name.startswith("broke_")]


def fuzz(path: Path, times: int, *, always_the_same: bool) -> None:
    """A file of the corpus mutated so often, up to three times over, and read each time."""
    kind = KINDS[path.suffix]
    whole = path.read_bytes()

    @settings(
        max_examples=times, deadline=None, derandomize=always_the_same, database=None,
        phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck),
    )
    @given(chance=st.randoms(use_true_random=False), ways=st.lists(st.sampled_from(anything(kind)), min_size=1, max_size=3))
    def mutated(chance: Random, ways: list[Mutate]) -> None:
        data = whole
        for way in ways:
            data = way(chance, data) or b"\0"
        survives(path.name, data)

    mutated()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_mutated_it_is_read_or_refused(path: Path) -> None:
    fuzz(path, TIMES.get(KINDS[path.suffix], 100), always_the_same=True)


@pytest.mark.slow
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_mutated_anew_and_often_it_is_read_or_refused(path: Path) -> None:
    fuzz(path, 20 * TIMES.get(KINDS[path.suffix], 100), always_the_same=False)
