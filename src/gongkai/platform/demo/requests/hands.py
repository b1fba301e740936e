"""The stories of the demo, carried out through the actions of the cases, each deed by whose duty it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F

from gongkai.law.calendar import Calendar
from gongkai.platform.cases.actions import (
    charging,
    consulting,
    correcting,
    describing,
    dividing,
    ending,
    intake,
    judging,
    letters,
    rectifying,
    remedies,
    reminding,
    serving,
    tasks,
    templates,
)
from gongkai.platform.cases.creating import given_code
from gongkai.platform.cases.models import Event, Letter, Notice, Request
from gongkai.platform.cases.queries import doors
from gongkai.platform.cases.recording import Ticket, Who
from gongkai.platform.cases.values import Asked, Consulted
from gongkai.platform.demo.fates import ZONE
from gongkai.platform.demo.places import BY_SLUG
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.calendars import named

from .codes import code_of
from .letters import CHANNEL, LETTERHEADS, PAYMENT, prose
from .people import CONSULTED
from .story import Act, Story, unit_key

BEGIN = date(2019, 5, 15)


class CaseHands:
    """Requests, letters, consultations, tasks and remedies by the names that the stories give them."""

    def __init__(self, stories: Iterable[Story], organs: dict[str, int], actor: Callable[[str, date], Actor]) -> None:
        self.stories = {story.key: story for story in stories}
        self.organs, self.actor = organs, actor
        self.requests: dict[str, int] = {}
        self.letters: dict[str, int] = {}
        self.refs: dict[tuple[str, str], str] = {}
        self.tasks: dict[str, int] = {}
        self.remedies: dict[str, int] = {}
        self.done = 0

    def story(self, key: str) -> Story:
        return self.stories[key.partition("#")[0]]

    def days(self, key: str) -> Calendar:
        return named(BY_SLUG[self.story(key).organ].calendar)

    def who(self, act: Act) -> Who:
        """The person on whom the duty falls that day; the applicant comes in by the query code."""
        if act.duty == "applicant":
            return self._ticket(act.key)
        return self.officer(act)

    def officer(self, act: Act) -> Actor:
        slug = self.story(act.key).organ
        small = BY_SLUG[slug].staff != "full"
        duty = {"cases": "reviewer", "office": "reviewer"}.get(act.duty, act.duty) if small else act.duty
        return self.actor(f"{slug}-{duty}", act.at.date())

    def _ticket(self, key: str) -> Ticket:
        number = Request.objects.values_list("number", flat=True).get(pk=self.requests[key])
        found = doors.by_code(number, code_of(key))
        assert found is not None, key
        return found

    @property
    def number(self) -> int:
        return Request.objects.count()

    def prepare(self) -> None:
        """What the organs print in their letters."""
        for slug, words in LETTERHEADS.items():
            office = self.actor(f"{slug}-{'office' if BY_SLUG[slug].staff == 'full' else 'reviewer'}", BEGIN)
            heading = templates.Heading(words["code"], words["body"], words["court"], CHANNEL, PAYMENT)
            templates.set_letterhead(office, self.organs[slug], heading, since=BEGIN, at=datetime.combine(BEGIN, time(9), ZONE))

    def settle(self) -> None:
        """The messages of the past went out when they were written: the worker has nothing to send."""
        Notice.objects.filter(state="waiting").update(state="sent", sent_at=F("at"), link=None)

    def do(self, act: Act) -> None:
        self.done += 1
        if act.verb == "remind":
            reminding.remind(act.at)
            return
        getattr(self, f"_{act.verb}")(act)

    def _register(self, act: Act) -> None:
        story = self.story(act.key)
        with given_code(code_of(act.key)):
            made = intake.register(
                self.officer(act), self.organs[story.organ], story.person.applicant, story.asked, channel=story.channel, applicant_kind=story.person.kind,
                on=act.at.date(), at=act.at, oral=story.oral, needs_help=story.needs_help,
            )  # fmt: skip
        self.requests[act.key] = made.request.pk

    def _file(self, act: Act) -> None:
        story = self.story(act.key)
        with given_code(code_of(act.key)):
            made = intake.file(
                self.organs[story.organ], story.person.applicant, story.asked, applicant_kind=story.person.kind, at=act.at, needs_help=story.needs_help,
                once=f"demo-{act.key}",
            )  # fmt: skip
        self.requests[act.key] = made.request.pk

    def _confirm(self, act: Act) -> None:
        intake.confirm(self.who(act), self.requests[act.key], on=act.at.date(), at=act.at, how=str(act.told["how"]))

    def _assign(self, act: Act) -> None:
        slug = self.story(act.key).organ
        officer = self.actor(f"{slug}-editor" if BY_SLUG[slug].staff != "full" else f"{slug}-office", act.at.date())
        describing.assign(self.officer(act), self.requests[act.key], int(officer.person or 0), at=act.at)

    def _describe(self, act: Act) -> None:
        story = self.story(act.key)
        asked = replace(story.asked, title=str(act.told["title"]))
        describing.describe(
            self.officer(act), self.requests[act.key], applicant=story.person.applicant, asked=asked, applicant_kind=story.person.kind,
            reason=str(act.told["reason"]), at=act.at,
        )  # fmt: skip

    def _note(self, act: Act) -> None:
        describing.note(self.officer(act), self.requests[act.key], str(act.told["said"]), at=act.at)

    def _archive(self, act: Act) -> None:
        describing.archive(self.officer(act), self.requests[act.key], at=act.at)

    def _propose(self, act: Act) -> None:
        describing.propose_publication(self.who(act), self.requests[act.key], text=str(act.told["said"]), at=act.at)

    def _publish(self, act: Act) -> None:
        address = f"https://{self.story(act.key).organ}.gov.example/{act.key}/"
        describing.publish(self.officer(act), self.requests[act.key], address, on=act.at.date(), at=act.at)

    def _task(self, act: Act) -> None:
        organ = str(act.told.get("organ", ""))
        made = tasks.give_task(
            self.officer(act), self.requests[act.key], what=str(act.told["what"]), organ_id=self.organs[organ] if organ else None,
            office=str(act.told.get("office", "")), at=act.at,
        )  # fmt: skip
        self.tasks[str(act.told["task"])] = made.pk

    def _answer_task(self, act: Act) -> None:
        tasks.answer_task(self.officer(act), self.tasks[str(act.told["task"])], str(act.told["said"]), found=bool(act.told["found"]), on=act.at.date(), at=act.at)

    def _cancel_task(self, act: Act) -> None:
        tasks.cancel_task(self.officer(act), self.tasks[str(act.told["task"])], reason=str(act.told["reason"]), at=act.at)

    def _draft(self, act: Act) -> None:
        key, reply, of = str(act.told["key"]), str(act.told["reply"]), str(act.told["of"])
        request = Request.objects.get(pk=self.requests[act.key])
        fields = prose(key, reply, {"title": self.story(act.key).asked.title}, {**self._days(act, key, request), **dict(act.told["fields"])})  # type: ignore[call-overload]
        made = letters.draft(
            self.officer(act), request.pk, key, fields, reply=reply, law=self._law(act, key), consultation_ref=self.refs.get((act.key, of)), at=act.at
        )  # fmt: skip
        self.letters[str(act.told["letter"])] = made.pk

    def _days(self, act: Act, key: str, request: Request) -> dict[str, str]:
        """The days that a letter names."""
        on = act.at.date()
        match key:
            case "reasons":
                return {"说明理由的时间": self.days(act.key).add_workdays(on, 10).isoformat()}
            case "lapse":
                term = request.correct_by or request.pay_by
                assert term is not None
                return {"逾期之日": (term + timedelta(days=1)).isoformat()}
            case "repeat":
                earlier = Letter.objects.get(pk=self.letters["grants/1"])
                return {"前次答复文号": earlier.number, "前次答复日期": str(earlier.dated)}
            case "confirm_reissue":
                return {"获取日期": (on - timedelta(days=40)).isoformat()}
            case "co_ordination":
                return {"回复时间": self.days(act.key).add_workdays(on, 7).isoformat()}
        return {}

    def _law(self, act: Act, key: str) -> dict[str, Any] | None:
        told = dict(act.told["law"])  # type: ignore[call-overload]
        if "after" not in told:
            return told or None
        name = {"correction": "answer_by", "delayed": "until"}[key]
        return {name: self.days(act.key).add_workdays(act.at.date(), int(told["after"])).isoformat()}

    def _review(self, act: Act) -> None:
        letters.review(self.officer(act), self.requests[act.key], self._letter(act), at=act.at)

    def _return(self, act: Act) -> None:
        letters.return_(self.officer(act), self.requests[act.key], self._letter(act), reason=str(act.told["reason"]), at=act.at)

    def _sign(self, act: Act) -> None:
        letters.sign(self.officer(act), self.requests[act.key], self._letter(act), at=act.at)

    def _void(self, act: Act) -> None:
        letters.void(self.officer(act), self.requests[act.key], self._letter(act), reason=str(act.told["reason"]), at=act.at)

    def _serve(self, act: Act) -> None:
        way = str(act.told["way"])
        tracking = f"XA{self._letter(act):09d}示" if way == "post" else ""
        serving.serve(self.officer(act), self.requests[act.key], self._letter(act), way=way, on=act.at.date(), tracking=tracking, at=act.at)

    def _delivered(self, act: Act) -> None:
        serving.record_delivery(self.officer(act), self.requests[act.key], self._letter(act), on=act.at.date(), at=act.at)

    def _opened(self, act: Act) -> None:
        for how in ("opened", "downloaded"):
            serving.record_delivery(self.who(act), self.requests[act.key], self._letter(act), how=how, at=act.at)

    def _letter(self, act: Act) -> int:
        return self.letters[str(act.told["letter"])]

    def _consult(self, act: Act) -> None:
        of, organ = str(act.told["of"]), str(act.told.get("organ", ""))
        party = CONSULTED.get(of) or Consulted(BY_SLUG[of].name)
        made = consulting.consult(
            self.officer(act), self.requests[act.key], str(act.told["to"]), party, str(act.told["asks"]), organ_id=self.organs[organ] if organ else None, at=act.at
        )  # fmt: skip
        self.refs[act.key, of] = made.ref

    def _deliver(self, act: Act) -> None:
        consulting.deliver(self.officer(act), self.requests[act.key], self.refs[act.key, str(act.told["of"])], on=act.at.date(), at=act.at)

    def _answer(self, act: Act) -> None:
        ref = self.refs[act.key, str(act.told["of"])]
        consulting.answer(self.officer(act), self.requests[act.key], ref, str(act.told["answer"]), on=act.at.date(), text=str(act.told["text"]), at=act.at)

    def _correct(self, act: Act) -> None:
        correcting.correct(self.who(act), self.requests[act.key], on=act.at.date(), text=str(act.told["said"]), at=act.at)

    def _reasons(self, act: Act) -> None:
        correcting.give_reasons(self.who(act), self.requests[act.key], on=act.at.date(), text=str(act.told["said"]), at=act.at)

    def _fee(self, act: Act) -> None:
        charging.compute_fee(self.officer(act), self.requests[act.key], way=str(act.told["way"]), pages=int(str(act.told["pages"])), at=act.at)

    def _pay(self, act: Act) -> None:
        charging.pay(self.officer(act), self.requests[act.key], on=act.at.date(), receipt=str(act.told["receipt"]), at=act.at)

    def _withdraw(self, act: Act) -> None:
        ending.withdraw(self.who(act), self.requests[act.key], on=act.at.date(), text=str(act.told["said"]), at=act.at)

    def _judge(self, act: Act) -> None:
        ticket = self._ticket(act.key)
        judging.judge(ticket, bool(act.told["helped"]), str(act.told["said"]), at=act.at)

    def _split(self, act: Act) -> None:
        asked = self.story(act.key).asked
        parts = [Asked(title, description, asked.form, asked.obtaining) for title, description in act.told["parts"]]  # type: ignore[attr-defined]
        made = dividing.split(self.officer(act), self.requests[act.key], parts, reason=str(act.told["reason"]), at=act.at)
        self.requests |= {unit_key(act.key, number): unit.pk for number, unit in enumerate(made)}

    def _join(self, act: Act) -> None:
        dividing.join(self.officer(act), self.requests[act.key], self.requests[str(act.told["leading"])], at=act.at)

    def _move(self, act: Act) -> None:
        dividing.move(self.officer(act), self.requests[act.key], self.organs[str(act.told["to"])], reason=str(act.told["reason"]), at=act.at)

    def _rectify(self, act: Act) -> None:
        event = Event.objects.filter(request=self.requests[act.key], kind=act.told["event"]).latest("number")
        on = event.on - timedelta(days=int(str(act.told["back"])))
        rectifying.rectify(self.officer(act), self.requests[act.key], event.number, reason=str(act.told["reason"]), on=on, law=event.law, at=act.at)

    def _remedy(self, act: Act) -> None:
        told = act.told
        after = self.remedies.get(str(told.get("after", "")))
        made = remedies.open(
            self.officer(act), self.organs[self.story(act.key).organ], kind=str(told["kind"]), body=str(told["body"]), filed_on=act.at.date(), at=act.at,
            claimant=remedies.Claim(str(told["claimant"]), asks=str(told["asks"])), claimant_kind=self.story(act.key).person.kind, after_id=after,
            request_id=self.requests[act.key],
        )  # fmt: skip
        self.remedies[str(told["remedy"])] = made.pk

    def _remedy_event(self, act: Act) -> None:
        remedies.record(self.officer(act), self.remedies[str(act.told["remedy"])], str(act.told["kind"]), act.at.date(), text=str(act.told["text"]), at=act.at)

    def _remedy_end(self, act: Act) -> None:
        remedies.end(self.officer(act), self.remedies[str(act.told["remedy"])], str(act.told["judgment"]), act.at.date(), text=str(act.told["text"]), at=act.at)
