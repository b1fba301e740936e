"""Lists in pages: one page with its place among the others, as pages/parts/pagination.html shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
S = TypeVar("S")
CAP = 10_000  # 数到这里为止


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `capped` when there are more than were counted."""

    rows: tuple[T, ...]
    total: int
    number: int = 1
    size: int = 20
    capped: bool = False

    @property
    def pages(self) -> int:
        return pages(self.total, self.size)

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def previous(self) -> int:
        return self.number - 1

    def shown(self, show: Callable[[T], S]) -> Page[S]:
        """The same page, its rows as a template wants them."""
        return Page(tuple(map(show, self.rows)), self.total, self.number, self.size, self.capped)


def pages(total: int, size: int) -> int:
    """How many pages there are; one, where nothing is listed."""
    return max(1, -(-total // size))


def within(number: int, total: int, size: int) -> int:
    """The page that is asked for, or the nearest that there is."""
    return min(max(number, 1), pages(total, size))


def span(number: int, size: int) -> slice:
    """The rows of a page among all."""
    return slice((number - 1) * size, number * size)
