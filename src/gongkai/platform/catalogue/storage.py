"""The files of the catalogue, under the data directory by their SHA-256 (documents.keeping), and their rows in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongkai.platform.documents import keeping
from gongkai.platform.documents.keeping import Broken

from .errors import StorageFailed
from .models import StoredFile


def path_of(digest: str) -> Path:
    return keeping.path_of(Path(settings.FILES), digest)


def put(data: bytes, media_type: str, at: datetime) -> StoredFile:
    """Keep the bytes and name them in the database; the same bytes are kept once. Files of a failed action harm nobody."""
    return name(write(data), len(data), media_type, at)


def write(data: bytes) -> str:
    """The bytes on the disk; needs no database and holds nobody up. Their checksum."""
    try:
        return keeping.put(Path(settings.FILES), data)
    except keeping.Unkept as problem:
        raise StorageFailed(problem.zh, problem.en) from problem


def name(digest: str, size: int, media_type: str, at: datetime) -> StoredFile:
    """The database's row of bytes that are on the disk."""
    StoredFile.objects.bulk_create([StoredFile(digest=digest, size=size, media_type=media_type, created_at=at)], ignore_conflicts=True)
    return StoredFile.objects.get(digest=digest)


def read(digest: str) -> bytes:
    """The bytes, held against their checksum."""
    try:
        return keeping.take(Path(settings.FILES), digest)
    except keeping.Unkept as problem:
        raise StorageFailed(problem.zh, problem.en) from problem


def check() -> Iterator[Broken]:
    """Every file that the database names, read and hashed anew: what is missing or changed."""
    for digest in StoredFile.objects.order_by("digest").values_list("digest", flat=True).iterator(2000):
        try:
            read(digest)
        except StorageFailed as failed:
            yield Broken(digest, "缺失" if not path_of(digest).exists() else str(failed))
