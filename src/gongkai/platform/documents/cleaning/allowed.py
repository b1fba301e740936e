"""Allowed: what may stand in the HTML of an official document, and nothing else."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

import nh3

TAGS: Final = frozenset(
    (
        *("p", "h2", "h3", "h4", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td"),
        *("strong", "em", "u", "s", "sub", "sup", "blockquote", "a", "img", "br", "hr"),
    )
)
ATTRIBUTES: Final = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
CLASSES: Final = {"align-center", "align-right"}
_ALIGNED: Final = ("p", "h2", "h3", "h4", "td", "th")
_SCHEMES: Final = {"http", "https", "mailto", "tel"}
_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_OWN: Final = re.compile(r"/(?:desk/)?files/[\w.,()（）~%+@=/-]+(?:\?[\w=&.-]*)?")
_PLACEHOLDER: Final = re.compile(r"picture:\d{1,4}")
_BLANK: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")


def link(href: str) -> str:
    """The address if a person may be led there: the web, mail, telephone, or our own pages; else nothing."""
    if not href.strip().isprintable():
        href = re.sub(r"[\x00-\x1f\x7f]", "", href)  # browsers pass over them: java&#9;script:
    href = _BLANK.sub("%20", href.strip("".join(map(chr, range(33))) + "\x7f\xa0\u3000"))
    if href.startswith("//"):
        href = f"https:{href}"
    found = _SCHEME.match(href)
    if found:
        scheme, rest = found[0][:-1].lower(), href[found.end() :]
        if scheme not in _SCHEMES or (scheme.startswith("http") and not re.match(r"//[^/\\?#]", rest)):
            return ""
        return f"{scheme}:{rest}"
    if not href or href.startswith("#") or "\\" in href or ":" in re.split(r"[/?#]", href)[0]:
        return ""
    return href


def picture(src: str, *, placeholders: bool = False) -> str:
    """The address if it is one of our own files; else nothing."""
    src = src.strip()
    if placeholders and _PLACEHOLDER.fullmatch(src):
        return src
    parts = unquote(src.partition("?")[0]).split("/")
    outside = any(part in ("", ".", "..") for part in parts[1:]) or "\\" in unquote(src)
    return src if _OWN.fullmatch(src) and not outside else ""


def held(html: str, *, placeholders: bool = False) -> str:
    """The HTML held against the allow-list by nh3, whatever wrote it."""

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return link(value) or None
        if attribute == "src":
            return picture(value, placeholders=placeholders) or None
        return value

    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes=dict.fromkeys(_ALIGNED, CLASSES),
        attribute_filter=kept,
        url_schemes=_SCHEMES | ({"picture"} if placeholders else set()),
        link_rel=None,
    )
