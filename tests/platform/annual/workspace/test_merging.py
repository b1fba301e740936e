"""Two people's changes put together: no word of either is lost, and only the same sentence is a clash. No database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.platform.annual.merging import Merged, Whose, joint, merge
from gongkai.report.comparing.prose import sentences

WORDS = ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障", "发布政策文件51条", "受理申请6件", "举办培训{{trainings}}次", "改进不够", "按季检查")
sentence = st.builds(lambda words, end: "，".join(words) + end, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.sampled_from(["。", "；", "。\n", "\n", "。\n\n"]))
text = st.lists(sentence, max_size=7).map("".join)


@st.composite
def changed(draw: st.DrawFn, base: list[str]) -> str:
    """What somebody makes of a text: sentences kept, dropped, reworded, moved, added."""
    found: list[str] = []
    for each in base:
        match draw(st.integers(0, 6)):
            case 0:
                continue
            case 1:
                found.append(draw(sentence))
            case 2:
                found.append(each.replace("公开", "发布").replace("6", "9").replace("改进", "改"))
            case 3:
                found += [each, draw(sentence)]
            case _:
                found.append(each)
    if draw(st.booleans()) and len(found) > 1:
        found.append(found.pop(0))
    return "".join(found)


@st.composite
def three(draw: st.DrawFn) -> tuple[str, str, str]:
    base = draw(st.lists(sentence, max_size=7))
    return "".join(base), draw(changed(base)), draw(changed(base))


@given(three())
def test_no_sentence_that_either_wrote_is_lost(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    merged = merge(base, mine, theirs).text

    for wrote in (mine, theirs):
        new = [each for each in sentences(wrote) if each not in sentences(base)]
        assert all(each in merged for each in new), (new, merged)


@given(three())
def test_every_part_holds_what_each_of_the_three_says_there(texts: tuple[str, str, str]) -> None:
    merged = merge(*texts)

    assert "".join(part.base for part in merged.parts) == texts[0]
    assert "".join(part.mine for part in merged.parts) == texts[1]
    assert "".join(part.theirs for part in merged.parts) == texts[2]
    for part in merged.parts:
        assert part.whose is not Whose.CLASH or (part.mine in part.text and part.theirs in part.text)


@given(three())
def test_it_does_not_matter_who_saves_first_except_for_the_order_of_two_wordings(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert [(part.base, part.mine, part.theirs) for part in one.clashes] == [(part.base, part.theirs, part.mine) for part in other.clashes]
    if not one.of(Whose.CLASH, Whose.BOTH):
        assert one.text == other.text


@given(text, text)
def test_what_only_one_changed_is_as_that_one_left_it(base: str, wrote: str) -> None:
    assert merge(base, wrote, base).text == wrote
    assert merge(base, base, wrote).text == wrote
    assert merge(base, wrote, wrote).text == wrote
    assert not any(found.clashes for found in (merge(base, wrote, base), merge(base, base, wrote), merge(base, wrote, wrote)))


@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=10, unique=True), st.data())
def test_changes_in_different_sentences_never_clash(words: list[str], data: st.DataObject) -> None:
    base = [f"{each}。" for each in words]
    mine_at = data.draw(st.sets(st.integers(0, len(base) - 1), max_size=3))
    theirs_at = data.draw(st.sets(st.integers(0, len(base) - 1), max_size=3)) - mine_at
    mine = "".join(f"我改的{each}" if place in mine_at else each for place, each in enumerate(base))
    theirs = "".join(f"对方改的{each}" if place in theirs_at else each for place, each in enumerate(base))
    merged = merge("".join(base), mine, theirs)

    assert not merged.clashes
    assert merged.text == "".join(f"我改的{each}" if n in mine_at else f"对方改的{each}" if n in theirs_at else each for n, each in enumerate(base))


def told(merged: Merged) -> list[tuple[str, str]]:
    return [(part.whose.value, part.text) for part in merged.parts if part.whose is not Whose.BASE]


@pytest.mark.parametrize(("base", "mine", "theirs", "expected"), [
    ("甲甲甲。乙乙乙。", "甲甲新。乙乙乙。", "甲甲甲。乙乙改。", [("mine", "甲甲新。"), ("theirs", "乙乙改。")]),
    ("甲甲甲。", "甲甲甲。我加了培训。", "甲甲甲。对方加热线诉求。", [("both", "对方加热线诉求。我加了培训。")]),
    ("甲甲甲。", "甲甲甲。举办培训2次。", "甲甲甲。举办培训3次。", [("clash", "举办培训3次。举办培训2次。")]),
    ("甲甲甲。乙乙乙。", "乙乙乙。", "甲甲改。乙乙乙。", [("clash", "甲甲改。")]),
    ("", "我写的", "对方写的", [("clash", "对方写的\n我写的")]),
    ("甲。\n乙。", "甲。\n丙。\n乙。", "甲。\n乙。", [("mine", "丙。\n")]),
])  # fmt: skip
def test_what_is_put_together_and_what_is_asked(base: str, mine: str, theirs: str, expected: list[tuple[str, str]]) -> None:
    assert told(merge(base, mine, theirs)) == expected


def test_two_wordings_without_an_end_stand_on_two_lines() -> None:
    assert joint("一", "二") == "一\n二"
    assert joint("一。", "二") == "一。二"
    assert joint("", "二") == "二"


def test_a_long_section_is_merged_quickly() -> None:
    base = [f"第{number}项工作按期完成{number * 7}件。" for number in range(1500)]
    mine, theirs = [*base], [*base]
    mine[3::40], theirs[17::40] = ["我改的。"] * len(mine[3::40]), ["对方改的。"] * len(theirs[17::40])
    merged = merge("".join(base), "".join(mine), "".join(theirs))

    assert not merged.clashes
    assert merged.text.count("我改的。") == len(base[3::40]) and merged.text.count("对方改的。") == len(base[17::40])
