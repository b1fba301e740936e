"""An uploaded Word template: what in it would not work, said all at once. The file itself has passed documents.intake before."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

import docx
from django.utils.translation import gettext as _

from gongkai.law import letters as law

from .contents import demanded, places
from .fields import placeholders
from .filling import PLACE, W, first_foot, names_in, text_of

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_PARAGRAPHS: Final = 600
_BRACES: Final = re.compile(r"\{\{|\}\}")
_FIELD: Final = re.compile(r"^\s*(?:PAGE|NUMPAGES)\b")
_FIXED: Final = re.compile(r"\{\{[^{}]*\}\}")


def problems(key: str, data: bytes) -> list[str]:
    """Why this file cannot be the template of this letter; empty when it can."""
    if len(data) > MOST_BYTES:
        return [_("模板有 %(size).1f MB，最多 2 MB；请去掉图片等。") % {"size": len(data) / 1024 / 1024}]
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile):
        return [_("文件打不开；请用 Word 另存为 .docx 再上传。")]
    body = document.element.body
    paragraphs = list(body.iter(f"{W}p"))
    if len(paragraphs) > MOST_PARAGRAPHS:
        return [_("模板有 %(n)s 段，最多 %(most)s 段。") % {"n": len(paragraphs), "most": MOST_PARAGRAPHS}]
    texts = [text_of(each) for each in (*paragraphs, *first_foot(document))]
    return [*_foreign(body), *_elsewhere(document), *_names(key, texts), *_said(key, "".join(texts)), *_mixed(paragraphs)]


def _names(key: str, texts: list[str]) -> Iterator[str]:
    """Unknown names, lacking names, braces that do not close."""
    known = placeholders(key)
    allowed = {*known, *(f"{name}.{column}" for name, columns in known.items() for column in columns)}
    used = {name for text in texts for name in names_in(text)}
    unknown, lacking = sorted(used - allowed), sorted(places(key) - used)
    if unknown:
        yield _("模板里有不认识的字段：%(names)s。可以用的字段见下载的模板。") % {"names": "、".join(f"{{{{{name}}}}}" for name in unknown)}
    if lacking:
        title = law.BY_KEY[key].title
        yield _("%(title)s必须有的字段缺少：%(names)s。") % {"title": title, "names": "、".join(f"{{{{{name}}}}}" for name in lacking)}
    broken = [text for text in texts if _BRACES.search(PLACE.sub("", text))]
    if broken:
        yield _("字段的括号不成对，或者名称里有空格、标点：%(text)s") % {"text": "；".join(text[:40] for text in broken[:3])}


def _said(key: str, whole: str) -> Iterator[str]:
    """The fixed words that the law wants in this letter (后果、义务的告知)."""
    plain = re.sub(r"\s", "", whole)
    for item, words in demanded(key).items():
        lacking = [word for word in words if not _FIXED.fullmatch(word) and re.sub(r"\s", "", word) not in plain]
        if lacking:
            yield _("缺少“%(item)s”：模板里应有“%(words)s”。") % {"item": item, "words": "”“".join(lacking)}


def _mixed(paragraphs: list[Any]) -> Iterator[str]:
    """One paragraph, or one table row, can be repeated for one kind of rows only."""
    units = [text_of(each) for each in paragraphs if next(each.iterancestors(f"{W}tr"), None) is None]
    rows = {row for each in paragraphs for row in each.iterancestors(f"{W}tr")}
    units += ["".join(text_of(each) for each in row.iter(f"{W}p")) for row in rows]
    for text in units:
        kinds = {name.partition(".")[0] for name in names_in(text) if "." in name}
        if len(kinds) > 1:
            yield _("同一段（同一行）里不能有两种逐项重复的字段：%(names)s。") % {"names": "、".join(sorted(kinds))}


_FOREIGN: Final = (
    ("ins del moveFrom moveTo", "修订痕迹", "请先接受或者拒绝全部修订"),
    ("commentReference commentRangeStart", "批注", "请删除批注"),
    ("drawing pict object", "图片、文本框或者嵌入的对象", "请去掉；电子印章和版头由平台处理"),
    ("altChunk", "插入的其他文件", "请改为直接写在模板里"),
    ("numPr", "自动编号", "请改为直接输入编号，逐项重复的用 {{….序号}}"),
    ("footnoteReference endnoteReference", "脚注、尾注", "请写进正文"),
    ("framePr", "图文框", "请改为普通段落"),
)


def _foreign(body: Any) -> Iterator[str]:
    """What Word can do and a letter must not: it would be lost in the PDF, or hide something."""
    for tags, what, advice in _FOREIGN:
        if any(next(body.iter(f"{W}{tag}"), None) is not None for tag in tags.split()):
            yield _("模板里有%(what)s：%(advice)s。") % {"what": what, "advice": advice}
    if any(node.find(f"{W}rPr/{W}vanish") is not None for node in body.iter(f"{W}r")):
        yield _("模板里有隐藏文字：请删除，或者取消隐藏。")
    codes = ["".join(node.itertext()) for node in body.iter(f"{W}instrText")]
    codes += [str(node.get(f"{W}instr") or "") for node in body.iter(f"{W}fldSimple")]
    if any(code.strip() and not _FIELD.match(code) for code in codes):
        yield _("模板里有 Word 的域（如邮件合并、链接）：请改为普通文字和 {{字段}}。")


def _elsewhere(document: Any) -> Iterator[str]:
    """Placeholders where they are not filled."""
    for section in document.sections:
        for part in (
            section.header, section.footer, section.first_page_header, section.even_page_header, section.even_page_footer,
        ):  # fmt: skip
            if not part.is_linked_to_previous and any(_BRACES.search(text_of(each)) for each in part._element.iter(f"{W}p")):
                yield _("页眉、页脚里的字段不会填写（首页页脚除外）；请移到正文。")
                return
