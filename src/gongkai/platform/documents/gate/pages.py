"""Pages: PDF — the text of each page, text under covers, pages that are pictures only, annotations, the author."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as raw

from gongkai.formats.alone import alone
from gongkai.formats.limits import Limits, check_time, damaged, encrypted
from gongkai.platform.documents.sentence import Sentence

from . import rules
from .finding import Hit
from .inspected import Inspected, Said, author

_MARKUP: Final = frozenset(
    (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 28)
)  # notes, free text, lines, highlights, ink, redactions; no seals
_COVERS: Final = frozenset((4, 5, 6, 28))  # of them what can lie over text: boxes, circles, lines, redactions
_FEW: Final = 3  # covered characters that may be a slip of the layout
_MANY: Final = 4000  # objects of a page beyond which it is a drawing
_SPACED: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9] ){10,18}[0-9Xx](?![0-9A-Za-z])(?! [0-9] )"
)  # a number set with wide letters
_THIN: Final = 4.0  # points: a line of a table covers nothing
_WHOLE: Final = 0.8  # of a page: a picture as large is a scan with its text layer below, not a cover

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class _Painted:
    """Something painted over a part of the page, and when."""

    order: int
    box: Box
    light: float  # 0 black, 1 white; -1 a picture


@alone
def inspect(data: bytes, limits: Limits) -> Inspected:
    seen = Inspected([])
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise encrypted() if "password" in str(error).lower() else damaged("pdf") from error
    deadline = limits.deadline()
    empty: list[int] = []
    marks = 0
    try:
        for number in range(1, min(len(document), limits.pages) + 1):
            check_time(deadline)
            page = document[number - 1]
            text_page = page.get_textpage()
            text = _SPACED.sub(
                lambda held: held[0].replace(" ", ""),
                text_page.get_text_range().replace("\r\n", "\n").replace("\ufffe", ""),
            )
            place = Sentence(f"第 {number} 页", f"page {number}")
            if text.strip():
                seen.texts.append(Said(text, place))
                seen.hits.extend(_covered(page, text_page, place))
            elif _has_pictures(page):
                empty.append(number)
            marks += sum(1 for kind, _ in _annotations(page) if kind in _MARKUP)
            text_page.close()
            page.close()
        for key, what, en in (("Author", "作者", "author"),):
            seen.hits.extend(author(document.get_metadata_value(key), what, en))
        if len(document) > limits.pages:
            rest = {"reason": f"共 {len(document)} 页，只检查了前 {limits.pages} 页。"}
            seen.hits.append(Hit(rules.UNCHECKED, key="pages", facts=rest))
    finally:
        document.close()
    if empty:
        some = "、".join(map(str, empty[:8])) + ("等" if len(empty) > 8 else "")
        seen.hits.append(
            Hit(
                rules.SCAN,
                key=some,
                facts={"pages": f"第 {some} 页", "pages_en": f"Page {', '.join(map(str, empty[:8]))}"},
            )
        )
    if marks:
        seen.hits.append(Hit(rules.ANNOTATIONS, key=str(marks), facts={"count": marks}))
    return seen


def _has_pictures(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def _covered(page: Any, text_page: Any, place: Sentence) -> Iterator[Hit]:
    """Characters with a cover painted over them after they were set, or in the colour of their ground."""
    painted, orders = _painted(page)
    if painted is None:
        return
    under = white = 0
    for index in range(text_page.count_chars()):
        box = _char(text_page, index)
        if box is None:
            continue
        handle = raw.FPDFText_GetTextObject(text_page, index)
        order = orders.get(_address(handle), -1)
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        over = [one for one in painted if _holds(one.box, middle)]
        later = [one for one in over if one.order > order >= 0]
        light = _light(handle) if handle else None
        if later:
            under += 1
        elif light is not None and raw.FPDFTextObj_GetTextRenderMode(handle) != 3:
            grounds = [one for one in over if one.order <= order]
            ground = max(grounds, key=lambda one: one.order).light if grounds else 1.0
            if ground >= 0 and abs(light - ground) < 0.06:
                white += 1
    if under > _FEW:
        yield Hit(rules.COVERED, place, key=f"{place.en}{under}", facts={"count": under})
    if white > _FEW:
        yield Hit(
            rules.HIDDEN_TEXT,
            place,
            key=f"{place.en}{white}",
            facts={"how": f"与底色相同，{white} 个字", "how_en": f"in the colour of its ground, {white} characters"},
        )


def _painted(page: Any) -> tuple[list[_Painted] | None, dict[int, int]]:
    """What is painted on the page, in order, and the order of each piece of text."""
    painted: list[_Painted] = []
    orders: dict[int, int] = {}
    width, height = page.get_size()
    for order, thing in enumerate(page.get_objects(max_depth=1)):
        if order > _MANY:
            return None, {}
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            orders[_address(thing.raw)] = order
        elif thing.type == raw.FPDF_PAGEOBJ_PATH:
            light = _light(thing.raw) if _is_filled(thing.raw) else None
            box = thing.get_bounds() if light is not None and (light < 0.25 or light > 0.95) else None
            if light is not None and box and min(box[2] - box[0], box[3] - box[1]) > _THIN:
                painted.append(_Painted(order, box, light))
        elif thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            box = thing.get_bounds()
            if (box[2] - box[0]) * (box[3] - box[1]) < _WHOLE * width * height and not raw.FPDFPageObj_HasTransparency(
                thing.raw
            ):  # a seal is no cover
                painted.append(_Painted(order, box, -1.0))
    painted += [_Painted(_MANY + 1, box, 0.0) for kind, box in _annotations(page) if kind in _COVERS and box]
    return painted, orders


def _is_filled(thing: Any) -> bool:
    mode, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    return bool(raw.FPDFPath_GetDrawMode(thing, mode, stroke)) and mode.value != raw.FPDF_FILLMODE_NONE


def _light(thing: Any) -> float | None:
    """How light the fill is; none where it lets what lies below shine through."""
    red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(thing, red, green, blue, opaque) or opaque.value < 200:
        return None
    return (0.299 * red.value + 0.587 * green.value + 0.114 * blue.value) / 255


def _char(text_page: Any, index: int) -> Box | None:
    code = raw.FPDFText_GetUnicode(text_page, index)
    if code <= 32 or raw.FPDFText_IsGenerated(text_page, index) == 1:
        return None
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _annotations(page: Any) -> Sequence[tuple[int, Box | None]]:
    """Each annotation: its kind and where it lies, where its inside is painted."""
    found = []
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        rect = raw.FS_RECTF()
        red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
        inside = raw.FPDFAnnot_GetColor(annotation, raw.FPDFANNOT_COLORTYPE_InteriorColor, red, green, blue, opaque)
        shown = raw.FPDFAnnot_GetRect(annotation, rect) and (inside or kind == 28)
        found.append((kind, (rect.left, rect.bottom, rect.right, rect.top) if shown else None))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
