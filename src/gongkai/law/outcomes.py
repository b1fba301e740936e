"""办理结果: how a request can end, as data (条例第三十六条至第四十条；年度报告格式表三).

Groups, form rows, labels and totals are derived from `OUTCOMES`, never listed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

BOTH = frozenset({"2019", "2021"})
ONLY_2019 = frozenset({"2019"})
ONLY_2021 = frozenset({"2021"})


class Group(IntEnum):
    """The groups （一）–（六） under 三、本年度办理结果."""

    GRANTED = 1
    PARTIAL = 2
    DENIED = 3
    UNABLE = 4
    REJECTED = 5
    OTHER = 6

    @property
    def label(self) -> str:
        return ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")[self - 1]

    @property
    def numbered(self) -> str:
        return f"（{'一二三四五六'[self - 1]}）{self.label}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way a request can end: a leaf row under 三、本年度办理结果."""

    key: str  # stored and exported; never renamed
    number: str  # its place in the form: group, then item
    label: str  # the form's own words
    basis: str  # the provision it rests on
    editions: frozenset[str] = BOTH

    @property
    def group(self) -> Group:
        return Group(int(self.number[0]))

    @property
    def printed(self) -> str:
        """The label with its number, as the form prints it."""
        group, _, item = self.number.partition(".")
        return f"{item}.{self.label}" if item else f"（{'一二三四五六'[int(group) - 1]}）{self.label}"


OUTCOMES = (
    Outcome("granted", "1", "予以公开", "条例第三十六条第一项、第二项"),
    Outcome("partial", "2", "部分公开（区分处理的，只计这一情形，不计其他情形）", "条例第三十七条"),
    Outcome("denied_state_secret", "3.1", "属于国家秘密", "条例第十四条"),
    Outcome("denied_law_forbids", "3.2", "其他法律行政法规禁止公开", "条例第十四条"),
    Outcome("denied_three_safety", "3.3", "危及“三安全一稳定”", "条例第十四条"),
    Outcome("denied_third_party", "3.4", "保护第三方合法权益", "条例第十五条"),
    Outcome("denied_internal_affairs", "3.5", "属于三类内部事务信息", "条例第十六条第一款"),
    Outcome("denied_process_info", "3.6", "属于四类过程性信息", "条例第十六条第二款"),
    Outcome("denied_enforcement_file", "3.7", "属于行政执法案卷", "条例第十六条第二款"),
    Outcome("denied_admin_query", "3.8", "属于行政查询事项", "条例第三十六条第七项"),
    Outcome("unable_not_held", "4.1", "本机关不掌握相关政府信息", "条例第三十六条第四项、第五项"),
    Outcome("unable_needs_making", "4.2", "没有现成信息需要另行制作", "条例第三十八条"),
    Outcome("unable_unclear_after_correction", "4.3", "补正后申请内容仍不明确", "条例第三十条"),
    Outcome("rejected_petition", "5.1", "信访举报投诉类申请", "条例第三十九条第一款"),
    Outcome("rejected_repeat", "5.2", "重复申请", "条例第三十六条第六项"),
    Outcome("rejected_publication", "5.3", "要求提供公开出版物", "条例第三十九条第二款"),
    Outcome("rejected_mass_repeat", "5.4", "无正当理由大量反复申请", "条例第三十五条"),
    Outcome("rejected_confirm_reissue", "5.5", "要求行政机关确认或重新出具已获取信息", "年度报告格式表三"),
    Outcome("other", "6", "其他处理", "年度报告格式表三", ONLY_2019),
    Outcome(
        "other_no_correction", "6.1",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "条例第三十条", ONLY_2021,
    ),
    Outcome(
        "other_fee_unpaid", "6.2",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "条例第四十二条；国办函〔2020〕109号", ONLY_2021,
    ),
    Outcome("other_misc", "6.3", "其他", "年度报告格式表三", ONLY_2021),
)
BY_KEY = {outcome.key: outcome for outcome in OUTCOMES}
