"""A line of a year's register read as a request: its applicant, what was asked, its dated events — or why it cannot be one.

The core's own fold is run for every line: what it refuses is an error of that line; what broke the procedure is told and entered all the same.
Messages of a line may quote its dates and choices, never a name, a number or a content.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from gongkai.law import replies
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Settings
from gongkai.law.conduct import BY_KEY as RULES
from gongkai.law.errors import NotUnderstood
from gongkai.law.events import Channel, Lapse
from gongkai.law.receipt import BY_CHANNEL
from gongkai.report.words.numerals import numeral

from . import sheets, standing
from .choices import State
from .sheets import BY_FIELD, LEAF, REPLY, SheetRow, Sort
from .standing import LAPSES, Happened, Standing
from .validating import EARLIEST, faults, lacking, tidy_applicant, tidy_asked
from .values import Applicant, Asked

ROWS = "cases.batch.rows"  # sealing 的用途
LONGEST_NUMBER = 60
SettingsOn = Callable[[date], Settings]
_APPLICANT = ("name", "identity_kind", "identity_number", "organisation_code", "contact", "representative", "phone", "email", "address", "postcode")
_ASKED = ("title", "description", "form", "obtaining")
_LAPSED = {reply: lapse.value for lapse, reply in LAPSES.items()}


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """One event that a line tells of, and the column that it stands in."""

    kind: str
    on: date
    heading: str
    law: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""


@dataclass(slots=True, repr=False)
class Plan:
    """One line, read and checked: what would be entered, or why not."""

    row: int
    number: str
    applicant: Applicant
    asked: Asked
    channel: str = ""
    applicant_kind: str = ""
    oral: bool = False
    told: list[Told] = field(default_factory=list)
    standing: Standing | None = None
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def happened(self) -> list[Happened]:
        return [Happened(number, each.kind, each.on, each.law, each.facts) for number, each in enumerate(self.told, start=1)]


def planned(rows: Sequence[SheetRow], days: Calendar, settings: SettingsOn, today: date, taken: Collection[str]) -> list[Plan]:
    """Every line as it would be entered; `taken` are numbers that the organ has given already."""
    plans = [_Line(row, today).plan(days, settings) for row in rows]
    counts = Counter(plan.number for plan in plans)
    for plan in plans:
        if plan.number in taken:
            plan.errors.append(_("登记编号：本机关已有一件用这个编号；已经登记过的，请从表中删去。"))
        elif plan.number and counts[plan.number] > 1:
            plan.errors.append(_("登记编号：在表中出现了 %(n)s 次。") % {"n": counts[plan.number]})
    return plans


def number_of(row: SheetRow) -> str:
    return " ".join(row.cells.get("number", "").split())


@dataclass(slots=True, repr=False)
class _Line:
    """One line while it is read."""

    row: SheetRow
    today: date
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    days: dict[str, date | None] = field(default_factory=dict)

    def plan(self, days: Calendar, settings: SettingsOn) -> Plan:
        self.errors += [f"{BY_FIELD[name].heading}：{why}" for name, why in self.row.unread.items()]
        kind, channel = self.choice("applicant_kind"), self.choice("channel")
        chosen = {name: self.choice(name) for name in ("identity_kind", "form", "obtaining")}
        applicant = tidy_applicant(Applicant(**{name: chosen.get(name, self.cell(name)) for name in _APPLICANT}), kind)
        asked = tidy_asked(Asked(**{name: chosen.get(name, self.cell(name)) for name in _ASKED}))
        self.people(applicant, asked, kind)
        plan = Plan(self.row.number, self.number(), applicant, asked, channel, kind, self.choice("oral") == "yes", errors=self.errors, warnings=self.warnings)
        plan.told = sorted(self.told(channel), key=lambda each: each.on)  # 同一日的，按办理的先后
        if not self.errors:
            _fold(plan, days, settings(plan.told[0].on), self.today)
        return plan

    def cell(self, name: str) -> str:
        return self.row.cells.get(name, "")

    def number(self) -> str:
        number = number_of(self.row)
        if not number or len(number) > LONGEST_NUMBER or not number.isprintable():
            self.wrong("number", _("必填，至多 %(most)s 个字。") % {"most": LONGEST_NUMBER})
        return number

    def wrong(self, name: str, why: str) -> None:
        self.errors.append(f"{BY_FIELD[name].heading}：{why}")

    def choice(self, name: str) -> str:
        written, column = self.cell(name), BY_FIELD[name]
        if not written:
            if column.needed:
                self.wrong(name, _("必填，请从所列各项中选择。"))
            return ""
        if (key := _options(name).get(_one_writing(written))) is None:
            self.wrong(name, _("没有这一项，请从所列各项中选择。"))
        return key or ""

    def day(self, name: str) -> date | None:
        if name not in self.days:
            self.days[name] = self.read_day(name)
        return self.days[name]

    def read_day(self, name: str) -> date | None:
        written = self.cell(name)
        try:
            found = sheets.day(written)
        except ValueError:
            self.wrong(name, _("不是日期，请写成 2025-03-05。"))
            return None
        if found is None:
            return None
        if written.isdecimal() and len(written) == 5:
            self.warnings.append(_("%(what)s：按 Excel 的日期序号读作 %(on)s。") % {"what": BY_FIELD[name].heading, "on": found})
        if found < EARLIEST:
            self.wrong(name, _("%(on)s 在现行条例施行（%(since)s）之前，适用原来的期限，不在本平台登记。") % {"on": found, "since": EARLIEST})
        elif name not in ("answer_by", "until") and found > self.today:
            self.wrong(name, _("%(on)s 在今天之后；只登记已经发生的事。") % {"on": found})
        return found

    def people(self, applicant: Applicant, asked: Asked, kind: str) -> None:
        """What cannot be kept is wrong; what Article 29 demands and old registers lack is only told."""
        wrong = faults(applicant, asked, kind or "natural")
        for name, why in wrong.items():
            if name in BY_FIELD and BY_FIELD[name].sort is not Sort.CHOICE:
                self.wrong(name, why)
        missing = [name for name in lacking(applicant, asked, kind or "natural") if name not in wrong and name not in ("form", "obtaining")]
        if missing:
            said = "、".join(BY_FIELD[name].heading for name in missing if name in BY_FIELD)
            self.warnings.append(_("没有填写或者不合格式：%(what)s。照原样登记。") % {"what": said})

    def told(self, channel: str) -> Iterator[Told]:
        """The events of the line, in the order in which the law lets them happen on one day."""
        submitted = self.day("submitted")
        if submitted is None:
            if not self.cell("submitted"):
                self.wrong("submitted", _("必填。"))
            return
        yield Told("submitted", submitted, BY_FIELD["submitted"].heading, {"channel": channel})
        yield from self.confirmed(channel)
        yield from self.event("correction_requested", answer_by=self.stated_day("correction_requested", "answer_by"))
        yield from self.event("corrected")
        yield from self.consulted()
        for name in ("reasons_requested", "reasons_given"):
            yield from self.event(name)
        yield from self.event("extended", workdays=self.stated("extended", "workdays"))
        yield from self.event("delayed", until=self.stated_day("delayed", "until"))
        yield from self.event("fee_noticed", amount=self.stated("fee_noticed", "amount"))
        yield from self.event("fee_paid")
        yield from self.ended()
        if remark := self.cell("remark"):
            yield Told("noted", self.today, BY_FIELD["remark"].heading, text=remark[:2000])

    def event(self, kind: str, **law: Any) -> Iterator[Told]:
        on = self.day(kind)
        if on is not None:
            yield Told(kind, on, BY_FIELD[kind].heading, law)

    def confirmed(self, channel: str) -> Iterator[Told]:
        if not channel or BY_CHANNEL[Channel(channel)].confirmed:
            yield from self.event("confirmed")
        elif self.day("confirmed") not in (None, self.day("submitted")):
            self.warnings.append(_("确认日期：当面提交、需签收的邮寄以提交、签收之日为收到之日，所填的确认日期不用。"))

    def consulted(self) -> Iterator[Told]:
        to = self.choice("consulted")
        if self.cell("consultation_sent") and not self.cell("consulted"):
            self.wrong("consulted", _("填了征求意见发出日期，请写明对象。"))
        yield from self.event("consultation_sent", ref="征1", to=to)
        yield from self.event("consultation_delivered", ref="征1")
        answer = self.choice("answer")
        if self.cell("consultation_answered") and not self.cell("answer"):
            self.wrong("answer", _("填了收到意见日期，请写明同意还是不同意。"))
        yield from self.event("consultation_answered", ref="征1", answer=answer)

    def ended(self) -> Iterator[Told]:
        result, on = self.choice("result"), self.day("ended")
        heading = BY_FIELD["ended"].heading
        if self.cell("ended") and not self.cell("result"):
            self.wrong("result", _("填了办结日期，请写明办理结果。"))
        elif self.cell("result") and not self.cell("ended"):
            self.wrong("ended", _("填了办理结果，请写明办结日期。"))
        if on is None or not result:
            return
        fine = result.removeprefix(REPLY) if result.startswith(REPLY) else ""
        leaf = replies.BY_KEY[fine].outcome if fine else result.removeprefix(LEAF)
        if fine == "withdrawn":
            yield Told("withdrawn", on, heading)
        elif leaf in tuple(Lapse):
            yield Told("closed", on, heading, {"outcome": leaf})
        else:
            yield Told("replied", on, heading, {"outcome": leaf}, {"reply": fine} if fine else {})

    def stated(self, event: str, name: str) -> int | float | None:
        """A number that an event needs."""
        written = self.cell(name).translate(str.maketrans("", "", ",，元天日个工作 "))
        if not written:
            if self.cell(event):
                self.wrong(name, _("填了“%(what)s”，请一并填写。") % {"what": BY_FIELD[event].heading})
            return None
        if not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,2})?", written):
            self.wrong(name, _("应为数字。"))
            return None
        number = float(written)
        return int(number) if number.is_integer() else number

    def stated_day(self, event: str, name: str) -> str | None:
        """A day that an event needs, as the law's record writes it."""
        found = self.day(name)
        if found is None and self.cell(event) and not self.cell(name):
            self.wrong(name, _("填了“%(what)s”，请一并填写。") % {"what": BY_FIELD[event].heading})
        return found.isoformat() if found else None


