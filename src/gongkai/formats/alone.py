"""pdfium, one thread at a time: the library keeps state of its own, and a process that enters it twice at once may end."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
PDFIUM = RLock()


def alone(function: Callable[P, R]) -> Callable[P, R]:
    """The function, entered by one thread at a time."""

    @wraps(function)
    def held(*args: P.args, **kwargs: P.kwargs) -> R:
        with PDFIUM:
            return function(*args, **kwargs)

    return held
