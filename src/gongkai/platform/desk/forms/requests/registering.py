"""The quick form of registration: one page, what Article 29 asks and nothing more; and the same fields for changing what was registered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.platform.cases.choices import APPLICANTS, CHANNELS, FORMS, IDENTITIES, OBTAINING, Identity, Labels
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.desk.forms.editing import day_field

APPLICANT_NAMES = (
    "name", "identity_kind", "identity_number", "organisation_code", "contact", "representative", "phone", "email", "address", "postcode", "fax",
)  # fmt: skip
ASKED_NAMES = ("title", "description", "form", "obtaining", "help_wanted")
NATURAL = "natural"


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=SeveralFiles(), required=False, **more)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        return [single(each, initial) for each in data if each] if isinstance(data, list | tuple) else [single(data, initial)] if data else []


def pairs(labels: Labels | dict[Any, tuple[str, str]], first: object = None) -> list[tuple[object, object]]:
    """Keys with their official words, translated."""
    offered: list[tuple[object, object]] = [(str(key), _(words[0])) for key, words in labels.items()]
    return offered if first is None else [("", first), *offered]


_WHERE_AUTOCOMPLETE = {"autocomplete": "off"}


class Described(forms.Form):
    """The applicant and what is asked."""

    applicant_kind = forms.ChoiceField(label=_("申请人类别"), choices=pairs(APPLICANTS), widget=forms.RadioSelect, initial=NATURAL)
    name = forms.CharField(label=_("姓名或者名称"), max_length=200, widget=forms.TextInput(_WHERE_AUTOCOMPLETE), error_messages={"required": _("请填写姓名或者名称。")})
    identity_kind = forms.ChoiceField(label=_("证件类型"), required=False, choices=[pair for pair in pairs(IDENTITIES) if pair[0] != Identity.CREDIT_CODE.value])
    identity_number = forms.CharField(label=_("证件号码"), required=False, max_length=40, widget=forms.TextInput(_WHERE_AUTOCOMPLETE))
    organisation_code = forms.CharField(label=_("统一社会信用代码"), required=False, max_length=40, widget=forms.TextInput(_WHERE_AUTOCOMPLETE))
    contact = forms.CharField(label=_("联系人或者代理人"), required=False, max_length=60, widget=forms.TextInput(_WHERE_AUTOCOMPLETE))
    representative = forms.CharField(label=_("法定代表人"), required=False, max_length=60, widget=forms.TextInput(_WHERE_AUTOCOMPLETE))
    phone = forms.CharField(label=_("联系电话"), required=False, max_length=40, widget=forms.TextInput(_WHERE_AUTOCOMPLETE | {"inputmode": "tel"}))
    email = forms.CharField(label=_("电子邮箱"), required=False, max_length=254, widget=forms.TextInput(_WHERE_AUTOCOMPLETE | {"inputmode": "email"}))
    address = forms.CharField(label=_("通信地址"), required=False, max_length=300, widget=forms.TextInput(_WHERE_AUTOCOMPLETE))
    postcode = forms.CharField(label=_("邮政编码"), required=False, max_length=12, widget=forms.TextInput(_WHERE_AUTOCOMPLETE | {"class": "short", "inputmode": "numeric"}))
    fax = forms.CharField(label=_("传真号码"), required=False, max_length=40, widget=forms.TextInput(_WHERE_AUTOCOMPLETE))
    title = forms.CharField(label=_("所需信息的名称"), max_length=400, error_messages={"required": _("请填写所需信息的名称。")})
    description = forms.CharField(
        label=_("文号或者其他特征描述"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3}),
        help_text=_("便于查询的：文号、发布时间、涉及的地点和事项。照申请书写，不问用途。"),
    )  # fmt: skip
    form = forms.ChoiceField(label=_("提供的形式"), choices=pairs(FORMS))
    obtaining = forms.ChoiceField(label=_("获取的方式"), choices=pairs(OBTAINING))
    needs_help = forms.BooleanField(label=_("阅读、视听有困难，需要帮助（条例第四十三条）"), required=False)
    help_wanted = forms.CharField(label=_("需要的帮助"), required=False, max_length=500)
    as_received = forms.BooleanField(
        label=_("照来件登记，所缺的以后告知补正"), required=False, help_text=_("缺少身份证明、联系方式等的，勾选后也能登记（条例第三十条）。")
    )

    @property
    def applicant(self) -> Applicant:
        return Applicant(**{name: self.cleaned_data.get(name) or "" for name in APPLICANT_NAMES})

    @property
    def asked(self) -> Asked:
        return Asked(**{name: self.cleaned_data.get(name) or "" for name in ASKED_NAMES})


class RegisterForm(Described):
    """What came in at the counter, by post, by fax or e-mail."""

    channel = forms.ChoiceField(label=_("怎样提交的"), choices=[pair for pair in pairs(CHANNELS) if pair[0] != "online"], widget=forms.RadioSelect, initial="in_person")
    oral = forms.BooleanField(label=_("口头提出，由我们代为填写（条例第二十九条第一款）"), required=False)
    on = day_field(_("哪天收到"), _("当面提交之日、签收之日、到达之日。"), required=True)
    application = FilesField(label=_("申请书扫描件"), help_text=_("可以选多个；PDF、图片、Word 都可以。"))
    identity = FilesField(label=_("身份证明扫描件"))
    text = forms.CharField(label=_("备注"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}), help_text=_("如邮件号、由谁接待；申请人看不到。"))


class DescribeForm(Described):
    """Change what was registered; what stood there stays in the record."""

    reason = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea({"rows": 2}), error_messages={"required": _("请写明理由。")})
