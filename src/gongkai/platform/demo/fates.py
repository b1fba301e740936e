"""What becomes of an entry: its dated deeds, from the draft on. Pure; `doing` carries them out."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gongkai.law.calendar import calendar

from .entries import Entry
from .remarks import REMARKS
from .texts import library

ZONE = ZoneInfo("Asia/Shanghai")
_DAYS = calendar("cn")


@dataclass(frozen=True, slots=True)
class Deed:
    """One action to be done with one entry's item: when, which, by whose duty, with what."""

    at: datetime
    key: str
    verb: str
    duty: str
    told: Mapping[str, object] = field(default_factory=dict)


class Diary:
    """The deeds of one entry as they come about, day by day in working hours."""

    def __init__(self, entry: Entry, today: date) -> None:
        self.entry, self.today = entry, today
        self.chance = random.Random(f"fate|{entry.key}")
        self.day = entry.formed
        self.minute = self.chance.randrange(600, 700)
        self.deeds: list[Deed] = []
        self.rechecker = "office"
        told = library()[entry.text].told
        self.short_lived = "expires" in told
        self.hurried = entry.fate in ("express", "fresh") or entry.salt.startswith("now-") or int(str(told.get("expires", 99))) < 10

    def later(self, low: int, high: int) -> None:
        """So many working days on; or later the same day, which is how things go when time presses."""
        if self.hurried:
            low, high = 0, 0
        days = self.chance.randint(low, high)
        if days == 0:
            self.minute += self.chance.randrange(14, 75)
            if self.minute < 19 * 60:
                return
            days = 1
        self.day = _DAYS.add_workdays(self.day, days)
        self.minute = self.chance.randrange(600, 760)

    def wait_until(self, day: date) -> None:
        self.day = max(self.day, _DAYS.next_workday(day))
        self.minute = self.chance.randrange(600, 760)

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(self.minute // 60, self.minute % 60), ZONE)

    def do(self, verb: str, duty: str, **told: object) -> None:
        self.deeds.append(Deed(self.at, self.entry.key, verb, duty, told))
        self.minute += 1

    def remark(self, about: str) -> str:
        return self.chance.choice(REMARKS[about])


def deeds(entry: Entry, today: date) -> list[Deed]:
    """Everything that is done with the entry's item before the day of the demo."""
    diary = Diary(entry, today)
    fate = entry.fate
    if fate == "public" and not entry.interprets:
        fate = _varied(diary)
    _created(diary, spoilt=fate.startswith("returned") and fate != "returned_secrecy", old=fate in RENEWED)
    FATES[fate](diary)
    return [deed for deed in diary.deeds if deed.at.date() < today]


def _varied(diary: Diary) -> str:
    """Most things go straight; some are sent back, taken back, late, or put right later."""
    if diary.short_lived or diary.entry.formed > diary.today - timedelta(days=75):
        return "public"
    drawn = diary.chance.random()
    for share, fate in ((0.07, "returned_once"), (0.10, "returned_late"), (0.13, "taken_back_once"), (0.155, "late"), (0.18, "timed"), (0.205, "revised")):
        if drawn < share:
            return fate
    return "public"


RENEWED = frozenset({"revised", "revising", "revising_review", "dropped"})


def _created(diary: Diary, *, spoilt: bool, old: bool) -> None:
    if diary.entry.interprets:
        diary.wait_until(_DAYS.add_workdays(diary.day, 2 + diary.chance.randrange(3)))
    else:
        diary.later(0, 1)
    diary.do("create", "editor", spoilt=spoilt, old=old)
    for n, kind in enumerate(diary.entry.files):
        diary.do("attach", "editor", kind=kind, number=n)
    for kind, target in diary.entry.links:
        diary.do("link", "editor", kind=kind, target=target)


def _submit(diary: Diary) -> None:
    diary.later(0, 1)
    diary.do("submit", "editor")


def _reviewed(diary: Diary) -> None:
    _submit(diary)
    diary.later(0, 2)
    diary.do("review", "reviewer")


def _cleared(diary: Diary) -> None:
    _reviewed(diary)
    diary.later(0, 1)
    diary.do("clear", "secrecy")


def _published(diary: Diary) -> None:
    _cleared(diary)
    diary.later(0, 2)
    diary.do("approve", "approver")
    _made_known(diary)


def _made_known(diary: Diary, *, recheck: bool = True) -> None:
    for channel in diary.entry.channels:
        diary.later(0, 1)
        diary.do("record_channel", "editor", channel=channel)
    if recheck and diary.entry.fate != "fresh":
        diary.later(1, 3)
        diary.do("recheck", diary.rechecker)
    for kind, target in diary.entry.links:
        if kind in ("repeals", "amends"):
            validity = "repealed" if kind == "repeals" else "amended"
            diary.later(0, 1)
            diary.deeds.append(Deed(diary.at, target, "mark_validity", "office", {"validity": validity, "by": diary.entry.key, "reason": diary.remark(validity)}))


def _again(diary: Diary, about: str, verb: str, duty: str) -> None:
    """Sent back with a reason, mended, and through the reviews anew."""
    diary.do(verb, duty, reason=REASON_OF_SPOILING if about == "mend" else diary.remark(about))
    diary.later(0, 1)
    diary.do("save", "editor", how="mended")
    _published(diary)


REASON_OF_SPOILING = ""  # doing 按改动之处填写


def _returned_once(diary: Diary) -> None:
    _submit(diary)
    diary.later(0, 1)
    _again(diary, "mend", "return_", "reviewer")


def _returned_late(diary: Diary) -> None:
    _cleared(diary)
    diary.later(0, 1)
    _again(diary, "mend", "return_", "approver")


def _taken_back_once(diary: Diary) -> None:
    _submit(diary)
    diary.later(0, 0)
    diary.do("take_back", "editor")
    diary.do("save", "editor", how="touched")
    _published(diary)


def _late(diary: Diary) -> None:
    _submit(diary)
    diary.wait_until(_DAYS.add_workdays(diary.day, 22 + diary.chance.randrange(6)))
    diary.do("review", "reviewer")
    diary.later(0, 1)
    diary.do("clear", "secrecy")
    diary.later(0, 1)
    diary.do("approve", "approver")
    _made_known(diary)


def _timed(diary: Diary) -> None:
    _cleared(diary)
    diary.later(0, 1)
    due = datetime.combine(_DAYS.add_workdays(diary.day, 2), time(10, 0), ZONE)
    diary.do("schedule", "approver", publish_at=due)
    diary.deeds.append(Deed(due + timedelta(minutes=1), diary.entry.key, "sweep", "machine"))
    diary.day, diary.minute = due.date(), 640
    _made_known(diary)


def _revised(diary: Diary) -> None:
    _published(diary)
    diary.wait_until(diary.day + timedelta(days=diary.chance.randrange(120, 420)))
    diary.do("revise", "editor", reason=diary.remark("revise"))
    diary.later(0, 1)
    diary.do("save", "editor", how="updated")
    _reviewed(diary)
    diary.later(0, 1)
    diary.do("clear", "secrecy")
    diary.later(0, 1)
    diary.do("approve", "approver")
    diary.later(1, 2)
    diary.do("recheck", "office")


def _revising(diary: Diary, *, then: tuple[str, ...] = ()) -> None:
    _published(diary)
    diary.wait_until(diary.today - timedelta(days=6))
    diary.do("revise", "editor", reason=diary.remark("revise"))
    diary.minute += 20
    diary.do("save", "editor", how="updated")
    if "submit" in then:
        diary.later(0, 1)
        diary.do("submit", "editor")
    if "drop" in then:
        diary.later(0, 1)
        diary.do("drop_revision", "editor", reason="经核对，原内容无误，不需要修改。")


def _returned(verb_after: Callable[[Diary], None], duty: str, about: str) -> Callable[[Diary], None]:
    def fate(diary: Diary) -> None:
        verb_after(diary)
        diary.later(0, 1)
        diary.do("return_", duty, reason=REASON_OF_SPOILING if about == "mend" else diary.remark(about))

    return fate


def _referred(diary: Diary) -> None:
    _reviewed(diary)
    diary.later(0, 1)
    diary.do("refer", "secrecy", reason=diary.remark("refer"))


def _determined(diary: Diary) -> None:
    _referred(diary)
    diary.later(4, 7)
    diary.do("determine", "secrecy", reason=diary.remark("determine"))
    diary.later(0, 1)
    diary.do("approve", "approver")
    _made_known(diary)


def _scheduled(diary: Diary) -> None:
    _cleared(diary)
    diary.later(0, 1)
    on = _DAYS.add_workdays(diary.today, 1 + diary.chance.randrange(4))
    diary.do("schedule", "approver", publish_at=datetime.combine(on, time(10, 0), ZONE))


def _held(diary: Diary) -> None:
    _scheduled(diary)
    diary.later(0, 1)
    diary.do("hold", "approver", reason="等待上级主管部门同步发布，发布时间另行确定。")


def _filed(diary: Diary) -> None:
    _cleared(diary)
    diary.later(0, 1)
    diary.do("file", "approver")


def _review_kept(diary: Diary) -> None:
    _filed(diary)
    diary.wait_until(diary.day + timedelta(days=350))
    diary.do("review_withheld", "secrecy", keep=True, reason="设施仍在使用，公开后可能危及公共安全的情形没有变化，继续不予公开。")


def _released(diary: Diary) -> None:
    _filed(diary)
    diary.wait_until(diary.day + timedelta(days=352))
    diary.rechecker = "reviewer"  # 提出公开的人不复查
    diary.do("review_withheld", "office", keep=False, reason="正式决定已经作出，讨论过程公开不影响决策，因情势变化可以公开（条例第十八条）。")
    diary.later(0, 1)
    diary.do("save", "editor", how="opened")
    _published(diary)


def _withheld(diary: Diary) -> None:
    _reviewed(diary)
    diary.later(0, 1)
    diary.do("withhold", "secrecy", ground="internal_affairs", reason="内容属于机关内部工作流程，对外没有影响，认定不予公开（条例第十六条第一款）。")
    diary.later(0, 1)
    diary.do("file", "approver")


def _withdrawn(diary: Diary) -> None:
    _published(diary)
    diary.later(5, 12)
    diary.do("withdraw", "approver", reason=diary.remark("withdraw"))


def _penalty_changed(diary: Diary, *, withdrawn: bool = False) -> None:
    _published(diary)
    diary.wait_until(diary.day + timedelta(days=30) if withdrawn else diary.today - timedelta(days=2))
    while diary.day >= diary.today:
        diary.day -= timedelta(days=1)
        while not _DAYS.is_workday(diary.day):
            diary.day -= timedelta(days=1)
    changed = diary.day
    diary.do("decision_changed", "office", changed_on=changed, reason=diary.remark("penalty"))
    if withdrawn:
        diary.later(1, 2)
        diary.do("withdraw", "approver", reason="该行政处罚决定已被依法撤销，依照行政处罚法第四十八条撤回公开并说明理由。")


def _lapsed(diary: Diary) -> None:
    _published(diary)
    ends = date(diary.entry.formed.year + 2, diary.entry.formed.month, diary.entry.formed.day) + timedelta(days=30)
    diary.wait_until(ends)
    diary.do("mark_validity", "office", validity="lapsed", reason=diary.remark("lapsed"))


def _discarded(diary: Diary) -> None:
    diary.later(1, 2)
    diary.do("discard", "editor", reason=diary.remark("discard"))


def _taken_back(diary: Diary) -> None:
    _submit(diary)
    diary.later(0, 0)
    diary.do("take_back", "editor")


def _waived(diary: Diary) -> None:
    _submit(diary)
    diary.later(0, 1)
    diary.do("waive", "reviewer", reason="该号码是依法应当公开的对公账户、值班电话，经核对与本机关登记一致，予以放行。")
    diary.do("review", "reviewer")
    diary.later(0, 1)
    diary.do("clear", "secrecy")
    diary.later(0, 1)
    diary.do("approve", "approver")
    _made_known(diary)


def _stays(diary: Diary) -> None:
    """A draft that somebody is still writing."""


FATES: dict[str, Callable[[Diary], None]] = {
    "public": _published, "express": _published, "fresh": _published, "returned_once": _returned_once, "returned_late": _returned_late,
    "taken_back_once": _taken_back_once, "late": _late, "timed": _timed, "revised": _revised, "amended": _published, "repealed": _published,
    "lapsed": _lapsed, "determined": _determined, "waived": _waived, "draft": _stays, "taken_back": _taken_back,
    "returned_review": _returned(_submit, "reviewer", "mend"), "returned_secrecy": _returned(_reviewed, "secrecy", "secrecy"),
    "returned_approval": _returned(_cleared, "approver", "mend"), "in_review": _submit, "in_secrecy": _reviewed, "referred": _referred,
    "in_approval": _cleared, "scheduled": _scheduled, "held": _held, "revising": _revising,
    "revising_review": lambda diary: _revising(diary, then=("submit",)), "dropped": lambda diary: _revising(diary, then=("drop",)),
    "filed": _filed, "review_kept": _review_kept, "released": _released, "withheld": _withheld, "withdrawn": _withdrawn,
    "penalty_changed": _penalty_changed, "penalty_withdrawn": lambda diary: _penalty_changed(diary, withdrawn=True), "discarded": _discarded,
}  # fmt: skip


def expiries(entries: list[Entry], today: date) -> list[Deed]:
    """The nightly sweeps on which something expires (限时公开)."""
    found = set()
    for entry in entries:
        if "expires" in library()[entry.text].told and not entry.interprets:
            found.add(entry.formed + timedelta(days=int(str(library()[entry.text].told["expires"])) + 1))
    return [Deed(datetime.combine(day, time(0, 5), ZONE), "", "sweep", "machine") for day in sorted(found) if day < today]
