"""What the public may read: publications, the files of their published version, the links between two of them, the organs.

Drafts and withheld items have no publication; what was withdrawn or whose time is over is left out here, in the query.
"""

from __future__ import annotations

from .public_alike import alike
from .public_items import file, files, item
from .public_lists import (
    count_by_category,
    count_normative,
    listing,
    newest_by_category,
    newest_change,
    sitemap,
    sitemap_pages,
    tally,
)
from .public_lists import forget as _forget_counts
from .public_organs import above, family, organ, organs
from .public_search import forget as _forget_finds
from .public_search import search
from .public_values import (
    CAP,
    FACETS,
    LAST_PAGE,
    PAGE,
    FacetValue,
    Filter,
    Gone,
    Listing,
    Place,
    PublicFile,
    PublicItem,
    PublicLink,
    PublicOrgan,
    Row,
    Tally,
    Version,
)  # fmt: skip

__all__ = [
    "CAP",
    "FACETS",
    "LAST_PAGE",
    "PAGE",
    "FacetValue",
    "Filter",
    "Gone",
    "Listing",
    "Place",
    "PublicFile",
    "PublicItem",
    "PublicLink",
    "PublicOrgan",
    "Row",
    "Tally",
    "Version",
    "above",
    "alike",
    "count_by_category",
    "count_normative",
    "family",
    "file",
    "files",
    "forget",
    "item",
    "listing",
    "newest_by_category",
    "newest_change",
    "organ",
    "organs",
    "search", "sitemap",
    "sitemap_pages",
    "tally",
]  # fmt: skip


def forget() -> None:
    """Let go of everything that is kept between requests."""
    _forget_counts()
    _forget_finds()
