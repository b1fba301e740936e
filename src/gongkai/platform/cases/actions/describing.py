"""Assign, describe, note, archive; propose publication, and record it (条例第四十四条、第四十五条)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongkai.platform.cases import states
from gongkai.platform.cases.choices import APPLICANTS, FORMS, IDENTITIES, OBTAINING, LetterState
from gongkai.platform.cases.errors import Invalid, NotNow
from gongkai.platform.cases.models import Letter, Request, Task
from gongkai.platform.cases.recording import LONGEST_REASON, Doing, Who, act
from gongkai.platform.cases.validating import APPLICANT_FIELDS, ASKED_FIELDS, checked
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs.acting import Actor, actor_of
from gongkai.platform.organs.models import Person

from . import noticing

_CHOSEN: dict[str, dict[Any, tuple[str, str]]] = {
    "identity_kind": IDENTITIES, "form": FORMS, "obtaining": OBTAINING, "applicant_kind": APPLICANTS
}  # fmt: skip
_LETTER_OPEN = (LetterState.DRAFTED, LetterState.REVIEWED, LetterState.RETURNED, LetterState.SIGNED)
_ADDRESS = re.compile(r"https?://[^\s<>\"']{4,190}")


def assign(actor: Actor, request_id: int, person_id: int, *, at: datetime, once: str | None = None, seen: int | None = None) -> Request:
    """Who handles it (承办人): somebody who may handle requests of the organ."""

    def work(doing: Doing) -> None:
        person = Person.objects.prefetch_related("roles").filter(pk=person_id).first()
        if person is None or not actor_of(person, doing.day).kinds(doing.request.organ_id) & states.HANDLING:
            raise Invalid({"person": _("承办人应是本机关的依申请公开经办人或者政府信息公开工作机构的人员。")})
        if doing.request.officer_id == person_id:
            raise Invalid({"person": _("本件已由该人承办。")})
        doing.happen("assigned", facts={"from": doing.request.officer_id, "to": person_id})
        doing.request.officer = person
        doing.changed.add("officer")
        if person_id != doing.person:
            doing.then.append(lambda: noticing.tell(doing, "assigned", to=person_id))

    return act(actor, request_id, "assign", work, at=at, once=once, seen=seen)


def describe(
    actor: Actor, request_id: int, *, applicant: Applicant, asked: Asked, applicant_kind: str, reason: str, at: datetime,
    once: str | None = None, seen: int | None = None, as_received: bool = False, needs_help: bool | None = None,
) -> Request:  # fmt: skip
    """Change what was registered of the applicant and of what is asked. What stood there before is kept, sealed, with the event."""
    told = checked(applicant, asked, applicant_kind, as_received=as_received)

    def work(doing: Doing) -> None:
        request = doing.request
        before = asdict(Applicant.opened(request.applicant)) | asdict(Asked.opened(request.content)) | {"applicant_kind": request.applicant_kind}
        after = asdict(told.applicant) | asdict(told.asked) | {"applicant_kind": applicant_kind}
        differing = [key for key in after if before[key] != after[key]]
        helped = request.needs_help if needs_help is None else needs_help
        if not differing and helped == request.needs_help:
            raise Invalid({"": _("没有改动：填的与原来登记的相同。")})
        facts: dict[str, object] = {"fields": differing}
        if request.applicant_kind != applicant_kind:
            facts["applicant_kind"] = [request.applicant_kind, applicant_kind]
        if helped != request.needs_help:
            facts["needs_help"] = helped
        if told.lacking:
            facts["lacking"] = sorted(told.lacking)
        doing.happen("described", facts=facts, text="\n".join([doing.reason, *_changes(before, after, differing)]))
        _write(request, told.applicant, told.asked, applicant_kind)
        request.needs_help = helped
        doing.changed |= {"applicant", "content", "applicant_kind", "needs_help", "name_hash", "identity_hash", "contact_hashes", "marks"}

    return act(actor, request_id, "describe", work, at=at, reason=reason, once=once, seen=seen)


def _write(request: Request, applicant: Applicant, asked: Asked, applicant_kind: str) -> None:
    request.applicant, request.content, request.applicant_kind, request.marks = applicant.sealed(), asked.sealed(), applicant_kind, asked.marks
    for field, value in applicant.hashes.items():
        setattr(request, field, value)


def _changes(before: dict[str, str], after: dict[str, str], differing: list[str]) -> Iterator[str]:
    """字段：旧 → 新."""
    labels = {"applicant_kind": "申请人类型"} | APPLICANT_FIELDS | ASKED_FIELDS
    for key in differing:
        old, new = (_CHOSEN.get(key, {}).get(value, (value or "（空）",))[0] for value in (before[key], after[key]))
        yield f"{labels[key]}：{old} → {new}"


def note(actor: Actor, request_id: int, text: str, *, at: datetime, once: str | None = None) -> Request:
    """A remark for the file; the applicant does not see it."""
    words = _words(text, "备注")
    return act(actor, request_id, "note", lambda doing: doing.happen("noted", text=words), at=at, once=once)


def archive(actor: Actor, request_id: int, *, at: datetime, once: str | None = None, seen: int | None = None) -> Request:
    """The file is closed (归档, 第四十五条): nothing half done may be left in it."""

    def work(doing: Doing) -> None:
        letters = Letter.objects.filter(request=doing.request, state__in=[each.value for each in _LETTER_OPEN]).count()
        if letters:
            raise NotNow(f"还有 {letters} 份文书没有送达；请先送达、弃用或者作废，再归档。", f"{letters} letters are not yet served, discarded or void.")
        tasks = Task.objects.filter(request=doing.request, state="open").count()
        if tasks:
            raise NotNow(f"还有 {tasks} 项交办的检索没有回复；请先回复或者取消，再归档。", f"{tasks} search tasks are still open.")
        doing.happen("archived")

    return act(actor, request_id, "archive", work, at=at, once=once, seen=seen)


def propose_publication(who: Who, request_id: int, *, text: str = "", at: datetime, once: str | None = None) -> Request:
    """That the information be made public of the organ's own motion (第四十四条): by the applicant, or by an officer."""
    words = _words(text, "建议", needed=False)

    def work(doing: Doing) -> None:
        side = doing.who.party.value if not isinstance(doing.who, Actor) else "officer"
        if any(each.kind == "proposed_for_publication" and each.facts.get("by") == side for each in doing.events):
            raise NotNow("已经提出过转为主动公开的建议。", "This was proposed already.")
        doing.happen("proposed_for_publication", facts={"by": side}, text=words)
        if not isinstance(doing.who, Actor):
            doing.then.append(lambda: noticing.tell(doing, "applicant_acted", to="officer", facts={"what": "申请人建议将信息转为主动公开"}))

    return act(who, request_id, "propose_publication", work, at=at, once=once)


