"""Search against PostgreSQL itself: whatever is cut out of a stored text is found, and nothing that is not there."""

from __future__ import annotations

import random
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.platform.searching import Kind, fold, plain, query, vector
from tests.platform.server import Server

TEXTS = (
    "关于印发《疏勒县2023年政府信息公开工作要点》的通知",
    "各乡镇人民政府，县直各部门：现将《要点》印发给你们，请认真贯彻执行。",
    "疏政办发〔2023〕15号、新政发[2019]7号；索引号N6532227-1/2023-00015。",
    "政府資訊公開條例第二十六條規定，屬於主動公開範圍的政府信息，應當自該政府信息形成或者變更之日起20個工作日內及時公開。",
    "二〇二三年三月五日（盖章）；二○一九年，𠮷日镇、㐀里村，ＡＢＣ１２３全角，Covid-19，3.5%，电话0998-6572216。",
    "财政预算、决算公开。财政，预算。一、总则",
)


@pytest.fixture(scope="module")
def link(server: Server) -> Iterator[psycopg.Connection]:
    name = f"searching_{server.run}"
    server.create(name, "template1")
    with psycopg.connect(server.url(name, server.owner)) as opened:
        opened.execute("CREATE TEMP TABLE held (id int PRIMARY KEY, words text, terms tsvector)")
        yield opened
    server.drop(name)


def found(link: psycopg.Connection, text: str, asked: str) -> bool:
    """Whether the text is found, as the portal asks: exactly, or (beyond PostgreSQL's limits) held against the text."""
    sought = query(asked)
    if not sought:
        return False
    terms = vector(text, "", "", "", "", "")
    row = link.execute("SELECT t @@ %s::tsquery, t @@ %s::tsquery FROM (SELECT %s::tsvector AS t) AS given", [sought.exact, sought.loose, terms]).fetchone()
    assert row is not None
    return row[0] or (row[1] and all(link.execute("SELECT %s ~ %s", [text, pattern]).fetchone()[0] for pattern in sought.patterns))  # type: ignore[index]


def has_words(text: str) -> bool:
    return bool(query(text))


def test_every_piece_of_one_to_six_characters_finds_its_text(link: psycopg.Connection) -> None:
    pieces = {(text, text[i : i + n]) for text in TEXTS for n in range(1, 7) for i in range(len(text) - n + 1)}

    missed = [(piece, text) for text, piece in pieces if has_words(piece) and not found(link, text, piece)]

    assert missed == []


@pytest.mark.parametrize(("simplified", "traditional"), [("政府信息公开", "政府信息公開"), ("答复", "答覆"), ("乾隆", "乾隆"), ("计划", "計畫"), ("了解", "瞭解"), ("沿着", "沿著"), ("台账", "臺賬")])
def test_either_script_finds_the_other(link: psycopg.Connection, simplified: str, traditional: str) -> None:
    assert found(link, f"现将{simplified}如下", traditional)
    assert found(link, f"現將{traditional}如下", simplified)


