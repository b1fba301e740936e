"""Office files: zip archives written so that the same report gives the same bytes, our data among their parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def settled(data: bytes, more: Mapping[str, bytes] | None = None) -> bytes:
    """The archive with one fixed time on every member, and with further members."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        members = {name: old.read(name) for name in old.namelist()} | dict(more or {})
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            new.writestr(info, content)
    return made.getvalue()


def related(relations: bytes, target: str) -> bytes:
    """A list of relationships with one more, to a part of custom XML."""
    entry = f'<Relationship Id="rIdGongkai" Type="{_RELATIONSHIPS}/customXml" Target="{target}"/>'
    return relations.replace(b"</Relationships>", entry.encode() + b"</Relationships>")


def member(data: bytes, name: str) -> bytes:
    """One part of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
