"""The files that the database names: attachments, the files of requests, uploaded annual reports. Is each of them on the disk."""

from __future__ import annotations

from collections.abc import Iterator

from .findings import Finding, Level, judge

SHOWN = 3


def examine() -> Iterator[Finding]:
    from pathlib import Path

    from django.conf import settings

    from gongkai.platform.documents.keeping import path_of

    folder, named, missing = Path(settings.FILES), 0, list[str]()
    for digest in _named():
        named += 1
        if not path_of(folder, digest).is_file():
            missing.append(digest)
    some = "、".join(digest[:12] for digest in missing[:SHOWN])
    yield judge("files", Level.ERROR, (f"数据库所记的 {named} 个文件都在。", f"All {named} files that the database names are there."),
                (f"数据库所记的文件缺 {len(missing)} 个：{some}。", f"{len(missing)} files that the database names are missing: {some}."),
                ("从备份的 files 目录补回同名文件。", "Put the files of the same names back from the folder `files` of a backup."), not missing)  # fmt: skip


def _named() -> Iterator[str]:
    """The SHA-256 of each, by which it lies on the disk."""
    from gongkai.platform.annual.models import Received
    from gongkai.platform.cases.models import CaseFile
    from gongkai.platform.catalogue.models import StoredFile

    yield from StoredFile.objects.values_list("digest", flat=True).iterator(2000)
    yield from CaseFile.objects.order_by("digest").values_list("digest", flat=True).distinct().iterator(2000)
    yield from Received.objects.exclude(file_digest="").order_by("file_digest").values_list("file_digest", flat=True).distinct().iterator(2000)
