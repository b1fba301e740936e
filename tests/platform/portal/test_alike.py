"""What may answer a question put in a sentence: by the pieces that it shares with it, whatever else it says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.platform.catalogue.queries import public
from gongkai.platform.catalogue.queries.public_alike import MOST_PIECES, pieces

from . import making
from .making import TODAY

pytestmark = pytest.mark.django_db


def titles(question: str, *organs: int) -> list[str]:
    return [row.title for row in public.alike(question, organs, TODAY)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("请提供2025年西关片区征地补偿安置方案的全部材料复印件", True),
        ("西关片區徵地補償標準是多少", True),
        ("想了解西关片区的征地情况和补偿安置的有关政府信息", True),
        ("公务员招录职位表", False),
        ("关于2025年的有关政府信息", False),
        ("", False),
        ("！？、\x00", False),
    ],
)
def test_a_question_in_a_sentence_finds_what_it_is_about(question: str, found: bool) -> None:
    making.publication(making.organ(), "关于西关片区征地补偿安置方案的公告")

    assert bool(titles(question)) is found


def test_what_shares_more_stands_first_and_the_own_organ_among_equals() -> None:
    own, other = making.organ("疏桐县财政局"), making.organ("疏桐县教育局")
    making.publication(own, "西关片区旧房改造公告")
    making.publication(own, "西关片区征地补偿安置方案")
    making.publication(other, "西关片区征地补偿安置方案", at=making.NOON + timedelta(days=9))
    rows = public.alike("西关片区征地补偿安置方案", [own.pk], TODAY)

    assert [(row.title, row.organ_name) for row in rows] == [("西关片区征地补偿安置方案", own.name), ("西关片区征地补偿安置方案", other.name)]


def test_what_was_withdrawn_or_is_over_is_not_offered() -> None:
    of = making.organ()
    making.withdrawn(of, "西关片区征地补偿安置方案")
    making.publication(of, "西关片区征地补偿安置方案（旧）", expires_on=TODAY - timedelta(days=1))

    assert titles("西关片区征地补偿安置方案") == []


def test_it_is_one_statement_however_much_is_asked() -> None:
    making.publication(making.organ(), "西关片区征地补偿安置方案")
    with CaptureQueriesContext(connection) as counted:
        titles("西关片区征地补偿安置方案" * 40 + "，以及其他各种各样的事情")

    assert len(counted) == 1
    assert len(pieces("城乡居民基本医疗保险" * 50)) <= MOST_PIECES
