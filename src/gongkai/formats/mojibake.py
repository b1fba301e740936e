"""Mojibake: text that somebody once decoded wrongly and saved, so that no decoding brings it back by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from gongkai.law.findings import Finding, Place
from gongkai.report.rules import source as rules

from .encoding import share_expected
from .source import Unreadable

_MISREADINGS: Final = (  # what it was, what it was taken for
    ("utf-8", "gb18030"),
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("gb18030", "cp1252"),
    ("gb18030", "latin-1"),
    ("gb18030", "big5hkscs"),
    ("big5hkscs", "gb18030"),
)
_TRACES: Final = re.compile(
    r"(?:锟斤拷)+|(?:烫烫)+烫*|[\ufffd]{2,}|(?:[åæçèéïâã][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}){2,}"
    r"|(?:锛[\u4e00-\u9fff]?|銆[\u4e00-\u9fff]?){2,}|(?:[鍏鏀淇鎭鐨勫勮鏂規淇\ue000-\uf8ff]){4,}"
)
_FAMILIAR: Final = ("公开", "公開", "信息", "政府")
_ENOUGH: Final = 30  # characters beyond ASCII, to judge by
_LOST: Final = 0.15  # of the characters; beyond it nothing can be trusted


@dataclass(frozen=True, slots=True)
class Mojibake:
    """Traces of a wrong decoding: how much of the text they are, an example, and which mistake it was if known."""

    share: float
    sample: str
    was: str | None = None
    taken_for: str | None = None


def mojibake(text: str) -> Mojibake | None:
    """The traces of a wrong decoding in this text, if there are any."""
    if not any(word in text for word in _FAMILIAR):
        sample = "".join(character for character in text[:8000] if character > "\x7f")
        for was, taken_for in _MISREADINGS:
            if len(sample) >= _ENOUGH and _share_undone(sample, was, taken_for) > max(0.2, 2 * share_expected(sample)):
                return Mojibake(1.0, _sample(text), was, taken_for)
    found = _TRACES.findall(text)
    if not found:
        return None
    return Mojibake(sum(map(len, found)) / max(1, len(text)), found[0][:12])


def _share_undone(text: str, was: str, taken_for: str) -> float:
    """How much the text would be official Chinese had it been decoded rightly; zero where most of it does not fit."""
    data = text.encode(taken_for, "ignore")
    undone = data.decode(was, "ignore")
    if len(undone.encode(was)) < 0.8 * len(data) or len(data.decode(taken_for, "ignore")) < 0.8 * len(text):
        return 0.0
    return share_expected(undone)


def _sample(text: str) -> str:
    words = re.search(r"[^\x00-\x7f]{4,12}", text)
    return words[0] if words else text.strip()[:12]


def check(text: str) -> tuple[Finding, ...]:
    """What is wrong with the characters of a text. Raises `Unreadable` where it is beyond use."""
    lost = text.count("\ufffd")
    if lost and lost > _LOST * len(text.strip()):
        raise _beyond_use("\ufffd", "")
    found = mojibake(text) if lost or "锟" in text or not any(word in text for word in _FAMILIAR) else None
    if found and found.share > _LOST:
        raise _beyond_use(found.sample, f"（{_name(found.was)} 被当作 {_name(found.taken_for)}）" if found.was else "")
    remarks: list[Finding] = []
    if found:
        remarks.append(Finding(rules.MOJIBAKE, Place(quote=found.sample), {"sample": found.sample}))
    elif lost:
        remarks.append(Finding(rules.LOST_CHARACTERS, Place(), {"count": lost}))
    return tuple(remarks)


def _name(encoding: str | None) -> str:
    return {"utf-8": "UTF-8", "gb18030": "GB18030", "big5hkscs": "Big5"}.get(encoding or "", "Latin-1")


def _beyond_use(sample: str, how: str) -> Unreadable:
    return Unreadable(
        "text.mojibake",
        f"文字曾被错误转码{how}，已成乱码（如“{sample}”），请取得原始文件。",
        f"The text was once decoded wrongly and is garbled (for example {sample!r}); get the original file.",
    )
