"""A report from its beginning to its publication: open, compile, write, explain, submit, review, return, approve, publish, correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from gongkai.law.editions import BY_KEY, SECTIONS
from gongkai.law.findings import Severity
from gongkai.platform import journal
from gongkai.platform.annual import merging, scoping
from gongkai.platform.annual.errors import Clashing, Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.annual.fingerprints import digest
from gongkai.platform.annual.models import ProseVersion, Publication, Report, ReportStep
from gongkai.platform.annual.queries import auditing, summing
from gongkai.platform.annual.queries.compiling import compile_year, title_of
from gongkai.platform.annual.recording import Doing, act
from gongkai.platform.annual.states import WRITING, State
from gongkai.platform.annual.stored import behind_to_plain
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.calendars import local_day
from gongkai.platform.organs.models import Organ
from gongkai.report import exchange

LONGEST_SECTION = 60_000


def open_report(
    actor: Actor, organ_id: int, year: int, *, edition: str, at: datetime, summed: bool = False, left_out: Sequence[str] = (), reason: str = ""
) -> Report:  # fmt: skip
    """Begin an organ's report on a year, in an edition of the form; compiled at once. `summed`: the government's, with its organs' added."""
    kinds = actor.kinds(organ_id)
    if not kinds:
        raise NotFound
    if not kinds & WRITING:
        raise NotAllowed("编制年度报告需要“政府信息公开工作机构”角色。", "The disclosure office writes the annual report.")
    today = local_day(at)
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
            steps_taken=1, summed=summed, summing=scoping.declared(left_out, reason) if summed else None,
        )  # fmt: skip
        facts = {"edition": edition} | ({"left_out": list(report.summing["left_out"])} if report.summing else {})
        ReportStep.objects.create(report=report, number=1, action="open", after=State.DRAFT.value, person_id=actor.person, role=sorted(kinds & WRITING)[0].value, at=at, facts=facts)
        journal.record(actor.by(sorted(kinds & WRITING)[0]), "annual.open", f"annual.report:{report.pk}", chain=organ_id, at=at, changes={"year": year, **facts}, reason=reason)
        return compile_(actor, report.pk, at=at)


def compile_(actor: Actor, report_id: int, *, at: datetime, seen: int | None = None) -> Report:
    """The tables as the records stand now, with what is behind every cell."""
    return act(actor, report_id, "compile", _compile, at=at, seen=seen)


def scope(actor: Actor, report_id: int, *, left_out: Sequence[str], reason: str, at: datetime, seen: int | None = None) -> Report:
    """Make it the government's report, and say whose reports do not belong into it, and why; compiled at once."""

    def work(doing: Doing) -> None:
        doing.report.summed, doing.report.summing = True, scoping.declared(left_out, doing.reason)
        doing.facts["left_out"] = doing.report.summing["left_out"]
        _compile(doing)

    return act(actor, report_id, "scope", work, at=at, reason=reason, seen=seen)


def _compile(doing: Doing) -> None:
    report = doing.report
    if report.summed:
        summed = summing.of_report(report)
        report.tables, report.behind = exchange.to_dict(summed.total.report), summed.plain
        report.summing = {**(report.summing or {}), **summed.told}
    else:
        found = compile_year(doing.actor, report.organ_id, report.year, BY_KEY[report.edition])
        report.tables, report.behind = exchange.to_dict(found.report), behind_to_plain(found.behind)
    report.compiled_at = doing.at
    doing.facts["tables"] = digest(report.tables)


def write(actor: Actor, report_id: int, prose: Sequence[str], *, based_on: int, at: datetime) -> Report:
    """Save the six sections. `based_on` is the number of the version that was opened; what somebody else saved since is merged, sentence by sentence."""

    def work(doing: Doing) -> None:
        report = doing.report
        texts = _checked([text.replace("\r\n", "\n").strip() for text in prose])
        if based_on != report.prose_number:
            merged = merging.merge_all(_base(report, based_on), texts, report.prose)
            if any(section.clashes for section in merged):
                raise Clashing(merged, report.prose_number)
            texts = _checked([section.text.strip() for section in merged])
            doing.facts["merged"] = [based_on, report.prose_number]
        report.prose = texts
        report.prose_number += 1
        report.drafters = sorted({*report.drafters, doing.person})
        ProseVersion.objects.create(report=report, number=report.prose_number, prose=report.prose, by_id=doing.person, at=doing.at)
        doing.facts |= {"version": report.prose_number, "prose": digest(report.prose)}

    return act(actor, report_id, "write", work, at=at)


def _checked(texts: list[str]) -> list[str]:
    if len(texts) != len(SECTIONS):
        raise Invalid({"prose": _("年度报告有六个部分。")})
    if any(len(text) > LONGEST_SECTION for text in texts):
        raise Invalid({"prose": _("一个部分不得超过 %(most)s 个字。") % {"most": LONGEST_SECTION}})
    if any("\0" in text for text in texts):
        raise Invalid({"prose": _("正文里有不能保存的控制符，请删去再保存。")})
    return texts


