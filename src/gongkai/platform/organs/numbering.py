"""Index numbers (索引号): the pattern that an organ sets, checked, and the number made from it.

The national form is twenty characters: 组织机构代码 / year - serial. Others are in use, so the pattern is the organ's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter

from django.utils.translation import gettext as _

DEFAULT_PATTERN = "{code}/{year}-{serial:05d}"
LENGTH = 60  # 与 catalogue 的索引号列同长
_FIELDS = {"code": "组织机构代码", "credit": "统一社会信用代码", "slug": "网址代号", "year": "年份", "month": "月份", "serial": "流水号"}
_SPECS = {"serial": re.compile(r"0[3-9]d"), "month": re.compile("02d")}


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a pattern may name of an organ."""

    code: str
    credit: str
    slug: str


def wrong_pattern(pattern: str) -> str:
    """Why this pattern cannot give index numbers; empty when it can."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return f"索引号格式的花括号不成对：{pattern}"
    named: list[str] = []
    for literal, name, spec, conversion in parts:
        if re.search(r"[^0-9A-Za-z一-鿿〔〕()（）./_\-]", literal):
            return _("索引号格式里的“%(literal)s”不能用；除花括号里的内容外，只用数字、字母、汉字和 / - _ . 〔〕。") % {"literal": literal}
        if name is None:
            continue
        if name not in _FIELDS or conversion:
            return f"索引号格式里没有“{{{name}}}”这一项；可用：" + "、".join(f"{{{key}}} {zh}" for key, zh in _FIELDS.items()) + "。"
        if not _SPECS.get(name, re.compile("")).fullmatch(spec or ""):
            return _("索引号格式里的“{%(name)s:%(spec)s}”不能用；流水号写成 {serial:05d}，月份写成 {month:02d}。") % {"name": name, "spec": spec}
        named.append(name)
    if named.count("serial") != 1 or "year" not in named:
        return _("索引号格式里须有一次年份 {year} 和一次流水号 {serial:05d}，编号才不会重复。")
    return ""


def missing(pattern: str, organ: Numbered) -> str:
    """What the pattern names and the organ does not have."""
    named = {name for _, name, _, _ in Formatter().parse(pattern) if name}
    for key in ("code", "credit", "slug"):
        if key in named and not getattr(organ, key):
            return _("索引号格式用到%(fields)s，而本机关没有填写。") % {"fields": _(_FIELDS[key])}
    longest = index_number(pattern, organ, 2000, 12, 99999)
    return _("照此格式，索引号有 %(n)s 个字符，超过 %(length)s 个。") % {"n": len(longest), "length": LENGTH} if len(longest) > LENGTH else ""


def index_number(pattern: str, organ: Numbered, year: int, month: int, serial: int) -> str:
    """The number itself."""
    return pattern.format(code=organ.code, credit=organ.credit, slug=organ.slug, year=year, month=month, serial=serial)


def stem(pattern: str, organ: Numbered) -> str:
    """The pattern with the organ filled in: two organs with the same stem would give the same numbers."""
    kept = {"year": "{year}", "month": "{month}", "serial": "{serial}"}
    out = []
    for literal, name, _spec, _conversion in Formatter().parse(pattern):
        out.append(literal)
        if name:
            out.append(kept.get(name) or getattr(organ, name))
    return "".join(out)
