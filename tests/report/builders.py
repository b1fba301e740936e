"""Reports made in code for tests: organs and figures are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from gongkai.law.editions import EDITION_2019, EDITION_2021, Applicant, Edition, Remedy, Result, RowRole
from gongkai.report.model import AnnualReport, Count, Figure, Section, Signature
from gongkai.report.prose import Prose

COUNTY = "青禾县人民政府"
BUREAU = "青禾县林业局"

SECTION_1 = (
    "2023年，我局认真贯彻落实《中华人民共和国政府信息公开条例》。本报告数据统计期限自2023年1月1日至2023年12月31日。\n"
    "(一)主动公开情况。全年主动公开政府信息120条。\n"
    "(二)依申请公开情况。全年收到政府信息公开申请6件，均已答复；未发生行政复议和行政诉讼。\n"
    "(三)政府信息管理情况。落实公开前审查制度。\n"
    "(四)平台建设情况。依托县政府门户网站发布信息。\n"
    "(五)监督保障情况。开展业务培训2次。"
)
SECTION_5 = "存在的问题：公开内容不够丰富。2024年，我局将进一步加大公开力度。"
SECTION_6 = "本年度未收取政府信息公开信息处理费。"
HEADINGS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)


def blank_report(edition: Edition = EDITION_2021, year: int = 2023) -> AnnualReport:
    """A report whose every cell is printed and blank."""
    return AnnualReport(
        edition=edition,
        year=year,
        active={cell.key: Figure(None, cell.unit) for cell in edition.active_cells()},
        applications={row.key: (None,) * len(Applicant) for row in edition.requests},
        remedies={block: dict.fromkeys(Result) for block in Remedy},
    )


def zero_report(edition: Edition = EDITION_2021, year: int = 2023) -> AnnualReport:
    """A report whose every cell is 0."""
    return replace(
        blank_report(edition, year),
        active={cell.key: Figure(0, cell.unit) for cell in edition.active_cells()},
        applications={row.key: (0,) * len(Applicant) for row in edition.requests},
        remedies={block: dict.fromkeys(Result, 0) for block in Remedy},
    )


def sections(**texts: str) -> tuple[Section, ...]:
    """The six sections; `s1="…"` replaces the prose of section one, `s0` adds an introduction."""
    given = {"s0": "", "s1": SECTION_1, "s5": SECTION_5, "s6": SECTION_6} | texts
    made = [Section(0, "", Prose.of(given["s0"]))] if given["s0"] else []
    for number, heading in enumerate(HEADINGS, start=1):
        made.append(Section(number, heading, Prose.of(given.get(f"s{number}", ""))))
    return tuple(made)


def report_2023(organ: str = BUREAU, **texts: str) -> AnnualReport:
    """A sound report on 2023 in the 2021 edition: 6 requests, 3 granted, 2 partial, 1 not held."""
    rows = {"new_received": 6, "granted": 3, "partial": 2, "unable_not_held": 1, "results_total": 6}
    report = requests(zero_report(), {key: {"natural": number} for key, number in rows.items()})
    return replace(
        report,
        organ=organ,
        title=f"{organ}2023年政府信息公开工作年度报告",
        sections=sections(**texts),
        signature=Signature(organ, date(2024, 1, 20)),
    )


def report_2019_form(organ: str = BUREAU, year: int = 2020, **texts: str) -> AnnualReport:
    """A sound report in the 2019 edition."""
    return replace(
        zero_report(EDITION_2019, year), organ=organ, title=f"{organ}{year}年政府信息公开工作年度报告",
        sections=sections(**{name: text.replace("2023", str(year)).replace("2024", str(year + 1))
                             for name, text in ({"s1": SECTION_1.replace("6件", "0件"), "s5": SECTION_5} | texts).items()}),
        signature=Signature(organ, date(year + 1, 1, 20)),
    )


def mixed_report() -> AnnualReport:
    """Table two of 2021 with the single row （六） of 2019."""
    report = report_2023()
    rows = {key: row for key, row in report.applications.items() if not key.startswith("other_")}
    return replace(report, applications=rows | {"other": (0,) * len(Applicant)})


def cell(report: AnnualReport, row: str, column: str, value: Count | None) -> AnnualReport:
    """The report with one cell of table three changed, and nothing else."""
    index = list(Applicant).index(Applicant(column))
    values = list(report.applications[row])
    values[index] = value
    return replace(report, applications={**report.applications, row: tuple(values)})


def requests(report: AnnualReport, rows: Mapping[str, Mapping[str, int]]) -> AnnualReport:
    """The report with cells of table three set, and each row's total with them."""
    made = dict(report.applications)
    for key, cells in rows.items():
        values = [cells.get(kind, 0) for kind in Applicant if kind is not Applicant.TOTAL]
        made[key] = (*values, sum(values))
    return replace(report, applications=made)


def remedy(report: AnnualReport, block: str, **results: Count | None) -> AnnualReport:
    """The report with results of one block of table four set; other cells stay."""
    changed = {Result(name): value for name, value in results.items()}
    return replace(report, remedies={**report.remedies, Remedy(block): {**report.remedies[Remedy(block)], **changed}})


def figures(report: AnnualReport, **values: Count | None) -> AnnualReport:
    """The report with cells of table two set."""
    changed = {key: replace(report.active[key], value=value) for key, value in values.items()}
    return replace(report, active=MappingProxyType({**report.active, **changed}))


def outcome_keys(edition: Edition) -> list[str]:
    """The outcome rows of an edition."""
    return [row.key for row in edition.requests if row.role is RowRole.OUTCOME]
