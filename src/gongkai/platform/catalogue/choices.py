"""The values that describe an item. Pure data; keys are stored, labels are the official words."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where the working revision of an item stands. What the public sees follows from the published one."""

    DRAFT = "draft"
    RETURNED = "returned"
    IN_REVIEW = "in_review"
    IN_SECRECY_REVIEW = "in_secrecy_review"
    REFERRED = "referred"
    IN_APPROVAL = "in_approval"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    RECHECKED = "rechecked"
    WITHDRAWN = "withdrawn"
    FILED = "filed"
    DISCARDED = "discarded"


STATES: dict[State, tuple[str, str]] = {
    State.DRAFT: ("草稿", "Draft"),
    State.RETURNED: ("已退回", "Returned"),
    State.IN_REVIEW: ("待审核", "In review"),
    State.IN_SECRECY_REVIEW: ("待保密审查", "In secrecy review"),
    State.REFERRED: ("报请确定", "Referred for determination"),
    State.IN_APPROVAL: ("待签发", "In approval"),
    State.SCHEDULED: ("定时发布", "Scheduled"),
    State.PUBLISHED: ("已发布", "Published"),
    State.RECHECKED: ("已复查", "Rechecked"),
    State.WITHDRAWN: ("已撤回", "Withdrawn"),
    State.FILED: ("已存档（不公开）", "Filed, not published"),
    State.DISCARDED: ("已作废", "Discarded"),
}


class Kind(StrEnum):
    """体裁: what sort of thing an item is."""

    RULES = "rules"
    NORMATIVE = "normative"
    DOCUMENT = "document"
    POLICY = "policy"
    INTERPRETATION = "interpretation"
    ANNOUNCEMENT = "announcement"
    NEWS = "news"
    PLAN = "plan"
    STATISTICS = "statistics"
    BUDGET = "budget"
    LICENSING = "licensing"
    PENALTY = "penalty"
    FEES = "fees"
    PROCUREMENT = "procurement"
    PROJECT = "project"
    EMERGENCY = "emergency"
    RECRUITMENT = "recruitment"
    PERSONNEL = "personnel"
    FUNCTIONS = "functions"
    GUIDE = "guide"
    REGIME = "regime"
    REPORT = "report"
    OTHER = "other"


KINDS: dict[Kind, tuple[str, str]] = {
    Kind.RULES: ("规章", "Rules"),
    Kind.NORMATIVE: ("行政规范性文件", "Normative document"),
    Kind.DOCUMENT: ("其他文件", "Other document"),
    Kind.POLICY: ("政策法规", "Policy"),
    Kind.INTERPRETATION: ("政策解读", "Interpretation"),
    Kind.ANNOUNCEMENT: ("公告公示", "Announcement"),
    Kind.NEWS: ("要闻动态", "News"),
    Kind.PLAN: ("规划计划", "Plan"),
    Kind.STATISTICS: ("统计信息", "Statistics"),
    Kind.BUDGET: ("财政预算、决算", "Budget and final accounts"),
    Kind.LICENSING: ("行政许可", "Licensing"),
    Kind.PENALTY: ("行政处罚决定", "Penalty decision"),
    Kind.FEES: ("行政事业性收费", "Administrative fees"),
    Kind.PROCUREMENT: ("政府集中采购", "Procurement"),
    Kind.PROJECT: ("重大建设项目", "Major project"),
    Kind.EMERGENCY: ("应急管理", "Emergency"),
    Kind.RECRUITMENT: ("公务员招考", "Recruitment"),
    Kind.PERSONNEL: ("人事信息", "Personnel"),
    Kind.FUNCTIONS: ("机构职能", "Functions"),
    Kind.GUIDE: ("政府信息公开指南", "Guide"),
    Kind.REGIME: ("政府信息公开制度", "Rules of disclosure"),
    Kind.REPORT: ("政府信息公开年报", "Annual report"),
    Kind.OTHER: ("其他", "Other"),
}


class Access(StrEnum):
    """公开属性, fixed when a document is drafted (源头认定). The law's own words are gongkai.law.publication.Access."""

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"


ACCESSES: dict[Access, tuple[str, str]] = {
    Access.PROACTIVE: ("主动公开", "Proactive disclosure"),
    Access.ON_REQUEST: ("依申请公开", "Disclosure on request"),
    Access.WITHHELD: ("不予公开", "Not disclosed"),
}


class Validity(StrEnum):
    """有效性 of a published document."""

    NONE = "none"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    LAPSED = "lapsed"


VALIDITIES: dict[Validity, tuple[str, str]] = {
    Validity.NONE: ("不适用", "Not applicable"),
    Validity.IN_FORCE: ("现行有效", "In force"),
    Validity.AMENDED: ("已修改", "Amended"),
    Validity.REPEALED: ("已废止", "Repealed"),
    Validity.LAPSED: ("已失效", "Lapsed"),
}
WITH_VALIDITY = frozenset({Kind.RULES, Kind.NORMATIVE, Kind.DOCUMENT, Kind.POLICY})


class LinkKind(StrEnum):
    """How one item is about another."""

    INTERPRETS = "interprets"
    AMENDS = "amends"
    REPEALS = "repeals"
    BASED_ON = "based_on"
    RELATED = "related"


LINKS: dict[LinkKind, tuple[str, str, str]] = {  # 本件对那一件；那一件对本件
    LinkKind.INTERPRETS: ("解读", "解读材料", "Interprets"),
    LinkKind.AMENDS: ("修改", "被修改", "Amends"),
    LinkKind.REPEALS: ("废止", "被废止", "Repeals"),
    LinkKind.BASED_ON: ("依据", "据此制定", "Based on"),
    LinkKind.RELATED: ("相关", "相关", "Related"),
}


class Channel(StrEnum):
    """公开渠道 (条例第二十三条、第二十五条)."""

    SITE = "site"
    WECHAT = "wechat"
    WEIBO = "weibo"
    NEW_MEDIA = "new_media"
    GAZETTE = "gazette"
    PRESS_CONFERENCE = "press_conference"
    NEWSPAPER = "newspaper"
    RADIO = "radio"
    TELEVISION = "television"
    NOTICE_BOARD = "notice_board"
    SCREEN = "screen"
    READING_PLACE = "reading_place"
    ARCHIVE = "archive"


CHANNELS: dict[Channel, tuple[str, str]] = {
    Channel.SITE: ("政府网站", "Website"),
    Channel.WECHAT: ("微信公众号", "WeChat"),
    Channel.WEIBO: ("政务微博", "Weibo"),
    Channel.NEW_MEDIA: ("其他政务新媒体", "Other new media"),
    Channel.GAZETTE: ("政府公报", "Gazette"),
    Channel.PRESS_CONFERENCE: ("新闻发布会", "Press conference"),
    Channel.NEWSPAPER: ("报刊", "Newspaper"),
    Channel.RADIO: ("广播", "Radio"),
    Channel.TELEVISION: ("电视", "Television"),
    Channel.NOTICE_BOARD: ("信息公告栏", "Notice board"),
    Channel.SCREEN: ("电子信息屏", "Screen"),
    Channel.READING_PLACE: ("政府信息查阅场所", "Reading place"),
    Channel.ARCHIVE: ("国家档案馆、公共图书馆", "Archives and libraries"),
}
