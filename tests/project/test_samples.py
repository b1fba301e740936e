"""The shipped samples: read cell by cell, and audited for exactly the faults that were put into them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scripts.samples.__main__ import SAMPLES

from gongkai.formats import read
from gongkai.formats.reading import Reading
from gongkai.report.audit import Audit, audit
from gongkai.report.exchange import to_dict

FOLDER = Path(__file__).resolve().parents[2] / "samples"
NAMES = [draft.name for draft, _ in SAMPLES]
TABLES = ("active", "applications", "remedies")
GRAVE = ("error", "warning")


@cache
def truth(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads((FOLDER / "truth" / f"{Path(name).stem}.json").read_text(encoding="utf-8"))
    return loaded


@cache
def reading(name: str) -> Reading:
    return read(name, (FOLDER / "reports" / name).read_bytes())


@cache
def audited(name: str) -> Audit:
    found = reading(name)
    return audit(found.report, remarks=found.remarks, doubts=found.doubts)


def test_every_sample_has_its_truth_and_every_truth_its_sample() -> None:
    files = {path.name for path in (FOLDER / "reports").iterdir()}
    truths = {path.name for path in (FOLDER / "truth").iterdir()}

    assert files == set(NAMES)
    assert truths == {f"{Path(name).stem}.json" for name in NAMES}


def test_the_samples_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 2_000_000


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_says_who_reports_on_which_year_in_which_edition(name: str) -> None:
    plain = to_dict(reading(name).report)

    assert {key: plain[key] for key in ("organ", "title", "year", "format")} == {
        key: truth(name)[key] for key in ("organ", "title", "year", "format")
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("table", TABLES)
def test_a_sample_is_read_cell_by_cell(name: str, table: str) -> None:
    found, expected = to_dict(reading(name).report)[table], truth(name)[table]
    if table == "active":
        found, expected = (
            {key: (cell["value"], cell["unit"]) for key, cell in cells.items()} for cells in (found, expected)
        )

    assert found == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_leaves_no_doubt(name: str) -> None:
    assert [doubt.sentence() for doubt in reading(name).doubts] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_audit_finds_the_faults_of_a_sample_and_no_others(name: str) -> None:
    expected = {fault["code"]: fault["severity"] for fault in truth(name)["findings"] if fault["severity"] in GRAVE}
    found = {finding.code: finding.severity.value for finding in audited(name).findings if finding.severity in GRAVE}

    assert found == expected


@pytest.mark.parametrize("name", [name for name in NAMES if not any(f["severity"] in GRAVE for f in truth(name)["findings"])])
def test_no_check_of_a_faultless_sample_fails(name: str) -> None:
    assert [check for check, state in audited(name).checks.items() if state == "fails"] == []


@pytest.mark.parametrize(("draft", "write"), SAMPLES, ids=NAMES)
def test_a_sample_is_what_its_draft_makes(draft: Any, write: Any) -> None:
    if draft.name.endswith(".pdf"):  # 排版随机器上的字体而变，已提交的 PDF 由上面的各项测试核对
        assert (FOLDER / "reports" / draft.name).read_bytes().startswith(b"%PDF-")
        return
    made, kept = write(draft), (FOLDER / "reports" / draft.name).read_bytes()

    assert _content(made) == _content(kept)
    assert json.loads(json.dumps(draft.truth())) == truth(draft.name)


def _content(data: bytes) -> object:
    """The members of an archive, for packing may differ from machine to machine; else the bytes."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
