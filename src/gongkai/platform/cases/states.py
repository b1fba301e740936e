"""Who may do what with a request, in which state: the declared table. Pure; printed into the documentation.

An act that makes an event of the law is possible where gongkai.law.conduct allows the event; the others name their states.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.law import events as law
from gongkai.law.clock import State as LawState
from gongkai.law.conduct import ALLOWED
from gongkai.platform.organs.roles import RoleKind as R

from .choices import ENDED, LIVE, STATES, State


class Party(StrEnum):
    """On whose side somebody acts; kept with the event as the role where it is no officer's."""

    OFFICER = "officer"
    APPLICANT = "applicant"
    ASKED = "asked"  # 被征求意见方
    SYSTEM = "system"


PARTIES: dict[Party, tuple[str, str]] = {
    Party.OFFICER: ("工作人员", "Officer"),
    Party.APPLICANT: ("申请人", "Applicant"),
    Party.ASKED: ("被征求意见方", "The side consulted"),
    Party.SYSTEM: ("系统", "System"),
}
HANDLING = frozenset({R.CASE_OFFICER, R.DISCLOSURE_OFFICE})
READING = HANDLING | {R.APPROVER, R.LEGAL_REVIEWER}  # 看得到本机关申请的角色
SIGNING = frozenset({R.APPROVER})
HEADING = frozenset({R.DISCLOSURE_OFFICE})  # 政府信息公开工作机构（负责人）
_ANY = frozenset(State)
_LIVE_OR_ENDED = LIVE | ENDED


@dataclass(frozen=True, slots=True)
class Act:
    """One act: by which roles and parties, in which states, making which event of the law."""

    key: str
    zh: str
    en: str
    roles: frozenset[R] = HANDLING
    states: frozenset[State] = LIVE
    law: type[law.Event] | None = None
    parties: frozenset[Party] = frozenset({Party.OFFICER})
    reason: bool = False
    applies: str = ""  # 由机关设置决定时，设置项的键


_APPLICANT = frozenset({Party.OFFICER, Party.APPLICANT})
_ASKED = frozenset({Party.OFFICER, Party.ASKED})
_SYSTEM = frozenset({Party.OFFICER, Party.SYSTEM})

