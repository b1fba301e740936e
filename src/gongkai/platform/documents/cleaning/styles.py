"""Styles: what an element's attributes say of its look, as far as it means something (Word and WPS say much more)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from gongkai.platform.documents.body import Align

_TAGS: Final = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
    "u": "u", "sub": "sub", "sup": "sup", "s": "s", "strike": "s", "del": "s",
}  # fmt: skip
_DECLARATION: Final = re.compile(r"([\w-]+)\s*:\s*((?:[^;\"']|\"[^\"]*\"|'[^']*')*)")
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?:;|$|!)",
    re.I,
)
_LISTED: Final = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d+)", re.I)
_OUTLINE: Final = re.compile(r"mso-outline-level\s*:\s*([1-9])", re.I)
_SIDES: Final[dict[str, Align]] = {
    "center": "center",
    "middle": "center",
    "-webkit-center": "center",
    "right": "right",
    "end": "right",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks at some place: what the elements around it add up to."""

    marks: frozenset[str] = frozenset()
    href: str = ""
    align: Align = ""
    font: str = ""  # "hei" or "kai" where the source names one of these
    level: int = 0
    listed: int = 0  # the level of Word's list that the paragraph belongs to


def hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether the source keeps the element out of sight."""
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def is_marker(attributes: Mapping[str, str | None]) -> bool:
    """Whether the element is the mark that Word puts before a list's item."""
    return bool(re.search(r"mso-list\s*:\s*ignore", attributes.get("style") or "", re.I))


def deleted(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Text struck out by Word's tracked changes; struck out by hand it says when or by whom nowhere."""
    return tag == "del" and (
        "cite" in attributes or "datetime" in attributes or "msodel" in (attributes.get("class") or "").lower()
    )


def inline(look: Look, tag: str, attributes: Mapping[str, str | None]) -> Look:
    """The look within an inline element."""
    marks = set(look.marks)
    if tag in _TAGS:
        marks.add(_TAGS[tag])
    said = _said(attributes)
    weight = said.get("font-weight", "")
    if weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600):
        marks.add("strong")
    elif weight in ("normal", "lighter") or (weight.isdecimal() and int(weight) < 600):
        marks.discard("strong")
    if said.get("font-style", "") in ("italic", "oblique"):
        marks.add("em")
    elif said.get("font-style") == "normal":
        marks.discard("em")
    decoration = said.get("text-decoration", "") + said.get("text-decoration-line", "") + said.get("text-underline", "")
    if "underline" in decoration or "single" in decoration:
        marks.add("u")
    if "line-through" in decoration:
        marks.add("s")
    place = said.get("vertical-align", "")
    if place in ("super", "sub"):
        marks.add("sup" if place == "super" else "sub")
    if "sub" in marks and "sup" in marks:
        marks.discard("sub" if place == "super" or tag == "sup" else "sup")
    return replace(look, marks=frozenset(marks), font=_font(attributes, said) or look.font)


def block(look: Look, tag: str, attributes: Mapping[str, str | None]) -> Look:
    """The look within a paragraph or a part of the page."""
    said = _said(attributes)
    names = (attributes.get("class") or "").lower().split()
    align = look.align
    told = said.get("text-align") or (attributes.get("align") or "").strip().lower()
    if tag == "center":
        align = "center"
    elif told:
        align = _SIDES.get(told, "")
    else:
        align = next((_SIDES[name[6:]] for name in names if name.startswith("align-") and name[6:] in _SIDES), align)
    style = attributes.get("style") or ""
    outline, listed = _OUTLINE.search(style), _LISTED.search(style)
    level = int(outline[1]) if outline and not listed else 1 if "msotitle" in names else look.level
    inner = inline(look, "", attributes)
    return replace(inner, align=align, level=level, listed=min(int(listed[1]), 9) if listed else 0)


def _said(attributes: Mapping[str, str | None]) -> dict[str, str]:
    style = attributes.get("style")
    if not style:
        return {}
    return {
        name.lower(): value.strip().lower().removesuffix("!important").strip()
        for name, value in _DECLARATION.findall(style[:4000])
    }


def _font(attributes: Mapping[str, str | None], said: Mapping[str, str]) -> str:
    names = f"{said.get('font-family', '')} {said.get('mso-fareast-font-family', '')} {(attributes.get('face') or '').lower()}"
    if "黑体" in names or "simhei" in names:
        return "hei"
    if "楷" in names or "kaiti" in names:
        return "kai"
    return "other" if names.strip() else ""
