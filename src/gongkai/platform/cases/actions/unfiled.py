"""Drafts of the public form: what somebody typed and uploaded, sealed, until it is filed, thrown away, or thirty days old.

A draft belongs to a browser: it is found by a token that only that browser's cookie holds, kept here as a hash.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.platform.cases import sealing, uploading
from gongkai.platform.cases.errors import Invalid, NotNow
from gongkai.platform.cases.models import Unfiled, UnfiledFile
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.documents.intake import Accepted, Refused
from gongkai.platform.organs.uploads import examined, why

DAYS = 30
RECEIPT_HOURS = 1  # 提交以后，重复的提交还能得到同一张回执的时间
MOST_FILES = uploading.MOST_FILES
MOST_BYTES = 50 * 1024 * 1024
KINDS = frozenset({"application", "identity"})
_TOKEN, _DATA, _NAME, _FILE = "cases.unfiled.token", "cases.unfiled.data", "cases.unfiled.name", "cases.unfiled.file"


@dataclass(frozen=True, slots=True, repr=False)
class DraftFile:
    """A file of a draft, without its bytes."""

    id: int
    kind: str
    name: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A draft as it stands: what was typed by step, its files, and the answer that was given where it has been filed."""

    organ: int
    once: str  # 表单编号：同一草稿只成一件
    typed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    files: Sequence[DraftFile] = ()
    offered: int | None = None  # actions.offering
    filed: int | None = None
    code: str = ""
    at: datetime | None = None


def begin(organ: int, *, at: datetime) -> tuple[str, Draft]:
    """A new draft, empty, and the token by which it is found again."""
    token = secrets.token_urlsafe(32)
    draft = Draft(organ, secrets.token_urlsafe(24), at=at)
    Unfiled.objects.create(organ_id=organ, token_hash=_hash(token), data=_sealed(draft), at=at)
    return token, draft


def found(token: str, organ: int, *, at: datetime) -> Draft | None:
    """The draft of this browser for this organ. Two statements."""
    row = _row(token, organ, at)
    return _opened(row) if row is not None else None


def save(token: str, organ: int, step: str, typed: Mapping[str, Any], *, at: datetime) -> Draft:
    """Keep what was typed in a step, right or wrong, beside what was typed in the others."""

    def changed(draft: Draft) -> Draft:
        return replace(draft, typed={**draft.typed, step: dict(typed)}, at=at)

    return _change(token, organ, changed, at)


def offered(token: str, organ: int, number: int | None, *, at: datetime) -> Draft:
    """Remember which offer was made to this draft."""
    return _change(token, organ, lambda draft: replace(draft, offered=number), at)


def add_file(token: str, organ: int, upload: Upload, *, at: datetime) -> Draft:
    """Keep a file, once it was examined. Its bytes are sealed into the draft."""
    if upload.kind not in KINDS:
        raise Invalid({"file": _("请选择材料的种类。")})
    match examined(upload.name, upload.data):
        case Refused() as refused:
            raise Invalid({"file": _("文件没有上传：%(why)s") % {"why": why(refused)}})
        case Accepted() as kept:
            sealed = sealing.seal_bytes(kept.data, _FILE)
    with transaction.atomic():
        row = _held(token, organ, at)
        sizes = list(row.files.values_list("size", flat=True))
        if len(sizes) >= MOST_FILES:
            raise Invalid({"file": _("最多上传 %(most)s 个文件，请先移除不用的，或合并成一个。") % {"most": MOST_FILES}})
        if sum(sizes) + kept.size > MOST_BYTES:
            raise Invalid({"file": _("上传的文件合计不得超过 %(most)s MB，请压缩后再上传，或在提交后按要求补充。") % {"most": MOST_BYTES // 1024 // 1024}})
        UnfiledFile.objects.create(
            unfiled=row, kind=upload.kind, name=sealing.seal(kept.name[:200], _NAME), data=sealed, size=kept.size, media_type=kept.media_type, at=at
        )
        return _opened(row)


def remove_file(token: str, organ: int, number: int, *, at: datetime) -> Draft:
    """Take a file out of the draft; its bytes are gone."""
    with transaction.atomic():
        row = _held(token, organ, at)
        row.files.filter(pk=number).delete()
        return _opened(row)


def uploads(token: str, organ: int, *, at: datetime) -> list[Upload]:
    """The files with their bytes, in the order in which they came: for filing."""
    row = _row(token, organ, at)
    rows = row.files.order_by("pk") if row is not None else ()
    return [Upload(each.kind, str(sealing.unseal(each.name, _NAME)), sealing.unseal_bytes(each.data, _FILE)) for each in rows]


def filed(token: str, organ: int, request: int, code: str, *, at: datetime) -> None:
    """It has been filed: everything typed and uploaded is wiped; what stays, for an hour, is the answer to a second post."""
    with transaction.atomic():
        row = _row(token, organ, at, lock=True)
        if row is None:
            return
        row.files.all().delete()
        row.data = _sealed(Draft(organ, _opened(row, files=False).once, filed=request, code=code))
        row.at = at - timedelta(days=DAYS) + timedelta(hours=RECEIPT_HOURS)  # 一小时后与过期的草稿一同清除
        row.save(update_fields=["data", "at"])


def discard(token: str, organ: int, *, at: datetime) -> None:
    """Throw a draft away with its files: somebody may be at a shared computer."""
    Unfiled.objects.filter(token_hash=_hash(token), organ_id=organ).delete()


def sweep(now: datetime) -> int:
    """Drafts whose time is over go, with their files."""
    return Unfiled.objects.filter(at__lt=now - timedelta(days=DAYS)).delete()[0]


def _change(token: str, organ: int, changed: Any, at: datetime) -> Draft:
    with transaction.atomic():
        row = _held(token, organ, at)
        draft = changed(_opened(row))
        row.data, row.at = _sealed(draft), at
        row.save(update_fields=["data", "at"])
        return draft


def _row(token: str, organ: int, at: datetime, lock: bool = False) -> Unfiled | None:
    if not token:
        return None
    rows = Unfiled.objects.select_for_update(of=("self",)) if lock else Unfiled.objects.all()
    return rows.filter(token_hash=_hash(token), organ_id=organ, at__gt=at - timedelta(days=DAYS)).first()


def _held(token: str, organ: int, at: datetime) -> Unfiled:
    """The row, held until the transaction ends; a draft that was filed takes nothing more."""
    row = _row(token, organ, at, lock=True)
    if row is None:
        raise NotNow("这份草稿已经清除或者过期，请重新填写。", "This draft is gone; please begin again.")
    if _opened(row, files=False).filed is not None:
        raise NotNow("这份申请已经提交。", "This request has been filed already.")
    return row


def _hash(token: str) -> str:
    return sealing.secret_hash(_TOKEN, token)


def _sealed(draft: Draft) -> bytes:
    told = {"once": draft.once, "typed": draft.typed, "offered": draft.offered, "filed": draft.filed, "code": draft.code}
    return sealing.seal(told, _DATA)


def _opened(row: Unfiled, files: bool = True) -> Draft:
    told = sealing.unseal(row.data, _DATA)
    kept = tuple(_file(each) for each in row.files.defer("data").order_by("pk")) if files and told["filed"] is None else ()
    return Draft(row.organ_id, told["once"], told["typed"], kept, told["offered"], told["filed"], told["code"], row.at)


def _file(row: UnfiledFile) -> DraftFile:
    return DraftFile(row.pk, row.kind, str(sealing.unseal(row.name, _NAME)), row.size, row.media_type)
