"""A report from its beginning to its publication: open, compile, write, explain, submit, review, return, approve, publish, correct."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.law.editions import BY_KEY, SECTIONS
from gongkai.law.findings import Severity
from gongkai.platform import journal
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.annual.models import ProseVersion, Publication, Report, ReportStep
from gongkai.platform.annual.queries import auditing, summing
from gongkai.platform.annual.queries.compiling import compile_year, title_of
from gongkai.platform.annual.recording import Doing, act
from gongkai.platform.annual.states import WRITING, State
from gongkai.platform.annual.stored import behind_to_plain
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ
from gongkai.report import exchange

LONGEST_SECTION = 60_000


def open_report(actor: Actor, organ_id: int, year: int, *, edition: str, at: datetime, summed: bool = False) -> Report:
    """Begin an organ's report on a year, in an edition of the form; compiled at once. `summed`: the government's, with its organs' added."""
    kinds = actor.kinds(organ_id)
    if not kinds:
        raise NotFound
    if not kinds & WRITING:
        raise NotAllowed("编制年度报告需要“政府信息公开工作机构”角色。", "The disclosure office writes the annual report.")
    today = timezone.localtime(at, timezone.get_default_timezone()).date()
    if edition not in BY_KEY:
        raise Invalid({"edition": _("没有这一版格式：%(edition)s。") % {"edition": edition[:20]}})
    if not BY_KEY[edition].first_year <= year <= today.year:
        raise Invalid({"year": _("这一版格式用于 %(first)s 年以后、不晚于今年的报告。") % {"first": BY_KEY[edition].first_year}})
    with transaction.atomic():
        organ = Organ.objects.get(pk=organ_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashint8(%s), %s)", [organ_id, year])
        if Report.objects.filter(organ=organ, year=year).exists():
            raise NotNow(f"{year}年的报告已经开始编制。", f"The report on {year} has been begun.")
        report = Report.objects.create(
            organ=organ, year=year, edition=edition, state=State.DRAFT.value, title=title_of(organ.name, year), prose=[""] * len(SECTIONS), moved_at=at,
            steps_taken=1, summed=summed,
        )  # fmt: skip
        ReportStep.objects.create(report=report, number=1, action="open", after=State.DRAFT.value, person_id=actor.person, role=sorted(kinds & WRITING)[0].value, at=at, facts={"edition": edition})
        journal.record(actor.by(sorted(kinds & WRITING)[0]), "annual.open", f"annual.report:{report.pk}", chain=organ_id, at=at, changes={"year": year, "edition": edition})
    return compile_(actor, report.pk, at=at)


def compile_(actor: Actor, report_id: int, *, at: datetime) -> Report:
    """The tables as the records stand now, with what is behind every cell."""

    def work(doing: Doing) -> None:
        report = doing.report
        if report.summed:
            summed = summing.summed(doing.actor, report.organ_id, report.year, BY_KEY[report.edition])
            report.tables, report.behind = exchange.to_dict(summed.total.report), summed.plain
        else:
            found = compile_year(doing.actor, report.organ_id, report.year, BY_KEY[report.edition])
            report.tables, report.behind = exchange.to_dict(found.report), behind_to_plain(found.behind)
        report.compiled_at = doing.at
        doing.facts["tables"] = _digest(report.tables)

    return act(actor, report_id, "compile", work, at=at)


def write(actor: Actor, report_id: int, prose: Sequence[str], *, based_on: int, at: datetime) -> Report:
    """Save the six sections. `based_on` is the number of the version that was opened; somebody else's later one is not overwritten."""

    def work(doing: Doing) -> None:
        report = doing.report
        if based_on != report.prose_number:
            raise NotNow(
                "别人已经保存了新的正文；您的文字没有写入，也没有丢失，请对照合并后再保存。", "Somebody saved the prose meanwhile: compare, merge and save again."
            )
        if len(prose) != len(SECTIONS):
            raise Invalid({"prose": _("年度报告有六个部分。")})
        if any(len(text) > LONGEST_SECTION for text in prose):
            raise Invalid({"prose": _("一个部分不得超过 %(most)s 个字。") % {"most": LONGEST_SECTION}})
        report.prose = [text.replace("\r\n", "\n").strip() for text in prose]
        report.prose_number += 1
        report.drafters = sorted({*report.drafters, doing.person})
        ProseVersion.objects.create(report=report, number=report.prose_number, prose=report.prose, by_id=doing.person, at=doing.at)
        doing.facts |= {"version": report.prose_number, "prose": _digest(report.prose)}

    return act(actor, report_id, "write", work, at=at)


def explain(actor: Actor, report_id: int, fingerprint: str, *, reason: str, at: datetime) -> Report:
    """A written reason for a warning; an error cannot be explained away."""

    def work(doing: Doing) -> None:
        found = auditing.audit_of(doing.report)
        finding = next((each for each in found.findings if auditing.fingerprint(each) == fingerprint), None)
        if finding is None:
            raise NotNow("这条核查发现已经不在了：内容可能已改。请刷新页面查看。", "This finding is gone: the content may have changed.")
        if finding.severity is Severity.ERROR:
            raise NotNow("“错误”须改正，不能以说明代替。", "An error must be mended; it cannot be explained.")
        doing.report.explanations = {**doing.report.explanations, fingerprint: {"reason": doing.reason, "by": doing.person, "at": doing.at.isoformat()}}
        doing.facts |= {"finding": fingerprint, "code": finding.code}

    return act(actor, report_id, "explain", work, at=at, reason=reason)


