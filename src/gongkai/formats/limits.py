"""Limits: how much of a file is read before it is refused, so that a hostile file costs one clear line."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from time import monotonic

from .source import Unreadable

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file, table and effort that a reading may take."""

    size: int = 64 * MIB  # a file's bytes
    text: int = 8 * MIB  # bytes of a web page (its inline pictures apart) or a text
    unpacked: int = 256 * MIB  # a zip archive's members together
    xml: int = 48 * MIB  # one XML member of it
    ratio: int = 200  # unpacked to packed bytes, for members above 1 MiB
    members: int = 5_000  # files in an archive
    pages: int = 300
    nesting: int = 200_000_000  # a web page's tags times their depth: what building its tree costs
    rows: int = 20_000
    columns: int = 200
    cells: int = 500_000  # positions of all grids together
    paragraphs: int = 200_000
    objects: int = 60_000  # characters, lines and boxes of one PDF page
    seconds: float = 60.0
    pixels: int = 64_000_000  # of one picture to be recognised
    ocr_seconds: float = 900.0  # for all pages of a scan
    memory: int = 4096 * MIB  # address space of a process of the command that reads files

    def deadline(self) -> float:
        """The moment at which a slow parser gives up."""
        return monotonic() + self.seconds

    def ocr_deadline(self) -> float:
        """The moment at which recognising pictures is given up."""
        return monotonic() + self.ocr_seconds


DEFAULT = Limits()


def check_size(size: int, limits: Limits = DEFAULT, *, text: bool = False) -> None:
    """Refuse an empty file and one too large for an annual report."""
    most = limits.text if text else limits.size
    if size == 0:
        raise Unreadable("file.empty", "文件是空的。", "The file is empty.")
    if size > most:
        raise Unreadable(
            "file.too_large",
            f"文件超过上限 {_mib(most)} MB，不像是一份年度报告，未予读取。",
            f"The file is larger than the limit of {_mib(most)} MB; it is hardly an annual report and was not read.",
        )


def check_time(deadline: float) -> None:
    """Refuse to go on once the deadline has passed."""
    if monotonic() > deadline:
        raise Unreadable("file.too_slow", "读取超过时限，已停止。", "Reading took longer than allowed and was stopped.")


def open_zip(data: bytes, limits: Limits = DEFAULT) -> zipfile.ZipFile:
    """The archive in these bytes, once the sizes that it declares have been checked."""
    check_size(len(data), limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, KeyError) as error:
        raise damaged("zip") from error
    if len(members) > limits.members:
        raise _bomb(f"内含 {len(members)} 个文件", f"it holds {len(members)} files")
    if sum(member.file_size for member in members) > limits.unpacked:
        raise _bomb("解压后过大", "it unpacks to too much")
    for member in members:
        if member.flag_bits & 1:
            raise encrypted()
        if member.file_size > max(MIB, member.compress_size * limits.ratio):
            raise _bomb(f"“{member.filename[:60]}”的压缩比过高", f"{member.filename[:60]!r} is packed too tightly")
    return archive


def read_member(archive: zipfile.ZipFile, name: str, limits: Limits = DEFAULT) -> bytes:
    """One XML member, unpacked no further than its limit and free of entity declarations."""
    try:
        with archive.open(name) as stream:
            data = stream.read(limits.xml + 1)
    except KeyError as error:
        raise damaged("zip") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged("zip") from error
    if len(data) > limits.xml:
        raise _bomb(f"“{name}”解压后过大", f"{name!r} unpacks to too much")
    check_entities(data)
    return data


def check_entities(xml: bytes) -> None:
    """Refuse XML that declares entities: no office document does, and expanding them can fill the memory."""
    text = xml.replace(b"\0", b"") if b"\0" in xml[:200] else xml
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Unreadable(
            "xml.entities",
            "文件内的 XML 带有实体定义，可能是恶意文件，未予读取。",
            "The XML inside the file declares entities; it may be hostile and was not read.",
        )


def damaged(kind: str) -> Unreadable:
    """A file of a known kind that is broken or cut off."""
    return Unreadable(
        f"{kind}.damaged",
        "文件已损坏或不完整，请重新下载或请报送单位重新导出。",
        "The file is damaged or incomplete; download it again or ask for a new export.",
    )


def encrypted() -> Unreadable:
    """A file that opens with a password only."""
    return Unreadable(
        "file.encrypted",
        "文件设有密码，请去除密码后再读。",
        "The file is protected by a password; remove it and read again.",
    )


def _bomb(zh: str, en: str) -> Unreadable:
    return Unreadable(
        "zip.bomb",
        f"压缩文件异常（{zh}），未予读取。",
        f"The archive is abnormal ({en}) and was not read.",
    )


def _mib(size: int) -> str:
    return f"{size / MIB:.0f}" if size >= 10 * MIB else f"{size / MIB:.1f}"