@pytest.mark.parametrize(
    "asked",
    ["疏政办发〔2023〕15号", "疏政办发[2023]15号", "疏政办发（2023）15号", "政办发〔2023〕15", "2023 15号", "〔2023〕15号", "N6532227-1/2023-00015", "n6532227", "2023-00015", "00015", "32227-1/2023", "0998-6572216", "572216"],
)  # fmt: skip
def test_numbers_are_found_whole_and_in_parts(link: psycopg.Connection, asked: str) -> None:
    assert any(found(link, text, asked) for text in TEXTS)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("公。开", "公开"), ("公\n开", "公开"), ("财政，预算", "财政预算"), ("疏政发〔2023〕15号", "疏政发〔2023〕5号"), ("15号", "1号"),
        ("开始公示", "公开"), ("信息公示、政府公开", "信息公开"), ("2023年15号", "2023〕15号"), ("办法的通知", '"办法》的通知"'), ("2023", "2024"),
        ("预算公开", "预算 决算"), ("abc def", "abcdef"), ("政府\u3000信息", "政府信息"), ("一二三一", "二一"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(link: psycopg.Connection, text: str, asked: str) -> None:
    assert not found(link, text, asked)


def test_words_beside_each_other_must_all_be_there_and_quoted_words_together(link: psycopg.Connection) -> None:
    text = "关于印发《公开办法》的通知"

    assert found(link, text, "通知 办法")
    assert found(link, text, "“办法》的通知”")
    assert found(link, text, '"办法的通知"') is False
    assert found(link, text, "办法、通知")


def test_fields_do_not_run_into_each_other(link: psycopg.Connection) -> None:
    terms = vector("公", "开", "信", "息", "政", "<p>府</p>")
    for asked in ("公开", "开信", "信息", "息政", "政府"):
        row = link.execute("SELECT %s::tsvector @@ %s::tsquery", [terms, query(asked).exact]).fetchone()
        assert row == (False,), asked


@given(st.text(max_size=220))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_typed_is_a_syntax_error(link: psycopg.Connection, asked: str) -> None:
    sought = query(asked)

    if sought:
        link.execute("SELECT ''::tsvector @@ %s::tsquery, ''::tsvector @@ %s::tsquery", [sought.exact, sought.loose])
        for pattern in sought.patterns:
            link.execute("SELECT '' ~ %s", [pattern])


OFFICIAL = st.text(st.sampled_from("政府信息公开的一二三开公〇，。《》〔〕 \n0123456789abAB-/號條覆乾"), min_size=1, max_size=60)


@given(OFFICIAL, st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_a_quoted_piece_is_found_wherever_it_is_cut_and_only_where_it_stands(link: psycopg.Connection, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = data.draw(st.one_of(st.just(text[start : start + data.draw(st.integers(1, 6))]), OFFICIAL.map(lambda other: other[:4])))
    sought = query(f'"{piece}"')

    if sought:
        import re

        assert found(link, text, f'"{piece}"') == bool(re.search(sought.terms[0], fold(text)))


@given(st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_has_a_vector(link: psycopg.Connection, text: str) -> None:
    link.execute("SELECT %s::tsvector", [vector(text, text[:20], "", text[5:9], "", f"<p>{text}</p>")])


def _long_text(characters: int) -> str:
    drawn = random.Random(7)
    return "".join(drawn.choice("县乡镇政府信息公开预算决算财政收入支出教育医疗社会保障就业环境保护安全生产，。、0123456789") for _ in range(characters))


@pytest.mark.parametrize("characters", [3_000, 40_000])
def test_texts_beyond_the_limits_of_postgresql_are_found_all_the_same(link: psycopg.Connection, characters: int) -> None:
    text = "公开，政府。" * 300 + _long_text(characters) + "末尾的生僻词語"
    drawn = random.Random(3)
    pieces = [text[i : i + n] for n in range(2, 7) for i in (drawn.randrange(len(text) - 8) for _ in range(4))]
    terms = vector(text, "", "", "", "", "")

    link.execute("INSERT INTO held VALUES (1, %s, %s) ON CONFLICT (id) DO UPDATE SET words = excluded.words, terms = excluded.terms", [text, terms])

    assert terms.startswith("'~'")
    for piece in [*filter(has_words, pieces), "生僻词语"]:
        sought = query(piece)
        row = link.execute("SELECT terms @@ %s::tsquery OR (terms @@ %s::tsquery AND words ~ ALL (%s)) FROM held WHERE id = 1", [sought.exact, sought.loose, list(sought.patterns)]).fetchone()
        assert row == (True,), piece
    absent = query("末尾政府")
    assert link.execute("SELECT terms @@ %s::tsquery AND words ~ ALL (%s) FROM held WHERE id = 1", [absent.loose, list(absent.patterns)]).fetchone() == (False,)


def test_a_text_beyond_a_megabyte_of_words_is_found_all_the_same(link: psycopg.Connection) -> None:
    drawn = random.Random(5)
    text = "".join(chr(drawn.randrange(0x4E00, 0x9FA5)) for _ in range(200_000)) + "特別的詞"
    terms = vector("题目", "", "", "", "", f"<p>{text}</p>")

    link.execute("INSERT INTO held VALUES (2, %s, %s)", [text, terms])

    assert terms.startswith("'≈'")
    for piece in (text[100:104], text[150_000:150_002], "特别的词", "别"):
        sought = query(piece)
        row = link.execute("SELECT terms @@ %s::tsquery OR (terms @@ %s::tsquery AND words ~ ALL (%s)) FROM held WHERE id = 2", [sought.exact, sought.loose, list(sought.patterns)]).fetchone()
        assert row == (True,), piece


def test_the_kind_of_a_question_is_known() -> None:
    assert [query(asked).kind for asked in ("", "《》", "公", "公开", "疏政发〔2023〕15号")] == [Kind.NOTHING, Kind.NOTHING, Kind.CHARACTER, Kind.WORDS, Kind.NUMBER]
    assert query("公开 " * 100).shortened


def test_marks_within_a_line_do_not_split_words_and_blocks_do() -> None:
    html = '<h2>第一条</h2><p title="a>b">为了<strong>保障</strong>公民&nbsp;&lt;依法&gt;</p><table><tr><td>收入</td><td>支出</td></tr></table>'

    assert plain(html) == "第一条\n为了保障公民 <依法>\n收入\n支出"
