"""What is told of an item when it is drafted, and what actions and queries hand out: plain frozen values."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date

from .choices import Access, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The fields that an editor fills in."""

    title: str
    kind: Kind | str
    formed_on: date | None  # 生成日期
    summary: str = ""
    body: str = ""
    document_number: str = ""
    category: str = ""
    topic: str = ""
    keywords: str = ""
    effective_on: date | None = None
    expires_on: date | None = None  # 限时公开的最后一日
    co_makers: tuple[str, ...] = ()
    source: str = ""
    access: Access | str = Access.PROACTIVE
    ground: str = ""  # 不予公开的情形
    ground_note: str = ""
    changed_on: date | None = None  # 变更之日（第二十六条）

    @property
    def digest(self) -> str:
        """SHA-256 over all fields in a canonical form: equal exactly when everything that was typed is equal."""
        told = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()


FIELDS: dict[str, tuple[str, str]] = {
    "title": ("标题", "Title"),
    "summary": ("内容概述", "Summary"),
    "body": ("正文", "Text"),
    "document_number": ("文号", "Document number"),
    "kind": ("体裁", "Kind"),
    "category": ("法定主动公开内容", "Statutory category"),
    "topic": ("主题分类", "Topic"),
    "keywords": ("主题词", "Keywords"),
    "formed_on": ("生成日期", "Formed on"),
    "effective_on": ("施行日期", "Effective on"),
    "expires_on": ("公开期限至", "Public until"),
    "co_makers": ("联合制发机关", "Co-makers"),
    "source": ("信息来源", "Source"),
    "access": ("公开属性", "Access"),
    "ground": ("不予公开的情形", "Exemption"),
    "ground_note": ("不予公开的说明", "Why it is withheld"),
    "changed_on": ("变更日期", "Changed on"),
}
assert set(FIELDS) == {field.name for field in fields(Draft)}


def changed_fields(old: Draft, new: Draft) -> tuple[str, ...]:
    """The names of the fields that differ."""
    return tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))
