"""The proof of the chains: every entry hashed again, in order, and held against the one before and the head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from .canonical import START, digest

if TYPE_CHECKING:
    from .heads import Head
    from .models import Entry


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry of a chain that does not hold, and why."""

    chain: int
    number: int
    why: str

    @property
    def sentence(self) -> str:
        return f"第 {self.chain} 号链第 {self.number} 条：{self.why}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a verification saw: how many entries in how many chains, and where a chain is broken."""

    chains: int
    entries: int
    breaks: tuple[Break, ...]

    @property
    def holds(self) -> bool:
        return not self.breaks


def verify(chain: int | None = None, against: Mapping[int, Head] | None = None) -> Proof:
    """Every chain (or one) from its first entry to its head; a chain is left at its first broken entry.

    `against`: heads kept elsewhere (heads.read). A history that was rewritten as a whole, heads included, differs from them.
    """
    with _standing_still():
        ends = _ends(chain)
        kept = {number: head for number, head in (against or {}).items() if chain in (None, number)}
        found = [_one(number, ends.get(number), kept.get(number)) for number in sorted({*ends, *kept})]
    return Proof(len(found), sum(entries for entries, _ in found), tuple(broken for _, broken in found if broken))


@contextmanager
def _standing_still() -> Iterator[None]:
    """One snapshot for the whole proof, so that entries written meanwhile do not look like a break."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _ends(chain: int | None) -> dict[int, tuple[int, str] | None]:
    """Every chain that has a head or entries, with its head as recorded."""
    from .models import Entry, Head

    wanted = {} if chain is None else {"chain": chain}
    ends: dict[int, tuple[int, str] | None] = dict.fromkeys(Entry.objects.filter(**wanted).values_list("chain", flat=True).distinct())
    ends.update({head.chain: (head.number, head.digest) for head in Head.objects.filter(**wanted)})
    return ends


def _one(chain: int, end: tuple[int, str] | None, kept: Head | None) -> tuple[int, Break | None]:
    """How many entries of a chain hold, and its first break."""
    from .models import Entry

    number, last = 0, START
    for entry in Entry.objects.filter(chain=chain).order_by("number", "id").iterator(2000):
        if why := _wrong(entry, number, last):
            return number, Break(chain, number + 1, why)
        number, last = entry.number, entry.digest
        if kept and kept.number == number and kept.digest != last:
            return number - 1, Break(chain, number, "与当时抄存的链头不符：这一条或它之前的条目被改写过")
    if kept and kept.number > number:
        return number, Break(chain, number + 1, f"当时抄存的链头是第 {kept.number} 条，现在只有 {number} 条：末尾的条目被删去")
    if end is None:
        return number, Break(chain, number, "没有链头记录")
    if end != (number, last):
        return number, Break(chain, min(number, end[0]) + 1, f"链头记录的是第 {end[0]} 条，实有 {number} 条：末尾的条目被删去或添加，或者链头被改动")
    return number, None


def _wrong(entry: Entry, number: int, last: str) -> str:
    if entry.number <= number:
        return f"有两个第 {entry.number} 条"
    if entry.number != number + 1:
        return f"缺第 {number + 1} 条"
    if entry.previous != last:
        return "与前一条的摘要不衔接"
    if entry.digest != digest(entry):
        return "内容与摘要不符"
    return ""
