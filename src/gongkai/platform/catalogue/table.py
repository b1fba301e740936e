"""The declared table as documentation: state × role × action → state, printed from `states`."""

from __future__ import annotations

from gongkai.platform.organs.roles import LABELS, RoleKind

from .choices import ACCESSES, STATES, Access, State
from .states import CREATE, TRANSITIONS, Transition

_ROLES = (RoleKind.EDITOR, RoleKind.REVIEWER, RoleKind.SECRECY_REVIEWER, RoleKind.APPROVER, RoleKind.DISCLOSURE_OFFICE)
_HEAD = """# 信息的状态与办理

本页由 `gongkai.platform.catalogue.states` 打印，测试保证与程序一致。程序、页面和权限矩阵的测试都读这一张表。

先审查、后公开：没有哪一行不经审核、保密审查、签发就到公众面前（条例第十七条；保守国家秘密法实施条例第四十二条）。
每一步都记入办理过程和操作日志；状态由这些步骤推出，存着的状态只是缓存，可以重建。
"""


def markdown() -> str:
    """The page."""
    return "\n".join([_HEAD, *_actions(), "", *_matrix(), "", *_conditions(), ""])


def _actions() -> list[str]:
    rows = ["## 每一种办理", "", "| 办理 | 键 | 从 | 到 | 角色 | 条件 |", "| --- | --- | --- | --- | --- | --- |"]
    for row in (CREATE, *TRANSITIONS):
        sources = "、".join(STATES[state][0] for state in State if state in row.sources) or "（新）"
        roles = "系统" if row.by_machine else "、".join(LABELS[role][0] for role in RoleKind if role in row.roles)
        rows.append(f"| {row.zh} | `{row.action}` | {sources} | {_target(row)} | {roles} | {'；'.join(_terms(row)) or '—'} |")
    return rows


def _target(row: Transition) -> str:
    if row.back:
        return "修改之前的状态"
    return STATES[row.target][0] if row.target is not None else "不变"


def _terms(row: Transition) -> list[str]:
    terms = []
    if row.reason:
        terms.append("写明理由")
    if row.apart:
        terms.append("起草人回避")
    if row.access != frozenset(Access):
        terms.append("公开属性为" + "或".join(ACCESSES[access][0] for access in Access if access in row.access))
    if row.public is not None:
        terms.append("有公开的版本" if row.public else "没有公开的版本")
    if row.first is not None:
        terms.append("从未签发过" if row.first else "签发过")
    if row.machine and not row.by_machine:
        terms.append("系统也按时进行")
    return terms


def _matrix() -> list[str]:
    rows = ["## 什么状态下谁能办什么", "", "| 状态 | " + " | ".join(LABELS[role][0] for role in _ROLES) + " |", "| --- |" + " --- |" * len(_ROLES)]
    for state in State:
        cells = []
        for role in _ROLES:
            named = dict.fromkeys(row.zh + ("＊" if row.public else "") for row in TRANSITIONS if state in row.sources and role in row.roles and not row.by_machine)
            cells.append("、".join(named) or "—")
        rows.append(f"| {STATES[state][0]} | " + " | ".join(cells) + " |")
    return rows


def _conditions() -> list[str]:
    return [
        "＊ 只在有公开的版本时。",
        "",
        "## 说明",
        "",
        "- 起草人回避：上一次公开以来起草、修改、上传过附件的人，不审查、不签发、不复查，也不对检查发现说明放行。按人认定，与登录名、会话无关。",
        "- 机关可以规定审核与保密审查由两人进行（默认如此）。",
        "- 其他角色（依申请公开经办人、法制审核员、主管部门、信箱与热线）、系统管理员、其他机关的人和公众：看不到、也不能办理；得到的答复与“没有这一条”相同。",
        "- 主管部门看得到下级机关的数量、逾期情况和已公开的内容，看不到草稿和标题。",
        "- 签发、定时发布、立即发布之前，发布前检查中阻止发布的发现须改正，或由审查人逐条说明放行。",
        "- 撤回和期满之后，原网址只留日期和理由，不留标题和正文。",
    ]
