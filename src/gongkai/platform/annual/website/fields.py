"""The form 政府网站工作年度报表 as data: groups, parts, fields. Pure.

国办发〔2017〕47号、国办函〔2018〕12号 fix the eight blocks; most labels are FROM MEMORY (high confidence), `seen` marks those that were read in a
public source. Units are of the form where it prints them, else the usual ones.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

FIRST_YEAR = 2017  # 国办发〔2017〕47号起
FORMAT = "gongkai.website-form.1"  # 公布的数据的格式


class Kind(StrEnum):
    """What is filled in."""

    COUNT = "count"  # 非负整数，可以是约数
    NUMBER = "number"  # 非负，至多两位小数
    TEXT = "text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Field:
    """One box of the form: its stored key, its words, its unit, and what may stand in it."""

    key: str
    zh: str
    en: str
    kind: Kind = Kind.COUNT
    unit: str = ""
    seen: bool = False  # 原文的字样有公开来源；否则凭记忆
    choices: tuple[tuple[str, str, str], ...] = ()
    longest: int = 200

    @property
    def is_figure(self) -> bool:
        return self.kind in (Kind.COUNT, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Part:
    """Fields under one heading inside a group; without a heading they stand in the group itself."""

    fields: tuple[Field, ...]
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One block of the form. `unit` is printed once, at its heading, where all its boxes have it."""

    key: str
    zh: str
    en: str
    parts: tuple[Part, ...]
    unit: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for part in self.parts for field in part.fields)


SITE_KINDS = (("portal", "政府门户网站", "Government portal"), ("department", "部门网站", "Department's website"), ("special", "专项网站", "Special website"))
_T, _Y, _N = Kind.TEXT, Kind.YES_NO, Kind.NUMBER


def _yes(key: str, zh: str, en: str) -> Field:
    return Field(key, zh, en, _Y)


