"""OCR: never a wrong number. What the identities confirm is taken; all else is a doubt that shows what was seen."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter

from gongkai.formats import Reading, Unreadable, read, ruled, tesseract
from gongkai.formats.blocks import UNREAD
from gongkai.formats.ocr import _agreed as agreed
from gongkai.formats.reading.recognised import settle
from gongkai.law.editions import Applicant, Remedy, Result
from gongkai.law.findings import Finding, Place, Severity
from gongkai.report.audit import audit
from gongkai.report.confirm import confirm
from gongkai.report.model import AnnualReport
from gongkai.report.rules import doubts
from tests.cli.invoking import run
from tests.conftest import ROOT
from tests.report.builders import remedy, report_2023

SAMPLES = ROOT / "samples" / "reports"
Cells = dict[str, object]


def installed() -> bool:
    try:
        return bool(tesseract.tesseract())
    except Unreadable:
        return False


needs_tesseract = pytest.mark.skipif(not installed(), reason="没有 Tesseract 及中文数据（make ocr），文字识别未测")


def cells(report: AnnualReport) -> Cells:
    """Every cell of the three tables by name."""
    found: Cells = {f"active.{key}": figure.value for key, figure in report.active.items()}
    found |= {f"{key}.{index}": value for key, row in report.applications.items() for index, value in enumerate(row)}
    return found | {f"{block}.{result}": report.remedy(block, result) for block in Remedy for result in Result}


def proved(report: AnnualReport, found: Sequence[Finding] = ()) -> Cells:
    """The cells of the tables with identities that keep their values."""
    kept, _ = confirm(report, found)
    return {name: value for name, value in cells(kept).items() if value is not None and not name.startswith("active.")}


def with_row(report: AnnualReport, key: str, *values: int | None) -> AnnualReport:
    return replace(report, applications=MappingProxyType({**report.applications, key: values}))


class TestConfirmation:
    """Identities prove what was seen; where they do not, the cell is blank and the doubt shows it."""

    def test_tables_that_add_up_keep_their_numbers(self) -> None:
        report = report_2023()

        assert proved(report) == {name: value for name, value in cells(report).items() if not name.startswith("active.")}

    def test_what_has_no_identity_is_never_taken(self) -> None:
        kept, found = confirm(report_2023())

        assert all(figure.value is None for figure in kept.active.values())
        assert all(kept.active[key].unit == figure.unit for key, figure in report_2023().active.items())
        assert [finding.where.part for finding in found] == ["active"]
        assert "没有勾稽关系可以印证" in found[0].sentence("zh") and "no identity" in found[0].sentence("en")

    def test_a_number_misread_takes_its_row_and_its_column_with_it(self) -> None:
        report = report_2023()
        key = "granted"
        row = list(report.applications[key])
        row[0] = (row[0] or 0) + 6  # type: ignore[operator]
        misread = with_row(report, key, *row)  # type: ignore[arg-type]
        found = proved(misread)

        assert f"{key}.0" not in found and f"{key}.6" not in found
        assert "results_total.0" not in found
        assert {name: value for name, value in found.items() if value != cells(report)[name]} == {}

    def test_a_number_misread_alike_along_its_row_fails_in_its_columns(self) -> None:
        report = report_2023()
        row = report.applications["granted"]
        misread = with_row(report, "granted", (row[0] or 0) + 6, *row[1:6], (row[6] or 0) + 6)  # type: ignore[operator, arg-type]

        assert {"granted.0", "granted.6"} & proved(misread).keys() == set()

    def test_beside_a_cell_not_read_only_zeros_that_their_rows_prove_are_taken(self) -> None:
        report = report_2023()
        row = report.applications["partial"]
        found = proved(with_row(report, "partial", None, *row[1:]))  # type: ignore[arg-type]

        outcomes = [name for name in found if name.endswith(".0") and not name.startswith(("new_", "carried_"))]
        assert "granted.0" not in found and "results_total.0" not in found
        assert {found[name] for name in outcomes} == {0}
        assert "granted.1" in found

    def test_a_table_without_all_its_rows_proves_nothing(self) -> None:
        report = report_2023()
        rows = {key: row for key, row in report.applications.items() if key != "denied_process_info"}
        kept, found = confirm(replace(report, applications=MappingProxyType(rows)))

        assert {value for row in kept.applications.values() for value in row} == {None}
        assert "不能确定" in found[1].sentence("zh")

    def test_rows_out_of_order_prove_nothing(self) -> None:
        report = report_2023()
        rows = dict(reversed(list(report.applications.items())))
        kept, _ = confirm(replace(report, applications=MappingProxyType(rows)))

        assert {value for row in kept.applications.values() for value in row} == {None}

    def test_a_remedy_whose_total_differs_is_not_taken_and_the_others_are(self) -> None:
        report = remedy(report_2023(), "reconsideration", upheld=3, corrected=0, other=0, pending=0, total=8)
        found = proved(report)

        assert not [name for name in found if name.startswith("reconsideration.")]
        assert [name for name in found if name.startswith("litigation_direct.")]

    def test_a_cell_in_doubt_is_unknown_to_the_identities(self) -> None:
        doubt = Finding(doubts.CELL_TEXT, Place("applications", "granted", Applicant.NATURAL.value), {"text": "?"})

        assert "results_total.0" not in proved(report_2023(), [doubt])

    def test_organ_and_year_are_taken_where_the_signature_says_the_same(self) -> None:
        report = report_2023()
        agreeing, _ = confirm(report)
        other, found = confirm(replace(report, organ="调原县水利局", year=2028))

        assert (agreeing.organ, agreeing.year) == (report.organ, report.year)
        assert (other.organ, other.year) == (None, None)
        assert [finding.facts["seen"] for finding in found if finding.where.part == "title"] == ["调原县水利局", 2028]

    def test_a_cell_read_two_ways_is_told_with_both(self) -> None:
        doubt = Finding(doubts.CELL_TEXT, Place("active", "fee_amount"), {"text": f"150.2{UNREAD}156.2"})
        settled = settle(Reading(report_2023(), (doubt,)))

        assert settled.doubts[0].code == "ocr.unread"
        assert "150.2、156.2" in settled.doubts[0].sentence("zh")


class TestAgreement:
    """A number counts as seen where two models see it."""

    @pytest.mark.parametrize(
        ("chinese", "digits", "again", "text"),
        [
            ("0", "0", "", "0"),
            ("156.2", "156.2", "", "156.2"),
            ("3万元", "3", "", "3万元"),
            ("]", "1", "1", "1"),
            ("O", "0", "0", "0"),
            ("8", "3", "8", f"8{UNREAD}3"),
            ("1506.2", "156.2", "156.2", f"1506.2{UNREAD}156.2"),
            ("0", "", "", f"0{UNREAD}"),
            ("", "7", "", f"{UNREAD}7"),
            ("", "", "", UNREAD),
            ("网", "7", "", f"{UNREAD}7"),
            ("2.重复申请", "2.82", "", "2.重复申请"),
            ("无", "7", "7", "无"),
        ],
    )
    def test_of_the_readings_of_a_cell(self, chinese: str, digits: str, again: str, text: str) -> None:
        found = agreed(chinese, digits, again)

        assert found == text or (UNREAD in text and UNREAD in found and set(found.split(UNREAD)) == set(text.split(UNREAD)))


def frame(size: tuple[int, int], xs: Sequence[int], ys: Sequence[int]) -> Image.Image:
    """A ruled table on a white page."""
    page = Image.new("L", size, 255)
    draw = ImageDraw.Draw(page)
    for x in xs:
        draw.line((x, ys[0], x, ys[-1]), 0, 3)
    for y in ys:
        draw.line((xs[0], y, xs[-1], y), 0, 3)
    return page


class TestRuledTables:
    def test_a_grid_is_found_by_its_rules(self) -> None:
        (table,) = ruled.tables(frame((2000, 1000), (100, 700, 1300, 1900), (100, 180, 260)), 300)

        assert table.rows == ((0, 1, 2), (3, 4, 5))
        assert all(abs(a - b) < 4 for a, b in zip(table.cells[4], (700, 180, 1300, 260), strict=True))

    def test_cells_without_a_rule_between_them_are_one(self) -> None:
        page = frame((2000, 1000), (100, 700, 1300, 1900), (100, 180, 260))
        page.paste(255, (690, 104, 710, 176))

        assert ruled.tables(page, 300)[0].rows == ((0, 0, 1), (2, 3, 4))

    def test_a_rule_with_small_gaps_is_one_rule(self) -> None:
        page = frame((2000, 1000), (100, 700, 1300, 1900), (100, 180, 260))
        for x in range(150, 1900, 120):
            page.paste(255, (x, 90, x + 4, 270))

        assert len(ruled.tables(page, 300)[0].cells) == 6

    def test_strokes_of_characters_are_no_table(self) -> None:
        page = Image.new("L", (2000, 1000), 255)
        draw = ImageDraw.Draw(page)
        for x in range(100, 1800, 120):
            draw.rectangle((x, 300, x + 90, 390), outline=0, width=9)  # 口 in a large heading

        assert ruled.tables(page, 300) == ()

    def test_a_page_without_rules_has_none(self) -> None:
        assert ruled.tables(Image.new("L", (800, 800), 255), 300) == ()


# ── with Tesseract ───────────────────────────────────────────────────────────────────────────────────────────────


@cache
def printed(name: str, dpi: int) -> tuple[Image.Image, ...]:
    """The pages of a sample as a scanner gives them."""
    document = pypdfium2.PdfDocument(SAMPLES / f"{name}.pdf")
    pages = tuple(page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document)
    document.close()
    return pages


def scanned(pages: Sequence[Image.Image], dpi: int, quality: int = 75) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=list(pages[1:]), resolution=dpi, quality=quality)
    return out.getvalue()


def turned(page: Image.Image, degrees: float = 0.8) -> Image.Image:
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))


def noisy(page: Image.Image) -> Image.Image:
    return Image.blend(page, Image.effect_noise(page.size, 60), 0.2)


@cache
def truth(name: str) -> Cells:
    path = SAMPLES / name
    return cells(read(path.name, path.read_bytes()).report)


def wrong(reading: Reading, expected: Cells) -> Cells:
    return {name: value for name, value in cells(reading.report).items() if value is not None and value != expected[name]}


def share(reading: Reading, expected: Cells) -> float:
    """How many of the cells that an identity can confirm were confirmed."""
    wanted = [name for name, value in expected.items() if value is not None and not name.startswith("active.")]
    got = cells(reading.report)
    return sum(got.get(name) is not None for name in wanted) / len(wanted)


@needs_tesseract
class TestScans:
    def test_a_scan_is_read_without_a_wrong_number(self) -> None:
        reading = read("x.pdf", scanned(printed("lanyuan_water_2022", 200), 200), ocr=True)

        assert wrong(reading, truth("lanyuan_water_2022.pdf")) == {}
        assert share(reading, truth("lanyuan_water_2022.pdf")) > 0.8
        assert (reading.report.organ, reading.report.year, reading.format) == ("澜原县水利局", 2022, "pdf")
        assert reading.report.edition is not None and reading.report.edition.key == "2021"
        assert "ocr.read" in {remark.code for remark in reading.remarks}

    def test_nothing_found_in_it_is_told_as_certain(self) -> None:
        reading = read("x.png", _png(_foot("songyin_2022")), ocr=True)
        audited = audit(reading.report, remarks=reading.remarks, doubts=reading.doubts)

        assert reading.format == "picture"
        assert {finding.severity for finding in audited.findings} <= {Severity.QUERY, Severity.INFO}

    def test_without_asking_for_it_a_scan_is_refused_and_the_refusal_says_how(self) -> None:
        for name, data, code in (
            ("x.pdf", scanned(printed("songyin_2022", 60), 60), "pdf.needs_ocr"),
            ("x.png", _png(printed("songyin_2022", 60)[0]), "file.picture"),
        ):
            with pytest.raises(Unreadable) as refused:
                read(name, data)

            assert refused.value.code == code
            assert "--ocr" in refused.value.zh and "make ocr" in refused.value.en

    def test_the_command_reads_a_picture_that_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "表四.png").write_bytes(_png(_foot("lanyuan_water_2022")))
        done = run("read", tmp_path / "表四.png", "--ocr")

        assert done.data["source"]["kind"] == "picture"
        assert "ocr.read" in {remark["code"] for remark in done.data["source"]["remarks"]}
        assert done.data["remedies"]["reconsideration"]["total"] in (1, None)

    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["lanyuan_water_2022", "songyin_2022"])
    @pytest.mark.parametrize("dpi", [110, 150, 200, 300])
    @pytest.mark.parametrize("spoil", [Image.Image.copy, turned, noisy], ids=["clean", "turned", "noisy"])
    def test_a_bad_scan_gives_fewer_numbers_but_no_wrong_one(self, name: str, dpi: int, spoil: object) -> None:
        pages = [spoil(page) for page in printed(name, dpi)]  # type: ignore[operator]
        reading = read("x.pdf", scanned(pages, dpi, 50), ocr=True)

        assert wrong(reading, truth(f"{name}.pdf")) == {}

    @pytest.mark.slow
    @pytest.mark.skipif(shutil.which("chromium") is None, reason="没有 Chromium，网页截图的识别未测")
    @pytest.mark.parametrize("name", ["lanyuan_government_2023.html", "lanyuan_resources_2023.html", "zean_finance_2020.html"])
    def test_a_screenshot_of_a_page_is_read_without_a_wrong_number(self, name: str, tmp_path: Path) -> None:
        shot = tmp_path / "page.png"
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=2", f"--user-data-dir={tmp_path}/p",
             "--window-size=900,2600", f"--screenshot={shot}", (SAMPLES / name).as_uri()],
            check=True, capture_output=True, timeout=120,
        )
        reading = read("page.png", shot.read_bytes(), ocr=True)

        assert wrong(reading, truth(name)) == {}


def _foot(name: str) -> Image.Image:
    """Sections four to six: a small table and some lines."""
    page = printed(name, 200)[1]
    return page.crop((0, round(page.height * 0.37), page.width, round(page.height * 0.62)))


def _png(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


class TestWithoutTesseract:
    def test_the_door_names_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: None)

        with pytest.raises(Unreadable) as refused:
            read("x.png", _png(Image.new("L", (100, 100), 255)), ocr=True)

        assert refused.value.code == "ocr.not_installed"
        assert "make ocr" in refused.value.zh and "tesseract-ocr-chi-sim" in refused.value.en

    @needs_tesseract
    def test_what_is_no_picture_at_all_is_refused(self) -> None:
        with pytest.raises(Unreadable) as refused:
            read("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, ocr=True)

        assert refused.value.code == "picture.damaged"


@pytest.mark.parametrize("name", ["lanyuan_archives_2023.json", "lanyuan_water_2022.pdf", "lanyuan_health_2023.md"])
def test_a_file_with_text_is_read_as_ever(name: str) -> None:
    data = (SAMPLES / name).read_bytes()

    assert read(name, data, ocr=True) == read(name, data)
