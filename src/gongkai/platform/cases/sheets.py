"""The table of a year's register: its columns, the template, and rows read from XLSX. Knows cells, not requests."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from gongkai.formats.limits import MIB
from gongkai.law import outcomes, replies
from gongkai.platform.documents import filled
from gongkai.platform.organs import uploads

from .choices import APPLICANTS, CHANNELS, FORMS, IDENTITIES, OBTAINING
from .errors import Invalid

MOST_ROWS = 5000
BYTES = 10 * MIB


class Sort(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    CODE = "code"  # 位数多的号码：存成数字就丢了末几位
    DAY = "day"
    CHOICE = "choice"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field it fills, how it is read, what to write into it."""

    heading: str
    field: str
    sort: Sort = Sort.TEXT
    needed: bool = False
    options: Mapping[str, str] | None = None  # 写法 → 键
    example: str = ""
    hint: str = ""
    others: tuple[str, ...] = ()  # 也认得的列名


def _labels(labels: Mapping[str, tuple[str, str]], **more: str) -> dict[str, str]:
    return {words[0]: key for key, words in labels.items()} | more


_CHANNELS = _labels(
    CHANNELS, 当面="in_person", 现场="in_person", 窗口="in_person", 邮寄="registered_post", 挂号信="registered_post", 特快专递="registered_post",
    EMS="registered_post", 平信="ordinary_post", 平常信函="ordinary_post", 信函="ordinary_post", 网上="online", 网络="online", 网站="online", 在线="online",
    电邮="email", 邮件="email",
)  # fmt: skip
_APPLICANTS = _labels(APPLICANTS, 公民="natural", 个人="natural", 企业="business", 商业="business", 其他="other")
_YES = {"是": "yes", "否": "no"}
_SIDES = {"第三方": "third_party", "共同制作机关": "co_maker", "其他机关": "other_organ"}
_OPINIONS = {"同意": "consents", "不同意": "objects"}
REPLY, LEAF = "reply:", "leaf:"  # 办理结果：细的答复情形，或者只写到表三的结果项


def results() -> dict[str, str]:
    """办理结果 as people write it → a finer reply where it is one, else the leaf of table three. A wording for two things is for none."""
    fine = {reply.label: REPLY + reply.key for reply in replies.REPLIES}
    leaves: dict[str, str] = {}
    for leaf in outcomes.OUTCOMES:
        if "2021" in leaf.editions:
            written = LEAF + leaf.key
            leaves |= {leaf.label: written, leaf.printed: written, re.sub(r"（.*）$", "", leaf.label): written}
    leaves |= {"部分公开": LEAF + "partial", "其他": LEAF + "other_misc", "信息不存在": REPLY + "not_existing", "撤回": REPLY + "withdrawn", "申请人撤回": REPLY + "withdrawn"}
    return leaves | fine


