"""What the tests of the parsers compare: blocks as plain lists."""

from __future__ import annotations

from gongkai.formats.blocks import NO_CELL, Grid, Paragraph
from gongkai.formats.source import Parsed

Shown = list[str | list[list[str | None]]]


def shown(parsed: Parsed) -> Shown:
    """Paragraphs as strings, grids as rows (None where no cell is), pictures as [图…]."""
    out: Shown = []
    for block in parsed.blocks:
        if isinstance(block, Grid):
            out.append([[None if cell is NO_CELL else cell.text for cell in row] for row in block.rows])
        elif isinstance(block, Paragraph):
            out.append(block.text)
        else:
            out.append(f"[图{block.text}]")
    return out


def codes(parsed: Parsed) -> list[str]:
    return [finding.code for finding in parsed.remarks]
