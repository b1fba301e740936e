"""The form and its checks as a page of the guide, printed from the code. No database."""

from __future__ import annotations

from collections.abc import Iterator

from .checks import CHECKS, SAID
from .fields import GROUPS, Kind, label

KINDS = {Kind.COUNT: "数", Kind.NUMBER: "数，可有小数", Kind.TEXT: "文字", Kind.YES_NO: "是、否", Kind.CHOICE: "选一", Kind.DATE: "日期"}


def markdown() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from (
        "# 网站工作年度报表的各格", "",
        "由程序印出（`make tables`），与填报页、DOCX 和开放数据同出一处。八个部分依国办发〔2017〕47号、国办函〔2018〕12号。",
        "各格的字样凭记忆（FROM MEMORY，把握较大），标“见过”的在公开来源里见过原字样；取得原表以后请核对，有出入的告诉我们。", "",
        "| 部分 | 格 | 键 | 填什么 | 单位 | 字样 |", "| --- | --- | --- | --- | --- | --- |",
    )  # fmt: skip
    for group in GROUPS:
        for part in group.parts:
            for field in part.fields:
                where = f"{part.zh}：{field.zh}" if part.zh else field.zh
                yield f"| {group.zh} | {where} | `{field.key}` | {KINDS[field.kind]} | {field.unit} | {'见过' if field.seen else '凭记忆'} |"
    yield from ("", "## 核对", "", "都只是警告，不拦提交。空白可以是任何数，“1800余”至少 1800；只有无论如何都对不上的才提出来。通知没有规定勾稽关系，这些是我们定的。", "")
    for check in CHECKS:
        others = "＋".join(label(key) for key in check.others)
        yield f"- {label(check.one)}{SAID[check.holds][0]}{others}"
    yield "- “是否有移动新媒体”填否，微博、微信就不应有数"
    yield "- 填报日期不应在报告年度结束以前"
