"""What can be done in the catalogue: one function for each verb, each in one transaction: check, change, journal."""

from __future__ import annotations

from .attaching import TextTaken, attach, detach, from_docx
from .channels import record_channel
from .drafting import create, discard, drop_revision, revise, save, submit, take_back
from .filing import file, review_withheld
from .importing import ImportResult, RowResult, import_folder, import_table, import_template
from .linking import link, unlink
from .marking import decision_changed, mark_validity
from .publishing import approve, expire_due, hold, publish, publish_due, publish_scheduled, schedule, withdraw
from .reviewing import clear, determine, recheck, refer, return_, review, waive, withhold
from .unsaved import forget_unsaved, keep_unsaved
from .wordlist import WORD_KINDS, add_word, remove_word

__all__ = [
    "WORD_KINDS",
    "ImportResult",
    "RowResult",
    "TextTaken",
    "add_word",
    "approve",
    "attach",
    "clear",
    "create",
    "decision_changed",
    "detach",
    "determine",
    "discard",
    "drop_revision",
    "expire_due",
    "file",
    "forget_unsaved",
    "from_docx",
    "hold",
    "import_folder",
    "import_table",
    "import_template",
    "keep_unsaved",
    "link",
    "mark_validity",
    "publish",
    "publish_due",
    "publish_scheduled",
    "recheck",
    "record_channel",
    "refer",
    "remove_word",
    "return_",
    "review",
    "review_withheld",
    "revise",
    "save",
    "schedule",
    "submit",
    "take_back",
    "unlink",
    "waive",
    "withdraw",
    "withhold",
]
