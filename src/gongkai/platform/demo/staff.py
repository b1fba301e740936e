"""The people of the demo: invented, one name each, with their roles and terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .places import BY_SLUG, PLACES

BEGIN = date(2018, 12, 1)
PASSWORD = "demo-gongkai-2026"


@dataclass(frozen=True, slots=True)
class Post:
    """One role with its term."""

    role: str
    organ: str | None
    office: str = ""
    since: date = BEGIN
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One invented person."""

    login: str
    name: str
    posts: tuple[Post, ...]


_FULL = (  # 登录名的后半、内设机构、角色
    ("editor", "政务公开科", ("editor",)),
    ("editor2", "综合科", ("editor",)),
    ("reviewer", "秘书科", ("reviewer",)),
    ("secrecy", "机要保密科", ("secrecy_reviewer",)),
    ("approver", "办公室", ("approver",)),
    ("office", "政务公开科", ("disclosure_office", "supervisor")),
    ("cases", "政务公开科", ("case_officer", "mailbox")),
    ("legal", "法制科", ("legal_reviewer",)),
)
_SMALL = (
    ("editor", "办公室", ("editor",)),
    ("reviewer", "办公室", ("reviewer", "disclosure_office")),
    ("secrecy", "综合科", ("secrecy_reviewer",)),
    ("approver", "局领导", ("approver",)),
)
_CHINESE = (
    "温砚秋", "祁望舒", "骆清和", "裴书屿", "简予宁", "阮知夏", "闻景川", "庄稷安", "翟思齐", "柏云舟", "邵疏桐", "蒲照野",
    "褚延年", "应鹿鸣", "冉星野", "单子衿", "鄢若水", "宓长庚", "楼晚晴", "古丹枫", "钟离岸", "巫明远", "燕归舟", "郗望岳",
    "司徒沐", "敬闻笛", "辛未央", "卫南乔", "项听澜", "尹霁月", "麻春和", "游怀瑾", "权景行", "花满溪", "匡语迟", "竺云起",
    "晏秋白", "池墨言", "沙棠溪", "封简之", "牧远山", "蓝若谷", "居映雪", "言如许", "昝怀舟", "桑榆景",
)  # fmt: skip
_UYGHUR = (
    "阿依夏木·图尔贡", "麦麦提明·赛迪", "古丽扎尔·乌斯曼", "伊力亚尔·夏吾东", "帕夏古丽·居马", "艾合麦提·纳曼", "热依汗·卡德尔",
    "吐尔洪·巴拉提", "米娜瓦尔·沙塔尔", "努尔买买提·依孜", "祖丽胡玛·塔依尔", "凯赛尔·莫明", "茹仙古丽·哈力", "库尔班·苏莱",
    "阿提开姆·肉孜", "木塔力甫·艾则", "再努尔·苏皮", "图荪·加拉力", "迪丽努尔·阿洪", "玉素普·卡日", "海丽切姆·买斯", "塔西·托乎提",
    "萨拉麦提·库万", "比丽克孜·麦苏", "依明江·达吾", "努丽曼·色依提", "阿布力孜·热曼", "佐热古丽·帕塔", "热西提·米吉", "孜来汗·奥布力",
    "麦丹·吾甫尔", "阿孜古·克依木", "扎依提·胡达", "左克然·亚森", "萨妮亚·吐迪", "艾斯卡尔·玛木提", "卡米拉·依布拉", "买合皮·苏布",
    "巴图尔·艾力克", "热娜古丽·沙吾", "亚库普·毛沙", "布海丽切·莎迪", "艾尼玩·塔力", "玛依拉·哈斯木", "苏比努尔·库尼", "吾拉木·伊孜",
    "曼孜拉·普拉提", "奥斯曼·提来", "古再努·阿皮孜", "伊卜拉欣·纳麦", "夏提古丽·坎吉",
)  # fmt: skip
FORMER = "shule-former"  # 2022 年 6 月离任的信息员
SHARED = "shule-shared"  # 在两个机关任职


def _cast() -> tuple[Member, ...]:
    chinese, uyghur = iter(_CHINESE), iter(_UYGHUR)
    members = [Member("demo-admin", next(chinese), (Post("administrator", None, "信息中心"),))]
    for place in PLACES:
        for index, (suffix, office, roles) in enumerate({"full": _FULL, "small": _SMALL, "": ()}[place.staff]):
            local = place.slug.startswith(("shule", "hanaleke", "hotan"))
            name = next(uyghur if index % 2 == (0 if local else 1) else chinese)
            told = "镇领导" if office == "局领导" and place.level == "township" else office
            since = date(2022, 7, 1) if (place.slug, suffix) == ("shule", "editor") else BEGIN
            posts = tuple(Post(role, place.slug, told, since) for role in roles)
            if (place.slug, suffix) == ("shule", "secrecy"):
                posts += (Post("secrecy_reviewer", "shule-town", "机要保密科（代审）", date(2024, 1, 1)),)
            members.append(Member(f"{place.slug}-{suffix}", name, posts))
    members.append(Member(FORMER, next(uyghur), (Post("editor", "shule", "政务公开科", BEGIN, date(2022, 6, 30)),)))
    shared = tuple(Post("editor", slug, "电子政务服务中心") for slug in ("shule", "shule-finance"))
    members.append(Member(SHARED, next(uyghur), shared))
    return tuple(members)


MEMBERS = _cast()
BY_LOGIN = {member.login: member for member in MEMBERS}
FOUR = ("shule", "division-11", "xinkailing", "hotan-affairs")
PUBLISHING = tuple(place.slug for place in PLACES if place.staff)
LEADERS = {slug: (BY_LOGIN[f"{slug}-approver"].name, BY_LOGIN[f"{slug}-reviewer"].name, BY_LOGIN[f"{slug}-secrecy"].name) for slug in PUBLISHING}


def organ_name(slug: str) -> str:
    return BY_SLUG[slug].name
