"""One public item: its page, its files, and what is said where it is gone."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.utils import timezone

from gongkai.platform.catalogue.choices import LinkKind

from . import public_organs
from .public_lists import VISIBLE
from .public_values import Gone, PublicFile, PublicItem, PublicLink, Version

LAST_NUMBER = 2**31 - 1  # 更大的数不必去问数据库
_OWN = (
    "p.item_id, p.revision, p.index_number, p.title, p.summary, p.body, p.plain, p.document_number, p.kind, p.category, p.topic, p.keywords, "
    "p.formed_on, p.effective_on, p.expires_on, p.makers, p.source, p.validity, p.validity_on, p.validity_note, p.published_at, p.revised_at, "
    "p.withdrawn_at, p.withdrawal_reason"
)
_FILES = """SELECT a.number, a.name, f.size, f.media_type, f.digest, a.inline FROM catalogue_attachment a
    JOIN catalogue_storedfile f ON f.id = a.file_id JOIN catalogue_publication p ON p.item_id = a.item_id
    WHERE a.item_id = %s AND a.since <= p.revision AND (a.until IS NULL OR a.until > p.revision)"""


def item(number: int, on: date) -> PublicItem | Gone | None:
    """The page of an item in four statements; what stands in its place where it is gone; nothing where it never was public."""
    if number > LAST_NUMBER:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_OWN}, {public_organs.COLUMNS} FROM catalogue_publication p JOIN organs_organ o ON o.id = p.organ_id WHERE p.item_id = %s",
            [number],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    own: list[Any] = list(row[:24])
    organ = public_organs.made(row[24:])
    withdrawn_at, reason = own[22:24]
    if withdrawn_at is not None:
        return Gone(number, organ.name, organ.slug, "withdrawn", withdrawn_at, reason)
    expires_on = own[14]
    if expires_on is not None and expires_on < on:
        last = timezone.make_aware(datetime.combine(expires_on, time.max))
        return Gone(number, organ.name, organ.slug, "expired", last, "")
    own[15] = tuple(_list(own[15]))
    further = (files(number), links(number, on), versions(number))
    return PublicItem(*(own[0], organ, *own[1:22], *further))


def files(number: int) -> tuple[PublicFile, ...]:
    """The files of the published version. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_FILES} ORDER BY a.number", [number])
        return tuple(PublicFile(*row) for row in cursor.fetchall())


def file(number: int, which: int, on: date) -> PublicFile | None:
    """A file that may be handed out: of the published version of what is public today. One statement."""
    if number > LAST_NUMBER or which > LAST_NUMBER:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"{_FILES} AND a.number = %s AND {VISIBLE}", [number, which, on])
        row = cursor.fetchone()
    return PublicFile(*row) if row else None


def links(number: int, on: date) -> tuple[PublicLink, ...]:
    """Links between this item and others that are public, both ways; and to documents outside, by their name. One statement."""
    sql = f"""SELECT l.kind, TRUE AS outgoing, p.item_id, coalesce(p.title, l.words), coalesce(p.document_number, ''), p.published_at, coalesce(p.validity, 'none')
          FROM catalogue_link l LEFT JOIN catalogue_publication p ON p.item_id = l.target_id AND {VISIBLE}
         WHERE l.source_id = %s AND l.removed_at IS NULL AND (l.target_id IS NULL OR p.item_id IS NOT NULL)
        UNION ALL
        SELECT l.kind, FALSE, p.item_id, p.title, p.document_number, p.published_at, p.validity
          FROM catalogue_link l JOIN catalogue_publication p ON p.item_id = l.source_id AND {VISIBLE}
         WHERE l.target_id = %s AND l.removed_at IS NULL
        ORDER BY 6 DESC NULLS LAST LIMIT 200"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [on, number, on, number])
        found = tuple(PublicLink(*row) for row in cursor.fetchall())
    both = {link.id for link in found if link.outgoing and link.kind == LinkKind.RELATED.value}
    return tuple(link for link in found if link.outgoing or link.kind != LinkKind.RELATED.value or link.id not in both)


def versions(number: int) -> tuple[Version, ...]:
    """When the item became public, was changed and marked: only days, no names and no reasons. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.action, s.at, s.facts->>'validity' FROM catalogue_step s
                WHERE s.item_id = %s AND ((s.action IN ('approve', 'publish') AND s.after = 'published') OR s.action = 'mark_validity') ORDER BY s.number""",
            [number],
        )
        steps = cursor.fetchall()
    found: list[Version] = []
    for action, at, validity in steps:
        if action == "mark_validity":
            found += [Version(validity, at)] if validity else []
        else:
            found.append(Version("republished" if any(one.what == "published" for one in found) else "published", at))
    return tuple(reversed(found))


def _list(value: object) -> list[str]:
    if isinstance(value, str):
        value = json.loads(value)
    return [str(part) for part in value] if isinstance(value, list) else []
