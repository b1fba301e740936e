"""Streams: the packed data inside a PDF, unpacked once to see that it is no bomb."""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from typing import Final

from .limits import Limits, damaged
from .source import Unreadable

_STREAM: Final = re.compile(rb"((?<!end)stream\r?\n)|endobj")
_STREAM_END: Final = re.compile(rb"endstream")
_UNENDED: Final = 1_000  # streams in a row whose objects do not end: looking for their ends would take hours


def check_streams(data: bytes, limits: Limits) -> None:
    """Refuse a file whose packed streams, pictures apart, unpack to far more than text and fonts need."""
    ends = [found.start() for found in _STREAM_END.finditer(data)]
    total = unended = 0
    for found in _STREAM.finditer(data):
        if not found[1]:
            unended = 0
            continue
        unended += 1
        if unended > _UNENDED:
            raise damaged("pdf")
        head = data[max(0, found.start() - 400) : found.start()]
        head = head[head.rfind(b"obj") + 1 :]
        if b"/Image" in head or (b"Flate" not in head and b"/Fl" not in head):
            continue
        following = bisect_right(ends, found.end())
        packed = memoryview(data)[found.end() : ends[following] if following < len(ends) else len(data)]
        for _ in range(max(1, head.count(b"Flate"))):
            unpacked = _unpack(packed, limits.unpacked - total)
            total += len(unpacked)
            packed = memoryview(unpacked)
        if total >= limits.unpacked:
            raise Unreadable(
                "pdf.bomb",
                "PDF 内的数据解压后过大，可能是恶意文件，未予读取。",
                "The data in the PDF unpacks to too much; it may be hostile and was not read.",
            )


def _unpack(packed: memoryview, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, max(1, most))
    except zlib.error:
        return b""
