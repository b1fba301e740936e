"""Charts of one report, or of several years: few, labelled directly, with the table behind (年度报告表三、表四).

Every bar starts at 0 and carries its number. 0 is a bare number at the axis; a blank cell is an empty dashed box
with the word 空白: nobody can take one for the other. Text is text, in system fonts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from zlib import crc32

from gongkai.law.editions import REMEDY_LABELS, RESULT_LABELS, Applicant, Remedy, Result, RowRole
from gongkai.law.outcomes import Group
from gongkai.report.auditing.labels import figure as written
from gongkai.report.identities import requests_edition
from gongkai.report.model import AnnualReport, Count
from gongkai.report.tables import group_total

MOST_YEARS = 5
MOST = 10**12  # a misread number beyond all counts: no axis for it
WIDTH, MARGIN, LABEL, YEAR, VALUE = 540, 12, 188, 40, 116
THICK, THIN, GAP, BETWEEN = 20, 13, 4, 12
FONTS = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'FandolHei', sans-serif"
SHADES = ("#0b57a4", "#4f86c0", "#8fb3d9", "#bdd2e8", "#dce8f3")  # this year's, then earlier ones
DARK = ("#8fbcf2", "#6690c4", "#4b6f9d", "#385578", "#2a405b")
BLANK, MISSING, PARTIAL = "空白", "无数据", "有空白，不能相加"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STYLE = (
    "@media screen and (prefers-color-scheme:dark){.gk-paper{fill:#14181d}.gk-ink{fill:#e7eaee}.gk-quiet{fill:#a9b3bf}"
    ".gk-axis{stroke:#a9b3bf}.gk-grid{stroke:#333c46}.gk-empty{stroke:#a9b3bf}"
    + "".join(f".gk-bar{index}{{fill:{colour};stroke:#8fbcf2}}" for index, colour in enumerate(DARK)) + "}"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One number of a chart: of which year, and the number, None where the cell is blank."""

    year: int | None
    value: Count | None
    note: str = ""
    without: str = BLANK  # what is said where there is no number


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled row: a bar for each year. A row without bars is a heading."""

    label: str
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, what it is called, what it says in words, and its numbers as a table."""

    key: str  # received outcomes grounds remedies
    title: str
    alt: str
    svg: str
    table: tuple[tuple[str, ...], ...]  # the first row is the head


def charts(report: AnnualReport, previous: Sequence[AnnualReport] = ()) -> tuple[Chart, ...]:
    """Received, outcomes, grounds for denial, remedies; without those that would show nothing but 0 or blanks.

    `previous`: earlier reports of the same organ, in any order; of more than five years the latest are shown.
    """
    years = _years(report, previous)
    made = (
        ("received", "收到和办结的申请", _received(years)),
        ("outcomes", "办理结果", _outcomes(years)),
        ("grounds", "不予公开的理由", _grounds(years)),
        ("remedies", "行政复议和行政诉讼", _remedies(years)),
    )
    return tuple(_chart(key, title, rows, years) for key, title, rows in made if _tells(rows))


def figure(chart: Chart) -> str:
    """The chart as a piece of HTML, with its table one click behind."""
    head, *rows = chart.table
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>' for row in rows
    )
    return (
        f'<figure class="gk-chart" style="margin:0;overflow-x:auto">{chart.svg}'
        f"<figcaption><details><summary>{escape(chart.title)}：数据表</summary>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></details></figcaption></figure>"
    )


def png(svg: str, *, scale: float = 2.0, fonts: Path | None = None) -> bytes:
    """The picture as PNG, for formats that take no SVG; `fonts` is a directory of fonts beside the system's."""
    import typst

    source = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    known = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[fonts] if fonts and fonts.is_dir() else [])
    made = typst.compile(source.encode(), format="png", ppi=72.0 * scale, sys_inputs={"svg": svg}, font_paths=known)
    assert isinstance(made, bytes)  # one page
    return made


# ── what is shown ────────────────────────────────────────────────────────────────────────────────────────


def _years(report: AnnualReport, previous: Sequence[AnnualReport]) -> tuple[AnnualReport, ...]:
    """The reports in the order of their years, this year's last."""
    by_year = {one.year: one for one in previous if one.year is not None and one.year != report.year}
    if report.year is None and by_year:
        raise ValueError("报告年度不详，不能与往年并列 (the report tells no year; it cannot stand beside earlier ones)")
    later = [year for year in by_year if report.year is not None and year > report.year]
    if later:
        raise ValueError(f"往年报告中有较晚的年度：{later} (a previous report is on a later year)")
    earlier = [by_year[year] for year in sorted(by_year)]
    return (*earlier[-(MOST_YEARS - 1) :], report) if earlier else (report,)


def _tells(rows: Sequence[Row]) -> bool:
    """Whether there is anything to show, and nothing that no axis can show."""
    values = [bar.value for row in rows for bar in row.bars if bar.value]
    return any(value > 0 for value in values) and max(values) < MOST


