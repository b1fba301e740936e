"""What stands on paper: every letter of the set as PDF and as Word, and the remedies of its day."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest
from scripts import letters as samples

from gongkai.law import letters as law
from gongkai.law import replies
from gongkai.platform.cases.letters import autos, fields, laying, rendering
from gongkai.platform.cases.letters.filling import PLACE, W, text_of
from gongkai.platform.cases.letters.laying import signed
from gongkai.platform.cases.letters.money import capital
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.values import Applicant
from gongkai.platform.organs.models import Organ


def plain(text: str) -> str:
    """Without blanks and line breaks, and as the PDF's own letters may stand for ours."""
    return "".join(text.split()).replace("\u2010", "-").replace("\ufffe", "").replace("\xad", "")


def pdf_text(pdf: bytes) -> str:
    """Without the foot of the first page and the page numbers, so that what runs over a page is whole."""
    whole = plain("".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)))
    return re.sub(r"联系单位：.*?真伪）|—\d+—", "", whole)


@pytest.mark.parametrize("sample", samples.SAMPLES, ids=lambda sample: sample.key)
def test_every_filled_place_stands_in_the_pdf_and_in_the_word_file(sample: samples.Sample) -> None:
    word, pdf = samples.made(sample, 7)
    case = samples.case_of(sample)
    printed = pdf_text(pdf)
    paragraphs = docx.Document(io.BytesIO(word)).element.body.iter(f"{W}p")
    written = plain("".join(text_of(each) for each in paragraphs))
    shown = rendering.shown(sample.key, sample.reply, sample.values)
    told = [value for name, value in shown.items() if isinstance(value, str) and name not in ("复议机关", "人民法院")]
    told += [cell for value in shown.values() if isinstance(value, list) for row in value for cell in row.values()]
    told += [case.organ.name, "〔2026〕7号", rendering.title_of(sample.key)]

    for value in (line for each in told for line in each.split("\n")):
        assert plain(value) in printed, value
        assert plain(value) in written, value
    assert not PLACE.search(printed)
    assert "{{" not in written
    assert len(pdf) < 600_000


