"""The table of a bulk import: its columns, the template, and rows read from XLSX. Pure but for the cells' formats."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from gongkai.formats.limits import DEFAULT, Limits, open_zip
from gongkai.formats.source import Unreadable

from .choices import ACCESSES, KINDS, Kind
from .errors import Invalid
from .validating import CATEGORY_LABELS, GROUNDS

MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field it fills, and what to write into it."""

    heading: str
    field: str
    hint: str
    needed: bool = False
    options: tuple[str, ...] = ()
    example: str = ""
    others: tuple[str, ...] = ()  # 也认得的列名


def _labels(labels: Mapping[Any, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(words[0] for words in labels.values())


COLUMNS: tuple[Column, ...] = (
    Column("标题", "title", "全称，不缩写。", True, example="云溪县人民政府办公室关于做好冬季供暖工作的通知", others=("名称", "公文名称", "信息名称")),
    Column("体裁", "kind", "从所列各项中选。", True, _labels(KINDS), KINDS[Kind.NORMATIVE][0], ("体裁分类",)),
    Column("公开属性", "access", "主动公开、依申请公开或不予公开。", True, _labels(ACCESSES), "主动公开", ("公开类别", "公开方式")),
    Column("生成日期", "formed_on", "公文写成文日期，如 2024-03-05。", True, example="2024-03-05", others=("成文日期", "产生日期", "发文日期")),
    Column("法定主动公开内容", "category", "条例第二十条、第二十一条的哪一项；主动公开的必填。", False, tuple(dict.fromkeys(_labels(CATEGORY_LABELS))), "行政法规、规章和规范性文件"),
    Column("文号", "document_number", "有文号的写全。", example="云政办发〔2024〕3号", others=("发文字号", "发布文号", "文件编号")),
    Column("内容概述", "summary", "一两句话。", others=("摘要",)),
    Column("正文", "body", "纯文字，一段一行；有 DOCX 的不填，写在“正文文件”里。"),
    Column("正文文件", "body_file", "压缩包里 DOCX 的文件名，读作正文。", example="供暖通知.docx"),
    Column("附件", "files", "压缩包里的文件名，几个文件用分号隔开。", example="附表.xlsx；说明.pdf"),
    Column("主题分类", "topic", "", others=("分类",)),
    Column("主题词", "keywords", "用顿号隔开。", example="供暖、通知", others=("关键词",)),
    Column("施行日期", "effective_on", "", others=("实施日期",)),
    Column("公开期限至", "expires_on", "限时公开的最后一日；长期公开的不填。"),
    Column("变更日期", "changed_on", "内容变更过的，写变更之日。"),
    Column("联合制发机关", "co_makers", "不含本机关，用顿号隔开。"),
    Column("信息来源", "source", ""),
    Column("不予公开的情形", "ground", "不予公开的必填。", False, tuple(label for label, _ in GROUNDS.values())),
    Column("不予公开的说明", "ground_note", ""),
    Column("索引号", "index_number", "原有的索引号照录，不改；没有的不填，公开时编制。", example="", others=("索引号（旧）",)),
)
BY_HEADING = {heading: column for column in COLUMNS for heading in (column.heading, *column.others)}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the table: its number as the sheet shows it, its cells by field."""

    number: int
    cells: Mapping[str, str]


def template() -> bytes:
    """An empty table to fill in: headings, choices to pick from, one line as an example, and what to write where."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF6", "border": 1, "text_wrap": True, "valign": "top"})
        must = book.add_format({"bold": True, "bg_color": "#F6E3E0", "border": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet, notes, lists = book.add_worksheet("信息"), book.add_worksheet("填写说明"), book.add_worksheet("选项")
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, 40 if column.field in ("title", "summary", "body") else 18, text)
            sheet.write_string(0, place, column.heading, must if column.needed else head)
            sheet.write_string(1, place, column.example, text)
            if column.options:
                for row, option in enumerate(column.options):
                    lists.write_string(row, place, option)
                name = xlsxwriter.utility.xl_col_to_name(place)
                source = f"=选项!${name}$1:${name}${len(column.options)}"
                sheet.data_validation(1, place, MOST_ROWS, place, {"validate": "list", "source": source, "error_message": "请从列表中选择。"})
        notes.set_column(0, 0, 18)
        notes.set_column(1, 1, 70, text)
        notes.write_row(0, 0, ["列", "怎样填"], head)
        for row, column in enumerate(COLUMNS, start=1):
            notes.write_string(row, 0, column.heading + ("（必填）" if column.needed else ""))
            notes.write_string(row, 1, column.hint)
        notes.write_string(len(COLUMNS) + 2, 0, "第 2 行是示例，照原样留着的不会导入。附件和正文文件放在一个 ZIP 压缩包里一并上传，文件名与表中写的一致。")
        lists.hide()
    return out.getvalue()


def read(data: bytes, limits: Limits = DEFAULT) -> tuple[SheetRow, ...]:
    """The lines of the first sheet; Invalid says what is wrong with the table as a whole."""
    try:
        open_zip(data, limits).close()
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Unreadable as problem:
        raise Invalid({"table": f"表格没有读入：{problem.zh}"}) from problem
    except (CalamineError, ValueError, OSError, IndexError) as problem:
        raise Invalid({"table": _("表格没有读入：请使用 XLSX 文件，并用模板填写。")}) from problem
    lines = [(number, [said(cell) for cell in row]) for number, row in enumerate(rows, start=1)]
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        raise Invalid({"table": _("表格是空的。请下载模板，从第 2 行起填写。")})
    columns = _columns(lines[0][1])
    if len(lines) - 1 > MOST_ROWS:
        raise Invalid({"table": _("一次最多导入 %(most_rows)s 条，表中有 %(n)s 条，请分几次导入。") % {"most_rows": MOST_ROWS, "n": len(lines) - 1}})
    return tuple(SheetRow(number, {column.field: cell for column, cell in zip(columns, cells, strict=False) if column}) for number, cells in lines[1:])


def is_example(row: SheetRow) -> bool:
    """Whether somebody left the template's example in the table."""
    return all(row.cells.get(column.field, "") == column.example for column in COLUMNS)


def _columns(headings: list[str]) -> list[Column | None]:
    names = [re.sub(r"[\s*＊]|（必填）", "", heading) for heading in headings]
    found = [BY_HEADING.get(name) for name in names]
    fields = [column.field for column in found if column]
    twice = sorted({column.heading for column in found if column and fields.count(column.field) > 1})
    if twice:
        raise Invalid({"table": _("有重复的列：%(n)s。每一项只留一列。") % {"n": _("、").join(twice)}})
    missing = [column.heading for column in COLUMNS if column.needed and column.field not in fields]
    if missing:
        raise Invalid({"table": _("缺少必需的列：%(n)s。请用模板填写，第 1 行为列名。") % {"n": _("、").join(missing)}})
    unknown = [name for name, column in zip(names, found, strict=True) if column is None and name]
    if unknown:
        raise Invalid({"table": _("认不出的列：%(n)s。请改用模板中的列名，或删去这几列。") % {"n": _("、").join(unknown[:8])}})
    return found


def said(cell: object) -> str:
    """A cell as somebody reads it: dates as 2024-03-05, whole numbers without a point."""
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer():
            return str(int(cell))
        case None:
            return ""
    return str(cell).strip()


_DAY = re.compile(r"(\d{4})\s*(?:[-/.年])\s*(\d{1,2})\s*(?:[-/.月])\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?")


def day(text: str) -> date | None:
    """A date as people write it: 2024-03-05, 2024/3/5, 2024年3月5日, 20240305."""
    if not text:
        return None
    found = _DAY.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    if found is None:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3]))


def parts(text: str) -> Iterator[str]:
    """The parts of a cell that holds several."""
    yield from (part.strip() for part in re.split(r"[;；、,，\n]+", text) if part.strip())


def names_of_files(text: str) -> tuple[str, ...]:
    """File names, which may hold commas and blanks: only semicolons and new lines part them."""
    return tuple(part.strip() for part in re.split(r"[;；\n]+", text) if part.strip())
