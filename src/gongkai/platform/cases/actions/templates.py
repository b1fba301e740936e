"""The texts of letters that an organ keeps as its own: a version uploaded with its days, ended; and what it prints in every letter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.law import letters as law_letters
from gongkai.law import replies
from gongkai.platform import journal
from gongkai.platform.cases import clocks
from gongkai.platform.cases.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.letters import checking
from gongkai.platform.cases.models import Letterhead, Template
from gongkai.platform.cases.recording import check_moment
from gongkai.platform.documents.intake import Accepted, Refused
from gongkai.platform.organs import uploads
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.roles import RoleKind

KEEPING = frozenset({RoleKind.LEGAL_REVIEWER, RoleKind.DISCLOSURE_OFFICE})  # 法制机构、政府信息公开工作机构
_GAP, _BRACES = re.compile(r"\{(?:body|court|channel)\}"), re.compile("[{}]")
_LONGEST = {"code": 20, "body": 200, "court": 200, "channel": 200, "payment": 600}


def upload(
    actor: Actor, organ_id: int, key: str, name: str, data: bytes, *, since: date, until: date | None = None, note: str = "", at: datetime
) -> Template:
    """A new version of a letter's text, for this organ and those under it, from a day on. Refused with a list of what does not fit."""
    check_moment(at)
    role = _keeper(actor, organ_id)
    assert actor.person is not None
    if key not in law_letters.BY_KEY:
        raise Invalid({"key": _("没有这种文书。")})
    if until is not None and until < since:
        raise Invalid({"until": _("止用之日不能早于起用之日。")})
    if len(note) > 400:
        raise Invalid({"note": _("说明最多 400 个字。")})
    kept = _examined(key, name, data)
    with transaction.atomic():
        organ = _held(organ_id)
        last = Template.objects.filter(organ=organ, key=key).order_by("-version").values_list("version", flat=True).first() or 0
        made = Template.objects.create(
            organ=organ, key=key, version=last + 1, since=since, until=until, docx=kept.data, digest=kept.sha256, note=note.strip(), by_id=actor.person, at=at
        )
        changes = {"key": key, "version": made.version, "since": since.isoformat(), "until": until.isoformat() if until else None, "sha256": kept.sha256}
        journal.record(actor.by(role), "cases.upload_template", f"cases.template:{made.pk}", chain=organ.pk, at=at, changes=changes)
    return made


def end(actor: Actor, template_id: int, *, on: date | None = None, at: datetime) -> Template:
    """A version holds up to and including a day; without one it is withdrawn at once. Letters that were made with it stay as they are."""
    check_moment(at)
    with transaction.atomic():
        found = Template.objects.select_for_update().filter(pk=template_id).first()
        if found is None or not actor.kinds(found.organ_id) & KEEPING:
            raise NotFound
        if found.ended_at is not None:
            raise NotNow("这个版本已经停用。", "This version was ended already.")
        if on is not None and on < max(found.since, clocks.local_day(at)):
            raise Invalid({"on": _("止用之日不能早于今天和起用之日；要立即停用，请不填日期。")})
        found.until, found.ended_at = (on, None) if on is not None else (found.until, at)
        found.save(update_fields=["until", "ended_at"])
        changes = {"key": found.key, "version": found.version, "until": on.isoformat() if on else None}
        role = _keeper(actor, found.organ_id)
        journal.record(actor.by(role), "cases.end_template", f"cases.template:{found.pk}", chain=found.organ_id, at=at, changes=changes)
    return found


@dataclass(frozen=True, slots=True)
class Heading:
    """What an organ prints in its letters; empty means: as it follows from the organ."""

    code: str = ""
    body: str = ""
    court: str = ""
    channel: str = ""
    payment: str = ""
    wording: Mapping[str, str] = field(default_factory=dict)


def set_letterhead(actor: Actor, organ_id: int, heading: Heading, *, since: date, at: datetime) -> Letterhead:
    """What holds from a day on. Own remedy texts only where the core leaves the wording to the legal office."""
    check_moment(at)
    role = _keeper(actor, organ_id)
    told = {name: " ".join(str(getattr(heading, name)).split()) if name != "payment" else heading.payment.strip() for name in _LONGEST}
    wrong = {name: _("最多 %(most)s 个字，现有 %(n)s 个。") % {"most": most, "n": len(told[name])} for name, most in _LONGEST.items() if len(told[name]) > most}
    if any(sign in told["code"] for sign in "〔〕{}[]"):
        wrong["code"] = _("机关代字只写代字，如“松荫府”，不含年份和括号。")
    wrong |= {f"wording.{key}": sentence for key, text in heading.wording.items() if (sentence := _wrong_words(key, text))}
    if wrong:
        raise Invalid(wrong)
    with transaction.atomic():
        organ = _held(organ_id)
        wording = {key: text.strip() for key, text in heading.wording.items() if text.strip()}
        made = Letterhead.objects.create(organ=organ, since=since, **told, wording=wording, by_id=actor.person, at=at)
        changes = {"since": since.isoformat(), **told, "wording": wording}
        journal.record(actor.by(role), "cases.set_letterhead", f"cases.letterhead:{made.pk}", chain=organ.pk, at=at, changes=changes)
    return made


def _wrong_words(key: str, text: str) -> str:
    """Why a legal office's own remedy text cannot stand for a reply."""
    reply = replies.BY_KEY.get(key)
    if reply is None or not reply.editable:
        return _("这种答复情形的救济告知由法律直接规定，不能另拟。")
    if not text.strip():
        return ""
    if "{body}" not in text or "{court}" not in text:
        return _("自拟的救济告知应留出 {body}（复议机关）和 {court}（人民法院），可以有 {channel}（网上途径）。")
    if _BRACES.search(_GAP.sub("", text)):
        return _("自拟的救济告知里只能有 {body}、{court}、{channel} 三处。")
    return _("最多 %(most)s 个字，现有 %(n)s 个。") % {"most": 1000, "n": len(text)} if len(text) > 1000 else ""


def _keeper(actor: Actor, organ_id: int) -> RoleKind:
    held = sorted(KEEPING & actor.kinds(organ_id))
    if not held:
        names = "、".join(role.label for role in sorted(KEEPING))
        raise NotAllowed(f"文书模板和文书设置由本机关的{names}维护。", f"Templates and letterheads are for: {', '.join(sorted(KEEPING))}.")
    return held[0]


def _held(organ_id: int) -> Organ:
    organ = Organ.objects.select_for_update().filter(pk=organ_id).first()
    if organ is None:
        raise NotFound
    return organ


def _examined(key: str, name: str, data: bytes) -> Accepted:
    """The file, if it is a clean Word file and a template of this letter."""
    verdict = uploads.examined(name, data)
    if isinstance(verdict, Refused):
        raise Invalid({"file": uploads.why(verdict)})
    if verdict.extension != "docx":
        raise Invalid({"file": _("模板应为 Word 文档（.docx）。")})
    if found := checking.problems(key, verdict.data):
        raise Invalid({"file": "\n".join(found)})
    return verdict
