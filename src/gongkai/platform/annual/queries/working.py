"""The office at work on its annual report: the organ's reports, the workspace, what changed since compiling. Every page a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import JSONObject

from gongkai.law.editions import BY_KEY, EDITIONS, Edition, edition_for
from gongkai.law.findings import Finding, Severity
from gongkai.law.reporting import BY_REPORTER, ReportDue
from gongkai.platform.annual import prose, states
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.models import ProseVersion, Publication, Report, ReportStep
from gongkai.platform.annual.prose import Suggestion
from gongkai.platform.annual.queries import alongside, auditing, summing
from gongkai.platform.annual.queries.alongside import Commented
from gongkai.platform.annual.queries.compiling import of_records
from gongkai.platform.annual.states import ACTS, READING, WRITING, State
from gongkai.platform.annual.stored import behind_to_plain, key_of
from gongkai.platform.annual.terms import reporter_of
from gongkai.platform.annual.tokens import Knowledge
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.queries.organs import seen
from gongkai.report import exchange
from gongkai.report.audit import audit
from gongkai.report.compare import CellChange, Change
from gongkai.report.compare import compare as compared
from gongkai.report.model import AnnualReport, Section, Signature

FROZEN = frozenset({State.APPROVED, State.PUBLISHED, State.SUBMITTED, State.ACCEPTED})
ORDER = {severity: place for place, severity in enumerate(Severity)}
EARLY = "report_days_early"


@dataclass(frozen=True, slots=True)
class Due:
    """By when the report must be published, and on what that rests; `local` where the organ set an earlier day."""

    on: date
    rule: ReportDue
    local: bool = False

    def left(self, today: date) -> int:
        return (self.on - today).days


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in the organ's list."""

    id: int
    year: int
    edition: str
    state: State
    title: str
    moved_at: datetime
    published_on: date | None
    versions: int
    due: Due


@dataclass(frozen=True, slots=True)
class ReportList:
    """The reports of an organ, newest first, and what may be begun."""

    rows: tuple[ReportRow, ...]
    open_years: tuple[tuple[int, Edition], ...]  # 还可以开始编制的年度
    may_begin: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether one act may be done by this person now; if not, why."""

    key: str
    zh: str
    en: str
    allowed: bool
    why_zh: str = ""
    why_en: str = ""
    role: bool = False  # 角色允许，只是现在不行
    reason: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """Why the report is being worked on again: sent back, or corrected after it was published."""

    action: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """What every page of a report tells above everything else."""

    id: int
    organ: OrganView
    year: int
    edition: Edition
    state: State
    title: str
    prose_number: int
    compiled_at: datetime | None
    moved_at: datetime
    published_on: date | None
    digest: str
    steps_taken: int
    summed: bool
    due: Due
    choices: tuple[Choice, ...]
    returned: Returned | None = None
    added: int = 0  # 汇总的：计入几个机关的报告
    missing: int = 0  # 范围内还缺几个

    def may(self, key: str) -> bool:
        return any(each.allowed for each in self.choices if each.key == key)

    @property
    def frozen(self) -> bool:
        return self.state in FROZEN


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of the audit and its written reason, where somebody gave one."""

    finding: Finding
    fingerprint: str
    reason: str = ""
    reason_at: datetime | None = None

    @property
    def stops(self) -> bool:
        """Whether the report cannot be submitted with it."""
        severity = self.finding.severity
        return severity is Severity.ERROR or (severity is Severity.WARNING and not self.reason)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A report while it is written: text, figures, tables, what is behind them, what the audit says, last year's."""

    head: Head
    written: tuple[str, ...]
    knowledge: Knowledge
    report: AnnualReport  # 现在印出来的样子
    behind: Mapping[str, Mapping[str, Any]]
    findings: tuple[Found, ...]
    unknown: tuple[str, ...]
    previous: AnnualReport | None
    ledger_changed: tuple[str, ...]  # 表二：汇编以后登记有变化的格
    comments: tuple[Commented, ...] = ()
    sentences: tuple[Suggestion, ...] = ()

    @property
    def stopping(self) -> int:
        return sum(each.stops for each in self.findings)


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell whose records are no longer those that were compiled."""

    change: CellChange
    key: str
    came: tuple[int, ...]  # 新计入的记录
    went: tuple[int, ...]  # 不再计入的记录


def due_of(organ: OrganView, year: int, today: date) -> Due:
    """By when an organ publishes its report (第四十九条); its own setting may make it earlier."""
    rule = BY_REPORTER[reporter_of(organ.kind, organ.level)]
    early = dated.value_on(organ.settings, EARLY, today)
    statutory = rule.on(year)
    return Due(date.fromordinal(statutory.toordinal() - early), rule, bool(early))


def reports_of(actor: Actor, organ: OrganView, today: date) -> ReportList:
    """The organ's reports and the years that may be begun. One statement."""
    kinds = actor.kinds(organ.id)
    if not actor.machine and not kinds & READING:
        raise NotFound
    last = Publication.objects.filter(report=OuterRef("pk")).order_by("-version").values("version")[:1]
    found = Report.objects.filter(organ=organ.id).annotate(newest=Subquery(last)).defer("prose", "tables", "behind", "frozen", "explanations")
    rows = tuple(
        ReportRow(each.pk, each.year, each.edition, State(each.state), each.title, each.moved_at, each.published_on, each.newest or 0, due_of(organ, each.year, today))
        for each in found.order_by("-year")
    )
    had = {row.year for row in rows}
    begun = [(year, edition) for year in range(today.year, EDITIONS[0].first_year - 1, -1) if year not in had and (edition := edition_for(year))]
    return ReportList(rows, tuple(begun), bool(kinds & WRITING))


