"""Compound: the directory and streams of an OLE file (.doc, .xls), read within bounds."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from .verdict import Refusal, damaged

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA  # from here on the numbers of sectors have other meanings
_MOST: Final = 20_000  # entries of a directory


@dataclass(frozen=True, slots=True)
class Entry:
    """A storage or a stream of the directory."""

    name: str
    storage: bool
    start: int
    size: int


@dataclass(slots=True)
class Compound:
    """An OLE file: a small file system in a file."""

    data: bytes
    entries: tuple[Entry, ...] = ()
    _sector: int = 512
    _fat: list[int] = field(default_factory=list)
    _mini: list[int] = field(default_factory=list)
    _ministream: bytes = b""
    _cutoff: int = 4096

    def __post_init__(self) -> None:
        try:
            self._open()
        except (struct.error, IndexError, ValueError, OverflowError) as error:
            raise _damaged() from error

    def holds(self, *names: str) -> bool:
        """Whether the directory has an entry of one of these names; of names alike but for their case too."""
        wanted = {name.lower() for name in names}
        return any(entry.name.lower() in wanted for entry in self.entries)

    def stream(self, name: str, most: int) -> bytes:
        """The first `most` bytes of a stream; empty where there is none."""
        entry = next((one for one in self.entries if one.name.lower() == name.lower() and not one.storage), None)
        if entry is None:
            return b""
        size = min(entry.size, most)
        if entry.size < self._cutoff:
            chain = self._chain(entry.start, self._mini, size // 64 + 1)
            return b"".join(self._ministream[n * 64 : n * 64 + 64] for n in chain)[:size]
        return self._read(entry.start, size)[:size]

    def _open(self) -> None:
        head = self.data[:512]
        shift = struct.unpack_from("<H", head, 30)[0]
        if shift not in (9, 12) or not self.data.startswith(SIGNATURE):
            raise _damaged()
        self._sector = 1 << shift
        (directory,) = struct.unpack_from("<I", head, 48)
        self._cutoff, mini, _, difat, _ = struct.unpack_from("<IIIII", head, 56)
        tables = [n for n in struct.unpack_from("<109I", head, 76) if n < _END]
        seen: set[int] = set()
        while difat < _END and difat not in seen:
            seen.add(difat)
            numbers = struct.unpack(f"<{self._sector // 4}I", self._at(difat))
            tables += [n for n in numbers[:-1] if n < _END]
            difat = numbers[-1]
        for n in tables:
            self._fat += struct.unpack(f"<{self._sector // 4}I", self._at(n))
        self.entries = tuple(self._entries(self._read(directory, _MOST * 128)))
        if self.entries and mini < _END:
            packed = self._read(mini, 1 << 26)
            self._mini = list(struct.unpack(f"<{len(packed) // 4}I", packed[: len(packed) // 4 * 4]))
            self._ministream = self._read(self.entries[0].start, self.entries[0].size)

    def _entries(self, packed: bytes) -> list[Entry]:
        entries = []
        for at in range(0, len(packed) - 127, 128):
            raw = packed[at : at + 128]
            length, kind = struct.unpack_from("<HB", raw, 64)
            if kind:
                name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<II", raw, 116)
                entries.append(Entry(name, kind in (1, 5), start, size))
        return entries

    def _at(self, number: int) -> bytes:
        at = (number + 1) * self._sector
        return self.data[at : at + self._sector].ljust(self._sector, b"\0")

    def _chain(self, start: int, table: list[int], most: int) -> list[int]:
        chain: list[int] = []
        seen: set[int] = set()
        while start < _END and start < len(table) and len(chain) < most:
            if start in seen:
                raise _damaged()
            seen.add(start)
            chain.append(start)
            start = table[start]
        return chain

    def _read(self, start: int, most: int) -> bytes:
        most = min(most, len(self.data))
        return b"".join(self._at(n) for n in self._chain(start, self._fat, most // self._sector + 1))


def _damaged() -> Refusal:
    return damaged("旧版办公", "old office")


def records(stream: bytes) -> list[tuple[int, bytes]]:
    """The records of a workbook stream (BIFF): each a number and its content."""
    found = []
    at = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        found.append((number, stream[at + 4 : at + 4 + length]))
        at += 4 + length
        if number == 0x0A:  # end of the workbook's globals
            break
    return found
