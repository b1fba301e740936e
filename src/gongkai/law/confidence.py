"""How sure we are of a statement about the law, kept beside the statement."""

from __future__ import annotations

from enum import StrEnum


class Confidence(StrEnum):
    """Where a statement comes from."""

    VERIFIED = "verified"  # the text was read
    SECONDARY = "secondary"  # read in a summary, a press report or study material
    INFERENCE = "inference"  # our reading, or practice; not in a text
    UNVERIFIED = "unverified"  # not found in a text that could be read: check before relying on it

    @property
    def label(self) -> str:
        return {"verified": "已核原文", "secondary": "据二手材料", "inference": "推论", "unverified": "未核实"}[self.value]
