"""Cleaning: whatever HTML comes in — typed, pasted from Word or WPS, hostile — goes out as plain official text.

The HTML is read as a browser reads it (`reading`), turned into values that can hold nothing else (`body`), written
anew (`writing`), and held once more against the allow-list by nh3. Cleaning what is clean changes nothing.
"""

from __future__ import annotations

from functools import lru_cache

from gongkai.platform.documents.body import Block, lines

from .allowed import held
from .reading import read
from .writing import write

KEPT = 40_000  # 字符


def clean(html: str, *, placeholders: bool = False) -> str:
    """The HTML by the allow-list of official documents. `placeholders`: `picture:N` may stand for a picture's address."""
    return held(write(read(html, placeholders=placeholders)), placeholders=placeholders)


def plain(html: str) -> str:
    """The text alone: a line for each paragraph and each row of a table, for search, summaries and differences."""
    return text(blocks(html))


def blocks(html: str) -> tuple[Block, ...]:
    """The clean HTML as values. One action asks for the same text several times, so short ones are kept for a while."""
    return _kept(html) if len(html) <= KEPT else read(html, placeholders=True)


@lru_cache(maxsize=128)
def _kept(html: str) -> tuple[Block, ...]:
    return read(html, placeholders=True)


def text(body: tuple[Block, ...]) -> str:
    return "\n".join(line for line in lines(body) if line.strip())


__all__ = ["blocks", "clean", "plain", "text"]
