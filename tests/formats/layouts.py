"""A report of an invented organ set in the many ways that real pages set it. Each layout gives a file's name and text."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.law.editions import (
    APPLICANT_LABELS,
    BALANCE_LABEL,
    BY_KEY,
    RESULT_LABELS,
    SECTIONS,
    Applicant,
    Edition,
    RowRole,
)
from gongkai.law.outcomes import Group

Values = list[str]  # the texts of a row's cells; "" is a blank cell
KINDS = list(Applicant)[1:6]
HEAD = "三、本年度办理结果"


@dataclass
class Draft:
    """What is to be set: texts of cells by key, in the order of the form."""

    edition: Edition
    active: dict[str, str] = field(default_factory=dict)
    requests: dict[str, Values] = field(default_factory=dict)
    remedies: Values = field(default_factory=list)
    year: int = 2023
    organ: str = "云溪县民政局"

    @property
    def title(self) -> str:
        return f"{self.organ}{self.year}年政府信息公开工作年度报告"


def draft(seed: int, edition: str = "2021", blanks: float = 0.0, most: int = 2000) -> Draft:
    """A report whose tables add up, with some applicant cells left blank."""
    chance = random.Random(seed)
    form = BY_KEY[edition]
    active = {cell.key: str(chance.randrange(most)) for cell in form.active_cells()}
    if edition == "2021":
        active["fee_amount"] = f"{chance.randrange(10**6) / 100:.2f}"
    else:
        active["procurement_amount"] = f"{chance.randrange(10**6) / 1000:.3f}万元"
    counts: dict[str, list[int]] = {}
    for row in form.outcome_rows:
        counts[row.key] = [chance.choice((0, 0, 1, 7, chance.randrange(most))) for _ in range(6)]
    results = [sum(row[column] for row in counts.values()) for column in range(6)]
    forward = [chance.randrange(9) for _ in range(6)]
    over = [min(chance.randrange(9), a + b) for a, b in zip(results, forward, strict=True)]
    counts["results_total"] = results
    counts["carried_forward"] = forward
    counts["carried_over"] = over
    counts["new_received"] = [a + b - c for a, b, c in zip(results, forward, over, strict=True)]
    requests = {}
    for row in form.requests:
        cells = [str(number) for number in counts[row.key]]
        requests[row.key] = ["" if chance.random() < blanks else cell for cell in cells] + [str(sum(counts[row.key]))]
    remedies: list[str] = []
    for _ in range(3):
        four = [chance.choice((0, 0, 1, 12)) for _ in range(4)]
        remedies += [*map(str, four), str(sum(four))]
    return Draft(form, active, requests, remedies)


# ── rows shared by the layouts: labels with merged areas left blank ───────────────────────────────


def active_rows(d: Draft) -> list[list[str]]:
    rows: list[list[str]] = []
    for block in d.edition.active:
        rows.append([block.heading])
        rows.append(["信息内容", *block.columns])
        rows += [[row.label, *(d.active[cell.key] for cell in row.cells)] for row in block.rows]
    return rows


def request_rows(d: Draft) -> list[tuple[list[str], Values]]:
    """Three label cells (merged areas blank after their first row) and the values."""
    rows: list[tuple[list[str], Values]] = []
    first = True
    group: Group | None = None
    for row in d.edition.requests:
        if row.role not in (RowRole.OUTCOME, RowRole.TOTAL):
            rows.append(([row.label, "", ""], d.requests[row.key]))
            continue
        head = HEAD if first else ""
        first = False
        outcome = row.outcome
        if outcome is None or "." not in outcome.number:
            rows.append(([head, row.label, ""], d.requests[row.key]))
            continue
        named = outcome.group.numbered if outcome.group is not group else ""
        group = outcome.group
        rows.append(([head, named, row.label], d.requests[row.key]))
    return rows


def header_rows() -> list[list[str]]:
    """The header as ten columns, merged areas blank."""
    labels = APPLICANT_LABELS
    return [
        [BALANCE_LABEL, "", "", "申请人情况", "", "", "", "", "", ""],
        ["", "", "", labels[Applicant.NATURAL], "法人或其他组织", "", "", "", "", labels[Applicant.TOTAL]],
        ["", "", "", "", *(labels[kind] for kind in KINDS), ""],
    ]


def remedy_rows(d: Draft) -> list[list[str]]:
    five = list(RESULT_LABELS.values())
    return [
        ["行政复议", "", "", "", "", "行政诉讼", *[""] * 9],
        [*five, "未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""],
        [*[""] * 5, *five, *five],
        d.remedies,
    ]


PROSE = (
    "2023年，云溪县民政局认真执行《中华人民共和国政府信息公开条例》，推进各项公开工作。",
    "（一）主动公开。全年通过网站公开信息31条。",
    "（二）依申请公开。申请均在法定期限内答复。",
)


def _document(d: Draft, tables: Sequence[Sequence[str]], extra: str = "") -> str:
    """The whole text around three tables given as lines."""
    sections = [f"{'一二三四五六'[index]}、{title}" for index, title in enumerate(SECTIONS)]
    lines = [d.title, "", sections[0], *PROSE]
    for heading, table in zip(sections[1:4], tables, strict=True):
        lines += ["", heading, "", *table]
    lines += ["", sections[4], "问题是更新不及时，改进办法是按月检查栏目。", "", sections[5], "本年度未收取信息处理费。" + extra]
    return "\n".join([*lines, "", d.organ, f"{d.year + 1}年1月15日", ""])


# ── text layouts ──────────────────────────────────────────────────────────────────────────────────


def tabbed(d: Draft) -> str:
    """Cells opened by a tab, rows parted by empty lines, merged areas blank (the text of a Word file)."""

    def table(rows: Sequence[Sequence[str]]) -> list[str]:
        return [line for row in rows for line in (*("\t" + cell for cell in row), "")]

    header = [[BALANCE_LABEL, "申请人情况"], ["", "自然人", "法人或其他组织", "总计"], ["", "", *map(APPLICANT_LABELS.get, KINDS), ""]]
    body = []
    for labels, values in request_rows(d):
        last = max(index for index, label in enumerate(labels) if label)
        body.append([*labels[: last + 1], *values])
    remedies = [["行政复议", "行政诉讼"], *remedy_rows(d)[1:]]
    remedies[1] = [*RESULT_LABELS.values(), "未经复议直接起诉", "复议后起诉"]
    return _document(d, [table(active_rows(d)), table([*header, *body]), table(remedies)])  # type: ignore[list-item]


def flat(d: Draft) -> str:
    """One cell a line and nothing else: blank cells leave no trace."""
    requests = [text for row in header_rows() for text in row if text]
    for labels, values in request_rows(d):
        requests += [text for text in (*labels, *values) if text]
    return _document(
        d,
        [
            [text for row in active_rows(d) for text in row if text],
            requests,
            [text for row in remedy_rows(d) for text in row if text],
        ],
    )


def spaced(d: Draft) -> str:
    """One cell a paragraph, empty lines between, header labels broken in two."""
    text = flat(d).replace("商业企业", "商业\n企业").replace("科研机构", "科研\n机构").replace("结果纠正", "结果\n纠正")
    return "\n\n".join(line for line in text.split("\n") if line)


def one_line_a_row(d: Draft) -> str:
    """Labels and numbers on one line, as copied out of a PDF."""
    requests = [BALANCE_LABEL, "申请人情况", "自然人 法人或其他组织 总计", "商业企业 科研机构 社会公益组织 法律服务机构 其他"]
    for labels, values in request_rows(d):
        requests += [text for text in labels[:-1] if text and text != labels[-1] and labels[-1]]
        last = [text for text in labels if text][-1]
        requests.append(" ".join([last, *values]))
    return _document(d, [[" ".join(row) for row in active_rows(d)], requests, [" ".join(filter(None, row)) for row in remedy_rows(d)]])


def bars_without_lead(d: Draft, pad: int = 1) -> str:
    """Bars after cells, merged areas left out, rows padded to one width (what a converter makes of spans)."""

    def table(rows: Sequence[Sequence[str]]) -> list[str]:
        width = max(map(len, rows)) + pad
        return [" | ".join(row) + " " + "|" * (width - len(row) + 1) for row in rows]

    header = [[text for text in row if text] for row in header_rows()]
    body = [[*(text for text in labels if text), *values] for labels, values in request_rows(d)]
    remedies = [[text for text in row if text] for row in remedy_rows(d)[:3]]
    return _document(d, [table(active_rows(d)), table([*header, *body]), table([*remedies, d.remedies])])


def markdown(d: Draft) -> str:
    """A proper Markdown table: every column there, merged areas blank."""

    def table(rows: Sequence[Sequence[str]]) -> list[str]:
        width = max(map(len, rows))
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
        return [lines[0], "|" + "---|" * width, *lines[1:]]

    body = [[*labels, *values] for labels, values in request_rows(d)]
    return _document(d, [table(active_rows(d)), table([*header_rows(), *body]), table(remedy_rows(d))])


def lone_bars(d: Draft) -> str:
    """A bar on a line of its own between cells."""

    def table(rows: Sequence[Sequence[str]]) -> list[str]:
        cells = [text for row in rows for text in row]
        return [part for text in cells for part in (text, "|")][:-1]

    header = [[text for text in row if text] for row in header_rows()]
    body = [[*(text for text in labels if text), *values] for labels, values in request_rows(d)]
    remedies = [[text for text in row if text] for row in remedy_rows(d)[:3]]
    return _document(d, [table(active_rows(d)), table([*header, *body]), table([*remedies, d.remedies])])


# ── HTML layouts ──────────────────────────────────────────────────────────────────────────────────


def _page(d: Draft, tables: Sequence[str], head: str = "", foot: str = "") -> str:
    sections = [f"{'一二三四五六'[index]}、{title}" for index, title in enumerate(SECTIONS)]
    parts = [f"<p>{d.title}</p>", f"<p>{sections[0]}</p>", *(f"<p>{text}</p>" for text in PROSE)]
    for heading, table in zip(sections[1:4], tables, strict=True):
        parts += [f"<p><strong>{heading}</strong></p>", table]
    parts += [f"<p>{sections[4]}</p>", "<p>问题是更新不及时，改进办法是按月检查栏目。</p>"]
    parts += [f"<p>{sections[5]}</p>", "<p>本年度未收取信息处理费。</p>", f"<p>{d.organ}</p>", f"<p>{d.year + 1}年1月15日</p>"]
    body = "\n".join(parts)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{d.title}-云溪县人民政府</title></head><body>{head}{body}{foot}</body></html>"


def _table(rows: Sequence[Sequence[tuple[str, int, int]]]) -> str:
    """Rows of (text, rowspan, colspan)."""
    lines = []
    for row in rows:
        cells = "".join(
            f"<td{f' rowspan={down}' if down > 1 else ''}{f' colspan={across}' if across > 1 else ''}>{text}</td>" for text, down, across in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return "<table border=1>" + "\n".join(lines) + "</table>"


def _active_spans(d: Draft) -> list[list[tuple[str, int, int]]]:
    width = 1 + max(len(block.columns) for block in d.edition.active)
    rows: list[list[tuple[str, int, int]]] = []
    for row in active_rows(d):
        rest = width - len(row) + 1
        rows.append([*((text, 1, 1) for text in row[:-1]), (row[-1], 1, rest)])
    return rows


def _request_spans(d: Draft, order: Sequence[int] = range(7)) -> list[list[tuple[str, int, int]]]:
    """The statutory table; `order` sets the seven columns in another order (kinds only)."""
    labels = list(APPLICANT_LABELS.values())
    outcomes = [row for row in d.edition.requests if row.role in (RowRole.OUTCOME, RowRole.TOTAL)]
    size = {group: sum(1 for row in outcomes if row.outcome and row.outcome.group is group) for group in Group}
    rows: list[list[tuple[str, int, int]]] = [
        [(BALANCE_LABEL, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(labels[index], 1, 1) for index in order if index not in (0, 6)],
    ]
    for (head, group, leaf), values in request_rows(d):
        row: list[tuple[str, int, int]] = []
        if head == HEAD:
            row.append((head, len(outcomes), 1))
        elif head:
            row.append((head, 1, 3))
        if head == HEAD or not head:
            number = next((one for one in Group if one.numbered == group), None)
            if leaf:
                if group and number:
                    row.append((group, size[number], 1))
                row.append((leaf, 1, 1))
            else:
                row.append((group, 1, 2))
        row += [(values[index], 1, 1) for index in order]
        rows.append(row)
    return rows


def _remedy_spans(d: Draft) -> list[list[tuple[str, int, int]]]:
    five = [(text, 1, 1) for text in RESULT_LABELS.values()]
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((text, 2, 1) for text, _, _ in five), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [*five, *five],
        [(text, 1, 1) for text in d.remedies],
    ]


def html(d: Draft) -> str:
    """The statutory tables with their merged cells."""
    return _page(d, [_table(_active_spans(d)), _table(_request_spans(d)), _table(_remedy_spans(d))])


def html_columns_moved(d: Draft) -> str:
    """The five kinds of organisation in another order: the header decides, not the position."""
    return _page(d, [_table(_active_spans(d)), _table(_request_spans(d, (0, 3, 5, 1, 2, 4, 6))), _table(_remedy_spans(d))])


def html_blank_cells(d: Draft) -> str:
    """Blank cells where the form has merged ones."""

    def table(rows: Sequence[Sequence[str]]) -> str:
        width = max(map(len, rows))
        return _table([[(text, 1, 1) for text in (*row, *[""] * (width - len(row)))] for row in rows])

    body = [[*labels, *values] for labels, values in request_rows(d)]
    return _page(d, [table(active_rows(d)), table([*header_rows(), *body]), table(remedy_rows(d))])


def html_header_shifted(d: Draft) -> str:
    """Header rows without the cells over the labels: their columns do not stand over the values."""
    rows = _request_spans(d)
    rows[0] = [(BALANCE_LABEL, 1, 3), ("申请人情况", 1, 7)]
    rows[1] = [("自然人", 1, 1), ("法人或其他组织", 1, 5), ("总计", 1, 1)]
    return _page(d, [_table(_active_spans(d)), _table(rows), _table(_remedy_spans(d))])


def html_split(d: Draft) -> str:
    """The table of section three cut in two by a page, the second part without a header."""
    rows = _request_spans(d)
    cut = next(index for index, row in enumerate(rows) if any("（四）" in text for text, _, _ in row))
    first = [[(text, min(down, cut - index), across) for text, down, across in row] for index, row in enumerate(rows[:cut])]
    head = [(HEAD, len(rows) - cut - 1, 1)]
    second = [[*head, *rows[cut]], *rows[cut + 1 :]]
    return _page(d, [_table(_active_spans(d)), _table(first) + "<p>— 5 —</p>" + _table(second), _table(_remedy_spans(d))])


def html_navigation(d: Draft) -> str:
    """A whole saved page: menu, metadata table, layout table around the report, foot."""
    menu = "<div><ul>" + "".join(f"<li><a href='#'>{text}</a></li>" for text in ("首页", "政务公开", "互动交流", "政府信息公开年报")) + "</ul></div>"
    data = f"<table><tr><td>索引号</td><td>000000001/2024-00007</td></tr><tr><td>发布机构</td><td>{d.organ}</td><td>发布日期</td><td>2024-01-16</td></tr></table>"
    foot = "<div>主办：云溪县人民政府办公室</div><div>版权所有 网站标识码0000000000</div><div>联系电话：000-1234567</div>"
    page = html(d)
    start, end = page.index("<p>"), page.index("</body>")
    inner = page[start:end]
    return page[:start] + menu + data + f"<table width=100%><tr><td><div>{inner}</div></td></tr></table>" + foot + page[end:]


def html_spans(d: Draft) -> str:
    """Labels split over inline elements and line breaks, blank cells as Word leaves them."""
    page = html(d).replace("<td></td>", "<td><p><o:p>&nbsp;</o:p></p></td>")
    for label in ("自然人", "商业企业", "总计", "结果维持", "予以公开", "属于国家秘密", "行政许可"):
        page = page.replace(label, f"<span>{label[:2]}</span>\n<span style='x'>{label[2:]}</span>")
    return page.replace("三、本年度办理结果", "三、<br>本年<br>度办<br>理结<br>果")


def html_full_width(d: Draft) -> str:
    """Full-width digits, thousands separators left to the other layouts."""
    import re

    page = html(d)
    return re.sub(r"(?<=>)\d+(?=</td>)", lambda found: found[0].translate({48 + n: 0xFF10 + n for n in range(10)}), page)


def html_one_label_column(d: Draft) -> str:
    """Group and row in one label cell, 合计 for 总计, the units in the labels."""
    header = [["项目", *(label.replace("总计", "合计") for label in APPLICANT_LABELS.values())]]
    body = []
    group = ""
    for (head, named, leaf), values in request_rows(d):
        group = named or group
        label = f"{group}{leaf}" if leaf else (f"{HEAD}{named}" if named else head)
        body.append([label.replace("总计", "合计"), *values])
    table = _table([[(text, 1, 1) for text in row] for row in [*header, *body]])
    return _page(d, [_table(_active_spans(d)), table, _table(_remedy_spans(d))])


def html_many_tables(d: Draft) -> str:
    """A table for every item of section two and for every kind of remedy."""
    rows = _active_spans(d)
    starts = [index for index, row in enumerate(rows) if row[0][0].startswith("第二十条")] + [len(rows)]
    active = "".join(_table(rows[a:b]) for a, b in pairwise(starts))
    five = [(text, 1, 1) for text in RESULT_LABELS.values()]
    heads = ("行政复议", "未经复议直接起诉", "复议后起诉")
    remedies = "".join(
        _table([[(head, 1, 5)], five, [(text, 1, 1) for text in d.remedies[5 * n : 5 * n + 5]]]) for n, head in enumerate(heads)
    )
    return _page(d, [active, _table(_request_spans(d)), remedies])


def html_numbered_otherwise(d: Draft) -> str:
    """1、 for 1., half-width brackets, straight quotes, th for td."""
    page = html(d).replace("（", "(").replace("）", ")").replace("“", '"').replace("”", '"')
    for number in range(1, 9):
        page = page.replace(f">{number}.", f">{number}、")
    return page.replace("<td", "<th").replace("</td>", "</th>")


TEXT_LAYOUTS: dict[str, Callable[[Draft], str]] = {
    "tabbed": tabbed, "flat": flat, "spaced": spaced, "one_line_a_row": one_line_a_row, "bars_without_lead": bars_without_lead,
    "markdown": markdown, "lone_bars": lone_bars,
}
HTML_LAYOUTS: dict[str, Callable[[Draft], str]] = {
    "html": html, "html_columns_moved": html_columns_moved, "html_blank_cells": html_blank_cells, "html_header_shifted": html_header_shifted,
    "html_one_label_column": html_one_label_column, "html_many_tables": html_many_tables,
    "html_numbered_otherwise": html_numbered_otherwise,
    "html_split": html_split, "html_navigation": html_navigation, "html_spans": html_spans, "html_full_width": html_full_width,
}
KEEPS_BLANKS = {"tabbed", "markdown", "lone_bars", "bars_without_lead", *HTML_LAYOUTS}
