"""自带的文书: our own built-in text of every letter, with the places that are filled. Pure data; a legal office may replace each by its own.

A line whose places are all empty is not printed; a line with a column of rows is printed once for each row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

REGULATION = "《中华人民共和国政府信息公开条例》"
SHORT = f"{REGULATION}（以下简称《条例》）"


class Role(StrEnum):
    """What a line is in the letter; the name of its style in the Word file."""

    ORGAN = "LetterOrgan"  # 发文机关标志
    NUMBER = "LetterNumber"  # 发文字号
    TITLE = "Title"
    TO = "LetterTo"  # 主送
    BODY = "Normal"
    ASKED = "LetterQuote"  # 申请内容，楷体
    HEAD = "Heading1"
    TABLE = "LetterCell"
    SEAL = "LetterSeal"  # 印章的位置
    SIGNED = "LetterSigned"  # 发文机关署名
    DATED = "LetterDated"  # 成文日期
    NOTE = "LetterNote"  # 联系方式、校验码
    FORM = "LetterForm"  # 随附的意见反馈表的标题


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a letter."""

    text: str
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head, the rows (one of them repeated where it holds a column of rows), and the widths of its columns in parts."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a letter between its head and its signature."""

    title: str
    parts: tuple[Line | Table, ...]
    form: tuple[Line | Table, ...] = ()  # 另页随附


def _reply(*lines: str | Line | Table, title: str = "政府信息公开申请答复书") -> Text:
    """The frame of every reply: received, asked, examined, decided, redress."""
    opening = (
        Line("本机关于{{收到申请之日}}收到{{称呼}}提出的政府信息公开申请（登记编号：{{登记编号}}）。{{称呼}}申请公开的内容为："),
        Line("{{申请内容}}", Role.ASKED), Line("{{办理经过}}"), Line("经审查，现答复如下："),
    )  # fmt: skip
    return Text(title, (*opening, *_parts(lines), Line("{{救济途径}}")))


def _parts(lines: tuple[str | Line | Table, ...]) -> tuple[Line | Table, ...]:
    return tuple(Line(line) if isinstance(line, str) else line for line in lines)


def _notice(title: str, *lines: str | Line | Table, form: tuple[str | Line | Table, ...] = ()) -> Text:
    return Text(title, _parts(lines), _parts(form))


_RECEIVED = "本机关于{{收到申请之日}}收到{{称呼}}提出的政府信息公开申请（登记编号：{{登记编号}}），申请公开的内容为："
_ASKED = Line("{{申请内容}}", Role.ASKED)
_RELEASED = Line("{{提供的政府信息.序号}}.{{提供的政府信息.名称}}　{{提供的政府信息.说明}}")
_DECISION = "政府信息公开申请告知书"


def _opinion_form(effect: str) -> tuple[str | Line | Table, ...]:
    return (
        Line("意见反馈表", Role.FORM),
        Table(
            (
                ("征求意见书文号", "{{文号}}"), ("被征求意见方", "{{收件人}}"), ("意见", "□ 同意公开\n□ 部分同意公开\n□ 不同意公开"),
                ("不同意公开的内容和理由", "　\n　\n　\n　\n　"), ("签字或者盖章", "　\n　"), ("日期", "　　　　年　　月　　日"),
            ),
            (30, 70),
        ),
        Line(effect, Role.NOTE),
    )  # fmt: skip


