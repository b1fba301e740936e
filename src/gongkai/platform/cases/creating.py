"""How a request comes into being: with its number, its first events and its query code, in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import partial
from typing import Any

from gongkai.platform.organs.models import Organ
from gongkai.platform.organs.roles import RoleKind

from . import clocks, sealing, serials
from .models import Request
from .recording import Doing, Pending, Who, finish
from .values import Applicant, Asked

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # 不含易混的 0 O 1 I L U
CODE = "cases.code"
_given: ContextVar[str] = ContextVar("given_code", default="")


def create(
    who: Who, organ: Organ, act: str, applicant: Applicant, asked: Asked, events: Sequence[Pending], *, channel: str, applicant_kind: str,
    at: datetime, role: RoleKind | None = None, number: str = "", reason: str = "", told: dict[str, object] | None = None,
    then: Sequence[Callable[[Doing], object]] = (), **more: Any,
) -> tuple[Request, str]:  # fmt: skip
    """A new request of an organ with its first events (`submitted` first) and its query code. Whoever calls has checked everything.

    `then` is done with the request and its events written, before the journal's entry.
    """
    submitted: date = events[0].on
    code = _given.get() or new_code()
    request = Request(
        organ=organ, number=number or serials.request_number(organ.pk, submitted.year), channel=channel, applicant_kind=applicant_kind,
        registered_by_id=getattr(who, "person", None), registered_at=at, submitted_on=submitted, moved_at=at, applicant=applicant.sealed(),
        content=asked.sealed(), marks=asked.marks, code_hash=code_hash(code), **applicant.hashes, **more,
    )  # fmt: skip
    request.save(force_insert=True)
    doing = Doing(who, request, act, role, at, reason, clocks.exact_days_of(organ), [], list(events), told or {})
    doing.then.extend(partial(step, doing) for step in then)
    finish(doing)
    return request, code


def new_code() -> str:
    """A query code that nobody guesses: twelve signs, in groups of four. About 59 bits."""
    return grouped("".join(secrets.choice(SIGNS) for _ in range(12)))


def grouped(signs: str) -> str:
    """Twelve signs as a code is printed."""
    return "-".join(signs[at : at + 4] for at in (0, 4, 8))


@contextmanager
def given_code(code: str) -> Iterator[None]:
    """What is created meanwhile gets this code instead of one drawn by lot: for demonstrations, whose codes are printed."""
    token = _given.set(code)
    try:
        yield
    finally:
        _given.reset(token)


def code_hash(code: str) -> str:
    """How a query code is kept: blanks, hyphens and case do not matter."""
    return sealing.secret_hash(CODE, "".join(sign for sign in code.upper() if sign.isalnum()))
