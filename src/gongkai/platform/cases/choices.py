"""The values that describe a request. Pure data; keys are stored, labels are the official words (Chinese, English)."""

from __future__ import annotations

from enum import StrEnum

from gongkai.law.clock import State as LawState
from gongkai.law.editions import APPLICANT_LABELS, Applicant
from gongkai.law.receipt import RECEIPTS

Labels = dict[str, tuple[str, str]]

APPLICANTS: Labels = {
    Applicant.NATURAL.value: (APPLICANT_LABELS[Applicant.NATURAL], "Natural person"),
    Applicant.BUSINESS.value: (APPLICANT_LABELS[Applicant.BUSINESS], "Business"),
    Applicant.RESEARCH.value: (APPLICANT_LABELS[Applicant.RESEARCH], "Research body"),
    Applicant.PUBLIC_WELFARE.value: (APPLICANT_LABELS[Applicant.PUBLIC_WELFARE], "Public-welfare body"),
    Applicant.LEGAL_SERVICE.value: (APPLICANT_LABELS[Applicant.LEGAL_SERVICE], "Legal-service body"),
    Applicant.OTHER.value: (APPLICANT_LABELS[Applicant.OTHER], "Other organisation"),
}
CHANNELS: Labels = {
    receipt.channel.value: (receipt.label, english)
    for receipt, english in zip(
        RECEIPTS, ("In person", "Registered post", "Ordinary post", "On line", "Fax", "E-mail"), strict=True
    )
}


class State(StrEnum):
    """Where a request stands: the clock's states, and two that take it out of this organ's count."""

    AWAITING_CONFIRMATION = LawState.AWAITING_CONFIRMATION.value
    OPEN = LawState.OPEN.value
    AWAITING_CORRECTION = LawState.AWAITING_CORRECTION.value
    AWAITING_FEE = LawState.AWAITING_FEE.value
    REPLIED = LawState.REPLIED.value
    WITHDRAWN = LawState.WITHDRAWN.value
    CLOSED = LawState.CLOSED.value
    SPLIT = "split"  # 一事一申请：由拆分出的各件办理、统计
    MOVED = "moved"  # 收错机关、职能划转：由接收的机关办理、统计


STATES: dict[State, tuple[str, str]] = {
    State.AWAITING_CONFIRMATION: (LawState.AWAITING_CONFIRMATION.label, "Awaiting confirmation"),
    State.OPEN: (LawState.OPEN.label, "Open"),
    State.AWAITING_CORRECTION: (LawState.AWAITING_CORRECTION.label, "Awaiting correction"),
    State.AWAITING_FEE: (LawState.AWAITING_FEE.label, "Awaiting fee"),
    State.REPLIED: (LawState.REPLIED.label, "Replied"),
    State.WITHDRAWN: (LawState.WITHDRAWN.label, "Withdrawn"),
    State.CLOSED: (LawState.CLOSED.label, "No longer processed"),
    State.SPLIT: ("已拆分", "Split"),
    State.MOVED: ("已移送", "Moved"),
}
LIVE = frozenset({State.AWAITING_CONFIRMATION, State.OPEN, State.AWAITING_CORRECTION, State.AWAITING_FEE})
ENDED = frozenset({State.REPLIED, State.WITHDRAWN, State.CLOSED})
UNCOUNTED = frozenset({State.SPLIT, State.MOVED})  # 不在本机关表三中


class Identity(StrEnum):
    """身份证明 (条例第二十九条第二款第一项)."""

    RESIDENT_CARD = "resident_card"
    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel_permit"
    CREDIT_CODE = "credit_code"
    OTHER = "other"


IDENTITIES: Labels = {
    Identity.RESIDENT_CARD: ("居民身份证", "Resident identity card"),
    Identity.PASSPORT: ("护照", "Passport"),
    Identity.TRAVEL_PERMIT: ("港澳台居民来往内地（大陆）通行证、居住证", "Travel or residence permit"),
    Identity.CREDIT_CODE: ("统一社会信用代码", "Unified social credit code"),
    Identity.OTHER: ("其他证件", "Other document"),
}
FORMS: Labels = {  # 申请公开的形式要求：提供的形式
    "paper": ("纸面", "Paper"),
    "electronic": ("电子文件", "Electronic file"),
    "reading": ("查阅、抄录", "Reading and copying"),
}
OBTAINING: Labels = {  # 获取信息的方式、途径
    "online": ("网上获取", "On line"),
    "email": ("电子邮件", "E-mail"),
    "post": ("邮寄", "By post"),
    "fax": ("传真", "Fax"),
    "in_person": ("自行领取", "In person"),
}


class Way(StrEnum):
    """How a letter is served (国办公开办函〔2016〕235号)."""

    IN_PERSON = "in_person"  # 直接送达：签收之日
    ENTRUSTED = "entrusted"  # 委托其他机关送达：签收之日
    POST = "post"  # 邮政企业：交邮之日
    ONLINE = "online"
    EMAIL = "email"
    FAX = "fax"


WAYS: Labels = {
    Way.IN_PERSON: ("当面送达", "In person"),
    Way.ENTRUSTED: ("委托其他机关送达", "Through another organ"),
    Way.POST: ("邮寄（邮政企业）", "By post"),
    Way.ONLINE: ("网上送达", "On line"),
    Way.EMAIL: ("电子邮件", "E-mail"),
    Way.FAX: ("传真", "Fax"),
}
FILES: Labels = {
    "application": ("申请材料", "Application"),
    "identity": ("身份证明", "Identity proof"),
    "correction": ("补正材料", "Correction"),
    "record": ("拟提供的政府信息", "Record"),
    "released": ("提供给申请人的政府信息", "Released record"),
    "letter": ("文书", "Letter"),
    "proof": ("送达、检索等凭证", "Proof"),
    "opinion": ("征求意见的答复", "Opinion"),
    "remedy": ("复议、诉讼材料", "Remedy document"),
    "other": ("其他材料", "Other"),
}
SEEN_BY_APPLICANT = frozenset({"application", "identity", "correction", "released", "letter"})


class LetterState(StrEnum):
    """Where a letter stands."""

    DRAFTED = "drafted"
    REVIEWED = "reviewed"  # 法制审核通过
    RETURNED = "returned"
    SIGNED = "signed"
    SERVED = "served"
    DISCARDED = "discarded"
    VOID = "void"  # 已编号，未发出即作废；编号不再使用


LETTER_STATES: dict[LetterState, tuple[str, str]] = {
    LetterState.DRAFTED: ("已拟稿", "Drafted"),
    LetterState.REVIEWED: ("法制审核通过", "Legally reviewed"),
    LetterState.RETURNED: ("已退回", "Returned"),
    LetterState.SIGNED: ("已签发", "Signed"),
    LetterState.SERVED: ("已送达", "Served"),
    LetterState.DISCARDED: ("已弃用", "Discarded"),
    LetterState.VOID: ("已作废", "Void"),
}
TASK_STATES: Labels = {"open": ("办理中", "Open"), "answered": ("已回复", "Answered"), "cancelled": ("已取消", "Cancelled")}
REMEDIES: Labels = {
    "reconsideration": ("行政复议", "Reconsideration"),
    "litigation_direct": ("行政诉讼（未经复议直接起诉）", "Litigation, direct"),
    "litigation_after_reconsideration": ("行政诉讼（复议后起诉）", "Litigation after reconsideration"),
    "complaint": ("投诉、举报（条例第五十一条）", "Complaint (Art 51)"),
}
