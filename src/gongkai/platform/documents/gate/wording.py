"""Wording: names of organs and leaders, slips and words that must not be used — by the organ's own list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from . import rules
from .finding import Hit

Kind = Literal["organ", "leader", "typo", "forbidden"]
_RULES: Final = {
    "organ": rules.WRONG_ORGAN,
    "leader": rules.WRONG_LEADER,
    "typo": rules.TYPO,
    "forbidden": rules.FORBIDDEN,
}


@dataclass(frozen=True, slots=True)
class Word:
    """A wrong form and the right one; for a forbidden word `right` says what to do instead."""

    wrong: str
    right: str
    kind: Kind = "typo"


_SLIPS: Final = (
    "布署=部署 帐号=账号 帐户=账户 既使=即使 按装=安装 截止目前=截至目前 会议记要=会议纪要 再接再励=再接再厉 松驰=松弛 防碍=妨碍 渡假村=度假村 "
    "竟竟业业=兢兢业业 穿流不息=川流不息 一愁莫展=一筹莫展 迫不急待=迫不及待 走头无路=走投无路 甘败下风=甘拜下风 通迅=通讯 幅射=辐射 座谈记要=座谈纪要 "
    "政俯=政府 信息公开条列=信息公开条例 行政复仪=行政复议 行政诉颂=行政诉讼 行政许克=行政许可 贯切=贯彻 贯彻落实实=贯彻落实 凑和=凑合 璧垒=壁垒 "
    "份内=分内 必竟=毕竟 水笼头=水龙头 脉博=脉搏 针贬=针砭 欠收=歉收 震憾=震撼 泻密=泄密 九洲=九州 挖墙角=挖墙脚 追朔=追溯 做月子=坐月子"
)
STANDARD: Final = tuple(Word(wrong, right) for wrong, _, right in (pair.partition("=") for pair in _SLIPS.split()))


@dataclass(frozen=True, slots=True)
class Wordlist:
    """The words to look for: the organ's own, and the slips that are slips everywhere."""

    words: Sequence[Word] = ()
    standard: bool = True


def wording(text: str, words: Wordlist) -> Iterator[Hit]:
    """Every wrong word, unless it only stands within its right form."""
    for word in (*words.words, *(STANDARD if words.standard else ())):
        if not word.wrong or word.wrong == word.right:
            continue
        right = (
            [found.span() for found in re.finditer(re.escape(word.right), text)]
            if word.wrong in word.right and word.kind != "forbidden"
            else []
        )
        for found in re.finditer(re.escape(word.wrong), text):
            start, end = found.span()
            if not any(first <= start and end <= last for first, last in right):
                yield Hit(
                    _RULES[word.kind],
                    start=start,
                    end=end,
                    key=word.wrong,
                    facts={"wrong": word.wrong, "right": word.right or "请改写。"},
                )