GROUPS: tuple[Group, ...] = (
    Group("site", "网站", "Website", (Part((
        Field("site_name", "网站名称", "Name of the website", _T),
        Field("site_address", "首页网址", "Address of the home page", _T, longest=400),
        Field("site_organ", "主办单位", "Run by", _T),
        Field("site_kind", "网站类型", "Kind of website", Kind.CHOICE, choices=SITE_KINDS),
        Field("site_code", "政府网站标识码", "Government website code", _T, longest=20),
        Field("site_icp", "ICP备案号", "ICP filing number", _T, longest=60),
        Field("site_police", "公安机关备案号", "Public security filing number", _T, longest=60),
    )),)),
    Group("visits", "访问量", "Visits", (Part((
        Field("visitors", "独立用户访问总量", "Visitors in all", unit="个"),
        Field("visits", "网站总访问量", "Visits in all", unit="次"),
    )),)),
    Group("published", "信息发布", "Information published", (Part((
        Field("published_total", "总数", "In all", unit="条"),
        Field("published_overview", "概况类信息更新量", "About the organ", unit="条", seen=True),
        Field("published_news", "政务动态信息更新量", "News of government", unit="条", seen=True),
        Field("published_catalogue", "信息公开目录信息更新量", "Disclosure catalogue", unit="条", seen=True),
    )),), unit="条"),
    Group("columns", "专栏专题", "Special columns", (Part((
        Field("columns_kept", "维护数量", "Maintained", unit="个"),
        Field("columns_new", "新开设数量", "Newly opened", unit="个"),
    )),), unit="个"),
    Group("interpretation", "解读回应", "Interpretations and responses", (
        Part((
            Field("interpretations", "总数", "In all", unit="条"),
            Field("interpretation_materials", "解读材料数量", "Written materials", unit="条"),
            Field("interpretation_products", "解读产品数量", "Pictures, videos and the like", unit="个"),
            Field("interpretation_comments", "媒体评论文章数量", "Articles in the media", unit="篇"),
        ), "解读信息发布", "Interpretations published"),
        Part((Field("responses", "回应公众关注热点或重大舆情数量", "Responses to public concern", unit="次", seen=True),)),
    )),
    Group("services", "办事服务", "Services", (
        Part((
            _yes("services_listed", "是否发布服务事项目录", "List of services published"),
            Field("users", "注册用户数", "Registered users", unit="个"),
            Field("services", "政务服务事项数量", "Services", unit="项"),
            Field("services_online", "可全程在线办理政务服务事项数量", "Services wholly on line", unit="项"),
        )),
        Part((
            Field("cases_total", "总数", "In all", unit="件"),
            Field("cases_natural", "自然人办件量", "For persons", unit="件"),
            Field("cases_legal", "法人办件量", "For legal persons", unit="件"),
        ), "办件量", "Cases handled"),
    )),
    Group("interaction", "互动交流", "Interaction", (
        Part((_yes("interaction_unified", "是否使用统一平台", "Uses the common platform"),)),
        Part((
            Field("messages_received", "收到留言数量", "Messages received", unit="条"),
            Field("messages_done", "办结留言数量", "Messages settled", unit="条"),
            Field("messages_days", "平均办理时间", "Average time", _N, "天"),
            Field("messages_public", "公开答复数量", "Answered in public", unit="条", seen=True),
        ), "留言办理", "Messages"),
        Part((
            Field("surveys", "征集调查期数", "Consultations and surveys", unit="期"),
            Field("survey_opinions", "收到意见数量", "Opinions received", unit="条"),
            Field("survey_results", "公布调查结果期数", "Results published", unit="期"),
        ), "征集调查", "Consultations and surveys"),
        Part((
            Field("interviews", "访谈期数", "Interviews", unit="期", seen=True),
            Field("interview_messages", "网民留言数量", "Messages from the public", unit="条"),
            Field("interview_answers", "答复网民提问数量", "Questions answered", unit="条"),
        ), "在线访谈", "On-line interviews"),
        Part((_yes("interaction_answering", "是否提供智能问答", "Offers automatic answers"),)),
    )),
    Group("security", "安全防护", "Security", (Part((
        Field("security_checks", "安全检测评估次数", "Security assessments", unit="次"),
        Field("security_found", "发现问题数量", "Problems found", unit="个"),
        Field("security_mended", "问题整改数量", "Problems mended", unit="个"),
        _yes("security_watch", "是否建立安全监测预警机制", "Monitoring and early warning"),
        _yes("security_drill", "是否开展应急演练", "Emergency drill held"),
        _yes("security_named", "是否明确网站安全责任人", "Person responsible named"),
    )),)),
    Group("media", "移动新媒体", "New media", (
        Part((_yes("media_any", "是否有移动新媒体", "Has new media"),)),
        Part((
            Field("weibo_name", "名称", "Name", _T),
            Field("weibo_posts", "信息发布量", "Posts", unit="条"),
            Field("weibo_followers", "关注量", "Followers", unit="个"),
        ), "微博", "Weibo"),
        Part((
            Field("wechat_name", "名称", "Name", _T),
            Field("wechat_posts", "信息发布量", "Posts", unit="条"),
            Field("wechat_followers", "订阅数", "Subscribers", unit="个"),
        ), "微信", "WeChat"),
        Part((Field("media_other", "其他", "Other", _T, longest=400),)),
    )),
    Group("innovation", "创新发展", "Innovation", (Part((
        _yes("innovation_search", "搜索即服务", "Search as a service"),
        _yes("innovation_languages", "多语言版本", "Several languages"),
        _yes("innovation_accessible", "无障碍浏览", "Accessible"),
        _yes("innovation_personal", "千人千网", "Personal for everybody"),
        Field("innovation_other", "其他", "Other", _T, longest=400),
    )),)),
    Group("signed", "填报", "Filled in by", (Part((
        Field("head", "单位负责人", "Head of the organ", _T, longest=60),
        Field("reviewer", "审核人", "Reviewed by", _T, longest=60),
        Field("filler", "填报人", "Filled in by", _T, longest=60),
        Field("phone", "联系电话", "Telephone", _T, longest=60),
        Field("filled_on", "填报日期", "Filled in on", Kind.DATE),
    )),)),
)  # fmt: skip
FIELDS: tuple[Field, ...] = tuple(field for group in GROUPS for field in group.fields)
BY_KEY: dict[str, Field] = {field.key: field for field in FIELDS}
PLACES: dict[str, tuple[Group, Part]] = {field.key: (group, part) for group in GROUPS for part in group.parts for field in part.fields}


_OFTEN = frozenset(zh for zh, often in Counter(field.zh for field in FIELDS).items() if often > 1)


def label(key: str, *, english: bool = False) -> str:
    """What a box is called by itself: 解读材料数量; with its block where others are called alike: 解读信息发布总数."""
    (group, part), field = PLACES[key], BY_KEY[key]
    block = part if part.zh else group
    if english:
        return f"{block.en}: {field.en.lower()}" if field.zh in _OFTEN else field.en
    return f"{block.zh}{field.zh}" if field.zh in _OFTEN else field.zh
