"""Word templates: places are filled whatever runs they lie in, rows repeat, empty lines go, and what is typed is never evaluated."""

from __future__ import annotations

import io
from itertools import pairwise

import docx
from hypothesis import given
from hypothesis import strategies as st

from gongkai.platform.cases.letters import filling


def word(*paragraphs: str | list[str]) -> bytes:
    """A Word file of these paragraphs; a list is one paragraph of several runs."""
    document = docx.Document()
    for text in paragraphs:
        made = document.add_paragraph()
        for number, run in enumerate([text] if isinstance(text, str) else text):
            made.add_run(run).bold = number % 2 == 0
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_place_that_word_has_split_over_runs_is_filled() -> None:
    made = filling.fill(word(["收到{", "{申", "请", "人}", "}的申请"], "{{ 文号 }}"), {"申请人": "柳如烟", "文号": "某公复〔2026〕1号"})

    assert lines(made) == ["收到柳如烟的申请", "某公复〔2026〕1号"]


@given(st.lists(st.integers(0, 17), max_size=6), st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Zs")), min_size=1, max_size=12))
def test_wherever_the_runs_are_cut_the_words_are_the_same(cuts: list[int], value: str) -> None:
    whole = "甲{{申请人}}乙{{文号}}丙"
    edges = [0, *sorted(cuts), len(whole)]
    runs = [whole[first:last] for first, last in pairwise(edges)]
    made = filling.fill(word(runs), {"申请人": value, "文号": "丁"})

    assert lines(made) == [f"甲{value}乙丁丙"]


def test_the_look_of_the_first_run_is_kept() -> None:
    made = filling.fill(word(["{{申请", "人}}"]), {"申请人": "柳如烟"})
    runs = [run for run in docx.Document(io.BytesIO(made)).paragraphs[0].runs if run.text]

    assert [(run.text, run.bold) for run in runs] == [("柳如烟", True)]


def test_a_paragraph_whose_places_are_all_empty_goes_and_others_stay() -> None:
    made = filling.fill(word("前", "联系：{{负责机关}}{{电话}}", "由{{甲}}{{负责机关}}办", "后"), {"负责机关": "", "甲": "某局"})

    assert lines(made) == ["前", "由某局办", "后"]


def test_neighbouring_paragraphs_repeat_together_for_every_row() -> None:
    rows = [{"内容": "附件一", "理由": "个人隐私"}, {"内容": "附件二", "理由": "过程性信息"}]
    made = filling.fill(word("（{{部分.序号}}）{{部分.内容}}", "理由：{{部分.理由}}", "完"), {"部分": rows})

    assert lines(made) == ["（1）附件一", "理由：个人隐私", "（2）附件二", "理由：过程性信息", "完"]
    assert lines(filling.fill(word("共有：{{部分}}", "{{部分.内容}}", "完"), {"部分": []})) == ["完"]
    assert lines(filling.fill(word("共有：{{部分}}", "{{部分.内容}}"), {"部分": rows[:1]})) == ["共有：", "附件一"]


def test_a_row_of_a_table_repeats() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), ("档次", "金额", "{{收费.档次}}", "{{收费.金额}}元"), strict=True):
        cell.text = text
    out = io.BytesIO()
    document.save(out)
    made = filling.fill(out.getvalue(), {"收费": [{"档次": "一", "金额": "0"}, {"档次": "二", "金额": "700"}]})
    rows = docx.Document(io.BytesIO(made)).tables[0].rows

    assert [[cell.text for cell in row.cells] for row in rows] == [["档次", "金额"], ["一", "0元"], ["二", "700元"]]


def test_a_value_of_several_paragraphs_makes_several_paragraphs() -> None:
    made = filling.fill(word(["理由是：", "{{理由}}", "（完）"]), {"理由": "一、某某；\n\n二、某某。"})

    assert lines(made) == ["理由是：一、某某；", "二、某某。（完）"]


def test_what_somebody_typed_is_never_taken_for_a_place() -> None:
    told = {"申请内容": "请公开{{理由}}和{{ 密码 }}{% for %}${7*7}", "理由": "秘密"}

    assert lines(filling.fill(word("{{申请内容}}"), told)) == ["请公开{{理由}}和{{ 密码 }}{% for %}${7*7}"]


def test_signs_that_no_word_file_can_carry_are_left_out() -> None:
    assert lines(filling.fill(word("{{理由}}"), {"理由": "甲\x00\x0b乙\ufffe<w:p>&amp;"})) == ["甲乙<w:p>&amp;"]


def test_an_empty_cell_keeps_its_paragraph() -> None:
    document = docx.Document()
    document.add_table(1, 1).rows[0].cells[0].text = "{{理由}}"
    out = io.BytesIO()
    document.save(out)

    assert docx.Document(io.BytesIO(filling.fill(out.getvalue(), {"理由": ""}))).tables[0].rows[0].cells[0].text == ""
