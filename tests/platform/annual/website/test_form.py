"""The form as data, what may be typed into it, and its checks: pure."""

from __future__ import annotations

import io
import json
from typing import ClassVar

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.platform.annual.indicators import BY_KEY as INDICATORS
from gongkai.platform.annual.indicators import CHANNELS
from gongkai.platform.annual.website import layout, paper
from gongkai.platform.annual.website.checks import CHECKS, warned
from gongkai.platform.annual.website.fields import BY_KEY, FIELDS, GROUPS, label
from gongkai.platform.annual.website.filling import LEDGER
from gongkai.platform.annual.website.reading import Unread, read, shown, typed

BLANK: dict[str, str | None] = dict.fromkeys(BY_KEY)


class TestTheFormIsData:
    def test_it_has_the_blocks_of_the_notice_in_their_order(self) -> None:
        named = [group.zh for group in GROUPS]

        assert named[2:10] == ["信息发布", "专栏专题", "解读回应", "办事服务", "互动交流", "安全防护", "移动新媒体", "创新发展"]

    def test_labels_and_keys_are_told_apart(self) -> None:
        assert len({field.key for field in FIELDS}) == len(FIELDS)
        assert len({label(field.key) for field in FIELDS}) == len(FIELDS)
        assert len({label(field.key, english=True) for field in FIELDS}) == len(FIELDS)

    def test_the_labels_that_were_seen_in_a_source_are_marked(self) -> None:
        seen = {field.key for field in FIELDS if field.seen}

        assert seen == {"published_overview", "published_news", "published_catalogue", "responses", "messages_public", "interviews"}

    def test_every_figure_of_the_ledger_that_fills_a_box_is_one_of_the_ledger(self) -> None:
        assert all(BY_KEY[key].is_figure and place[0] in INDICATORS and place[1] in CHANNELS for key, place in LEDGER.items())

    def test_the_table_has_every_box_once_and_every_row_is_four_columns_wide(self) -> None:
        rows = [*layout.rows(BLANK)]
        taken = {(y, x): 0 for y in range(len(rows)) for x in range(layout.COLUMNS)}
        for y, row in enumerate(rows):
            x = 0
            for box in row:
                while taken[y, x]:
                    x += 1
                for down in range(box.down):
                    for across in range(box.across):
                        taken[y + down, x + across] += 1

        assert [box.key for row in rows for box in row if not box.head] == [field.key for field in FIELDS]
        assert set(taken.values()) == {1}


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("key", "text", "kept", "printed"),
        [
            ("visits", " 1,200 ", "1200", "1200"), ("visits", "１８００余", "1800+", "1800余"), ("visits", "0", "0", "0"), ("visits", "", "", ""),
            ("messages_days", "2.5", "2.5", "2.5"), ("services_listed", "是", "yes", "是"), ("services_listed", "no", "no", "否"),
            ("site_kind", "部门网站", "department", "部门网站"), ("filled_on", "2024-01-29", "2024-01-29", "2024年1月29日"), ("head", " 某 某 ", "某 某", "某 某"),
        ],
    )  # fmt: skip
    def test_it_is_read_and_printed(self, key: str, text: str, kept: str, printed: str) -> None:
        field = BY_KEY[key]

        assert read(field, text) == kept
        assert shown(field, kept) == printed
        assert read(field, typed(field, kept)) == kept

    @pytest.mark.parametrize(
        ("key", "text"),
        [
            ("visits", "-1"), ("visits", "1.5"), ("visits", "两次"), ("visits", "٣٤"), ("visits", "9" * 60), ("visits", "9" * 30), ("visits", "=1+1"),
            ("messages_days", "2.555"), ("services_listed", "大概"), ("site_kind", "论坛"), ("filled_on", "2024-02-30"), ("filled_on", "٢٠٢٤-٠١-٠١"),
            ("filled_on", "0001-01-01"), ("head", "某" * 61), ("head", "某\x00某"), ("visits", "\x00"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_says_what_to_do(self, key: str, text: str) -> None:
        with pytest.raises(Unread, match=r"。"):
            read(BY_KEY[key], text)

    @given(st.sampled_from(sorted(BY_KEY)), st.text(max_size=80))
    def test_whatever_is_typed_is_read_or_refused_and_what_is_kept_reads_back(self, key: str, text: str) -> None:
        field = BY_KEY[key]
        try:
            kept = read(field, text)
        except Unread as unread:
            assert str(unread)
            return

        assert read(field, typed(field, kept)) == kept


class TestChecks:
    @pytest.mark.parametrize(
        ("values", "found"),
        [
            ({"published_total": "9", "published_news": "4", "published_catalogue": "6"}, "published"),
            ({"interpretations": "5", "interpretation_materials": "2", "interpretation_products": "2", "interpretation_comments": "0"}, "interpretations"),
            ({"interpretations": "3", "interpretation_materials": "4"}, "interpretations"),
            ({"cases_total": "5", "cases_natural": "2", "cases_legal": "2"}, "cases"),
            ({"messages_received": "5", "messages_done": "6"}, "messages_done"),
            ({"messages_done": "5", "messages_public": "6"}, "messages_public"),
            ({"security_found": "1", "security_mended": "2"}, "security"),
            ({"visitors": "9", "visits": "8"}, "visitors"),
            ({"services": "3", "services_online": "4"}, "services"),
            ({"interview_messages": "3", "interview_answers": "4"}, "interviews"),
            ({"media_any": "no", "wechat_posts": "1"}, "media"),
            ({"filled_on": "2023-12-01"}, "filled_on"),
        ],
    )  # fmt: skip
    def test_what_cannot_agree_is_a_warning_in_both_languages(self, values: dict[str, str], found: str) -> None:
        one = warned(BLANK | values, 2023)

        assert [each.key for each in one] == [found]
        assert one[0].zh.endswith("。") and one[0].en.isascii()

    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.key)
    def test_a_blank_is_never_taken_for_zero(self, check: object) -> None:
        one, others = check.one, check.others  # type: ignore[attr-defined]

        assert warned(BLANK | {one: "7"}, 2023) == ()
        assert warned(BLANK | dict.fromkeys(others, "7"), 2023) == ()

    def test_what_is_about_may_be_more(self) -> None:
        assert warned(BLANK | {"published_total": "1800+", "published_news": "800+", "published_catalogue": "1000+"}, 2023) == ()
        assert warned(BLANK | {"visits": "100+", "visitors": "120"}, 2023) == ()
        assert [each.key for each in warned(BLANK | {"visits": "100", "visitors": "120+"}, 2023)] == ["visitors"]

    @given(st.dictionaries(st.sampled_from([key for key in BY_KEY if BY_KEY[key].is_figure]), st.integers(0, 50).map(str)))
    def test_a_warning_stays_whatever_is_put_into_the_blanks(self, values: dict[str, str]) -> None:
        before = {each.key for each in warned(BLANK | values, 2023)}
        blanks = {key: "3" for key in BY_KEY if BY_KEY[key].is_figure and key not in values}

        assert before <= {each.key for each in warned(BLANK | values | blanks, 2023)}


class TestFiles:
    DATA: ClassVar = {"organ": "松荫县人民政府", "year": 2023, "website": "portal", "published": "2024-01-20", "values": BLANK | {
        "site_name": "松荫县政府门户网站", "published_total": "1800+", "services_listed": "yes", "site_kind": "portal", "media_other": "=1+1", "surveys": "0",
    }}  # fmt: skip

    def test_the_docx_has_the_statutory_table_with_blanks_blank(self) -> None:
        made = docx.Document(io.BytesIO(paper.write(self.DATA, "docx")))
        table = made.tables[0]
        said = {row.cells[2].text: row.cells[3].text for row in table.rows}

        assert [paragraph.text for paragraph in made.paragraphs[:3]] == ["政府网站工作年度报表", "（2023年度）", "填报单位：松荫县人民政府"]
        assert len(table.rows) == len(FIELDS) and said["总数"] == "1800余"
        assert said["征集调查期数（单位：期）"] == "0" and said["访谈期数（单位：期）"] == ""
        assert said["是否发布服务事项目录"] == "☑是　□否" and said["是否提供智能问答"] == "□是　□否"

    def test_the_csv_has_no_formula_and_no_zero_for_a_blank(self) -> None:
        lines = paper.write(self.DATA, "csv").decode("utf-8-sig").splitlines()

        assert len(lines) == len(FIELDS) + 1
        assert any(line.endswith("'=1+1,'=1+1") for line in lines)
        assert next(line for line in lines if line.startswith("visits,")).endswith(",,")

    def test_the_json_reads_back(self) -> None:
        assert json.loads(paper.write(self.DATA, "json")) == self.DATA
