"""Wrong use of the law: input that is not understood. (A broken rule is a violation or a finding, never one of these.)

    ValueError
    └── NotUnderstood   an event, a date, a table, a number of items that cannot be what it should be
"""

from __future__ import annotations

from .findings import Language


class NotUnderstood(ValueError):
    """Input that is not understood: what was expected, what came, what to do, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en

    def sentence(self, language: Language = "zh") -> str:
        return self.en if language == "en" else self.zh