def _received(years: Sequence[AnnualReport]) -> tuple[Row, ...]:
    names = {
        RowRole.NEW: "本年新收", RowRole.CARRIED_OVER: "上年结转", RowRole.TOTAL: "办理结果总计",
        RowRole.CARRIED_FORWARD: "结转下年度继续办理",
    }
    return tuple(
        Row(label, tuple(_request(one, role.value) for one in years))
        for role, label in names.items()
    )


def _request(report: AnnualReport, row: str) -> Bar:
    """The total of one row of table three."""
    without = BLANK if row in report.applications else MISSING
    return Bar(report.year, report.application(row, Applicant.TOTAL), without=without)


def _outcomes(years: Sequence[AnnualReport]) -> tuple[Row, ...]:
    return tuple(Row(group.label, tuple(_outcome(one, group, len(years)) for one in years)) for group in Group)


def _outcome(report: AnnualReport, group: Group, years: int) -> Bar:
    edition = requests_edition(report) if report.edition or report.applications else None
    value = group_total(report, edition, group) if edition else None
    whole = report.application(RowRole.TOTAL.value, Applicant.TOTAL)
    share = years == 1 and value is not None and whole is not None and 0 <= value <= whole and whole > 0
    note = f"（{float(value) / float(whole) * 100:.1f}%）" if share and value and whole else ""
    return Bar(report.year, value, note, PARTIAL if report.applications else MISSING)


def _grounds(years: Sequence[AnnualReport]) -> tuple[Row, ...]:
    edition = requests_edition(years[-1]) if years[-1].edition or years[-1].applications else None
    rows = [row.outcome for row in edition.outcome_rows] if edition else []
    return tuple(
        Row(outcome.label, tuple(_request(one, outcome.key) for one in years))
        for outcome in rows if outcome and outcome.group is Group.DENIED
    )


def _remedies(years: Sequence[AnnualReport]) -> tuple[Row, ...]:
    """Of one year, the results of each block; of several, each block's total and how many were corrected."""
    rows: list[Row] = []
    for block in Remedy:
        label = REMEDY_LABELS[block].removeprefix("行政诉讼·")
        name = label if block is Remedy.RECONSIDERATION else f"行政诉讼（{label}）"
        if len(years) > 1:
            rows.append(Row(label, tuple(_cases(one, block) for one in years)))
            continue
        rows.append(Row(name))
        for result in (result for result in Result if result is not Result.TOTAL):
            rows.append(Row(RESULT_LABELS[result], (_result(years[0], block, result),)))
    return tuple(rows)


def _cases(report: AnnualReport, block: Remedy) -> Bar:
    corrected = report.remedy(block, Result.CORRECTED)
    return replace(_result(report, block, Result.TOTAL), note=f"（纠正{written(corrected)}）" if corrected else "")


def _result(report: AnnualReport, block: Remedy, result: Result) -> Bar:
    without = BLANK if result in report.remedies.get(block, {}) else MISSING
    return Bar(report.year, report.remedy(block, result), without=without)


# ── as words and as a table ──────────────────────────────────────────────────────────────────────────────


def _chart(key: str, title: str, rows: Sequence[Row], reports: Sequence[AnnualReport]) -> Chart:
    report, years = reports[-1], len(reports)
    when = f"{reports[0].year}—{report.year}年" if years > 1 else f"{report.year}年" if report.year else ""
    name = NOT_XML.sub("�", f"{report.organ or ''}{when}{title}")
    alt = NOT_XML.sub("�", _alt(name, rows, years))
    return Chart(key, name, alt, _svg(key, name, alt, rows, years), tuple(_table(rows, years)))


def _alt(name: str, rows: Sequence[Row], years: int) -> str:
    told, head = [], ""
    for row in rows:
        head = head if row.bars else f"{row.label}"
        numbers = "、".join(f"{f'{bar.year}年' if years > 1 else ''}{_said(bar)}{bar.note}" for bar in row.bars)
        if row.bars:
            told.append(f"{head}{row.label}{numbers}")
    return f"{name}（单位：件）：{'；'.join(told)}。"


def _said(bar: Bar) -> str:
    return bar.without if bar.value is None else written(bar.value)


def _table(rows: Sequence[Row], years: int) -> Iterator[tuple[str, ...]]:
    bars = next(row.bars for row in rows if row.bars)
    yield ("项目", *(f"{bar.year}年" if years > 1 else "件数" for bar in bars))
    head = ""
    for row in rows:
        head = head if row.bars else f"{row.label}·"
        if row.bars:
            yield (f"{head}{row.label}", *(_said(bar) for bar in row.bars))


# ── as a picture ─────────────────────────────────────────────────────────────────────────────────────────


