"""What was published in a year, by channel, kind and month, counted from the catalogue; and the list behind each count.

The website counts an item by the day on which it was first published here, also where it was withdrawn since; other channels count
by the record of the channel. Copies for reading places and archives (条例第二十五条) are no publication of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from gongkai.platform.catalogue.choices import Channel
from gongkai.platform.catalogue.models import ChannelRecord, Item

ZONE = "Asia/Shanghai"
ELSEWHERE = tuple(each for each in Channel if each not in (Channel.SITE, Channel.READING_PLACE, Channel.ARCHIVE))
_COUNTED = """
SELECT 'site', kind, EXTRACT(MONTH FROM first_published_at AT TIME ZONE %(zone)s)::int, count(*), NULL::bigint
FROM catalogue_item
WHERE organ_id = %(organ)s AND first_published_at >= %(begin)s AND first_published_at < %(end)s GROUP BY 2, 3
UNION ALL
SELECT record.channel, '', EXTRACT(MONTH FROM record.published_at AT TIME ZONE %(zone)s)::int, count(*), sum(record.reads)
FROM catalogue_channelrecord AS record JOIN catalogue_item AS item ON item.id = record.item_id
WHERE item.organ_id = %(organ)s AND record.channel = ANY(%(channels)s) AND record.published_at >= %(begin)s AND record.published_at < %(end)s
GROUP BY 1, 3
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many were published through a channel in a month; on the website by kind."""

    channel: str
    kind: str
    month: int
    number: int
    reads: int | None


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication behind a count."""

    item: int
    title: str
    index_number: str
    kind: str
    channel: str
    at: datetime
    reads: int | None


def by_month(organ_id: int, year: int) -> tuple[Counted, ...]:
    """One statement."""
    begin, end = _year(year)
    told: dict[str, int | str | datetime | list[str]] = {"organ": organ_id, "zone": ZONE, "begin": begin, "end": end, "channels": [each.value for each in ELSEWHERE]}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, told)
        return tuple(Counted(*row) for row in cursor.fetchall())


def listed(
    organ_id: int, year: int, *, site: bool, channels: Collection[str] = (), kinds: Collection[str] | None = None, without: Collection[str] = (),
    month: int = 0, first: int = 0, most: int = 50, read: bool = False,
) -> tuple[int, tuple[Publication, ...]]:  # fmt: skip
    """How many there are behind a count, and one page of them in the order of time; `read`: those of which reads are recorded. At most three statements."""
    begin, end = _year(year, month)
    found = list[QuerySet[Any, Any]]()
    if site:
        items = Item.objects.filter(organ=organ_id, first_published_at__gte=begin, first_published_at__lt=end).exclude(kind__in=list(without))
        if kinds is not None:
            items = items.filter(kind__in=list(kinds))
        none = Cast(Value(None), IntegerField())
        found.append(items.values_list("pk", "title", "index_number", "kind", Value(Channel.SITE.value, CharField()), "first_published_at", none))
    if channels:
        records = ChannelRecord.objects.filter(item__organ=organ_id, channel__in=list(channels), published_at__gte=begin, published_at__lt=end)
        records = records.filter(reads__isnull=False) if read else records
        found.append(records.values_list("item_id", "item__title", "item__index_number", "item__kind", "channel", "published_at", Cast("reads", IntegerField())))
    if not found:
        return 0, ()
    number = sum(each.count() for each in found)
    union = found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]
    rows = union.order_by(*(("first_published_at", "pk") if site else ("published_at", "item_id")))[first : first + most]
    return number, tuple(Publication(*row) for row in rows)


def _year(year: int, month: int = 0) -> tuple[datetime, datetime]:
    """From when until when, in the zone of the whole country."""
    zone = ZoneInfo(ZONE)
    if not month:
        return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    return datetime(year, month, 1, tzinfo=zone), datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
