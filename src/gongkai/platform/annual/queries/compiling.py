"""A year of an organ compiled from its records: figures entered, documents of the catalogue, requests and remedies. A constant number of statements."""

from __future__ import annotations

from functools import cache

from gongkai.law.editions import BY_KEY, Applicant, Edition, Remedy, Result
from gongkai.platform.annual import ledger
from gongkai.platform.annual.compiling import Compiled, CountedCell, compiled
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.queries.figures import entered
from gongkai.platform.annual.states import READING
from gongkai.platform.cases.queries import grouped
from gongkai.platform.catalogue.queries.counting import documents
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from gongkai.report import tally
from gongkai.report.identities import REMEDIES, REQUESTS, At


def compile_year(actor: Actor, organ_id: int, year: int, edition: Edition) -> Compiled:
    """The three tables with what is behind every cell, as the records stand now."""
    if not actor.machine and not actor.kinds(organ_id) & READING:
        raise NotFound
    organ = Organ.objects.filter(pk=organ_id).only("name").first()
    if organ is None:
        raise NotFound
    return of_records(organ.name, organ_id, year, edition)


def of_records(organ: str, organ_id: int, year: int, edition: Edition) -> Compiled:
    """The same for whoever has been let in already. Four statements."""
    figures = ledger.year(entered(organ_id, year, [cell.key for cell in edition.active_cells()]))
    items = {key: CountedCell(ids) for key, ids in documents(organ_id, year).items() if ids}
    tables = tally.total(grouped.requests(organ_id, year), grouped.remedies(organ_id, year), year, edition)
    return compiled(organ, year, edition, figures, items, tables, {at: tables.ids(at) for at in _places(edition.key)}, title_of(organ, year))


def title_of(organ: str, year: int) -> str:
    return f"{organ}{year}年政府信息公开工作年度报告"


@cache
def _places(key: str) -> list[At]:
    edition = BY_KEY[key]
    rows = [At(REQUESTS, row.key, kind.value) for row in edition.requests for kind in Applicant]
    return rows + [At(REMEDIES, block.value, result.value) for block in Remedy for result in Result]