def _fold(plan: Plan, days: Calendar, settings: Settings, today: date) -> None:
    """Where the line stands, by the law; or which column cannot be."""
    happened = plan.happened()
    try:
        steps = standing.steps(happened, days, settings)
        plan.standing = standing.fold(happened, days, settings)
    except NotUnderstood as refused:
        plan.errors.append(f"{_refused(plan, happened, days, settings)}：{_without_place(refused.zh)}")
        return
    for step in steps:
        if step.violation is not None:
            plan.warnings.append(_("%(on)s：%(what)s（条例第%(article)s条），照实登记。") % {
                "on": step.event.on, "what": RULES[step.violation.rule].zh, "article": numeral(int(step.violation.article)),
            })  # fmt: skip
    due = plan.standing.due_on
    if plan.standing.state is State.OPEN and due is not None and due < today:
        plan.warnings.append(_("尚未办结，答复期限 %(due)s 已过。") % {"due": due})


def _refused(plan: Plan, happened: list[Happened], days: Calendar, settings: Settings) -> str:
    """The heading of the first event that the law does not let happen."""
    for count in range(1, len(happened) + 1):
        try:
            standing.steps(happened[:count], days, settings)
        except NotUnderstood:
            return plan.told[count - 1].heading
    return BY_FIELD["ended"].heading


