"""A draft as it may be kept: tidied, its HTML cleaned, and everything that cannot be right said by field."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from gongkai.law.exemptions import EXEMPTIONS
from gongkai.law.publication import CATEGORIES, LOCAL_CATEGORIES
from gongkai.platform.documents import cleaning

from .choices import KINDS, Access, Kind
from .errors import Invalid
from .values import Draft

WORK_SECRET = "work_secret"
GROUNDS: dict[str, tuple[str, str]] = {  # 键 → 说法、依据
    **{each.key: (each.label, each.basis) for each in EXEMPTIONS},
    WORK_SECRET: ("工作秘密", "保守国家秘密法第六十四条"),
}
CATEGORY_LABELS: dict[str, tuple[str, str]] = {each.key: (each.label, each.basis) for each in (*CATEGORIES, *LOCAL_CATEGORIES)}
EARLIEST = date(1949, 10, 1)
LATEST = date(2999, 12, 31)
LONGEST_BODY = 4_000_000
LONGEST_SUMMARY = 2_000
LONGEST_NOTE = 2_000
MOST_CO_MAKERS = 30
_LENGTHS = {"title": 400, "document_number": 100, "topic": 60, "keywords": 200, "source": 200}
_LABELS = {"title": "标题", "document_number": "文号", "topic": "主题分类", "keywords": "主题词", "source": "信息来源"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")  # 看不见而会使文字颠倒的字符
_SEPARATORS = re.compile(r"[\s,，、;；]+")


def tidy(draft: Draft, own_name: str, today: date) -> Draft:
    """The draft as it is kept; raises Invalid with everything that is wrong with it."""
    told = replace(
        draft,
        title=_line(draft.title), document_number=_line(draft.document_number), topic=_line(draft.topic), source=_line(draft.source),
        keywords="、".join(part for part in _SEPARATORS.split(_line(draft.keywords)) if part),
        summary=_text(draft.summary), ground_note=_text(draft.ground_note),
        co_makers=tuple(dict.fromkeys(name for name in map(_line, draft.co_makers) if name)),
        ground=draft.ground.strip(), category=draft.category.strip(),
    )  # fmt: skip
    found = {field: said for field, said in _faults(told, own_name, today).items() if said}
    if found:
        raise Invalid(found)
    return replace(told, kind=Kind(told.kind), access=Access(told.access), body=cleaning.clean(_CONTROL.sub("", told.body)))


def lacking(draft: Draft, has_files: bool) -> dict[str, str]:
    """What must be there before a draft is submitted; what may still be absent while it is worked on."""
    found = {}
    if not has_files and not cleaning.plain(draft.body).strip() and "<img" not in draft.body:
        found["body"] = _("正文是空的，也没有附件。请写入正文或添加附件后再提交。")
    if draft.access == Access.PROACTIVE and not draft.category and draft.kind not in _WITHOUT_CATEGORY:
        found["category"] = _("主动公开的信息要选定属于条例第二十条、第二十一条的哪一项。")
    return found


_WITHOUT_CATEGORY = frozenset({Kind.GUIDE, Kind.REGIME, Kind.REPORT, Kind.NEWS, Kind.INTERPRETATION})


def _faults(told: Draft, own_name: str, today: date) -> dict[str, str]:
    found = {field: _too_long(_LABELS[field], getattr(told, field), most) for field, most in _LENGTHS.items()}
    found["title"] = found["title"] or ("" if told.title else _("请填写标题。"))
    found["kind"] = "" if told.kind in KINDS else _("请选择体裁。")
    found["category"] = "" if not told.category or told.category in CATEGORY_LABELS else _("没有“%(category)s”这一项；请从条例第二十条、第二十一条所列各项中选择。") % {"category": told.category[:30]}
    found["summary"] = _too_long("内容概述", told.summary, LONGEST_SUMMARY)
    found["ground_note"] = _too_long("不予公开的说明", told.ground_note, LONGEST_NOTE)
    found["body"] = _("正文超过 %(n)s 万个字符，请把附表等内容改为附件。") % {"n": LONGEST_BODY // 10_000} if len(told.body) > LONGEST_BODY else ""
    found["co_makers"] = _wrong_makers(told.co_makers, own_name)
    found |= _wrong_access(told)
    return found | _wrong_dates(told, today)


def _wrong_makers(names: tuple[str, ...], own_name: str) -> str:
    if own_name in names:
        return _("联合制发机关里不写本机关（本机关是牵头制作机关，条例第十条第三款）。")
    if len(names) > MOST_CO_MAKERS:
        return _("联合制发机关最多 %(most_co_makers)s 个，现有 %(n)s 个。") % {"most_co_makers": MOST_CO_MAKERS, "n": len(names)}
    long = next((name for name in names if len(name) > 200), "")
    return _("机关名称不得超过 200 个字：“%(long)s……”。") % {"long": long[:20]} if long else ""


def _wrong_access(told: Draft) -> dict[str, str]:
    if told.access not in frozenset(Access):
        return {"access": _("请选择公开属性：主动公开、依申请公开或不予公开。")}
    if told.access == Access.WITHHELD and not told.ground:
        return {"ground": _("不予公开的，要选定依据条例第十四条、第十五条、第十六条的哪一种情形。")}
    if told.access != Access.WITHHELD and (told.ground or told.ground_note):
        return {"ground": _("只有不予公开的信息才填不予公开的情形；请清空，或把公开属性改为“不予公开”。")}
    if told.ground and told.ground not in GROUNDS:
        return {"ground": _("没有“%(ground)s”这种情形；请从所列情形中选择。") % {"ground": told.ground[:30]}}
    return {}


def _wrong_dates(told: Draft, today: date) -> dict[str, str]:
    formed = told.formed_on
    if formed is None:
        return {"formed_on": _("请填写生成日期：公文为成文日期，其他信息为完整形成之日（条例第十二条）。")}
    if not EARLIEST <= formed <= today:
        return {"formed_on": _("生成日期应在 %(earliest)s 至今天（%(today)s）之间，现为 %(formed)s。") % {"earliest": EARLIEST, "today": today, "formed": formed}}
    found: dict[str, str] = {}
    if told.changed_on is not None and not formed <= told.changed_on <= today:
        found["changed_on"] = _("变更日期应在生成日期（%(formed)s）至今天（%(today)s）之间，现为 %(changed_on)s。") % {"formed": formed, "today": today, "changed_on": told.changed_on}
    if told.effective_on is not None and not EARLIEST <= told.effective_on <= LATEST:
        found["effective_on"] = _("施行日期 %(effective_on)s 不像是真的，请核对。") % {"effective_on": told.effective_on}
    if told.expires_on is not None and not formed <= told.expires_on <= LATEST:
        found["expires_on"] = _("公开期限的最后一日不应早于生成日期（%(formed)s），现为 %(expires_on)s。") % {"formed": formed, "expires_on": told.expires_on}
    return found


def _too_long(label: str, words: str, most: int) -> str:
    return _("%(label)s不得超过 %(most)s 个字，现有 %(n)s 个。") % {"label": _(label), "most": most, "n": len(words)} if len(words) > most else ""


def _line(words: str) -> str:
    return re.sub(r"\s+", " ", _clear(words)).strip()


def _text(words: str) -> str:
    return re.sub(r"[ \t]+\n", "\n", _clear(words).replace("\r\n", "\n").replace("\r", "\n")).strip()


def _clear(words: str) -> str:
    return _BIDI.sub("", _CONTROL.sub("", words))


