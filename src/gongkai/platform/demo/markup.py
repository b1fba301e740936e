"""The little Markdown of the demo's texts as the HTML that an editor's form would send."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

_NUMBER = re.compile(r"[\d.,+\-—%]+")


def html(markdown: str, *, signed_by: str = "", on: str = "", footer: str = "", annexes: tuple[str, ...] = ()) -> str:
    """Headings, paragraphs, lists and tables; then annexes, signature and footer, as official documents have them."""
    parts = [_block(block) for block in re.split(r"\n\s*\n", markdown.strip()) if block.strip()]
    if annexes:
        parts.append("<p>附件：" + "<br>".join(f"{n}.{escape(name)}" for n, name in enumerate(annexes, 1)) + "</p>")
    if signed_by:
        parts.append(f'<p class="align-right">{escape(signed_by)}</p><p class="align-right">{escape(on)}</p>')
    if footer:
        parts.append(f"<p><em>{escape(footer)}</em></p>")
    return "\n".join(parts)


def _block(block: str) -> str:
    lines = block.strip().split("\n")
    if lines[0].startswith("#"):
        level = len(lines[0]) - len(lines[0].lstrip("#"))
        return f"<h{level}>{_inline(lines[0].lstrip('# '))}</h{level}>" + "".join(_block(line) for line in lines[1:2])
    if lines[0].startswith("|"):
        return _table(lines)
    if re.match(r"- |\d+\. ", lines[0]):
        return "".join(_list(ordered, list(each)) for ordered, each in groupby(lines, lambda line: not line.startswith("- ")))
    return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"


def _list(ordered: bool, lines: list[str]) -> str:
    kind = "ol" if ordered else "ul"
    return f"<{kind}>" + "".join(f"<li>{_inline(re.sub(r'^(- |[0-9]+[.] )', '', line))}</li>" for line in lines) + f"</{kind}>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    head, body = rows[0], rows[2:]
    top = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in head)
    return f"<table><thead><tr>{top}</tr></thead><tbody>" + "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in body) + "</tbody></table>"


def _cell(cell: str) -> str:
    return f'<td class="align-right">{escape(cell)}</td>' if _NUMBER.fullmatch(cell) else f"<td>{_inline(cell)}</td>"


def _inline(line: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(line, quote=False))


def rows(markdown: str) -> list[list[str]]:
    """The first table of a text, for the spreadsheet that goes with it."""
    found = [line for line in markdown.split("\n") if line.startswith("|")]
    table = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in found]
    ends = next((n for n, row in enumerate(table) if n > 1 and set("".join(table[n])) <= set("-")), None)
    return [row for n, row in enumerate(table) if n != 1 and (ends is None or n < ends - 1)]
