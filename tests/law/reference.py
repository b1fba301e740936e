"""The conventions once more, day by day and without any cleverness, to hold the clock against."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from .asking import CN

ONE = timedelta(days=1)
ENDED = ("replied", "withdrawn", "closed")


class Refused(Exception):
    """An event that the state does not allow."""


def nth_workday(start: date, n: int) -> date:
    day = start
    while n:
        day += ONE
        n -= CN.is_workday(day)
    return day


class Reference:
    """A request told event by event; every question is answered by walking through the days."""

    def __init__(self, fee_restarts: bool = True) -> None:
        self.fee_restarts = fee_restarts
        self.state = ""
        self.start: date | None = None
        self.limit = 20
        self.letters: dict[str, dict[str, Any]] = {}
        self.waits: list[tuple[date, date]] = []
        self.extended = False
        self.delayed: date | None = None
        self.notices = 0
        self.open_notice = False
        self.waiting: dict[str, Any] | None = None
        self.reasons = False
        self.ended: date | None = None
        self.violations: list[tuple[str, date]] = []
        self.last: date | None = None

    def uncounted(self, day: date) -> bool:
        for letter in self.letters.values():
            end = nth_workday(letter.get("delivered") or letter["sent"], 15)
            if letter.get("answered"):
                end = min(end, letter["answered"])
            if not letter["cleared"] and letter["sent"] < day <= end:
                return True
        return any(after < day <= until for after, until in self.waits)

    @property
    def running(self) -> bool:
        return self.state == "open" or (self.state == "replied" and self.waiting is None)

    def due(self) -> date | None:
        if not self.running:
            return None
        if self.delayed is not None:
            return self.delayed
        assert self.start is not None
        day, left = self.start, self.limit
        while left:
            day += ONE
            left -= CN.is_workday(day) and not self.uncounted(day)
        return day

    def counted(self, today: date) -> int | None:
        if not self.running:
            return None
        assert self.start is not None
        end = min(today, self.ended or today)
        day, count = self.start, 0
        while day < end:
            day += ONE
            count += CN.is_workday(day) and not self.uncounted(day)
        return count

    def pay_by(self) -> date | None:
        return nth_workday(self.waiting["on"], 20) if self.state == "awaiting_fee" and self.waiting else None

    def correct_by(self) -> date | None:
        return self.waiting["answer_by"] if self.state == "awaiting_correction" and self.waiting else None

    def take(self, event: dict[str, Any]) -> None:
        on, kind = event["on"], event["kind"]
        if self.last is not None and on < self.last:
            raise Refused("before its predecessor")
        if self.state in ENDED or (self.state == "") != (kind == "submitted"):
            raise Refused("no such event now")
        getattr(self, {"extended": "extended_", "delayed": "delayed_"}.get(kind, kind))(event, on)
        self.last = on

    def need(self, *states: str) -> None:
        if self.state not in states:
            raise Refused(self.state)

    def late(self, rule: str, on: date) -> bool:
        due = self.due()
        if due is not None and on > due:
            self.violations.append((rule, on))
            return True
        return False

    def afresh(self, on: date) -> None:
        self.start, self.limit, self.delayed, self.waits, self.waiting, self.state = on, 20, None, [], None, "open"
        self.open_notice = False
        for letter in self.letters.values():
            letter["cleared"] = True

    def submitted(self, event: dict[str, Any], on: date) -> None:
        direct = event["channel"] in ("in_person", "registered_post")
        self.start, self.state = (on, "open") if direct else (None, "awaiting_confirmation")

    def confirmed(self, event: dict[str, Any], on: date) -> None:
        self.need("awaiting_confirmation")
        self.start, self.state = on, "open"

    def correction_requested(self, event: dict[str, Any], on: date) -> None:
        self.need("open", "awaiting_correction")
        if event["answer_by"] < on:
            raise Refused("answer_by")
        assert self.start is not None
        self.notices += 1
        self.open_notice = True
        if self.notices > 1:
            self.violations.append(("correction_twice", on))
        elif on > nth_workday(self.start, 7):
            self.violations.append(("correction_late", on))
        else:
            self.state, self.waiting = "awaiting_correction", event

    def corrected(self, event: dict[str, Any], on: date) -> None:
        self.need("open", "awaiting_correction")
        if not self.open_notice:
            raise Refused("no notice")
        self.open_notice = False
        if self.state == "awaiting_correction":
            self.afresh(on)

    def consultation_sent(self, event: dict[str, Any], on: date) -> None:
        self.need("open", "awaiting_correction", "awaiting_fee")
        if event["ref"] in self.letters:
            raise Refused("ref")
        self.letters[event["ref"]] = {"sent": on, "cleared": False}

    def consultation_delivered(self, event: dict[str, Any], on: date) -> None:
        self.letter(event, "delivered", on)

    def consultation_answered(self, event: dict[str, Any], on: date) -> None:
        self.letter(event, "answered", on)

    def letter(self, event: dict[str, Any], what: str, on: date) -> None:
        self.need("open", "awaiting_correction", "awaiting_fee")
        letter = self.letters.get(event["ref"])
        if letter is None or "answered" in letter or what in letter:
            raise Refused("letter")
        letter[what] = on

    def extended_(self, event: dict[str, Any], on: date) -> None:
        self.need("open")
        if self.extended:
            self.violations.append(("extension_twice", on))
        elif self.late("extension_late", on):
            pass
        elif event["workdays"] > 20:
            self.violations.append(("extension_too_long", on))
        else:
            self.extended = True
            self.limit += event["workdays"]

    def reasons_requested(self, event: dict[str, Any], on: date) -> None:
        self.need("open", "awaiting_correction", "awaiting_fee")
        self.reasons = True

    def reasons_given(self, event: dict[str, Any], on: date) -> None:
        self.need("open", "awaiting_correction", "awaiting_fee")
        if not self.reasons:
            raise Refused("reasons")

    def delayed_(self, event: dict[str, Any], on: date) -> None:
        self.need("open")
        if event["until"] < on:
            raise Refused("until")
        if not self.late("delay_notice_late", on):
            self.delayed = event["until"]

    def fee_noticed(self, event: dict[str, Any], on: date) -> None:
        self.need("open")
        self.late("fee_notice_late", on)
        self.state, self.waiting = "awaiting_fee", event

    def fee_paid(self, event: dict[str, Any], on: date) -> None:
        self.need("awaiting_fee")
        assert self.waiting is not None
        if self.fee_restarts:
            self.afresh(on)
        else:
            self.waits.append((self.waiting["on"], on))
            self.state, self.waiting = "open", None

    def replied(self, event: dict[str, Any], on: date) -> None:
        self.need("open", "awaiting_correction", "awaiting_fee")
        self.late("reply_late", on)
        self.state, self.ended = "replied", on

    def withdrawn(self, event: dict[str, Any], on: date) -> None:
        self.state, self.ended = "withdrawn", on

    def closed(self, event: dict[str, Any], on: date) -> None:
        self.need("awaiting_correction", "awaiting_fee")
        correction = self.state == "awaiting_correction"
        term = self.correct_by() if correction else self.pay_by()
        expected = "other_no_correction" if correction else "other_fee_unpaid"
        if event["outcome"] != expected or term is None or on <= term:
            raise Refused("closed")
        self.state, self.ended = "closed", on
