"""数据台账: a year of the organ's figures, by topic and month, with everything that was ever entered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.law.editions import EDITIONS
from gongkai.platform.annual import sheets
from gongkai.platform.annual.actions.entering import FIRST_YEAR, shown
from gongkai.platform.annual.indicators import BY_KEY, CHANNELS, STATED, TOPICS, Indicator, Topic
from gongkai.platform.annual.queries import sheet as ledger
from gongkai.platform.annual.queries.sheet import Line, Record, Sheet
from gongkai.platform.desk import drawing
from gongkai.platform.desk.addresses import PLACE, address, addresses
from gongkai.platform.desk.navigation import own_organ
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import Crumbs, desk, page
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requests import current_actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTHS = tuple(range(1, 13))
WINTER = 3  # 一至三月，多半还在填上一年的
SHOWN = 100


@require_safe
@desk
def now(request: HttpRequest, slug: str) -> HttpResponse:
    """To the year that is being worked on."""
    organ, today = own_organ(request, slug), timezone.localdate()
    return HttpResponseRedirect(reverse("desk:figures", args=[organ.slug, today.year - (today.month <= WINTER)]))


@require_safe
@desk
def year_page(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The year: topics, months, the year's figures; what differs."""
    organ, today = own_organ(request, slug), timezone.localdate()
    in_range(year, today)
    found = ledger.sheet(current_actor(request), organ.id, year, request.GET.get("edition", ""))
    places = address("desk:figures_records", slug, year), addresses("desk:figures_counted", slug, year, PLACE)
    topics = [_topic(found, topic, today, *places) for topic in Topic]
    miscounted = [line for line in found.lines if line.miscounted]
    context: dict[str, object] = {
        "organ": organ, "year": year, "sheet": found, "months": MONTHS, "years": years(year, today), "topics": topics, "may_enter": found.may_enter,
        "differing": [_differs(line) for line in found.lines if line.differs],
        "miscounted": [{"label": label(line), "entered": _year_figure(line), "counted": line.counted, "place": _row(line)["place"]} for line in miscounted],
        "editions": [(each.key, each.key == found.edition.key) for each in EDITIONS], "others": bool(request.GET.get("edition")),
        "corrections": len([each for each in found.records if not each.holds]),
    }  # fmt: skip
    return page(request, "figures/year", context, crumbs(organ, year, ""))


