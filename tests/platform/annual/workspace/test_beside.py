"""What stands beside the text, without a database: tokens offered, plain numbers flagged, last year's words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.platform.annual import beside
from gongkai.platform.annual.beside import Stale
from gongkai.platform.annual.ledger import YearFigure
from gongkai.platform.annual.tokens import Knowledge
from gongkai.report.model import AnnualReport


def figure(value: int, about: bool = False) -> YearFigure:
    return YearFigure(Decimal(value), about, (0,), (1,))


KNOWN = Knowledge(
    {("published", "site"): figure(2194), ("policies", ""): figure(51), ("interpretations", ""): figure(57), ("reads", "wechat"): figure(420000), ("hotline_help", ""): figure(9582)},
    AnnualReport(),
)  # fmt: skip
OFFERS = beside.offers(KNOWN)


@pytest.mark.parametrize(("text", "number", "token", "same"), [
    ("通过政府网站公开政府信息2194条。", "2194", "published.site", True),
    ("发布政策文件52条。", "52", "policies", False),
    ("相应解读55条。", "55", "interpretations", False),
    ("阅读量42万人次。", "42万", "reads.wechat", True),
    ("其中求助9582件。", "9582", "hotline_help", True),
])  # fmt: skip
def test_a_plain_number_that_the_ledger_knows_is_flagged(text: str, number: str, token: str, same: bool) -> None:
    found = beside.loose(1, text, OFFERS)

    assert [(each.number, each.offers[0].name, each.same) for each in found] == [(number, token, same)]
    assert text[found[0].start : found[0].end] == number


@pytest.mark.parametrize("text", ["召开会议3次。", "2023年1月1日", "国办公开办函〔2021〕30号", "公开{{published.site}}条。", "没有数字。", ""])
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not beside.loose(1, text, OFFERS)


@given(st.lists(st.sampled_from(["发布政策文件51条", "{{policies}}", "，", "。", "\n", "9582件", "2023年", "{{oops}}", "解读57条"]), max_size=12).map("".join))
def test_places_hold_whatever_the_text(text: str) -> None:
    assert len(beside.masked(text)) == len(text)
    assert all(text[each.start : each.end] == each.number for each in beside.loose(1, text, OFFERS))
    assert "".join(piece.text if not piece.token or piece.unknown else "{{" + piece.token + "}}" for piece in beside.pieces(text, KNOWN)) == text
    assert "".join(piece.text for piece in beside.stale(text, 2024)) == text


def test_last_years_years_and_figures_are_marked() -> None:
    found = beside.stale("2022年，公开信息1800余条，制度不断完善。", 2023)

    assert [(piece.text, piece.stale) for piece in found if piece.stale] == [("2022", Stale.YEAR), ("1800余条", Stale.NUMBER)]


def test_only_sentences_with_figures_or_years_are_called_copied() -> None:
    before = "2022年，公开信息1800余条。我们坚持依法公开。"

    assert beside.copied(before, before, 2023) == ("2022年，公开信息1800余条。",)
