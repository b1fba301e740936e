"""The column 政府信息公开: of the installation, and of each organ."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.law import fees, periods
from gongkai.law.publication import CATEGORIES, Category
from gongkai.law.receipt import RECEIPTS
from gongkai.platform.annual.queries import public as annual
from gongkai.platform.catalogue.queries import public
from gongkai.platform.catalogue.queries.public import Filter, PublicOrgan
from gongkai.platform.portal import columns, drawing, listing, paperform, words
from gongkai.platform.portal.caching import public_page

from .items import sent
from .lists import trail

POLICIES = ("rules", "normative", "document", "policy")


def _newest(wanted: Filter, size: int) -> listing.Lines:
    return listing.lines(public.listing(wanted, timezone.localdate(), size=size).rows)


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The installation's front page: what is new, the policies, the organs. Four statements."""
    organs = public.organs()
    known = {organ.id for organ in organs}
    heads = [organ for organ in organs if known.isdisjoint(int(part) for part in organ.path.split("/")[1:-2])]
    below: dict[int, list[PublicOrgan]] = {head.id: [] for head in heads}
    for one in organs:
        top = next(int(part) for part in one.path.split("/") if part and int(part) in known)
        if top != one.id:
            below[top].append(one)
    groups = [(head, below[head.id]) for head in heads]
    alone = [head for head, members in groups if not members]
    context = {
        "newest": _newest(Filter(), 10),
        "policies": _newest(Filter(kinds=POLICIES), 6),
        "interpretations": _newest(Filter(kinds=("interpretation",)), 6),
        "groups": [(head, drawing.organs(members)) for head, members in groups if members],
        "alone": drawing.organs(alone, "organ-list panel") if alone else "",
        "head": heads[0] if len(heads) == 1 else None,
        "entries": columns.navigation(heads[0]) if len(heads) == 1 else [],
    }
    return render(request, "portal/home.html", context)


def framed(slug: str, current: str, title: str) -> tuple[PublicOrgan, tuple[PublicOrgan, ...], dict[str, object]]:
    """What every page of an organ's column has. Two statements."""
    organ = public.organ(slug)
    if organ is None:
        raise Http404
    family = public.family(organ)
    crumbs = trail(family, organ)
    crumbs = [*crumbs, ("", title)] if current else [*crumbs[:-1], ("", organ.short_name)]
    below = [one for one in family if one.id != organ.id and one.path.startswith(organ.path)]
    return organ, family, {"organ": organ, "crumbs": crumbs, "entries": columns.navigation(organ, current), "below": below, "members": drawing.organs(below, "organ-list panel") if below else "", "heading": title}


@public_page
def organ(request: HttpRequest, slug: str) -> HttpResponse:
    """The front page of an organ's column; a government's gathers its organs."""
    found, _family, context = framed(slug, "", "")
    today = timezone.localdate()
    counts = public.count_by_category([found.id], today)
    context |= {
        "newest": _newest(Filter(organs=(found.id,)), 10),
        "policies": _newest(Filter(organs=(found.id,), kinds=POLICIES), 5),
        "counted": _counted(columns.statutory(found), counts),
    }
    return render(request, "portal/organ.html", context)


def _counted(categories: Sequence[Category], counts: dict[str, int]) -> list[tuple[Category, str]]:
    return [(category, "999+" if counts.get(category.key, 0) > 999 else str(counts.get(category.key, 0))) for category in categories]


@public_page
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """政府信息公开指南: what the law wants told (第十二条), from the organ's own particulars, and its guide as published."""
    found, _family, context = framed(slug, "guide", _("政府信息公开指南"))
    context |= {
        "particulars": _particulars(found), "categories": columns.statutory(found), "term": periods.PUBLICATION.length,
        "guides": _newest(Filter(organs=(found.id,), kinds=("guide",)), 5),
    }  # fmt: skip
    return render(request, "portal/guide.html", context)


