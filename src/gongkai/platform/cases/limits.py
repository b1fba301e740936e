"""How often something may be tried: counted in the database, so that all web processes share one count. No address is kept, only hashes.

Each limit refills evenly: `most` tries at once, and one more whenever `per / most` has passed. One statement takes a try.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import sealing
from .errors import Refused
from .models import Spent


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many in such a time."""

    key: str
    most: int
    per: timedelta

    @property
    def step(self) -> timedelta:
        return self.per / self.most


# 一个单位、一个小区常共用一个出口地址，按地址的限额放宽；按登记编号、邮箱的从严
CODE_BY_ADDRESS = Limit("code.address", 30, timedelta(minutes=15))
CODE_BY_NUMBER = Limit("code.number", 8, timedelta(minutes=30))
MAIL_BY_ADDRESS = Limit("mail.address", 20, timedelta(hours=1))
MAIL_BY_MAIL = Limit("mail.mail", 3, timedelta(hours=1))
LINK_BY_ADDRESS = Limit("link.address", 30, timedelta(minutes=15))
LETTER_BY_ADDRESS = Limit("letter.address", 30, timedelta(minutes=15))
FILING_BY_ADDRESS = Limit("filing.address", 60, timedelta(hours=1))
DRAFTS_BY_ADDRESS = Limit("drafts.address", 120, timedelta(hours=1))
UPLOADS_BY_ADDRESS = Limit("uploads.address", 200, timedelta(hours=1))

Tried = tuple[Limit, str]


class TooOften(Refused):
    """Tried too often; `seconds` until the next try."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"试的次数太多，请过 {waiting(seconds)}再试。", f"Too many tries: wait {seconds} seconds.")


def take(tries: Iterable[Tried], now: datetime) -> None:
    """Use up one try of each; TooOften, and none of them used up, where one is exhausted."""
    taken: list[Tried] = []
    for limit, what in tries:
        if (wait := _take(limit, what, now)) is not None:
            give_back(taken)
            raise TooOften(max(1, round(wait.total_seconds() + 0.5)))
        taken.append((limit, what))


def give_back(tries: Iterable[Tried]) -> None:
    """A try that succeeded does not count."""
    with connection.cursor() as cursor:
        for limit, what in tries:
            cursor.execute("UPDATE cases_spent SET whole_at = whole_at - make_interval(secs => %s) WHERE key = %s", [limit.step.total_seconds(), _key(limit, what)])


def sweep(now: datetime) -> int:
    """What is whole again need not be kept."""
    return Spent.objects.filter(whole_at__lt=now).delete()[0]


def network(address: str | None) -> str:
    """From where, for counting: an IPv4 address, or the /56 that one household or office has in IPv6."""
    try:
        found = ip_address((address or "").strip())
    except ValueError:
        return "unknown"
    mapped = None if isinstance(found, IPv4Address) else found.ipv4_mapped
    if isinstance(found, IPv4Address) or mapped is not None:
        return str(mapped or found)
    return f"{int(found) >> 72:x}/56"


def waiting(seconds: int) -> str:
    """A waiting time in words."""
    if seconds < 90:
        return ngettext("%(n)s 秒", "%(n)s 秒", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(n)s 分钟", "%(n)s 分钟", minutes) % {"n": minutes}


def words(refused: TooOften) -> str:
    """What the page says."""
    return _("试的次数太多，为保护申请人的信息已暂停受理。请过 %(wait)s再试；您填的内容还在。") % {"wait": waiting(refused.seconds)}


def _key(limit: Limit, what: str) -> str:
    return sealing.secret_hash("limit", f"{limit.key}\x00{what}")


def _take(limit: Limit, what: str, now: datetime) -> timedelta | None:
    """None where a try was left, and is now used up; otherwise how long to wait for one."""
    key = _key(limit, what)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_spent (key, whole_at) VALUES (%(key)s, %(next)s) ON CONFLICT (key) DO UPDATE "
            "SET whole_at = greatest(cases_spent.whole_at, %(now)s) + make_interval(secs => %(step)s) "
            "WHERE greatest(cases_spent.whole_at, %(now)s) + make_interval(secs => %(step)s) <= %(full)s RETURNING 1",
            {"key": key, "now": now, "next": now + limit.step, "step": limit.step.total_seconds(), "full": now + limit.per},
        )
        if cursor.fetchone() is not None:
            return None
        cursor.execute("SELECT whole_at FROM cases_spent WHERE key = %s", [key])
        row = cursor.fetchone()
    whole: datetime = row[0] if row else now
    return max(whole + limit.step - limit.per - now, timedelta(0))
