"""必备内容: where each letter says what gongkai.law.letters demands of it. A template without these places is refused; a test holds our own to it."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.law.letters import FRAME

from .filling import names_in
from .series import REPLY_LETTERS

# 每项必备内容由哪些字段（{{…}}）、哪些固定文字写明
CONTENTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "receipt": {"登记编号": ("{{登记编号}}",), "收到申请之日": ("{{收到申请之日}}",), "提交渠道": ("{{提交渠道}}",), "查询办理进度的方式": ("{{查询方式}}",)},
    "correction": {
        "不明确之处": ("{{不明确之处}}",), "指导和释明": ("{{指导和释明}}",), "需要补正的事项": ("{{需要补正的事项}}",), "合理的补正期限": ("{{补正期限}}",),
        "无正当理由逾期不补正的后果": ("视为放弃申请", "不再处理"), "一次性告知": ("一次性告知",),
    },
    "reasons": {
        "所涉各件申请": ("{{所涉申请.登记编号}}",), "数量、频次明显超过合理范围的情况": ("{{超过合理范围的情况}}",), "说明理由的时间": ("{{说明理由的时间}}",),
    },
    "extension": {"延长后的期限届满日": ("{{延长后届满日}}",), "政府信息公开工作机构负责人同意": ("政府信息公开工作机构负责人同意",)},
    "third_party": {
        "申请公开的内容": ("{{征求内容}}",), "自收到之日起15个工作日内提出意见": ("之日起{{提出意见工作日}}个工作日内",), "逾期未提出意见的后果": ("逾期未提出意见的", "决定是否公开"),
        "不同意公开的请说明理由": ("不同意公开的，请说明理由",),
    },
    "consulting": {"正在征求第三方或者其他机关意见": ("正在征求{{征求对象}}的意见",), "所需时间不计入答复期限": ("所需时间不计算在答复期限内",)},
    "third_party_decision": {"决定公开的政府信息内容": ("{{公开内容}}",), "理由": ("{{理由}}",)},
    "co_maker": {
        "申请公开的内容": ("{{征求内容}}",), "自收到之日起15个工作日内提出意见": ("之日起{{提出意见工作日}}个工作日内",), "逾期未提出意见的视为同意公开": ("视为同意公开",),
    },
    "co_ordination": {"需要协商、确认的内容": ("{{协商事项}}",)},
    "fee": {
        "收费依据": ("第四十二条", "国办函〔2020〕109号"), "收费标准": ("{{收费计算.标准}}",), "数额": ("{{数额}}",), "缴纳方式": ("{{缴纳方式}}",),
        "自收到次日起20个工作日内缴纳": ("次日起{{缴费工作日}}个工作日内",), "逾期不缴纳的后果": ("视为放弃申请", "不再处理"),
    },
    "already_public": {"获取的方式、途径": ("{{获取方式途径}}",)},
    "granted": {"政府信息，或者获取的方式、途径和时间": ("{{提供的政府信息.名称}}", "{{获取方式途径和时间}}"), "提供的形式": ("{{提供形式}}",)},
    "partial": {"可以公开的内容": ("{{公开内容}}",), "各不予公开部分的依据和理由": ("{{不予公开部分.内容}}", "{{不予公开部分.依据}}", "{{不予公开部分.理由}}")},
    "denied": {"依据的条、款": ("{{依据}}",), "理由": ("{{理由}}",), "应当先申请行政复议的告知": ("{{救济途径}}",)},
    "not_existing": {"已经检索、未检索到的说明（检索记录留存）": ("{{检索说明}}", "不存在")},
    "not_this_organ": {"理由": ("{{理由}}",), "能够确定的，负责公开机关的名称、联系方式": ("{{负责机关}}", "{{负责机关联系方式}}")},
    "repeat": {"前次答复的日期、文号": ("{{前次答复日期}}", "{{前次答复文号}}")},
    "admin_query": {"有关法律、行政法规": ("{{有关法律法规}}",), "办理的地点、方式": ("{{办理地点和方式}}",)},
    "needs_making": {"没有现成信息的理由": ("{{理由}}",)},
    "petition": {"不作为申请处理的理由": ("{{理由}}",), "可以提出的相应渠道": ("{{相应渠道}}",)},
    "publication": {"获取的途径": ("{{获取途径}}",)},
    "not_processed": {"申请理由不合理的理由": ("{{理由}}",)},
    "confirm_reissue": {"所获取信息的来源和日期": ("{{信息来源}}", "{{获取日期}}")},
    "unclear": {"补正的经过": ("{{补正经过}}",), "仍不明确之处": ("{{仍不明确之处}}",)},
    "delayed": {"申请理由合理、无法按期答复的情况": ("{{无法按期答复的情况}}",), "延迟答复的合理期限": ("{{延迟答复期限}}",)},
    "record_correction": {"审核更正的结果，或者有权更正的机关": ("{{审核结果}}", "{{有权更正的机关}}")},
    "lapse": {"补正告知或者收费通知的经过": ("{{告知经过}}",), "逾期之日": ("{{逾期之日}}",)},
}  # fmt: skip
# FRAME：答复书都有的
_FRAME: Mapping[str, tuple[str, ...]] = dict(
    zip(
        FRAME,
        (
            ("{{机关名称}}",), ("{{文号}}",), ("{{收件人}}",), ("{{收到申请之日}}",), ("{{申请内容}}",), ("经审查",), ("{{依据}}",), ("{{救济途径}}",),
            ("{{机关名称}}",), ("{{落款日期}}",),
        ),
        strict=True,
    )
)  # fmt: skip
_EVERY = ("{{机关名称}}", "{{文号}}", "{{收件人}}", "{{落款日期}}")
_NO_ARTICLE = frozenset({"confirm_reissue"})  # 条例没有条文，年度报告格式有此项


def demanded(key: str) -> Mapping[str, tuple[str, ...]]:
    """Everything that a letter must say, and by which places and words."""
    told = dict(CONTENTS[key])
    if key in REPLY_LETTERS and key != "lapse":
        told |= {item: words for item, words in _FRAME.items() if not (words == ("{{依据}}",) and key in _NO_ARTICLE)}
    if key == "lapse":
        told |= {"决定及其依据的条款": ("{{依据}}",), "救济途径": ("{{救济途径}}",)}
    return told


def places(key: str) -> frozenset[str]:
    """The placeholders that a template of this letter must have."""
    found = {word for words in demanded(key).values() for word in words} | set(_EVERY)
    return frozenset(name for word in found for name in names_in(word))
