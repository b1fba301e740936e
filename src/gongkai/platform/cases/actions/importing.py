"""Import a year's register: preview, then all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from gongkai.platform.cases.models import Batch
from gongkai.platform.organs.acting import Actor


def preview(actor: Actor, organ_id: int, name: str, data: bytes, *, at: datetime) -> Batch:
    """Read a register and say row by row what would be entered and what is wrong; nothing is entered yet."""
    raise AssertionError


def confirm_import(actor: Actor, batch_id: int, *, at: datetime) -> Batch:
    """Enter every row, in one transaction; refused while any row is wrong."""
    raise AssertionError


def drop(actor: Actor, batch_id: int, *, at: datetime) -> None:
    """Forget an upload that was not entered."""
    raise AssertionError
