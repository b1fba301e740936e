"""Comments on a draft: until when they are made, and whether one is open. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from .states import State

COMMENTING = frozenset({State.DRAFT, State.RETURNED, State.IN_REVIEW, State.IN_APPROVAL})  # 签发以前


def is_open(kinds: Sequence[str]) -> bool:
    """Whether a comment is open after what followed on it (reply, resolve, reopen)."""
    last = next((kind for kind in reversed(kinds) if kind != "reply"), "reopen")
    return last == "reopen"
