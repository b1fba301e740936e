"""What changed between two revisions, as somebody reads it: words, sentences, cells; never HTML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gongkai.platform.catalogue import actions, queries
from gongkai.platform.catalogue.differences import Part, body, fields, words

from .factories import DRAFT, NOW, County, drafted

TEXT = st.text(alphabet="的通知供暖。，；一二abc 12", max_size=60)


def shown(parts: tuple[Part, ...]) -> str:
    marks = {"same": "{}", "removed": "[-{}]", "added": "[+{}]"}
    return "".join(marks[part.change].format(part.text) for part in parts)


def test_a_changed_number_is_a_changed_number() -> None:
    assert shown(words("期限为15个工作日。", "期限为20个工作日。")) == "期限为[-15][+20]个工作日。"


def test_a_changed_word_in_the_middle_of_a_sentence() -> None:
    assert shown(words("各乡镇人民政府要提前检修管网。", "各乡镇人民政府应当提前检修管网。")) == "各乡镇人民政府[-要][+应当]提前检修管网。"


def test_sentences_that_have_nothing_in_common_are_not_shredded() -> None:
    assert shown(words("今天晴。请注意防火。", "今天晴。费用由县财政承担！")) == "今天晴。[-请注意防火。][+费用由县财政承担！]"


@given(TEXT, TEXT)
def test_both_texts_can_be_read_out_of_the_difference(old: str, new: str) -> None:
    parts = words(old, new)

    assert "".join(part.text for part in parts if part.change != "added") == old
    assert "".join(part.text for part in parts if part.change != "removed") == new
    assert all(part.text for part in parts)


def test_a_table_is_compared_cell_by_cell() -> None:
    old = "<table><tbody><tr><td>项目</td><td>金额</td></tr><tr><td>供暖</td><td>100</td></tr></tbody></table>"
    blocks = body(old, old.replace("100", "120"))

    changed = next(block for block in blocks if block.change == "changed")
    assert changed.shape == "row"
    assert [shown(cell) for cell in changed.cells] == ["供暖", "[-100][+120]"]


def test_a_paragraph_put_in_leaves_the_others_alone() -> None:
    old = "<p>一、检修。</p><p>二、缴费。</p>"
    blocks = body(old, "<p>一、检修。</p><p>新增一段。</p><p>二、缴费。</p>")

    assert [block.change for block in blocks] == ["same", "added", "same"]


def test_what_did_not_change_is_folded() -> None:
    old = "".join(f"<p>第{n}段。</p>" for n in range(20))
    blocks = body(old, old.replace("第10段", "第十段"))

    assert [(block.change, block.count) for block in blocks] == [("skipped", 8), ("same", 0), ("same", 0), ("changed", 0), ("same", 0), ("same", 0), ("skipped", 7)]
    assert len(body(old, old.replace("第10段", "第十段"), around=None)) == 20


def test_the_same_text_has_no_difference() -> None:
    assert body(DRAFT.body, DRAFT.body) == ()
    assert fields(DRAFT, DRAFT) == ()


def test_fields_are_said_in_their_official_words() -> None:
    new = replace(DRAFT, access="withheld", ground="process_info", formed_on=date(2026, 11, 9), co_makers=("县财政局",))
    found = {change.zh: shown(change.parts) for change in fields(DRAFT, new)}

    assert found["公开属性"] == "[-主动公开][+不予公开]"
    assert found["不予公开的情形"] == "[+过程性信息]"
    assert found["生成日期"] == "[-2026-11-10][+2026-11-09]"
    assert found["联合制发机关"] == "[+县财政局]"


def test_two_revisions_of_an_item_with_their_files(place: County) -> None:
    item = drafted(place)
    actions.attach(place.editor, item.pk, "附表.txt", b"1", at=NOW)
    actions.save(place.second_editor, item.pk, replace(DRAFT, title="关于做好夏季供水工作的通知"), based_on=1, at=NOW)
    actions.detach(place.editor, item.pk, 1, reason="不用", at=NOW)
    found = queries.difference(place.reviewer, item.pk, 1, 2)

    assert [change.name for change in found.fields] == ["title"]
    assert found.blocks == ()
    assert found.files_removed == ("附表.txt",)
    assert (found.old.by, found.new.by) == ("张起草", "李同写")
    assert not found.nothing


def test_the_difference_is_text_and_never_markup(place: County) -> None:
    item = drafted(place, body="<p>一 &lt;script&gt; 二</p>")
    actions.save(place.editor, item.pk, replace(DRAFT, body="<p>一 &lt;b&gt; 二</p>"), based_on=1, at=NOW)
    found = queries.difference(place.editor, item.pk, 1, 2)

    texts = [part.text for block in found.blocks for cell in block.cells for part in cell]
    assert any("<b>" in text or "b" in text for text in texts)
    assert "&lt;" not in "".join(texts)
