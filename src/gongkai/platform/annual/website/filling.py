"""What the platform knows of a website's year, box by box, with what is behind each figure. Pure: given what was counted and entered.

As in the annual report, what the ledger says holds and what the catalogue counts stands beside it; where neither says anything the box stays blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.platform.annual.counting import INTERPRETATIONS, NEWS
from gongkai.platform.annual.ledger import Place, YearFigure
from gongkai.platform.catalogue.choices import Kind as ItemKind
from gongkai.platform.catalogue.queries.on_sites import OnSites

from .fields import BY_KEY, FIELDS
from .reading import of

LEDGER: Mapping[str, Place] = {
    "published_total": ("published", "site"), "published_news": ("published", "site_news"), "published_catalogue": ("published", "site_information"),
    "visits": ("website_visits", ""), "columns_kept": ("columns_kept", ""), "columns_new": ("columns_new", ""),
    "interpretations": ("interpretations", ""), "interpretation_materials": ("interpretation_materials", ""),
    "interpretation_products": ("interpretation_products", ""), "interpretation_comments": ("interpretation_comments", ""), "responses": ("responses", ""),
    "messages_received": ("mailbox_received", ""), "messages_done": ("mailbox_done", ""), "messages_public": ("mailbox_public", ""),
    "surveys": ("surveys", ""), "survey_opinions": ("survey_opinions", ""), "survey_results": ("survey_results", ""),
    "interviews": ("interviews", ""), "interview_messages": ("interview_messages", ""), "interview_answers": ("interview_answers", ""),
    "weibo_posts": ("published", "weibo"), "wechat_posts": ("published", "wechat"),
}  # fmt: skip
OF_ORGAN = frozenset({"weibo_posts", "wechat_posts"})  # 新媒体是机关的，不分网站
OVERVIEW = frozenset({ItemKind.FUNCTIONS.value})  # 概况类：机构职能；动态、解读与台账旁边数的一样（annual.counting），其余是目录信息


class Source(StrEnum):
    """Whence a value is known."""

    LEDGER = "ledger"
    ITEMS = "items"
    RECORDS = "records"
    SITE = "site"
    ORGAN = "organ"
    STEPS = "steps"


SOURCES: dict[Source, tuple[str, str]] = {
    Source.LEDGER: ("数据台账", "Ledger"), Source.ITEMS: ("信息目录", "Catalogue"), Source.RECORDS: ("渠道记录", "Channel records"),
    Source.SITE: ("网站登记", "Website's entry"), Source.ORGAN: ("公开指南", "Disclosure guide"), Source.STEPS: ("办理过程", "Steps taken"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A value that the platform knows, and the entries, items or records that it rests on."""

    source: Source
    value: str
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What is entered of a website once and for all."""

    name: str
    address: str
    organ: str
    kind: str
    code: str
    icp: str
    police: str
    main: bool
    phone: str = ""  # 政府信息公开工作机构的电话


@dataclass(frozen=True, slots=True)
class Signed:
    """Who filled it in and who reviewed it, as the steps tell."""

    filler: str = ""
    filled_on: str = ""
    reviewer: str = ""


def known(site: SiteFacts, figures: Mapping[Place, YearFigure], counted: OnSites, signed: Signed | None = None) -> dict[str, tuple[Known, ...]]:
    """Every box of which something is known: what holds first, what else is known after it."""
    found: dict[str, list[Known]] = {}
    for key, each in (*_facts(site, signed or Signed()), *_ledger(site.main, figures), *_counted(site.main, counted)):
        found.setdefault(key, []).append(each)
    return {field.key: tuple(found[field.key]) for field in FIELDS if field.key in found}


def _facts(site: SiteFacts, signed: Signed) -> Iterator[tuple[str, Known]]:
    told = {
        "site_name": site.name, "site_address": site.address, "site_organ": site.organ, "site_kind": site.kind, "site_code": site.code,
        "site_icp": site.icp, "site_police": site.police,
    }  # fmt: skip
    yield from ((key, Known(Source.SITE, value)) for key, value in told.items() if value)
    if site.phone:
        yield "phone", Known(Source.ORGAN, site.phone)
    steps = {"filler": signed.filler, "filled_on": signed.filled_on, "reviewer": signed.reviewer}
    yield from ((key, Known(Source.STEPS, value)) for key, value in steps.items() if value)


def _ledger(main: bool, figures: Mapping[Place, YearFigure]) -> Iterator[tuple[str, Known]]:
    """The ledger speaks of the organ's main website; what belongs to the organ is told of each."""
    for key, place in LEDGER.items():
        figure = figures.get(place)
        if figure is not None and (main or key in OF_ORGAN) and figure.value >= 0 and figure.value == figure.value.to_integral_value():
            yield key, Known(Source.LEDGER, of(figure.value, figure.about), figure.entries)


def _counted(main: bool, counted: OnSites) -> Iterator[tuple[str, Known]]:
    """By kind of item: on the main website what the platform published, on another what was recorded there."""
    kinds, source = (counted.kinds, Source.ITEMS) if main else (counted.site, Source.RECORDS)
    parts: dict[str, list[int]] = {}
    for kind, ids in kinds.items():
        box = "published_overview" if kind in OVERVIEW else "published_news" if kind in NEWS else "published_catalogue"
        for each in (box, "published_total", *(["interpretations"] if kind in INTERPRETATIONS else [])):
            parts.setdefault(each, []).extend(ids)
    for box, found in parts.items():
        yield box, Known(source, of(Decimal(len(found))), tuple(sorted(found)))
    for channel in ("weibo", "wechat"):
        if records := counted.channels.get(channel, ()):
            yield f"{channel}_posts", Known(Source.RECORDS, of(Decimal(len(records))), records)


def holds(key: str, entered: Mapping[str, str | None], found: Mapping[str, tuple[Known, ...]]) -> str | None:
    """What a box prints: what was entered (None: left blank on purpose), else what the platform knows first, else nothing."""
    if key in entered:
        return entered[key]
    return found[key][0].value if key in found else None


def values(entered: Mapping[str, str | None], found: Mapping[str, tuple[Known, ...]]) -> dict[str, str | None]:
    """The whole form as it prints now."""
    return {key: holds(key, entered, found) or None for key in BY_KEY}
