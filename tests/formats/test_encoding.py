"""Bytes to text: every encoding that reports come in, cut off, unlabelled, wrongly labelled, or garbled before."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.formats.encoding import declared_charset, decode
from gongkai.formats.mojibake import check, mojibake
from gongkai.formats.source import Unreadable

TEXT = (
    "云溪县水务局2023年政府信息公开工作年度报告\n一、总体情况\n本年收到政府信息公开申请21件，均在法定期限内答复。\n"
    "二、主动公开政府信息情况\n规章 0 0 0\n行政规范性文件 1 0 5\n三、收到和处理政府信息公开申请情况\n"
)
TRADITIONAL = "雲溪縣水務局2023年政府信息公開工作年度報告，本年收到政府信息公開申請21件，均在法定期限內答復。"


class TestEncodings:
    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (TEXT.encode(), "utf-8"),
            (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
            (TEXT.encode("utf-16"), "utf-16"),
            (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
            (TEXT.encode("utf-16-le"), "utf-16"),
            (TEXT.encode("utf-16-be"), "utf-16"),
            (TEXT.encode("gb18030"), "gb18030"),
            (TEXT.encode("gbk"), "gb18030"),
        ],
    )
    def test_each_is_known_without_a_label(self, data: bytes, name: str) -> None:
        assert decode(data) == (TEXT, name)

    def test_big5_is_known_without_a_label(self) -> None:
        assert decode(TRADITIONAL.replace("信息", "資訊").encode("big5")) == (
            TRADITIONAL.replace("信息", "資訊"),
            "big5",
        )

    def test_traditional_characters_in_gb18030_are_not_big5(self) -> None:
        assert decode(TRADITIONAL.encode("gb18030")) == (TRADITIONAL, "gb18030")

    @pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "utf-8", "big5", "iso-8859-1", "nonsense", None])
    def test_the_label_may_be_wrong(self, declared: str | None) -> None:
        data = (TEXT + "朱镕基 㐀 €").encode("gb18030")

        assert decode(data, declared) == (TEXT + "朱镕基 㐀 €", "gb18030")

    def test_the_page_names_its_charset(self) -> None:
        assert declared_charset(b'<META http-equiv=Content-Type content="text/html; charset=GB2312">') == "gb2312"
        assert declared_charset(b'<?xml version="1.0" encoding="Big5"?>') == "big5"
        assert declared_charset(b"<p>") is None

    @pytest.mark.parametrize("cut", [1, 2])
    @pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
    def test_a_file_cut_within_a_character_keeps_its_encoding(self, codec: str, cut: int) -> None:
        text, _ = decode(TEXT.encode(codec)[: -len("\n".encode(codec)) - cut])

        assert text[:-2] == TEXT.rstrip("\n")[: len(text) - 2]

    def test_one_broken_byte_does_not_change_the_encoding(self) -> None:
        data = bytearray((TEXT * 3).encode())
        data[40] = 0xFF
        text, name = decode(bytes(data))

        assert name == "utf-8"
        assert text.count("\ufffd") <= 3 and text.endswith(TEXT)

    @given(st.binary(max_size=300))
    def test_any_bytes_give_some_text(self, data: bytes) -> None:
        text, name = decode(data)

        assert isinstance(text, str) and name

    @given(st.text(alphabet=st.sampled_from("政府信息公开年度报告本年收到的申请0123456789，。\n"), min_size=30))
    def test_official_prose_survives_gb18030(self, text: str) -> None:
        assert decode(text.encode("gb18030"))[0] == text or not any(c > "\x7f" for c in text)


class TestMojibake:
    @pytest.mark.parametrize(
        ("was", "taken_for"),
        [
            ("utf-8", "gb18030"),
            ("utf-8", "cp1252"),
            ("utf-8", "latin-1"),
            ("gb18030", "latin-1"),
            ("gb18030", "cp1252"),
        ],
    )
    def test_text_decoded_wrongly_throughout_is_refused_by_name(self, was: str, taken_for: str) -> None:
        garbled = TEXT.encode(was).decode(taken_for, "ignore")

        with pytest.raises(Unreadable) as refused:
            check(garbled)

        assert refused.value.code == "text.mojibake"
        assert "被当作" in refused.value.zh and "\n" not in refused.value.zh

    def test_replacement_characters_saved_and_misread_are_found(self) -> None:
        found = check(TEXT * 3 + "锟斤拷锟斤拷锟斤拷申请")

        assert [finding.code for finding in found] == ["source.mojibake"]
        assert "锟斤拷" in found[0].sentence() and "锟斤拷" in found[0].sentence("en")

    def test_a_text_that_lost_most_characters_is_refused(self) -> None:
        with pytest.raises(Unreadable):
            check("\ufffd\ufffd\ufffd\ufffd20\ufffd\ufffd\ufffd")

    def test_single_lost_characters_are_counted(self) -> None:
        found = check(TEXT + "水\ufffd局")

        assert [finding.code for finding in found] == ["source.lost_characters"]
        assert "1 处" in found[0].sentence()

    @pytest.mark.parametrize(
        "text",
        [
            TEXT,
            TRADITIONAL,
            "我局认真贯彻条例，" * 30,
            "龘靐齉爩鱻麤龗灪吁龘靐齉爩鱻麤龗灪吁龘靐齉爩鱻麤龗灪吁",
            "plain ASCII",
            "",
            "é è ê",
        ],
    )
    def test_sound_text_is_left_alone(self, text: str) -> None:
        assert mojibake(text) is None
        assert check(text) == ()
