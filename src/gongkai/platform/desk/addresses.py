"""Addresses of the desk that are asked for again and again: an address depends on nothing but its name and what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse

PLACE, NUMBER = "a-place.for-it", 9_876_543_210  # 地址里替下来的位置


def address(name: str, *args: object) -> str:
    """`reverse`, remembered."""
    return _address(get_script_prefix(), get_urlconf(), name, args)


def addresses(name: str, *args: object) -> Callable[[object], str]:
    """The addresses of one page for many things: `args` holds PLACE or NUMBER where the key or the number of each stands."""
    held = str(next(each for each in args if each in (PLACE, NUMBER)))
    before, _held, after = address(name, *args).partition(held)
    return lambda key: f"{before}{key}{after}"


@lru_cache(maxsize=8192)
def _address(_prefix: str, _urlconf: str | None, name: str, args: tuple[object, ...]) -> str:
    return reverse(name, args=args)
