"""指标: the figures that an organ keeps by month, because they live in other systems or in no system. Pure data.

Cells of the table of section 二 are taken from the editions of the form; the rest are what the prose tells (总体情况).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.editions import EDITIONS, ActiveCell, Number


class Summing(StrEnum):
    """How a year's figure follows from the months'."""

    SUM = "sum"  # 逐月相加
    LAST = "last"  # 以最后登记的为准：现行有效件数、上一年项目数量、考核得分


class Topic(StrEnum):
    """Where an indicator stands in the ledger."""

    ACTIVE = "active"
    PUBLICATION = "publication"
    POLICY = "policy"
    MAILBOX = "mailbox"
    HOTLINE = "hotline"
    TRAINING = "training"
    ASSESSMENT = "assessment"
    WEBSITE = "website"


TOPICS: dict[Topic, tuple[str, str]] = {
    Topic.ACTIVE: ("主动公开（表二）", "Proactive disclosure (table of section 2)"),
    Topic.PUBLICATION: ("发布信息", "Published items"),
    Topic.POLICY: ("政策和解读", "Policies and interpretations"),
    Topic.MAILBOX: ("信箱、留言", "Mailbox and messages"),
    Topic.HOTLINE: ("12345 热线", "Hotline 12345"),
    Topic.TRAINING: ("培训", "Training"),
    Topic.ASSESSMENT: ("考核、评议", "Assessment"),
    Topic.WEBSITE: ("政府网站", "Government website"),
}
CHANNELS: dict[str, tuple[str, str]] = {  # 发布信息分渠道
    "": ("合计", "All"),
    "site": ("政府网站", "Website"),
    "site_news": ("政府网站·政务动态", "Website, news"),
    "site_information": ("政府网站·政府信息", "Website, government information"),
    "wechat": ("微信公众号", "WeChat"),
    "weibo": ("微博", "Weibo"),
    "new_media": ("政务新媒体、手机客户端", "New media and apps"),
    "broadcast": ("广播、电视", "Radio and television"),
    "board": ("公示栏、电子屏", "Notice boards and screens"),
    "other": ("其他渠道", "Other channels"),
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One kind of figure: its stored key, its official words, its unit, and how a year follows from its months."""

    key: str
    zh: str
    en: str
    unit: str
    topic: Topic
    summing: Summing = Summing.SUM
    number: Number = Number.COUNT
    by_channel: bool = False
    editions: frozenset[str] = frozenset()  # 表二的格：在哪几版


_STOCK = ("_in_force", "_total_published", "_prev_items", "_delta")


def _cells() -> tuple[Indicator, ...]:
    found: dict[str, Indicator] = {}
    for edition in EDITIONS:
        for block in edition.active:
            for row in block.rows:
                for cell in row.cells:
                    found[cell.key] = _of(cell, f"{row.label}：{cell.column.partition('（')[0]}", found.get(cell.key), edition.key)
    return tuple(found.values())


def _of(cell: ActiveCell, zh: str, before: Indicator | None, edition: str) -> Indicator:
    editions = (before.editions if before else frozenset()) | {edition}
    summing = Summing.LAST if cell.key.endswith(_STOCK) else Summing.SUM
    return Indicator(cell.key, zh, cell.key.replace("_", " "), cell.unit, Topic.ACTIVE, summing, cell.number, editions=editions)


_P, _M, _H, _W = Topic.POLICY, Topic.MAILBOX, Topic.HOTLINE, Topic.WEBSITE
INDICATORS: tuple[Indicator, ...] = (
    *_cells(),
    Indicator("published", "发布信息", "Items published", "条", Topic.PUBLICATION, by_channel=True),
    Indicator("reads", "阅读量", "Reads", "人次", Topic.PUBLICATION, by_channel=True),
    Indicator("policies", "政策文件", "Policies", "条", _P),
    Indicator("interpretations", "政策解读", "Interpretations", "条", _P),
    Indicator("messages_pushed", "上级推送网民留言", "Messages passed on from above", "条", _M),
    Indicator("mailbox_received", "信箱受理留言", "Mailbox messages received", "条", _M),
    Indicator("mailbox_done", "信箱办结留言", "Mailbox messages answered", "条", _M),
    Indicator("hotline_help", "热线：求助", "Hotline: help", "件", _H),
    Indicator("hotline_report", "热线：举报", "Hotline: reports", "件", _H),
    Indicator("hotline_complaint", "热线：投诉", "Hotline: complaints", "件", _H),
    Indicator("hotline_enquiry", "热线：咨询", "Hotline: enquiries", "件", _H),
    Indicator("hotline_suggestion", "热线：建议", "Hotline: suggestions", "件", _H),
    Indicator("hotline_praise", "热线：表扬", "Hotline: praise", "件", _H),
    Indicator("hotline_other", "热线：其他", "Hotline: other", "件", _H),
    Indicator("hotline_received", "热线受理合计（来源所列）", "Hotline total, as stated", "件", _H),
    Indicator("hotline_signed", "热线签收", "Hotline signed for", "件", _H),
    Indicator("hotline_done", "热线办结", "Hotline settled", "件", _H),
    Indicator("trainings", "培训次数", "Training sessions", "次", Topic.TRAINING),
    Indicator("trained", "培训人次", "People trained", "人次", Topic.TRAINING),
    Indicator("assessment", "考核得分", "Assessment score", "分", Topic.ASSESSMENT, Summing.LAST, Number.AMOUNT),
    Indicator("website_visits", "网站总访问量", "Website visits", "次", _W),
    Indicator("columns_kept", "专栏专题维护", "Special columns maintained", "个", _W, Summing.LAST),
    Indicator("columns_new", "专栏专题新开设", "Special columns opened", "个", _W),
    Indicator("interpretation_materials", "解读材料", "Interpretations, written", "条", _W),
    Indicator("interpretation_products", "解读产品", "Interpretations, pictures and videos", "个", _W),
    Indicator("interpretation_comments", "媒体评论文章", "Interpretations, articles in the media", "篇", _W),
    Indicator("responses", "回应公众关注热点或重大舆情", "Responses to public concern", "次", _W),
    Indicator("mailbox_public", "留言公开答复", "Messages answered in public", "条", _W),
    Indicator("surveys", "征集调查", "Consultations and surveys", "期", _W),
    Indicator("survey_opinions", "征集调查收到意见", "Opinions received", "条", _W),
    Indicator("survey_results", "公布调查结果", "Results published", "期", _W),
    Indicator("interviews", "在线访谈", "On-line interviews", "期", _W),
    Indicator("interview_messages", "在线访谈网民留言", "Messages at interviews", "条", _W),
    Indicator("interview_answers", "在线访谈答复提问", "Questions answered at interviews", "条", _W),
)
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
HOTLINE_KINDS = tuple(each.key for each in INDICATORS if each.key in {f"hotline_{kind}" for kind in ("help", "report", "complaint", "enquiry", "suggestion", "praise", "other")})


@dataclass(frozen=True, slots=True)
class Stated:
    """A total that a source states, and the figures that must add up to it."""

    total: tuple[str, str]  # 指标、渠道
    parts: tuple[tuple[str, str], ...]


STATED = (
    Stated(("hotline_received", ""), tuple((key, "") for key in HOTLINE_KINDS)),
    Stated(("published", "site"), (("published", "site_news"), ("published", "site_information"))),
    Stated(("published", ""), tuple(("published", channel) for channel in ("site", "wechat", "weibo", "new_media", "broadcast", "board", "other"))),
)
