"""One form for a topic and a month: all its figures at once. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.platform.annual import written
from gongkai.platform.annual.actions import entering
from gongkai.platform.annual.actions.entering import Told
from gongkai.platform.annual.actions.importing import may_import
from gongkai.platform.annual.errors import Invalid
from gongkai.platform.annual.indicators import Topic
from gongkai.platform.annual.queries import sheet as ledger
from gongkai.platform.annual.queries.sheet import Line
from gongkai.platform.desk.holding import held, ticket
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.views.door import desk, kept_when_signed_out, page
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor

from . import year as showing

_LAST = 12


@kept_when_signed_out
@desk
def month(request: HttpRequest, slug: str, year: int, topic: str, month: int) -> HttpResponse:
    """The form of a month; month 0 is the whole year."""
    organ, actor, today = own_organ(request, slug), current_actor(request), timezone.localdate()
    showing.in_range(year, today)
    if topic not in set(Topic) or not 0 <= month <= _LAST or (month and (year, month) > (today.year, today.month)):
        raise Http404
    may_import(actor, organ.id)
    edition = request.POST.get("edition", "") or request.GET.get("edition", "")
    lines = ledger.form_lines(actor, organ.id, year, Topic(topic), edition)
    typed = request.POST if request.method == "POST" else held(request)
    if request.method != "POST":
        return _shown(request, organ, year, Topic(topic), month, lines, typed, {})
    told, wrong = _told(lines, month, request.POST)
    if not wrong:
        try:
            made = entering.enter(actor, organ.id, year, told, at=timezone.now())
        except Invalid as refused:
            wrong = dict(refused.fields)
        else:
            if made:
                messages.success(request, ngettext("已登记 %(n)s 个数。", "已登记 %(n)s 个数。", len(made)) % {"n": len(made)})
            else:
                messages.info(request, _("没有新的数，什么也没有登记。"))
            onward = month + 1 if request.POST.get("do") == "next" and 0 < month < _LAST and (year, month + 1) <= (today.year, today.month) else None
            query = f"?edition={edition}" if edition.isalnum() else ""
            if onward:
                return HttpResponseRedirect(reverse("desk:figures_month", args=[organ.slug, year, topic, onward]) + query)
            return HttpResponseRedirect(reverse("desk:figures", args=[organ.slug, year]) + f"{query}#{topic}")
    return _shown(request, organ, year, Topic(topic), month, lines, typed, wrong, 422)


def _told(lines: Sequence[Line], month: int, post: QueryDict) -> tuple[list[Told], dict[str, str]]:
    """What was typed and is not what the page showed; a place emptied is taken back."""
    told, wrong, evidence = list[Told](), dict[str, str](), post.get("evidence", "")
    for line in lines:
        key = f"{line.indicator.key}.{line.channel}"
        text, seen = post.get(key, "").strip(), post.get(f"seen.{key}", "")
        if key not in post or text == seen:
            continue
        try:
            value, about = written.figure(text)
        except written.Unread as unread:
            wrong[f"{key}.{month}"] = str(unread)
            continue
        told.append(Told(line.indicator.key, month, value, line.channel, about, evidence, post.get(f"reason.{key}", "")))
    return told, wrong


def _shown(
    request: HttpRequest, organ: OrganView, year: int, topic: Topic, month: int, lines: Sequence[Line], typed: Mapping[str, str] | None,
    wrong: Mapping[str, str], status: int = 200,
) -> HttpResponse:  # fmt: skip
    fields = [_field(line, month, typed, wrong) for line in lines]
    named = {f"{line.indicator.key}.{line.channel}.{month}" for line in lines}
    when = _("%(n)s 月") % {"n": month} if month else _("全年一笔")
    today = timezone.localdate()
    context: dict[str, object] = {
        "organ": organ, "year": year, "topic": topic.value, "topic_label": showing.topic_words(topic), "month": month, "when": when, "fields": fields,
        "evidence": typed.get("evidence", "") if typed else "", "wrong": [each for each in fields if each["wrong"]],
        "others": [why for key, why in wrong.items() if key not in named], "ticket": ticket(request.user.pk or 0),
        "edition": (typed or {}).get("edition", "") or request.GET.get("edition", ""), "kept": typed is not None and status == 200,
        "months": [each for each in showing.MONTHS if (year, each) <= (today.year, today.month)],
        "has_next": 0 < month < _LAST and (year, month + 1) <= (today.year, today.month),
    }  # fmt: skip
    return page(request, "figures/month", context, showing.crumbs(organ, year, f"{showing.topic_words(topic)} · {when}"), status)


def _field(line: Line, month: int, typed: Mapping[str, str] | None, wrong: Mapping[str, str]) -> dict[str, object]:
    key = f"{line.indicator.key}.{line.channel}"
    holding = line.holding(month)
    now = showing.written(holding) if holding else ""
    touched = typed is not None and typed.get(key, "") != typed.get(f"seen.{key}", "")  # 没有动过的，显示现在登记的
    return {
        "key": key, "id": f"f-{line.indicator.key}-{line.channel or 'all'}", "label": showing.label(line), "unit": line.indicator.unit,
        "value": typed.get(key, now) if typed and touched else now, "seen": now, "holding": holding,
        "counted": line.counted_months.get(month) if month else line.counted, "place": ".".join(part for part in (line.indicator.key, line.channel) if part),
        "reason": typed.get(f"reason.{key}", "") if typed else "", "wrong": wrong.get(f"{key}.{month}", ""), "last": line.indicator.summing.value == "last",
    }  # fmt: skip
