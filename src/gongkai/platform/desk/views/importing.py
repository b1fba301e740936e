"""Many items at once: a table with files, or a folder of Word files; tried first, then done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.actions import ImportResult
from gongkai.platform.catalogue.errors import Invalid, Refused
from gongkai.platform.desk.forms.importing import ImportForm
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor

from .door import desk, page, words


@desk
def importing(request: HttpRequest, slug: str) -> HttpResponse:
    organ = own_organ(request, slug)
    if request.method != "POST":
        return _shown(request, organ, ImportForm(level=organ.level))
    form = ImportForm(request.POST, request.FILES, level=organ.level)
    if not form.is_valid():
        return _shown(request, organ, form, status=422)
    dry_run = request.POST.get("do") != "import"
    try:
        result = _import(request, organ, form.cleaned_data, dry_run)
    except Invalid as refused:
        for name, said in refused.fields.items():
            form.add_error(name if name in form.fields else None, said)
        return _shown(request, organ, form, status=422)
    except Refused as refused:
        form.add_error(None, words(refused))
        return _shown(request, organ, form, status=422)
    if not dry_run and result.done:
        messages.success(request, _("已导入 %(n)s 件草稿。") % {"n": result.created})
    return _shown(request, organ, form, result=result, dry_run=dry_run)


@require_safe
@desk
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """The table to fill in, with one example row."""
    organ = own_organ(request, slug)
    answer = HttpResponse(
        actions.import_template(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="import-{organ.slug}.xlsx"'
    return answer


def _import(request: HttpRequest, organ: OrganView, said: dict[str, Any], dry_run: bool) -> ImportResult:
    actor, at = current_actor(request), timezone.now()
    once = None if dry_run else request.POST.get("once", "")[:64] or None
    if said["table"]:
        files = {given.name or "": given.read() for given in request.FILES.getlist("attachments")}
        return actions.import_table(actor, organ.id, said["table"].read(), files, at=at, dry_run=dry_run, once=once)
    shape = {name: said[name] for name in ("kind", "category", "formed_on")}
    return actions.import_folder(actor, organ.id, said["archive"].read(), at=at, dry_run=dry_run, once=once, **shape)


def _shown(
    request: HttpRequest,
    organ: OrganView,
    form: ImportForm,
    result: ImportResult | None = None,
    dry_run: bool = True,
    status: int = 200,
) -> HttpResponse:
    bad = result.wrong if result else 0
    good = len(result.rows) - bad if result else 0
    context: dict[str, object] = {
        "organ": organ, "form": form, "result": result, "dry_run": dry_run, "rows": result.rows if result else (), "good": good, "bad": bad,
        "good_words": (_("可以导入 %(n)s 行") if dry_run else _("已导入 %(n)s 行")) % {"n": good}, "bad_words": _("有错误 %(n)s 行") % {"n": bad},
        "once": get_random_string(20),
    }  # fmt: skip
    crumbs = [
        (reverse("desk:home"), _("工作台")),
        (reverse("desk:items", args=[organ.slug]), organ.short_name or organ.name),
        ("", _("批量导入")),
    ]
    return page(request, "import", context, crumbs, status)
