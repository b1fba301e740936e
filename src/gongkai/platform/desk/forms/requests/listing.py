"""The filters of the list of requests. What is sought is typed into a form of its own: names and numbers never stand in an address."""

from __future__ import annotations

import base64
import binascii

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.law.outcomes import OUTCOMES
from gongkai.platform.cases import sealing
from gongkai.platform.cases.choices import APPLICANTS, CHANNELS, STATES
from gongkai.platform.cases.errors import KeyMissing
from gongkai.platform.cases.queries.clock import LIGHTS, Light
from gongkai.platform.cases.queries.desk_values import RequestFilter, Summary

_SOUGHT = "desk.requests.sought"
SORTS = [
    ("-submitted", _("提交日期新到旧")), ("submitted", _("提交日期旧到新")), ("due", _("期限先到")), ("-moved", _("最近办理")), ("-ended", _("最近办结")),
]  # fmt: skip
MARKED = [
    ("extended", _("延长过答复期限")), ("violated", _("有违反程序")), ("late", _("逾期答复")), ("oral", _("口头申请")), ("help", _("需要帮助")),
    ("imported", _("导入的")),
]  # fmt: skip
_EVERY = ("", _("全部"))


def sealed(text: str) -> str:
    """What was sought, as it may stand in an address: sealed, so that no log and no history can read it."""
    return base64.urlsafe_b64encode(sealing.seal(text.strip()[:200], _SOUGHT)).decode().rstrip("=") if text.strip() else ""


def opened(told: str) -> str:
    """What was sought; nothing where it cannot be read."""
    try:
        return str(sealing.unseal(base64.urlsafe_b64decode(told + "=" * (-len(told) % 4)), _SOUGHT)) if told else ""
    except (KeyMissing, ValueError, binascii.Error):
        return ""


class FilterForm(forms.Form):
    """What the list may be narrowed by. What cannot be read is left out, not refused."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    light = forms.ChoiceField(label=_("期限"), required=False)
    channel = forms.ChoiceField(label=_("提交渠道"), required=False)
    kind = forms.ChoiceField(label=_("申请人类别"), required=False)
    officer = forms.ChoiceField(label=_("承办人"), required=False)
    year = forms.ChoiceField(label=_("提交年份"), required=False)
    outcome = forms.ChoiceField(label=_("办理结果"), required=False)
    marked = forms.ChoiceField(label=_("其他"), required=False)
    sort = forms.ChoiceField(label=_("排序"), required=False, choices=SORTS)

    def __init__(self, *args: object, summary: Summary, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        lights = (Light.OVERDUE, Light.SOON, Light.LAPSED)
        self._offer("state", [_EVERY, ("live", _("办理中（全部）")), ("ended", _("已办结（全部）")), *((key.value, _(words[0])) for key, words in STATES.items())])
        self._offer("light", [_EVERY, *((each.value, _(LIGHTS[each][0])) for each in lights)])
        self._offer("channel", [_EVERY, *((key, _(words[0])) for key, words in CHANNELS.items())])
        self._offer("kind", [_EVERY, *((key, _(words[0])) for key, words in APPLICANTS.items())])
        self._offer("officer", [_EVERY, *((str(pk), name) for pk, name in summary.officers)])
        self._offer("year", [_EVERY, *((str(year), _("%(year)s年") % {"year": year}) for year in summary.years)])
        self._offer("outcome", [_EVERY, *((each.key, _(each.label)) for each in OUTCOMES if "2021" in each.editions)])
        self._offer("marked", [_EVERY, *MARKED])

    def _offer(self, name: str, choices: list[tuple[object, object]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def read(self) -> dict[str, str]:
        """The filters that were set and can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def wanted(chosen: dict[str, str], sought: str) -> RequestFilter:
    return RequestFilter(
        text=sought, state=chosen.get("state", ""), channel=chosen.get("channel", ""), kind=chosen.get("kind", ""),
        officer=int(chosen["officer"]) if "officer" in chosen else None, light=chosen.get("light", ""), outcome=chosen.get("outcome", ""),
        year=int(chosen["year"]) if "year" in chosen else None, marked=chosen.get("marked", ""),
    )  # fmt: skip
