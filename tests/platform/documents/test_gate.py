"""The gate: what must not be published by mistake is found, what is no concern is left alone."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.platform.documents.cleaning import plain
from gongkai.platform.documents.gate import RULES, Facts, GateFinding, Severity, Word, Wordlist, check
from gongkai.platform.documents.gate.digits import (
    PROVINCES,
    credit_check,
    identity_check,
    is_credit_code,
    is_identity,
    is_registration,
    luhn,
)

TITLE = "关于公布惠民补贴发放结果的公告"


def identity(first: str = "65312219900307412") -> str:
    return first + identity_check(first)


def card(first: str = "621700123456789012") -> str:
    return next(first + str(digit) for digit in range(10) if luhn(first + str(digit)))


def codes(*texts: str, words: Wordlist | None = None) -> list[str]:
    return [finding.code for finding in check("".join(f"<p>{text}</p>" for text in texts), TITLE, words=words)]


def one(text: str, **more: Wordlist) -> GateFinding:
    (finding,) = check(f"<p>{text}</p>", TITLE, **more)
    return finding


class TestCheckCharacters:
    @given(
        st.sampled_from(sorted(PROVINCES)),
        st.integers(1, 99),
        st.dates(date(1900, 1, 1), date(2099, 12, 31)),
        st.integers(0, 999),
        st.integers(0, 99),
    )
    def test_a_right_number_is_known_and_any_one_wrong_digit_is_noticed(
        self, province: str, city: int, born: date, serial: int, county: int
    ) -> None:
        number = identity(f"{province}{city:02}{county:02}{born:%Y%m%d}{serial:03}")
        place = random.Random(number).randrange(17)
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]

        assert is_identity(number)
        assert not is_identity(wrong)

    @given(st.text("0123456789", min_size=17, max_size=17))
    def test_a_number_without_province_or_day_of_birth_is_none(self, first: str) -> None:
        if is_identity(identity(first)):
            assert first[:2] in PROVINCES
            date(int(first[6:10]), int(first[10:12]), int(first[12:14]))

    @given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.integers(0, 999999))
    def test_credit_codes_are_known_by_their_check_character(self, unit: str, area: int) -> None:
        first = f"11{area:06}{unit}"

        assert is_credit_code(first + credit_check(first))
        assert not is_credit_code(first + ("0" if credit_check(first) != "0" else "1"))

    @given(st.text("0123456789", min_size=15, max_size=18), st.integers(0, 17), st.integers(1, 9))
    def test_luhn_notices_any_one_wrong_digit(self, first: str, place: int, by: int) -> None:
        number = card(first)
        place %= len(number)
        wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

        assert luhn(number)
        assert not luhn(wrong)

    def test_published_examples_hold(self) -> None:
        assert identity_check("11010519491231002") == "X"
        assert is_credit_code("91350100M000100Y43")
        assert is_registration("110108000000016")
        assert luhn("4111111111111111")


class TestNumbersOfPersons:
    def test_an_identity_number_stops_publication_and_is_never_shown_whole(self) -> None:
        number = identity()
        finding = one(f"买买提，男，身份证号：{number}，住疏勒县。")

        assert (finding.code, finding.severity) == ("identity_card", Severity.BLOCK)
        for text in (finding.excerpt, finding.message.zh, finding.message.en, finding.fingerprint):
            assert number not in text and number[5:15] not in text
        assert f"653*************{number[-2:]}" in finding.excerpt
        text = f"买买提，男，身份证号：{number}，住疏勒县。"
        assert (finding.where.start, finding.where.end) == (text.index(number), text.index(number) + 18)
        assert finding.where.place.zh == "正文第 1 段"

    @pytest.mark.parametrize("shape", ["{}", "{} ", "（{}）", "身份证{}", "　{}，", "号码:{}。", "“{}”"])
    def test_an_identity_number_is_found_wherever_it_stands(self, shape: str) -> None:
        assert codes(shape.format(identity())) == ["identity_card"]

    def test_it_is_found_with_blanks_wide_digits_and_a_small_x(self) -> None:
        number = identity()
        with_x = "11010519491231002X"
        wide = number.translate({48 + n: 0xFF10 + n for n in range(10)})

        assert codes(f"{number[:6]} {number[6:14]} {number[14:]}") == ["identity_card"]
        assert codes(wide) == ["identity_card"]
        assert codes(with_x.lower()) == ["identity_card"]

    def test_the_span_counts_characters_of_the_plain_body(self) -> None:
        html = f"<h2>一、名单</h2><table><tr><td>张三</td><td>{identity()}</td></tr></table>"
        (finding,) = check(html, TITLE)

        assert plain(html)[finding.where.start : finding.where.end] == identity()

    def test_two_numbers_side_by_side_are_both_masked_in_both_excerpts(self) -> None:
        first, second = identity(), identity("65312219850101123")
        found = check(f"<p>{first}、{second}</p>", TITLE)

        assert len(found) == 2
        assert all(first not in finding.excerpt and second not in finding.excerpt for finding in found)

    def test_a_number_called_an_identity_number_with_a_slip_in_it_is_a_warning(self) -> None:
        number = identity()
        wrong = number[:-1] + ("1" if number[-1] != "1" else "2")

        assert codes(f"身份证号：{wrong}") == ["identity_card_odd"]
        assert codes(f"序列 {wrong}") == []

    def test_old_numbers_of_fifteen_digits_are_a_warning(self) -> None:
        assert codes("身份证号 653122670401001") == ["identity_card_15"]
        assert codes("653122670499001") == []

    def test_bank_cards_stop_where_they_are_called_so_and_warn_elsewhere(self) -> None:
        assert codes(f"卡号：{card()}") == ["bank_card"]
        assert codes(f"王某 {card()}") == ["bank_card_likely"]
        assert codes(
            "开户行：农业银行 账号 6228 4800 1234 5678 "
            + next(f"{n:03}" for n in range(1000) if luhn(f"6228480012345678{n:03}"))
        ) == ["bank_card"]
        assert codes("4111 1111 1111 1111") == ["bank_card_likely"]

    def test_the_heading_of_a_column_names_the_numbers_below_it(self) -> None:
        html = f"<table><tr><th>姓名</th><th>银行卡号</th></tr><tr><td>甲</td><td>{card()}</td></tr><tr><td>乙</td><td>{card('622848001234567801')}</td></tr></table>"

        assert [finding.code for finding in check(html, TITLE)] == ["bank_card", "bank_card"]

    @pytest.mark.parametrize(
        "text",
        ["13899112233", "138 9911 2233", "138-9911-2233", "+86 13899112233", "手机13899112233", "张三（13899112233）"],
    )
    def test_mobile_numbers_are_a_warning(self, text: str) -> None:
        finding = one(f"联系人：张三，{text}。")

        assert (finding.code, finding.severity) == ("mobile", Severity.WARN)
        assert "9911" not in finding.excerpt and "33" in finding.excerpt

    def test_passports_stop_where_they_are_called_so(self) -> None:
        assert codes("护照号码：E12345678") == ["travel_document"]
        assert codes("设备型号 E12345678") == []

    def test_mail_at_a_personal_host_is_a_warning_and_that_of_an_organ_is_none(self) -> None:
        assert codes("意见请发至 zhangsan@qq.com") == ["personal_mail"]
        assert codes("意见请发至 xxgk@shule.example") == []


class TestNoFalseAlarms:
    @pytest.mark.parametrize(
        "text",
        [
            "统一社会信用代码：91350100M000100Y43",
            "统一社会信用代码 11653122010412345X",
            "索引号：000014349/2017-00110",
            "索引号 11341702486344515H/202110-00013",
            "0998-6572123、（0998）6572124、6572125，传真 0998-6572126",
            "咨询电话：0571-87654321转8001，12345，400-890-1234",
            "采购项目编号：653122202401150012",
            "宗地编号 653122001001GB00012，不动产单元号 653122001001GB00012W00000000",
            "项目代码：2401-653122-04-01-123456",
            "许可证编号：JY26531220001234，备案号 新ICP备12345678号-1",
            "发票号码 24652000000012345678",
            "预算金额 13812345678.90 元，占 13.81%",
            "新建道路 13800000000 米",
            "2024年1月15日至2024年12月31日，20240115-20241231",
            "身份证号：653***********4123，手机 138****1122，卡号 6217************123",
            "坐标 39.4012345678，76.1234567890",
            "国家标准 GB 11643-1999、GB/T 9704—2012、ISO 7064",
            "ISBN 978-7-5202-0123-4，ISSN 1000-1234",
            "订单号 6217001234567890123",
            "申请编号：13899112233",
            "〔2024〕12号、国办发〔2019〕14号",
            "条例第十四条规定，依法确定为国家秘密的政府信息不予公开。",
            "不得泄露国家秘密、工作秘密、商业秘密和个人隐私。",
            "保守国家秘密法所称绝密级、机密级、秘密级国家秘密。",
            "属于不予公开范围的，应当说明理由；内部资料由档案室保存。",
            "（三）<br>不予公开<br>1.属于国家秘密",
            "此件公开发布",
            "公开属性：主动公开",
        ],
    )  # fmt: skip
    def test_what_is_no_concern_is_left_alone(self, text: str) -> None:
        assert codes(text) == []

    def test_a_serial_number_with_the_shape_of_an_identity_number_is_none(self) -> None:
        assert codes(f"采购编号：{identity('65312220240115001')}") == []
        assert codes(f"采购人身份证：{identity()}") == ["identity_card"]

    def test_a_registration_number_of_a_business_is_no_old_identity_number(self) -> None:
        assert is_registration("110108000000016")
        assert codes("110108000000016") == []

    @given(st.text("0123456789", min_size=18, max_size=18))
    def test_a_number_of_eighteen_digits_is_called_an_identity_number_only_with_right_check_character(
        self, number: str
    ) -> None:
        assert ("identity_card" in codes(f"甲 {number}")) == is_identity(number)

    @given(st.integers(10**20, 10**30))
    def test_longer_numbers_are_never_taken_apart(self, number: int) -> None:
        assert codes(f"流水 {number}") == []


class TestMarks:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("机密★10年", "secrecy_mark"), ("秘密 ★ 长期", "secrecy_mark"), ("绝密", "secrecy_mark"), ("【秘密】", "secrecy_mark"), ("密级：机密", "secrecy_mark"),
            ("机　密★", "secrecy_mark"), ("内部资料 注意保存", "internal_mark"), ("内部资料，请注意保管", "internal_mark"), ("（此件不公开）", "internal_mark"), ("（不予公开）", "internal_mark"),
            ("此件不予公开", "internal_mark"), ("公开属性：不予公开", "internal_mark"), ("工作秘密", "internal_mark"), ("工作秘密★", "internal_mark"), ("内部文件", "internal_mark"),
            ("公开方式：依申请公开", "on_request_mark"), ("（此件依申请公开）", "on_request_mark"),
        ],
    )  # fmt: skip
    def test_a_mark_is_found(self, text: str, code: str) -> None:
        assert codes(text, "正文。") == [code]


class TestWords:
    WORDS = Wordlist((
        Word("喀什行署", "喀什地区行署", "organ"), Word("疏勒县府", "疏勒县人民政府", "organ"),
        Word("张县长三", "县长张三", "leader"), Word("最先进", "请勿使用绝对化用语。", "forbidden"),
    ))  # fmt: skip

    def test_wrong_names_stop_and_say_the_right_one(self) -> None:
        finding = one("报疏勒县府审定。", words=self.WORDS)

        assert (finding.code, finding.severity) == ("wrong_organ", Severity.BLOCK)
        assert "疏勒县人民政府" in finding.advice.zh
        assert codes("张县长三出席会议。", words=self.WORDS) == ["wrong_leader"]
        assert codes("最先进的做法", words=self.WORDS) == ["forbidden_word"]

    def test_a_wrong_form_within_its_right_form_is_right(self) -> None:
        words = Wordlist((Word("人民政府办", "人民政府办公室", "organ"),))

        assert codes("疏勒县人民政府办公室", words=words) == []
        assert codes("疏勒县人民政府办", words=words) == ["wrong_organ"]

    def test_slips_that_are_slips_everywhere_warn(self) -> None:
        finding = one("截止目前，各项工作已布置。")

        assert (finding.code, finding.severity) == ("typo", Severity.WARN)
        assert "截至目前" in finding.advice.zh
        assert codes("截止目前", words=Wordlist(standard=False)) == []

    def test_the_title_is_read_too(self) -> None:
        (finding,) = check("<p>正文</p>", "关于布署防汛工作的通知")

        assert (finding.code, finding.where.part) == ("typo", "title")


class TestTitleAndFacts:
    @pytest.mark.parametrize(
        ("title", "code"),
        [
            ("", "title_empty"), ("  ", "title_empty"), ("关于公布结果的公告。", "title_stop"), ("关于印发《办法的通知", "title_pairs"), ("关于（试行的通知", "title_pairs"),
            ("关于加强管理", "title_kind"), ("关于关于加强管理的通知", "title_twice"), ("关于加强管理的的通知", "title_twice"), ("补贴名单.xlsx", "title_file"),
            ("关于管理的通知（终稿）", "title_file"), ("关于" + "管理" * 60 + "的通知", "title_long"),
        ],
    )  # fmt: skip
    def test_a_title_that_is_wrong_is_found(self, title: str, code: str) -> None:
        found = [finding.code for finding in check("<p>正文</p>", title)]

        assert code in found or (code == "title_file" and "终稿" in title)

    @pytest.mark.parametrize(
        "title",
        [
            "关于印发《疏勒县政府信息公开工作实施方案》的通知", "疏勒县人民政府2024年政府信息公开工作年度报告", "关于公开征求意见的公告（2024年第3号）",
            "《办法》政策解读", "关于同意设立机构的批复", "行政处罚决定书（疏市监处罚〔2024〕12号）", "关于做好工作的通知（试行）",
        ],
    )  # fmt: skip
    def test_ordinary_titles_are_left_alone(self, title: str) -> None:
        assert check("<p>正文</p>", title) == ()

    def test_dates_and_numbers_are_held_against_one_another(self) -> None:
        facts = Facts(
            date(2024, 5, 1),
            "疏政办发[2023]12号",
            date(2024, 6, 1),
            date(2024, 3, 1),
            date(2024, 7, 1),
            date(2024, 6, 30),
        )
        found = {finding.code: finding for finding in check("<p>正文</p>", TITLE, facts=facts)}

        assert found.keys() == {"date_future", "date_order", "number_form", "number_year"}
        assert "疏政办发〔2023〕12号" in found["number_form"].advice.zh
        assert "2024-06-01" in found["date_future"].message.zh

    @pytest.mark.parametrize("number", ["疏政办发〔2024〕12号", "第12号", "2024年第3号", "疏勒县人民政府令第5号", ""])
    def test_right_numbers_are_left_alone(self, number: str) -> None:
        assert check("<p>正文</p>", TITLE, facts=Facts(document_number=number)) == ()

    @pytest.mark.parametrize(
        "number",
        [
            "疏政办发〔2024〕012号",
            "疏政办发〔2024〕第12号",
            "疏政办发2024-12",
            "疏政办发（2024）12号",
            "疏政办发〔24〕12号",
        ],
    )
    def test_wrong_numbers_are_found(self, number: str) -> None:
        assert [finding.code for finding in check("<p>正文</p>", TITLE, facts=Facts(document_number=number))] == [
            "number_form"
        ]

    def test_nothing_at_all_is_a_finding(self) -> None:
        assert [finding.code for finding in check("", TITLE)] == ["nothing"]


class TestFindings:
    def test_a_finding_has_the_same_fingerprint_when_words_elsewhere_change(self) -> None:
        first, second = one(f"名单：{identity()}"), one(f"改过的另一段话，更长了。名单：{identity()}")

        assert first.fingerprint == second.fingerprint
        assert first.where != second.where

    def test_the_same_number_twice_is_two_findings(self) -> None:
        found = check(f"<p>{identity()}</p><p>{identity()}</p>", TITLE)

        assert len({finding.fingerprint for finding in found}) == 2

    def test_what_stops_comes_first(self) -> None:
        found = check(f"<p>13899112233</p><p>{identity()}</p>", TITLE)

        assert [finding.severity for finding in found] == [Severity.BLOCK, Severity.WARN]

    def test_every_rule_has_a_code_of_its_own_and_speaks_both_languages(self) -> None:
        assert len({rule.code for rule in RULES}) == len(RULES) > 30
        for rule in RULES:
            assert rule.says.zh and rule.says.en and rule.advice.zh and rule.advice.en

    @given(st.text(max_size=200))
    def test_any_text_can_be_checked(self, text: str) -> None:
        from html import escape

        for finding in check(f"<p>{escape(text)}</p>", text):
            assert finding.message.zh and finding.fingerprint
