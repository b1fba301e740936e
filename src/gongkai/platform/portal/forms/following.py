"""Forms of those who follow: opening the door, what the applicant may do, the opinion of the side consulted, checking a letter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.law.events import Answer
from gongkai.platform.pages import bounds

from .asking import PAPERS, Step

_LONGEST = 4000


def _words(label: Any, help_text: Any, required: Any = "", rows: int = 5) -> forms.CharField:
    """A text of several lines; `required` is the sentence that asks for it, empty where it may stay empty."""
    return forms.CharField(
        label=label, help_text=help_text, required=bool(required), max_length=_LONGEST, widget=forms.Textarea({"rows": rows}),
        error_messages={"required": required, "max_length": _("不得超过 %(limit_value)d 个字，现有 %(show_value)d 个。")},
    )  # fmt: skip


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; the actions examine them."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(each, initial) for each in (data or [])] if isinstance(data, list | tuple) else []


def _files(label: Any, help_text: Any = "") -> FilesField:
    return FilesField(
        label=label, help_text=help_text or _("PDF、图片或者 Word 文件，可以选几个。"), required=False, max_length=200,
        widget=SeveralFiles({"accept": PAPERS}), error_messages={"empty": _("选择的文件是空的，请检查后重新选择。")},
    )  # fmt: skip


class Door(Step):
    """登记编号和查询码."""

    number = forms.CharField(
        label=_("登记编号"), max_length=60, help_text=_("回执上的编号，如 2026-0017。"), widget=forms.TextInput({"autocomplete": "off", "class": "code-input short"}),
        error_messages={"required": _("请填写回执上的登记编号。")},
    )  # fmt: skip
    code = forms.CharField(
        label=_("查询码"), max_length=60, help_text=_("12 位，不分大小写，横线可以不写。"), widget=forms.TextInput({"autocomplete": "off", "class": "code-input", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请填写回执上的查询码。")},
    )  # fmt: skip

    def typed(self) -> dict[str, str]:
        return {"number": self._said("number")}


class Mailbox(Step):
    """申请时留的电子邮箱."""

    email = forms.EmailField(
        label=_("申请时留的电子邮箱"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("请填写申请时留的电子邮箱。"), "invalid": _("电子邮箱的格式不对，应如 name@mail.example。")},
    )  # fmt: skip


class Act(Step):
    """Anything posted to a request: the form's own number, and how much of the request was seen."""

    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    seen = bounds.Whole(required=False, min_value=0, widget=forms.HiddenInput)

    def typed(self) -> dict[str, str]:
        return {name: value for name, value in super().typed().items() if name not in ("once", "seen")}


class Confirm(Act):
    """双方确认."""


class Correct(Act):
    """补正 (第三十条)."""

    text = _words(_("补正的内容"), _("照补正告知书的要求写清楚；要上传材料的，这里写明是什么材料。"), _("请写明补正的内容。"), 7)
    files = _files(_("补正材料（可以不附）"))  # type: ignore[assignment]  # 与 BaseForm.files 同名，Django 把字段移走


class Reasons(Act):
    """说明理由 (第三十五条)."""

    text = _words(_("理由"), _("说明为什么申请的数量、频次是合理的。"), _("请写明理由。"), 7)


class Withdraw(Act):
    """撤回."""

    text = _words(_("为什么撤回（可以不写）"), "", "", 3)


class AddFile(Act):
    """加入材料."""

    files = _files(_("材料"))  # type: ignore[assignment]  # 与 BaseForm.files 同名，Django 把字段移走


class Propose(Act):
    """建议转为主动公开 (第四十四条)."""

    text = _words(_("为什么应当主动公开（可以不写）"), "", "", 3)


class Judge(Act):
    """是否有帮助."""

    helped = forms.TypedChoiceField(
        label=_("这个答复对您有帮助吗？"), choices=(("1", _("有帮助")), ("0", _("没有帮助"))), coerce=lambda value: value == "1", widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。")},
    )  # fmt: skip
    text = _words(_("想说的话（可以不写）"), _("只供机关改进工作，不影响您申请复议、提起诉讼的权利。"), "", 3)


class Opinion(Step):
    """第三方、共同制作机关、其他机关的意见 (第三十二条、第三十四条)."""

    answer = forms.ChoiceField(
        label=_("您的意见"), choices=((Answer.CONSENTS.value, _("同意公开")), (Answer.OBJECTS.value, _("不同意公开"))), widget=forms.RadioSelect,
        error_messages={"required": _("请选择“同意公开”或者“不同意公开”。")},
    )  # fmt: skip
    text = _words(_("理由和说明"), _("不同意公开的，请说明公开会损害哪些合法权益、为什么；只有一部分不同意的，写明是哪一部分。"), "", 7)
    files = _files(_("证明材料（可以不附）"))  # type: ignore[assignment]  # 与 BaseForm.files 同名，Django 把字段移走
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("answer") == Answer.OBJECTS.value and not told.get("text", "").strip() and not self.has_error("text"):
            self.add_error("text", _("不同意公开的，请说明理由（条例第三十二条）。"))
        return told


class Letter(Step):
    """文书校验."""

    code = forms.CharField(
        label=_("校验码"), max_length=80, help_text=_("印在文书末页的校验码，不分大小写。"), widget=forms.TextInput({"autocomplete": "off", "class": "code-input", "spellcheck": "false"}),
        error_messages={"required": _("请填写文书上的校验码。")},
    )  # fmt: skip


ACTS: dict[str, type[Act]] = {
    "confirm": Confirm, "correct": Correct, "give_reasons": Reasons, "withdraw": Withdraw, "add_file": AddFile, "propose_publication": Propose, "judge": Judge,
}  # fmt: skip
