"""Atom (RFC 4287) and sitemaps, written by hand: a few fields, escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from django.conf import settings

from gongkai.platform.catalogue.queries.public import Row

from . import addresses, words

ATOM = "application/atom+xml; charset=utf-8"


def _xml(text: str) -> str:
    """Escaped, without the signs that XML does not know."""
    return escape("".join(char for char in text if char >= " " or char in "\t\n"), quote=True)


def atom(title: str, path: str, page: str, rows: Sequence[Row], updated: datetime | None) -> bytes:
    """A feed of rows; `path` is its own address, `page` that of the list which it follows."""
    newest = max((row.published_at for row in rows), default=updated)
    stamp = newest.isoformat(timespec="seconds") if newest else "1970-01-01T00:00:00Z"
    entries = "".join(map(_entry, rows))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans"><title>{_xml(title)}</title>'
        f"<id>{_xml(addresses.absolute(path))}</id><updated>{stamp}</updated>"
        f'<link rel="self" type="application/atom+xml" href="{_xml(addresses.absolute(path))}"/>'
        f'<link rel="alternate" type="text/html" href="{_xml(addresses.absolute(page))}"/>'
        f"<author><name>{_xml(settings.SITE_NAME)}</name></author>{entries}</feed>\n"
    ).encode()


def _entry(row: Row) -> str:
    address = _xml(addresses.absolute(addresses.item(row.id)))
    at = row.published_at.isoformat(timespec="seconds")
    numbers = "，".join(part for part in (row.document_number, row.index_number) if part)
    summary = row.summary or "，".join(part for part in (words.kind(row.kind), numbers) if part)
    return (
        f'<entry><title>{_xml(row.title)}</title><id>{address}</id><link rel="alternate" type="text/html" href="{address}"/>'
        f"<published>{at}</published><updated>{at}</updated><author><name>{_xml(row.organ_name)}</name></author>"
        f'<category term="{_xml(row.kind)}" label="{_xml(words.kind(row.kind))}"/><summary>{_xml(summary)}</summary></entry>'
    )


def sitemap(entries: Iterable[tuple[str, datetime | None]]) -> bytes:
    """One sitemap: addresses with the day of their last change."""
    lines = (
        f"<url><loc>{_xml(addresses.absolute(path))}</loc>" + (f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else "") + "</url>\n"
        for path, changed in entries
    )
    return ('<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + "".join(lines) + "</urlset>\n").encode()


def sitemap_index(paths: Iterable[str]) -> bytes:
    """The list of sitemaps."""
    lines = "".join(f"<sitemap><loc>{_xml(addresses.absolute(path))}</loc></sitemap>\n" for path in paths)
    return ('<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + lines + "</sitemapindex>\n").encode()
