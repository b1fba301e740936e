"""Plain form of a text for matching: simplified characters, half-width signs. The source stays as it is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Protocol, cast

from gongkai.report.prose import Prose

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "\u3000\xa0\u2002\u2003\u2009\ufeff"), " ")
_WIDE |= {ord("﹪"): "%", ord("‘"): "“", ord("’"): "”", ord("【"): "[", ord("】"): "]", ord("—"): "-", ord("–"): "-", ord("－"): "-", ord("−"): "-"}
_WIDE |= {ord("﹒"): ".", ord("∶"): ":", ord("︰"): ":", ord("﹐"): ",", ord("﹙"): "(", ord("﹚"): ")", ord("\u200b"): " "}

_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜń]{1,6}\)")  # 區(qū): a converter's note
_NOISE = re.compile(r"\?{4,}|,{2,}|、,|,、")
_REMARK = re.compile(r"(?<=[\u3400-\u9fff])\s*(?:[(（].*[)）]|[:：].{15,})\s*$", re.DOTALL)
_CHINESE = re.compile(r"[^\u3400-\u9fff]+")


class OpenCC(Protocol):
    """The one thing asked of the converter."""

    def convert(self, text: str) -> str:
        """The text in simplified characters."""


@cache
def _opencc() -> OpenCC:
    import opencc  # its dictionaries take a moment: not before somebody reads

    return cast("OpenCC", opencc.OpenCC("t2s"))


@cache
def _table() -> dict[int, str | int]:
    """Sign to sign: wide to half-width, traditional to simplified (one for one, so that positions stay)."""
    signs = [chr(code) for code in range(0x3400, 0xA000)]
    converted = _opencc().convert("\n".join(signs)).split("\n")
    simple = {ord(sign): to for sign, to in zip(signs, converted, strict=True) if sign != to and len(to) == 1}
    return {**_WIDE, **simple}


@cache
def _traditional() -> frozenset[str]:
    return frozenset(chr(code) for code in _table() if 0x3400 <= code < 0xA000)


def is_traditional(text: str) -> bool:
    """Whether the text is written in traditional characters, in good part."""
    found = sum(text.count(sign) for sign in set(text) & _traditional())
    return found >= 20 and found * 20 > len(text)


def plain(text: str) -> str:
    """The plain form, of the same length as the text."""
    return _short(text) if len(text) < 60 else _plain(text)


def _plain(text: str) -> str:
    """Sign by sign; traditional text by phrase (反覆 → 反复), as long as no sign is gained or lost."""
    by_sign = text.translate(_table())
    if by_sign == text or _traditional().isdisjoint(text):
        return by_sign
    by_phrase = _opencc().convert(text.translate(_WIDE))
    return by_phrase if len(by_phrase) == len(text) else by_sign


_short = lru_cache(maxsize=16384)(_plain)


def prose(text: str) -> Prose:
    """The text with its plain form beside it; what a bad conversion added is left out of the latter."""
    form = plain(text)
    if not (_PINYIN.search(form) or _NOISE.search(form)):
        return Prose(text, form)
    kept: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(form):
        noise = _PINYIN.match(form, position) or _NOISE.match(form, position)
        if noise:
            replacement = "" if noise.group()[0] == "(" else " " if noise.group()[0] == "?" else max(noise.group())
            kept.extend(replacement)
            offsets.extend([position] * len(replacement))
            position = noise.end()
        else:
            kept.append(form[position])
            offsets.append(position)
            position += 1
    return Prose(text, "".join(kept), (*offsets, len(text)))


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """The Chinese characters of a label and nothing else: blanks, digits, brackets and quotes differ from file to file."""
    return _CHINESE.sub("", prose(text).plain)


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """The key of a label without the remark in brackets behind it."""
    return key(without_remark(text))


def without_remark(text: str) -> str:
    """规章（设区的市应提供数据） → 规章."""
    return _REMARK.sub("", text)
