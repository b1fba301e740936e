"""The forms of websites: what is entered of a website, which form is begun."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.platform.desk.forms.editing import day_field


class SiteForm(forms.Form):
    """A website of the organ: what stands at the head of its form every year."""

    name = forms.CharField(label=_("网站名称"), max_length=200, error_messages={"required": _("请填写网站名称。")})
    slug = forms.CharField(
        label=_("网址代号"), max_length=40, help_text=_("公布的报表的网址里用它，定了以后不再改。小写字母、数字和连字符，例如 portal。"),
        error_messages={"required": _("请填写网址代号。")},
    )  # fmt: skip
    address = forms.CharField(label=_("首页网址"), max_length=400, required=False, help_text=_("以 http:// 或者 https:// 开头。"))
    kind = forms.ChoiceField(label=_("网站类型"), required=False)
    code = forms.CharField(label=_("政府网站标识码"), max_length=20, required=False)
    icp = forms.CharField(label=_("ICP备案号"), max_length=60, required=False)
    police = forms.CharField(label=_("公安机关备案号"), max_length=60, required=False)
    main = forms.BooleanField(label=_("主站"), required=False, help_text=_("本平台目录里的信息在这个网站发布，台账里“政府网站”的数是它的。一个机关只有一个。"))
    closed_on = day_field(_("关停日期"), _("已经关停、迁移的填；没有的不填。"))

    def __init__(self, *args: Any, begun: bool, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds
        if begun:
            del self.fields["slug"]
            self.fields["based_on"] = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31)
        else:
            del self.fields["closed_on"]


class BeginForm(forms.Form):
    """Which website's form, on which year."""

    which = forms.ChoiceField(label=_("网站和年度"), error_messages={"required": _("请选择网站和年度。"), "invalid_choice": _("这一份不能开始填报，请从列表里选。")})

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["which"]).choices = choices
