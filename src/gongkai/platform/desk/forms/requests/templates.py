"""What the legal office keeps: versions of the letters' texts, and what an organ prints in every letter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.law import replies
from gongkai.platform.cases.letters.letterheads import Head
from gongkai.platform.desk.forms.editing import day_field


class VersionForm(forms.Form):
    """A new version of a letter's text."""

    file = forms.FileField(label=_("Word 文件（.docx）"), help_text=_("先下载现在的文本，在 Word 里改，保留 {{ }} 里的字段名。"), error_messages={"required": _("请选择文件。")})
    since = day_field(_("自哪天起用"), required=True)
    until = day_field(_("用到哪天"), _("长期使用的不填。"))
    note = forms.CharField(label=_("说明"), required=False, max_length=400, help_text=_("改了什么、依据什么。"))


class EndForm(forms.Form):
    """A version is no longer used."""

    on = day_field(_("用到哪天"), _("不填的，立即停用。"))


class HeadForm(forms.Form):
    """What an organ prints in its letters; empty means: as it follows from the organ."""

    code = forms.CharField(label=_("机关代字"), required=False, max_length=20, help_text=_("文号中的代字，如“疏政公”；不填的用机关简称。"))
    body = forms.CharField(label=_("行政复议机关"), required=False, max_length=200)
    court = forms.CharField(label=_("有管辖权的人民法院"), required=False, max_length=200)
    channel = forms.CharField(label=_("网上申请行政复议的途径"), required=False, max_length=200, help_text=_("网上送达的决定应当告知（行政复议法第二十二条第二款）。"))
    payment = forms.CharField(label=_("信息处理费的缴纳方式"), required=False, max_length=600, widget=forms.Textarea({"rows": 3}))
    since = day_field(_("自哪天起用"), required=True)

    def __init__(self, *args: object, head: Head | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for reply in replies.REPLIES:
            if reply.editable:
                own = head.wording.get(reply.key, "") if head is not None else ""
                self.fields[f"wording_{reply.key}"] = forms.CharField(
                    label=reply.label, required=False, max_length=600, initial=own, widget=forms.Textarea({"rows": 2}),
                )  # fmt: skip

    def wording(self) -> dict[str, str]:
        """The legal office's own remedy texts, where the core leaves the wording to it."""
        told = {name.removeprefix("wording_"): str(value) for name, value in self.cleaned_data.items() if name.startswith("wording_")}
        return {key: text for key, text in told.items() if text.strip()}
