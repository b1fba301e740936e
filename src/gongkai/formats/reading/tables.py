"""Tables: which blocks of a copy belong to which of the three tables, and which lines are prose after all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.formats.blocks import Block, Grid, Paragraph, Picture

from .cells import is_page_number
from .labels import ACTIVE_COLUMNS, APPLICANTS, REQUEST_LABELS, is_vocabulary
from .plain import bare, key
from .rows import holds_value, is_number_line, parted
from .split import Copy


class Table(StrEnum):
    """The three tables."""

    ACTIVE = "active"
    APPLICATIONS = "applications"
    REMEDIES = "remedies"

    @property
    def label(self) -> str:
        return {"active": "表二", "applications": "表三", "remedies": "表四"}[self.value]


OF_SECTION = {2: Table.ACTIVE, 3: Table.APPLICATIONS, 4: Table.REMEDIES}
SECTION_OF = {table: number for number, table in OF_SECTION.items()}
_REMEDY_SIGNS = ("未经复议直接起诉", "复议后起诉", "结果维持", "尚未审结")
_ACTIVE_SIGNS = frozenset(ACTIVE_COLUMNS) | {"规章", "行政规范性文件", "规范性文件", "行政许可", "行政处罚", "行政强制", "政府集中采购", "行政事业性收费"}


@dataclass(slots=True)
class Gathered:
    """The blocks of each table, the prose of each section, the pictures that may be tables."""

    tables: dict[Table, list[Block]] = field(default_factory=lambda: {table: [] for table in Table})
    prose: dict[int, list[Paragraph]] = field(default_factory=dict)
    pictures: dict[Table, list[Picture]] = field(default_factory=lambda: {table: [] for table in Table})


def gather(copy: Copy) -> Gathered:
    """Sort the blocks of a copy: a grid goes by what it says, else by the section it stands in."""
    found = Gathered()
    found.prose[0] = _prose_of(copy.preamble, found, None)
    for draft in copy.sections:
        table = OF_SECTION.get(draft.number)
        found.prose.setdefault(draft.number, []).extend(_prose_of(draft.blocks, found, table))
    return found


def _prose_of(blocks: Iterable[Block], found: Gathered, expected: Table | None) -> list[Paragraph]:
    prose: list[Paragraph] = []
    pending: list[Paragraph] = []  # short lines that are table cells if a table follows
    for block in blocks:
        if isinstance(block, Grid):
            table = classify(block) or expected
            if table:
                found.tables[table].extend([*pending, block] if table is expected else [block])
                prose.extend(pending if table is not expected else ())
                pending = []
        elif isinstance(block, Picture):
            if expected:
                found.pictures[expected].append(block)
        elif is_page_number(block.text):
            continue
        elif expected and _is_piece(block.text):
            found.tables[expected].extend([*pending, block])
            pending = []
        elif expected and _may_be_piece(block.text):
            pending.append(block)
        else:
            prose.extend(pending)
            pending = []
            prose.append(block)
    return [*prose, *pending]


def _is_piece(text: str) -> bool:
    """A line that is a cell of a table: a value, a label of the form or a piece of one."""
    if holds_value(text) or is_number_line(text) or text.lstrip().startswith(("（其中", "(其中", "（含", "(含")):
        return True
    name = key(text)
    if "。" in text:
        return False
    return is_vocabulary(name) or (len(text) > len(name) + 1 and is_vocabulary(bare(text))) or bool(name and name[0] == "（") or _label_and_values(text, name)


def _label_and_values(text: str, name: str) -> bool:
    return len(parted(text)) > 1 or (len(text) < 60 and bool(REQUEST_LABELS.match(name).only))


def _may_be_piece(text: str) -> bool:
    return (len(text) <= 30 and not any(sign in text for sign in "。；，,;:：")) or (len(text) <= 60 and text.startswith("（本列数据"))


def classify(grid: Grid) -> Table | None:
    """Which table a grid is (part of), by the labels in it."""
    keys = {key(cell.text) for row in grid.rows for cell in row if cell.text}
    if any(sign in text for text in keys for sign in _REMEDY_SIGNS):
        return Table.REMEDIES
    if any(name in REQUEST_LABELS.exact for name in keys if len(name) > 3) or len(keys & APPLICANTS.keys()) > 3:
        return Table.APPLICATIONS
    if keys & _ACTIVE_SIGNS or any(text.startswith("第二十条第") for text in keys):
        return Table.ACTIVE
    return None