ACTS: tuple[Act, ...] = (
    Act("register", "登记申请", "Register", states=frozenset()),
    Act("file", "网上提交申请", "File on line", roles=frozenset(), states=frozenset(), parties=frozenset({Party.APPLICANT})),
    Act("import", "导入登记簿", "Import a register", roles=HEADING, states=frozenset()),
    Act("confirm", "双方确认", "Confirm receipt", law=law.Confirmed, parties=_APPLICANT),
    Act("assign", "指定承办人", "Assign", roles=HANDLING),
    Act("describe", "更改登记内容", "Change the description", reason=True),
    Act("add_file", "加入材料", "Add a file", states=_LIVE_OR_ENDED, parties=_APPLICANT),
    Act("remove_file", "移出材料", "Remove a file", reason=True),
    Act("give_task", "交办检索", "Give a search task", states=frozenset({State.OPEN, State.AWAITING_CORRECTION, State.AWAITING_FEE})),
    Act("answer_task", "回复检索", "Answer a search task", roles=READING | {R.EDITOR}, states=_LIVE_OR_ENDED),
    Act("cancel_task", "取消交办", "Cancel a search task", states=_LIVE_OR_ENDED, reason=True),
    Act("draft_letter", "拟写文书", "Draft a letter", states=_LIVE_OR_ENDED),
    Act("change_letter", "修改文书", "Change a letter", states=_LIVE_OR_ENDED),
    Act("discard_letter", "弃用文书", "Discard a draft", states=_LIVE_OR_ENDED, reason=True),
    Act("review_letter", "法制审核通过", "Pass legal review", roles=frozenset({R.LEGAL_REVIEWER}), states=_LIVE_OR_ENDED, applies="legal_review"),
    Act("return_letter", "退回文书", "Return a letter", roles=frozenset({R.LEGAL_REVIEWER, R.APPROVER, R.DISCLOSURE_OFFICE}), states=_LIVE_OR_ENDED, reason=True),
    Act("sign_letter", "签发文书", "Sign a letter", roles=SIGNING | HEADING, states=_LIVE_OR_ENDED),
    Act("void_letter", "作废文书", "Void a letter", roles=SIGNING | HEADING, states=_LIVE_OR_ENDED, reason=True),
    Act("serve_letter", "送达文书", "Serve a letter", states=_LIVE_OR_ENDED),
    Act("record_delivery", "登记送达凭证", "Record delivery", states=_LIVE_OR_ENDED, parties=_APPLICANT),
    Act("correct", "收到补正", "Record the correction", law=law.Corrected, parties=_APPLICANT),
    Act("consult", "登记被征求意见方", "Enter a side to consult", law=law.ConsultationSent),
    Act("deliver_consultation", "登记征求意见书送达", "Record delivery of a consultation", law=law.ConsultationDelivered, parties=_ASKED),
    Act("answer_consultation", "登记意见", "Record an opinion", law=law.ConsultationAnswered, parties=_ASKED),
    Act("renew_link", "换发网上答复的链接", "Renew the link for answering on line"),
    Act("give_reasons", "申请人说明理由", "Record the reasons", law=law.ReasonsGiven, parties=_APPLICANT),
    Act("compute_fee", "核算信息处理费", "Compute the fee", law=law.FeeNoticed, applies="charges"),
    Act("pay", "登记缴费", "Record payment", law=law.FeePaid, parties=frozenset({Party.OFFICER, Party.APPLICANT, Party.SYSTEM})),
    Act("withdraw", "申请人撤回", "Withdraw", law=law.Withdrawn, parties=_APPLICANT),
    Act("split", "拆分", "Split", states=frozenset({State.AWAITING_CONFIRMATION, State.OPEN}), reason=True),
    Act("join", "合并答复", "Join", states=frozenset({State.OPEN})),
    Act("part", "取消合并答复", "Part", states=LIVE, reason=True),
    Act("move", "移送", "Move to another organ", roles=HEADING, states=frozenset({State.AWAITING_CONFIRMATION, State.OPEN}), reason=True),
    Act("take_over", "接收移送", "Take over", states=frozenset()),
    Act("rectify", "更正登记", "Rectify the record", roles=HANDLING, states=_ANY, reason=True),
    Act("recompute", "重新计算期限", "Recompute", roles=frozenset(), parties=frozenset({Party.SYSTEM}), states=LIVE),
    Act("remind", "催办", "Remind", roles=HEADING | {R.SUPERVISOR}, parties=_SYSTEM),
    Act("open_remedy", "登记复议、诉讼、投诉", "Enter a remedy", states=_ANY),
    Act("end_remedy", "登记复议、诉讼、投诉结果", "Enter its result", states=_ANY),
    Act("propose_publication", "建议转为主动公开", "Propose publication", states=_LIVE_OR_ENDED, parties=_APPLICANT),
    Act("publish", "登记转为主动公开", "Record publication", states=ENDED),
    Act("judge", "评价", "Give a verdict", roles=frozenset(), parties=frozenset({Party.APPLICANT}), states=ENDED),
    Act("note", "备注", "Note", roles=READING, states=_ANY),
    Act("archive", "归档", "Archive", states=ENDED | {State.SPLIT, State.MOVED}),
)  # fmt: skip
BY_KEY = {act.key: act for act in ACTS}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table needs to know of a request."""

    state: State
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an act may be done now; if not, why, in both languages."""

    allowed: bool
    zh: str = ""
    en: str = ""
    role: R | None = None  # 以何种角色进行
    now: bool = True  # 角色允许，只是此时不行时为假


def may(key: str, facts: Facts, kinds: frozenset[R], party: Party = Party.OFFICER) -> Verdict:
    """Whether somebody on this side, with these roles in the request's organ, may do this now; if not, why."""
    act = BY_KEY[key]
    held = sorted(act.roles & kinds)
    if party not in act.parties:
        return Verdict(False, f"“{act.zh}”不能由{PARTIES[party][0]}进行。", f"“{act.en}” is not for: {PARTIES[party][1]}.")
    if party is Party.OFFICER and not held:
        names, en = "、".join(r.label for r in sorted(act.roles)), ", ".join(sorted(r.value for r in act.roles))
        return Verdict(False, f"“{act.zh}”需要本机关的角色：{names}。", f"“{act.en}” needs a role in this organ: {en}.")
    role = held[0] if held else None
    if not _possible(act, facts.state):
        zh, en = STATES[facts.state]
        return Verdict(False, f"本件现在“{zh}”，不能“{act.zh}”。", f"The request is “{en}”: no “{act.en}” now.", role, now=False)
    if facts.archived and key not in ("rectify", "record_delivery", "open_remedy", "end_remedy", "note", "publish"):
        return Verdict(False, f"本件已归档，不能“{act.zh}”。", f"The request is archived: no “{act.en}”.", role, now=False)
    return Verdict(True, role=role)


def _possible(act: Act, state: State) -> bool:
    if act.law is None:
        return state in act.states
    return state in {each.value for each in LawState} and act.law in ALLOWED[LawState(state.value)]