def _particulars(organ: PublicOrgan) -> list[tuple[str, str]]:
    """The disclosure office's particulars; those not filled in are left out."""
    rows = (
        (_("机构名称"), organ.office_name), (_("办公地址"), organ.office_address), (_("办公时间"), organ.office_hours), (_("联系电话"), organ.office_phone),
        (_("传真号码"), organ.office_fax), (_("邮政编码"), organ.office_post), (_("互联网联系方式"), organ.office_contact),
    )  # fmt: skip
    return [(label, value) for label, value in rows if value]


@public_page
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """政府信息公开制度: the national texts by name, the organ's own as published."""
    found, family, context = framed(slug, "rules", _("政府信息公开制度"))
    above = [one.id for one in family if one.kind == "government" and found.path.startswith(one.path) and one.id != found.id]
    context |= {"own": _newest(Filter(organs=(found.id,), kinds=("regime",)), 50), "higher": _newest(Filter(organs=tuple(above), kinds=("regime",)), 20) if above else []}
    return render(request, "portal/rules.html", context)


@public_page
def statutory(request: HttpRequest, slug: str) -> HttpResponse:
    """法定主动公开内容: the fifteen items of Art 20, then what Art 21 adds; each with its newest, or saying that it has none."""
    found, _family, context = framed(slug, "statutory", _("法定主动公开内容"))
    today = timezone.localdate()
    counts = public.count_by_category([found.id], today)
    newest = public.newest_by_category(found.id, today)
    kinds = public.count_normative(found.id, columns.NORMATIVE_KINDS, today)
    shown = [kind for kind in columns.NORMATIVE_KINDS if kind != "rules" or found.has_rule_making_power or kinds.get(kind)]
    context |= {
        "common": [(category, count, listing.lines(newest.get(category.key, ()))) for category, count in _counted(CATEGORIES, counts)],
        "further": [(category, count, listing.lines(newest.get(category.key, ()))) for category, count in _counted(columns.further(found), counts)],
        "normative": [(kind, words.kind(kind), "999+" if kinds.get(kind, 0) > 999 else str(kinds.get(kind, 0))) for kind in shown],
    }
    return render(request, "portal/statutory.html", context)


@public_page
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """政府信息公开年报: the organ's own by year, and the latest of the organs that belong to it."""
    found, _family, context = framed(slug, "reports", _("政府信息公开年报"))
    below = [one.id for one in context["below"]]  # type: ignore[attr-defined]
    published = annual.listed([found.id, *below])
    context |= {
        "published": [each for each in published if each.organ == found.id],
        "published_below": [each for each in published if each.organ != found.id],
        "own": _newest(Filter(organs=(found.id,), kinds=("report",)), 60),
        "subordinate": _newest(Filter(organs=tuple(below), kinds=("report",)), 60) if below else [],
    }
    return render(request, "portal/reports.html", context)


@public_page
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """依申请公开: how to apply, where, what to state, until when there is an answer, what it costs (第二十七条至第四十二条)."""
    found, _family, context = framed(slug, "requests", _("依申请公开"))
    context |= {
        "particulars": _particulars(found), "reply": periods.REPLY.length, "extension": periods.EXTENSION.length, "correction": periods.CORRECTION_NOTICE.length,
        "third_party": periods.THIRD_PARTY.length, "payment": periods.FEE_PAYMENT.length, "receipts": RECEIPTS, "free_items": fees.FREE_ITEMS,
        "item_tiers": fees.per_item(50).tiers, "page_tiers": fees.PAGE_TIERS, "page_rates": _page_rates(), "applies": found.active,
    }  # fmt: skip
    return render(request, "portal/requests.html", context)


def _page_rates() -> list[tuple[int, int | None, int]]:
    """按量计收: from page, to page, yuan a page."""
    first, rows = 1, []
    for last, rate in fees.PAGE_TIERS:
        rows.append((first, last, rate))
        first = (last or 0) + 1
    return rows


def paper_form(request: HttpRequest, slug: str) -> HttpResponse:
    """政府信息公开申请表, to print and fill in."""
    found = public.organ(slug)
    if found is None:
        raise Http404
    return sent(request, paperform.NAME, paperform.MEDIA_TYPE, paperform.tag(found), lambda: paperform.made(found))
