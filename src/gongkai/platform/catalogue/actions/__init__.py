"""What can be done in the catalogue: one function for each verb, each in one transaction: check, change, journal."""

from __future__ import annotations

from .drafting import create, discard, drop_revision, revise, save, submit, take_back
from .filing import file, review_withheld
from .publishing import approve, expire_due, hold, publish, publish_due, publish_scheduled, schedule, withdraw
from .reviewing import clear, determine, recheck, refer, return_, review, waive, withhold
from .unsaved import forget_unsaved, keep_unsaved

__all__ = [
    "approve",
    "clear",
    "create",
    "determine",
    "discard",
    "drop_revision",
    "expire_due",
    "file",
    "forget_unsaved",
    "hold",
    "keep_unsaved",
    "publish",
    "publish_due",
    "publish_scheduled",
    "recheck",
    "refer",
    "return_",
    "review",
    "review_withheld",
    "revise",
    "save",
    "schedule",
    "submit",
    "take_back",
    "waive",
    "withdraw",
    "withhold",
]