def _base(report: Report, number: int) -> list[str]:
    """The version from which somebody set out; where there is none, nothing."""
    found = ProseVersion.objects.filter(report=report, number=number).values_list("prose", flat=True).first()
    return found or [""] * len(SECTIONS)


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


def submit(actor: Actor, report_id: int, *, at: datetime, seen: int | None = None) -> Report:
    """Hand in for legal review: no error of the audit, every warning explained, every token with its figure."""
    return act(actor, report_id, "submit", _stand, at=at, seen=seen)


def pass_review(actor: Actor, report_id: int, *, at: datetime, reason: str = "", seen: int | None = None) -> Report:
    return act(actor, report_id, "pass_review", at=at, reason=reason, seen=seen)


def return_(actor: Actor, report_id: int, *, reason: str, at: datetime, seen: int | None = None) -> Report:
    return act(actor, report_id, "return", at=at, reason=reason, seen=seen)


def approve(actor: Actor, report_id: int, *, at: datetime, seen: int | None = None) -> Report:
    """Freeze it: the numbers are printed, and from now on the ledger may change without the report."""

    def work(doing: Doing) -> None:
        _stand(doing)
        report = doing.report
        report.frozen = exchange.to_dict(auditing.whole(report), source=scoping.source(report))
        report.digest = digest(report.frozen)
        doing.facts["digest"] = report.digest

    return act(actor, report_id, "approve", work, at=at, seen=seen)


def publish(actor: Actor, report_id: int, *, at: datetime, reason: str = "", seen: int | None = None) -> Report:
    """What was approved, for the public; a further version where one is public already."""

    def work(doing: Doing) -> None:
        report = doing.report
        before = _newest(report)
        if before is not None and _content(before.data) == _content(report.frozen or {}):
            raise NotNow(f"已签发的就是已公布的第 {before.version} 版，没有新的内容可以公布。", f"What was approved is public already, as version {before.version}.")
        if before is not None and not doing.reason:
            raise Invalid({"reason": _("请写明理由。")})
        frozen, day = report.frozen or {}, doing.day.isoformat()
        data: dict[str, Any] = {**frozen, "published": day, "signature": {**frozen.get("signature", {}), "on": day}}  # 落款是公布的日期
        report.published_on = report.published_on or doing.day
        doing.after = State.PUBLISHED if report.state == State.APPROVED else State(report.state)
        doing.facts["version"] = _published(doing, data, before.version + 1 if before else 1)

    return act(actor, report_id, "publish", work, at=at, reason=reason, seen=seen)


def correct(actor: Actor, report_id: int, *, reason: str, at: datetime, seen: int | None = None) -> Report:
    """Take a published report up again; what is public stays until the next version is published."""
    return act(actor, report_id, "correct", at=at, reason=reason, seen=seen)


def adopt(actor: Actor, report_id: int, *, published_on: date, reason: str, at: datetime, seen: int | None = None) -> Report:
    """A report that the organ had published before it came to gongkai, entered as it was: its findings are counted, and stop nothing."""

    def work(doing: Doing) -> None:
        report = doing.report
        if _newest(report) is not None:
            raise NotNow("这份报告已经在本平台公布；更正后的内容须经审核、签发再公布。", "This report is public here already: a correction is reviewed and approved before it is published.")
        if report.tables is None:
            raise NotNow("还没有汇编表格。", "The tables are not compiled yet.")
        if not date(report.year, 12, 31) <= published_on <= doing.day:
            raise Invalid({"published_on": _("公布日期应在报告年度之后、不晚于今天。")})
        if unknown := auditing.unknown(report):
            raise Invalid({"prose": _("正文里这些记号没有数字：%(names)s。请登记数据，或改写这句话。") % {"names": "、".join(unknown[:10])}})
        report.published_on = published_on
        report.frozen = exchange.to_dict(auditing.whole(report))
        report.digest = digest(report.frozen)
        found = auditing.audit_of(report)
        _published(doing, report.frozen, 1)
        doing.facts |= {"published_on": published_on.isoformat(), "errors": found.count(Severity.ERROR)}

    return act(actor, report_id, "adopt", work, at=at, reason=reason, seen=seen)


def _newest(report: Report) -> Publication | None:
    return Publication.objects.filter(report=report).order_by("-version").first()


def _content(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a version says, whenever it was published."""
    return {key: value for key, value in data.items() if key not in ("published", "signature")}


def _published(doing: Doing, data: dict[str, Any], version: int) -> int:
    """A version for the public, frozen and hashed."""
    report, proof = doing.report, digest(data)
    Publication.objects.create(
        report=report, organ_id=report.organ_id, year=report.year, version=version, data=data, digest=proof, reason=doing.reason, at=doing.at
    )
    doing.facts["digest"] = proof
    return version


def _stand(doing: Doing) -> None:
    """Whether it may go on: as it stands now, not as it stood when somebody looked."""
    report = doing.report
    if report.tables is None:
        raise NotNow("还没有汇编表格。", "The tables are not compiled yet.")
    scoping.stands(report)
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
