"""What is uploaded for an import."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.platform.catalogue.choices import KINDS

from .editing import categories, day_field


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class ImportForm(forms.Form):
    """A table with files, or a folder of Word files; one of the two."""

    table = forms.FileField(label=_("XLSX 表格"), required=False, widget=forms.FileInput({"accept": ".xlsx"}))
    attachments = forms.FileField(
        label=_("附件文件"),
        required=False,
        widget=ManyFiles({"multiple": True}),
        help_text=_("表格里写到的所有附件，一次选上。"),
    )
    archive = forms.FileField(label=_("ZIP 文件"), required=False, widget=forms.FileInput({"accept": ".zip"}))
    kind = forms.ChoiceField(label=_("体裁"), required=False, help_text=_("文件夹里的各件都用它。"))
    category = forms.ChoiceField(label=_("法定主动公开内容"), required=False)
    formed_on = day_field(_("生成日期"), _("文件里读不出日期时用它。"))

    def __init__(self, *args: Any, level: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["kind"]).choices = [
            ("", _("请选择")),
            *((key.value, _(label)) for key, (label, _en) in KINDS.items()),
        ]
        cast("forms.ChoiceField", self.fields["category"]).choices = categories(level)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if bool(said.get("table")) == bool(said.get("archive")):
            self.add_error("table", _("请选一个 XLSX 表格，或者一个 ZIP 文件（二者选一）。"))
        elif said.get("archive") and not said.get("kind"):
            self.add_error("kind", _("请选择这些文件的体裁。"))
        return said
