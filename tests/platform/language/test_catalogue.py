"""The English catalogue: complete, with the same gaps as the Chinese, and written by scripts.messages."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from scripts import messages, official

GAPS = re.compile(r"%(?:\((\w+)\))?[sd]|\{[a-z]+(?::\w+)?\}")
HAN = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]")
QUOTED = ("澜政发〔2024〕12号", "国办函〔2018〕12号", "综合政务\\政务公开", "“附件”", "政府信息公开申请", "国办函〔2020〕109号", "“月份”", "“全年”", "“8900余”", "“42万”")  # 原样引用的文号、栏名和信封上的字


def entries() -> list[Message]:
    with messages.ENGLISH.open("rb") as opened:
        return [message for message in read_po(opened, "en") if message.id]


def forms(told: object) -> list[str]:
    return [told] if isinstance(told, str) else [str(each) for each in told]  # type: ignore[attr-defined]


def test_every_marked_string_has_english() -> None:
    lacking = messages.missing(messages.updated())

    assert lacking == []


def test_the_catalogue_is_what_make_messages_writes() -> None:
    assert messages.ENGLISH.read_bytes() == messages.written(messages.updated()), "strings were added or changed: run `make messages` and write their English"


def test_chinese_and_english_have_the_same_gaps() -> None:
    apart = [
        (chinese, english) for message in entries() for chinese in forms(message.id) for english in forms(message.string)
        if english and sorted(GAPS.findall(chinese)) != sorted(GAPS.findall(english))
    ]  # fmt: skip

    assert apart == []


def test_english_contains_no_chinese_but_what_it_quotes() -> None:
    left = []
    for message in entries():
        for english in forms(message.string):
            for word in QUOTED:
                english = english.replace(word, "")
            if HAN.search(english):
                left.append(english)

    assert left == []


def test_nothing_is_shouted() -> None:
    assert [message.string for message in entries() if any("!" in english for english in forms(message.string))] == []


def test_what_is_counted_has_a_singular_and_a_plural() -> None:
    counted = [message for message in entries() if not isinstance(message.id, str)]

    assert counted
    assert [message.id for message in counted if len(set(forms(message.string))) != 2] == []


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("机关", "Organ"), ("信息员", "Editor"), ("签发人", "Approver"), ("审核员", "Reviewer"), ("保密审查员", "Secrecy reviewer"),
        ("主动公开", "Proactive disclosure"), ("依申请公开", "Disclosure on request"), ("政府信息公开指南", "Guide"), ("政府信息公开目录", "Catalogue"),
        ("政府信息公开年报", "Annual report"), ("政府信息公开工作机构", "Disclosure office"), ("已逾期", "Overdue"), ("撤回公开", "Withdraw"),
    ],
)  # fmt: skip
def test_the_vocabulary_is_kept(chinese: str, english: str) -> None:
    from gongkai.platform.catalogue.states import BY_ACTION

    told = {str(message.id): str(message.string) for message in entries() if isinstance(message.id, str)} | {row.zh: row.en for row in BY_ACTION.values()}

    assert told[chinese] == english


def test_one_term_has_one_english_word() -> None:
    """What the code says in English beside an official word is what the catalogue says."""
    told = {(str(message.id), message.context): str(message.string) for message in entries()}

    assert [word for word in official.words() if word.en and told.get((word.zh, word.context)) != word.en] == []
