"""The forms of remedies: entering one, what happened in it, its result, a correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from gongkai.law.proceedings import Procedure
from gongkai.platform.cases.choices import APPLICANTS, REMEDIES
from gongkai.platform.cases.remedying import BY_KEY, EVENTS, JUDGMENTS
from gongkai.platform.pages import bounds

from .editing import day_field
from .requests.acts import text_field
from .requests.registering import pairs

PROCEDURES = {"": _("不清楚或者不分"), Procedure.ORDINARY.value: _("普通程序"), Procedure.SIMPLIFIED.value: _("简易程序")}
_FILE: dict[str, Any] = {"required": False, "label": _("文书、材料"), "help_text": _("如答复通知书、应诉通知书、决定书、判决书的扫描件。加密保存。")}


def choices(labels: dict[str, Any]) -> list[tuple[str, Any]]:
    return list(labels.items())


class OpenForm(forms.Form):
    """登记复议、诉讼、投诉."""

    kind = forms.ChoiceField(label=_("哪一种"), choices=pairs(REMEDIES), widget=forms.RadioSelect)
    number = forms.CharField(label=_("所对申请的登记编号"), required=False, max_length=60, help_text=_("不针对某一件申请的（如主动公开），留空。"))
    after = forms.ChoiceField(label=_("所对的行政复议"), required=False, choices=[], help_text=_("复议后起诉的必选。"))
    body = forms.CharField(
        label=_("复议机关、人民法院、受理投诉的机关"), max_length=200, help_text=_("以通知书落款为准。"),
        widget=forms.TextInput({"list": "bodies", "autocomplete": "off"}), error_messages={"required": _("请写明机关的全称。")},
    )  # fmt: skip
    filed_on = day_field(_("收到通知之日"), _("收到答复通知书、应诉通知书、转办函的那天；答复期限自次日起算。"), required=True)
    procedure = forms.ChoiceField(label=_("适用程序"), required=False, choices=choices(PROCEDURES), help_text=_("政府信息公开案件可以适用简易程序（行政复议法第五十三条、行政诉讼法第八十二条）。"))
    accepted_on = day_field(_("受理、立案之日"), _("通知书写明的填；复议机关、法院的期限由此起算。"))
    answer_by = day_field(_("机关、法院指定的答复期限"), _("投诉，或者另行指定了日期的才填；不填的按法定期限推算。"))
    claimant_kind = forms.ChoiceField(label=_("申请人（原告、投诉人）类别"), required=False, choices=pairs(APPLICANTS, _("不填")))
    claimant = forms.CharField(label=_("申请人（原告、投诉人）"), max_length=200, error_messages={"required": _("请写明申请人（原告、投诉人）。")})
    agent = forms.CharField(label=_("代理人"), required=False, max_length=200)
    case_number = forms.CharField(label=_("对方的案号"), required=False, max_length=100)
    asks = text_field(_("请求"), rows=2, most=4000)
    grounds = text_field(_("事实和理由"), _("摘要即可，原件作为材料上传。"), most=4000)
    file = forms.FileField(**_FILE)

    def __init__(self, *args: Any, after: list[tuple[int, str]] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["after"].choices = [("", "—"), *after] if after else [("", translated("还没有登记过行政复议"))]  # type: ignore[attr-defined]


class RecordForm(forms.Form):
    """What happened; the kind decides which further day is asked for."""

    kind = forms.ChoiceField(label=_("发生了什么"), choices=[])
    on = day_field(_("哪天"), _("事情发生之日；以后补登的，写当天。"), required=True)
    held_on = day_field(_("听证、开庭的日子"), _("只在登记听证、开庭通知时填。"))
    until = day_field(_("延长至"), _("只在登记延长时填；最多延长三十日（行政复议法第六十二条）。"))
    procedure = forms.ChoiceField(label=_("适用程序"), required=False, choices=choices(PROCEDURES), help_text=_("只在登记受理、立案时填。"))
    text = text_field(_("说明"), _("加密保存。"), most=4000)
    file = forms.FileField(**_FILE)

    def __init__(self, *args: Any, acts: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [(key, translated(BY_KEY[key].zh)) for key in acts]  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """The further facts that belong to this kind."""
        told = self.cleaned_data
        wanted = {"hearing_set": ("held_on",), "prolonged": ("until",), "accepted": ("procedure",)}.get(told["kind"], ())
        return {name: told[name] for name in wanted if told.get(name)}


class EndForm(forms.Form):
    """登记结果: the column of table four follows from it."""

    judgment = forms.ChoiceField(label=_("结果"), choices=[], help_text=_("年度报告表四的列由此推出。"))
    on = day_field(_("决定、判决之日"), _("文书落款之日；表四按此计入年度。"), required=True)
    act_anew = forms.BooleanField(label=_("责令重新作出处理，或者须履行"), required=False)
    act_by = day_field(_("履行期限"), _("文书写明限期的填；会列入期限并提醒。"))
    text = text_field(_("要点"), _("加密保存。"), most=4000)
    file = forms.FileField(**_FILE)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [(each.key, f"{translated(each.label)} · {RESULTS[each.result.value]}") for each in JUDGMENTS.values() if each.key != "pending"]
        self.fields["judgment"].choices = [("", translated("请选择")), *offered]  # type: ignore[attr-defined]


class RectifyForm(forms.Form):
    """更正一条登记: both stay visible."""

    number = bounds.Whole(widget=forms.HiddenInput)
    cancelled = forms.BooleanField(label=_("这一条登记有误，撤销"), required=False)
    on = day_field(_("正确的日期"), _("不撤销的，填正确的日期。"))
    judgment = forms.ChoiceField(label=_("正确的结果"), required=False, choices=[], help_text=_("只在更正结果时选。"))
    reason = text_field(_("理由"), _("记入办理过程，不能更改。"), required=True)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [(each.key, translated(each.label)) for each in JUDGMENTS.values() if each.key != "pending"]
        self.fields["judgment"].choices = [("", translated("不变")), *offered]  # type: ignore[attr-defined]


RESULTS = {"upheld": _("结果维持"), "corrected": _("结果纠正"), "other": _("其他结果"), "pending": _("尚未审结")}
TONES = {"upheld": "done", "corrected": "late", "other": "quiet", "pending": "action"}


class FilterForm(forms.Form):
    """What the list is narrowed to: all in its address, nothing personal."""

    words = forms.CharField(label=_("编号、机关"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=pairs(REMEDIES, _("全部")))
    result = forms.ChoiceField(label=_("结果"), required=False, choices=[("", _("全部")), *RESULTS.items()])
    year = bounds.Whole(label=_("收到年度"), required=False, min_value=2008, max_value=2100)
    late = forms.BooleanField(label=_("只看逾期"), required=False)


EVENT_LABELS = {each.key: (each.zh, each.en) for each in EVENTS}
