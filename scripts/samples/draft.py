"""Draft: what one sample report says, and what a careful auditor would say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.law.editions import BY_KEY, Applicant, Edition, Remedy, Result

Number = int | float | None
Cells = list[Number]
WIDTH = len(Applicant)
ZEROS: Cells = [0] * WIDTH


@dataclass(frozen=True)
class Fault:
    """One finding that an audit of the sample must report."""

    code: str
    severity: str
    where: str
    zh: str
    en: str


@dataclass(frozen=True)
class Draft:
    """One report: its words by section, its three tables by key."""

    name: str
    organ: str
    title: tuple[str, ...]
    year: int
    edition: Edition
    active: Mapping[str, Number]
    requests: Mapping[str, Cells]
    remedies: Mapping[str, Mapping[str, Number]]
    sections: Mapping[int, Sequence[str]]
    signed: tuple[str, str] | None = None
    before: Sequence[str] = ()
    printed: Mapping[str, str] = field(default_factory=dict)  # labels and cells printed otherwise than the form has them
    raw: Mapping[str, str] = field(default_factory=dict)  # cells of table two whose text says more than a number
    notes: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    holds: Sequence[str] = ()
    layout: str = ""
    title_printed: str = ""  # where the characters are not those of `title`

    def truth(self) -> dict[str, object]:
        """The truth file, keys and shapes as the exchange format has them."""
        return {
            "file": self.name,
            "organ": self.organ,
            "title": self.title_printed or "".join(self.title),
            "year": self.year,
            "format": self.edition.key,
            "active": {cell.key: self._figure(cell.key, cell.unit) for cell in self.edition.active_cells()},
            "applications": dict(self.requests),
            "remedies": {block: dict(cells) for block, cells in self.remedies.items()},
            "findings": [vars(fault) for fault in self.faults],
            "holds": list(self.holds),
            "layout": self.layout,
        }

    def _figure(self, key: str, unit: str) -> dict[str, object]:
        extra = {"raw": self.raw[key]} if key in self.raw else {}
        note = {"note": self.notes[key]} if key in self.notes else {}
        return {"value": self.active[key], "unit": unit, **extra, **note}


def row(*cells: int) -> Cells:
    """Six applicants (those left out are 0) and their total."""
    six = [*cells, *ZEROS][: WIDTH - 1]
    return [*six, sum(cell or 0 for cell in six)]


def requests(
    edition: str, new: Cells, outcomes: Mapping[str, Cells], over: Cells = ZEROS, forward: Cells = ZEROS
) -> dict[str, Cells]:
    """Table three, its totals computed; a fault is put in afterwards."""
    rows = {line.key: list(ZEROS) for line in BY_KEY[edition].requests}
    rows |= {"new_received": new, "carried_over": over, **outcomes, "carried_forward": forward}
    leaves = [line.key for line in BY_KEY[edition].outcome_rows]
    rows["results_total"] = [sum(rows[key][column] or 0 for key in leaves) for column in range(WIDTH)]
    return rows


def remedies(*blocks: Sequence[int]) -> dict[str, dict[str, Number]]:
    """Table four: up to three blocks of upheld, corrected, other, pending; totals computed."""
    filled = [*blocks, (), (), ()][: len(Remedy)]
    table: dict[str, dict[str, Number]] = {}
    for block, four in zip(Remedy, filled, strict=True):
        cells = [*four, 0, 0, 0, 0][:4]
        table[block.value] = dict(zip((result.value for result in Result), [*cells, sum(cells)], strict=True))
    return table


def active_2021(
    rules: Sequence[int] = (0, 0, 0),
    normative: Sequence[int] = (0, 0, 0),
    licensing: int = 0,
    penalty: int = 0,
    coercion: int = 0,
    fee: float = 0,
) -> dict[str, Number]:
    """Table two of the 2021 edition."""
    columns = ("made", "repealed", "in_force")
    return {
        **{f"rules_{column}": value for column, value in zip(columns, rules, strict=True)},
        **{f"normative_{column}": value for column, value in zip(columns, normative, strict=True)},
        "licensing_decisions": licensing,
        "penalty_decisions": penalty,
        "coercion_decisions": coercion,
        "fee_amount": fee,
    }
