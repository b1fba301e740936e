"""The real reports mutilated: the same values or a doubt, never another number, never a traceback."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.formats import Unreadable, read
from gongkai.formats.reading import Reading
from gongkai.law.editions import Remedy, Result
from tests.conftest import REPORTS, needs_shared
from tests.formats.test_golden import TRUTHS, truth_of

TEXTS = [path for path in TRUTHS if not path.stem.startswith("r01")]
SOURCES = {path.stem: (REPORTS / truth_of(path)["file"]) for path in TRUTHS}


def numbers(truth: dict[str, Any]) -> dict[str, object]:
    cells: dict[str, object] = {name: cell["value"] for name, cell in truth["active"].items()}
    cells |= {f"{name}.{index}": cell for name, row in truth["applications"].items() for index, cell in enumerate(row)}
    return cells | {f"{block}.{result}": cell for block, row in truth["remedies"].items() for result, cell in row.items()}


def read_numbers(reading: Reading) -> dict[str, object]:
    report = reading.report
    cells: dict[str, object] = {name: figure.value for name, figure in report.active.items()}
    cells |= {f"{name}.{index}": cell for name, row in report.applications.items() for index, cell in enumerate(row)}
    return cells | {f"{block}.{result}": report.remedy(block, result) for block in Remedy for result in Result}


def wrong(stem: str, data: bytes) -> dict[str, tuple[object, object]]:
    """Cells read as another number than the untouched file has; nothing where the file cannot be read any more."""
    truth = numbers(truth_of(REPORTS / "truth" / f"{stem}.json"))
    try:
        got = read_numbers(read(SOURCES[stem].name, data))
    except Unreadable:
        return {}
    return {name: (truth.get(name), cell) for name, cell in got.items() if cell is not None and cell != truth.get(name)}


@needs_shared
@pytest.mark.parametrize("stem", [path.stem for path in TEXTS])
class TestMutilatedRealFiles:
    @settings(max_examples=25, deadline=None)
    @given(data=st.data())
    def test_dropped_lines(self, stem: str, data: st.DataObject) -> None:
        lines = SOURCES[stem].read_bytes().split(b"\n")
        for _ in range(data.draw(st.integers(1, 3))):
            del lines[data.draw(st.integers(0, len(lines) - 1))]

        assert wrong(stem, b"\n".join(lines)) == {}

    @settings(max_examples=25, deadline=None)
    @given(data=st.data())
    def test_joined_lines(self, stem: str, data: st.DataObject) -> None:
        lines = SOURCES[stem].read_bytes().split(b"\n")
        at = data.draw(st.integers(0, len(lines) - 2))
        between = data.draw(st.sampled_from([b" ", b""]))
        lines[at : at + 2] = [lines[at] + between + lines[at + 1].lstrip(b"\t")]

        found = wrong(stem, b"\n".join(lines))
        assert len(found) <= (0 if between else 2), found  # digits glued to digits are another number in the source itself

    @settings(max_examples=25, deadline=None)
    @given(share=st.floats(0.01, 1))
    def test_truncated_file(self, stem: str, share: float) -> None:
        whole = SOURCES[stem].read_bytes()

        assert len(wrong(stem, whole[: int(len(whole) * share)])) <= 1  # the number that was cut through

    @settings(max_examples=25, deadline=None)
    @given(data=st.data())
    def test_flipped_bytes(self, stem: str, data: st.DataObject) -> None:
        whole = bytearray(SOURCES[stem].read_bytes())
        for _ in range(data.draw(st.integers(1, 6))):
            whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.sampled_from(b"\x00\xff\x20\x3c\x7c"))

        assert len(wrong(stem, bytes(whole))) <= 6  # a digit that was overwritten

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
    def test_other_encodings_give_the_same_values(self, stem: str, encoding: str) -> None:
        text = SOURCES[stem].read_text("utf-8")
        if stem.startswith("r02"):
            text = re.sub(r'charset="?utf-8"?', 'charset="gb2312"', text) if encoding == "gb18030" else text
        truth = numbers(truth_of(REPORTS / "truth" / f"{stem}.json"))
        got = read_numbers(read(SOURCES[stem].name, text.encode(encoding)))

        assert got == truth

    def test_windows_line_ends_give_the_same_values(self, stem: str) -> None:
        data = SOURCES[stem].read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        truth = numbers(truth_of(REPORTS / "truth" / f"{stem}.json"))

        assert read_numbers(read(SOURCES[stem].name, data)) == truth


@needs_shared
class TestTraditionalEncoding:
    def test_big5_gives_the_same_values(self) -> None:
        stem = "002_60306489c46ed4d0"
        text = SOURCES[stem].read_text("utf-8").replace("范", "範").replace("台", "臺")
        data = text.encode("big5hkscs", "ignore")
        truth = numbers(truth_of(REPORTS / "truth" / f"{stem}.json"))

        assert read_numbers(read("report.txt", data)) == truth


@needs_shared
class TestMutilatedPdf:
    @settings(max_examples=6, deadline=None)
    @given(share=st.floats(0.05, 0.99))
    def test_truncated_pdf_is_refused_or_read_right(self, share: float) -> None:
        whole = SOURCES["r01_hongze_2023"].read_bytes()

        assert wrong("r01_hongze_2023", whole[: int(len(whole) * share)]) == {}
