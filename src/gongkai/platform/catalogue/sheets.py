"""The table of a bulk import: its columns, the template, and rows read from XLSX. Knows cells, not items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongkai.platform.documents import filled
from gongkai.platform.organs import uploads

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


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the table: its number as the sheet shows it, its cells by field."""

    number: int
    cells: Mapping[str, str]


def template() -> bytes:
    """An empty table to fill in."""
    advice = "第 2 行是示例，照原样留着的不会导入。附件和正文文件放在一个 ZIP 压缩包里一并上传，文件名与表中写的一致。"
    return filled.template("信息", COLUMNS, most=MOST_ROWS, wide=("title", "summary", "body"), advice=advice)


def read(data: bytes) -> tuple[SheetRow, ...]:
    """The lines of the first sheet; Invalid says what is wrong with the table as a whole."""
    try:
        lines = uploads.table("表格.xlsx", data)
        columns = uploads.placed([re.sub(r"[\s*＊]|（必填）", "", filled.said(cell)) for cell in lines[0][1]], COLUMNS)
    except Invalid as refused:
        raise Invalid({"table": _("表格没有读入：%(why)s") % {"why": refused.fields["file"]}}) from refused
    if len(lines) - 1 > MOST_ROWS:
        raise Invalid({"table": _("一次最多导入 %(most_rows)s 条，表中有 %(n)s 条，请分几次导入。") % {"most_rows": MOST_ROWS, "n": len(lines) - 1}})
    return tuple(SheetRow(number, {column.field: filled.said(cell) for column, cell in zip(columns, cells, strict=False) if column}) for number, cells in lines[1:])


def is_example(row: SheetRow) -> bool:
    """Whether somebody left the template's example in the table."""
    return all(row.cells.get(column.field, "") == column.example for column in COLUMNS)


def parts(text: str) -> Iterator[str]:
    """The parts of a cell that holds several."""
    yield from (part.strip() for part in re.split(r"[;；、,，\n]+", text) if part.strip())


def names_of_files(text: str) -> tuple[str, ...]:
    """File names, which may hold commas and blanks: only semicolons and new lines part them."""
    return tuple(part.strip() for part in re.split(r"[;；\n]+", text) if part.strip())
