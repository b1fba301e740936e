"""The page of an item, its files and downloads, and what stands where it is gone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from gongkai.platform.catalogue import storage
from gongkai.platform.catalogue.queries import public
from gongkai.platform.catalogue.queries.public import Gone, PublicItem, PublicLink
from gongkai.platform.pages.templatetags.pages import day, validity_badge
from gongkai.platform.portal import addresses, columns, downloads, reports, words
from gongkai.platform.portal.caching import public_page, revalidated

from .lists import trail

_PICTURE = re.compile(r'(?P<before><img\s[^>]*?src=")/files/(?P<item>\d{1,18})/(?P<number>\d{1,9})(?:/[^"]*)?(?P<after>"[^>]*>)')
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
SAFE = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}


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
    family = public.family(found.organ)
    column = "reports" if found.kind == "report" else "guide" if found.kind == "guide" else "rules" if found.kind == "regime" else "statutory"
    data = reports.data_of(found)
    context = {
        "item": found,
        "organ": found.organ,
        "crumbs": [*trail(family, found.organ), ("", words.kind(found.kind))],
        "entries": columns.navigation(found.organ, column),
        "metadata": _metadata(found),
        "body": mark_safe(_with_pictures(found)),  # 入库前已按白名单清洗（documents.cleaning）
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


def _with_pictures(found: PublicItem) -> str:
    """The text, its pictures under their public addresses; a picture that is no file of this version goes."""
    files = {file.number: file for file in found.files}

    def shown(image: re.Match[str]) -> str:
        item, number = int(image["item"]), int(image["number"])
        if item != found.id or number not in files:
            return ""
        return image["before"] + addresses.file(item, number, files[number].name) + image["after"]

    return _PICTURE.sub(shown, found.body)


def _metadata(found: PublicItem) -> list[tuple[str, object]]:
    """目录元数据 in the official order; what is empty is not printed."""
    rows: tuple[tuple[str, object], ...] = (
        (_("索引号"), found.index_number),
        (_("主题分类"), found.topic),
        (_("发布机构"), found.makers[0] if found.makers else found.organ.name),
        (_("联合制发"), "、".join(found.makers[1:])),
        (_("生成日期"), day(found.formed_on)),
        (_("文号"), found.document_number),
        (_("有效性"), validity_badge(found.validity, words.validity(found.validity))),
        (_("发布日期"), day(found.published_at)),
        (_("公开类别"), words.category(found.category)),
        (_("体裁"), words.kind(found.kind)),
        (_("主题词"), found.keywords),
        (_("施行日期"), day(found.effective_on)),
        (_("公开期限"), day(found.expires_on) if found.expires_on else ""),
        (_("信息来源"), found.source),
    )
    return [(label, value) for label, value in rows if value]


_HEADINGS = (
    ("interprets", False, "解读材料"), ("interprets", True, "解读的文件"), ("based_on", True, "制定依据"), ("based_on", False, "据此制定的文件"),
    ("amends", True, "本件修改的文件"), ("repeals", True, "本件废止的文件"), ("related", True, "相关信息"),
)  # fmt: skip


def _related(found: PublicItem) -> list[Related]:
    """Links under their headings, both ways; what amends or repeals this one stands in the banner instead."""
    groups = []
    for kind, outgoing, heading in _HEADINGS:
        links = tuple(link for link in found.links if link.kind == kind and (link.outgoing == outgoing or kind == "related"))
        if links:
            groups.append(Related(_(heading), links))
    return groups


def _changes(links: tuple[PublicLink, ...]) -> list[tuple[str, PublicLink]]:
    said = {"amends": _("修改本件的文件"), "repeals": _("废止本件的文件")}
    return [(said[link.kind], link) for link in links if not link.outgoing and link.kind in said]


def _versions(found: PublicItem) -> list[tuple[str, object]]:
    said = {"published": _("首次公开"), "republished": _("修改后重新公开")}
    return [(said.get(version.what) or _("标注为“%(validity)s”") % {"validity": words.validity(version.what)}, version.at) for version in found.versions]


def _citation(found: PublicItem) -> str:
    """One line to quote it by: who, what, number, when, where."""
    makers = "、".join(found.makers) or found.organ.name
    number = f"（{found.document_number}）" if found.document_number else ""
    published = date_format(timezone.localtime(found.published_at), "Y-m-d")
    return f"{makers}：《{found.title}》{number}，{_('索引号')} {found.index_number}，{published} {_('发布')}，{addresses.absolute(addresses.item(found.id))}"


def file(request: HttpRequest, number: int, which: int, name: str) -> HttpResponse:
    """A file of the published version, exactly as it was checked in; never run, never sniffed."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    found = public.file(number, which, timezone.localdate())
    if found is None or found.name != name:
        raise Http404
    response = HttpResponse(storage.read(found.digest), content_type=found.media_type)
    return _as_file(request, response, found.name, found.digest, attachment=found.media_type not in PICTURES)


def _as_file(request: HttpRequest, response: HttpResponse, name: str, digest: str, attachment: bool = True) -> HttpResponse:
    for header, value in SAFE.items():
        response.headers[header] = value
    response.headers["Content-Disposition"] = content_disposition_header(attachment, name) or "attachment"
    return revalidated(request, response, digest[:32])


def document(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """The item as an official document: DOCX or PDF, made from what is public now."""
    found = public.item(number, timezone.localdate())
    if found is None or ending not in downloads.ENDINGS:
        raise Http404
    if isinstance(found, Gone):
        return gone(request, found)
    made = downloads.made(found, ending)
    response = HttpResponse(made.data, content_type=downloads.ENDINGS[ending])
    return _as_file(request, response, f"{found.title[:80]}.{ending}", made.digest)


def report(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """A published annual report in one of its formats."""
    found = public.item(number, timezone.localdate())
    if isinstance(found, Gone):
        return gone(request, found)
    data = reports.data_of(found) if found is not None else None
    if found is None or data is None or ending not in reports.MEDIA_TYPES:
        raise Http404
    written = reports.written(data.digest, ending)
    if written is None:
        raise Http404
    response = HttpResponse(written, content_type=reports.MEDIA_TYPES[ending])
    return _as_file(request, response, f"{found.title[:80]}.{ending}", f"{data.digest[:24]}-{ending}")


