"""The proof of the chains: every entry hashed again, in order, and held against the one before and the head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .record import START, digest

if TYPE_CHECKING:
    from .models import Entry


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry of a chain that does not hold, and why."""

    chain: int
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a verification saw: how many entries in how many chains, and where a chain is broken."""

    chains: int
    entries: int
    breaks: tuple[Break, ...]

    @property
    def holds(self) -> bool:
        return not self.breaks


def verify() -> Proof:
    """Every chain from its first entry to its head; a chain is left at its first broken entry."""
    from .models import Entry, Head

    heads = {head.chain: head for head in Head.objects.all()}
    chains = sorted({*heads, *Entry.objects.values_list("chain", flat=True).distinct()})
    entries, breaks = 0, []
    for chain in chains:
        number, last = 0, START
        for entry in Entry.objects.filter(chain=chain).order_by("number").iterator(2000):
            if why := _wrong(entry, number, last):
                breaks.append(Break(chain, number + 1, why))
                break
            number, last = entry.number, entry.digest
            entries += 1
        else:
            head = heads.get(chain)
            if head is None or (head.number, head.digest) != (number, last):
                breaks.append(Break(chain, number + 1, "链尾与链头记录不符：末尾的条目可能被删去"))
    return Proof(len(chains), entries, tuple(breaks))


def _wrong(entry: Entry, number: int, last: str) -> str:
    if entry.number != number + 1:
        return f"缺第 {number + 1} 条"
    if entry.previous != last:
        return "与前一条的摘要不衔接"
    if entry.digest != digest(entry):
        return "内容与摘要不符"
    return ""


def entries_of(subject: str) -> Iterator[Entry]:
    """What the journal tells of one thing, oldest first."""
    from .models import Entry

    yield from Entry.objects.filter(subject=subject).order_by("id")