def kept(actor: Actor, report_id: int, *, beside: bool = False, adding: bool = False, cell: str = "") -> Report:
    """The report with its organ and why it was sent back, what stands beside it, what a sum adds to it; the same answer for one that is not there and one that is another's. One statement."""
    last = ReportStep.objects.filter(report=OuterRef("pk"), action__in=("return", "send_back", "correct")).order_by("-number")
    told = last.values(told=JSONObject(action="action", reason="reason", by="person__name", at="at"))[:1]
    more = alongside.everything() if beside else {}
    more |= summing.with_accepted() if adding else {}
    more |= {"under": KeyTransform(cell, "behind")} if cell else {}  # 一个总数后面有三百个机关：只取这一格的
    rows = Report.objects.select_related("organ").annotate(sent_back=Subquery(told), **more)
    found = (rows.defer("behind", "prose", "frozen", "explanations") if cell else rows).filter(pk=report_id).first()
    if found is None or not (actor.machine or actor.kinds(found.organ_id) & READING):
        raise NotFound
    return found


def head_of(actor: Actor, report: Report, today: date) -> Head:
    organ = seen(report.organ)
    return Head(
        report.pk, organ, report.year, BY_KEY[report.edition], State(report.state), report.title, report.prose_number, report.compiled_at, report.moved_at,
        report.published_on, report.digest, report.steps_taken, bool(getattr(report, "summed", False)), due_of(organ, report.year, today),
        tuple(_choice(actor, report, act) for act in ACTS), _returned(report),
        *((max(0, len(told.get("parts", ())) - 1), len(told.get("missing", ()))) if (told := report.summing) else ()),
    )  # fmt: skip


def _returned(report: Report) -> Returned | None:
    told = getattr(report, "sent_back", None)
    if not told or State(report.state) not in (State.DRAFT, State.RETURNED):
        return None
    return Returned(told["action"], told["reason"], told["by"] or "", datetime.fromisoformat(told["at"]))


def head(actor: Actor, report_id: int, today: date) -> Head:
    """One statement."""
    return head_of(actor, kept(actor, report_id), today)


def _choice(actor: Actor, report: Report, act: states.Act) -> Choice:
    verdict = states.may(act.key, State(report.state), actor.kinds(report.organ_id), actor.person, frozenset(report.drafters))
    return Choice(act.key, act.zh, act.en, verdict.allowed, verdict.zh, verdict.en, verdict.role is not None, act.reason)


def workspace(actor: Actor, report: Report, today: date, typed: Sequence[str] | None = None) -> Workspace:
    """The report as it stands, or as it would stand with what is typed. Three statements where the report was read with what stands beside it."""
    written = tuple(report.prose if typed is None else typed)
    knowledge = auditing.knowledge_of(report)
    sections, unknown = prose.sections(written, knowledge)
    shown = stands(report, knowledge, sections)
    previous = alongside.previous(report)
    findings = tuple(_found(each, report.explanations) for each in audit(shown, previous=previous).findings)
    return Workspace(
        head_of(actor, report, today), written, knowledge, shown, report.behind or {}, tuple(sorted(findings, key=_rank)), unknown, previous,
        () if State(report.state) in FROZEN or report.tables is None or report.summed else _ledger_changed(knowledge),
        alongside.comments(report), alongside.sentences(report),
    )  # fmt: skip


def stands(report: Report, knowledge: Knowledge, sections: tuple[Section, ...]) -> AnnualReport:
    """The report whole: what was approved as it was frozen, else the compiled tables with the text as it prints."""
    if State(report.state) in FROZEN and report.frozen:
        held = exchange.from_dict(report.frozen).report
        return replace(held, published=report.published_on, signature=replace(held.signature, on=report.published_on or held.signature.on))
    signature = Signature(report.organ.name, report.published_on)
    return replace(
        knowledge.report, organ=report.organ.name, title=report.title, year=report.year, sections=sections, signature=signature, published=report.published_on
    )