@pytest.mark.parametrize("sample", samples.SAMPLES, ids=lambda sample: sample.key)
def test_the_same_letter_is_the_same_file_and_no_page_begins_with_the_seal(sample: samples.Sample) -> None:
    word, pdf = samples.made(sample, 7)
    pages = [plain(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(pdf)]

    assert samples.made(sample, 7)[0] == word
    assert not any(page.startswith("（印章）") for page in pages)
    assert "校验码：SAMP-0007-2026" in pages[0]


def test_the_set_is_whole_and_its_samples_lack_nothing() -> None:
    assert [sample.key for sample in samples.SAMPLES] == [letter.key for letter in law.LETTERS]
    for sample in samples.SAMPLES:
        assert fields.missing(sample.key, sample.reply, sample.values) == (), sample.key


@pytest.mark.parametrize(
    ("day", "first"), [("2023-12-31", False), ("2024-01-01", True), ("2025-05-31", True), ("2025-06-01", True)]
)
class TestRemediesByDate:
    """行政复议法第二十三条第一款第四项，2024年1月1日起；法释〔2025〕8号，2025年6月1日起."""

    def test_reconsideration_comes_first_for_what_is_withheld(self, day: str, first: bool) -> None:
        sample = next(each for each in samples.SAMPLES if each.key == "denied")
        case = samples.case_of(samples.Sample(sample.key, day, sample.values, sample.reply))
        text = autos.filled(case, "denied", sample.reply, {}, sample.values)["救济途径"]

        assert ("应当自收到本答复之日起60日内先向松荫县人民政府申请行政复议" in str(text)) is first
        assert ("6个月内向松荫县人民法院提起行政诉讼" in str(text)) is not first

    def test_either_way_for_what_is_not_held(self, day: str, first: bool) -> None:
        sample = next(each for each in samples.SAMPLES if each.key == "not_existing")
        case = samples.case_of(samples.Sample(sample.key, day, sample.values, sample.reply))
        text = autos.filled(case, "not_existing", sample.reply, {}, sample.values)["救济途径"]

        assert "或者自收到本答复之日起6个月内向松荫县人民法院提起行政诉讼" in str(text)
        assert first in (True, False)


def test_a_body_or_court_that_is_not_known_leaves_no_half_text() -> None:
    sample = next(each for each in samples.SAMPLES if each.key == "denied")
    told = autos.filled(samples.case_of(sample), "denied", sample.reply, {}, {**sample.values, "人民法院": ""})

    assert told["救济途径"] == ""


def test_articles_are_those_of_the_reply() -> None:
    cited = {key: autos.citation(replies.BY_KEY[key].basis) for key in ("denied_process_info", "provided", "override_third_party", "no_correction")}

    assert cited == {
        "denied_process_info": "第三十六条第三项、第十六条第二款", "provided": "第三十六条第二项", "override_third_party": "第十五条、第三十二条",
        "no_correction": "第三十条",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("yuan", "words"),
    [("100", "壹佰元整"), ("1080", "壹仟零捌拾元整"), ("14700", "壹万肆仟柒佰元整"), ("100500", "壹拾万零伍佰元整"), ("20000400", "贰仟万零肆佰元整"), ("3.02", "叁元零贰分"), ("0.5", "伍角整")],
)
def test_amounts_in_capitals(yuan: str, words: str) -> None:
    from decimal import Decimal

    assert capital(Decimal(yuan)) == words


def test_the_organ_stands_centred_over_the_day() -> None:
    short, four = signed("某局", "2026年3月12日")
    organ, day = signed("某某自治区某某地区行政公署自然资源和规划局", "2026年3月2日")

    assert (short, four) == (6.25, 4.0)
    assert organ == 0.0
    assert day > 4.0


def test_a_late_letter_is_of_its_own_day() -> None:
    sample = samples.SAMPLES[3]

    assert autos.filled(samples.case_of(sample), sample.key, "", sample.law, {})["落款日期"] == "2026年3月26日"
    assert date.fromisoformat(sample.on) == date(2026, 3, 26)


def test_what_is_typed_is_printed_as_it_is_typed_and_never_set_as_markup() -> None:
    sample = next(each for each in samples.SAMPLES if each.key == "not_existing")
    typed = '#import "x.typ"; #sys.inputs *粗* _斜_ $x^2$ \\u{41} <w:t> {{理由}} [链接](http://x.example) "引" \'号\' @ref ~ ---'
    word, pdf = samples.made(replace(sample, values={**sample.values, "申请内容": typed}), 7)
    written = "".join(text_of(each) for each in docx.Document(io.BytesIO(word)).element.body.iter(f"{W}p"))
    straight = {ord(curly): '"' if curly in "“”" else "'" for curly in "“”‘’"}

    assert typed in written
    for piece in ('#import"x.typ"', "*粗*", "$x^2$", "\\u{41}", "<w:t>", "{{理由}}", "[链接]"):
        assert piece in pdf_text(pdf).translate(straight), piece


def test_a_long_organ_stands_on_one_line_and_minority_names_are_printed() -> None:
    sample = next(each for each in samples.SAMPLES if each.key == "granted")
    case = samples.case_of(sample)
    organ = Organ(name="松荫县人民政府城关街道办事处行政审批服务管理局（综合行政执法大队）", short_name="松荫城关", level="county", kind="department")
    request = Request(
        organ=organ, number="2026-0001", channel="online", applicant_kind="natural", submitted_on=date(2026, 3, 2), received_on=date(2026, 3, 2), state="open"
    )
    other = replace(case, request=request, applicant=Applicant("阿不都热合曼·买买提（ئابدۇراخمان）"))
    _word, pdf = rendering.typeset(other, sample.key, sample.reply, {}, sample.values, laying.template("granted"), number="松荫城关公复〔2026〕1号", code="AAAA-BBBB-CCCC")
    first = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().splitlines()

    assert plain(first[0]) == organ.name
    assert "阿不都热合曼·买买提（" in pdf_text(pdf)