COLUMNS: tuple[Column, ...] = (
    Column("登记编号", "number", needed=True, example="2025-001", hint="原有的编号照录，本机关内不得重复。", others=("编号", "申请编号", "受理编号")),
    Column("申请渠道", "channel", Sort.CHOICE, True, _CHANNELS, "当面提交", "从所列各项中选。", ("收到方式", "渠道", "申请方式", "提交方式")),
    Column("提交日期", "submitted", Sort.DAY, True, example="2025-03-05", hint="当面提交之日、签收之日、收到网上申请之日。", others=("申请日期", "收到日期", "收件日期", "申请时间")),
    Column("确认日期", "confirmed", Sort.DAY, hint="平常信函、网上、传真、电子邮件的，双方确认之日（条例第三十一条）；其余不填。", others=("双方确认日期",)),
    Column("口头申请", "oral", Sort.CHOICE, options=_YES, hint="当面口头提出、由工作机构代填的写“是”。"),
    Column("申请人类型", "applicant_kind", Sort.CHOICE, True, _APPLICANTS, "自然人", "按年度报告表三的六类。", ("申请人类别", "申请主体")),
    Column("申请人", "name", needed=True, example="张某某", hint="姓名或者名称。", others=("姓名", "姓名或名称", "申请人姓名", "名称")),
    Column("证件类型", "identity_kind", Sort.CHOICE, options=_labels(IDENTITIES, 身份证="resident_card"), hint="自然人的。"),
    Column("证件号码", "identity_number", Sort.CODE, hint="列的格式设为“文本”，否则 18 位号码的末几位会丢失。", others=("身份证号", "身份证号码", "证件号")),
    Column("统一社会信用代码", "organisation_code", Sort.CODE, hint="法人或者其他组织的。", others=("信用代码",)),
    Column("联系人", "contact"),
    Column("法定代表人", "representative", others=("负责人",)),
    Column("联系电话", "phone", Sort.CODE, others=("电话", "手机", "手机号码")),
    Column("电子邮箱", "email", others=("邮箱", "E-mail")),
    Column("通信地址", "address", others=("地址", "联系地址")),
    Column("邮政编码", "postcode", Sort.CODE, others=("邮编",)),
    Column("申请内容", "title", needed=True, example="某某村2024年征地补偿安置方案", hint="所需信息的名称。", others=("所需信息", "所需信息名称", "申请公开内容", "信息名称")),
    Column("特征描述", "description", hint="文号或者其他特征。", others=("内容描述", "其他特征描述")),
    Column("提供形式", "form", Sort.CHOICE, options=_labels(FORMS, 电子="electronic", 纸质="paper"), others=("信息载体",)),
    Column("获取方式", "obtaining", Sort.CHOICE, options=_labels(OBTAINING, 邮件="email", 当面领取="in_person"), others=("获取途径",)),
    Column("补正告知日期", "correction_requested", Sort.DAY, others=("告知补正日期", "补正通知日期")),
    Column("补正期限", "answer_by", Sort.DAY, hint="告知补正的必填：要求在哪一日前补正。", others=("补正截止日期",)),
    Column("补正日期", "corrected", Sort.DAY, hint="收到补正之日。", others=("收到补正日期",)),
    Column("征求意见对象", "consulted", Sort.CHOICE, options=_SIDES, hint="第三方、共同制作机关或者其他机关。"),
    Column("征求意见发出日期", "consultation_sent", Sort.DAY, others=("征求意见日期",)),
    Column("征求意见送达日期", "consultation_delivered", Sort.DAY),
    Column("收到意见日期", "consultation_answered", Sort.DAY),
    Column("意见", "answer", Sort.CHOICE, options=_OPINIONS, hint="同意或者不同意公开。", others=("第三方意见",)),
    Column("延期告知日期", "extended", Sort.DAY, others=("延期日期", "延长答复日期")),
    Column("延长工作日数", "workdays", Sort.NUMBER, hint="延期的必填。", others=("延期天数", "延长天数")),
    Column("要求说明理由日期", "reasons_requested", Sort.DAY),
    Column("说明理由日期", "reasons_given", Sort.DAY),
    Column("延迟答复告知日期", "delayed", Sort.DAY),
    Column("延迟至", "until", Sort.DAY, hint="延迟答复的必填：告知的日期。"),
    Column("收费通知日期", "fee_noticed", Sort.DAY),
    Column("收费金额", "amount", Sort.NUMBER, hint="元。收费的必填。", others=("信息处理费",)),
    Column("缴费日期", "fee_paid", Sort.DAY),
    Column("办结日期", "ended", Sort.DAY, example="2025-03-20", hint="答复送达（交邮）之日；撤回之日；不再处理之日。尚未办结的不填。", others=("答复日期", "答复时间", "办结时间")),
    Column("办理结果", "result", Sort.CHOICE, options=results(), example="予以公开", hint="年度报告表三的结果项，或者更细的答复情形。", others=("答复情形", "答复结果", "答复类型", "结果")),
    Column("备注", "remark", others=("说明",)),
)
BY_FIELD = {column.field: column for column in COLUMNS}
PASSED_OVER = frozenset({"序号", "行号"})
_UNWRITTEN = re.compile(r"[\s*＊:：]|（必填）|\(必填\)|（元）|\(元\)")


@dataclass(frozen=True, slots=True, repr=False)
class SheetRow:
    """One line of the table: its number as the sheet shows it, its cells by field as somebody reads them, and cells that cannot be read."""

    number: int
    cells: Mapping[str, str]
    unread: Mapping[str, str]


def read(name: str, data: bytes) -> tuple[SheetRow, ...]:
    """The lines of the first sheet; Invalid says what is wrong with the table as a whole."""
    lines = uploads.table(name, data, BYTES)
    columns = uploads.placed([_UNWRITTEN.sub("", filled.said(cell)) for cell in lines[0][1]], COLUMNS, PASSED_OVER)
    if len(lines) - 1 > MOST_ROWS:
        raise Invalid({"file": _("一次最多导入 %(most)s 件，表中有 %(n)s 件，请分几次导入。") % {"most": MOST_ROWS, "n": len(lines) - 1}})
    found = tuple(row for number, cells in lines[1:] if not is_example(row := _row(number, columns, cells)))
    if not found:
        raise Invalid({"file": _("表格里只有列名和示例，没有内容。请从第 2 行起填写。")})
    return found


def is_example(row: SheetRow) -> bool:
    """Whether somebody left the template's example in the table."""
    return all(row.cells.get(column.field, "") == column.example for column in COLUMNS)


def _row(number: int, columns: list[Column | None], raw: Sequence[object]) -> SheetRow:
    cells, unread = {}, {}
    for column, cell in zip(columns, raw, strict=False):
        if column is None:
            continue
        if column.sort is Sort.CODE and isinstance(cell, float) and abs(cell) >= 1e15:
            unread[column.field] = _("号码存成了数字，末几位已经丢失；请把这一列设为“文本”格式，重新录入。")
            continue
        cells[column.field] = filled.said(cell)
    return SheetRow(number, cells, unread)


def day(text: str) -> date | None:
    """A date as people write it, or as a table keeps it. ValueError for others."""
    return filled.serial_day(text) or filled.day(text)


def template() -> bytes:
    """An empty register to fill in."""
    advice = "第 2 行是示例，照原样留着的不会导入。日期如 2025-03-05、2025年3月5日都可以。"
    return filled.template("登记簿", COLUMNS, most=MOST_ROWS, wide=("title", "description", "remark"), advice=advice)
