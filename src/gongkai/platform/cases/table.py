"""The declared table of acts as documentation: who may do what with a request in which state, printed from `states`."""

from __future__ import annotations

from gongkai.law.clock import State as LawState
from gongkai.law.conduct import ALLOWED
from gongkai.law.letters import LETTERS
from gongkai.platform.organs import dated
from gongkai.platform.organs.roles import LABELS, RoleKind

from .choices import STATES, State
from .happenings import BY_KEY as KINDS
from .letters.duties import reviewed, signers
from .states import ACTS, PARTIES, READING, SIGNING, Act, Party

_HEAD = """# 申请的状态与办理

本页由 `gongkai.platform.cases.states` 打印，测试保证与程序一致。程序、页面和权限矩阵的测试都读这一张表。

一件申请就是按日期排列的事项；状态、期限、年度报告里的位置都由事项推出，存着的只是缓存，可以重建。
产生法律事项的办理，何时可以由法律核心（`gongkai.law.conduct`）决定；其余的在表里写明状态。
看得到本机关申请的角色：{reading}。上级主管部门只看得到数量。系统管理员看不到申请的内容。
"""


def markdown() -> str:
    """The page."""
    reading = "、".join(LABELS[role][0] for role in RoleKind if role in READING)
    return "\n".join([_HEAD.format(reading=reading), *_acts(), "", *_states(), "", *_letters(), ""])


def _acts() -> list[str]:
    rows = ["## 每一种办理", "", "| 办理 | 键 | 何时 | 角色 | 还可以由谁 | 条件 | 法律事项 |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for act in ACTS:
        roles = "、".join(LABELS[role][0] for role in RoleKind if role in act.roles) or "—"
        others = "、".join(PARTIES[party][0] for party in Party if party in act.parties and party is not Party.OFFICER) or "—"
        made = KINDS[act.law.kind].zh if act.law is not None else "—"
        rows.append(f"| {act.zh} | `{act.key}` | {_when(act)} | {roles} | {others} | {_terms(act)} | {made} |")
    return rows


def _when(act: Act) -> str:
    found = possible(act)
    if found == frozenset(State):
        return "任何状态"
    return "、".join(STATES[state][0] for state in State if state in found) or "（新）"


def possible(act: Act) -> frozenset[State]:
    """The states in which an act may be done."""
    if act.law is None:
        return act.states
    return frozenset(State(state.value) for state in LawState if act.law in ALLOWED[state])


def _terms(act: Act) -> str:
    terms = ["写明理由"] if act.reason else []
    if act.applies:
        terms.append(f"机关设置“{dated.BY_KEY[act.applies].zh}”")
    return "；".join(terms) or "—"


def _states() -> list[str]:
    rows = ["## 什么状态下能办什么", "", "| 状态 | 可以办理 |", "| --- | --- |"]
    for state in State:
        words = "、".join(act.zh for act in ACTS if act.states != frozenset() or act.law is not None if state in possible(act))
        rows.append(f"| {STATES[state][0]} | {words or '—'} |")
    return rows


def _letters() -> list[str]:
    rows = ["## 文书由谁审核、签发", "", "自己拟稿、修改的文书，由他人审核、签发；法制审核的人不签发同一文书。", "", "| 文书 | 依据 | 法制审核 | 签发 |", "| --- | --- | --- | --- |"]
    for letter in LETTERS:
        legal = f"机关设置“{dated.BY_KEY['legal_review'].zh}”时" if reviewed(letter.key) else "—"
        who = "、".join(LABELS[role][0] for role in RoleKind if role in signers(letter.key)) or "、".join(LABELS[role][0] for role in SIGNING)
        rows.append(f"| {letter.title} | {letter.basis} | {legal} | {who} |")
    return rows