def _svg(key: str, name: str, alt: str, rows: Sequence[Row], years: int) -> str:
    most = max((float(bar.value) for row in rows for bar in row.bars if bar.value is not None and bar.value > 0), default=1.0)
    step, top = _scale(most)
    left = MARGIN + LABEL + (YEAR if years > 1 else 0)
    room = WIDTH - MARGIN - VALUE - left
    drawn, height = [], 60.0
    for row in rows:
        tall = _tall(row, years)
        drawn += list(_row(row, height, tall, left, room / top, years))
        height += tall + BETWEEN
    identity = f"gk-{key}-{crc32((name + alt).encode('utf-8', 'replace')):08x}"
    axis = list(_axis(left, room, step, top, 54.0, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{identity}-t {identity}-d" '
        f'viewBox="0 0 {WIDTH} {height + 34:g}" width="{WIDTH}" height="{height + 34:g}" '
        f'style="max-width:100%;min-width:360px;height:auto" font-family="{FONTS}" font-size="15">'
        f'<title id="{identity}-t">{escape(name)}</title><desc id="{identity}-d">{escape(alt)}</desc><style>{STYLE}</style>'
        f'<rect class="gk-paper" width="100%" height="100%" fill="#ffffff"/>'
        + _text(MARGIN, 32, _fitted(name, WIDTH - 2 * MARGIN - 90), "ink", 'font-size="17" font-weight="bold"')
        + _text(WIDTH - MARGIN, 32, "单位：件", "quiet", 'font-size="13" text-anchor="end"')
        + "".join(axis) + "".join(drawn) + "</svg>"
    )


def _scale(most: float) -> tuple[float, float]:
    """A round step and the end of the axis: at most five steps, from 0."""
    power = 1.0
    while power * 50 < most:
        power *= 10
    step = next(power * factor for factor in (1, 2, 5, 10, 20, 50) if power * factor * 5 >= most)
    steps = -(-most // step)
    return step, step * steps


def _tall(row: Row, years: int) -> float:
    if not row.bars:
        return 18.0
    return THICK if years == 1 else len(row.bars) * (THIN + GAP) - GAP


def _row(row: Row, top: float, tall: float, left: float, unit: float, years: int) -> Iterator[str]:
    if not row.bars:
        yield _text(MARGIN, top + 14, row.label, "ink", 'font-size="13" font-weight="bold"')
        return
    label = _fitted(row.label, LABEL - 8)
    yield _text(MARGIN + LABEL - 8, top + tall / 2 + 5, label, "ink", 'text-anchor="end"')
    thick, size = (THICK, 15) if years == 1 else (THIN, 13)
    for index, bar in enumerate(row.bars):
        y = top + index * (thick + GAP)
        base = y + thick / 2 + size * 0.35
        if years > 1:
            yield _text(left - 6, base, str(bar.year), "quiet", f'font-size="{size}" text-anchor="end"')
        yield from _bar(bar, left, y, thick, base, size, unit, len(row.bars) - 1 - index)


def _bar(bar: Bar, left: float, y: float, thick: float, base: float, size: int, unit: float, age: int) -> Iterator[str]:
    """A bar from 0 with its number; a blank as an empty dashed box; a negative number in words only."""
    if bar.value is None:
        yield (f'<rect class="gk-empty" x="{left + 0.5:g}" y="{y + 0.5:g}" width="22" height="{thick - 1:g}" fill="none" '
               'stroke="#566170" stroke-dasharray="3 3"/>')
        yield _text(left + 30, base, bar.without, "quiet", f'font-size="{size}" font-style="italic"')
        return
    wide = max(float(bar.value), 0.0) * unit
    if wide:
        yield (f'<rect class="gk-bar{age}" x="{left:g}" y="{y:g}" width="{wide:.2f}" height="{thick:g}" fill="{SHADES[age]}" '
               'stroke="#0b57a4" stroke-width="0.75"/>')
    note = "（负数，未画）" if bar.value < 0 else bar.note
    yield _text(left + wide + 6, base, f"{written(bar.value)}{note}", "ink", f'font-size="{size}"')


def _axis(left: float, room: float, step: float, top: float, start: float, end: float) -> Iterator[str]:
    at = 0.0
    while at <= top + step / 2:
        x = left + room * at / top
        kind, colour = ("axis", "#566170") if at == 0 else ("grid", "#e3e8ed")
        yield f'<path class="gk-{kind}" d="M{x:.2f} {start:g}V{end:g}" stroke="{colour}"/>'
        yield _text(x, end + 18, written(int(at)) if at == int(at) else f"{at:g}", "quiet", 'font-size="12" text-anchor="middle"')
        at += step


def _text(x: float, y: float, text: str, kind: str, more: str = "") -> str:
    fill = "#1b1f24" if kind == "ink" else "#566170"
    return f'<text class="gk-{kind}" x="{x:g}" y="{y:g}" fill="{fill}" {more}>{escape(NOT_XML.sub("�", text))}</text>'


def _fitted(text: str, room: float, size: float = 15.0) -> str:
    """The text, cut where it would not fit: a Chinese sign is as wide as it is high."""
    wide, kept = 0.0, ""
    for sign in text:
        wide += size if ord(sign) > 0x2E80 else size * 0.58
        if wide > room:
            return kept[:-1] + "…"
        kept += sign
    return kept
