"""The government's own report: its own year plus the accepted reports of the organs in its scope, cell by cell (条例第四十九条第二款).

Requests that moved between organs are counted where they were handled: the organ that gave one away has it in no row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from gongkai.law.editions import Applicant, Edition, Remedy, Result
from gongkai.platform.annual import receiving
from gongkai.platform.annual.errors import NotNow
from gongkai.platform.annual.models import Received
from gongkai.platform.annual.queries.compiling import compile_year, title_of
from gongkai.platform.annual.stored import key_of
from gongkai.platform.organs import queries as organs
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries import OrganView
from gongkai.report.aggregate import Aggregate, CannotAdd, Part, aggregate
from gongkai.report.identities import ACTIVE, REMEDIES, REQUESTS, At
from gongkai.report.tables import printed


@dataclass(frozen=True, slots=True)
class Summed:
    """The total with what it was added up from: each received report by its id, 0 for the organ's own year."""

    total: Aggregate
    parts: tuple[tuple[int, Part], ...]

    @property
    def plain(self) -> dict[str, Any]:
        """What is behind each cell: the parts that have a figure there."""
        found = {}
        for at in _places(self.total.report.edition):
            given = [(pk, said.value) for pk, part in self.parts if (said := printed(part.report, at)).value]
            if given:
                found[key_of(at)] = {"source": "organs", "ids": [pk for pk, _ in given], "values": [str(value) for _, value in given], "counted": None, "entered": None}
        return found


def scope(superior_id: int) -> tuple[OrganView, ...]:
    """The organs whose reports belong into the government's: those that it supervises, still in being."""
    return tuple(each for each in organs.below(superior_id) if each.id != superior_id and each.supervisor == superior_id)


def summed(actor: Actor, superior_id: int, year: int, edition: Edition) -> Summed:
    """Own plus accepted, by declared scope."""
    own = compile_year(actor, superior_id, year, edition).report
    rows = Received.objects.filter(superior=superior_id, year=year, state="accepted").order_by("name", "id")
    parts: list[tuple[int, Part]] = [(0, Part(replace(own, organ=f"{own.organ}（本机关）")))]
    for row in rows:
        now = receiving.standing(row.data, row.settled)
        parts.append((row.pk, Part(replace(now.report, organ=row.name, year=year), now.doubts, row.file_name or None, row.file_digest or None)))
    named = [part.report.organ or "" for _, part in parts[:1]] + [each.name for each in scope(superior_id)]
    try:
        total = aggregate([part for _, part in parts], organ=own.organ, year=year, scope=named, other_to_misc=edition.key == "2021")
    except CannotAdd as refused:
        raise NotNow(str(refused), getattr(refused, "en", "")) from refused
    report = replace(total.report, organ=own.organ, title=title_of(own.organ or "", year), year=year, edition=edition)
    return Summed(replace(total, report=report), tuple(parts))


def _places(edition: Edition | None) -> Iterator[At]:
    assert edition is not None
    yield from (At(ACTIVE, cell.key) for cell in edition.active_cells())
    yield from (At(REQUESTS, row.key, kind.value) for row in edition.requests for kind in Applicant)
    yield from (At(REMEDIES, block.value, result.value) for block in Remedy for result in Result)
