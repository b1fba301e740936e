"""The query codes of the demo: made from the stories' keys, so that they can be printed. Everywhere else a code is drawn by lot."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gongkai.platform.cases.creating import SIGNS, code_hash, grouped
from gongkai.platform.cases.values import Asked

PRINTED = ("new-online", "correcting", "paying", "overlapping", "extended", "opened")  # 申请人在其中各有一件事可做


@dataclass(frozen=True, slots=True)
class Code:
    """A request of the demo that anybody may follow: its number and query code, where it stands, what it is about."""

    number: str
    code: str
    state: str
    organ: str
    title: str


def code_of(key: str) -> str:
    """The query code of a story's request."""
    number = int.from_bytes(hashlib.sha256(f"gongkai demo {key}".encode()).digest()[:16], "big")
    drawn = ""
    for _ in range(12):
        number, sign = divmod(number, len(SIGNS))
        drawn += SIGNS[sign]
    return grouped(drawn)


def printed() -> tuple[Code, ...]:
    """The codes that are told with the accounts; none where this demo has no requests."""
    from gongkai.platform.cases.choices import STATES, State
    from gongkai.platform.cases.models import Request

    codes = {code_hash(code): code for code in map(code_of, PRINTED)}
    rows = {row.code_hash: row for row in Request.objects.filter(code_hash__in=codes).select_related("organ")}
    return tuple(
        Code(row.number, code, STATES[State(row.state)][0], row.organ.name, Asked.opened(row.content).title)
        for hashed, code in codes.items() if (row := rows.get(hashed)) is not None
    )  # fmt: skip
