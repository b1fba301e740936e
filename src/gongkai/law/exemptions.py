"""不予公开的情形: the grounds for withholding, as data (条例第十四条至第十六条)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .confidence import Confidence


class Nature(StrEnum):
    """What a ground does: forbids, allows, or yields to something else."""

    MUST = "must"  # 不予公开
    MUST_UNLESS = "must_unless"  # 不得公开，但有例外
    MAY = "may"  # 可以不予公开
    MAY_UNLESS = "may_unless"  # 可以不予公开，但规定应当公开的从其规定


@dataclass(frozen=True, slots=True)
class Exemption:
    """One ground for withholding information."""

    key: str
    label: str
    basis: str
    nature: Nature
    outcome: str  # leaf key of table three
    examples: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()  # what overrides the ground
    confidence: Confidence = Confidence.VERIFIED

    @property
    def discretionary(self) -> bool:
        return self.nature in (Nature.MAY, Nature.MAY_UNLESS)


_OTHERWISE = ("法律、法规、规章规定应当公开",)
EXEMPTIONS = (
    Exemption("state_secret", "国家秘密", "条例第十四条", Nature.MUST, "denied_state_secret"),
    Exemption("law_forbids", "法律、行政法规禁止公开", "条例第十四条", Nature.MUST, "denied_law_forbids"),
    Exemption(
        "three_safety", "公开后可能危及国家安全、公共安全、经济安全、社会稳定", "条例第十四条", Nature.MUST, "denied_three_safety"
    ),
    Exemption(
        "third_party", "公开会对第三方合法权益造成损害", "条例第十五条、第三十二条", Nature.MUST_UNLESS, "denied_third_party",
        ("商业秘密", "个人隐私"), ("第三方同意公开", "行政机关认为不公开会对公共利益造成重大影响"),
    ),
    Exemption(
        "internal_affairs", "内部事务信息", "条例第十六条第一款", Nature.MAY, "denied_internal_affairs",
        ("人事管理", "后勤管理", "内部工作流程"),
    ),
    Exemption(
        "process_info", "过程性信息", "条例第十六条第二款", Nature.MAY_UNLESS, "denied_process_info",
        ("讨论记录", "过程稿", "磋商信函", "请示报告"), _OTHERWISE,
    ),
    Exemption(
        "enforcement_file", "行政执法案卷信息", "条例第十六条第二款", Nature.MAY_UNLESS, "denied_enforcement_file", (), _OTHERWISE
    ),
)  # fmt: skip
BY_KEY = {exemption.key: exemption for exemption in EXEMPTIONS}
BY_OUTCOME = {exemption.outcome: exemption for exemption in EXEMPTIONS}
