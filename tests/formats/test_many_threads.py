"""Files are read by many threads at once: pdfium is entered by one at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from gongkai import formats
from gongkai.platform.documents import gate, intake
from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "reports" / "songyin_2022.pdf"


def test_many_threads_examine_and_read_the_same_pdf() -> None:
    data = SAMPLE.read_bytes()

    def once(number: int) -> object:
        if number % 3 == 0:
            return isinstance(intake.examine(SAMPLE.name, data), intake.Accepted)
        if number % 3 == 1:
            return bool(gate.check_attachment(SAMPLE.name, data, gate.Wordlist()) is not None)
        return formats.read(SAMPLE.name, data).report.year

    with ThreadPoolExecutor(6) as hands:
        found = list(hands.map(once, range(12)))

    assert found == [True, True, 2022] * 4
