"""Secrecy: marks that a text is secret, internal or not for everybody — marks, not words about secrecy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from . import rules
from .finding import Hit, Rule

_LINE: Final = r"(?:(?<=\n)|^)[ \u3000【\[（(]*"  # a mark stands alone on its line; in a table's cell it is a word
_END: Final = r"[ \u3000】\]）)]*(?=\n|$)"
_MARKS: Final[tuple[tuple[Rule, re.Pattern[str]], ...]] = (
    (rules.SECRECY, re.compile(r"(?:绝\s*密|机\s*密|(?<!工作)秘\s*密)\s*[★☆＊*]\s*(?:\d{1,2}\s*[年月]|长期|启用前)?")),
    (rules.SECRECY, re.compile(rf"{_LINE}(?:密级\s*[:：]\s*)?(?:绝\s*密|机\s*密|秘\s*密)(?:\s*(?:\d{{1,2}}\s*年|长期|启用前))?{_END}")),
    (rules.SECRECY, re.compile(r"(?:密级|秘密等级|涉密等级)\s*[:：]\s*(?:绝密|机密|秘密)")),
    (rules.INTERNAL, re.compile(r"内部(?:资料|文件|材料|刊物)\s*[,，、;； ]?\s*(?:请?注意保[存管密]|严禁外传|不得外传|请勿外传|严禁复制)")),
    (rules.INTERNAL, re.compile(rf"{_LINE}(?:工作秘密|内部(?:资料|文件|材料)|内部使用|仅供内部(?:使用|参考))(?:\s*[★☆]\s*\S{{0,6}})?{_END}")),
    (rules.INTERNAL, re.compile(r"(?:(?<=\n)|^)\s*[（(【\[]\s*不(?:予|宜)?公开\s*[）)】\]]\s*(?=\n|$)")),
    (rules.INTERNAL, re.compile(r"(?:此件|本件|该件)\s*(?:不予?公开|不宜公开|不得公开|删减后公开|不对外公开|不上网)")),
    (rules.INTERNAL, re.compile(r"(?:公开属性|公开方式|公开类别|公开形式|主动公开)\s*[:：]\s*(?:不予?公开|不宜公开|否)")),
    (rules.INTERNAL, re.compile(r"工作秘密\s*[★☆]")),
    (rules.ON_REQUEST, re.compile(r"(?:(?:此件|本件)\s*依申请公开|(?:公开属性|公开方式|公开类别|公开形式)\s*[:：]\s*依申请公开)")),
)  # fmt: skip


def secrecy(text: str) -> Iterator[Hit]:
    """Every mark, by the place where it stands."""
    taken: list[tuple[int, int]] = []
    for rule, pattern in _MARKS:
        for found in pattern.finditer(text):
            words = found[0].strip(" \u3000【】[]（）()")
            start = found.start() + found[0].find(words)
            end = start + len(words)
            if words and not any(first < end and start < last for first, last in taken):
                taken.append((start, end))
                yield Hit(
                    rule, start=start, end=end, key="".join(words.split()), facts={"words": " ".join(words.split())}
                )
