"""The form of each act on a request. One table: the act pages, their views and a test read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.law.events import Answer, Asked
from gongkai.law.fees import Way as FeeWay
from gongkai.platform.cases.actions.intake import CONFIRMED_BY
from gongkai.platform.cases.choices import FILES, WAYS
from gongkai.platform.desk.forms.editing import day_field
from gongkai.platform.pages import bounds

from .registering import DescribeForm, FilesField, pairs

ASKED: dict[str, tuple[str, str]] = {
    Asked.THIRD_PARTY.value: ("第三方（条例第三十二条）", "Third party"),
    Asked.CO_MAKER.value: ("共同制作机关（条例第三十四条）", "Co-maker"),
    Asked.OTHER_ORGAN.value: ("其他机关", "Other organ"),
}
ANSWERS: dict[str, tuple[str, str]] = {Answer.CONSENTS.value: ("同意公开", "Consents"), Answer.OBJECTS.value: ("不同意公开", "Objects")}
FEES: dict[str, tuple[str, str]] = {FeeWay.PER_ITEM.value: ("按件计收", "Per item"), FeeWay.PER_PAGE.value: ("按量计收", "Per page")}
DELIVERED = {"signed": ("签收", "Signed for"), "opened": ("网上查看", "Opened on line"), "downloaded": ("网上下载", "Downloaded on line")}


class Act(forms.Form):
    """An act that asks nothing."""

    use_required_attribute = True


def text_field(label: Any, help_text: Any = "", required: bool = False, rows: int = 3, most: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=most, widget=forms.Textarea({"rows": rows}),
        error_messages={"required": _("请填写这一项。")},
    )  # fmt: skip


class Dated(Act):
    on = day_field(_("哪天"), _("事情发生之日；以后补登的，写当天，不写今天。"), required=True)


class Reasoned(Act):
    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea({"rows": 3}), help_text=_("会记入办理过程，不能更改。"),
        error_messages={"required": _("请写明理由。")},
    )  # fmt: skip


class Confirm(Dated):
    how = forms.ChoiceField(label=_("怎样确认的"), choices=pairs(CONFIRMED_BY))
    text = text_field(_("说明"), _("如与谁、几时通话。"), rows=2)


class Assign(Act):
    person = forms.ChoiceField(label=_("承办人"), choices=[])


class Remark(Act):
    text = text_field(_("内容"), required=True)


class Propose(Act):
    text = text_field(_("说明"), _("为什么可以向社会公开（条例第四十四条）。"))


class Publish(Dated):
    item_number = forms.CharField(label=_("索引号或者网址"), max_length=200, error_messages={"required": _("请填写公开后的索引号或者网址。")})
    field_order = ("item_number", "on")


class AddFile(Act):
    kind = forms.ChoiceField(label=_("是什么材料"), choices=[pair for pair in pairs(FILES) if pair[0] != "letter"])
    file = forms.FileField(label=_("文件"), error_messages={"required": _("请选择文件。")})


class RemoveFile(Reasoned):
    number = bounds.Whole(widget=forms.HiddenInput)


class GiveTask(Act):
    organ = forms.ChoiceField(label=_("交给哪个机关"), choices=[])
    office = forms.CharField(label=_("科室"), required=False, max_length=100, help_text=_("写内设机构的名称；交给个人的可以不写。"))
    person = forms.ChoiceField(label=_("交给谁"), required=False, choices=[], help_text=_("不指定的，该科室的信息员都能看到。"))
    what = text_field(_("检索什么"), _("写明信息的名称、时间、地点；不写申请人是谁。"), required=True)
    due_on = day_field(_("哪天以前回复"), required=True)


class AnswerTask(Dated):
    found = forms.ChoiceField(label=_("检索结果"), choices=[("yes", _("找到了")), ("no", _("没有找到"))], widget=forms.RadioSelect)
    text = text_field(_("说明"), _("检索了哪里、用什么词、找到什么；没有找到的，写明检索的经过，以备复议、诉讼。"), required=True, rows=4)
    files = FilesField(label=_("找到的文件、检索的截图"))  # type: ignore[assignment]
    field_order = ("found", "text", "files", "on")


class Correct(Dated):
    text = text_field(_("补正的内容"), _("申请人补充、更改了什么。申请的内容有变化的，登记以后再“更改登记内容”。"))
    files = FilesField(label=_("补正材料"))  # type: ignore[assignment]


class Reasons(Dated):
    text = text_field(_("申请人说的理由"), required=True)
    files = FilesField(label=_("材料"))  # type: ignore[assignment]


class Consult(Act):
    to = forms.ChoiceField(label=_("征求谁的意见"), choices=pairs(ASKED), widget=forms.RadioSelect)
    organ = forms.ChoiceField(label=_("本平台上的机关"), required=False, choices=[], help_text=_("征求机关意见、该机关在本平台上的，从这里选；名称就不用填了。"))
    name = forms.CharField(label=_("姓名或者名称"), required=False, max_length=200)
    contact = forms.CharField(label=_("联系人"), required=False, max_length=60)
    phone = forms.CharField(label=_("电话"), required=False, max_length=40)
    email = forms.CharField(label=_("电子邮箱"), required=False, max_length=254, help_text=_("填了的，征求意见书送达时可以把网上答复的链接发过去。"))
    address = forms.CharField(label=_("通信地址"), required=False, max_length=300)
    asks = text_field(_("征求意见的内容"), _("写明申请公开的内容；不写明申请人是谁。"), required=True)


class Deliver(Dated):
    ref = forms.ChoiceField(label=_("哪一份征求意见书"), choices=[])


class Answered(Dated):
    ref = forms.ChoiceField(label=_("哪一份征求意见书"), choices=[])
    answer = forms.ChoiceField(label=_("意见"), choices=pairs(ANSWERS), widget=forms.RadioSelect)
    text = text_field(_("理由"), _("不同意公开的，写明对方说的理由。"))
    files = FilesField(label=_("书面意见"))  # type: ignore[assignment]


class ComputeFee(Act):
    way = forms.ChoiceField(label=_("怎样计收"), choices=pairs(FEES), widget=forms.RadioSelect, help_text=_("同一件申请只能选一种（国办函〔2020〕109号）。"))
    units = bounds.Whole(label=_("件数"), required=False, min_value=1, max_value=100_000, help_text=_("按件计收的：本件按一事一申请拆为几件，通常是 1。"))
    pages = bounds.Whole(label=_("页数"), required=False, min_value=1, max_value=10_000_000, help_text=_("按量计收的：提供的纸面或者电子文件共几页（A4 以下一面为一页）。"))
    told_where = forms.BooleanField(label=_("已主动公开，只告知获取方式、途径（不按量计收）"), required=False)
    waived = text_field(_("不收取的理由"), _("决定不收取的，写明理由；收取的不填。"), rows=2)


class Pay(Dated):
    receipt = forms.CharField(label=_("缴款凭证号"), required=False, max_length=60)


class Withdraw(Dated):
    text = text_field(_("说明"), _("申请人怎样撤回的。"), rows=2)


class Split(Reasoned):
    parts = forms.CharField(
        label=_("拆分为"), widget=forms.Textarea({"rows": 6}),
        help_text=_("每件一行：所需信息的名称；名称后空一格写“｜”再写特征描述也可以。至少两件，各件的登记日期与本件相同。"), error_messages={"required": _("请写明拆分成的各件。")},
    )  # fmt: skip
    field_order = ("parts", "reason")


class Join(Act):
    leading = forms.CharField(label=_("与哪一件合并答复"), max_length=60, help_text=_("同一申请人的另一件，写登记编号，如 2026-0017。"), error_messages={"required": _("请写登记编号。")})


class Move(Reasoned):
    organ = forms.ChoiceField(label=_("移送给"), choices=[])
    field_order = ("organ", "reason")


class Rectify(Reasoned):
    event = bounds.Whole(widget=forms.HiddenInput)
    cancelled = forms.BooleanField(label=_("这一项没有发生，取消它"), required=False)
    on = day_field(_("正确的日期"), _("只改日期的，写正确的日期；取消的不填。"))
    field_order = ("event", "on", "cancelled", "reason")


class Opinion(Act):
    opinion = text_field(_("审核意见"), _("可以不填。"), rows=2)


class Serve(Dated):
    way = forms.ChoiceField(label=_("怎样送达"), choices=pairs(WAYS))
    tracking = forms.CharField(label=_("邮件号"), required=False, max_length=60, help_text=_("邮寄的填写。"))
    proof = forms.FileField(label=_("送达凭证"), required=False, help_text=_("签收单、邮寄收据、发送截图的扫描件；以后也可以补。"))
    field_order = ("way", "on", "tracking", "proof")


class Delivered(Dated):
    how = forms.ChoiceField(label=_("怎样送达到的"), choices=pairs(DELIVERED))


@dataclass(frozen=True, slots=True)
class Shown:
    """How an act stands on its page: its form, and what will follow."""

    form: type[forms.Form]
    follows: str | Promise = ""
    danger: bool = False
    group: str = "handling"  # handling、registered、leaving


ACTS: dict[str, Shown] = {
    "confirm": Shown(Confirm, _("以双方确认之日为收到申请之日，答复期限自次日起算（条例第三十一条、第三十三条）。")),
    "correct": Shown(Correct, _("答复期限自收到补正的申请之日起重新计算（条例第三十条）。补正告知违反程序的，不影响期限。")),
    "give_reasons": Shown(Reasons, _("理由合理而无法按期答复的，可以确定延迟答复的合理期限；不合理的，可以不予处理（条例第三十五条）。期限继续计算。")),
    "consult": Shown(Consult, _("先登记对方，再拟征求意见书；征求意见书送达之后，所需时间才不计入答复期限。")),
    "deliver_consultation": Shown(Deliver, _("对方提出意见的期限自收到之日起算。")),
    "answer_consultation": Shown(Answered, _("自意见提出之次日起恢复计算答复期限；逾期的意见也登记，但不延长停止计算的时间。")),
    "give_task": Shown(GiveTask, _("对方只看到检索的内容和期限，看不到申请人。")),
    "compute_fee": Shown(ComputeFee, _("先核算，再拟收费通知书；送达以后等待缴费，期间不计答复期限。")),
    "pay": Shown(Pay, _("按机关设置，答复期限重新计算或者恢复计算（国办函〔2020〕109号）。")),
    "assign": Shown(Assign, "", group="registered"),
    "describe": Shown(DescribeForm, _("原来登记的内容保留在办理过程中。"), group="registered"),
    "add_file": Shown(AddFile, "", group="registered"),
    "note": Shown(Remark, _("申请人看不到备注。"), group="registered"),
    "propose_publication": Shown(Propose, "", group="registered"),
    "publish": Shown(Publish, _("会告知申请人。"), group="registered"),
    "withdraw": Shown(Withdraw, _("本件随即办结，计入“其他处理”；没有回复的检索一并取消。"), danger=True, group="leaving"),
    "split": Shown(Split, _("本件不再计入年度报告，由拆分出的各件分别办理、答复、统计；期限自同一天起算。"), danger=True, group="leaving"),
    "join": Shown(Join, _("两件各自计入年度报告，用同一份答复。"), group="leaving"),
    "part": Shown(Reasoned, _("本件重新单独答复。"), group="leaving"),
    "move": Shown(Move, _("本件不再由本机关办理和统计；接收的机关自收到之日起办理。"), danger=True, group="leaving"),
    "remind": Shown(Remark, _("发给承办人，记入办理过程。"), group="registered"),
    "archive": Shown(Act, _("归档以后只能更正登记、登记复议诉讼和转为主动公开。"), group="leaving"),
}
PARTS: dict[str, Shown] = {  # 对其中某一份、某一项做的
    "rectify": Shown(Rectify, _("错了的一项不会消失：划去，旁边写明更正；期限按更正后的事项重新推算。")),
    "remove_file": Shown(RemoveFile, _("从材料清单中划去；文件仍然密封保存。"), danger=True),
    "cancel_task": Shown(Reasoned, _("对方会收到通知。"), danger=True),
    "answer_task": Shown(AnswerTask),
}
LETTERS: dict[str, Shown] = {
    "review_letter": Shown(Opinion, _("审核以后又修改的，须重新审核。")),
    "return_letter": Shown(Reasoned, _("退给拟稿人修改。")),
    "sign_letter": Shown(Act, _("签发即编文号、成文，不能再改；发现错误的，在送达之前可以作废。")),
    "serve_letter": Shown(Serve, _("送达产生法律后果：邮寄的写交邮之日，当面的写签收之日，网上的写发出之日（国办公开办函〔2016〕235号）。")),
    "record_delivery": Shown(Delivered, _("申请人收到之日，复议、诉讼的期限自此起算。")),
    "discard_letter": Shown(Reasoned, _("稿子不再使用，留在办理过程里。"), danger=True),
    "void_letter": Shown(Reasoned, _("文号作废，不再使用；需要的话另拟一份。"), danger=True),
}
ELSEWHERE = frozenset({"renew_link", "register", "file", "import", "take_over", "recompute", "judge", "draft_letter", "change_letter", "open_remedy", "end_remedy"})