def publish(actor: Actor, request_id: int, item_number: str, *, on: date, at: datetime, once: str | None = None) -> Request:
    """The information was made public: the index number or the address of the item that was made."""
    number = " ".join(item_number.split())
    if not number or len(number) > 200 or not number.isprintable():
        raise Invalid({"item_number": _("请填写公开后的索引号或者网址，一行，至多 200 个字。")})
    if "://" in number and not _ADDRESS.fullmatch(number):
        raise Invalid({"item_number": _("网址应以 http:// 或者 https:// 开头，中间没有空格。")})

    def work(doing: Doing) -> None:
        if on < doing.request.submitted_on:
            raise Invalid({"on": _("公开之日不能早于提交之日 %(on)s。") % {"on": doing.request.submitted_on}})
        if any(each.kind == "published" and each.facts.get("item") == number for each in doing.events):
            raise NotNow("已经登记过这一条。", "This item was recorded already.")
        doing.happen("published", on, facts={"item": number})
        doing.then.append(lambda: noticing.tell(doing, "published"))

    return act(actor, request_id, "publish", work, at=at, once=once)


def _words(text: str, what: str, needed: bool = True) -> str:
    words = text.strip()
    if needed and not words:
        raise Invalid({"text": _("请写明%(what)s的内容。") % {"what": _(what)}})
    if len(words) > LONGEST_REASON:
        raise Invalid({"text": _("%(what)s不得超过 %(most)s 个字，现有 %(n)s 个。") % {"what": _(what), "most": LONGEST_REASON, "n": len(words)}})
    return words
