"""正文: what the words of a report claim — quantities, the sums and ratios among them, and what the tables repeat.

`words(sections)` reads everything in one pass; `quantities`, `sums`, `ratios` and `claims` give one kind of it for one section.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongkai.report.model import Section

from . import claims as _claims
from . import ratios as _ratios
from . import sums as _sums
from . import written as _written
from . import zeros as _zeros
from .addition import Sum
from .claims import Claim
from .contents import Contents
from .contents import find as _find_contents
from .fees import fee_statement
from .findings import findings
from .growth import Growth
from .growth import find as _find_growths
from .joined import Joined, join
from .quantity import Quantity
from .ratios import Ratio
from .scope import Scope
from .scope import find as _find_scopes

__all__ = (
    "Claim",
    "Contents",
    "Growth",
    "Quantity",
    "Ratio",
    "Scope",
    "Sum",
    "Words",
    "claims",
    "fee_statement",
    "findings",
    "quantities",
    "ratios",
    "sums",
    "words",
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
    growths: tuple[Growth, ...] = ()


def words(sections: Iterable[Section]) -> Words:
    """Everything that the prose of these sections claims, read once."""
    read = [_read(section) for section in sections if section.prose.plain]
    return Words(
        tuple(one for part in read for one in part.quantities),
        tuple(one for part in read for one in part.sums),
        tuple(one for part in read for one in part.ratios),
        _claims.settle(one for part in read for one in part.claims),
        tuple(one for part in read for one in part.contents),
        tuple(one for part in read for one in part.scopes),
        tuple(one for part in read for one in part.growths),
    )


def quantities(section: Section) -> tuple[Quantity, ...]:
    """Every quantity that the prose of a section states, in its order, zeros said in words included."""
    return _read(section).quantities


def sums(section: Section) -> tuple[Sum, ...]:
    """Every addition that the prose of a section states."""
    return _read(section).sums


def ratios(section: Section) -> tuple[Ratio, ...]:
    """Every percentage, growth rate and multiple of a section that its own numbers let one recompute."""
    return _read(section).ratios


def claims(section: Section) -> tuple[Claim, ...]:
    """What a section says that the tables can confirm or contradict."""
    return _claims.settle(_read(section).claims)


def _read(section: Section) -> Words:
    joined = join(section)
    section = joined.section
    found, denied = _written.scan(section), _zeros.find(section)
    claimed = _claims.find(section, found, denied)
    added = _sums.find(section, found)
    added += _sums.unseen(_sums.balance(section, claimed), added)
    every = sorted([*found, *(zero.quantity for zero in denied)], key=lambda quantity: quantity.start)
    return _restored(
        joined,
        Words(
            tuple(every),
            tuple(added),
            tuple(_ratios.find(section, found, added)),
            tuple(claimed),
            _find_contents(section),
            _find_scopes(section),
            _find_growths(section, found),
        ),
    )


def _restored(joined: Joined, read: Words) -> Words:
    """The same words, with their places in the prose as it came."""
    if not joined.places:
        return read
    restore = joined.restore
    return replace(
        read,
        quantities=tuple(map(restore, read.quantities)),
        sums=tuple(replace(one, total=restore(one.total), parts=tuple(map(restore, one.parts))) for one in read.sums),
        ratios=tuple(
            replace(one, numerator=restore(one.numerator), denominator=restore(one.denominator)) for one in read.ratios
        ),
        claims=tuple(replace(one, quantity=restore(one.quantity)) for one in read.claims),
    )
