"""Publications made straight into the tables: what the portal reads, without the way that leads there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import count
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast

from gongkai.platform import searching
from gongkai.platform.catalogue import storage
from gongkai.platform.catalogue.models import Attachment, Item, Link, Publication, Revision, Step
from gongkai.platform.organs.models import Organ, Person

CST = timezone(timedelta(hours=8))
NOON = datetime(2026, 3, 2, 12, tzinfo=CST)
TODAY = date(2026, 11, 22)
_numbers = count(1)


def organ(name: str = "疏桐县财政局", *, parent: Organ | None = None, kind: str = "department", **more: Any) -> Organ:
    number = next(_numbers)
    told = {"short_name": name, "slug": f"organ-{number}", "level": "county", "kind": kind, "sort_key": name, "created_at": NOON} | more
    made = Organ.objects.create(name=name, area_parent=parent, **told)
    made.area_path = made.system_path = f"{parent.area_path if parent else '/'}{made.pk}/"
    made.save(update_fields=["area_path", "system_path"])
    return made


def person() -> Person:
    return Person.objects.create(login=f"person-{next(_numbers)}", name="测试员", created_at=NOON)


def item(of: Organ, title: str, *, state: str = "published", at: datetime | None = None, **more: Any) -> Item:
    """An item with one revision and no publication: a draft, a scheduled or a withheld one, as `state` and `access` say."""
    number = next(_numbers)
    at = at or NOON + timedelta(minutes=number)
    author = person()
    body = more.pop("body", "<p>正文。</p>")
    words = {key: more.pop(key) for key in ("summary", "document_number", "topic", "keywords") if key in more}
    told = {"kind": "announcement", "formed_on": date(2026, 3, 1), "index_number": f"123456789/2026-{number:05d}", "moved_at": at, "created_at": at} | more
    made = Item.objects.create(organ=of, author=author, title=title, state=state, **told)
    revision = Revision.objects.create(
        item=made, number=1, title=title, body=body, kind=made.kind, category=made.category, formed_on=made.formed_on, by=author, at=at, **words
    )
    Item.objects.filter(pk=made.pk).update(current=revision)
    return made


def publication(of: Organ, title: str = "关于印发预算公开办法的通知", *, at: datetime | None = None, files: Sequence[tuple[str, bytes, str]] = (), **more: Any) -> Publication:
    """A public item. `files`: name, bytes, media type."""
    number = next(_numbers)
    at = at or NOON + timedelta(minutes=number)
    told: dict[str, Any] = {
        "summary": "", "body": "<p>现将有关事项公告如下。</p>", "document_number": "", "kind": "announcement", "category": "other", "topic": "", "keywords": "",
        "formed_on": date(2026, 3, 1), "effective_on": None, "expires_on": None, "source": "", "validity": "none", "validity_on": None, "validity_note": "",
        "index_number": f"123456789/2026-{number:05d}", "makers": [of.name], "year": at.year, "revised_at": None,
    } | more  # fmt: skip
    shared = {key: told[key] for key in ("summary", "body", "document_number", "topic", "keywords")}
    made = item(of, title, at=at, kind=told["kind"], category=told["category"], formed_on=told["formed_on"], index_number=told["index_number"], **shared)
    for which, (name, data, media_type) in enumerate(files, start=1):
        Attachment.objects.create(item=made, number=which, file=storage.put(data, media_type, at), name=name, since=1, by=made.author, at=at)
    Step.objects.create(item=made, number=1, action="approve", before="in_approval", after="published", at=at, facts={})
    words = searching.vector(title, told["document_number"], told["index_number"], told["keywords"], told["summary"], told["body"])
    terms = told.pop("terms", Cast(Value(words), SearchVectorField()))
    return Publication.objects.create(item=made, organ=of, revision=1, title=title, published_at=at, plain=searching.plain(told["body"]), terms=terms, **told)


def withdrawn(of: Organ, title: str, reason: str = "处罚决定已被变更，依法撤回公开。", **more: Any) -> Publication:
    """As publishing.take_down leaves it — and, to be hard on the portal, with the text still there."""
    made = publication(of, title, **more)
    made.withdrawn_at, made.withdrawal_reason = NOON + timedelta(days=30), reason
    made.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    return made


def link(source: Publication | Item, target: Publication | Item | None, kind: str, words: str = "") -> Link:
    ends = [end.item_id if isinstance(end, Publication) else end.pk if end else None for end in (source, target)]
    return Link.objects.create(source_id=ends[0], target_id=ends[1], kind=kind, words=words, by=person(), at=NOON)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
