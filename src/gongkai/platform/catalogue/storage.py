"""The files, by their SHA-256 under the data directory (ab/cd/abcd…): written aside, made fast, then renamed; checked when read."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from .errors import StorageFailed
from .models import StoredFile

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that is not what it was: missing, or changed."""

    digest: str
    why: str


def path_of(digest: str) -> Path:
    return Path(settings.FILES) / digest[:2] / digest[2:4] / digest


def put(data: bytes, media_type: str, at: datetime) -> StoredFile:
    """Keep the bytes and name them in the database; the same bytes are kept once. Files of a failed action harm nobody."""
    return name(write(data), len(data), media_type, at)


def write(data: bytes) -> str:
    """The bytes on the disk; needs no database and holds nobody up. Their checksum."""
    digest = hashlib.sha256(data).hexdigest()
    _write(digest, data)
    return digest


def name(digest: str, size: int, media_type: str, at: datetime) -> StoredFile:
    """The database's row of bytes that are on the disk."""
    StoredFile.objects.bulk_create([StoredFile(digest=digest, size=size, media_type=media_type, created_at=at)], ignore_conflicts=True)
    return StoredFile.objects.get(digest=digest)


def read(digest: str) -> bytes:
    """The bytes, held against their checksum."""
    try:
        data = path_of(digest).read_bytes()
    except OSError as problem:
        raise StorageFailed("文件暂时读不出来，已有记录可供管理员查找。请稍后再试。", "The file cannot be read at the moment; try again later.") from problem
    if hashlib.sha256(data).hexdigest() != digest:
        raise StorageFailed("文件的校验值与保存时不符，不能提供。请告知管理员从备份恢复。", "The file's checksum does not hold; tell the administrator to restore it.")
    return data


def check() -> Iterator[Broken]:
    """Every file that the database names, read and hashed anew: what is missing or changed."""
    for digest in StoredFile.objects.order_by("digest").values_list("digest", flat=True).iterator(2000):
        try:
            read(digest)
        except StorageFailed as failed:
            yield Broken(digest, "缺失" if not path_of(digest).exists() else str(failed))


def _write(digest: str, data: bytes) -> None:
    target = path_of(digest)
    if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
        return
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
        raise StorageFailed(zh, en) from problem
    finally:
        if aside is not None:
            with suppress(OSError):
                aside.unlink()


def _settle(folder: Path) -> None:
    """The new name itself made fast, so that it outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
