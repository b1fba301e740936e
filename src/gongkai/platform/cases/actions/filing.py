"""Files of a case: put in, taken out. What was taken out stays sealed on the disk, and in the record that it was there."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from gongkai.platform.cases import uploading
from gongkai.platform.cases.choices import FILES
from gongkai.platform.cases.errors import Invalid, NotNow
from gongkai.platform.cases.models import CaseFile, Letter, RemedyEvent, Request
from gongkai.platform.cases.recording import Doing, Ticket, Who, act
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.organs.acting import Actor

from . import noticing

FROM_APPLICANT = frozenset({"application", "identity", "correction", "other"})
MOST_FROM_APPLICANT = 30  # 一件申请中申请人自己加入的


def add_file(who: Who, request_id: int, upload: Upload, *, at: datetime, once: str | None = None, seen: int | None = None) -> CaseFile:
    """Put a file in. The applicant sees what the applicant sent; what the organ releases is shown when it is served."""
    outside = isinstance(who, Ticket)
    kinds = FROM_APPLICANT if outside else frozenset(FILES) - {"letter"}
    [taken] = uploading.take([upload], kinds=kinds, shown=True if outside else None)
    same = {"fingerprint": taken.kept.fingerprint, "kind": taken.kind, "removed_at": None}

    def work(doing: Doing) -> None:
        held = CaseFile.objects.filter(request=doing.request)
        if held.filter(**same).exists():
            raise Invalid({"files": _("同一个文件已经在本件的材料中。")})
        if outside and sum(each.kind == "file_added" and bool(each.facts.get("outside")) for each in doing.events) >= MOST_FROM_APPLICANT:
            raise Invalid({"files": _("网上加入的材料已有 %(most)s 份；更多的请合并，或者交到政府信息公开工作机构。") % {"most": MOST_FROM_APPLICANT}})
        added = uploading.name(doing.request, taken, at=doing.at, person=doing.person)
        doing.happen("file_added", facts=taken.facts(added.number) | ({"outside": True} if outside else {}))
        if outside:
            doing.then.append(lambda: noticing.tell(doing, "applicant_acted", to="officer", facts={"what": "申请人加入了材料"}))

    request = act(who, request_id, "add_file", work, at=at, once=once, seen=seen)
    return CaseFile.objects.filter(request=request, **same).order_by("-number")[0]


def remove_file(actor: Actor, request_id: int, number: int, *, reason: str, at: datetime, once: str | None = None) -> Request:
    """Take a file out of the list; not one that is a letter, or proves something in a remedy."""

    def work(doing: Doing) -> None:
        file = CaseFile.objects.filter(request=doing.request, number=number, removed_at__isnull=True).first()
        if file is None:
            raise NotNow("这份材料已经移出，或者没有这一份。", "There is no such file, or it was taken out already.")
        if file.kind == "letter" or Letter.objects.filter(Q(docx=file) | Q(pdf=file)).exists() or RemedyEvent.objects.filter(file=file).exists():
            raise NotNow("文书和复议、诉讼的材料不能移出。", "Letters and documents of remedies stay in the file.")
        file.removed_at = doing.at
        file.save(update_fields=["removed_at"])
        doing.happen("file_removed", facts={"number": number, "kind": file.kind}, text=doing.reason)

    return act(actor, request_id, "remove_file", work, at=at, reason=reason, once=once)
