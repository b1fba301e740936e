"""答复情形: the finer ways in which an officer ends a request, each mapped to the form's leaf (条例第三十条、第三十五条至第四十二条).

The form of the annual report has 21 leaves (2019: 19); an officer decides more finely. One reply has one leaf for each edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from . import letters, outcomes
from .confidence import Confidence
from .exemptions import BY_KEY as EXEMPTION
from .exemptions import Exemption
from .letters import Letter
from .outcomes import Outcome


class Redress(StrEnum):
    """Which remedies a reply opens: the text itself is in `remedies`, dated."""

    RECONSIDERATION_FIRST = "reconsideration_first"  # 第十四条至第十六条：不予公开
    EITHER = "either"  # 行政复议或者行政诉讼
    LAPSE = "lapse"  # 不再处理
    NONE = "none"  # 申请人自行撤回


@dataclass(frozen=True, slots=True)
class Reply:
    """One way to end a request."""

    key: str
    label: str
    basis: str
    outcome: str  # leaf of the 2021 form
    letter_key: str | None
    redress: Redress
    exemption_key: str | None = None
    confidence: Confidence = Confidence.VERIFIED  # of the mapping to the leaf and of the remedy together
    editable: bool = False  # the legal office may word the remedy otherwise

    @property
    def letter(self) -> Letter | None:
        return letters.BY_KEY[self.letter_key] if self.letter_key else None

    @property
    def exemption(self) -> Exemption | None:
        return EXEMPTION[self.exemption_key] if self.exemption_key else None

    def leaf(self, edition: str) -> Outcome:
        """The form's leaf in an edition: the 2019 form has one row for all other ways (其他处理)."""
        found = outcomes.BY_KEY[self.outcome]
        return found if edition in found.editions else outcomes.BY_KEY["other"]


_FIRST, _EITHER = Redress.RECONSIDERATION_FIRST, Redress.EITHER
_INF = Confidence.INFERENCE


def _denied(ground: str, label: str) -> Reply:
    exemption = EXEMPTION[ground]
    return Reply(f"denied_{ground}", label, f"条例第三十六条第三项、{exemption.basis.removeprefix('条例')}", exemption.outcome, "denied", _FIRST, ground)


REPLIES = (
    Reply("already_public", "已主动公开，告知获取方式、途径", "条例第三十六条第一项", "granted", "already_public", _EITHER, confidence=_INF),
    Reply("provided", "予以公开，提供政府信息", "条例第三十六条第二项", "granted", "granted", _EITHER),
    Reply("told_where", "予以公开，告知获取方式、途径和时间", "条例第三十六条第二项", "granted", "granted", _EITHER),
    Reply("provided_other_form", "予以公开，以其他形式提供或者安排查阅、抄录", "条例第四十条", "granted", "granted", _EITHER, confidence=_INF),
    Reply(
        "override_third_party", "第三方不同意，因公共利益予以公开", "条例第十五条、第三十二条", "granted", "granted", _EITHER, confidence=_INF
    ),
    Reply("partial", "部分公开（区分处理）", "条例第三十七条", "partial", "partial", _FIRST, confidence=_INF, editable=True),
    Reply(
        "partial_not_information", "部分公开（其余不属于政府信息）", "条例第三十七条", "partial", "partial", _EITHER, confidence=_INF, editable=True
    ),
    _denied("state_secret", "不予公开：国家秘密"),
    _denied("law_forbids", "不予公开：法律、行政法规禁止公开"),
    _denied("three_safety", "不予公开：危及“三安全一稳定”"),
    _denied("third_party", "不予公开：损害第三方合法权益"),
    _denied("internal_affairs", "不予公开：内部事务信息"),
    _denied("process_info", "不予公开：过程性信息"),
    _denied("enforcement_file", "不予公开：行政执法案卷信息"),
    Reply("admin_query", "依照有关法律、行政法规查询", "条例第三十六条第七项", "denied_admin_query", "admin_query", _EITHER, None, _INF, True),
    Reply("not_existing", "经检索，信息不存在", "条例第三十六条第四项", "unable_not_held", "not_existing", _EITHER, None, Confidence.SECONDARY),
    Reply("not_this_organ", "不属于本机关负责公开", "条例第三十六条第五项", "unable_not_held", "not_this_organ", _EITHER, None, Confidence.SECONDARY),
    Reply("needs_making", "需要加工、分析，没有现成信息", "条例第三十八条", "unable_needs_making", "needs_making", _EITHER, None, _INF, True),
    Reply(
        "unclear_after_correction", "补正后申请内容仍不明确", "条例第三十条", "unable_unclear_after_correction", "unclear", _EITHER, None, _INF, True
    ),
    Reply("petition", "信访、投诉、举报，不作为申请处理", "条例第三十九条第一款", "rejected_petition", "petition", _EITHER, None, _INF, True),
    Reply("repeat", "重复申请，不予重复处理", "条例第三十六条第六项", "rejected_repeat", "repeat", _EITHER, None, _INF, True),
    Reply("publication", "公开出版物，告知获取途径", "条例第三十九条第二款", "rejected_publication", "publication", _EITHER, None, _INF, True),
    Reply("mass_repeat", "大量反复申请理由不合理，不予处理", "条例第三十五条", "rejected_mass_repeat", "not_processed", _EITHER, None, _INF, True),
    Reply(
        "confirm_reissue", "要求确认或者重新出具已获取信息", "年度报告格式表三", "rejected_confirm_reissue", "confirm_reissue",
        _EITHER, None, _INF, True,
    ),
    Reply("no_correction", "无正当理由逾期不补正，不再处理", "条例第三十条", "other_no_correction", "lapse", Redress.LAPSE),
    Reply("fee_unpaid", "逾期未缴纳信息处理费，不再处理", "条例第四十二条；国办函〔2020〕109号", "other_fee_unpaid", "lapse", Redress.LAPSE),
    Reply("withdrawn", "申请人撤回申请", "条例未规定；年度报告格式表三", "other_misc", None, Redress.NONE, None, Confidence.SECONDARY),
    Reply("ended_otherwise", "其他情形办结", "年度报告格式表三", "other_misc", None, _EITHER, None, _INF, True),
)  # fmt: skip
BY_KEY = {reply.key: reply for reply in REPLIES}
