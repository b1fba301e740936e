"""字段: the places of every letter that are filled: from the case by ourselves, or by the officer. Pure data; names are the placeholders of the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

from gongkai.law import letters as law
from gongkai.law.letters import Recipient
from gongkai.platform.cases import sealing

FIELDS = "cases.letter.fields"  # sealing 的用途：Letter.fields

Row = dict[str, str]
Value = str | list[Row]


class Kind(StrEnum):
    """How a field is filled in, and shown in the letter."""

    TEXT = "text"  # 一行
    LONG = "long"  # 可以有几段
    DATE = "date"  # 存 ISO，文书中为 2026年3月2日
    ROWS = "rows"  # 几项，各有几栏


# 照写不改的；其余成段的文字末尾没有标点的补句号，嵌在句中的去掉末尾的句号
_VERBATIM = frozenset({"申请内容", "征求内容", "协商事项", "更正事项", "公开内容", "缴纳方式", "需要补正的事项"})
_INSIDE = frozenset({"不予公开内容"})
_STOPS, _CLOSED = "。；，、.;, ", "。！？；：…”）》』」.!?;:"


@dataclass(frozen=True, slots=True)
class Field:
    """One place of a letter."""

    name: str  # {{名称}}
    kind: Kind = Kind.TEXT
    hint: str = ""
    required: bool = True
    auto: bool = False  # 由本件的登记、机关设置、法律核心得出，不由人填
    columns: tuple[str, ...] = ()  # {{名称.栏}}

    @property
    def most(self) -> int:
        return 6000 if self.kind is Kind.LONG else 300

    def ended(self, words: str) -> str:
        """The words as they stand in the letter: with one full stop, or with none."""
        if not words or self.name in _VERBATIM:
            return words
        if self.kind is Kind.LONG and self.name not in _INSIDE:
            return words if words.endswith(tuple(_CLOSED)) else f"{words}。"
        return words.rstrip(_STOPS)


@dataclass(frozen=True, slots=True, repr=False)
class Fields:
    """What the officer filled in: sealed whole, opened whole."""

    values: Mapping[str, Value]

    def sealed(self) -> bytes:
        return sealing.seal(dict(self.values), FIELDS)

    @classmethod
    def opened(cls, sealed: bytes | memoryview) -> Self:
        return cls(sealing.unseal(sealed, FIELDS))

    def text(self, name: str) -> str:
        found = self.values.get(name, "")
        return found if isinstance(found, str) else ""

    def rows(self, name: str) -> list[Row]:
        found = self.values.get(name, [])
        return found if isinstance(found, list) else []


def _auto(name: str, hint: str = "", required: bool = True) -> Field:
    return Field(name, Kind.TEXT, hint, required, auto=True)


def _long(name: str, hint: str = "", required: bool = True) -> Field:
    return Field(name, Kind.LONG, hint, required)


def _text(name: str, hint: str = "", required: bool = True) -> Field:
    return Field(name, Kind.TEXT, hint, required)


def _day(name: str, hint: str = "", required: bool = True) -> Field:
    return Field(name, Kind.DATE, hint, required)


def _rows(name: str, *columns: str, hint: str = "", required: bool = True) -> Field:
    return Field(name, Kind.ROWS, hint, required, columns=columns)


FRAME = (
    _auto("机关名称"), _auto("文号", "签发时编"), _auto("收件人"), _auto("落款日期", "签发之日"), _auto("校验码", "签发时生成"),
    _auto("核验方式"), _auto("登记编号"), _auto("联系方式", required=False), _auto("工作机构", required=False), _auto("联系电话", required=False), _auto("办公地址", required=False),
)  # fmt: skip
APPLICANT = (_auto("申请人"), _auto("称呼", "自然人：您；其他：你单位"), _auto("收到申请之日"))
ASKED = _long("申请内容", "申请人所需政府信息的名称、文号或者其他特征性描述，照申请书写。")
COURSE = _long("办理经过", "补正、征求意见、延期等；没有的留空，该段不印。", required=False)
REPLY = (
    ASKED, COURSE, _auto("依据", "条例的条、款、项，随答复情形"),
    _text("复议机关", "行政复议法第二十四条至第二十八条"), _text("人民法院", "对本机关的答复有管辖权的人民法院"), _auto("救济途径", "按答复情形和落款日期"),
)  # fmt: skip
RELEASED = _rows("提供的政府信息", "名称", "说明", hint="随文书提供的材料，逐项写。")
FORM = _text("提供形式", "如：电子文件，网上提供；纸面，邮寄。")
FEEDBACK = _long("反馈方式", "提出意见的地址、电话、网上途径。")
REASON = _long("理由", "事实和理由，写给申请人看。")

_OWN: Mapping[str, tuple[Field, ...]] = {
    "receipt": (ASKED, _auto("提交渠道"), _long("查询方式", "申请人如何查询办理进度。")),
    "correction": (
        ASKED, _long("不明确之处", "申请内容哪里不明确，为什么无法据以检索。"), _long("指导和释明", "怎样写才能明确，如名称、文号、时间、地点。"),
        _long("需要补正的事项", "一次说全；只能告知一次。"), _long("补正方式", "补正材料交到哪里。", required=False), _auto("补正期限"),
    ),
    "reasons": (
        _rows("所涉申请", "登记编号", "收到申请之日", "申请内容", hint="逐件列明。"), _long("超过合理范围的情况", "件数、频次，如何明显超过合理范围。"),
        _day("说明理由的时间", "请申请人在此日之前（含当日）说明。"),
    ),
    "extension": (ASKED, _long("延期理由", "条例未要求；建议写明。", required=False), _auto("原期限届满日"), _auto("延长工作日"), _auto("延长后届满日")),
    "third_party": (_long("征求内容", "申请公开的内容，以及涉及第三方的部分；不写明申请人。"), _auto("提出意见工作日"), FEEDBACK),
    "consulting": (ASKED, _text("征求对象", "第三方，或者其他机关；不必写明名称。"), _long("征求原因", required=False)),
    "third_party_decision": (
        _long("征求意见经过", required=False), _long("公开内容", "决定公开的政府信息内容。"), _long("理由", "不公开会对公共利益造成何种重大影响。"),
        _text("公开时间", "何时、以何种方式公开。", required=False), _text("复议机关"), _text("人民法院"), _auto("救济途径"),
    ),
    "co_maker": (_long("征求内容", "申请公开的内容，以及共同制作的情况。"), _auto("提出意见工作日"), FEEDBACK),
    "co_ordination": (_long("协商事项", "需要协商、确认的内容。"), _day("回复时间", "请对方在此日之前回复。", required=False), FEEDBACK),
    "fee": (
        ASKED, _auto("收费方式"), _rows("收费计算", "档次", "数量", "标准", "金额", hint="由核算得出。"), _long("计费说明", "当月累计的件数，或者页数。", required=False),
        _auto("数额"), _auto("数额大写"), _auto("缴费工作日"), _long("缴纳方式", "收款单位、账号，或者网上缴纳的途径。"),
    ),
    "already_public": (*REPLY, _text("信息名称"), _long("获取方式途径", "网址、栏目，或者查阅地点。")),
    "granted": (
        *REPLY, replace(RELEASED, required=False), _long("获取方式途径和时间", "不随文书提供的，何时、何地、怎样取得。", required=False), FORM,
        _long("形式理由", "未按申请人要求的形式提供的理由（条例第四十条）。", required=False),
        _long("公共利益理由", "第三方不同意而决定公开的理由（条例第三十二条）。", required=False),
    ),
    "partial": (
        *REPLY, _long("公开内容", "可以公开的部分。"), replace(RELEASED, required=False), FORM,
        _rows("不予公开部分", "内容", "依据", "理由", hint="每一部分各写依据的条款和理由。"),
    ),
    "denied": (*REPLY, _long("不予公开内容"), _auto("不予公开情形"), REASON),
    "not_existing": (*REPLY, _text("信息名称"), _long("检索说明", "在哪里、以什么方式、用哪些词检索过，结果如何；检索记录留存备查。")),
    "not_this_organ": (*REPLY, REASON, _text("负责机关", "能够确定的，写明名称。", required=False), _text("负责机关联系方式", required=False)),
    "repeat": (*REPLY, _day("前次答复日期"), _text("前次答复文号")),
    "admin_query": (*REPLY, _text("有关法律法规", "法律、行政法规的名称和条款。"), _long("办理地点和方式")),
    "needs_making": (*REPLY, _long("理由", "为何没有现成信息，需要怎样加工、分析。")),
    "petition": (*REPLY, _long("理由", "为何是信访、投诉、举报等活动。"), _long("相应渠道", "可以向谁、通过什么渠道提出。")),
    "publication": (*REPLY, _text("出版物名称"), _long("获取途径")),
    "not_processed": (*REPLY, _long("说明理由的情况", "要求说明理由的经过，申请人所说的理由。"), _long("理由", "为何认为不合理。")),
    "confirm_reissue": (*REPLY, _text("信息来源", "申请人从哪里取得该信息。"), _day("获取日期")),
    "unclear": (*REPLY, _long("补正经过", "何时告知补正，何时收到补正。"), _long("仍不明确之处")),
    "delayed": (ASKED, _long("无法按期答复的情况", "理由合理，但为何不能在期限内答复。"), _auto("延迟答复期限")),
    "record_correction": (
        _long("更正事项", "申请人要求更正的记录。"), _long("审核结果", "本机关有权更正的，审核的结果。", required=False),
        _text("有权更正的机关", "本机关无权更正的，转送或者告知的机关。", required=False),
    ),
    "lapse": (
        ASKED, _long("告知经过", "补正告知或者收费通知何时送达、期限至何日。"), _day("逾期之日", "期限届满的次日。"), _auto("依据"), _auto("不再处理情形"),
        _text("复议机关"), _text("人民法院"), _auto("救济途径"),
    ),
}  # fmt: skip

# 条例第三十六条第二项、第四十条、第四十一条：两项之中至少写一项
EITHER: Mapping[str, tuple[str, str]] = {"granted": ("提供的政府信息", "获取方式途径和时间"), "record_correction": ("审核结果", "有权更正的机关")}
_FOR_REPLY: Mapping[str, tuple[str, ...]] = {
    "told_where": ("获取方式途径和时间",), "provided_other_form": ("形式理由",), "override_third_party": ("公共利益理由",),
}  # fmt: skip


def fields_of(key: str, reply: str = "") -> tuple[Field, ...]:
    """The fields of a letter in the order in which they are filled in; which of them a reply makes required."""
    frame = FRAME if law.BY_KEY[key].to is not Recipient.APPLICANT else (*FRAME, *APPLICANT)
    more = _FOR_REPLY.get(reply, ())
    return tuple(replace(field, required=True) if field.name in more else field for field in (*frame, *_OWN[key]))


def by_name(key: str, reply: str = "") -> Mapping[str, Field]:
    return {field.name: field for field in fields_of(key, reply)}


def asked_of_officer(key: str, reply: str = "") -> tuple[Field, ...]:
    """What a person fills in."""
    return tuple(field for field in fields_of(key, reply) if not field.auto)


def placeholders(key: str) -> Mapping[str, tuple[str, ...]]:
    """Every name that a template of this letter may hold, with its columns."""
    found = {field.name: field.columns for field in fields_of(key)}
    return {name: (*columns, "序号") if columns else () for name, columns in found.items()}


def missing(key: str, reply: str, values: Mapping[str, Value]) -> tuple[Field, ...]:
    """The required places that are still empty."""
    empty = tuple(field for field in asked_of_officer(key, reply) if field.required and not _filled(values.get(field.name)))
    pair = EITHER.get(key)
    if pair and not any(_filled(values.get(name)) for name in pair):
        names = by_name(key, reply)
        empty += tuple(names[name] for name in pair if names[name] not in empty)[:1]
    return empty


def _filled(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return bool(value) and isinstance(value, Sequence)