def submit(actor: Actor, report_id: int, *, at: datetime) -> Report:
    """Hand in for legal review: no error of the audit, every warning explained, every token with its figure."""
    return act(actor, report_id, "submit", _stand, at=at)


def pass_review(actor: Actor, report_id: int, *, at: datetime, reason: str = "") -> Report:
    return act(actor, report_id, "pass_review", at=at, reason=reason)


def return_(actor: Actor, report_id: int, *, reason: str, at: datetime) -> Report:
    return act(actor, report_id, "return", at=at, reason=reason)


def approve(actor: Actor, report_id: int, *, at: datetime) -> Report:
    """Freeze it: the numbers are printed, and from now on the ledger may change without the report."""

    def work(doing: Doing) -> None:
        _stand(doing)
        report = doing.report
        report.frozen = exchange.to_dict(auditing.whole(report))
        report.digest = _digest(report.frozen)
        doing.facts["digest"] = report.digest

    return act(actor, report_id, "approve", work, at=at)


def publish(actor: Actor, report_id: int, *, at: datetime, reason: str = "") -> Report:
    """What was approved, for the public; a further version where one is public already."""

    def work(doing: Doing) -> None:
        report = doing.report
        last = Publication.objects.filter(report=report).order_by("-version").values_list("version", flat=True).first() or 0
        data: dict[str, Any] = {**(report.frozen or {}), "published": doing.day.isoformat()}
        Publication.objects.create(
            report=report, organ_id=report.organ_id, year=report.year, version=last + 1, data=data, digest=_digest(data),
            reason=doing.reason, at=doing.at,
        )  # fmt: skip
        report.published_on = report.published_on or doing.day
        doing.after = State.PUBLISHED if report.state == State.APPROVED else State(report.state)
        doing.facts |= {"version": last + 1, "digest": _digest(data)}

    return act(actor, report_id, "publish", work, at=at, reason=reason)


def correct(actor: Actor, report_id: int, *, reason: str, at: datetime) -> Report:
    """Take a published report up again; what is public stays until the next version is published."""
    return act(actor, report_id, "correct", at=at, reason=reason)


def adopt(actor: Actor, report_id: int, *, published_on: date, reason: str, at: datetime) -> Report:
    """A report that the organ had published before it came to gongkai, entered as it was: its findings are counted, and stop nothing."""

    def work(doing: Doing) -> None:
        report = doing.report
        if report.tables is None:
            raise NotNow("还没有汇编表格。", "The tables are not compiled yet.")
        if not date(report.year, 12, 31) <= published_on <= doing.day:
            raise Invalid({"published_on": _("公布日期应在报告年度之后、不晚于今天。")})
        if unknown := auditing.unknown(report):
            raise Invalid({"prose": _("正文里这些记号没有数字：%(names)s。请登记数据，或改写这句话。") % {"names": "、".join(unknown[:10])}})
        report.published_on = published_on
        report.frozen = exchange.to_dict(auditing.whole(report))
        report.digest = _digest(report.frozen)
        found = auditing.audit_of(report)
        Publication.objects.create(
            report=report, organ_id=report.organ_id, year=report.year, version=1, data=report.frozen, digest=report.digest, reason=doing.reason, at=doing.at
        )
        doing.facts |= {"digest": report.digest, "published_on": published_on.isoformat(), "errors": found.count(Severity.ERROR)}

    return act(actor, report_id, "adopt", work, at=at, reason=reason)


def _stand(doing: Doing) -> None:
    """Whether it may go on: as it stands now, not as it stood when somebody looked."""
    report = doing.report
    if report.tables is None:
        raise NotNow("还没有汇编表格。", "The tables are not compiled yet.")
    if unknown := auditing.unknown(report):
        raise Invalid({"prose": _("正文里这些记号没有数字：%(names)s。请登记数据，或改写这句话。") % {"names": "、".join(unknown[:10])}})
    found = auditing.audit_of(report)
    if errors := [each for each in found.findings if each.severity is Severity.ERROR]:
        told = "；".join(each.sentence("zh").rstrip("。") for each in errors[:3])
        raise Invalid({"findings": _("核查还有 %(n)s 个错误：%(told)s。请改正后再提交。") % {"n": len(errors), "told": told}})
    open_ = [each for each in found.findings if each.severity is Severity.WARNING and auditing.fingerprint(each) not in report.explanations]
    if open_:
        told = "；".join(each.sentence("zh").rstrip("。") for each in open_[:3])
        raise Invalid({"findings": _("还有 %(n)s 条警告没有书面说明：%(told)s。") % {"n": len(open_), "told": told}})


def _digest(data: Mapping[str, Any] | Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()).hexdigest()
