"""Relations: what a part of an office document points to, and which of that lies outside of it."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from gongkai.formats.writing.archive import member, settled

from .verdict import Refusal, damaged, embedded, external

_HARMLESS: Final = re.compile(r"(?:https?|mailto|tel):|#|[^:/\\]*$|[^:\\]*/[^:\\]*$", re.I)
_SETTINGS: Final = ("word/settings.xml", "word/_rels/settings.xml.rels")
_KINDS: Final = {
    "attachedtemplate": ("模板", "a template"),
    "image": ("图片", "a picture"),
    "video": ("视频", "a video"),
    "audio": ("声音", "a sound"),
    "media": ("音视频", "sound or video"),
    "frame": ("网页", "a page"),
    "subdocument": ("子文档", "a document"),
    "externallinkpath": ("其他工作簿", "another workbook"),
}


def check_relations(content: bytes) -> bool:
    """Refuse what leads outside, links that a person clicks apart. True: a template on somebody's disk is named."""
    local = False
    for relation in _parsed(content):
        kind = relation.get("Type", "").rpartition("/")[2].lower()
        target = relation.get("Target", "")
        if kind in ("oleobject", "control", "vbaproject", "activexcontrol"):
            raise embedded("对象（OLE 或控件）", "an object (OLE or a control)")
        if relation.get("TargetMode") != "External":
            if re.match(r"\s*(?:[a-z][a-z0-9+.-]+:|//|\\\\)", target, re.I):
                raise _outside(kind)
            continue
        if kind == "hyperlink":
            if not _HARMLESS.match(target.strip()) and not re.match(r"file:|[a-z]:[\\/]", target.strip(), re.I):
                raise external("链接指向的程序", "a program behind a link")
        elif kind == "attachedtemplate" and _on_disk(target):
            local = True
        elif kind not in (
            "externallinkpath",
            "externallinklong",
            "xlpathmissing",
            "xlexternallinkpath",
        ) or not _on_disk(target):
            raise _outside(kind)
    return local


def _outside(kind: str) -> Refusal:
    zh, en = _KINDS.get(kind, ("内容", "content"))
    return external(zh, en)


def _on_disk(target: str) -> bool:
    """A path of the writer's own machine, which is not there on another; a host or a share is somewhere."""
    target = target.strip()
    if re.match(r"file:///(?:[a-z](?:[:|]|%3a)|/?(?:users|home)/)", target, re.I) or re.match(
        r"[a-z]:[\\/]", target, re.I
    ):
        return True
    return not re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\|[\\/]", target, re.I)


def _parsed(content: bytes) -> list[etree._Element]:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged("压缩格式的", "zipped") from error
    return [child for child in root if isinstance(child.tag, str)]


def without_local_template(data: bytes) -> bytes:
    """The document less the path of its template, in its settings and in their relations."""
    settings, relations = (etree.fromstring(member(data, name)) for name in _SETTINGS)
    for element in list(settings):
        if isinstance(element.tag, str) and element.tag.endswith("}attachedTemplate"):
            settings.remove(element)
    for relation in list(relations):
        if relation.get("Type", "").lower().endswith("/attachedtemplate"):
            relations.remove(relation)
    made = (
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) for root in (settings, relations)
    )
    return settled(data, dict(zip(_SETTINGS, made, strict=True)))
