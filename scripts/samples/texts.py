"""Text files: one cell a line, traditional and twice over, Markdown tables, a shattered copy of a PDF, our own JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

import opencc

from gongkai.law.editions import BALANCE_LABEL

from .draft import Draft
from .pages import heading
from .tables import TABLES, Table, grid, shown, slots


def cell_a_line(draft: Draft) -> bytes:
    """A tab before each cell, an empty line after each row, an empty cell where one reaches down from above."""
    lines = [*draft.title, ""]
    lines += [f"    {text}" for text in draft.before]
    for number in range(1, 7):
        lines += ["", f"    {heading(number)}", ""]
        if number in TABLES:
            for row in slots(TABLES[number](draft)):
                lines += [*(f"\t{cell.text if cell else ''}" for cell in row), ""]
        lines += [f"    {text}" for text in draft.sections.get(number, ())]
    if draft.signed:
        lines += ["", *(f"{text}    " for text in draft.signed)]
    return ("\n".join(lines) + "\n").encode()


def twice_traditional(draft: Draft) -> bytes:
    """A metadata table, the report a line a cell, the report again with bars, what the site left."""
    head = ["| 索引号： | LY0000-2022-00016 | 发布机构： | 党政办公室 |", "| 生成日期： | 2022-01-24 | 废止日期： | |"]
    lines = [*head, *draft.title, *_flat(draft), *_barred(draft), "", "用户登录", "忘记密码？"]
    text = "\n".join(lines).replace("（", "(").replace("）", ")") + "\n"
    return opencc.OpenCC("s2t").convert(text).encode()


def _flat(draft: Draft) -> Iterator[str]:
    for number in range(1, 7):
        yield heading(number)
        if number in TABLES:
            yield from (cell.text for row in TABLES[number](draft) for cell in row)
        yield from draft.sections.get(number, ())


def _barred(draft: Draft) -> Iterator[str]:
    for number in range(1, 7):
        yield heading(number)
        if number in TABLES:
            yield from _bars(TABLES[number](draft))
        yield from draft.sections.get(number, ())


def _bars(table: Table) -> Iterator[str]:
    width = sum(cell.columns for cell in table[0])
    for cells in table:
        yield " | ".join(cell.text for cell in cells) + " " + "|" * (width - len(cells) + 1)


def markdown(draft: Draft) -> bytes:
    """Headings and pipe tables; a cell that reaches leaves the others empty."""
    lines = [f"# {''.join(draft.title)}", "", *draft.before]
    for number in range(1, 7):
        lines += ["", f"## {heading(number)}", ""]
        if number in TABLES:
            rows = [f"| {' | '.join(row)} |" for row in grid(TABLES[number](draft))]
            lines += [rows[0], "|" + "---|" * (rows[0].count("|") - 1), *rows[1:], ""]
        for text in draft.sections.get(number, ()):
            lines += [text, ""]
    lines += list(draft.signed or ())
    return ("\n".join(lines) + "\n").encode()


def exchange(draft: Draft) -> bytes:
    """The project's own JSON."""
    truth = draft.truth()
    keys = ("organ", "title", "year", "format", "active", "applications", "remedies")
    sections = [{"number": 0, "heading": "", "text": "\n".join(draft.before)}]
    sections += [
        {"number": number, "heading": heading(number), "text": "\n".join(draft.sections.get(number, ()))}
        for number in range(1, 7)
    ]
    signed = {"organ": draft.signed[0], "on": "2024-01-11"} if draft.signed else None
    report = {key: truth[key] for key in keys} | {"sections": sections, "signature": signed}
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()


# ── a copy of a PDF whose tables fell to pieces ──────────────────────────────────────────────────────────


def shattered(draft: Draft) -> bytes:
    """Lines of 28 characters with page numbers between; numbers in small tables, labels apart from them."""
    lines = ["正文", "".join(draft.title), *_wrapped(draft.before[0])]
    lines += ["", heading(1)]
    for text in draft.sections[1]:
        head, _, rest = text.partition("\n")
        lines += [head, *_wrapped(rest), ""]
    lines[12:12] = ["— 1 —"]
    lines += [heading(2), *_active_pieces(draft), "", heading(3), *_request_pieces(draft)]
    lines += ["", heading(4), *_dispute_pieces(draft), "", *_wrapped(draft.sections[5][0]), "— 4 —"]
    lines += ["", heading(6), *draft.sections[6], "— 5 —"]
    return ("\n".join(lines) + "\n").encode()


