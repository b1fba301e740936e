"""Our own texts: every letter says what gongkai.law.letters demands of it, and every place that is filled is printed."""

from __future__ import annotations

import io

import docx
import pytest

from gongkai.law import letters as law
from gongkai.law import replies
from gongkai.platform.cases.letters import checking, contents, effects, fields, filling, laying, series, texts

KEYS = [letter.key for letter in law.LETTERS]


def words(key: str) -> str:
    """The whole text of a built-in template, its first page's foot too."""
    document = docx.Document(io.BytesIO(laying.template(key)))
    paragraphs = [*document.element.body.iter(f"{filling.W}p"), *filling.first_foot(document)]
    return "\n".join(filling.text_of(each) for each in paragraphs)


@pytest.mark.parametrize("key", KEYS)
class TestEveryLetter:
    def test_each_item_that_the_law_demands_is_in_the_text(self, key: str) -> None:
        said = words(key)

        assert tuple(contents.CONTENTS[key]) == law.BY_KEY[key].contents
        for item, places in contents.demanded(key).items():
            assert all(place in said for place in places), item

    def test_its_places_are_those_that_are_filled(self, key: str) -> None:
        printed = {name.partition(".")[0] for name in filling.names_in(words(key))}
        known = {field.name for field in fields.fields_of(key)}
        typed = {field.name for field in fields.asked_of_officer(key)}

        assert printed <= known
        assert typed - printed <= {"复议机关", "人民法院"}  # 在救济途径之内

    def test_it_passes_the_check_of_an_uploaded_template(self, key: str) -> None:
        assert checking.problems(key, laying.template(key)) == []

    def test_the_same_template_is_the_same_bytes(self, key: str) -> None:
        laying.template.cache_clear()
        first = laying.template(key)
        laying.template.cache_clear()

        assert laying.template(key) == first


def test_every_reply_with_a_letter_can_be_drafted_and_makes_its_leaf() -> None:
    for reply in replies.REPLIES:
        if reply.letter_key is not None:
            assert reply.key in effects.replies_for(reply.letter_key)
            assert effects.EVENT[reply.letter_key] == ("closed" if reply.letter_key == "lapse" else "replied")


def test_letters_to_others_never_name_the_applicant() -> None:
    for key in ("third_party", "third_party_decision", "co_maker", "co_ordination"):
        names = set(filling.names_in(words(key)))

        assert not names & {"申请人", "申请内容", "称呼"}
        assert "申请人" not in fields.placeholders(key)


def test_numbers_are_written_as_official_documents_write_them() -> None:
    assert series.number("松荫府", "granted", 2026, 12) == "松荫府公复〔2026〕12号"
    assert series.number("松荫府", "extension", 2026, 3) == "松荫府公延〔2026〕3号"
    assert set(series.SERIES) == set(KEYS)


def test_every_letter_has_a_title_and_a_place_for_the_seal() -> None:
    for key in KEYS:
        said = words(key)

        assert texts.LETTERS[key].title in said
        assert "（印章）" in said
        assert "{{落款日期}}" in said