LETTERS: Mapping[str, Text] = {
    "receipt": _notice(
        "政府信息公开申请接收回执",
        "{{称呼}}提出的政府信息公开申请，本机关已经接收，登记情况如下：",
        Table(
            (
                ("登记编号", "{{登记编号}}"), ("收到申请之日", "{{收到申请之日}}"), ("提交渠道", "{{提交渠道}}"), ("申请内容", "{{申请内容}}"),
                ("查询办理进度的方式", "{{查询方式}}"),
            ),
            (35, 65),
        ),
        f"本机关将依照{REGULATION}第三十三条规定的期限答复，答复期限自收到申请之日起计算（第三十一条）。",
    ),
    "correction": _notice(
        "政府信息公开申请补正告知书", _RECEIVED, _ASKED,
        "经审查，{{称呼}}的申请内容不明确，本机关无法据以查找、确定所需的政府信息。不明确之处是：", "{{不明确之处}}",
        f"根据{SHORT}第三十条的规定，本机关给予指导和释明，并一次性告知需要补正的事项：", "{{指导和释明}}", "需要补正的事项：", "{{需要补正的事项}}",
        "请{{称呼}}在{{补正期限}}前（含当日）补正。{{补正方式}}", "答复期限自本机关收到补正的申请之日起计算。无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
    ),
    "reasons": _notice(
        "政府信息公开申请说明理由告知书", "{{称呼}}向本机关提出的下列政府信息公开申请：",
        Table(
            (("{{所涉申请.登记编号}}", "{{所涉申请.收到申请之日}}", "{{所涉申请.申请内容}}"),), (24, 26, 50), ("登记编号", "收到申请之日", "申请内容"),
        ),
        "申请公开政府信息的数量、频次明显超过合理范围：{{超过合理范围的情况}}",
        f"根据{REGULATION}第三十五条的规定，请{{{{称呼}}}}在{{{{说明理由的时间}}}}前（含当日）以书面形式向本机关说明理由。"
        "本机关认为申请理由不合理的，将告知不予处理；认为申请理由合理，但是无法在规定的期限内答复的，可以确定延迟答复的合理期限并告知。",
    ),
    "extension": _notice(
        "政府信息公开申请延期答复告知书", _RECEIVED, _ASKED, "该申请的答复期限原于{{原期限届满日}}届满。{{延期理由}}",
        f"根据{REGULATION}第三十三条第二款的规定，经本机关政府信息公开工作机构负责人同意，答复期限延长{{{{延长工作日}}}}个工作日，延长后的期限于{{{{延长后届满日}}}}届满。特此告知。",
    ),
    "third_party": _notice(
        "政府信息公开征求意见书", "本机关收到一件政府信息公开申请，申请公开的内容涉及{{收件人}}的合法权益：", Line("{{征求内容}}", Role.ASKED),
        f"根据{SHORT}第十五条、第三十二条的规定，现征求意见。请自收到本征求意见书之日起{{{{提出意见工作日}}}}个工作日内书面提出是否同意公开的意见；不同意公开的，请说明理由，并指明不同意公开的具体内容。",
        "逾期未提出意见的，由本机关依照《条例》的规定决定是否公开。不同意公开且有合理理由的，本机关不予公开；本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的政府信息内容和理由书面告知。",
        "{{反馈方式}}", form=_opinion_form("请将本表连同有关证明材料一并反馈。逾期未提出意见的，由本机关依照《条例》的规定决定是否公开。"),
    ),
    "consulting": _notice(
        "政府信息公开申请征求意见告知书", _RECEIVED, _ASKED, "因办理该申请需要，本机关正在征求{{征求对象}}的意见。{{征求原因}}",
        f"根据{REGULATION}第三十三条第三款的规定，征求第三方和其他机关意见所需时间不计算在答复期限内。特此告知。",
    ),
    "third_party_decision": _notice(
        "政府信息公开告知书", "{{征求意见经过}}", f"经审查，本机关认为不公开有关信息可能对公共利益造成重大影响。根据{REGULATION}第十五条、第三十二条的规定，本机关决定公开下列政府信息：",
        Line("{{公开内容}}", Role.ASKED), "理由是：{{理由}}", "{{公开时间}}。", "{{救济途径}}",
    ),
    "co_maker": _notice(
        "政府信息公开征求意见书", "本机关收到一件政府信息公开申请，申请公开的政府信息由贵单位与本机关共同制作：", Line("{{征求内容}}", Role.ASKED),
        f"根据{SHORT}第三十四条的规定，现征求意见。请自收到本征求意见书之日起{{{{提出意见工作日}}}}个工作日内提出是否同意公开的意见；不同意公开的，请说明依据和理由。逾期未提出意见的，视为同意公开。",
        "{{反馈方式}}", form=_opinion_form("逾期未提出意见的，视为同意公开（《条例》第三十四条）。"),
    ),
    "co_ordination": _notice(
        "政府信息公开协办函", f"本机关正在办理一件政府信息公开申请，所涉政府信息需要与贵单位协商、确认。根据{REGULATION}第十一条的规定，请协助：",
        Line("{{协商事项}}", Role.ASKED), "请于{{回复时间}}前函复。", "{{反馈方式}}",
    ),
    "fee": _notice(
        "政府信息公开信息处理费收费通知书", _RECEIVED, _ASKED,
        f"根据{REGULATION}第四十二条、《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）的规定，本机关决定对该申请收取信息处理费，采用{{{{收费方式}}}}的方式，按照超额累进的标准计算。{{{{计费说明}}}}",
        Table((("{{收费计算.档次}}", "{{收费计算.数量}}", "{{收费计算.标准}}", "{{收费计算.金额}}"), ("合计", "{{数额}}元")), (34, 18, 24, 24), ("档次", "数量", "收费标准", "金额")),
        "以上共计{{数额}}元（人民币{{数额大写}}）。请自收到本通知书次日起{{缴费工作日}}个工作日内缴纳，缴纳方式：", "{{缴纳方式}}",
        "逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。",
    ),
    "already_public": _reply(
        f"{{{{称呼}}}}申请公开的“{{{{信息名称}}}}”，本机关已经主动公开。根据{REGULATION}{{{{依据}}}}的规定，现将获取该政府信息的方式、途径告知如下：", "{{获取方式途径}}",
    ),
    "granted": _reply(
        f"{{{{称呼}}}}申请公开的政府信息可以公开。根据{REGULATION}{{{{依据}}}}的规定，本机关决定予以公开。", "{{公共利益理由}}",
        "随本答复书提供的政府信息：{{提供的政府信息}}", _RELEASED, "获取该政府信息的方式、途径和时间：{{获取方式途径和时间}}", "提供的形式：{{提供形式}}。", "{{形式理由}}",
    ),
    "partial": _reply(
        f"{{{{称呼}}}}申请公开的政府信息中含有不应当公开或者不属于政府信息的内容，但是能够作区分处理。根据{REGULATION}{{{{依据}}}}的规定，本机关决定部分公开。",
        Line("一、可以公开的内容", Role.HEAD), "{{公开内容}}", "随本答复书提供的政府信息：{{提供的政府信息}}", _RELEASED, "提供的形式：{{提供形式}}。",
        Line("二、不予公开的部分及其依据、理由", Role.HEAD),
        "（{{不予公开部分.序号}}）{{不予公开部分.内容}}。依据：{{不予公开部分.依据}}。理由：{{不予公开部分.理由}}。",
    ),
    "denied": _reply(
        f"{{{{称呼}}}}申请公开的{{{{不予公开内容}}}}，属于{{{{不予公开情形}}}}的情形。根据{REGULATION}{{{{依据}}}}的规定，本机关决定不予公开。", "理由是：{{理由}}",
    ),
    "not_existing": _reply(
        "{{检索说明}}", f"经检索没有{{{{称呼}}}}所申请公开的“{{{{信息名称}}}}”。根据{REGULATION}{{{{依据}}}}的规定，现告知{{{{称呼}}}}该政府信息不存在。",
    ),
    "not_this_organ": _reply(
        f"{{{{称呼}}}}所申请公开的信息不属于本机关负责公开。根据{REGULATION}{{{{依据}}}}的规定，现告知{{{{称呼}}}}并说明理由：{{{{理由}}}}",
        "该政府信息由{{负责机关}}负责公开，可以向其提出申请。", "联系方式：{{负责机关联系方式}}。",
    ),
    "repeat": _reply(
        "{{称呼}}申请公开的内容，本机关已于{{前次答复日期}}以《{{前次答复文号}}》作出答复，本次申请与之相同。",
        f"根据{REGULATION}{{{{依据}}}}的规定，本机关对{{{{称呼}}}}重复提出的政府信息公开申请不予重复处理。",
    ),
    "admin_query": _reply(
        f"{{{{称呼}}}}申请公开的信息属于工商、不动产登记资料等信息，{{{{有关法律法规}}}}对信息的获取有特别规定。根据{REGULATION}{{{{依据}}}}的规定，请依照有关法律、行政法规的规定办理：", "{{办理地点和方式}}",
    ),
    "needs_making": _reply(
        f"行政机关向申请人提供的信息，应当是已制作或者获取的政府信息。{{{{称呼}}}}所申请公开的信息没有现成的，需要本机关对现有政府信息进行加工、分析。根据{REGULATION}{{{{依据}}}}的规定，本机关不予提供。",
        "理由是：{{理由}}",
    ),
    "petition": _reply(
        f"{{{{称呼}}}}以政府信息公开申请的形式进行信访、投诉、举报等活动。根据{REGULATION}{{{{依据}}}}的规定，本机关不作为政府信息公开申请处理。", "理由是：{{理由}}",
        "{{称呼}}可以通过下列渠道提出：{{相应渠道}}", title=_DECISION,
    ),
    "publication": _reply(
        f"{{{{称呼}}}}申请公开的内容为要求本机关提供政府公报、报刊、书籍等公开出版物（{{{{出版物名称}}}}）。根据{REGULATION}{{{{依据}}}}的规定，现告知获取的途径：", "{{获取途径}}", title=_DECISION,
    ),
    "not_processed": _reply(
        "{{称呼}}申请公开政府信息的数量、频次明显超过合理范围，本机关已要求说明理由。{{说明理由的情况}}",
        f"经审查，本机关认为申请理由不合理：{{{{理由}}}}根据{REGULATION}{{{{依据}}}}的规定，本机关不予处理。", title=_DECISION,
    ),
    "confirm_reissue": _reply(
        "{{称呼}}申请公开的内容，是要求本机关对已经获取的政府信息予以确认或者重新出具。该信息{{称呼}}已于{{获取日期}}取得，来源为：{{信息来源}}。", "本机关对该申请不予处理，不再重复确认或者重新出具。",
        title=_DECISION,
    ),
    "unclear": _reply(
        "{{补正经过}}", "经补正，申请内容仍不明确：{{仍不明确之处}}", f"根据{REGULATION}{{{{依据}}}}的规定，本机关无法据以查找、确定所需的政府信息，因此无法提供。如能进一步明确，可以重新提出申请。", title=_DECISION,
    ),
    "delayed": _notice(
        "政府信息公开申请延迟答复告知书", _RECEIVED, _ASKED, "{{称呼}}说明的理由，本机关认为合理；但是无法在规定的期限内答复：{{无法按期答复的情况}}",
        f"根据{REGULATION}第三十五条的规定，本机关确定延迟至{{{{延迟答复期限}}}}前（含当日）答复。特此告知。",
    ),
    "record_correction": _notice(
        "政府信息更正申请告知书", "本机关于{{收到申请之日}}收到{{称呼}}提出的更正与自身相关的政府信息记录的申请（登记编号：{{登记编号}}），要求更正的内容为：", Line("{{更正事项}}", Role.ASKED),
        f"根据{REGULATION}第四十一条的规定，现告知如下：", "本机关有权更正，经审核，结果为：{{审核结果}}", "本机关无权更正。有权更正的机关为{{有权更正的机关}}，本机关已经转送或者可以直接向其提出。",
    ),
    "lapse": _notice(
        "政府信息公开申请不再处理告知书", _RECEIVED, _ASKED, "{{告知经过}}",
        f"至{{{{逾期之日}}}}，{{{{称呼}}}}{{{{不再处理情形}}}}。根据{REGULATION}{{{{依据}}}}的规定，视为放弃申请，本机关不再处理该政府信息公开申请。", "{{救济途径}}",
    ),
}  # fmt: skip


FOOT = (  # 首页下方红线之上
    Line("{{联系方式}}", Role.NOTE), Line("校验码：{{校验码}}　{{核验方式}}", Role.NOTE),
)  # fmt: skip


def frame(key: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What stands before and after the text of a letter: organ, number, title, addressee; seal, signature, day."""
    text = LETTERS[key]
    before = (Line("{{机关名称}}", Role.ORGAN), Line("{{文号}}", Role.NUMBER), Line(text.title, Role.TITLE), Line("{{收件人}}：", Role.TO))
    after = (Line("（印章）", Role.SEAL), Line("{{机关名称}}", Role.SIGNED), Line("{{落款日期}}", Role.DATED))
    return before, after
