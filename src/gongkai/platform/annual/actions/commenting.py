"""Comments on a draft: said, answered, resolved, reopened — by whoever may see it. They are no step of the report and never part of it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from gongkai.law.editions import SECTIONS
from gongkai.platform import journal
from gongkai.platform.annual.comments import COMMENTING, is_open
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.annual.models import Comment, CommentTurn, Report
from gongkai.platform.annual.states import READING, STATES, WRITING, State
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.requirements import check_moment
from gongkai.platform.organs.roles import RoleKind

LONGEST = 2000
LONGEST_QUOTE = 300
MOST = 500  # 一份报告


def comment(actor: Actor, report_id: int, section: int, *, text: str, at: datetime, quote: str = "") -> Comment:
    """Say something of a section, or of words in it."""
    with transaction.atomic():
        report, role, person = _report(actor, report_id, at)
        words = _words(text, required=True)
        about = " ".join(quote.replace("\0", "").split())
        wrong = {}
        if not 1 <= section <= len(SECTIONS):
            wrong["section"] = _("年度报告有六个部分。")
        if len(about) > LONGEST_QUOTE:
            wrong["quote"] = _("针对的原文不超过 %(most)s 个字，现有 %(n)s 个；摘开头几个字就行。") % {"most": LONGEST_QUOTE, "n": len(about)}
        if Comment.objects.filter(report=report).count() >= MOST:
            wrong["text"] = _("一份报告的批注不超过 %(most)s 条。") % {"most": MOST}
        if wrong:
            raise Invalid(wrong)
        made = Comment.objects.create(report=report, section=section, quote=about, version=report.prose_number, text=words, by_id=person, at=at)
        _record(actor, role, report, "comment", made.pk, words, at, section=section)
    return made


def reply(actor: Actor, comment_id: int, *, text: str, at: datetime) -> CommentTurn:
    return _turn(actor, comment_id, "reply", text, at)


def resolve(actor: Actor, comment_id: int, *, at: datetime, text: str = "") -> CommentTurn:
    """It is dealt with: said by whoever writes the report, or by whoever made the comment."""
    return _turn(actor, comment_id, "resolve", text, at)


def reopen(actor: Actor, comment_id: int, *, at: datetime, text: str = "") -> CommentTurn:
    return _turn(actor, comment_id, "reopen", text, at)


def _turn(actor: Actor, comment_id: int, kind: str, text: str, at: datetime) -> CommentTurn:
    found = Comment.objects.filter(pk=comment_id).values("report_id", "by_id", "section").first()
    if found is None:
        raise NotFound
    with transaction.atomic():
        report, role, person = _report(actor, found["report_id"], at)
        words = _words(text, required=kind == "reply")
        turns = list(CommentTurn.objects.filter(comment=comment_id).order_by("number").values_list("number", "kind"))
        open_ = is_open([each for _number, each in turns])
        if kind == "resolve" and not open_:
            raise NotNow("这条批注已经解决。", "This comment is resolved already.")
        if kind == "reopen" and open_:
            raise NotNow("这条批注还没有解决。", "This comment is still open.")
        if kind == "resolve" and person != found["by_id"] and not actor.kinds(report.organ_id) & WRITING:
            raise NotAllowed("批注由提出的人或者编制报告的人解决。", "A comment is resolved by whoever made it, or by whoever writes the report.")
        made = CommentTurn.objects.create(comment_id=comment_id, number=len(turns) + 1, kind=kind, text=words, by_id=person, at=at)
        _record(actor, role, report, f"{kind}_comment", comment_id, words, at, section=found["section"])
    return made


def _report(actor: Actor, report_id: int, at: datetime) -> tuple[Report, RoleKind, int]:
    """The report, locked, for whoever may see its draft while it is one; in which role, and who."""
    check_moment(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM annual_report WHERE id = %s FOR NO KEY UPDATE", [report_id])
    report = Report.objects.filter(pk=report_id).only("organ_id", "state", "prose_number").first()
    kinds = actor.kinds(report.organ_id) & READING if report else frozenset()
    if report is None or not kinds:
        raise NotFound
    if actor.person is None:
        raise NotAllowed("这项操作须由人进行。", "This needs a person.")
    if State(report.state) not in COMMENTING:
        zh, en = STATES[State(report.state)]
        raise NotNow(f"报告现在“{zh}”，不再批注。", f"The report is “{en}”: no comments now.")
    return report, min(kinds), actor.person


def _words(text: str, required: bool) -> str:
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    if required and not words:
        raise Invalid({"text": _("请写要说的话。")})
    if len(words) > LONGEST:
        raise Invalid({"text": _("不得超过 %(most)s 个字，现有 %(n)s 个。") % {"most": LONGEST, "n": len(words)}})
    return words


def _record(actor: Actor, role: RoleKind, report: Report, verb: str, comment_id: int, words: str, at: datetime, **more: object) -> None:
    changes = {"comment": comment_id, **more, **({"text": hashlib.sha256(words.encode()).hexdigest()} if words else {})}
    journal.record(actor.by(role), f"annual.{verb}", f"annual.report:{report.pk}", chain=report.organ_id, at=at, changes=changes)
