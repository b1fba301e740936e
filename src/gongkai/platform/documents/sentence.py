"""Sentence: one thing said to a person, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same sentence twice."""

    zh: str
    en: str
