"""Rules on the source file: what its form does to the reading."""

from __future__ import annotations

from gongkai.law.findings import Rule, Severity

EMBEDDED = Rule(
    "source.embedded",
    Severity.INFO,
    "",
    {
        "zh": "报告正文不在网页可见部分，系从网页脚本或隐藏字段中读出。",
        "en": "The report is not in the visible part of the page; it was read from a script or a hidden field.",
    },
)
HIDDEN = Rule(
    "source.hidden",
    Severity.QUERY,
    "",
    {
        "zh": "报告表格在网页中设为不显示，系从隐藏部分读出，请与公开页面核对。",
        "en": "The page does not show the report's tables; they were read from its hidden part: compare with the page.",
    },
)
MOJIBAKE = Rule(
    "source.mojibake",
    Severity.ERROR,
    "",
    {
        "zh": "文字曾被错误转码（如“{sample}”），内容已失真。",
        "en": "The text was once decoded wrongly (for example {sample!r}); what it said is distorted.",
    },
    {
        "zh": "请向报送单位索取原始文件，或从政府网站重新下载后再核查。",
        "en": "Ask the organ for the original file, or download it again, and audit that.",
    },
)
LOST_CHARACTERS = Rule(
    "source.lost_characters",
    Severity.WARNING,
    "",
    {
        "zh": "有 {count} 处字符无法识别（显示为“\ufffd”），附近内容可能缺失。",
        "en": "{count} characters could not be recognised (shown as \ufffd); words near them may be missing.",
    },
)
HIDDEN_SHEET = Rule(
    "source.hidden_sheet",
    Severity.INFO,
    "",
    {"zh": "工作表“{sheet}”处于隐藏状态，已一并读取。", "en": "The sheet {sheet!r} is hidden; it was read as well."},
)
FORMULA_WITHOUT_VALUE = Rule(
    "source.formula_without_value",
    Severity.QUERY,
    "",
    {
        "zh": "工作簿有 {count} 个公式没有保存计算结果，读作空白。",
        "en": "{count} formulas of the workbook were saved without their results; they were read as blank.",
    },
    {
        "zh": "请用电子表格软件打开、重新计算并保存后再读。",
        "en": "Open the file in a spreadsheet program, recalculate, save, and read again.",
    },
)
FORMULA_FAILED = Rule(
    "source.formula_failed",
    Severity.WARNING,
    "",
    {
        "zh": "工作簿有 {count} 个单元格的公式出错（如 #DIV/0!），读作空白。",
        "en": "{count} cells of the workbook hold a failed formula (such as #DIV/0!); they were read as blank.",
    },
    {"zh": "请更正公式或直接填写数字。", "en": "Correct the formulas, or enter the figures."},
)
CUT_OFF = Rule(
    "source.cut_off",
    Severity.QUERY,
    "",
    {"zh": "文件似乎不完整，末尾可能缺失。", "en": "The file seems incomplete; its end may be missing."},
)
TRACKED_CHANGES = Rule(
    "source.tracked_changes",
    Severity.WARNING,
    "",
    {
        "zh": "文档留有 {count} 处未接受的修订；已按接受全部修订后的文字读取。",
        "en": "The document holds {count} tracked changes; it was read as if all were accepted.",
    },
    {
        "zh": "请在发布前接受或拒绝全部修订。",
        "en": "Accept or reject all changes before publication.",
    },
)
CONVERTED = Rule(
    "source.converted",
    Severity.INFO,
    "",
    {
        "zh": "旧版 .doc 文件系经 LibreOffice 转换后读取。",
        "en": "The old .doc file was converted by LibreOffice before reading.",
    },
)
TABLES_LOST = Rule(
    "source.tables_lost",
    Severity.QUERY,
    "",
    {
        "zh": "转换后的文档没有表格，可能在转换时丢失，请与原文件核对。",
        "en": "The converted document has no tables; they may have been lost on the way: compare with the original.",
    },
    {"zh": "请用文字处理软件另存为 .docx 后再读。", "en": "Save the file as .docx in a word processor and read that."},
)
INFERRED_COLUMNS = Rule(
    "source.inferred_columns",
    Severity.INFO,
    "",
    {
        "zh": "{page}的表格没有框线，其行列系按文字位置推断。",
        "en": "A table on {page} has no ruled lines; its rows and columns were inferred from positions.",
    },
)
CHANGED_SINCE = Rule(
    "source.changed_since",
    Severity.INFO,
    "",
    {
        "zh": "文件由 gongkai 写出后又经改动，所附数据与页面内容不一致；已按页面内容读取。",
        "en": "The file was changed after gongkai wrote it: the data it carries differs from what it shows, which was read.",
    },
)

RULES: tuple[Rule, ...] = (
    EMBEDDED,
    HIDDEN,
    MOJIBAKE,
    LOST_CHARACTERS,
    HIDDEN_SHEET,
    FORMULA_WITHOUT_VALUE,
    FORMULA_FAILED,
    CUT_OFF,
    TRACKED_CHANGES,
    CONVERTED,
    TABLES_LOST,
    INFERRED_COLUMNS,
    CHANGED_SINCE,
)
