"""正文: what the words of a report claim — quantities, the sums and ratios among them, and what the tables repeat.

`words(sections)` reads everything in one pass. `sums`, `ratios`, `claims` and `quantities` read one section alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.report.model import Section

from . import claims as _claims
from . import ratios as _ratios
from . import sums as _sums
from . import zeros as _zeros
from .claims import Claim, claims
from .contents import Contents, contents
from .fees import fee_statement
from .findings import findings
from .quantities import quantities
from .quantity import Quantity
from .ratios import Ratio, ratios
from .scope import Scope, scopes
from .sums import Sum, sums
from .written import scan

__all__ = (
    "Claim", "Contents", "Quantity", "Ratio", "Scope", "Sum", "Words",
    "claims", "contents", "fee_statement", "findings", "quantities", "ratios", "scopes", "sums", "words",
)


@dataclass(frozen=True, slots=True)
class Words:
    """All that the prose of a report claims."""

    quantities: tuple[Quantity, ...] = ()
    sums: tuple[Sum, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    claims: tuple[Claim, ...] = ()
    contents: tuple[Contents, ...] = ()
    scopes: tuple[Scope, ...] = ()


def words(sections: Iterable[Section]) -> Words:
    """Everything that the prose of these sections claims, read once."""
    quantities_: list[Quantity] = []
    sums_: list[Sum] = []
    ratios_: list[Ratio] = []
    claims_: list[Claim] = []
    contents_: list[Contents] = []
    scopes_: list[Scope] = []
    for section in sections:
        found, denied = scan(section), _zeros.find(section)
        claimed = _claims.find(section, found, denied)
        added = _sums.find(section, found)
        added += _sums.unseen(_sums.balance(section, claimed), added)
        quantities_ += sorted([*found, *(zero.quantity for zero in denied)], key=lambda quantity: quantity.start)
        sums_ += added
        ratios_ += _ratios.find(section, found, added)
        claims_ += claimed
        contents_ += contents(section)
        scopes_ += scopes(section)
    return Words(
        tuple(quantities_), tuple(sums_), tuple(ratios_), _claims.settle(claims_), tuple(contents_), tuple(scopes_)
    )