def _without_place(said: str) -> str:
    """A message of the core without the number and key of the event, which nobody has seen."""
    return re.sub(r"^第\d+项 \w+(?:（([\d-]+)）)?[：:]?", lambda found: f"{found[1]} " if found[1] else "", said)


@cache
def _options(name: str) -> dict[str, str]:
    options = BY_FIELD[name].options or {}
    return {_one_writing(written): key for written, key in options.items()} | {_one_writing(key.rpartition(":")[2]): key for key in options.values()}


def _one_writing(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。.;；").casefold()


def summary(plans: Iterable[Plan]) -> dict[str, object]:
    """What a register comes to, in numbers alone."""
    held = list(plans)
    fit = [plan.standing for plan in held if plan.standing is not None and not plan.errors]
    return {
        "rows": len(held),
        "wrong": sum(bool(plan.errors) for plan in held),
        "warned": sum(bool(plan.warnings) for plan in held),
        "years": dict(sorted(Counter(str(each.received_on.year) for each in fit if each.received_on).items())),
        "states": dict(Counter(each.state.value for each in fit)),
        "outcomes": dict(Counter(each.outcome for each in fit if each.outcome)),
    }


def digest_of(events: Iterable[tuple[int, int, str]]) -> str:
    """One digest over events: each by its request, its number and its own digest."""
    return hashlib.sha256("\n".join(f"{request} {number} {digest}" for request, number, digest in sorted(events)).encode()).hexdigest()
