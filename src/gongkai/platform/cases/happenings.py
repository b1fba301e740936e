"""What can happen to a request: the law's own events (gongkai.law.events), and those of the desk, which move no clock. Pure data."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law import events as law


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: its stored key, its official words, and whether the clock knows it."""

    key: str
    zh: str
    en: str
    law: bool = False
    hidden: bool = False  # 不给申请人看


def _law(event: type[law.Event], zh: str, en: str, hidden: bool = False) -> Kind:
    return Kind(event.kind, zh, en, True, hidden)


KINDS: tuple[Kind, ...] = (
    _law(law.Submitted, "提交申请", "Submitted"),
    _law(law.Confirmed, "双方确认", "Confirmed by both sides"),
    _law(law.CorrectionRequested, "告知补正", "Correction requested"),
    _law(law.Corrected, "收到补正", "Corrected"),
    _law(law.ConsultationSent, "发出征求意见书", "Consultation sent"),
    _law(law.ConsultationDelivered, "征求意见书送达", "Consultation delivered"),
    _law(law.ConsultationAnswered, "收到意见", "Opinion received"),
    _law(law.Extended, "延长答复期限", "Reply period extended"),
    _law(law.ReasonsRequested, "要求说明理由", "Reasons requested"),
    _law(law.ReasonsGiven, "申请人说明理由", "Reasons given"),
    _law(law.Delayed, "延迟答复", "Reply delayed"),
    _law(law.FeeNoticed, "送达收费通知", "Fee notice served"),
    _law(law.FeePaid, "缴纳信息处理费", "Fee paid"),
    _law(law.Replied, "答复", "Replied"),
    _law(law.Withdrawn, "申请人撤回", "Withdrawn by the applicant"),
    _law(law.Closed, "不再处理", "No longer processed"),
    Kind("assigned", "指定承办人", "Assigned", hidden=True),
    Kind("described", "更改登记内容", "Description changed"),
    Kind("file_added", "加入材料", "File added"),
    Kind("file_removed", "移出材料", "File removed", hidden=True),
    Kind("task_given", "交办检索", "Search task given", hidden=True),
    Kind("task_answered", "检索回复", "Search task answered", hidden=True),
    Kind("task_cancelled", "取消交办", "Search task cancelled", hidden=True),
    Kind("consultation_opened", "征求意见：登记被征求意见方", "Consultation: party entered", hidden=True),
    Kind("letter_drafted", "拟写文书", "Letter drafted", hidden=True),
    Kind("letter_changed", "修改文书", "Letter changed", hidden=True),
    Kind("letter_reviewed", "法制审核通过", "Letter passed legal review", hidden=True),
    Kind("letter_returned", "退回文书", "Letter returned", hidden=True),
    Kind("letter_signed", "签发文书", "Letter signed", hidden=True),
    Kind("letter_discarded", "弃用文书", "Letter discarded", hidden=True),
    Kind("letter_voided", "作废文书", "Letter voided", hidden=True),
    Kind("letter_served", "送达文书", "Letter served"),
    Kind("letter_delivered", "文书送达申请人", "Letter delivered"),
    Kind("letter_opened", "申请人查看文书", "Letter opened by the applicant"),
    Kind("letter_downloaded", "申请人下载文书", "Letter downloaded by the applicant"),
    Kind("fee_computed", "核算信息处理费", "Fee computed", hidden=True),
    Kind("split", "拆分（一事一申请）", "Split"),
    Kind("split_off", "由拆分而来", "Split off"),
    Kind("joined", "合并答复", "Joined"),
    Kind("parted", "取消合并答复", "Parted", hidden=True),
    Kind("moved", "移送", "Moved"),
    Kind("taken_over", "接收移送", "Taken over"),
    Kind("recomputed", "放假安排变动，重新计算期限", "Recomputed for a holiday notice"),
    Kind("rectified", "更正登记", "Record rectified"),
    Kind("remedy_opened", "被申请复议、提起诉讼、投诉", "Remedy sought"),
    Kind("remedy_ended", "复议、诉讼、投诉办结", "Remedy ended"),
    Kind("reminded", "催办", "Reminded", hidden=True),
    Kind("proposed_for_publication", "建议转为主动公开", "Proposed for publication"),
    Kind("published", "转为主动公开", "Published (Art 44)"),
    Kind("helped", "申请人评价", "Applicant's verdict"),
    Kind("noted", "备注", "Note", hidden=True),
    Kind("archived", "归档", "Archived"),
)
BY_KEY = {kind.key: kind for kind in KINDS}
