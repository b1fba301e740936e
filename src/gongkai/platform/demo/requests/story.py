"""How the story of a request is told: who asks what, and then its deeds, day by day in working hours. Pure; `hands` carries them out."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from gongkai.law.calendar import Calendar, calendar
from gongkai.law.events import Channel
from gongkai.law.receipt import BY_CHANNEL
from gongkai.law.replies import BY_KEY as REPLIES
from gongkai.platform.cases.letters.duties import BY_HEAD, reviewed
from gongkai.platform.cases.values import Asked
from gongkai.platform.demo.fates import ZONE
from gongkai.platform.demo.places import BY_SLUG

from .people import Person, people

_OPENING, _CLOSING = 10 * 60, 19 * 60  # 新疆的作息


@dataclass(frozen=True, slots=True)
class Act:
    """One deed of a story: when, which, by whose duty, with what."""

    at: datetime
    key: str
    verb: str
    duty: str
    told: Mapping[str, object] = field(default_factory=dict)


class Story:
    """One request from its first day. Every method does something and moves on a little; `later` moves on by working days."""

    def __init__(
        self, key: str, organ: str, asker: str, title: str, description: str = "", *, begin: date, channel: str = "in_person", form: str = "electronic",
        obtaining: str = "online", oral: bool = False, needs_help: bool = False, help_wanted: str = "",
    ) -> None:  # fmt: skip
        self.key, self.organ, self.person, self.channel = key, organ, people()[asker], channel
        self.asked = Asked(title, description, form, obtaining, help_wanted)
        self.oral, self.needs_help = oral, needs_help
        self.day, self.minute = begin, _OPENING + zlib.crc32(key.encode()) % 90
        self.acts: list[Act] = []
        self._letters = 0
        self._on = key  # 一事一申请拆分之后，说的是哪一件
        self.do("file", "applicant") if channel == Channel.ONLINE else self.do("register", "cases")

    @cached_property
    def days(self) -> Calendar:
        return calendar(BY_SLUG[self.organ].calendar)

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(self.minute // 60, self.minute % 60), ZONE)

    def do(self, verb: str, duty: str, **told: object) -> Story:
        self.acts.append(Act(self.at, self._on, verb, duty, told))
        self.minute += 11
        if self.minute > _CLOSING:
            self.later(1)
        return self

    def later(self, workdays: int) -> Story:
        if workdays:
            self.day = self.days.add_workdays(self.day, workdays)
            self.minute = _OPENING + zlib.crc32(f"{self.key}{self.day}".encode()) % 90
        return self

    def on(self, day: date) -> Story:
        self.day, self.minute = max(day, self.day), _OPENING + zlib.crc32(f"{self.key}{day}".encode()) % 90
        return self

    def confirmed(self, workdays: int = 1, how: str = "phone") -> Story:
        """Both sides confirm, where the channel wants it."""
        if BY_CHANNEL[Channel(self.channel)].confirmed:
            self.later(workdays).do("confirm", "cases", how=how)
        return self

    def letter(
        self, key: str, reply: str = "", *, until: str = "served", way: str = "", law: Mapping[str, object] | None = None, of: str = "",
        fields: Mapping[str, object] | None = None, delivered: int | None = None,
    ) -> Story:  # fmt: skip
        """A letter from its draft on: looked at by the legal office where it must be, signed, served, and delivered so many working days later.

        `until` is where it rests; `of` is the side consulted.
        """
        self._letters += 1
        named = {"letter": f"{self.key}/{self._letters}"}
        self.do("draft", "cases", **named, key=key, reply=reply, law=law or {}, of=of, fields=fields or {})
        small = BY_SLUG[self.organ].staff != "full"
        steps = (*(("review",) if reviewed(key) and not small else ()), "sign", "serve")
        for step in steps:
            if until == {"review": "drafted", "sign": "drafted" if "review" not in steps else "reviewed", "serve": "signed"}[step]:
                return self
            duty = {"review": "legal", "sign": "office" if key in BY_HEAD and not small else "approver", "serve": "cases"}[step]
            self.minute += 30
            self.do(step, duty, **named, **({"way": way or self.way} if step == "serve" else {}))
        if delivered is not None:
            self.later(delivered).do("delivered", "cases", **named)
        return self

    def unit(self, number: int) -> Story:
        """What follows is done with one of the units that it was split into."""
        self._on = unit_key(self.key, number)
        return self

    def answered(self, reply: str, *, until: str = "served", way: str = "", delivered: int | None = None, fields: Mapping[str, object] | None = None) -> Story:
        """The reply's letter, whichever it is."""
        return self.letter(str(REPLIES[reply].letter_key), reply, until=until, way=way, delivered=delivered, fields=fields)

    @property
    def way(self) -> str:
        """How the applicant wants it."""
        return {"online": "online", "email": "email", "post": "post", "in_person": "in_person", "fax": "fax"}[self.asked.obtaining]

    def searched(self, office: str, what: str, said: str, *, found: bool = True, days: int = 2) -> Story:
        """A search given to an office, and its answer."""
        named = {"task": f"{self.key}/{office}"}
        self.do("task", "cases", **named, office=office, what=what)
        return self.later(days).do("answer_task", "editor", **named, said=said, found=found)

    def consulted(self, of: str, to: str, asks: str, *, organ: str = "", delivered: int | None = 2, way: str = "post") -> Story:
        """A side entered, its letter served; delivered so many working days later."""
        letter = {"third_party": "third_party", "co_maker": "co_maker", "other_organ": "co_ordination"}[to]
        self.do("consult", "cases", of=of, to=to, asks=asks, organ=organ)
        self.letter(letter, of=of, way=way)
        if delivered is not None:
            self.later(delivered).do("deliver", "cases", of=of)
        return self


def unit_key(key: str, number: int) -> str:
    return f"{key}#{number}"


def before(today: date, workdays: int, days: Calendar) -> date:
    """The working day so many before today."""
    day = today
    while workdays:
        day -= timedelta(days=1)
        workdays -= days.is_workday(day)
    return day


__all__ = ["Act", "Person", "Story", "before", "unit_key"]
