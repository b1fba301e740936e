"""Foreign: another file hidden in one — an archive at its end, a page or a program in a picture (polyglots)."""

from __future__ import annotations

import re
import struct
from typing import Final

from .verdict import polyglot

_MARKUP: Final = re.compile(
    rb"<(?:script[\s>/]|!doctype\s+html|html[\s>]|iframe[\s>]|svg[\s>]|\?php|object\s|embed\s)|"
    rb"javascript:|\bonerror\s*=|\bonload\s*=|document\.(?:cookie|write|location)|=\s*1?;?\s*(?:alert|eval)\s*\(", re.I
)  # fmt: skip
_COMMENTED: Final = re.compile(rb"GIF8[79]a(?:/\*|=)")  # a picture's head that is a script too
_END_OF_ZIP: Final = b"PK\x05\x06"


def check_archive(data: bytes) -> None:
    """Refuse a file that is no zip but ends as one: programs that read zips start from the end."""
    tail = max(0, len(data) - 66_000)
    at = data.rfind(_END_OF_ZIP, tail)
    while at >= 0:
        if at + 22 <= len(data):
            _, _, _, members, size, _, comment = struct.unpack_from("<HHHHIIH", data, at + 4)
            start = at - size
            if members and start >= 0 and data[start : start + 4] == b"PK\x01\x02" and at + 22 + comment <= len(data):
                raise polyglot("末尾是一个压缩包", "a zip archive at its end")
        at = data.rfind(_END_OF_ZIP, tail, at)


def check_markup(data: bytes) -> None:
    """Refuse a picture, sound or film that holds a page or a script, for a browser may be led to take it for one."""
    if _COMMENTED.match(data) or _MARKUP.search(data):
        raise polyglot("网页代码或脚本", "markup or a script")


def check_tail(tail: bytes) -> None:
    """What stands behind the end of a picture: padding and notes of cameras go, another file is refused."""
    head = tail.lstrip(b"\0 \r\n\t")
    known = (
        b"PK\x03\x04",
        b"MZ",
        b"\x7fELF",
        b"%PDF",
        b"Rar!",
        b"7z\xbc\xaf",
        b"#!",
        b"\x1f\x8b\x08",
        b"\xd0\xcf\x11\xe0",
    )
    if head.startswith(known) or b"PK\x03\x04" in tail or b"%PDF-" in tail or b"Rar!\x1a" in tail:
        raise polyglot("末尾是另一个文件", "another file at its end")
