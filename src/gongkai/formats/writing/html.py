"""HTML: one page that needs nothing else — accessible tables, the look of official documents, fit for print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from gongkai.formats.charts import Chart
from gongkai.report.model import AnnualReport

from .layout import About, Heading, Part, Signed, Text, Title, parts
from .look import lead
from .record import as_script
from .tables import Box, Role, Table

NUMBER_OF = {"active": "表二", "applications": "表三", "remedies": "表四"}


def write(report: AnnualReport, *, carry: bool = True, charts: Sequence[Chart] = ()) -> bytes:
    """The report as a standalone page; its charts, drawn from the tables above them, come last."""
    laid = parts(report, room=not carry)
    title = next((part.text for part in laid if isinstance(part, Title)), report.organ or "政府信息公开工作年度报告")
    style = files(__package__).joinpath("report.css").read_text("utf-8")
    body = "\n".join([*_body(laid), *(f'<figure class="chart">{chart.svg}</figure>' for chart in charts)])
    data = as_script(report) if carry else ""
    page = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{_safe(title)}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}
</main>
{data}
</body>
</html>
"""
    return page.encode()


def _safe(text: str) -> str:
    return escape(text, quote=True)


def _body(laid: Iterable[Part]) -> Iterator[str]:
    signed: list[Signed] = []
    for part in laid:
        if isinstance(part, Signed):
            signed.append(part)
        else:
            yield _part(part)
    if signed:
        yield '<div class="signature">\n' + "\n".join(f'<p dir="auto">{_safe(line.text)}</p>' for line in signed) + "\n</div>"


def _part(part: Part) -> str:
    match part:
        case About():
            return f'<p class="about" dir="auto">{_safe(part.text)}</p>'
        case Title():
            return f'<h1 dir="auto">{_safe(part.text)}</h1>'
        case Heading():
            return f'<h2 dir="auto">{_safe(part.text)}</h2>' if part.text else ""
        case Text():
            cut = lead(part.text)
            first = f'<span class="second">{_safe(part.text[:cut])}</span>' if cut else ""
            return f'<p dir="auto">{first}{_safe(part.text[cut:])}</p>'
        case Table():
            return "\n".join(_table(part))
    return '<p class="room"></p>'


def _table(table: Table) -> Iterator[str]:
    part = table.part
    yield f'<div class="table" role="region" aria-labelledby="{part}-name" tabindex="0">'
    yield f'<table class="{part}" aria-labelledby="{part}-name">'
    yield f'<caption id="{part}-name" hidden>{NUMBER_OF[part]}　{_safe(table.name)}</caption>'
    named = _named(table)
    if table.head:
        yield "<thead>"
    for y, row in enumerate(table.rows):
        if y == table.head:
            yield "</thead>\n<tbody>" if table.head else "<tbody>"
        yield "<tr>" + "".join(_cell(box, named[id(box)]) for box in row) + "</tr>"
    yield "</tbody>\n</table>\n</div>"


def _named(table: Table) -> dict[int, tuple[str, str]]:
    """For each cell its own id and the ids of the cells that head it: tables with merged heads need them said."""
    heads: list[tuple[int, int, Box, str]] = []
    named: dict[int, tuple[str, str]] = {}
    for y, x, box in table.placed():
        if box.role is Role.VALUE:
            above = [name for top, left, head, name in heads if _heads(y, x, box, top, left, head, table)]
            named[id(box)] = ("", " ".join(above))
        else:
            name = f"{table.part}-{y + 1}-{x + 1}"
            heads.append((y, x, box, name))
            named[id(box)] = (name, "")
    return named


def _heads(y: int, x: int, box: Box, top: int, left: int, head: Box, table: Table) -> bool:
    """Whether a head stands above a value, or beside it in its row; in 表二 only the heads of its own block."""
    if head.role is Role.ROW:
        return top <= y < top + head.down
    over = left < x + box.across and x < left + head.across and top < y
    if table.head or not over:
        return over
    begin = max(line for line in range(y) if table.rows[line][0].block)
    return begin <= top


def _cell(box: Box, named: tuple[str, str]) -> str:
    spans = (f' rowspan="{box.down}"' if box.down > 1 else "") + (f' colspan="{box.across}"' if box.across > 1 else "")
    name, heads = named
    if box.role is Role.VALUE:
        return f'<td headers="{heads}"{spans}>{_safe(box.text)}</td>'
    if box.role is Role.ROW:
        scope = "rowgroup" if box.down > 1 else "row"
    else:
        scope = "colgroup" if box.across > 1 else "col"
    kind = ' class="block"' if box.block else ""
    return f'<th id="{name}" scope="{scope}"{spans}{kind}>{_safe(box.text)}</th>'
