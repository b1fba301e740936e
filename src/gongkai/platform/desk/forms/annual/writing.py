"""The forms of the annual report: what is begun, what is written, why something is done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.law.editions import EDITIONS, SECTIONS
from gongkai.platform.desk.forms.editing import day_field
from gongkai.platform.pages import bounds

NUMBERS = "一二三四五六"
FIELDS = tuple(f"section{number}" for number in range(1, len(SECTIONS) + 1))
LONGEST = 60_000


class BeginForm(forms.Form):
    """Which year, in which edition of the form."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int, error_messages={"required": _("请选择年度。")})
    edition = forms.ChoiceField(label=_("格式"), choices=[(each.key, each.number) for each in reversed(EDITIONS)], initial=EDITIONS[-1].key)

    def __init__(self, *args: Any, years: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = years  # type: ignore[attr-defined]


class WorkForm(forms.Form):
    """The six sections, and the number of the version that was opened."""

    based_on = bounds.Whole(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, number, heading in zip(FIELDS, NUMBERS, SECTIONS, strict=True):
            self.fields[name] = forms.CharField(
                label=f"{number}、{heading}", required=False, strip=False, max_length=LONGEST,
                widget=forms.Textarea({"rows": 8, "data-section": name.removeprefix("section"), "spellcheck": "false"}),
                error_messages={"max_length": _("一个部分不得超过 %(limit_value)d 个字，现有 %(show_value)d 个。")},
            )  # fmt: skip

    def typed(self) -> tuple[str, ...]:
        """What stands in the six fields, valid or not, with one sign for a new line."""
        return tuple(str(self.data.get(name, "")).replace("\r\n", "\n") for name in FIELDS)


class ActForm(forms.Form):
    """Why something is done with a report."""

    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea({"rows": 4}), help_text=_("会记入办理过程，不能更改。"),
        error_messages={"required": _("请写明理由。")},
    )  # fmt: skip

    def __init__(self, *args: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not required:
            self.fields["reason"].required = False
            self.fields["reason"].label = _("意见")


class AdoptForm(ActForm):
    """A report that was public before: since when, and where that is known from."""

    published_on = day_field(_("公布日期"), _("当时向社会公布的日期。"), required=True)
    field_order = ("published_on", "reason")


__all__ = ["FIELDS", "ActForm", "AdoptForm", "BeginForm", "WorkForm"]
