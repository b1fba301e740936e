"""政府信息公开工作年度报告格式: the notices that fix the annual report's form (条例第四十九条、第五十条).

An edition is one value. Tables, labels, keys and identities are all derived from it;
a new edition is a new value in `EDITIONS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .outcomes import OUTCOMES, Group, Outcome


class Number(StrEnum):
    """What a cell may hold."""

    COUNT = "count"  # an integer, 0 or more
    CHANGE = "change"  # a signed integer (本年增/减)
    AMOUNT = "amount"  # a decimal, 0 or more


class Applicant(StrEnum):
    """申请人情况: the columns of the table of section 三, in the order of the form."""

    NATURAL = "natural"
    BUSINESS = "business"
    RESEARCH = "research"
    PUBLIC_WELFARE = "public_welfare"
    LEGAL_SERVICE = "legal_service"
    OTHER = "other"
    TOTAL = "total"


class Result(StrEnum):
    """The columns of each block of the table of section 四, in the order of the form."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = "pending"
    TOTAL = "total"


class Remedy(StrEnum):
    """The blocks of the table of section 四, in the order of the form."""

    RECONSIDERATION = "reconsideration"
    LITIGATION_DIRECT = "litigation_direct"
    LITIGATION_AFTER_RECONSIDERATION = "litigation_after_reconsideration"