def _wrapped(text: str) -> list[str]:
    return [text[at : at + 28] for at in range(0, len(text), 28)]


def _piece(*rows: list[str]) -> list[str]:
    width = max(len(row) for row in rows)
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return [lines[0], "|" + "---|" * width, *lines[1:]]


def _active_pieces(draft: Draft) -> list[str]:
    """The middle column of the documents fell out, with its remarks."""
    figure = draft.active
    loose = []
    for key in ("rules_repealed", "normative_repealed"):
        loose += [shown(figure[key]), f"（{draft.notes[key]}）"]
    lines = ["第二十条第（一）项", *loose]
    for number, label, head, key in (
        ("五", "行政许可", "本年处理决定数量", "licensing_decisions"),
        ("六", "行政处罚", "本年处理决定数量", "penalty_decisions"),
        ("", "行政强制", "", "coercion_decisions"),
        ("八", "行政事业性收费", "本年收费金额（单位：万元）", "fee_amount"),
    ):
        if number:
            lines += [f"第二十条第（{number}）项", f"信息内容{head}"]
        lines.append(f"{label} {shown(figure[key])}")
    lines += ["— 2 —", *_piece(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])]
    for label, kind in (("规章", "rules"), ("行政规范性文件", "normative")):
        lines += ["## 表二：主动公开政府信息情况"]
        lines += _piece([label, shown(figure[f"{kind}_made"]), shown(figure[f"{kind}_in_force"])])
    return lines


def _request_pieces(draft: Draft) -> list[str]:
    def numbers(*keys: str) -> list[list[str]]:
        return [[shown(value) for value in draft.requests[key]] for key in keys]

    def labelled(*keys: str) -> list[list[str]]:
        return [[line.label, *row] for line in draft.edition.requests for row in numbers(line.key) if line.key in keys]

    def part(*keys: str) -> list[list[str]]:
        return labelled(*keys)

    lines = ["申请人情况", "法人或其他组织", BALANCE_LABEL[:21], "社会法律", "公益服务其他", "企业机构", "组织机构"]
    lines += ["## 表三：收到和处理政府信息公开申请情况"]
    lines += _piece([BALANCE_LABEL[21:], "自然人", "商业", "科研", "总计"])
    lines += _piece(*part("new_received", "carried_over", "granted"))
    lines += ["", "（二）部分公开（区分处理的，只计这一情", "形，不计其他情形）", *_piece(*numbers("partial"))]
    denied = part("denied_state_secret", "denied_law_forbids", "denied_three_safety", "denied_third_party",
                  "denied_internal_affairs", "denied_process_info", "denied_enforcement_file", "denied_admin_query")
    denied[3] = ["（三）不", *denied[3]]
    denied[4] = ["予公开", *denied[4]]
    lines += [*_piece(*denied, *part("unable_not_held")), "", "（四）无", *_piece(*part("unable_needs_making"))]
    lines += ["", "三、本法提供", "年度办", "理结果", "5.要求行政机关确认或重新出具", "已获取信息"]
    lines += ["1.申请人无正当理由逾期不补正、", "开申请", *_piece(*part("unable_unclear_after_correction"))]
    rejected = part("rejected_repeat", "rejected_publication", "rejected_mass_repeat")
    rejected[1] = ["（五）不", *rejected[1]]
    rejected[2] = ["予处理", *rejected[2]]
    lines += [*_piece(*part("rejected_petition")), *_piece(*rejected), *_piece(*numbers("rejected_confirm_reissue"))]
    lines += _piece(["行政机关不再处理其政府信息公", *numbers("other_no_correction")[0]])
    lines += ["", "（六）其", "2.申请人逾期未按收费通知要求", "他处理", "府信息公开申请", "— 3 —"]
    lines += _piece(["缴纳费用、", "行政机关不再处理其政", *numbers("other_fee_unpaid")[0]])
    return lines + _piece(*part("other_misc", "results_total", "carried_forward"))


def _dispute_pieces(draft: Draft) -> list[str]:
    values = [shown(value) for block in draft.remedies.values() for value in block.values()]
    lines = ["行政复议行政诉讼", "未经复议直接起诉复议后起诉", "结果结果其他尚未", "总计结果结果其他尚未结果结果其他尚未"]
    lines += ["维持纠正结果审结维持纠正结果审结", *draft.sections[4]]
    return [*lines, *_piece(["维持", "纠正", "结果", "审结", "总计", "总计"]), *_piece(values)]
