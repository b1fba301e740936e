"""Rules on OCR: what was recognised in a picture, and what confirms it."""

from __future__ import annotations

from gongkai.law.findings import Rule, Severity

READ = Rule(
    "ocr.read",
    Severity.QUERY,
    "",
    {
        "zh": "文件是扫描件或图片，文字由 OCR 识别，可能有误；表格中的数只录入经勾稽关系印证的。",
        "en": "The file is a scan or a picture; its text was recognised by OCR and may be wrong. "
        "Of the tables only those figures were taken that the identities confirm.",
    },
    {"zh": "请对照原件核实文字与日期。", "en": "Compare the words and the dates with the original."},
)
UNCONFIRMED = Rule(
    "ocr.unconfirmed",
    Severity.QUERY,
    "年度报告格式",
    {
        "zh": "{cell}：OCR 识别为 {seen}，{why}，未录入。",
        "en": "{cell_en}: OCR saw {seen_en}, {why_en}; it was not taken.",
    },
    {"zh": "请对照原件核实并手工填入。", "en": "Check against the source and enter the value by hand."},
)

UNREAD = Rule(
    "ocr.unread",
    Severity.QUERY,
    "年度报告格式",
    {
        "zh": "OCR 两次识别不一致或没有认出（{seen}），未录入。",
        "en": "Two OCR readings of it disagree, or neither made it out ({seen}); it was not taken.",
    },
    {"zh": "请对照原件核实并手工填入。", "en": "Check against the source and enter the value by hand."},
)

RULES: tuple[Rule, ...] = (READ, UNCONFIRMED, UNREAD)
