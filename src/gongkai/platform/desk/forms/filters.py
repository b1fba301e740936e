"""The filters of a list: all in the address, so that a list can be shared."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.platform.catalogue.choices import ACCESSES, KINDS, STATES
from gongkai.platform.catalogue.clocks import LIGHTS

from .editing import categories

SORTS = [
    ("-moved", _("最近办理")),
    ("due", _("期限先到")),
    ("-formed", _("生成日期新到旧")),
    ("formed", _("生成日期旧到新")),
    ("title", _("标题")),
]


class FilterForm(forms.Form):
    """What a list may be narrowed by. What cannot be read is left out, not refused."""

    q = forms.CharField(
        label=_("检索"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", "placeholder": _("标题、文号、索引号")}),
    )
    state = forms.ChoiceField(label=_("状态"), required=False)
    kind = forms.ChoiceField(label=_("体裁"), required=False)
    category = forms.ChoiceField(label=_("法定主动公开内容"), required=False)
    access = forms.ChoiceField(label=_("公开属性"), required=False)
    year = forms.ChoiceField(label=_("年份"), required=False)
    author = forms.ChoiceField(label=_("起草人"), required=False)
    light = forms.ChoiceField(label=_("期限"), required=False)
    mine = forms.BooleanField(label=_("只看我起草的"), required=False)
    sort = forms.ChoiceField(label=_("排序"), required=False, choices=SORTS)

    def __init__(
        self,
        *args: object,
        years: tuple[int, ...] = (),
        authors: tuple[tuple[int, str], ...] = (),
        level: str = "",
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        every = ("", _("全部"))
        self._offer("state", [every, *((key.value, _(label)) for key, (label, _en) in STATES.items())])
        self._offer("kind", [every, *((key.value, _(label)) for key, (label, _en) in KINDS.items())])
        self._offer("category", [every, *categories(level)[1:]])
        self._offer("access", [every, *((key.value, _(label)) for key, (label, _en) in ACCESSES.items())])
        self._offer("year", [every, *((str(year), _("%(year)s年") % {"year": year}) for year in years)])
        self._offer("author", [every, *((str(pk), name) for pk, name in authors)])
        self._offer("light", [every, *((key.value, _(label)) for key, (label, _en) in LIGHTS.items())])

    def _offer(self, name: str, choices: list[tuple[object, object]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def read(self) -> dict[str, str]:
        """The filters that were set and can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
