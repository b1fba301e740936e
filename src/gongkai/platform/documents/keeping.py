"""Bytes on the disk by their SHA-256 (ab/cd/abcd…): written aside, made fast, then renamed; checked when read. Knows no database."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Unkept(Exception):
    """The bytes could not be kept, or are not what they were; says so in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en


def path_of(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest[2:4] / digest


def put(folder: Path, data: bytes) -> str:
    """The bytes on the disk; their checksum. The same bytes are kept once."""
    digest = hashlib.sha256(data).hexdigest()
    target = path_of(folder, digest)
    if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
        return digest
    aside: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=target.parent)
        aside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
        aside = None
        _settle(target.parent)
    except OSError as problem:
        full = problem.errno in _FULL
        zh = "磁盘已满，文件没有保存，其他内容不受影响。请告知管理员清理磁盘后再上传。" if full else "文件没有保存：存储出错。请稍后再试，多次失败请告知管理员。"
        en = "The disk is full: the file was not kept, nothing else is affected." if full else "The file was not kept: storage failed. Try again later."
        raise Unkept(zh, en) from problem
    finally:
        if aside is not None:
            with suppress(OSError):
                aside.unlink()
    return digest


def take(folder: Path, digest: str) -> bytes:
    """The bytes, held against their checksum."""
    try:
        data = path_of(folder, digest).read_bytes()
    except OSError as problem:
        raise Unkept("文件暂时读不出来，已有记录可供管理员查找。请稍后再试。", "The file cannot be read at the moment; try again later.") from problem
    if hashlib.sha256(data).hexdigest() != digest:
        raise Unkept("文件的校验值与保存时不符，不能提供。请告知管理员从备份恢复。", "The file's checksum does not hold; tell the administrator to restore it.")
    return data


def _settle(folder: Path) -> None:
    """The new name itself made fast, so that it outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
