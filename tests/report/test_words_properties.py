"""正文: properties of numerals and of lists made up at random."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.words import findings, sums, words
from gongkai.report.words.numerals import numeral, parse
from tests.report.words_material import wide

LABELS = ("政务动态", "通知公告", "政策文件", "政策解读", "财政信息", "人事信息", "规划计划", "便民服务", "机构职能", "领导活动")
PARTS = st.lists(st.integers(1, 4000), min_size=2, max_size=len(LABELS))
UNIT = st.sampled_from(["条", "件", "篇"])
AMONG = st.sampled_from(["，其中", "。其中，", "，其中：", "，包括", "（其中", "，分别为"])
MARK = st.sampled_from(["、", "，", "；"])
LATER = st.sampled_from(["。", "，均已归档。", "；举办活动3场。", "。此外，接待来访5人次。"])
FRAGMENTS = st.lists(
    st.sampled_from(
        ["收到", "政府信息公开申请", "其中", "包括", "5件", "20条", "12.5%", "（", "）", "，", "。", "；", "、", "\n", "共计", "同比增长",
         "未", "没有", "行政复议", "行政诉讼", "结转下年", "六", "百分之", "第", "《", "》", "“", "”", "占", "0", "万", "余", "费", "六部分", "由", "向县政府提出"]
    ),
    max_size=60,
)


@given(st.integers(0, 10**12 - 1))
def test_a_number_written_as_a_numeral_is_read_back(number: int) -> None:
    assert parse(numeral(number)) == number


@given(PARTS, UNIT, AMONG, MARK, LATER)
def test_a_list_that_adds_up_is_recovered(parts: list[int], unit: str, among: str, mark: str, later: str) -> None:
    said = mark.join(f"{label}{part}{unit}" for label, part in zip(LABELS, parts, strict=False))
    close = "）" if "（" in among else ""
    found = sums(wide(f"全年公开信息{sum(parts)}{unit}{among}{said}{close}{later}"))

    assert (Decimal(sum(parts)), tuple(map(Decimal, parts)), True, True) in [
        (one.total.value, tuple(part.value for part in one.parts), one.holds, one.exhaustive) for one in found
    ]
    assert not findings(words([wide(f"全年公开信息{sum(parts)}{unit}{among}{said}{close}{later}")]))


@given(PARTS, UNIT, st.integers(1, 9))
def test_a_full_list_that_misses_its_total_is_reported(parts: list[int], unit: str, gap: int) -> None:
    said = "、".join(f"{label}{part}{unit}" for label, part in zip(LABELS, parts, strict=False))
    total = sum(parts) + gap
    found = findings(words([wide(f"全年公开信息{total}{unit}，分为{said}。")]))

    assert [finding.code for finding in found] == ["narrative.sum_wrong"]
    assert (found[0].facts["sum"], found[0].facts["total"]) == (str(sum(parts)), str(total))


@given(PARTS, UNIT)
def test_the_total_may_stand_after_its_parts(parts: list[int], unit: str) -> None:
    said = "，".join(f"公开{label}{part}{unit}" for label, part in zip(LABELS, parts, strict=False))
    found = sums(wide(f"{said}，共计{sum(parts)}{unit}。"))

    assert any(one.total.value == sum(parts) and one.holds for one in found)


@settings(max_examples=300)
@given(FRAGMENTS)
def test_no_words_break_the_reading(fragments: list[str]) -> None:
    here = wide("".join(fragments))
    found = words([here])

    assert all(0 <= q.begin <= q.start < q.end <= len(here.prose.plain) for q in found.quantities)
    assert all(q.quote in here.prose.text for q in found.quantities)
    assert all(finding.sentence() for finding in findings(found))


def test_lists_nested_without_end_are_read_in_bounded_time() -> None:
    for junk in ("其中政务5条、" * 600, "其中(5件" * 600, "一二三" * 4000, "未收到公民、" * 2000):
        assert words([wide(junk)]) is not None
