"""检查词表: the organ's own words that the check before publication looks for."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.platform.catalogue import actions, queries
from gongkai.platform.catalogue.errors import Invalid
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import said
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.pages import bounds

from .door import desk, page


class WordForm(forms.Form):
    """One word to look for, and how it is right."""

    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), choices=[(key, gettext_lazy(zh)) for key, (zh, _en) in actions.WORD_KINDS.items()]
    )
    wrong = forms.CharField(
        label=gettext_lazy("要查的写法"), max_length=60, error_messages={"required": gettext_lazy("请填写要查的写法。")}
    )
    right = forms.CharField(
        label=gettext_lazy("正确的写法"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("不得使用的词可以不填。"),
    )


@desk
def words(request: HttpRequest, slug: str) -> HttpResponse:
    organ, actor = own_organ(request, slug), current_actor(request)
    here = reverse("desk:words", args=[organ.slug])
    form = WordForm(
        request.POST if request.method == "POST" and "remove" not in request.POST else None, initial={"kind": "typo"}
    )
    if request.method == "POST":
        if (removed := bounds.number(request.POST.get("remove"))) is not None:
            actions.remove_word(actor, organ.id, removed, at=timezone.now())
            messages.success(request, _("已从词表移除。"))
            return HttpResponseRedirect(here)
        if form.is_valid():
            try:
                actions.add_word(actor, organ.id, **form.cleaned_data, at=timezone.now())
            except Invalid as refused:
                for name, why in refused.fields.items():
                    form.add_error(name if name in form.fields else None, why)
            else:
                messages.success(request, _("已加入词表，以后的检查都会查它。"))
                return HttpResponseRedirect(here)
    rows = [{"id": each.id, "wrong": each.wrong, "right": each.right, "kind": said(*actions.WORD_KINDS[each.kind]), "by": each.by, "at": each.at}
            for each in queries.words(actor, organ.id)]  # fmt: skip
    context: dict[str, object] = {
        "organ": organ,
        "form": form,
        "rows": rows,
        "may": RoleKind.DISCLOSURE_OFFICE in actor.kinds(organ.id),
    }
    crumbs = [
        (reverse("desk:home"), _("工作台")),
        (reverse("desk:items", args=[organ.slug]), organ.short_name or organ.name),
        ("", _("检查词表")),
    ]
    return page(request, "words", context, crumbs, 422 if form.errors else 200)
