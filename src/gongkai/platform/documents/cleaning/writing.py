"""Writing: the values of a body as HTML, always in the same way, so that reading it gives the same values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from gongkai.platform.documents.body import MARKS, Align, Block, Cell, Listing, Paragraph, Quote, Rule, Run, Table


def write(blocks: Sequence[Block]) -> str:
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            tag = f"h{block.level}" if block.level else "p"
            return f"<{tag}{_aligned(block.align)}>{inline(block.runs)}</{tag}>"
        case Listing():
            tag = "ol" if block.start else "ul"
            start = f' start="{block.start}"' if block.start > 1 else ""
            return f"<{tag}{start}>{''.join(f'<li>{_held(item)}</li>' for item in block.items)}</{tag}>"
        case Quote():
            return f"<blockquote>{write(block.blocks)}</blockquote>"
        case Table():
            return _table(block)
        case Rule():
            return "<hr>"


def _aligned(align: Align) -> str:
    return f' class="align-{align}"' if align else ""


def _held(blocks: Sequence[Block]) -> str:
    """What an item or a cell holds: a paragraph alone, or followed by lists, needs no element of its own."""
    first, *rest = blocks or (Paragraph(()),)
    if isinstance(first, Paragraph) and all(isinstance(block, Listing) for block in rest):
        return inline(first.runs) + write(rest)
    return write(blocks)


def _table(table: Table) -> str:
    caption = f"<caption>{inline(table.caption)}</caption>" if table.caption else ""
    head = "".join(map(_row, table.rows[: table.head]))
    body = "".join(map(_row, table.rows[table.head :]))
    return (
        f"<table>{caption}{f'<thead>{head}</thead>' if head else ''}{f'<tbody>{body}</tbody>' if body else ''}</table>"
    )


def _row(row: Sequence[Cell]) -> str:
    return f"<tr>{''.join(map(_cell, row))}</tr>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.head else "td"
    scope = f' scope="{cell.scope}"' if cell.head and cell.scope else ""
    spans = "".join(
        f' {name}="{count}"' for name, count in (("colspan", cell.across), ("rowspan", cell.down)) if count > 1
    )
    align, blocks = shared_align(cell.blocks)
    return f"<{tag}{scope}{spans}{_aligned(align)}>{_held(blocks)}</{tag}>"


def shared_align(blocks: Sequence[Block]) -> tuple[Align, Sequence[Block]]:
    """The alignment that all paragraphs of a cell share, and the paragraphs without it."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    if len(paragraphs) != len(blocks) or len({paragraph.align for paragraph in paragraphs}) != 1:
        return "", blocks
    return paragraphs[0].align, [Paragraph(paragraph.runs, "", paragraph.level) for paragraph in paragraphs]


def inline(runs: Sequence[Run]) -> str:
    return "".join(_linked(href, list(held)) for href, held in groupby(runs, lambda run: run.href))


def _linked(href: str, runs: Sequence[Run]) -> str:
    inner = "".join(_marked(runs, 0))
    return f'<a href="{escape(href)}">{inner}</a>' if href else inner


def _marked(runs: Sequence[Run], depth: int) -> Iterator[str]:
    if depth == len(MARKS):
        yield from map(_run, runs)
        return
    mark = MARKS[depth]
    for marked, held in groupby(runs, lambda run: mark in run.marks):
        inner = "".join(_marked(list(held), depth + 1))
        yield f"<{mark}>{inner}</{mark}>" if marked else inner


def _run(run: Run) -> str:
    if run.picture:
        return f'<img src="{escape(run.picture.src)}" alt="{escape(run.picture.alt)}">'
    return escape(run.text, quote=False).replace("\n", "<br>")
