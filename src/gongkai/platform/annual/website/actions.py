"""A website's entry, and its form from the beginning to its publication: begin, fill in, submit (frozen), approve, return, publish, correct."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from gongkai.platform import journal
from gongkai.platform.annual.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.annual.fingerprints import digest
from gongkai.platform.annual.models import Website, WebsiteForm, WebsitePublication, WebsiteStep
from gongkai.platform.annual.states import WRITING, State
from gongkai.platform.annual.written import Unread
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.calendars import local_day
from gongkai.platform.organs.roles import RoleKind

from . import checks, filling, knowing, reading
from .fields import BY_KEY, FIRST_YEAR, FORMAT, SITE_KINDS, label
from .filling import Known, Signed
from .recording import Doing, act

LONGEST_REASON = 400
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:/[^\s]*)?")
_LONGEST = {"name": 200, "address": 400, "code": 20, "icp": 60, "police": 60, "slug": 40}


@dataclass(frozen=True, slots=True)
class SiteTold:
    """A website as it is entered."""

    slug: str
    name: str
    address: str = ""
    kind: str = ""
    code: str = ""
    icp: str = ""
    police: str = ""
    main: bool = False
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed into a box, over what was seen there. `blank`: left blank although the platform knows a value."""

    text: str
    reason: str = ""
    blank: bool = False
    seen: str | None = None  # 打开页面时的填报值；None：不核对


def keep_site(actor: Actor, organ_id: int, told: SiteTold, *, at: datetime, site_id: int | None = None, based_on: int | None = None) -> Website:
    """Enter a website of the organ, or change what is entered of it. Its name in the address stays once given."""
    role = _writing(actor, organ_id)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x7765, organ_id & 0x7FFFFFFF])
        site = Website.objects.filter(pk=site_id, organ=organ_id).first() if site_id is not None else Website(organ_id=organ_id, slug=told.slug.strip(), version=0)
        if site is None:
            raise NotFound
        if based_on is not None and based_on != site.version:
            raise Conflict("您打开页面之后，网站的登记又有改动；您填的没有写入，也没有丢失，请核对。", "The website's entry changed after you opened the page.")
        _check_site(told, site, at)
        changes = {name: [_plain(before), _plain(after)] for name, before, after in _differences(site, told) if before != after}
        if site.pk is not None and not changes:
            return site
        for each in fields(told):
            if each.name != "slug":
                setattr(site, each.name, _tidy(getattr(told, each.name)))
        site.moved_at, site.version = at, site.version + 1
        site.save()
        journal.record(actor.by(role), "annual.website_site", f"annual.website:{site.pk}", chain=organ_id, at=at, changes={"slug": site.slug, **changes})
    return site