@require_safe
@desk
def records(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Who entered what, when, with which evidence; what was corrected stays, struck through."""
    organ = own_organ(request, slug)
    in_range(year, timezone.localdate())
    ledger.may_read(current_actor(request), organ.id)
    indicator, channel = request.GET.get("indicator", ""), request.GET.get("channel")
    found = [each for each in reversed(ledger.records(organ.id, year)) if (not indicator or each.indicator == indicator) and (channel is None or each.channel == channel)]
    listed = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    what = sheets.heading((indicator, channel or "")) if indicator in BY_KEY and (channel or "") in CHANNELS else ""
    context: dict[str, object] = {"organ": organ, "year": year, "rows": [_record(each) for each in listed], "total": len(found), "what": what, "page": {
        "number": listed.number, "pages": listed.paginator.num_pages, "total": len(found), "capped": False, "has_previous": listed.has_previous(),
        "has_next": listed.has_next(), "previous": listed.number - 1, "next": listed.number + 1,
    }}  # fmt: skip
    return page(request, "figures/records", context, crumbs(organ, year, _("登记记录")))


@require_safe
@desk
def export(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The year as a table, which reads back to the same figures."""
    organ = own_organ(request, slug)
    in_range(year, timezone.localdate())
    found = ledger.sheet(current_actor(request), organ.id, year, request.GET.get("edition", ""))
    values = {(line.indicator.key, line.channel, month): written(held) for line in found.lines for month in (0, *MONTHS) if (held := line.holding(month))}
    totals = {(line.indicator.key, line.channel): line.figure.value.normalize() for line in found.lines if line.figure}
    return table(sheets.written([(line.indicator.key, line.channel) for line in found.lines], year, values, totals), f"figures-{organ.slug}-{year}.xlsx")


def table(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def crumbs(organ: OrganView, year: int, *more: str) -> Crumbs:
    """工作台 › 数据台账 › what is shown."""
    ledger_of = _("数据台账 %(year)s") % {"year": year}
    found: list[tuple[str, object]] = [(reverse("desk:home"), _("工作台"))]
    told = [each for each in more if each]
    return [*found, (reverse("desk:figures", args=[organ.slug, year]) if told else "", ledger_of), *(("", each) for each in told)]


def in_range(year: int, today: date) -> None:
    if not FIRST_YEAR <= year <= today.year:
        raise Http404


def years(year: int, today: date) -> list[int]:
    """Those to choose from: the last five and the one shown."""
    return sorted({*range(max(today.year - 4, FIRST_YEAR), today.year + 1), year}, reverse=True)


def topic_words(topic: Topic) -> str:
    return said(*TOPICS[topic])


def label(line: Line) -> str:
    return name(line.indicator, line.channel)


def name(indicator: Indicator, channel: str) -> str:
    """What a line is called: its channel under the indicator's name."""
    words = said(indicator.zh, indicator.en)
    return f"{words}（{said(*CHANNELS[channel])}）" if indicator.by_channel else words


def written(record: Record) -> str:
    """A figure as it would be typed."""
    return "" if record.value is None else shown(record.value) + ("余" if record.about else "")


def _topic(found: Sheet, topic: Topic, today: date, records_of: str, counted: Callable[[object], str]) -> dict[str, object]:
    lines = found.of(topic)
    counts = any(line.counted is not None for line in lines)
    open_months = [month for month in MONTHS if (found.year, month) <= (today.year, today.month)]
    return {
        "key": topic.value, "label": topic_words(topic), "lines": drawing.ledger(map(_row, lines), counts, records_of, counted), "counts": counts,
        "heads": [{"month": month, "open": month in open_months} for month in MONTHS], "empty": not any(line.months for line in lines),
    }  # fmt: skip


def _row(line: Line) -> dict[str, object]:
    figure = line.figure
    return {
        "label": label(line), "indicator": line.indicator.key, "channel": line.channel, "unit": line.indicator.unit,
        "cells": [_cell(line, month) for month in MONTHS], "whole": _cell(line, 0), "last": line.indicator.summing.value == "last",
        "value": shown(figure.value) if figure else None, "about": bool(figure and figure.about), "gaps": figure.gaps if figure else (),
        "counted": line.counted, "place": ".".join(part for part in (line.indicator.key, line.channel) if part), "miscounted": line.miscounted, "differs": bool(line.differs), "sub": line.indicator.by_channel and line.channel != "",
    }  # fmt: skip


def _year_figure(line: Line) -> str:
    return shown(line.figure.value) + ("余" if line.figure.about else "") if line.figure else ""


def _cell(line: Line, month: int) -> dict[str, object]:
    made = line.months.get(month, ())
    holding = line.holding(month)
    unused = holding is not None and line.figure is not None and holding.id not in line.figure.entries
    return {
        "month": month, "value": shown(holding.value) if holding and holding.value is not None else None, "about": bool(holding and holding.about),
        "before": [written(each) for each in made if each is not holding and each.value is not None], "unused": unused,
        "counted": (counted := line.counted_months.get(month)), "miscounted": counted is not None and holding is not None and holding.value != counted,
    }  # fmt: skip


def _differs(line: Line) -> dict[str, object]:
    assert line.differs is not None
    parts = next(each.parts for each in STATED if each.total == line.differs.place)
    return {"label": label(line), "stated": shown(line.differs.stated), "parts": shown(line.differs.parts), "about": line.differs.about,
            "of": _("、").join(name(BY_KEY[key], channel) for key, channel in parts)}  # fmt: skip


def _record(each: Record) -> dict[str, object]:
    return {"it": each, "label": name(BY_KEY[each.indicator], each.channel), "unit": BY_KEY[each.indicator].unit, "value": _number(each.value)}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else shown(value)


def place_options() -> Iterable[tuple[str, str]]:
    """Every place by its stored key, for a choice."""
    return [(".".join(place), name(BY_KEY[place[0]], place[1])) for place in sheets.every_place()]
