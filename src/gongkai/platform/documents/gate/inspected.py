"""Inspected: what a look into a file gives."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from gongkai.formats.limits import Limits, read_member
from gongkai.platform.documents.sentence import Sentence

from . import rules
from .finding import Hit, masked_name

_PROGRAMS: Final = re.compile(
    r"^(?:python-docx|openpyxl|xlsxwriter|wps|wps office|administrator|admin|user|users|pc|owner|author|unknown|microsoft|microsoft office(?: user)?|windows user|"
    r"windows 用户|微软用户|微软中国|用户|作者|未定义|未知|匿名|apache poi|lenovo|hp|dell|asus|acer|think(?:pad)?|dreamsummit|雨林木风|番茄花园|深度技术|系统管理员|root|un-named|"
    r"libreoffice.*|adobe.*|typst.*|pdfium.*|acrobat.*|microsoft® .*|mc system|\d+|\W*)$", re.I
)  # fmt: skip
_ORGAN: Final = re.compile(
    r"(?:政府|委员会|[局厅部处办院所站队科室]|中心|公司|学校|大学|医院|集团|协会|联合会|银行|法院|检察院|管委会|街道|乡|镇|社区|村)$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A text and its place; with `places`, the place of each part from its first character on."""

    text: str
    place: Sentence
    by_line: bool = False
    places: Sequence[tuple[int, Sentence]] = ()


@dataclass(slots=True)
class Inspected:
    """The texts of a file in order, and what is wrong with the file itself."""

    texts: list[Said]
    hits: list[Hit] = field(default_factory=list)


def package(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def part(archive: zipfile.ZipFile, name: str, limits: Limits) -> etree._Element | None:
    """An XML part of a package; nothing where there is none or it cannot be read."""
    if name not in archive.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(read_member(archive, name, limits), parser)
    except etree.XMLSyntaxError:
        return None


def local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def named(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The elements of that name, whatever their namespace."""
    if root is not None:
        yield from root.iter(f"{{*}}{name}")


def said_in(element: etree._Element, name: str = "t") -> str:
    return "".join(found.text or "" for found in named(element, name))


def authors(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Hit]:
    """The persons that an office file's properties name."""
    core, app = part(archive, "docProps/core.xml", limits), part(archive, "docProps/app.xml", limits)
    for root, name, what, what_en in (
        (core, "creator", "作者", "author"), (core, "lastModifiedBy", "最后保存者", "last saved by"), (app, "Manager", "经理", "manager"),
    ):  # fmt: skip
        for element in named(root, name):
            yield from author(element.text or "", what, what_en)


def author(text: str, what: str, what_en: str) -> Iterator[Hit]:
    """A property that names a person: no program, no organ."""
    name = " ".join(text.split())
    if name and not _PROGRAMS.match(name) and not _ORGAN.search(name):
        shown = masked_name(name)
        yield Hit(rules.AUTHOR, excerpt=shown, key=f"{what}{shown}", facts={"what": what, "name": shown})
