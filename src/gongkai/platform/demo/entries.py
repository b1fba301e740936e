"""What an entry of the demo's plan says: which text, of which organ, formed on which day, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .texts import library, workday


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of the demo. `fate` is a key of `fates.FATES`; `links` name other entries by their keys."""

    key: str
    text: str
    organ: str
    formed: date
    fate: str = "public"
    salt: str = ""
    quarter: int = 0
    year: int = 0  # 所述年度；0 为生成日期的年度
    files: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    co_makers: tuple[str, ...] = ()
    interprets: str = ""

    def but(self, **changed: Any) -> Entry:
        return replace(self, **changed)


def one(text: str, organ: str, formed: date, *, key: str = "", salt: str = "", **more: Any) -> Entry:
    """A single entry, on the first working day from `formed`."""
    on = workday(formed)
    return Entry(key=key or f"{organ}/{text}/{on.isoformat()}{salt and '/' + salt}", text=text, organ=organ, formed=on, salt=salt, **more)


def yearly(text: str, organs: str | Iterable[str], month: int, day: int, years: Iterable[int], today: date, **more: Any) -> Iterator[Entry]:
    """The same document every year, as far as its day has come."""
    for slug in [organs] if isinstance(organs, str) else organs:
        for year in years:
            formed = workday(date(year, month, day + len(slug) % 4))
            if formed >= today:
                break
            yield one(text, slug, formed, **more)


def quarterly(text: str, organ: str, years: Iterable[int], today: date, **more: Any) -> Iterator[Entry]:
    """The same document after every quarter; the last one tells of the whole year."""
    for year in years:
        for quarter, formed in enumerate((date(year, 4, 12), date(year, 7, 13), date(year, 10, 16), date(year + 1, 1, 14))):
            if workday(formed) < today:
                yield one(text, organ, formed, salt=f"q{year}.{quarter}", quarter=quarter, year=year, **more)


def with_interpretations(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Every policy whose text has an interpretation is followed by it, linked (谁起草、谁解读)."""
    for entry in entries:
        yield entry
        if entry.fate in PUBLISHED and library()[entry.text].interpretation:
            yield Entry(
                key=f"{entry.key}/解读", text=entry.text, organ=entry.organ, formed=entry.formed, salt=entry.salt, quarter=entry.quarter,
                interprets=entry.key, links=(("interprets", entry.key),), channels=("wechat",) if entry.formed.day % 2 else (),
            )  # fmt: skip


PUBLISHED = frozenset({"public", "late", "returned_once", "revised", "amended", "repealed", "lapsed", "determined", "waived"})
