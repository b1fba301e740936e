"""Media: sound and film, walked through frame by frame and box by box; the place of the recording is taken out."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from gongkai.platform.documents.sentence import Sentence

from .foreign import check_markup, check_tail
from .verdict import damaged

_PARENTS: Final = (b"moov", b"udta", b"trak", b"mdia")
_PLACES: Final = (b"\xa9xyz", b"loci")
_RATES: Final = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_HERTZ: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_TOP: Final = frozenset(
    (
        b"ftyp",
        b"moov",
        b"mdat",
        b"free",
        b"skip",
        b"wide",
        b"uuid",
        b"moof",
        b"mfra",
        b"sidx",
        b"styp",
        b"meta",
        b"pdin",
        b"udta",
        b"emsg",
        b"prft",
        b"ssix",
    )
)


def examine_sound(data: bytes) -> None:
    """An MP3 file: its tag, then frames, one behind the other."""
    start = _tag(data)
    check_markup(data[:start])
    frames, at = 0, start
    while (length := _frame(data, at)) and frames < 50:
        frames, at = frames + 1, at + length
    if frames < 3:
        raise damaged("MP3 ", "MP3")
    check_tail(data[-4096:])


def _tag(data: bytes) -> int:
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    a, b, c, d = data[6:10]
    size = (a & 127) << 21 | (b & 127) << 14 | (c & 127) << 7 | (d & 127)
    start = 10 + size + (10 if data[5] & 0x10 else 0)
    while start < len(data) and data[start] == 0:  # padding
        start += 1
    return start


def _frame(data: bytes, at: int) -> int:
    """How long the frame there is; 0 where there is none."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return 0
    version, layer = data[at + 1] >> 3 & 3, data[at + 1] >> 1 & 3
    rate, hertz, padded = data[at + 2] >> 4, data[at + 2] >> 2 & 3, data[at + 2] >> 1 & 1
    if layer != 1 or version == 1 or rate in (0, 15) or hertz == 3:
        return 0
    bits = _RATES[3 if version == 3 else 2][rate] * 1000
    return (144 if version == 3 else 72) * bits // _HERTZ[version][hertz] + padded


def examine_film(data: bytes) -> tuple[bytes, tuple[Sentence, ...]]:
    """An MP4 file: boxes that fill it from end to end. The place of the recording is blanked out in it."""
    names = [name for name, _, _ in _boxes(data, 0, len(data))]
    if b"moov" not in names or not set(names) <= _TOP:
        raise damaged("MP4 ", "MP4")
    for name, start, end in _boxes(data, 0, len(data)):
        if name != b"mdat":
            check_markup(data[start:end])
    places = list(_places(data, 0, len(data), 0))
    if not places:
        return data, ()
    blanked = bytearray(data)
    for start, end in places:
        blanked[start + 4 : start + 8] = b"free"
        blanked[start + 8 : end] = bytes(end - start - 8)
    return bytes(blanked), (
        Sentence("已去除视频中的拍摄地点。", "The place of the recording was removed from the film."),
    )


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    at = start
    while at < end:
        if at + 8 > end:
            raise damaged("MP4 ", "MP4")
        size, name = struct.unpack_from(">I4s", data, at)
        if size == 1 and at + 16 <= end:
            (size,) = struct.unpack_from(">Q", data, at + 8)
        elif size == 0:
            size = end - at
        if size < 8 or at + size > end:
            raise damaged("MP4 ", "MP4")
        yield name, at, at + size
        at += size


def _places(data: bytes, start: int, end: int, depth: int) -> Iterator[tuple[int, int]]:
    for name, first, last in _boxes(data, start, end):
        if name in _PLACES or (name == b"meta" and b"location.ISO6709" in data[first:last]):
            yield first, last
        elif name in _PARENTS and depth < 6:
            inside = first + 8
            if name == b"udta" and last - inside == 4:  # an empty list ends in four zeros
                continue
            yield from _places(data, inside, last, depth + 1)
