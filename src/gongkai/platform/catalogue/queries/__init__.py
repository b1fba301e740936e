"""What pages read of the catalogue: plain values. The desk's take the actor; the public side is `public`."""

from __future__ import annotations

from .comparing import Difference, difference
from .desk_values import (
    ActionChoice,
    AttachmentView,
    ChannelView,
    FindingView,
    ItemFilter,
    ItemRow,
    ItemView,
    LateRow,
    LinkView,
    OrganNumbers,
    Overview,
    RevisionView,
    StaleColumn,
    StepView,
    StoredBytes,
    UnsavedView,
    Waiting,
    WaitingGroup,
)
from .lately import Deed, lately
from .listing import Summary, choices, counts, item_by_number, items, summary
from .settings import Numbering, WordView, import_columns, index_numbers, words
from .supervising import late_items, overview
from .viewing import attachments, evidence, file, item, revision, revisions, unsaved
from .waiting import waiting

__all__ = [
    "ActionChoice",
    "AttachmentView",
    "ChannelView",
    "Deed",
    "Difference",
    "FindingView",
    "ItemFilter",
    "ItemRow",
    "ItemView",
    "LateRow",
    "LinkView",
    "Numbering",
    "OrganNumbers",
    "Overview",
    "RevisionView",
    "StaleColumn",
    "StepView",
    "StoredBytes",
    "Summary",
    "UnsavedView",
    "Waiting",
    "WaitingGroup",
    "WordView",
    "attachments",
    "choices",
    "counts",
    "difference",
    "evidence",
    "file",
    "import_columns",
    "index_numbers",
    "item",
    "item_by_number",
    "items",
    "late_items",
    "lately",
    "overview",
    "revision",
    "revisions",
    "summary",
    "unsaved",
    "waiting",
    "words",
]
