"""What gongkai itself counts of the ledger's figures: publications by channel, policies, interpretations, reads; by place and month. Pure.

It stands beside what was entered and is never put in its place: an organ also publishes what is not in this catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.platform.catalogue.choices import Channel, Kind
from gongkai.platform.catalogue.queries.published import ELSEWHERE, Counted

from .ledger import Place

Months = Mapping[int, int]
_OF: Mapping[Channel, str] = {
    Channel.WECHAT: "wechat", Channel.WEIBO: "weibo", Channel.NEW_MEDIA: "new_media", Channel.RADIO: "broadcast", Channel.TELEVISION: "broadcast",
    Channel.NOTICE_BOARD: "board", Channel.SCREEN: "board",
}  # fmt: skip
NEWS = (Kind.NEWS.value,)
POLICIES = (Kind.RULES.value, Kind.NORMATIVE.value, Kind.POLICY.value)  # 规章、行政规范性文件、政策法规
INTERPRETATIONS = (Kind.INTERPRETATION.value,)


@dataclass(frozen=True, slots=True)
class Source:
    """Which publications of the catalogue a place of the ledger counts."""

    site: bool
    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...] | None = None  # 空：不论体裁
    without: tuple[str, ...] = ()
    reads: bool = False  # 数的是阅读量

    def counts(self, row: Counted) -> bool:
        if row.channel != Channel.SITE:
            return row.channel in self.channels
        return self.site and row.kind not in self.without and (self.kinds is None or row.kind in self.kinds)


def channel_of(channel: str) -> str:
    """The ledger's channel of one of the catalogue's."""
    return _OF.get(Channel(channel), "other")


def _sources() -> dict[Place, Source]:
    by: dict[str, tuple[str, ...]] = {}
    for each in ELSEWHERE:
        by[channel_of(each)] = (*by.get(channel_of(each), ()), each.value)
    return {
        ("published", ""): Source(True, tuple(each.value for each in ELSEWHERE)),
        ("published", "site"): Source(True),
        ("published", "site_news"): Source(True, kinds=NEWS),
        ("published", "site_information"): Source(True, without=NEWS),
        **{("published", channel): Source(False, of) for channel, of in by.items()},
        **{("reads", channel): Source(False, of, reads=True) for channel, of in by.items()},
        ("policies", ""): Source(True, kinds=POLICIES),
        ("interpretations", ""): Source(True, kinds=INTERPRETATIONS),
    }


SOURCES = _sources()


def by_month(rows: Iterable[Counted]) -> dict[Place, Months]:
    """The months of every place of which there is anything to count; what is not there is not zero."""
    found: dict[Place, dict[int, int]] = {}
    for row in rows:
        for place, source in SOURCES.items():
            number = row.reads if source.reads else row.number
            if number is not None and source.counts(row):
                months = found.setdefault(place, {})
                months[row.month] = months.get(row.month, 0) + number
    return dict(found)


def by_year(months: Mapping[Place, Months]) -> dict[Place, int]:
    return {place: sum(each.values()) for place, each in months.items()}
