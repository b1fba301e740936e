"""The forms of the superior's board: a report that is uploaded, why one is sent back."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_YEAR = 2008  # 条例施行的第一年
ACCEPTED = ".docx,.doc,.pdf,.html,.htm,.mhtml,.xlsx,.json,.md,.txt"


class UploadForm(forms.Form):
    """A report of an organ that does not write it on the platform."""

    file = forms.FileField(
        label=_("报告文件"), widget=forms.FileInput({"accept": ACCEPTED}), help_text=_("DOCX、PDF、XLSX、保存的网页（HTML）、JSON、Markdown 或文本。"),
        error_messages={"required": _("请选择文件。"), "empty": _("文件是空的，请核对以后重新选择。")},
    )  # fmt: skip
    organ = forms.ChoiceField(label=_("机关"), required=False)
    organ_name = forms.CharField(label=_("名单以外的机关"), required=False, max_length=200, help_text=_("都不填时，用文件里读到的名称。"))
    year = forms.IntegerField(label=_("年度"), min_value=FIRST_YEAR, widget=forms.NumberInput({"class": "short"}), error_messages={"invalid": _("请填四位数的年份。")})

    def __init__(self, *args: Any, organs: list[tuple[int, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["organ"]).choices = [("", _("不在名单里")), *((str(key), name) for key, name in organs)]
        self.latest = today.year

    def clean_year(self) -> int:
        year = int(self.cleaned_data["year"])
        if year > self.latest:
            raise forms.ValidationError(_("这一年还没有到。"))
        return year

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("organ") and said.get("organ_name", "").strip():
            self.add_error("organ_name", _("机关已在名单里选定，这里请留空。"))
        return said
