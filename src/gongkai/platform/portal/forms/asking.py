"""The public form, step by step: only what Article 29 asks for. No purpose is asked anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.platform.cases.choices import APPLICANTS, FORMS, IDENTITIES, OBTAINING, Identity, Labels
from gongkai.platform.portal import words

PICTURES = "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf"
PAPERS = PICTURES + ",.doc,.docx,.wps,.ofd,.xlsx,.txt"


class LabelsField(forms.ChoiceField):
    """One of a table's keys, with its official words in the reader's language."""

    def __init__(self, table: Labels, *args: Any, without: tuple[str, ...] = (), **kwargs: Any) -> None:
        def choices() -> list[tuple[str, str]]:
            return [(str(key), words.label(table, key)) for key in table if key not in without]

        super().__init__(*args, choices=choices, **kwargs)


class Step(forms.Form):
    """One step. Errors that only the whole application shows are added by field (portal.asking)."""

    use_required_attribute = False

    def typed(self) -> dict[str, str]:
        """What was typed, right or wrong, as it will be shown again."""
        return {name: self._said(name) for name, field in self.fields.items() if not isinstance(field, forms.FileField)}

    def _said(self, name: str) -> str:
        value = self.data.get(self.add_prefix(name), "")
        if isinstance(self.fields[name], forms.BooleanField):
            return "1" if value else ""
        return str(value).replace("\x00", "")[:5000]

    def told(self, errors: Mapping[str, str]) -> None:
        """Faults that were found by the rules of Article 29, beside their fields."""
        for name, sentence in errors.items():
            if name in self.fields and not self.has_error(name):
                self.add_error(name, sentence)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, field in self.fields.items():
            if self.has_error(name):
                field.widget.attrs["aria-invalid"] = "true"


def file_field(label: Any, help_text: Any, accept: str) -> forms.FileField:
    return forms.FileField(
        label=label, help_text=help_text, required=False, max_length=200, widget=forms.FileInput({"accept": accept}),
        error_messages={"empty": _("选择的文件是空的，请检查后重新选择。"), "invalid": _("文件没有传上来，请重新选择。")},
    )  # fmt: skip


class What(Step):
    """所申请的政府信息 (第二十九条第二款第二项)."""

    title = forms.CharField(
        label=_("所需信息的名称"), widget=forms.TextInput({"autocomplete": "off"}), required=False,
        help_text=_("一件申请写一项信息。如：2025年县城东区征地补偿安置方案。不知道准确名称的，写明是关于什么事的信息。"),
    )  # fmt: skip
    description = forms.CharField(
        label=_("文号或者其他特征描述"), widget=forms.Textarea({"rows": 5}), required=False,
        help_text=_("文号、时间、地点、制作的机关、与什么事有关……便于工作人员查找的都可以写；不知道的可以不填。不需要说明用途。"),
    )  # fmt: skip
    application = file_field(_("附上材料（可以不附）"), _("如写好的申请表、所涉文件的照片。PDF、图片或者 Word 文件。"), PAPERS)


class Who(Step):
    """以什么身份申请: the six kinds of the annual report's form."""

    applicant_kind = LabelsField(
        APPLICANTS, label=_("申请人是"), widget=forms.RadioSelect, required=False,
        help_text=_("为自己申请的个人选“自然人”。这是年度报告统计的口径，不影响怎样办理。"),
    )  # fmt: skip


class Person(Step):
    """申请人的姓名、身份证明、联系方式 (第二十九条第二款第一项)."""

    name = forms.CharField(label=_("姓名"), widget=forms.TextInput({"autocomplete": "name"}), required=False)
    identity_kind = LabelsField(IDENTITIES, label=_("证件类型"), without=(Identity.CREDIT_CODE.value,), required=False, initial=Identity.RESIDENT_CARD.value)
    identity_number = forms.CharField(
        label=_("证件号码"), widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}), required=False,
        help_text=_("只用于核对申请人身份，加密保存；不会出现在列表、网址和通知里。"),
    )  # fmt: skip
    identity = file_field(_("身份证明的照片或者扫描件"), _("证件有照片的一面。现在不方便的可以不传，机关与您确认时再出示。图片或者 PDF。"), PICTURES)
    phone = forms.CharField(label=_("联系电话"), widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}), required=False, help_text=_("机关用它与您确认收到申请。电话、电子邮箱、通信地址至少填一项。"))
    email = forms.CharField(label=_("电子邮箱"), widget=forms.TextInput({"type": "email", "autocomplete": "email"}), required=False, help_text=_("有进展时告知您；查询码遗失的，也凭它取得查询链接。"))
    address = forms.CharField(label=_("通信地址"), widget=forms.TextInput({"autocomplete": "street-address"}), required=False, help_text=_("要求邮寄的必须填写，写到门牌号。"))
    postcode = forms.CharField(label=_("邮政编码"), widget=forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric", "class": "short"}), required=False)
    needs_help = forms.BooleanField(label=_("我在阅读或者视听方面有困难，需要帮助"), required=False, help_text=_("机关应当为您提供必要的帮助（条例第四十三条）。"))
    help_wanted = forms.CharField(label=_("需要怎样的帮助"), widget=forms.TextInput, required=False, help_text=_("如：大字本、朗读、请人代填、电话沟通。"))


class Organisation(Person):
    """法人或者其他组织: its code, its legal representative, who is spoken to."""

    organisation_code = forms.CharField(label=_("统一社会信用代码"), widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}), required=False, help_text=_("18 位。境外组织没有的，在下面选“其他证件”并填写注册证书的号码。"))
    representative = forms.CharField(label=_("法定代表人（负责人）"), required=False)
    contact = forms.CharField(label=_("联系人"), widget=forms.TextInput({"autocomplete": "name"}), required=False)

    field_order = (
        "name", "organisation_code", "representative", "contact", "identity_kind", "identity_number", "identity", "phone", "email", "address",
        "postcode", "needs_help", "help_wanted",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("单位名称")
        self.fields["name"].widget.attrs["autocomplete"] = "organization"
        self.fields["identity_kind"] = forms.ChoiceField(
            label=_("没有统一社会信用代码的：证件类型"), choices=lambda: [("", _("有统一社会信用代码，不选")), (Identity.OTHER.value, words.label(IDENTITIES, Identity.OTHER))], required=False
        )
        self.fields["identity_number"].label = _("没有统一社会信用代码的：证件号码")
        self.fields["identity_number"].help_text = ""
        self.fields["identity"].label = _("营业执照、登记证书的照片或者扫描件")
        self.fields["identity"].help_text = _("现在不方便的可以不传，机关与您确认时再出示。图片或者 PDF。")
        self.order_fields(self.field_order)


class How(Step):
    """形式要求、获取的方式和途径 (第二十九条第二款第三项)."""

    form = LabelsField(FORMS, label=_("希望以什么形式提供"), widget=forms.RadioSelect, required=False, help_text=_("可能损害政府信息载体或者费用过高的，机关可以改用其他适当形式（条例第四十条）。"))
    obtaining = LabelsField(OBTAINING, label=_("希望怎样获取"), widget=forms.RadioSelect, required=False, help_text=_("选“网上获取”的，凭登记编号和查询码在本平台下载。"))
    fax = forms.CharField(label=_("传真号码"), widget=forms.TextInput({"type": "tel", "class": "short"}), required=False, help_text=_("选“传真”的填写。"))


class Check(Step):
    """核对并提交: nothing to fill in."""
