"""How a comparison is said: what two reports are to one another, what became of a cell, how a text is called."""

from __future__ import annotations

from gongkai.law.findings import Language
from gongkai.report.auditing.labels import figure
from gongkai.report.compare import CellChange, Change, Kind, TextChange
from gongkai.report.tables import Presence, Printed

KINDS = {
    Kind.VERSIONS: ("同一报告的两个版本", "two versions of one report"),
    Kind.YEARS: ("同一机关的两个年度", "two years of one organ"),
    Kind.ORGANS: ("两个机关的报告", "reports of two organs"),
    Kind.UNKNOWN: ("机关或年度不详，按所给比较", "organ or year unknown; compared as given"),
}
CHANGES = {
    Change.CHANGED: ("改动", "changed"),
    Change.FILLED: ("补填", "filled in"),
    Change.BLANKED: ("改为空白", "blanked"),
    Change.ADDED: ("新印出", "added"),
    Change.REMOVED: ("不再印出", "removed"),
    Change.UNIT: ("单位不明，不比较", "units unknown, not compared"),
    Change.EDITION: ("格式不同，不比较", "different forms, not compared"),
    Change.SAME: ("相同", "same"),
}
_TEXTS = {
    "title": ("标题", "Title"), "organ": ("机关", "Organ"), "year": ("年度", "Year"), "edition": ("格式", "Form"),
    "published": ("公布日期", "Published"), "signature.organ": ("落款机关", "Signed by"), "signature.on": ("落款日期", "Signed on"),
}


def said(cell: Printed, language: Language) -> str:
    """A cell as it is shown: a blank and an absent one are named."""
    if cell.presence is Presence.ABSENT:
        return "未印" if language == "zh" else "absent"
    if cell.value is None:
        return cell.raw or ("空白" if language == "zh" else "blank")
    unit = cell.unit if cell.unit not in ("", "件", "项") else ""
    return f"{figure(cell.value)}{unit}"


def gap(cell: CellChange) -> str:
    """The difference with its sign; empty where there is none to tell."""
    if cell.difference is None:
        return ""
    shown = figure(cell.difference)
    return "±0" if not cell.difference else "−" + shown[1:] if shown.startswith("-") else "+" + shown


def percent(cell: CellChange) -> str:
    """The percentage with its sign, to one decimal; empty where there is none."""
    share = cell.percent
    if share is None:
        return ""
    return ("+" if share > 0 else "−" if share < 0 else "±") + f"{abs(float(share)):,.1f}%"


def text_name(text: TextChange, language: Language) -> str:
    """What a text is called: 标题, 第一部分标题, 第一部分正文."""
    known = _TEXTS.get(text.name)
    if known is not None:
        return known[language != "zh"]
    section, _, part = text.name.partition(".")
    number, _, again = section.removeprefix("section").partition("#")
    if language != "zh":
        return f"Section {number}{f' (copy {again})' if again else ''}, {part}"
    name = "开头" if number == "0" else f"第{'〇一二三四五六七八九'[int(number)] if int(number) < 10 else number}部分"
    return f"{name}{f'（第{again}遍）' if again else ''}{'标题' if part == 'heading' else '正文'}"
