"""The files of the catalogue, under the data directory by their SHA-256 (documents.keeping), and their rows in the database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongkai.platform.documents import keeping

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
