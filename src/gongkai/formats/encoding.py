"""Encoding: bytes to text. UTF-8 first; gb2312 and gbk are always read as GB18030, which contains them."""

from __future__ import annotations

import codecs
import re

import cchardet

Decoded = tuple[str, str]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GB18030_MARK = b"\x84\x31\x95\x33"
_META = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)|<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9_\-]+)""", re.I
)
_CANONICAL = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "gb18030": "gb18030", "hz-gb-2312": "hz"}
_CANONICAL |= {"big5": "big5", "big5-hkscs": "big5", "cp950": "big5", "big5-eten": "big5"}
_CODECS = {"big5": "big5hkscs"}  # the larger table reads the smaller one too
_EXPECTED = frozenset(
    "的一二三四五六七八九十年月日和不在本上下行政府信息公开開工作报報告情况況条條件数數申请請机機关關处處理"
    "主动動及其他结結果人民国國务務法规規章复復议議诉訴讼訟"
)
_IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
_SHARE_EXPECTED = 0.12  # of a report's ideographs; a wrong decoding stays far below
_MAX_FAULTS = 0.02  # of the characters; beyond it the bytes are not in that encoding


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of these bytes and the name of the encoding it was found in."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), _plain_name(name)
    if data.startswith(_GB18030_MARK):
        return data[4:].decode("gb18030", "replace"), "gb18030"
    wide = _utf16_without_mark(data)
    if wide:
        return data.decode(wide, "replace"), "utf-16"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.start > 8:  # cut off within the last character
            return data[: error.start].decode("utf-8"), "utf-8"
    return _best(data, declared or declared_charset(data))


def declared_charset(data: bytes) -> str | None:
    """The charset that a page names in its head."""
    found = _META.search(data, 0, 4096)
    if not found:
        return None
    return (found[1] or found[2]).decode("ascii").lower()


def _plain_name(codec: str) -> str:
    return codec.removesuffix("-le").removesuffix("-be")


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows in zero bytes; its byte order in which reading gives Chinese (一 and the blank hold zeros too)."""
    head = data[:4000]
    if len(head) < 4 or (len(data) % 2 and len(data) < 64):
        return None
    if b"\0" not in head:
        return None
    whole = head[: len(head) // 2 * 2]
    names = ("utf-16-le", "utf-16-be")
    share, name = max((share_expected(whole.decode(name, "ignore")), name) for name in names)
    if share >= _SHARE_EXPECTED:
        return name
    even, odd = whole[0::2].count(0), whole[1::2].count(0)
    return names[0] if odd > 4 * even + 1 else names[1] if even > 4 * odd + 1 else None


def _best(data: bytes, declared: str | None) -> Decoded:
    """The most plausible of the decodings: the declared one, GB18030, UTF-8 with faults, Big5, then a guess."""
    names = [_CANONICAL.get(declared or "", declared or ""), "gb18030", "utf-8", "big5"]
    candidates = [found for name in dict.fromkeys(names) if name and (found := _try(data, name))]
    for text, name in candidates:
        if plausible(text) and _faults(text) == 0:
            return text, name
    ranked = sorted(candidates, key=lambda found: _score(found[0]), reverse=True)
    if ranked and (_score(ranked[0][0]) > 0 or len(data) < 40):
        return ranked[0]
    guessed = str(cchardet.detect(data[:65536]).get("encoding") or "").lower()
    found = _try(data, _CANONICAL.get(guessed, guessed)) if guessed else None
    return found or (data.decode("gb18030", "replace"), "gb18030")


def _try(data: bytes, name: str) -> Decoded | None:
    try:
        text = data.decode(_CODECS.get(name, name), "replace")
    except (LookupError, UnicodeError, ValueError):
        return None
    return (text, name) if _faults(text) <= _MAX_FAULTS * len(text) + 1 else None


def _faults(text: str) -> int:
    return text.count("\ufffd")


def plausible(text: str) -> bool:
    """Whether the commonest characters of official Chinese make up their share of the text."""
    return share_expected(text) >= _SHARE_EXPECTED


def share_expected(text: str) -> float:
    """The share of those characters among a text's ideographs."""
    ideographs = _IDEOGRAPH.findall(text[:100_000])
    if not ideographs:
        return 0.0
    return sum(character in _EXPECTED for character in ideographs) / len(ideographs)


def _score(text: str) -> float:
    return share_expected(text) - 20 * _faults(text) / max(1, len(text))
