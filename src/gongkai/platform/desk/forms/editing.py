"""The editor's form: all metadata of the catalogue (law/05), with their official labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.law.publication import CATEGORIES, LOCAL_CATEGORIES, Category
from gongkai.platform.catalogue.choices import ACCESSES, KINDS
from gongkai.platform.catalogue.validating import GROUNDS
from gongkai.platform.catalogue.values import Draft
from gongkai.platform.pages import bounds

Choices = list[tuple[object, object]]
_COUNTY = frozenset({"prefecture", "county"})


def day_field(label: Any, help_text: Any = "", required: bool = False) -> forms.DateField:
    """A day, as the browser's own picker gives it."""
    return bounds.Day(label=label, help_text=help_text, required=required)


class ItemForm(forms.Form):
    """What an editor fills in. `based_on` is the revision that was seen; the actions refuse where somebody saved meanwhile."""

    title = forms.CharField(
        label=_("标题"), max_length=400, help_text=_("写全称，不得简写；有副标题的只写主标题。"),
        error_messages={"required": _("请填写标题。")},
    )  # fmt: skip
    document_number = forms.CharField(
        label=_("文号"),
        max_length=100,
        required=False,
        help_text=_("没有文号的不填。年份写全，如：澜政发〔2024〕12号；联合制发的写牵头机关的文号。"),
    )
    kind = forms.ChoiceField(label=_("体裁"), choices=[], error_messages={"required": _("请选择体裁。")})
    category = forms.ChoiceField(
        label=_("法定主动公开内容"),
        choices=[],
        required=False,
        help_text=_("《条例》第二十条、第二十一条的哪一项；不属于任何一项的不选。"),
    )
    topic = forms.CharField(label=_("主题分类"), max_length=60, required=False, help_text=_(r"如：综合政务\政务公开"))
    keywords = forms.CharField(label=_("主题词"), max_length=200, required=False, help_text=_("用空格隔开。"))
    summary = forms.CharField(
        label=_("内容概述"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("一般不超过 100 字。施行日期与生成日期不同的，在这里写明。"),
    )
    formed_on = day_field(
        _("生成日期"),
        _("文件为签发之日，联合制发的为最后签署之日；其他信息为内容齐备之日。二十个工作日从次日起算（第二十六条）。"),
        True,
    )
    changed_on = day_field(
        _("变更日期"), _("已公开的信息发生变更的，写变更之日；公开期限从次日重新起算（第二十六条）。")
    )
    effective_on = day_field(_("施行日期"))
    expires_on = day_field(_("公开期限至"), _("长期公开的不填。到期后自动撤下。"))
    co_makers = forms.CharField(
        label=_("联合制发机关"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("其他机关的全称，一行一个。由牵头制作的机关负责公开（第十条）。"),
    )
    source = forms.CharField(
        label=_("信息来源"),
        max_length=200,
        required=False,
        help_text=_("从其他机关获取的，写明来源。本机关制作的不填。"),
    )
    access = forms.ChoiceField(
        label=_("公开属性"), widget=forms.RadioSelect, choices=[(key.value, _(label)) for key, (label, _en) in ACCESSES.items()],
        help_text=_("起草时即认定（源头认定）。"), error_messages={"required": _("请认定公开属性。")},
    )  # fmt: skip
    ground = forms.ChoiceField(label=_("不予公开的情形"), required=False, choices=lambda: grounds())
    ground_note = forms.CharField(
        label=_("不予公开的说明"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("具体理由和依据的条文。存档时据此定出下次复审的日期（第十八条）。"),
    )
    body = forms.CharField(
        label=_("正文"),
        required=False,
        widget=forms.Textarea({"rows": 24}),
        help_text=_("可以从 Word、WPS 直接粘贴，多余的格式会自动去掉。"),
    )
    based_on = bounds.Whole(required=False, widget=forms.HiddenInput)
    once = forms.CharField(required=False, widget=forms.HiddenInput)

    whole = ("title", "document_number", "kind", "category", "topic", "keywords", "summary")
    dates = ("formed_on", "changed_on", "effective_on", "expires_on")
    makers = ("co_makers", "source")

    def __init__(self, *args: object, level: str = "", revising: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kinds: Choices = [("", _("请选择")), *((key.value, _(label)) for key, (label, _en) in KINDS.items())]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["category"].choices = categories(level)  # type: ignore[attr-defined]
        if not revising:
            del self.fields["changed_on"]

    def clean_co_makers(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.cleaned_data["co_makers"].splitlines() if line.strip())

    def draft(self) -> Draft:
        """What was filled in, as the actions take it."""
        said = self.cleaned_data
        kept = said["access"] == "withheld"
        return Draft(
            title=said["title"].strip(), kind=said["kind"], formed_on=said["formed_on"], summary=said["summary"], body=said["body"],
            document_number=said["document_number"].strip(), category=said["category"], topic=said["topic"], keywords=said["keywords"],
            effective_on=said["effective_on"], expires_on=said["expires_on"], co_makers=said["co_makers"], source=said["source"],
            access=said["access"], ground=said["ground"] if kept else "", ground_note=said["ground_note"] if kept else "",
            changed_on=said.get("changed_on"),
        )  # fmt: skip


def initial(draft: Draft) -> dict[str, object]:
    """The form's values for what is saved."""
    plain = {name: getattr(draft, name) for name in ItemForm.base_fields if hasattr(draft, name)}
    return plain | {"co_makers": "\n".join(draft.co_makers), "kind": str(draft.kind), "access": str(draft.access)}


def categories(level: str) -> Choices:
    """Art 20 for all; of Art 21 what fits the organ's level, everything where the level is not known."""
    groups: Choices = [("", _("不属于下列任何一项")), (_("第二十条"), _options(CATEGORIES))]
    for prefix, wanted in (("county", _COUNTY), ("township", frozenset({"township"}))):
        if not level or level in wanted:
            local = [each for each in LOCAL_CATEGORIES if each.key.startswith(prefix)]
            groups.append((_("第二十一条（%(who)s）") % {"who": _(local[0].who)}, _options(local)))
    return groups


def grounds() -> Choices:
    """The situations in which information is withheld, with their articles."""
    return [
        ("", _("请选择")),
        *(
            (key, _("%(label)s（%(basis)s）") % {"label": _(label), "basis": _(basis)})
            for key, (label, basis) in GROUNDS.items()
        ),
    ]


def _options(of: Iterable[Category]) -> Choices:
    return [
        (
            each.key,
            _("（%(n)s）%(label)s") % {"n": _numbered(each), "label": _(each.label)}
            if each.basis.startswith("条例第二十条")
            else _(each.label),
        )
        for each in of
    ]


def _numbered(category: Category) -> str:
    """Which item of Art 20 it is: 一, 二 … as the Regulation counts; 1, 2 … in English."""
    chinese = (get_language() or "zh").startswith("zh")
    return category.basis.removeprefix("条例第二十条第").removesuffix("项") if chinese else str(category.item)