APPLICANT_LABELS = dict(
    zip(Applicant, ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"), strict=True)
)
RESULT_LABELS = dict(zip(Result, ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"), strict=True))
REMEDY_LABELS = dict(
    zip(Remedy, ("行政复议", "行政诉讼·未经复议直接起诉", "行政诉讼·复议后起诉"), strict=True)
)
BALANCE_LABEL = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
SECTIONS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)


@dataclass(frozen=True, slots=True)
class ActiveCell:
    """One value cell of the table of section 二."""

    key: str
    column: str  # the column's label
    unit: str
    number: Number = Number.COUNT


@dataclass(frozen=True, slots=True)
class ActiveRow:
    """One labelled row of the table of section 二."""

    label: str
    cells: tuple[ActiveCell, ...]
    variants: tuple[str, ...] = ()  # labels seen in the wild that mean the same row


@dataclass(frozen=True, slots=True)
class ActiveBlock:
    """The rows under one item of Art 20 (第二十条第（…）项)."""

    item: int
    rows: tuple[ActiveRow, ...]

    @property
    def heading(self) -> str:
        return f"第二十条第（{'一二三四五六七八九'[self.item - 1]}）项"

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(cell.column for cell in self.rows[0].cells)


class RowRole(StrEnum):
    """What a row of the table of section 三 does in its identities."""

    NEW = "new_received"
    CARRIED_OVER = "carried_over"
    OUTCOME = "outcome"
    TOTAL = "results_total"
    CARRIED_FORWARD = "carried_forward"


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One value row of the table of section 三."""

    key: str
    label: str  # with its number, as the form prints it: "1.属于国家秘密"
    role: RowRole
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the form: its notice, the years it is for, its tables."""

    key: str  # "2019", "2021": the exchange key `format`
    number: str  # the notice
    first_year: int
    last_year: int | None
    active: tuple[ActiveBlock, ...]
    requests: tuple[RequestRow, ...]
    checked: str  # the day somebody last held it against the notice

    def is_for(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def active_cells(self) -> Iterator[ActiveCell]:
        return (cell for block in self.active for row in block.rows for cell in row.cells)

    @property
    def outcome_rows(self) -> tuple[RequestRow, ...]:
        return tuple(row for row in self.requests if row.role is RowRole.OUTCOME)


def _row(label: str, key: str, columns: str, units: str, *variants: str, number: Number = Number.COUNT) -> ActiveRow:
    """A row from compact notation: columns `suffix=label` and units, both parted by blanks."""
    cells = []
    for column, unit in zip(columns.split(), units.split(), strict=True):
        suffix, text = column.split("=")
        kind = Number.CHANGE if suffix == "delta" else Number.AMOUNT if suffix == "amount" else number
        cells.append(ActiveCell(f"{key}_{suffix}", text, unit, kind))
    return ActiveRow(label, tuple(cells), variants)


def _requests(key: str) -> tuple[RequestRow, ...]:
    leaves = (
        RequestRow(o.key, o.printed, RowRole.OUTCOME, o) for o in OUTCOMES if key in o.editions
    )
    return (
        RequestRow("new_received", "一、本年新收政府信息公开申请数量", RowRole.NEW),
        RequestRow("carried_over", "二、上年结转政府信息公开申请数量", RowRole.CARRIED_OVER),
        *leaves,
        RequestRow("results_total", "（七）总计", RowRole.TOTAL),
        RequestRow("carried_forward", "四、结转下年度继续办理", RowRole.CARRIED_FORWARD),
    )


_DOCUMENTS_2019 = "new_made=本年新制作数量 new_published=本年新公开数量 total_published=对外公开总数量"
_ITEMS_2019 = "prev_items=上一年项目数量 delta=本年增/减 decisions=处理决定数量"
_DOCUMENTS_2021 = "made=本年制发件数 repealed=本年废止件数 in_force=现行有效件数"
_DECISIONS_2021 = "decisions=本年处理决定数量"

EDITION_2019 = Edition(
    key="2019",
    number="国办公开办函〔2019〕60号",
    first_year=2019,
    last_year=2020,
    active=(
        ActiveBlock(1, (
            _row("规章", "rules", _DOCUMENTS_2019, "件 件 件"),
            _row("规范性文件", "normative", _DOCUMENTS_2019, "件 件 件", "行政规范性文件"),
        )),
        ActiveBlock(5, (
            _row("行政许可", "licensing", _ITEMS_2019, "项 项 件"),
            _row("其他对外管理服务事项", "other_services", _ITEMS_2019, "项 项 件"),
        )),
        ActiveBlock(6, (
            _row("行政处罚", "penalty", _ITEMS_2019, "项 项 件"),
            _row("行政强制", "coercion", _ITEMS_2019, "项 项 件"),
        )),
        ActiveBlock(8, (
            _row("行政事业性收费", "fee", "prev_items=上一年项目数量 delta=本年增/减", "项 项"),
        )),
        ActiveBlock(9, (
            _row("政府集中采购", "procurement", "items=采购项目数量 amount=采购总金额", "项 万元"),
        )),
    ),
    requests=_requests("2019"),
    checked="2026-11-22",
)

EDITION_2021 = Edition(
    key="2021",
    number="国办公开办函〔2021〕30号",
    first_year=2021,
    last_year=None,
    active=(
        ActiveBlock(1, (
            _row("规章", "rules", _DOCUMENTS_2021, "件 件 件"),
            _row("行政规范性文件", "normative", _DOCUMENTS_2021, "件 件 件", "规范性文件"),
        )),
        ActiveBlock(5, (_row("行政许可", "licensing", _DECISIONS_2021, "件"),)),
        ActiveBlock(6, (
            _row("行政处罚", "penalty", _DECISIONS_2021, "件"),
            _row("行政强制", "coercion", _DECISIONS_2021, "件"),
        )),
        ActiveBlock(8, (
            _row("行政事业性收费", "fee", "amount=本年收费金额（单位：万元）", "万元"),
        )),
    ),
    requests=_requests("2021"),
    checked="2026-11-22",
)

EDITIONS = (EDITION_2019, EDITION_2021)
BY_KEY = {edition.key: edition for edition in EDITIONS}
GROUPS = tuple(Group)


def edition_for(year: int) -> Edition | None:
    """The edition that a report on `year` must use; None before 2019, when no national form existed."""
    return next((edition for edition in EDITIONS if edition.is_for(year)), None)
