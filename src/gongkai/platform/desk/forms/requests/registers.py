"""A register to upload."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RegisterUploadForm(forms.Form):
    """An XLSX; what is in it is read, and said, by cases.sheets."""

    file = forms.FileField(label=_("登记簿（XLSX 表格）"), widget=forms.FileInput({"accept": ".xlsx"}), help_text=_("至多 5000 件，10 MB。"))
