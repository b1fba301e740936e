"""The files of cases: sealed, then kept under the data directory by the SHA-256 of what is on the disk; checked when read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongkai.platform.documents.keeping import Unkept, put, take

from . import sealing
from .errors import StorageFailed
from .models import CaseFile, Request

_DATA, _NAME = "cases.file", "cases.file.name"


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """Bytes that are on the disk, sealed, and not yet named in the database: write them before the transaction begins."""

    digest: str
    fingerprint: str
    size: int


def write(data: bytes) -> Kept:
    sealed = sealing.seal_bytes(data, _DATA)
    try:
        digest = put(Path(settings.FILES), sealed)
    except Unkept as problem:
        raise StorageFailed(problem.zh, problem.en) from problem
    return Kept(digest, fingerprint(data), len(data))


def fingerprint(data: bytes) -> str:
    return sealing.secret_hash("cases.file", hashlib.sha256(data).hexdigest())


def name(request: Request | None, kept: Kept, file_name: str, kind: str, media_type: str, *, at: datetime, person: int | None, shown: bool = False) -> CaseFile:
    """The database's row; the request is held by whoever calls, so its files are numbered one by one."""
    last = CaseFile.objects.filter(request=request).order_by("-number").values_list("number", flat=True).first() if request else None
    return CaseFile.objects.create(
        request=request, number=(last or 0) + 1, kind=kind, name=sealing.seal(file_name, _NAME), size=kept.size, media_type=media_type,
        digest=kept.digest, fingerprint=kept.fingerprint, shown=shown, person_id=person, at=at,
    )  # fmt: skip


def name_of(file: CaseFile) -> str:
    return str(sealing.unseal(file.name, _NAME))


def read(file: CaseFile) -> bytes:
    """The bytes as they were given, held against their checksum and opened."""
    try:
        return sealing.unseal_bytes(take(Path(settings.FILES), file.digest), _DATA)
    except Unkept as problem:
        raise StorageFailed(problem.zh, problem.en) from problem
