"""正文: what own sentences state, and what they do not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.law.findings import Severity
from gongkai.report.model import AnnualReport, Section
from gongkai.report.prose import Prose
from gongkai.report.rules import prose as rules
from gongkai.report.words import claims, fee_statement, findings, quantities, ratios, sums, words
from tests.report import words_sentences as own
from tests.report.words_material import section, wide

SUBDISTRICT = AnnualReport(organ="柳溪县青石街道办事处")
FORMS = pytest.mark.parametrize("form", [section, wide], ids=["half-width", "full-width"])


class TestQuantities:
    @FORMS
    @pytest.mark.parametrize(("sentence", "expected"), own.QUANTITIES)
    def test_numbers_with_their_units_are_found(self, sentence, expected, form):
        found = quantities(form(sentence))

        assert [(quantity.value, quantity.unit) for quantity in found] == [(Decimal(v), unit) for v, unit in expected]

    @FORMS
    @pytest.mark.parametrize("sentence", own.NO_QUANTITIES)
    def test_dates_numbers_of_documents_and_slogans_are_no_quantities(self, sentence, form):
        assert quantities(form(sentence)) == ()

    def test_a_quantity_has_its_place_its_words_and_its_qualifier(self):
        here = section("全年网站公开信息1800余条；微博约300条。")
        first, second = quantities(here)

        assert here.prose.plain[first.start : first.end] == "1800余条"
        assert (first.quote, first.about, first.qualifier, first.approx) == ("全年网站公开信息1800余条", "全年网站公开信息", "余", True)
        assert (second.about, second.qualifier, second.kind) == ("微博约", "约", "count")

    def test_a_range_has_two_ends(self):
        (quantity,) = quantities(section("每季度开展检查3-5次。"))

        assert (quantity.low, quantity.high) == (3, 5)

    def test_zero_said_in_words_is_marked_as_such(self):
        (quantity,) = quantities(section("2023年，我局未收到政府信息公开申请。"))

        assert (quantity.value, quantity.implicit, quantity.quote) == (0, True, "我局未收到政府信息公开申请")

    def test_words_broken_by_a_page_are_read_and_quoted_as_printed(self):
        text = "本机关全年通过政府网站、政务新媒体等渠道主动公开各类政府信息120条，其中政\n务动态信息70条、规范性文件等政策类信息50条。"
        here = section(text)
        found = words([here])

        assert [quantity.value for quantity in found.quantities] == [120, 70, 50]
        assert found.quantities[1].quote == "其中政\n务动态信息70条"
        assert here.prose.plain[found.quantities[2].start : found.quantities[2].end] == "50条"
        assert found.sums[0].holds

    def test_quotes_are_those_of_the_source_where_the_plain_form_is_shorter(self):
        prose = Prose("共 收 到 申 请 5 件", "共收到申请5件", (0, 2, 4, 6, 8, 10, 12, 13))
        (quantity,) = quantities(Section(1, "", prose))

        assert quantity.quote == "共 收 到 申 请 5 件"


class TestSums:
    @FORMS
    @pytest.mark.parametrize(("sentence", "expected"), own.SUMS)
    def test_additions_are_found(self, sentence, expected, form):
        found = [(one.total.value, tuple(p.value for p in one.parts), one.holds, one.exhaustive) for one in sums(form(sentence))]

        assert sorted(found, key=str) == sorted(((Decimal(t), tuple(map(Decimal, p)), h, e) for t, p, h, e in expected), key=str)

    @pytest.mark.parametrize("sentence", own.NO_SUMS)
    def test_numbers_side_by_side_are_no_addition(self, sentence):
        assert sums(section(sentence)) == ()

    def test_more_and_nearly_are_read_as_ranges(self):
        (more,) = sums(section("公开信息500余条，其中网站300余条，微信200余条。"))
        (exact,) = sums(section("公开信息500条，其中网站300条，微信199条。"))

        assert (more.approx, more.holds) == (True, True)
        assert (exact.approx, exact.holds) == (False, False)

    def test_the_quote_runs_from_the_total_to_the_last_part(self):
        (one,) = sums(section("据统计，全年公开信息50条，其中动态30条、公告20条，均已归档。"))

        assert one.quote == "全年公开信息50条，其中动态30条、公告20条"


class TestRatios:
    @FORMS
    @pytest.mark.parametrize(("sentence", "expected"), own.RATIOS)
    def test_ratios_are_recomputed(self, sentence, expected, form):
        found = [
            (str(r.numerator.value), str(r.denominator.value), str(r.printed), r.kind, r.holds, r.truncated)
            for r in ratios(form(sentence))
        ]

        assert found == list(expected)

    @pytest.mark.parametrize("sentence", own.NO_RATIOS)
    def test_ratios_without_their_numbers_are_left_alone(self, sentence):
        assert ratios(section(sentence)) == ()


class TestClaims:
    @FORMS
    @pytest.mark.parametrize(("sentence", "expected"), own.CLAIMS)
    def test_figures_that_the_tables_repeat_are_claims(self, sentence, expected, form):
        found = {(claim.check, claim.value) for claim in claims(form(sentence))}

        assert found == {(f"narr.{check}", Decimal(value)) for check, value in expected}

    @pytest.mark.parametrize(("sentence", "checks", "value"), own.COMBINED)
    def test_one_figure_for_two_rows_says_so(self, sentence, checks, value):
        assert value in [claim.value for claim in claims(section(sentence)) if claim.checks == checks]

    @FORMS
    @pytest.mark.parametrize("sentence", own.NO_CLAIMS)
    def test_mailboxes_hotlines_and_published_items_are_no_claims(self, sentence, form):
        assert claims(form(sentence)) == ()

    def test_contradicting_figures_are_marked_as_contested(self):
        found = claims(section("共收到政府信息公开申请22件。\n全年收到政府信息公开申请24件。"))

        assert [(claim.value, claim.contested) for claim in found] == [(22, True), (24, True)]

    def test_a_denial_of_one_channel_is_narrow_and_of_lost_cases_ambiguous(self):
        (narrow,) = claims(section("我镇未收到网络政府信息公开申请。"))
        ambiguous = claims(section("没有因政府信息公开引起的行政诉讼、行政复议败诉。"))

        assert narrow.scope_narrow
        assert [(claim.check, claim.ambiguous) for claim in ambiguous] == [
            ("narr.reconsideration", True), ("narr.litigation", True),
        ]


class TestFees:
    @FORMS
    @pytest.mark.parametrize(("sentence", "yuan"), own.FEES)
    def test_every_way_of_saying_what_was_charged_is_understood(self, sentence, yuan, form):
        found = fee_statement([form(sentence, 6)])

        assert (found is None) == (yuan is None)
        assert found is None or int(found.value) == yuan

    def test_section_six_is_asked_first(self):
        found = fee_statement([section("依申请公开未收取任何费用。"), section("本年度收取信息处理费30元。", 6)])

        assert found is not None
        assert (found.value, found.section) == (30, 6)


class TestFindings:
    @FORMS
    @pytest.mark.parametrize(("sentence", "expected"), own.FINDINGS)
    def test_what_does_not_hold_is_reported(self, sentence, expected, form):
        found = findings(words([form(sentence)]), SUBDISTRICT)

        assert [(finding.code, finding.severity) for finding in found] == [(code, Severity(s)) for code, s in expected]

    @FORMS
    @pytest.mark.parametrize("sentence", own.NO_FINDINGS)
    def test_what_holds_or_cannot_be_told_is_not(self, sentence, form):
        assert findings(words([form(sentence)]), SUBDISTRICT) == ()

    @pytest.mark.parametrize(("sentence", "expected"), own.FINDINGS)
    def test_every_finding_has_a_sentence_in_both_languages(self, sentence, expected):
        for finding in findings(words([section(sentence)]), SUBDISTRICT):
            assert "{" not in finding.sentence("zh") + finding.sentence("en")

    def test_requests_to_the_government_are_at_home_in_its_own_report(self):
        said = words([section("受理公民向县政府及县政府办公室提出的政府信息公开申请5件。")])

        assert findings(said, AnnualReport(organ="柳溪县人民政府")) == ()
        assert findings(said, AnnualReport(organ="柳溪县人民政府办公室")) == ()
        assert [finding.rule for finding in findings(said, AnnualReport(organ="柳溪县教育局"))] == [rules.COPIED_SCOPE]

    def test_every_rule_speaks_both_languages(self):
        for rule in rules.RULES:
            assert set(rule.says) == {"zh", "en"}
            assert not rule.advice or set(rule.advice) == {"zh", "en"}
