"""The page of an item, its files and downloads, and what stands where it is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

from gongkai.platform.catalogue import storage
from gongkai.platform.catalogue.errors import StorageFailed
from gongkai.platform.catalogue.queries import public
from gongkai.platform.catalogue.queries.public import Gone, PublicItem, PublicLink
from gongkai.platform.documents.outgoing import Unwritable
from gongkai.platform.pages import errors, sending
from gongkai.platform.pages.templatetags.pages import day, validity_badge, worded
from gongkai.platform.portal import addresses, columns, downloads, pictures, reports, words
from gongkai.platform.portal.caching import public_page, revalidated

from .lists import trail

PRINTED = frozenset({"index", "maker", "number", "formed", "published", "validity"})  # 已在公文格式的框里


@dataclass(frozen=True, slots=True)
class Related:
    """A group of links under one heading."""

    heading: str
    links: tuple[PublicLink, ...]


@public_page
def item(request: HttpRequest, number: int) -> HttpResponse:
    """The page of an item; 410 with the reason where it was withdrawn; 404 where there never was one."""
    found = public.item(number, timezone.localdate())
    if found is None:
        raise Http404
    if isinstance(found, Gone):
        return gone(request, found)
    column = "reports" if found.kind == "report" else "guide" if found.kind == "guide" else "rules" if found.kind == "regime" else "statutory"
    data = reports.data_of(found)
    context = {
        "item": found,
        "organ": found.organ,
        "crumbs": [*trail(public.above(found.organ), found.organ), ("", words.kind(found.kind))],
        "entries": columns.navigation(found.organ, column),
        "metadata": _metadata(found),
        "body": mark_safe(pictures.shown(found)),  # 入库前已按白名单清洗（documents.cleaning）
        "validity": words.validity(found.validity),
        "attachments": [(file, addresses.file(found.id, file.number, file.name)) for file in found.files if not file.inline],
        "related": _related(found),
        "changes": _changes(found.links),
        "versions": _versions(found),
        "address": addresses.absolute(addresses.item(found.id)),
        "citation": _citation(found),
        "report": reports.shown(data.digest) if data else None,
        "report_endings": reports.endings() if data else (),
        "endings": downloads.ENDINGS,
    }
    return render(request, "portal/item.html", context)


def gone(request: HttpRequest, found: Gone) -> HttpResponse:
    """410: when and why it went; nothing of what it said."""
    return render(request, "portal/gone.html", {"gone": found, "crumbs": [("/", _("首页")), ("", _("已撤下的信息"))]}, status=410)


def _metadata(found: PublicItem) -> list[tuple[str, str, object]]:
    """目录元数据 in the official order: key, label, value; what is empty is not printed."""
    rows: tuple[tuple[str, str, object], ...] = (
        ("index", _("索引号"), found.index_number),
        ("topic", _("主题分类"), found.topic),
        ("maker", _("发布机构"), found.makers[0] if found.makers else found.organ.name),
        ("makers", _("联合制发"), _("、").join(found.makers[1:])),
        ("formed", _("生成日期"), day(found.formed_on)),
        ("number", _("文号"), found.document_number),
        ("validity", _("有效性"), validity_badge(found.validity, words.validity(found.validity))),
        ("published", _("发布日期"), day(found.published_at)),
        ("category", _("公开类别"), words.category(found.category)),
        ("kind", _("体裁"), words.kind(found.kind)),
        ("keywords", _("主题词"), found.keywords),
        ("effective", _("施行日期"), day(found.effective_on)),
        ("expires", _("公开期限"), day(found.expires_on)),
        ("source", _("信息来源"), found.source),
    )
    return [row for row in rows if row[2]]


_HEADINGS = (
    ("interprets", False, pgettext_lazy("link", "解读材料")), ("interprets", True, pgettext_lazy("link", "解读的文件")), ("based_on", True, pgettext_lazy("link", "制定依据")), ("based_on", False, pgettext_lazy("link", "据此制定的文件")),
    ("amends", True, pgettext_lazy("link", "本件修改的文件")), ("repeals", True, pgettext_lazy("link", "本件废止的文件")), ("related", True, pgettext_lazy("link", "相关信息")),
)  # fmt: skip


def _related(found: PublicItem) -> list[Related]:
    """Links under their headings, both ways; what amends or repeals this one stands in the banner instead."""
    groups = []
    for kind, outgoing, heading in _HEADINGS:
        links = tuple(link for link in found.links if link.kind == kind and (link.outgoing == outgoing or kind == "related"))
        if links:
            groups.append(Related(str(heading), links))
    return groups


def _changes(links: tuple[PublicLink, ...]) -> list[tuple[str, PublicLink]]:
    said = {"amends": _("修改本件的文件"), "repeals": _("废止本件的文件")}
    return [(said[link.kind], link) for link in links if not link.outgoing and link.kind in said]


def _versions(found: PublicItem) -> list[tuple[str, object]]:
    said = {"published": _("首次公开"), "republished": _("修改后重新公开")}
    return [(said.get(version.what) or _("标注为“%(validity)s”") % {"validity": words.validity(version.what)}, version.at) for version in found.versions]


def _citation(found: PublicItem) -> str:
    """One line to quote it by: who, what, number, when, where."""
    return _("%(makers)s：《%(title)s》%(number)s，索引号 %(index)s，%(published)s 发布，%(address)s") % {
        "makers": _("、").join(found.makers) or found.organ.name, "title": found.title,
        "number": _("（%(number)s）") % {"number": found.document_number} if found.document_number else "",
        "index": found.index_number, "published": date_format(timezone.localtime(found.published_at), "Y-m-d"),
        "address": addresses.absolute(addresses.item(found.id)),
    }  # fmt: skip


def file(request: HttpRequest, number: int, which: int, name: str) -> HttpResponse:
    """A file of the published version, exactly as it was checked in; never run, never sniffed."""
    found = public.file(number, which, timezone.localdate())
    if found is None or found.name != name:
        raise Http404
    return sent(request, found.name, found.media_type, found.digest[:32], lambda: storage.read(found.digest), found.media_type not in sending.PICTURES)


def document(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """The item as an official document: DOCX or PDF, made from what is public now."""
    found = public.item(number, timezone.localdate())
    if found is None or ending not in downloads.ENDINGS:
        raise Http404
    if isinstance(found, Gone):
        return gone(request, found)
    with override(settings.LANGUAGE_CODE):  # 公文是中文的，不随界面的语言
        citation, validity = _citation(found), words.validity(found.validity)
        if found.validity_on and validity:
            validity = _("%(validity)s（自%(day)s起）") % {"validity": validity, "day": worded(found.validity_on)}
        told = [(label, words.plain(value)) for key, label, value in _metadata(found) if key not in PRINTED]
    said = validity if found.validity in {"amended", "repealed", "lapsed"} else ""
    return sent(
        request, f"{found.title[:80]}.{ending}", downloads.ENDINGS[ending], downloads.digest(found, ending, citation),
        lambda: downloads.made(found, ending, citation, told, said),
    )  # fmt: skip


def report(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """A published annual report in one of its formats."""
    found = public.item(number, timezone.localdate())
    if isinstance(found, Gone):
        return gone(request, found)
    data = reports.data_of(found) if found is not None else None
    if found is None or data is None or ending not in reports.MEDIA_TYPES or reports.load(data.digest) is None:
        raise Http404
    return sent(request, f"{found.title[:80]}.{ending}", reports.MEDIA_TYPES[ending], f"{data.digest[:24]}-{ending}", lambda: reports.written(data.digest, ending) or b"")


def sent(request: HttpRequest, name: str, media_type: str, tag: str, make: Callable[[], bytes], attachment: bool = True) -> HttpResponse:
    """A file with headers that let no browser run it; 304 where the reader has it already, without making it."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    response = revalidated(request, HttpResponse(content_type=media_type), tag)
    if response.status_code == 304:
        return response
    try:
        response.content = make()
    except (StorageFailed, Unwritable) as failed:
        return errors.page(request, 503, what=failed.zh, do=_("请稍后再试，或者向公布这一信息的机关索取。"))
    sending.guard(response, name, inline=not attachment)
    return response
