"""The form of each act on an item: what it asks beside the button. One table; the item page and its view both read it."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongkai.platform.catalogue.choices import CHANNELS, LINKS, VALIDITIES, Validity
from gongkai.platform.pages import bounds

from .editing import day_field, grounds


class Act(forms.Form):
    """An act that asks nothing; a remark may be given."""

    use_required_attribute = True


class Remark(Act):
    reason = forms.CharField(
        label=_("意见"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("可以不填；会记入办理过程。"),
    )


class Reasoned(Act):
    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea({"rows": 3}), help_text=_("会记入办理过程，不能更改。"),
        error_messages={"required": _("请写明理由。")},
    )  # fmt: skip


class Withhold(Reasoned):
    ground = forms.ChoiceField(
        label=_("不予公开的情形"), choices=grounds,
        error_messages={"required": _("请选择不予公开的情形。")},
    )  # fmt: skip
    field_order = ("ground", "reason")


class Schedule(Act):
    publish_at = bounds.Moment(label=_("发布时间"), error_messages={"required": _("请填写发布时间。")})


class Revise(Reasoned):
    changed_on = day_field(
        _("变更日期"), _("信息的内容发生变更的，写变更之日，二十个工作日从次日起算（第二十六条）；只是更正文字的不填。")
    )


class MarkValidity(Reasoned):
    validity = forms.ChoiceField(
        label=_("有效性"),
        choices=[(key.value, _(label)) for key, (label, _en) in VALIDITIES.items() if key is not Validity.NONE],
    )
    on = day_field(_("自何日起"), required=True)
    by_item = forms.CharField(
        label=_("依据的文件"),
        required=False,
        max_length=60,
        help_text=_("目录中修改、废止本件的文件：写索引号或编号；没有的不填。"),
    )
    field_order = ("validity", "on", "by_item", "reason")


class DecisionChanged(Reasoned):
    changed_on = day_field(
        _("变更日期"),
        _("处罚决定被依法变更、撤销、确认违法或者确认无效之日；三个工作日内撤回（行政处罚法第四十八条）。"),
        True,
    )
    field_order = ("changed_on", "reason")


class Linking(Act):
    kind = forms.ChoiceField(
        label=_("关系"), choices=[(key.value, pgettext_lazy("link", words[0])) for key, words in LINKS.items()]
    )
    target = forms.CharField(
        label=_("目录中的哪一件"), required=False, max_length=60, help_text=_("写索引号，或者页面网址里的编号。")
    )
    words = forms.CharField(
        label=_("或者目录以外的文件"), required=False, max_length=400, help_text=_("写文件全称和文号。")
    )

    def clean(self) -> dict[str, object]:
        said = super().clean() or self.cleaned_data
        if not said.get("target") and not said.get("words"):
            self.add_error("target", _("请写目录中的哪一件，或者写目录以外文件的名称。"))
        return said


class Unlinking(Reasoned):
    link = bounds.Whole(widget=forms.HiddenInput)


class Detaching(Reasoned):
    number = bounds.Whole(widget=forms.HiddenInput)


class Waiving(Reasoned):
    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)


class Recording(Act):
    channel = forms.ChoiceField(
        label=_("渠道"), choices=[(key.value, _(label)) for key, (label, _en) in CHANNELS.items()]
    )
    published_at = bounds.Moment(label=_("发布时间"), error_messages={"required": _("请填写发布时间。")})
    address = forms.CharField(label=_("网址或版面"), required=False, max_length=400)
    reads = bounds.Whole(label=_("阅读量"), required=False, min_value=0)
    note = forms.CharField(label=_("备注"), required=False, max_length=400)
    evidence = forms.FileField(label=_("凭据"), required=False, help_text=_("截图、照片、扫描件。"))


@dataclass(frozen=True, slots=True)
class Shown:
    """How an act stands on the item page."""

    form: type[Act]
    primary: bool = False
    consequence: str | Promise = ""  # 有后果说明的，先问一次


ACTS: dict[str, Shown] = {
    "submit": Shown(Act, True),
    "take_back": Shown(Act),
    "review": Shown(Remark, True),
    "return_from_review": Shown(Reasoned),
    "clear": Shown(Remark, True),
    "return_from_secrecy": Shown(Reasoned),
    "refer": Shown(Reasoned),
    "determine": Shown(Reasoned, True),
    "withhold": Shown(Withhold),
    "approve": Shown(Remark, True, _("发布后公众立即可以看到正文和附件，并取得索引号。")),
    "schedule": Shown(Schedule),
    "file": Shown(Remark, True),
    "return_from_approval": Shown(Reasoned),
    "publish": Shown(Remark, True, _("不再等到预定的时间，公众立即可以看到正文和附件。")),
    "hold": Shown(Reasoned),
    "recheck": Shown(Remark, True),
    "revise": Shown(Revise),
    "release": Shown(Reasoned),
    "review_withheld": Shown(Reasoned),
    "mark_validity": Shown(MarkValidity),
    "decision_changed": Shown(DecisionChanged),
    "record_channel": Shown(Recording),
    "link": Shown(Linking),
    "drop_revision": Shown(
        Reasoned, False, _("正在修改的这一版不再办理，公开的仍是原来的版本；写过的内容留在历史版本里。")
    ),
    "discard": Shown(Reasoned, False, _("这一件不再办理，从列表中移出；内容和办理过程仍然保存，不会删除。")),
    "withdraw": Shown(Reasoned, False, _("公众不再看得到正文和附件，原网址只显示撤回的日期和理由。")),
}
ELSEWHERE = frozenset({"save", "attach", "detach", "waive", "unlink", "create", "expire"})  # 在页面别处办理的
HIDDEN_FORMS: dict[str, type[Act]] = {"unlink": Unlinking, "detach": Detaching, "waive": Waiving}


def form_of(action: str) -> type[Act] | None:
    """The form that an action's address takes; nothing for what is no action of this page."""
    shown = ACTS.get(action)
    return shown.form if shown else HIDDEN_FORMS.get(action)
