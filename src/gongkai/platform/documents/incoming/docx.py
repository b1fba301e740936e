"""DOCX: a Word file turned into clean HTML by mammoth, after it was prepared and its headings were named."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

import mammoth

from gongkai.formats import doc
from gongkai.formats.limits import DEFAULT, Limits, damaged
from gongkai.platform.documents.cleaning import clean
from gongkai.platform.documents.intake import Refused, examine
from gongkai.platform.documents.sentence import Sentence

from .prepared import Prepared, prepare
from .result import Incoming, Picture

_STYLES: Final = """
p.GongkaiH2 => h2:fresh
p.GongkaiH3 => h3:fresh
p.GongkaiH4 => h4:fresh
p.GongkaiCenter => p.align-center:fresh
p.GongkaiRight => p.align-right:fresh
p.GongkaiText => p:fresh
u => u
"""
_BACK: Final = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>')
_PICTURES: Final = 200


def from_docx(data: bytes, limits: Limits = DEFAULT) -> Incoming:
    """The document's text as clean HTML. Raises `gongkai.formats.Unreadable` for a file that cannot be read."""
    prepared = prepare(data, limits)
    pictures = _Pictures(limits)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(prepared.data), style_map=_STYLES, include_embedded_style_map=False,
            external_file_access=False, convert_image=mammoth.images.img_element(pictures.take),
        )  # fmt: skip
    except Exception as error:  # mammoth raises whatever a broken file makes it stumble over
        raise damaged("docx") from error
    html = clean(_BACK.sub("", result.value), placeholders=True)
    found = prepared.found
    return Incoming(found.title, found.number, html, tuple(pictures.taken), (*_notes(prepared), *pictures.notes))


def from_doc(data: bytes, limits: Limits = DEFAULT) -> Incoming:
    """An old Word file, turned into DOCX by LibreOffice first."""
    taken = from_docx(doc.to_docx(data, limits), limits)
    note = Sentence(
        "这是旧版 .doc 文件，已转换后读取；请核对表格和编号。",
        "An old .doc file, converted before it was read; check its tables and numbers.",
    )
    return replace(taken, notes=(note, *taken.notes))


@dataclass(slots=True)
class _Pictures:
    """The pictures met in the text, each examined as any upload is."""

    limits: Limits
    taken: list[Picture] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)

    def take(self, image: Any) -> dict[str, str]:
        with image.open() as stream:
            data = stream.read(self.limits.size + 1)
        seen = examine("", data, self.limits)
        number = len(self.taken) + 1
        if isinstance(seen, Refused) or not seen.media_type.startswith("image/") or number > _PICTURES:
            self.notes.append(Sentence(
                "有一张图片未能收入（不是 png、jpg、gif，或已损坏），请在原文件中另存为 png 后重新插入。",
                "One picture was not taken (no png, jpg or gif, or damaged); save it as png in the file and insert it again.",
            ))  # fmt: skip
            return {"src": "", "alt": ""}
        alt = " ".join((image.alt_text or "").split())
        self.taken.append(Picture(f"图{number}.{seen.extension}", seen.data, seen.media_type, alt))
        return {"src": f"picture:{number - 1}"}


def _notes(prepared: Prepared) -> list[Sentence]:
    """What was left out, and what should be looked at."""
    notes = []
    found = prepared.found
    if prepared.changes:
        notes.append(Sentence(
            f"文档有 {prepared.changes} 处修订没有接受或拒绝：删除的文字未收入，插入的文字已收入，请逐处核对。",
            f"The document has {prepared.changes} tracked changes: deleted text was left out, inserted text taken in; check each.",
        ))  # fmt: skip
    if prepared.comments:
        notes.append(
            Sentence(
                f"文档有 {prepared.comments} 条批注，未收入正文。",
                f"The document has {prepared.comments} comments, which were left out.",
            )
        )
    if prepared.hidden:
        notes.append(
            Sentence(
                f"文档有 {prepared.hidden} 处隐藏文字，未收入正文。",
                f"The document has hidden text in {prepared.hidden} places, which was left out.",
            )
        )
    if found.red_head:
        notes.append(
            Sentence(
                f"版头“{found.red_head}”未收入正文。", f"The red head ({found.red_head}) was left out of the text."
            )
        )
    if found.number_mended:
        notes.append(
            Sentence(
                f"发文字号已按规范写为“{found.number}”，请核对。",
                f"The document number was written by the rule as {found.number}; check it.",
            )
        )
    if not found.title:
        notes.append(Sentence("没有认出标题，请自行填写。", "No title was recognised; fill it in."))
    return notes
