"""The forms of the superior's board: a report that is uploaded, whose reports belong into the government's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core import signing
from django.forms.utils import flatatt
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.platform.annual.queries.summing import Member
from gongkai.platform.organs.requirements import LONGEST_REASON
from gongkai.platform.pages import bounds

FIRST_YEAR = 2008  # 条例施行的第一年
ACCEPTED = ".docx,.doc,.pdf,.html,.htm,.mht,.mhtml,.xlsx,.json,.md,.txt"
_SALT, _AGE = "annual.upload", 24 * 3600


class LongSelect(forms.Select):
    """A choice among hundreds, written in one go: Django renders a template for every option."""

    listed: tuple[tuple[str, str], ...] = ()

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        options = _options(self.listed)
        if value not in (None, ""):
            chosen = format_html(' value="{}"', value)
            options = options.replace(f"{chosen}>", f"{chosen} selected>", 1)
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})), mark_safe(options))


@lru_cache(maxsize=32)
def _options(choices: tuple[tuple[str, str], ...]) -> str:
    """The same choices are the same options, whoever is asked."""
    return format_html_join("", '<option value="{}">{}</option>', choices)


class UploadForm(forms.Form):
    """A report of an organ that does not write it on the platform."""

    file = forms.FileField(
        label=_("报告文件"), required=False, widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_("DOCX、PDF、XLSX、JSON、Markdown、文本，或者保存的网页（在浏览器里“另存为”HTML 或 MHT）。"),
        error_messages={"empty": _("文件是空的，请核对以后重新选择。")},
    )  # fmt: skip
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    organ = forms.ChoiceField(label=_("机关"), required=False, widget=LongSelect)
    organ_name = forms.CharField(label=_("名单以外的机关"), required=False, max_length=200, help_text=_("都不填时，用文件里读到的名称。"))
    same = forms.BooleanField(label=_("确是同一个机关（更名、简称）"), required=False)
    year = bounds.Whole(label=_("年度"), min_value=FIRST_YEAR, widget=forms.NumberInput({"class": "short"}), error_messages={"invalid": _("请填四位数的年份。")})

    def __init__(self, *args: Any, organs: Iterable[tuple[int, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = (("", gettext("不在名单里")), *((str(key), name) for key, name in organs))
        cast("LongSelect", self.fields["organ"].widget).listed = listed
        if self.is_bound:
            cast("forms.ChoiceField", self.fields["organ"]).choices = listed
        self.latest = today.year
        self.asks_same = False  # 文件里的机关与所选的不同，问过一次以后才出现

    def clean_year(self) -> int:
        year = int(self.cleaned_data["year"])
        if year > self.latest:
            raise forms.ValidationError(_("这一年还没有到。"))
        return year

    def clean_file(self) -> Any:
        given = self.cleaned_data.get("file")
        if given is None and self.kept_file() is None:
            raise forms.ValidationError(_("请选择文件。"))
        if given is not None and (given.size or 0) > settings.UPLOAD_BYTES:
            raise forms.ValidationError(_("文件太大，不得超过 %(most)s MB。请压缩后再上传。") % {"most": settings.UPLOAD_BYTES // 2**20})
        return given

    def kept_file(self) -> tuple[str, str] | None:
        """The file that was read before and is being asked about: its name and where it is kept."""
        try:
            name, digest = signing.loads(str(self.data.get("kept", "")), salt=_SALT, max_age=_AGE)
        except (signing.BadSignature, ValueError):
            return None
        return name, digest

    def keep(self, name: str, digest: str) -> None:
        """Hold on to a file that was read, so that it need not be chosen again."""
        self.data = {**self.data.dict(), "kept": signing.dumps((name, digest), salt=_SALT, compress=True)} if isinstance(self.data, QueryDict) else self.data

    def kept_name(self) -> str:
        return found[0] if (found := self.kept_file()) else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("organ") and said.get("organ_name", "").strip():
            self.add_error("organ_name", _("机关已在名单里选定，这里请留空。"))
        return said


@lru_cache(maxsize=32)
def empty_fields(organs: tuple[tuple[int, str], ...], today: date, year: int, organ: str, _language: str | None) -> SafeString:
    """The fields before anything is filled in: the same for the same organs, the same day and the same language."""
    return render_to_string("desk/annual/parts/upload_fields.html", {"form": UploadForm(organs=organs, today=today, initial={"year": year, "organ": organ})})


class ScopeForm(forms.Form):
    """汇总范围: the organs that were shown, those that are in, and why the others are not."""

    reason = forms.CharField(
        label=_("不计入的理由"), required=False, max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3}),
        help_text=_("有机关不计入的必填，例如“垂直管理，由上级机关汇总”。会记入办理过程，随报告公布。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(data or None, *args, **kwargs)
        known = {each.name for each in members}
        given = {name: set(self.data.getlist(name)) & known if hasattr(self.data, "getlist") else set() for name in ("shown", "inside")}
        self.out = given["shown"] - given["inside"] if self.is_bound else {each.name for each in members if each.left_out}
        self.out |= {each.name for each in members if each.left_out and each.name not in given["shown"]}  # 没有列出来问过的，照旧

    def left_out(self) -> list[str]:
        return sorted(self.out)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.out and not said.get("reason", "").strip():
            self.add_error("reason", _("有机关不计入汇总，请写明理由。"))
        return said
