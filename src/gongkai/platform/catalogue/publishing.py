"""The one place that writes the public copies: made when an item is published, emptied when it is taken down."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast

from gongkai.platform import searching
from gongkai.platform.organs.models import Organ

from .clocks import local_day
from .models import Item, Publication, Revision

_COPIED = (
    "title", "summary", "body", "document_number", "kind", "category", "topic", "keywords", "formed_on", "effective_on", "expires_on", "source",
)  # fmt: skip
_EMPTIED = ("title", "summary", "body", "document_number", "topic", "keywords", "source", "plain", "validity_note")


def publish(item: Item, revision: Revision, organ: Organ, at: datetime) -> None:
    """Copy the revision to the public side, its search terms with it, in the action's own transaction."""
    first = item.first_published_at or at
    told = {field: getattr(revision, field) for field in _COPIED}
    words = searching.vector(revision.title, revision.document_number, item.index_number, revision.keywords, revision.summary, revision.body)
    told |= {
        "organ": organ, "revision": revision.number, "index_number": item.index_number, "makers": [organ.name, *revision.co_makers],
        "validity": item.validity, "validity_on": item.validity_on, "validity_note": item.validity_note,
        "published_at": first, "revised_at": at if at != first else None, "year": local_day(first).year,
        "withdrawn_at": None, "withdrawal_reason": "", "plain": searching.plain(revision.body),
        "terms": Cast(Value(words), SearchVectorField()),
    }  # fmt: skip
    Publication.objects.bulk_create(
        [Publication(item=item, **told)], update_conflicts=True, unique_fields=["item"], update_fields=list(told)
    )


def mark(item: Item) -> None:
    """Show the validity on the page itself, at once."""
    Publication.objects.filter(item=item).update(validity=item.validity, validity_on=item.validity_on, validity_note=item.validity_note)


def take_down(item: Item, organ: Organ, at: datetime, reason: str) -> None:
    """Leave the address and the public reason; title, text and everything in which a name may stand goes."""
    Publication.objects.filter(item=item).update(
        **dict.fromkeys(_EMPTIED, ""), makers=[organ.name], terms=None, withdrawn_at=at, withdrawal_reason=reason
    )