def printed_of(report: Report) -> AnnualReport:
    """The report as a file has it: the published version's own data while it is the one that holds, else as it stands. At most three statements."""
    if State(report.state) in FROZEN - {State.APPROVED}:
        data = Publication.objects.filter(report=report).order_by("-version").values_list("data", flat=True).first()
        if data:
            return exchange.from_dict(data).report
    knowledge = auditing.knowledge_of(report)
    return stands(report, knowledge, prose.sections(report.prose, knowledge)[0])


def _found(finding: Finding, explanations: Mapping[str, Mapping[str, Any]]) -> Found:
    mark = auditing.fingerprint(finding)
    told = explanations.get(mark)
    return Found(finding, mark, str(told["reason"]), datetime.fromisoformat(told["at"])) if told else Found(finding, mark)


def _rank(found: Found) -> tuple[bool, int]:
    return not found.stops, ORDER[found.finding.severity]


def _ledger_changed(knowledge: Knowledge) -> tuple[str, ...]:
    """Cells of table two that the ledger now tells otherwise than when they were compiled."""
    report = knowledge.report
    return tuple(
        cell.key for cell in (report.edition.active_cells() if report.edition else ())
        if (figure := knowledge.figures.get((cell.key, ""))) is not None and figure.value != report.figure(cell.key)
    )  # fmt: skip


def changed(actor: Actor, report_id: int, today: date) -> tuple[Head, tuple[Changed, ...]]:
    """What the records say otherwise now than when the tables were compiled, cell by cell. Five statements."""
    report = kept(actor, report_id, adding=True)
    return head_of(actor, report, today), changed_of(report)


def changed_of(report: Report) -> tuple[Changed, ...]:
    """What the records say otherwise now, cell by cell; of the government's report, what the accepted reports say. Four statements, where a sum's reports were asked for with it."""
    if report.tables is None:
        return ()
    before, had = exchange.from_dict(report.tables).report, report.behind or {}
    if report.summed:
        total = summing.of_report(report, covering=False)
        now, has = total.total.report, total.plain
    else:
        found = of_records(report.organ.name, report.organ_id, report.year, BY_KEY[report.edition])
        now, has = found.report, behind_to_plain(found.behind)
    changed = []
    for cell in compared(before, now).cells:
        key = key_of(cell.at)
        old, new = had.get(key, {}), has.get(key, {})
        if cell.change is not Change.SAME or _rests(old) != _rests(new):
            was, is_ = set(old.get("ids", ())), set(new.get("ids", ()))
            alike = old.get("source", new.get("source")) == new.get("source", old.get("source"))
            changed.append(Changed(cell, key, tuple(sorted(is_ - was)) if alike else (), tuple(sorted(was - is_)) if alike else ()))
    return tuple(changed)


def _rests(behind: Mapping[str, Any]) -> object:
    """What a cell rests on: the same ids in any order; of a sum, the same reports with the same figures."""
    own = behind.get("own") or {}
    return behind.get("source"), sorted(behind.get("ids", ())), behind.get("values"), sorted(behind.get("blank", ())), own.get("source"), sorted(own.get("ids", ()))


@dataclass(frozen=True, slots=True)
class Version:
    """The prose as somebody saved it."""

    number: int
    prose: tuple[str, ...]
    by: str
    at: datetime


def versions(report: Report) -> tuple[Version, ...]:
    """Newest first. One statement."""
    rows = ProseVersion.objects.filter(report=report).order_by("-number").values_list("number", "prose", "by__name", "at")
    return tuple(Version(number, tuple(text), by, at) for number, text, by, at in rows)


def version(report: Report, *numbers: int) -> dict[int, Version]:
    """Some versions by their number; number 0 is the empty text from which everything began. One statement."""
    rows = ProseVersion.objects.filter(report=report, number__in=numbers).values_list("number", "prose", "by__name", "at")
    found = {number: Version(number, tuple(text), by, at) for number, text, by, at in rows}
    return found | ({0: Version(0, ("",) * len(report.prose), "", report.moved_at)} if 0 in numbers else {})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done with the report."""

    number: int
    action: str
    before: str
    after: str
    by: str
    role: str
    at: datetime
    reason: str
    facts: Mapping[str, Any]


def steps(report: Report) -> tuple[Step, ...]:
    """Newest first. One statement."""
    rows = ReportStep.objects.filter(report=report).order_by("-number")
    return tuple(Step(*row) for row in rows.values_list("number", "action", "before", "after", "person__name", "role", "at", "reason", "facts"))


@dataclass(frozen=True, slots=True)
class Published:
    """A version as the public reads it."""

    version: int
    at: datetime
    digest: str
    reason: str


def publications(report: Report) -> tuple[Published, ...]:
    """Newest first. One statement."""
    return tuple(Published(*row) for row in Publication.objects.filter(report=report).order_by("-version").values_list("version", "at", "digest", "reason"))
