"""Intake: an uploaded file is admitted by what it holds, or refused with what to do (上传检查).

Stages: size → name → kind by content → its ending agrees → what is inside → the virus scanner, where there is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from gongkai.formats.limits import DEFAULT, MIB, Limits
from gongkai.platform.documents.sentence import Sentence

from . import names
from .clamav import Clean, Infected, Scanner, Unreachable
from .foreign import check_archive
from .kinds import KINDS, Kind, disagrees, recognise
from .legacy import examine_legacy
from .media import examine_film, examine_sound
from .packages import examine_ofd, examine_office
from .pdfs import examine_pdf
from .pictures import examine_picture
from .texts import examine_text
from .verdict import Accepted, Refusal, Refused

_Examined = tuple[bytes, tuple[Sentence, ...]]


def examine(name: str, data: bytes, limits: Limits = DEFAULT, scan: Scanner | None = None) -> Accepted | Refused:
    """Whether this file may be kept, and as what. `limits.size` is the largest file, in bytes."""
    try:
        _check_size(len(data), limits)
        ending = names.extension(name)
        kind = recognise(ending, data)
        if ending and ending != kind.extension and ending not in kind.also:
            raise disagrees(ending, kind)
        kept, changed = _INSIDE[kind.extension](kind.extension, data, limits)
        if scan is not None:
            _check_scan(scan, data)
    except Refusal as refusal:
        return refusal.refused
    except (RecursionError, MemoryError):
        return Refused(
            "too_deep",
            "文件内部层次过多，未能检查。请重新保存后再上传。",
            "The file is nested too deeply to be checked. Save it again and upload that.",
        )
    safe = names.safe(name, kind.extension)
    return Accepted(kind.media_type, kind.extension, safe, kept, hashlib.sha256(kept).hexdigest(), len(kept), changed)


def scanned(data: bytes, scan: Scanner) -> Refused | None:
    """What the virus scanner has against a file of which nothing else is asked."""
    try:
        _check_scan(scan, data)
    except Refusal as refusal:
        return refusal.refused
    return None


def _check_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise Refusal(
            "empty",
            "文件是空的（0 字节）。请检查后重新选择。",
            "The file is empty (0 bytes). Check it and choose again.",
        )
    if size > limits.size:
        has, most = (
            f"{size / MIB:.1f}",
            f"{limits.size / MIB:.0f}" if limits.size >= MIB else f"{limits.size / MIB:.2f}",
        )
        raise Refusal(
            "too_large",
            f"文件有 {has} MB，超过上限 {most} MB。请压缩图片、拆成几个文件后再上传。",
            f"The file has {has} MB, more than the {most} MB allowed. Compress its pictures or split it.",
        )


def _check_scan(scan: Scanner, data: bytes) -> None:
    match scan(data):
        case Clean():
            return
        case Infected(signature):
            raise Refusal(
                "infected",
                f"杀毒软件报告文件带有病毒（{signature}），未予保存。请先在本机查杀，再上传干净的文件。",
                f"The virus scanner reports {signature}; the file was not kept. Clean your machine and upload a clean file.",
            )
        case Unreachable(reason):
            raise Refusal(
                "scanner_unreachable",
                f"杀毒服务暂时无法使用（{reason}），文件尚未保存。请稍后再试；多次失败请告知管理员。",
                f"The virus scanner cannot be used at the moment ({reason}); the file was not kept. Try again later, "
                "and tell the administrator if it keeps failing.",
                retry=True,
            )


def _office(kind: str, data: bytes, limits: Limits) -> _Examined:
    return examine_office(data, limits)


def _ofd(kind: str, data: bytes, limits: Limits) -> _Examined:
    examine_ofd(data, limits)
    return data, ()


def _legacy(kind: str, data: bytes, limits: Limits) -> _Examined:
    examine_legacy(kind, data)
    check_archive(data)
    return data, ()


def _pdf(kind: str, data: bytes, limits: Limits) -> _Examined:
    examine_pdf(data, limits)
    return data, ()


def _picture(kind: str, data: bytes, limits: Limits) -> _Examined:
    check_archive(data)
    return examine_picture(kind, data, limits)


def _text(kind: str, data: bytes, limits: Limits) -> _Examined:
    examine_text(kind, data)
    return data, ()


def _media(kind: str, data: bytes, limits: Limits) -> _Examined:
    check_archive(data)
    if kind == "mp4":
        return examine_film(data)
    examine_sound(data)
    return data, ()


_INSIDE: Final[dict[str, Callable[[str, bytes, Limits], _Examined]]] = {
    **dict.fromkeys(("docx", "xlsx", "pptx"), _office),
    **dict.fromkeys(("doc", "xls"), _legacy),
    **dict.fromkeys(("png", "jpg", "gif"), _picture),
    **dict.fromkeys(("csv", "json", "txt"), _text),
    **dict.fromkeys(("mp3", "mp4"), _media),
    "ofd": _ofd,
    "pdf": _pdf,
}

__all__ = [
    "KINDS",
    "Accepted",
    "Clean",
    "Infected",
    "Kind",
    "Limits",
    "Refused",
    "Scanner",
    "Sentence",
    "Unreachable",
    "examine",
]
