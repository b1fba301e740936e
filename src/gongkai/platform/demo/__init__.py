"""Demo data: four real organs, their parents and departments, invented people, prose of our own — all made through the actions.

`places`, `staff`: the organs and the people. `texts`, `drafting`: what is typed. `entries`, `county`, `neighbours`,
`current`, `plan`: what there is. `fates`: what becomes of it, dated. `requests`: what was asked for, and what became of that.
`doing`, `building`: carrying it out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .building import Summary
    from .requests.codes import Code


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody as whom one can sign in to the demo."""

    login: str
    password: str
    name: str
    roles_zh: str
    organ: str


def accounts() -> tuple[Account, ...]:
    """Every account of the demo, the four organs of the samples first."""
    from gongkai.platform.organs.roles import RoleKind

    from .places import BY_SLUG
    from .staff import FOUR, MEMBERS, PASSWORD

    def place(slug: str | None) -> str:
        return BY_SLUG[slug].name if slug else "（平台）"

    found = [
        (member.posts[0].organ not in FOUR, Account(member.login, PASSWORD, member.name, "、".join(dict.fromkeys(RoleKind(post.role).label for post in member.posts)),
                                                   "、".join(dict.fromkeys(place(post.organ) for post in member.posts))))
        for member in MEMBERS
    ]  # fmt: skip
    return tuple(account for _, account in sorted(found, key=lambda each: each[0]))


def codes() -> tuple[Code, ...]:
    """Requests of the demo that can be followed as their applicant: number and query code."""
    from .requests.codes import printed

    return printed()


def build(today: date, progress: Callable[[str], None] | None = None, *, beside: bool = False) -> Summary:
    """Build the demo as of the morning of `today`, unless it is there; refuse (`building.OtherData`) where other data is."""
    from .building import build as make

    return make(today, progress, beside=beside)


__all__ = ["Account", "accounts", "build", "codes"]
