"""What an organ published in a year, with the ids behind every count, for the form of its website: by kind on the platform, by record elsewhere.

Counted as `published` counts: by the day on which an item was first published, also where it was withdrawn since.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from gongkai.platform.catalogue.models import ChannelRecord
from gongkai.platform.catalogue.queries.published import ZONE

_COUNTED = """
SELECT 'kind', kind, array_agg(id ORDER BY id)
FROM catalogue_item
WHERE organ_id = %(organ)s AND first_published_at >= %(begin)s AND first_published_at < %(end)s
GROUP BY kind
UNION ALL
SELECT CASE WHEN c.channel = 'site' THEN 'site' ELSE 'channel' END, CASE WHEN c.channel = 'site' THEN i.kind ELSE c.channel END, array_agg(c.id ORDER BY c.id)
FROM catalogue_channelrecord c JOIN catalogue_item i ON i.id = c.item_id
WHERE i.organ_id = %(organ)s AND i.first_published_at IS NOT NULL AND c.published_at >= %(begin)s AND c.published_at < %(end)s
  AND (c.channel IN ('wechat', 'weibo') OR (c.channel = 'site' AND %(site)s <> '' AND starts_with(c.address, %(site)s)))
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class OnSites:
    """Items of the catalogue by kind; records on one other website by kind; records on WeChat and Weibo."""

    kinds: dict[str, tuple[int, ...]] = field(default_factory=dict)
    site: dict[str, tuple[int, ...]] = field(default_factory=dict)
    channels: dict[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A record behind a figure, as a list shows it."""

    id: int
    item: int
    title: str
    channel: str
    published_at: datetime
    address: str


def counted(organ_id: int, year: int, site: str = "") -> OnSites:
    """What was first published in the year; `site` is the address of another website of the organ. One statement."""
    told: dict[str, int | str] = {"organ": organ_id, "begin": f"{year}-01-01 00:00 {ZONE}", "end": f"{year + 1}-01-01 00:00 {ZONE}", "site": site}
    found = OnSites()
    of = {"kind": found.kinds, "site": found.site, "channel": found.channels}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, told)
        for source, key, ids in cursor.fetchall():
            of[source][key] = tuple(ids)
    return found


def behind(organ_id: int, ids: Collection[int]) -> tuple[ChannelRow, ...]:
    """Those of the organ's records, in the order of time. One statement."""
    rows = ChannelRecord.objects.filter(item__organ=organ_id, item__first_published_at__isnull=False, pk__in=list(ids)).order_by("published_at", "pk")
    return tuple(ChannelRow(*row) for row in rows.values_list("pk", "item_id", "item__title", "channel", "published_at", "address"))
