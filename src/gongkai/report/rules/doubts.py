"""Rules on doubts: what could not be read with certainty, and therefore is not a number (存疑)."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.law.findings import Language, Rule, Severity

_CHECK: Mapping[Language, str] = {"zh": "请对照原件核实并手工填入。", "en": "Check against the source and enter the value by hand."}


def _doubt(code: str, zh: str, en: str) -> Rule:
    return Rule(code, Severity.QUERY, "年度报告格式", {"zh": zh, "en": en}, _CHECK)


ROW_LENGTH = _doubt(
    "doubt.row_length",
    "“{label}”一行应有{expected}个单元格，读到{found}个（{cells}），无法确定各数属于哪一列，未录入。",
    "Row “{label}” should have {expected} cells, {found} were read ({cells}); which column each belongs to is uncertain, so none was taken.",
)
CELL_TEXT = _doubt(
    "doubt.cell_text",
    "单元格内容“{text}”不是一个数，未录入。",
    "The cell reads “{text}”, which is not one number; it was not taken.",
)
CELL_MERGED = _doubt(
    "doubt.cell_merged",
    "一个单元格跨越多个数据列（内容“{text}”），无法确定属于哪一列，未录入。",
    "One cell spans several value columns (“{text}”); which column it belongs to is uncertain, so it was not taken.",
)
ROW_LABEL = _doubt(
    "doubt.row_label",
    "有一行数据（{cells}）的标签“{label}”无法对应到格式中的任何一行，未录入。",
    "A row of values ({cells}) has the label “{label}”, which matches no row of the form; it was not taken.",
)
ROW_TWICE = _doubt(
    "doubt.row_twice",
    "“{label}”一行出现两次且数值不同（{first}；{second}），不同之处未录入。",
    "Row “{label}” occurs twice with different values ({first}; {second}); the differing cells were not taken.",
)
COPIES_DIFFER = _doubt(
    "doubt.copies_differ",
    "正文重复出现，两遍在此处的数值不同（{first}；{second}），未录入。",
    "The body is printed twice and the copies differ here ({first}; {second}); the value was not taken.",
)
COLUMN_UNKNOWN = _doubt(
    "doubt.column_unknown",
    "“{label}”一行只有{found}个数（{cells}），表头有{expected}列，所在列不明，未录入。",
    "Row “{label}” has only {found} of {expected} values ({cells}); their columns are unknown, so none was taken.",
)
HEADER_FOREIGN = _doubt(
    "doubt.header_foreign",
    "“{label}”一行的表头印作“{heads}”，不是格式为该行规定的栏目，所填各数（{cells}）未录入。",
    "The header over row “{label}” reads “{heads}”, not the columns of the form; its values ({cells}) were not taken.",
)
NO_TABLE = _doubt(
    "doubt.table_unreadable",
    "{table}：找到了表格，但没有一行能够确定地读出。",
    "{table}: a table was found, but no row of it could be read with certainty.",
)
PICTURE = _doubt(
    "doubt.table_picture",
    "{table}以图片发布（需要文字识别），数值未取得，不得当作0。",
    "{table} is published as a picture (needs OCR); its values were not obtained and are not zero.",
)
NO_YEAR = _doubt("doubt.year", "未能确定报告年度。", "The year reported on could not be determined.")
NO_ORGAN = _doubt("doubt.organ", "未能确定编制机关名称。", "The name of the organ could not be determined.")
NOT_A_REPORT = _doubt(
    "doubt.no_report",
    "未发现年度报告的标题、部分或表格，可能不是政府信息公开工作年度报告。",
    "No title, section or table of an annual report was found; this may not be one.",
)

RULES: tuple[Rule, ...] = (
    ROW_LENGTH, CELL_TEXT, CELL_MERGED, ROW_LABEL, ROW_TWICE, COPIES_DIFFER, COLUMN_UNKNOWN, HEADER_FOREIGN, NO_TABLE,
    PICTURE, NO_YEAR, NO_ORGAN, NOT_A_REPORT,
)
