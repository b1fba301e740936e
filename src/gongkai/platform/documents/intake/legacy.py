"""Legacy: .doc and .xls — no password, no macros of either kind, no objects, no programs."""

from __future__ import annotations

import struct
from typing import Final

from .compound import Compound, records
from .verdict import damaged, embedded, encrypted, macros

_MOST: Final = 8 * 1024 * 1024
_FILEPASS, _BOUNDSHEET = 0x2F, 0x85
_MACRO_SHEETS: Final = (1, 6)  # Excel 4.0 macros, Visual Basic


def examine_legacy(kind: str, data: bytes) -> None:
    """Refuse an old office file that is protected or holds what acts."""
    compound = Compound(data)
    if compound.holds("Macros", "VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA_PROJECT_CUR", "dir") and compound.holds(
        "VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR"
    ):
        raise macros()
    if compound.holds("\x01Ole10Native", "Package", "ObjectPool") or _objects(compound):
        raise embedded("对象（OLE）", "an object (OLE)")
    if kind == "doc":
        _check_word(compound.stream("WordDocument", 64))
    else:
        _check_workbook(compound)


def _objects(compound: Compound) -> bool:
    """Storages that a workbook keeps its embedded objects in: MBD and eight digits."""
    return any(entry.storage and entry.name.startswith(("MBD", "LNK")) for entry in compound.entries)


def _check_word(head: bytes) -> None:
    if len(head) < 32:
        raise damaged("旧版 Word ", "old Word")
    (flags,) = struct.unpack_from("<H", head, 10)
    if flags & 0x0100:
        raise encrypted()


def _check_workbook(compound: Compound) -> None:
    stream = compound.stream("Workbook", _MOST) or compound.stream("Book", _MOST)
    for number, content in records(stream):
        if number == _FILEPASS:
            raise encrypted()
        if number == _BOUNDSHEET and len(content) > 5 and content[5] in _MACRO_SHEETS:
            raise macros()
