"""Reports to be written: any that the model allows, with words that look like what they are not; and ordinary ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from hypothesis import strategies as st

from gongkai.formats.reading.plain import prose
from gongkai.law.editions import EDITIONS, ActiveCell, Applicant, Edition, Number, Remedy, Result
from gongkai.report.model import AnnualReport, Count, Figure, Section, Signature

KIND = "政府信息公开工作年度报告"
ORGANS = (
    "青禾县林业局", "青禾县㐂𠮷镇人民政府", "云溪市镕堃区市场监督管理局（知识产权局）", "شىنجاڭ ئۇيغۇر ئاپتونوم رايونى",
    "青禾县" + "城市管理和综合行政执法" * 6 + "局",
)
NASTY = (
    "一、总体情况", "二、主动公开政府信息情况", "六、其他需要报告的事项。", "0", "12 0 3", "规章 1 2 3", "| a | b |", "|---|---|", "\t1\t2",
    "<b>粗</b>&amp;&lt;script>alert(1)</script>", "<!-- x --> ]]> </script>", "=1+1", "=HYPERLINK(\"x\")", "@SUM(A1)", "+1", "-1", "'0",
    "# 标题", "- 项", "1. 项", "2023-2024", "> 引", "a_b *c* `d` [e](f) ~g~ \\h \\| &#124;", "第1页", "— 4 —", "2024年1月20日", "青禾县林业局",
    "规章", "行政许可 0", "总计", "ئۇيغۇر تىلى 12 (2023)", "㐂𠮷镕堃喆昇", "{{x}} {0} %s $1 \\u0041 #let x = 1", "本年度收取信息处理费0元。", "　　缩进",
    "http://www.cloudcreek.example/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz.example/" + "a" * 90,
)
_SIGNS = "公开政府信息申请办理情况年月日件一二三四五，。；：“”（）《》0123456789 ().,-+=|#*_<>&\"'%/\\"

counts = st.one_of(st.none(), st.just(0), st.integers(0, 20), st.integers(0, 10**9))
fractions = st.decimals(Decimal("0.0001"), Decimal("999999.9999"), places=4)
words = st.one_of(st.sampled_from(NASTY), st.text(_SIGNS, min_size=1, max_size=60))
texts = st.lists(words, max_size=5).map("\n".join)


def _count(cell: ActiveCell) -> st.SearchStrategy[Count | None]:
    if cell.number is Number.AMOUNT:
        return st.one_of(counts, fractions)
    return st.one_of(counts, st.integers(-500, -1)) if cell.number is Number.CHANGE else counts


@st.composite
def tables(draw: st.DrawFn, edition: Edition, *, whole: bool = False) -> AnnualReport:
    """The three tables of an edition; unless `whole`, rows and cells may be missing, fractional, or of the other edition."""
    cells = [cell for cell in edition.active_cells() if whole or draw(st.integers(0, 9))]
    rows = [row.key for row in edition.requests if whole or draw(st.integers(0, 9))]
    if not whole and edition.key == "2021" and draw(st.booleans()):
        rows = [key for key in rows if not key.startswith("other_")] + ["other"]
    number = counts if whole else st.one_of(counts, counts, counts, fractions, st.integers(-9, -1))
    blocks = list(Remedy) if whole else draw(st.lists(st.sampled_from(list(Remedy)), unique=True))
    return AnnualReport(
        edition=edition,
        active=MappingProxyType({cell.key: _figure(draw, cell, whole) for cell in cells}),
        applications=MappingProxyType({key: tuple(draw(number) for _ in Applicant) for key in rows}),
        remedies=MappingProxyType({block: MappingProxyType({result: draw(number) for result in Result}) for block in blocks}),
    )


def _figure(draw: st.DrawFn, cell: ActiveCell, whole: bool) -> Figure:
    value = draw(_count(cell))
    if whole or value is None or draw(st.integers(0, 5)):
        return Figure(value, cell.unit)
    raw, note = draw(st.sampled_from([(f"{value}{cell.unit}", None), (None, "含上年"), (f"{value}（其中新增1）", None)]))
    return Figure(value, cell.unit, raw, note)


@st.composite
def reports(draw: st.DrawFn) -> AnnualReport:
    """Any report."""
    made = draw(tables(draw(st.sampled_from(EDITIONS))))
    numbers = draw(st.one_of(st.just([1, 2, 3, 4, 5, 6]), st.lists(st.integers(0, 7), max_size=8)))
    year = draw(st.one_of(st.none(), st.integers(2008, 2031)))
    organ = draw(st.one_of(st.none(), st.sampled_from(ORGANS)))
    return replace(
        made,
        organ=organ,
        title=draw(st.sampled_from([None, f"{organ or ''}{year or ''}年{KIND}", "关于公开的<报告>|2", "=1+1"])),
        year=year,
        sections=tuple(
            Section(number, draw(st.sampled_from(["", f"第{number}部分", "一、总体情况"])), prose(draw(texts))) for number in numbers
        ),
        signature=Signature(draw(st.one_of(st.none(), st.sampled_from(ORGANS))), draw(days)),
        published=draw(days),
    )


days = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2031, 12, 31)))
_ORDINARY = (
    "2023年，我局认真落实《中华人民共和国政府信息公开条例》，全年主动公开政府信息{n}条。", "（一）主动公开情况。公开{n}条。",
    "一是加强学习；二是完善制度，公开质量有所提高。", "全年收到政府信息公开申请{n}件，均已按期答复。",
)


@st.composite
def ordinary(draw: st.DrawFn) -> AnnualReport:
    """A report as offices write it: full tables, the six headings, sentences."""
    from tests.report.builders import HEADINGS

    edition = draw(st.sampled_from(EDITIONS))
    year = draw(st.integers(edition.first_year, edition.last_year or 2030))
    organ = draw(st.sampled_from(["青禾县林业局", "青禾县人民政府办公室", "云溪市镕堃区市场监督管理局"]))
    lines = st.lists(st.builds(lambda text, n: text.format(n=n), st.sampled_from(_ORDINARY), st.integers(0, 9999)), min_size=1, max_size=4)
    sections = [
        Section(number, heading, prose("\n".join(draw(lines)) if number in (1, 5, 6) else ""))
        for number, heading in enumerate(HEADINGS, start=1)
    ]
    return replace(
        draw(tables(edition, whole=True)), organ=organ, title=f"{organ}{year}年{KIND}", year=year, sections=tuple(sections),
        signature=Signature(organ, date(year + 1, 1, draw(st.integers(1, 31)))),
    )
