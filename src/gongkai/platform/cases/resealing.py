"""After a change of keys: everything that may be changed is sealed anew with the first key, in batches; what was done stays done.

Events are evidence: their digests stand in the journal, and the database refuses to change them. Their texts stay under the key that
sealed them, so an old key is kept for as long as events under it are. Lookup hashes stay with the oldest key (sealing).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from gongkai.platform import journal
from gongkai.platform.documents.keeping import path_of, put, take
from gongkai.platform.journal.models import PLATFORM_CHAIN

from . import sealing
from .errors import KeyMissing

BATCH = 200
COLUMNS: Mapping[str, tuple[str, ...]] = {  # 表.列 → sealing 的用途（Filed.answer 有两种）
    "cases_request.applicant": ("cases.request.applicant",),
    "cases_request.content": ("cases.request.content",),
    "cases_casefile.name": ("cases.file.name",),
    "cases_letter.fields": ("cases.letter.fields",),
    "cases_letter.tracking": ("cases.letter.tracking",),
    "cases_consultation.party": ("cases.consultation.party",),
    "cases_consultation.asks": ("cases.consultation.asks",),
    "cases_task.what": ("cases.task.what",),
    "cases_remedy.sealed": ("cases.remedy.claim",),
    "cases_notice.to": ("cases.notice.to",),
    "cases_notice.link": ("cases.notice.link",),
    "cases_payment.address": ("cases.payment.address",),
    "cases_unfiled.data": ("cases.unfiled.data",),
    "cases_unfiledfile.name": ("cases.unfiled.name",),
    "cases_unfiledfile.data": ("cases.unfiled.file",),
    "cases_filed.answer": ("cases.filed.answer", "cases.filed.remedy"),
    "cases_batch.rows": ("cases.batch.rows",),
}
FIXED = ("cases_event.sealed", "cases_remedyevent.sealed")  # 不可更改
UNSEALED = ("cases_template.docx",)  # 没有个人信息
FILES = "files"


@dataclass(frozen=True, slots=True)
class Resealed:
    """What was sealed anew, and what is left under older keys, by place: the fixed ones always, others where they were busy."""

    done: Mapping[str, int]
    left: Mapping[str, int]
    needed: frozenset[str]  # 仍须保留的密钥

    @property
    def total(self) -> int:
        return sum(self.done.values())

    @property
    def complete(self) -> bool:
        return not any(count for place, count in self.left.items() if place not in FIXED)


def reseal(at: datetime, said: Callable[[str, int], None] = lambda place, count: None) -> Resealed:
    """Seal with the first key whatever an older one sealed. Interrupted, it goes on where it was when called again."""
    first = sealing.key_ids()[0]
    done: Counter[str] = Counter()
    for column, purposes in COLUMNS.items():
        for count in _column(column, purposes, first):
            done[column] += count
            said(column, done[column])
    for count in _files(first):
        done[FILES] += count
        said(FILES, done[FILES])
    left = remaining()
    if done:
        with transaction.atomic():
            changes = {"key": first, **{column.replace(".", " "): count for column, count in done.items()}}
            journal.record(journal.MACHINE, "cases.reseal", "cases.key:" + first, chain=PLATFORM_CHAIN, at=at, changes=changes)
    return Resealed(dict(done), left, frozenset(used()))


def _column(column: str, purposes: tuple[str, ...], first: str) -> Iterator[int]:
    """One column, batch by batch; rows that somebody holds are met again in the next round, and left after the last."""
    table, name = column.split(".")
    key = "key" if table == "cases_filed" else "id"
    query = (
        f'SELECT {key}, "{name}" FROM {table} WHERE "{name}" IS NOT NULL AND length("{name}") > 5 AND substr("{name}", 2, 4) <> %s'
        f" ORDER BY {key} LIMIT {BATCH} FOR NO KEY UPDATE SKIP LOCKED"
    )
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, [bytes.fromhex(first)])
            rows = cursor.fetchall()
            fresh = [(sealing.seal_bytes(*_opened(value, purposes)), pk) for pk, value in rows]
            cursor.executemany(f'UPDATE {table} SET "{name}" = %s WHERE {key} = %s', fresh)
        if not rows:
            return
        yield len(rows)


def _opened(value: bytes | memoryview, purposes: tuple[str, ...]) -> tuple[bytes, str]:
    for purpose in purposes[:-1]:
        try:
            return sealing.unseal_bytes(value, purpose), purpose
        except KeyMissing:
            continue
    return sealing.unseal_bytes(value, purposes[-1]), purposes[-1]


def _files(first: str) -> Iterator[int]:
    """The files on the disk: a new one is made fast, then named, then the old one goes, unless another row names it too."""
    from .models import CaseFile

    folder = Path(settings.FILES)
    for digest in CaseFile.objects.order_by("digest").values_list("digest", flat=True).distinct():
        sealed = take(folder, digest)
        if sealing.sealed_by(sealed) == first:
            continue
        fresh = put(folder, sealing.seal_bytes(sealing.unseal_bytes(sealed, "cases.file"), "cases.file"))
        with transaction.atomic():
            named = CaseFile.objects.filter(digest=digest).update(digest=fresh)
        path_of(folder, digest if named else fresh).unlink(missing_ok=True)
        yield named


def remaining() -> dict[str, int]:
    """How many values of each place an older key sealed."""
    first = bytes.fromhex(sealing.key_ids()[0])
    found = {}
    with connection.cursor() as cursor:
        for column in (*COLUMNS, *FIXED):
            table, name = column.split(".")
            cursor.execute(f'SELECT count(*) FROM {table} WHERE "{name}" IS NOT NULL AND length("{name}") > 5 AND substr("{name}", 2, 4) <> %s', [first])
            found[column] = int(cursor.fetchone()[0])
    return {column: count for column, count in found.items() if count}


def used() -> set[str]:
    """The ids of all keys that something in the database is sealed with."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for column in (*COLUMNS, *FIXED):
            table, name = column.split(".")
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
            if not cursor.fetchone()[0]:
                continue  # 数据表还没有更新到这一版
            cursor.execute(f'SELECT DISTINCT substr("{name}", 2, 4) FROM {table} WHERE "{name}" IS NOT NULL AND length("{name}") > 5')
            found |= {bytes(row[0]).hex() for row in cursor.fetchall()}
    return found
