"""An item as a document to take along: made from its public copy, kept for a while by the digest of what it says."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import astuple

from django.utils import timezone

from gongkai.platform.catalogue import storage
from gongkai.platform.catalogue.queries.public import PublicItem
from gongkai.platform.documents.outgoing import Document, to_docx, to_pdf

from . import addresses, words
from .pictures import shown, sources

ENDINGS = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}
_MADE = {"docx": to_docx, "pdf": to_pdf}
KEPT = 48


def digest(item: PublicItem, ending: str, citation: str) -> str:
    """Changes when anything changes that the document says."""
    told = (astuple(item), ending, citation, words.english())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def made(item: PublicItem, ending: str, citation: str, metadata: Sequence[tuple[str, str]], validity: str) -> bytes:
    """The file. Raises `Unwritable` where it cannot be written, such as a character that no font has."""
    key = digest(item, ending, citation)
    if key not in _kept:
        _kept[key] = _MADE[ending](_document(item, citation, metadata, validity))
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return _kept[key]


_kept: OrderedDict[str, bytes] = OrderedDict()


def _document(item: PublicItem, citation: str, metadata: Sequence[tuple[str, str]], validity: str) -> Document:
    return Document(
        title=item.title, organ="、".join(item.makers) or item.organ.name, body=shown(item), document_number=item.document_number,
        index_number=item.index_number, made_on=item.formed_on, published_on=timezone.localtime(item.published_at).date(), metadata=metadata,
        validity=validity, pictures={address: storage.read(file.digest) for address, file in sources(item).items()},
        attachments=[file.name for file in item.files if not file.inline], address=addresses.absolute(addresses.item(item.id)), citation=citation,
    )  # fmt: skip
