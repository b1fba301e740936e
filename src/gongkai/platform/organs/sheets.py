"""Tables of organs and people as XLSX: the template to fill in, and the rows of a filled one."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext as _

from gongkai.formats.limits import MIB
from gongkai.platform.documents import filled

from . import uploads
from .errors import Invalid
from .models import Level, OrganKind
from .roles import LABELS

ROWS = 2000
BYTES = 5 * MIB


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key under which we know it, its heading, whether it must be filled in, what may stand in it, an example."""

    key: str
    heading: str
    needed: bool = False
    among: tuple[str, ...] = ()
    example: str = ""
    hint: str = ""
    others: tuple[str, ...] = ()


LEVELS = {str(Level(value).label): value for value in Level.values}
KINDS = {str(OrganKind(value).label): value for value in OrganKind.values}
ROLES = {zh: kind for kind, (zh, _en) in LABELS.items()}

ORGANS: tuple[Column, ...] = (
    Column("name", "机关全称", True, example="某县民政局"),
    Column("short_name", "简称", example="县民政局", hint="空则与全称相同。"),
    Column("slug", "网址代号", True, example="mzj", hint="小写字母、数字和连字符，永久不变。"),
    Column("code", "组织机构代码", example="014225972", hint="9 位；校验码不符的不能导入。"),
    Column("credit_code", "统一社会信用代码", hint="18 位。"),
    Column("level", "层级", True, tuple(LEVELS), "县级"),
    Column("kind", "类别", True, tuple(KINDS), "政府部门"),
    Column("area_parent", "所属政府", example="某县人民政府", hint="全称、网址代号或组织机构代码；可以是本表里的另一行。"),
    Column("system_parent", "上级主管机关", hint="同上。"),
    Column("vertical", "垂直领导", among=("是", "否"), example="否"),
    Column("calendar", "工作日历", example="cn", hint="空则为全国日历 cn。"),
    Column("index_pattern", "索引号格式", hint="空则为 {code}/{year}-{serial:05d}。"),
    Column("position", "排序", hint="空则为 100。"),
    Column("office_name", "公开工作机构名称"),
    Column("office_address", "办公地址"),
    Column("office_hours", "办公时间"),
    Column("office_phone", "联系电话"),
    Column("office_fax", "传真号码"),
    Column("office_post", "邮政编码"),
    Column("office_contact", "互联网联系方式"),
)
PEOPLE: tuple[Column, ...] = (
    Column("login", "登录名", True, example="lisi", hint="同一人有几个角色的，各占一行，登录名相同。"),
    Column("name", "姓名", True, example="李四"),
    Column("email", "电子邮箱"),
    Column("phone", "电话"),
    Column("identity", "统一身份标识", hint="用统一身份认证登录的，填其稳定不变的标识。"),
    Column("organ", "机关", example="某县民政局", hint="全称、网址代号或组织机构代码；系统管理员不填。"),
    Column("role", "角色", among=tuple(ROLES), example="信息员", hint="空则只登记人员。"),
    Column("office", "内设机构", example="办公室"),
    Column("since", "任职起", example="2026-01-01", hint="空则为今天。"),
    Column("until", "任职止", hint="空则为长期。"),
)
TABLES: Mapping[str, tuple[Column, ...]] = {"organs": ORGANS, "people": PEOPLE}


@dataclass(frozen=True, slots=True)
class Row:
    """One filled-in row: its number in the sheet, and its cells as text by column key."""

    number: int
    cells: dict[str, str]


def template(kind: str) -> bytes:
    """An empty table to fill in: text cells (so that codes keep their zeros), lists to choose from, and what each column wants."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@", "bg_color": "#E8EEF5", "border": 1})
    sheet, words = book.add_worksheet("填写"), book.add_worksheet("说明")
    for n, column in enumerate(TABLES[kind]):
        sheet.set_column(n, n, max(12, len(column.heading) * 2 + 4), text)
        sheet.write_string(0, n, column.heading + ("（必填）" if column.needed else ""), bold)
        if column.among:
            sheet.data_validation(1, n, ROWS, n, {"validate": "list", "source": list(column.among), "error_message": "请从列表中选择。"})
        for m, cell in enumerate((column.heading, "必填" if column.needed else "可空", column.example, column.hint or "、".join(column.among))):
            words.write_string(n + 1, m, cell, text)
    for m, cell in enumerate(("列", "是否必填", "例", "说明")):
        words.write_string(0, m, cell, bold)
    words.set_column(0, 2, 24)
    words.set_column(3, 3, 60)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def read(kind: str, name: str, data: bytes) -> tuple[Row, ...]:
    """The rows of a filled-in table; Invalid says what is wrong with the file as a whole."""
    (_first, headings), *lines = uploads.table(name, data, BYTES)
    columns = uploads.placed([re.sub(r"（.*?）|\(.*?\)|\s", "", filled.said(cell)) for cell in headings], TABLES[kind])
    rows = [
        Row(number, {column.key: filled.on_one_line(cells[place]) if place < len(cells) else "" for place, column in enumerate(columns) if column})
        for number, cells in lines
    ]
    if not rows:
        raise Invalid({"file": _("表格里没有一行数据。")})
    if len(rows) > ROWS:
        raise Invalid({"file": _("一次最多导入 %(rows)s 行，表格里有 %(n)s 行；请分几个文件导入。") % {"rows": ROWS, "n": len(rows)}})
    return tuple(rows)
