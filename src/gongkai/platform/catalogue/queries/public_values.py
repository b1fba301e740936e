"""What the public side hands out: plain values, never models."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from gongkai.platform.searching import Query

CAP, SEARCHED = 10_000, 1_000  # 列表、检索各数到这里为止
PAGE = 20
LAST_PAGE = 50  # 再往后按日期翻（Filter.before）
FACETS = ("organ", "category", "kind", "topic", "year", "validity")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which publications are asked for. `organs` None means all; a facet None means any."""

    organs: tuple[int, ...] | None = None
    category: str | None = None
    kinds: tuple[str, ...] | None = None
    topic: str | None = None
    year: int | None = None
    validity: str | None = None
    query: Query | None = None
    by_relevance: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list: a page, or (deep down) before or after an item."""

    page: int = 1
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. `plain` is filled where something was searched."""

    id: int
    title: str
    index_number: str
    document_number: str
    kind: str
    category: str
    topic: str
    validity: str
    validity_on: date | None
    formed_on: date
    published_at: datetime
    organ_name: str
    organ_slug: str
    summary: str = ""
    plain: str = ""
    keywords: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list."""

    rows: tuple[Row, ...]
    place: Place
    older: bool  # 后面还有
    newer: bool  # 前面还有


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, how many have it, and for an organ its name and address."""

    value: str
    count: int
    label: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are, up to the cap, and how they fall into the facets."""

    total: int
    capped: bool
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    cap: int = CAP


@dataclass(frozen=True, slots=True)
class PublicOrgan:
    """An organ as the public sees it: its place, and what its guide tells."""

    id: int
    name: str
    short_name: str
    slug: str
    level: str
    kind: str
    path: str
    active: bool
    parent: int | None
    has_rule_making_power: bool
    office_name: str
    office_address: str
    office_hours: str
    office_phone: str
    office_fax: str
    office_post: str
    office_contact: str


@dataclass(frozen=True, slots=True)
class PublicFile:
    """An attachment of the published version."""

    number: int
    name: str
    size: int
    media_type: str
    digest: str
    inline: bool


@dataclass(frozen=True, slots=True)
class PublicLink:
    """Another document, in the words of this one's side: `interprets` with `outgoing`, or the other way round."""

    kind: str
    outgoing: bool
    id: int | None  # 空：不在目录里的文件，只有名称
    title: str
    document_number: str
    published_at: datetime | None
    validity: str


@dataclass(frozen=True, slots=True)
class Version:
    """A day on which something became public: `published`, `republished`, `in_force`, `amended`, `repealed`, `lapsed`."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PublicItem:
    """The page of an item."""

    id: int
    organ: PublicOrgan
    revision: int
    index_number: str
    title: str
    summary: str
    body: str
    plain: str
    document_number: str
    kind: str
    category: str
    topic: str
    keywords: str
    formed_on: date
    effective_on: date | None
    expires_on: date | None
    makers: tuple[str, ...]
    source: str
    validity: str
    validity_on: date | None
    validity_note: str
    published_at: datetime
    revised_at: datetime | None
    files: tuple[PublicFile, ...] = ()
    links: tuple[PublicLink, ...] = ()
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """What stands where an item was public once: why it went, and nothing of what it said."""

    id: int
    organ_name: str
    organ_slug: str
    why: str  # withdrawn | expired
    at: datetime | None
    reason: str
