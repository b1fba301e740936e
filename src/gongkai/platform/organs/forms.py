"""The administrator's forms. They only gather; what is right is decided in facts and actions, whose sentences they show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.platform.pages import bounds

from . import calendars, dated
from .errors import Invalid, Refused
from .facts import GUIDE_FIELDS, GUIDE_NEEDED, Guide, OrganFacts, PersonFacts
from .models import Level, Organ, OrganKind
from .numbering import DEFAULT_PATTERN
from .queries import OrganView, PersonView
from .roles import LABELS, RoleKind

_CALENDARS = {"cn": _("全国"), "cn-xinjiang": _("新疆维吾尔自治区")}


def blame(form: forms.Form, refused: Refused) -> None:
    """Show why not: beside the fields where it says which, else at the top."""
    if isinstance(refused, Invalid):
        for field, said in refused.fields.items():
            form.add_error(field if field in form.fields else None, said)
    else:
        form.add_error(None, refused.said)


def again(form: forms.Form, conflict: Refused, stored: forms.Form, version: int) -> list[tuple[str, str]]:
    """After somebody else saved: the form keeps what was typed, takes the new version, and what is stored stands beside it."""
    form.add_error(None, conflict.zh)
    data = form.data.copy()  # type: ignore[attr-defined]
    data["based_on"] = str(version)
    form.data = data
    names = [name for name in form.fields if name in stored.initial and name != "based_on"]
    return [(str(form.fields[name].label), str(stored.initial[name])) for name in names if str(stored.initial[name] or "") != str(form.cleaned_data.get(name) or "")]


def _day(label: Any, required: bool = False, hint: Any = "") -> forms.DateField:
    return bounds.Day(label=label, required=required, help_text=hint)


def _reason(hint: Any) -> forms.CharField:
    return forms.CharField(label=_("理由"), help_text=hint, max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class OrganForm(forms.Form):
    """机关."""

    name = forms.CharField(label=_("机关全称"), max_length=200, help_text=_("公文上的全称；发布机构照此显示。"))
    short_name = forms.CharField(label=_("简称"), max_length=100, required=False, help_text=_("列表和导航里用；空则与全称相同。"))
    slug = forms.CharField(label=_("网址代号"), max_length=60, help_text=_("小写字母、数字和连字符，如 mzj。它在永久地址里，公布后不要再改。"), widget=forms.TextInput(attrs={"class": "short", "autocapitalize": "none", "spellcheck": "false"}))
    level = forms.ChoiceField(label=_("层级"), choices=[("", _("请选择")), *Level.choices])
    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *OrganKind.choices])
    code = forms.CharField(label=_("组织机构代码"), required=False, max_length=12, help_text=_("9 位（GB 11714），末位是校验码。"), widget=forms.TextInput(attrs={"class": "short"}))
    credit_code = forms.CharField(label=_("统一社会信用代码"), required=False, max_length=20, help_text=_("18 位（GB 32100），末位是校验码。"))
    area_parent = forms.TypedChoiceField(label=_("所属政府"), required=False, coerce=int, empty_value=None, help_text=_("按地区：本机关所属的人民政府；政府则为上一级政府。"))
    system_parent = forms.TypedChoiceField(label=_("上级主管机关"), required=False, coerce=int, empty_value=None, help_text=_("按系统：业务上的上级机关。"))
    vertical = forms.BooleanField(label=_("垂直领导"), required=False, help_text=_("政府信息公开工作由系统的上级主管（条例第三条）。"))
    calendar = forms.ChoiceField(label=_("工作日历"))
    index_pattern = forms.CharField(label=_("索引号格式"), max_length=100, initial=DEFAULT_PATTERN, help_text=_("{code} 组织机构代码，{credit} 信用代码，{slug} 网址代号，{year} 年份，{month:02d} 月份，{serial:05d} 流水号。已编的号不变。"))
    has_rule_making_power = forms.BooleanField(label=_("有规章制定权"), required=False)
    position = forms.IntegerField(label=_("排序"), initial=100, min_value=0, max_value=9999, help_text=_("小的在前；相同的按拼音。"))
    based_on = bounds.Whole(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organs: Iterable[OrganView], own: OrganView | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["calendar"].choices = [(name, _CALENDARS.get(name, name)) for name in calendars.names()]  # type: ignore[attr-defined]
        offered = [("", _("没有"))] + [(it.id, "　" * (it.area_path.count("/") - 2) + it.name) for it in organs if own is None or f"/{own.id}/" not in it.area_path]
        for tree in ("area_parent", "system_parent"):
            self.fields[tree].choices = offered  # type: ignore[attr-defined]

    @classmethod
    def of(cls, it: OrganView, **more: Any) -> OrganForm:
        told = {field: getattr(it, field) for field in cls.base_fields if field != "based_on"}
        return cls(initial=told | {"based_on": it.version}, own=it, **more)

    def facts(self) -> OrganFacts:
        return OrganFacts(**{field: value for field, value in self.cleaned_data.items() if field != "based_on"})


class GuideForm(forms.Form):
    """公开指南里的公开工作机构 (第十二条)."""

    based_on = bounds.Whole(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.fields.pop("based_on")
        for field in GUIDE_FIELDS:
            column = Organ._meta.get_field(field)
            hint = "" if field in GUIDE_NEEDED else _("可以不填。")
            self.fields[field] = forms.CharField(label=column.verbose_name, required=False, max_length=column.max_length, help_text=hint)  # type: ignore[union-attr]
        self.fields["based_on"] = kept

    @classmethod
    def of(cls, it: OrganView) -> GuideForm:
        return cls(initial={field: getattr(it.guide, field) for field in GUIDE_FIELDS} | {"based_on": it.version})

    def guide(self) -> Guide:
        return Guide(**{field: self.cleaned_data[field] for field in GUIDE_FIELDS})


class SettingsForm(forms.Form):
    """机关设置，自某日起."""

    since = _day(_("自何日起"), True, _("此前的仍按原来的设置。"))
    reason = forms.CharField(label=_("理由"), required=False, max_length=400, help_text=_("例如制度的文号。"))
    based_on = bounds.Whole(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = {name: self.fields.pop(name) for name in ("since", "reason", "based_on")}
        for kept in dated.SETTINGS:
            field: forms.Field = forms.BooleanField(required=False) if kept.is_switch else forms.IntegerField(min_value=kept.least, max_value=kept.most)
            field.label, field.help_text = _(kept.zh), _(kept.hint)
            self.fields[kept.key] = field
        self.fields.update(last)

    @classmethod
    def of(cls, it: OrganView, on: date) -> SettingsForm:
        return cls(initial={kept.key: dated.value_on(it.settings, kept.key, on) for kept in dated.SETTINGS} | {"since": on, "based_on": it.version})

    def values(self) -> dict[str, int | bool]:
        return {kept.key: self.cleaned_data[kept.key] for kept in dated.SETTINGS}


class CloseForm(forms.Form):
    """停用机关."""

    reason = _reason(_("例如机构改革方案的文号。"))
    on = _day(_("撤销日期"), hint=_("空则为今天。"))
    successor = forms.TypedChoiceField(label=_("职能承继机关"), required=False, coerce=int, empty_value=None, help_text=_("信息随职能转移；前台会指向它。"))

    def __init__(self, *args: Any, organs: Iterable[OrganView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].choices = [("", _("没有")), *((it.id, it.name) for it in organs)]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """只问理由."""

    reason = _reason(_("写入操作日志。"))


class NoticeForm(forms.Form):
    """放假通知."""

    calendar = forms.CharField(label=_("日历"), max_length=40, initial="cn", help_text=_("全国的通知填 cn；地区的填该地区的代号，如 cn-xinjiang。表中有 calendar 一列的，以表为准。"), widget=forms.TextInput(attrs={"class": "short", "autocapitalize": "none", "spellcheck": "false"}))
    source = forms.CharField(label=_("文号"), max_length=200, required=False, help_text=_("例如“国办发明电〔2025〕7号”；表中有 notice 一列的可以不填。"))
    file = forms.FileField(label=_("CSV 表"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))


class PersonForm(forms.Form):
    """人员."""

    login = forms.CharField(label=_("登录名"), max_length=60, help_text=_("姓名拼音或工号；小写字母、数字和 . _ -。不得用身份证号。"), widget=forms.TextInput(attrs={"class": "short", "autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}))
    name = forms.CharField(label=_("姓名"), max_length=60, widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}))
    email = forms.CharField(label=_("电子邮箱"), required=False, max_length=254)
    phone = forms.CharField(label=_("电话"), required=False, max_length=40)
    identity = forms.CharField(label=_("统一身份标识"), required=False, max_length=200, help_text=_("用统一身份认证登录的，填认证系统给的、不会改变的标识（sub）。"))
    with_password = forms.BooleanField(label=_("同时发放首次密码"), required=False, initial=True)
    based_on = bounds.Whole(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, it: PersonView) -> PersonForm:
        return cls(initial={field: getattr(it, field) for field in ("login", "name", "email", "phone", "identity")} | {"based_on": it.version})

    def facts(self) -> PersonFacts:
        return PersonFacts(**{field: self.cleaned_data[field] for field in ("login", "name", "email", "phone", "identity")})


class PeopleFilterForm(forms.Form):
    """筛选人员."""

    q = forms.CharField(label=_("姓名或登录名"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    organ = forms.TypedChoiceField(label=_("机关"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("角色"), required=False, choices=[("", _("不限")), *((kind.value, _(zh)) for kind, (zh, _en) in LABELS.items())])
    active = forms.ChoiceField(label=_("状况"), required=False, choices=[("yes", _("在用")), ("no", _("已停用")), ("all", _("全部"))])
    lacking = forms.ChoiceField(label=_("缺少"), required=False, choices=[("", _("不限")), ("role", _("没有角色")), ("second_factor", _("没有两步验证")), ("password", _("没有自己的密码"))])

    def __init__(self, *args: Any, organs: Iterable[OrganView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].choices = [("", _("不限")), *((it.id, it.name) for it in organs)]  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """授予角色."""

    kind = forms.ChoiceField(label=_("角色"), choices=[("", _("请选择")), *((kind.value, _(zh)) for kind, (zh, _en) in LABELS.items())])
    organ = forms.TypedChoiceField(label=_("机关"), required=False, coerce=int, empty_value=None, help_text=_("系统管理员不选机关。"))
    office = forms.CharField(label=_("内设机构"), required=False, max_length=100)
    since = _day(_("任职起"), True)
    until = _day(_("任职止"), hint=_("最后一日；空则为长期。"))

    def __init__(self, *args: Any, organs: Iterable[OrganView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].choices = [("", _("没有")), *((it.id, it.name) for it in organs)]  # type: ignore[attr-defined]

    def role_kind(self) -> RoleKind:
        return RoleKind(self.cleaned_data["kind"])


class EndRoleForm(forms.Form):
    """结束任职."""

    on = _day(_("最后一日"), hint=_("空则立即结束，并结束此人的所有会话。"))
    reason = _reason(_("例如轮岗、退休。"))


class ImportForm(forms.Form):
    """导入的表格."""

    file = forms.FileField(label=_("表格（XLSX）"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))
    with_passwords = forms.BooleanField(label=_("给新登记的人发放首次密码"), required=False, initial=True, help_text=_("确认后只显示一次，可以下载，发给本人。"))


class JournalForm(forms.Form):
    """筛选操作日志."""

    name = forms.CharField(label=_("谁"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    verb = forms.ChoiceField(label=_("做了什么"), required=False)
    since = _day(_("自"))
    until = _day(_("至"))

    def __init__(self, *args: Any, verbs: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("不限")), *verbs]  # type: ignore[attr-defined]