def _tidy(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _differences(site: Website, told: SiteTold) -> list[tuple[str, object, object]]:
    return [(each.name, getattr(site, each.name), _tidy(getattr(told, each.name))) for each in fields(told) if each.name != "slug"]


def _check_site(told: SiteTold, site: Website, at: datetime) -> None:
    wrong: dict[str, str] = {}
    others = Website.objects.filter(organ=site.organ_id).exclude(pk=site.pk)
    if site.pk is None and not (_SLUG.fullmatch(site.slug) and len(site.slug) <= _LONGEST["slug"]):
        wrong["slug"] = _("网址代号用小写字母、数字和连字符，不超过 40 个字，例如 portal。")
    elif site.pk is None and others.filter(slug=site.slug).exists():
        wrong["slug"] = _("本机关已有网址代号为“%(slug)s”的网站。") % {"slug": site.slug}
    if not told.name.strip():
        wrong["name"] = _("请填写网站名称。")
    for name, most in _LONGEST.items():
        value = str(getattr(told, name))
        if len(value) > most:
            wrong[name] = _("不得超过 %(most)s 个字，现有 %(n)s 个。") % {"most": most, "n": len(value)}
        elif any(ord(sign) < 32 for sign in value):
            wrong[name] = _("有看不见的控制字符，请删去重新填写。")
    if told.address.strip() and not _ADDRESS.fullmatch(told.address.strip()):
        wrong.setdefault("address", _("请写完整的网址，以 http:// 或者 https:// 开头。"))
    if told.kind and told.kind not in {key for key, _zh, _en in SITE_KINDS}:
        wrong["kind"] = _("请选择网站类型。")
    if told.main and (main := others.filter(main=True).first()) is not None:
        wrong["main"] = _("“%(name)s”已经是主站，一个机关只有一个。") % {"name": main.name}
    if told.closed_on is not None and not date(2000, 1, 1) <= told.closed_on <= local_day(at):
        wrong["closed_on"] = _("关停日期不能在今天以后。")
    if wrong:
        raise Invalid(wrong)


def begin(actor: Actor, organ_id: int, site_id: int, year: int, *, at: datetime) -> WebsiteForm:
    """Begin the form of a website on a year."""
    role = _writing(actor, organ_id)
    today = local_day(at)
    if not FIRST_YEAR <= year <= today.year:
        raise Invalid({"year": _("年度应在 %(first)s 至 %(last)s 之间。") % {"first": FIRST_YEAR, "last": today.year}})
    with transaction.atomic():
        site = Website.objects.select_for_update(no_key=True, of=("self",)).select_related("organ").filter(pk=site_id, organ=organ_id).first()
        if site is None:
            raise NotFound
        if site.closed_on is not None and site.closed_on.year < year:
            raise NotNow(f"“{site.name}”已于 {site.closed_on.isoformat()} 关停，没有 {year} 年的报表。", f"“{site.name}” was closed on {site.closed_on.isoformat()}.")
        if WebsiteForm.objects.filter(website=site, year=year).exists():
            raise NotNow(f"“{site.name}”{year}年的报表已经开始填报。", f"The form of “{site.name}” on {year} has been begun.")
        form = WebsiteForm.objects.create(website=site, year=year, state=State.DRAFT.value, moved_at=at, steps_taken=1)
        WebsiteStep.objects.create(form=form, number=1, action="open", after=State.DRAFT.value, person_id=actor.person, role=role.value, at=at)
        journal.record(actor.by(role), "annual.website_open", f"annual.website_form:{form.pk}", chain=organ_id, at=at, changes={"website": site.slug, "year": year})
    return form


def fill(actor: Actor, form_id: int, told: Mapping[str, Filled], *, at: datetime) -> WebsiteForm:
    """Enter boxes; all or none. What says the same as the platform follows the platform; what differs from it needs a reason."""

    def work(doing: Doing) -> None:
        form = doing.form
        found = knowing.knowledge(form)
        entered, reasons = dict(form.entered), dict(form.reasons)
        wrong: dict[str, str] = {}
        for key, each in told.items():
            if key not in BY_KEY:
                raise Invalid({"": _("表里没有“%(key)s”这一格。") % {"key": key[:40]}})
            before = reading.typed(BY_KEY[key], form.entered.get(key))
            if each.seen not in (None, before) and each.text.strip() != before:
                wrong[key] = _("别人刚刚把它改成“%(value)s”；您填的还在，请核对后再保存。") % {"value": before or _("空白")}
            elif said := _fill(key, each, found.get(key, ()), entered, reasons):
                wrong[key] = said
        if wrong:
            raise Invalid(wrong)
        changed = {
            key: [form.entered.get(key), entered.get(key)] for key in BY_KEY
            if (key in form.entered, form.entered.get(key), form.reasons.get(key)) != (key in entered, entered.get(key), reasons.get(key))
        }  # fmt: skip
        if not changed:
            raise _Same
        form.entered, form.reasons = entered, reasons
        form.drafters = sorted({*form.drafters, doing.person})
        doing.facts["changed"] = changed

    try:
        return act(actor, form_id, "write", work, at=at)
    except _Same:
        return WebsiteForm.objects.get(pk=form_id)


class _Same(Exception):
    """Nothing was changed: no step, no entry of the journal."""


def _fill(key: str, told: Filled, known: tuple[Known, ...], entered: dict[str, str | None], reasons: dict[str, str]) -> str:
    """Put one box in; why it cannot be, where it cannot."""
    field, reason = BY_KEY[key], " ".join(told.reason.split())
    try:
        value = reading.read(field, told.text)
    except Unread as unread:
        return str(unread)
    if len(reason) > LONGEST_REASON or any(ord(sign) < 32 for sign in reason):
        return _("理由不得超过 %(most)s 个字，也不能有控制字符。") % {"most": LONGEST_REASON}
    if not value and not (told.blank and known):
        entered.pop(key, None)
        reasons.pop(key, None)
        return ""
    if known and value == known[0].value:
        entered.pop(key, None)
        reasons.pop(key, None)
        return ""
    if known and field.is_figure and not reason:
        return _("平台知道的是 %(known)s；填 %(value)s 请写明理由。") % {"known": reading.shown(field, known[0].value), "value": reading.shown(field, value) or _("空白")}
    entered[key] = value or None
    if known and reason:
        reasons[key] = reason
    else:
        reasons.pop(key, None)
    return ""


def submit(actor: Actor, form_id: int, *, at: datetime, seen: int | None = None) -> WebsiteForm:
    """Hand in for review. What stands now is frozen: what is reviewed is what is published."""

    def work(doing: Doing) -> None:
        form = doing.form
        found = knowing.knowledge(form, Signed(doing.actor.name, doing.day.isoformat()))
        values = filling.values(form.entered, found)
        lacking = [key for key in ("site_name", "site_organ") if not values[key]]
        if lacking:
            raise Invalid({key: _("“%(label)s”不能空白。") % {"label": label(key)} for key in lacking})
        form.standing = {
            "values": values, "entered": dict(form.entered), "reasons": dict(form.reasons),
            "known": {key: [[each.source.value, each.value, list(each.ids)] for each in known] for key, known in found.items()},
        }  # fmt: skip
        form.drafters = sorted({*form.drafters, doing.person})
        doing.facts |= {"digest": digest(values), "warnings": [each.key for each in checks.warned(values, form.year)]}

    return act(actor, form_id, "submit", work, at=at, seen=seen)


def return_(actor: Actor, form_id: int, *, reason: str, at: datetime, seen: int | None = None) -> WebsiteForm:
    """Back to those who fill it in."""
    return act(actor, form_id, "return", _thaw, at=at, reason=reason, seen=seen)


def approve(actor: Actor, form_id: int, *, at: datetime, seen: int | None = None) -> WebsiteForm:
    """The review is passed; the reviewer is named in the form where nobody else was."""

    def work(doing: Doing) -> None:
        form = doing.form
        standing = {**(form.standing or {})}
        if "reviewer" not in form.entered:
            standing["values"] = {**standing["values"], "reviewer": doing.actor.name}
            standing["known"] = {**standing["known"], "reviewer": [["steps", doing.actor.name, []]]}
        form.standing = standing
        form.digest = digest(standing["values"])
        doing.facts["digest"] = form.digest

    return act(actor, form_id, "approve", work, at=at, seen=seen)


def publish(actor: Actor, form_id: int, *, at: datetime, reason: str = "", seen: int | None = None) -> WebsiteForm:
    """What was approved, for the public; a further version where one is public already."""

    def work(doing: Doing) -> None:
        form = doing.form
        last = WebsitePublication.objects.filter(form=form).order_by("-version").values_list("version", flat=True).first() or 0
        if last and not doing.reason:
            doing.reason = corrected_why(form)
        data = {
            "format": FORMAT, "organ": form.website.organ.name, "website": form.website.slug, "year": form.year, "published": doing.day.isoformat(),
            "values": (form.standing or {})["values"],
        }  # fmt: skip
        form.published_on = form.published_on or doing.day
        WebsitePublication.objects.create(
            form=form, website_id=form.website_id, year=form.year, version=last + 1, data=data, digest=digest(data), reason=doing.reason if last else "", at=doing.at
        )
        doing.facts |= {"version": last + 1, "digest": digest(data)}

    return act(actor, form_id, "publish", work, at=at, reason=reason, seen=seen)


def correct(actor: Actor, form_id: int, *, reason: str, at: datetime, seen: int | None = None) -> WebsiteForm:
    """Take a published form up again; what is public stays until the next version is published."""
    return act(actor, form_id, "correct", _thaw, at=at, reason=reason, seen=seen)


def _thaw(doing: Doing) -> None:
    doing.form.standing, doing.form.digest = None, ""


def corrected_why(form: WebsiteForm) -> str:
    """The reason given when the published form was taken up again."""
    return WebsiteStep.objects.filter(form=form, action="correct").order_by("-number").values_list("reason", flat=True).first() or ""


def _writing(actor: Actor, organ_id: int) -> RoleKind:
    kinds = actor.kinds(organ_id)
    if not kinds:
        raise NotFound
    if not (able := sorted(kinds & WRITING)) or actor.person is None:
        raise NotAllowed("登记网站、开始填报需要“政府信息公开工作机构”角色。", "The disclosure office keeps websites and begins their forms.")
    return able[0]

