"""What is told of an organ and of a person when they are entered or changed: plain values, cleaned and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from django.utils.translation import gettext as _

from . import calendars
from .codes import cleaned, wrong_credit_code, wrong_organ_code, wrong_together
from .numbering import DEFAULT_PATTERN, Numbered, missing, wrong_pattern

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{2,59}")
_IDENTITY_CARD = re.compile(r"\d{17}[\dx]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Guide:
    """What the guide must tell of the disclosure office (条例第十二条)."""

    office_name: str = ""
    office_address: str = ""
    office_hours: str = ""
    office_phone: str = ""
    office_fax: str = ""
    office_post: str = ""
    office_contact: str = ""


GUIDE_FIELDS = tuple(each.name for each in fields(Guide))
GUIDE_NEEDED = ("office_name", "office_address", "office_hours", "office_phone", "office_fax", "office_contact")  # 第十二条所列


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganFacts:
    """An organ as it is entered: parents by their ids."""

    name: str
    slug: str
    level: str
    kind: str
    short_name: str = ""
    code: str = ""
    credit_code: str = ""
    area_parent: int | None = None
    system_parent: int | None = None
    vertical: bool = False
    position: int = 100
    calendar: str = "cn"
    index_pattern: str = DEFAULT_PATTERN
    has_rule_making_power: bool = False

    def tidy(self) -> OrganFacts:
        name = _plain(self.name)
        return replace(
            self, name=name, short_name=_plain(self.short_name) or name, slug=self.slug.strip().lower(), code=cleaned(self.code),
            credit_code=cleaned(self.credit_code), calendar=self.calendar.strip(), index_pattern=self.index_pattern.strip(),
        )  # fmt: skip

    @property
    def numbered(self) -> Numbered:
        return Numbered(self.code, self.credit_code, self.slug)

    def faults(self, levels: frozenset[str], kinds: frozenset[str]) -> dict[str, str]:
        """Everything that can be said against it without looking at other organs, by field."""
        found = {
            "name": _wrong_length("机关全称", self.name, 2, 200),
            "short_name": _wrong_length("简称", self.short_name, 1, 100),
            "slug": "" if _SLUG.fullmatch(self.slug) and len(self.slug) <= 60 else _("网址代号只用小写字母、数字和连字符，如 shule-mzj；现为“%(slug)s”。") % {"slug": self.slug},
            "level": "" if self.level in levels else _("请选择层级。"),
            "kind": "" if self.kind in kinds else _("请选择机关类别。"),
            "code": wrong_organ_code(self.code) if self.code else "",
            "credit_code": wrong_credit_code(self.credit_code) if self.credit_code else "",
            "calendar": "" if self.calendar in calendars.names() else _("没有名为“%(calendar)s”的工作日历；现有：%(n)s。") % {"calendar": self.calendar, "n": _("、").join(calendars.names())},
            "index_pattern": wrong_pattern(self.index_pattern),
            "position": "" if 0 <= self.position <= 9999 else _("排序应为 0 至 9999 的整数。"),
        }
        found = {field: said for field, said in found.items() if said}
        if not found.keys() & {"code", "credit_code"} and (said := wrong_together(self.code, self.credit_code)):
            found["credit_code"] = said
        if "index_pattern" not in found and (said := missing(self.index_pattern, self.numbered)):
            found["index_pattern"] = said
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """A person as the administrator enters them. `identity` is what the unified identity calls them, where it is used."""

    login: str
    name: str
    email: str = ""
    phone: str = ""
    identity: str = ""

    def tidy(self) -> PersonFacts:
        return PersonFacts(
            login=_plain(self.login).lower(), name=_plain(self.name), email=_plain(self.email), phone=_plain(self.phone), identity=self.identity.strip(),
        )  # fmt: skip

    def faults(self) -> dict[str, str]:
        found = {
            "login": _wrong_login(self.login),
            "name": _wrong_length("姓名", self.name, 1, 60),
            "email": _("电子邮箱“%(email)s”不完整，应如 name@county.example。") % {"email": self.email} if self.email and not _EMAIL.fullmatch(self.email) else "",
            "phone": _wrong_length("电话", self.phone, 0, 40),
            "identity": _wrong_length("统一身份标识", self.identity, 0, 200),
        }
        return {field: said for field, said in found.items() if said}


def _wrong_login(login: str) -> str:
    if _IDENTITY_CARD.fullmatch(login):
        return _("登录名不得使用身份证号；请用姓名拼音或工号。")
    return "" if _LOGIN.fullmatch(login) else _("登录名应为 3 至 60 个小写字母、数字或 . _ - @，以字母或数字开头；现为“%(login)s”。") % {"login": login}


def _wrong_length(what: str, words: str, least: int, most: int) -> str:
    if len(words) < least:
        return _("请填写%(what)s。") % {"what": _(what)}
    return _("%(what)s不得超过 %(most)s 个字，现有 %(n)s 个。") % {"what": _(what), "most": most, "n": len(words)} if len(words) > most else ""


def _plain(words: str) -> str:
    """One line without control characters."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", words).strip()


def sort_key(name: str) -> str:
    """By pinyin, as far as GB 18030 orders by it; the same under every collation of the database."""
    return name.casefold().encode("gb18030", "replace").hex()[:400]
