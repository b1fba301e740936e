"""Endings: where a picture ends by its own account; what follows in the file is something else."""

from __future__ import annotations

import struct

from .verdict import damaged


def ending(kind: str, data: bytes) -> int:
    """The place behind the picture's last byte."""
    try:
        return min(_ENDINGS[kind](data), len(data))
    except (struct.error, IndexError) as error:
        raise damaged("图片", "picture") from error


def _png(data: bytes) -> int:
    at = 8
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        at += 12 + length
        if name == b"IEND":
            return at


def _jpeg(data: bytes) -> int:
    """Segment by segment; the packed picture itself ends at the next marker that is no restart."""
    at = 2
    while True:
        while data[at] != 0xFF or data[at + 1] in (0x00, 0xFF) or 0xD0 <= data[at + 1] <= 0xD7:
            found = data.find(b"\xff", at + 1)
            if found < 0:
                return len(data)  # cut off; the decoder will say so
            at = found
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        at += 2 if marker in (0x01, 0xD8) else 2 + struct.unpack_from(">H", data, at + 2)[0]


def _gif(data: bytes) -> int:
    flags = data[10]
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    while True:
        block = data[at]
        if block == 0x3B:
            return at + 1
        if block == 0x21:
            at += 2
        elif block == 0x2C:
            own = data[at + 9]
            at += 11 + (3 << (own & 7) + 1 if own & 0x80 else 0)
        else:
            raise damaged("图片", "picture")
        while data[at]:
            at += 1 + data[at]
        at += 1


_ENDINGS = {"png": _png, "jpg": _jpeg, "gif": _gif}
