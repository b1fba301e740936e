"""What pages read of the catalogue: plain values. The desk's take the actor; the public side is `public`."""

from __future__ import annotations

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
    Page,
    RevisionView,
    StepView,
    StoredBytes,
    UnsavedView,
    Waiting,
    WaitingGroup,
)
from .listing import choices, counts, item_by_number, items
from .viewing import attachments, evidence, file, item, revision, revisions, unsaved
from .waiting import waiting

__all__ = [
    "ActionChoice",
    "AttachmentView",
    "ChannelView",
    "FindingView",
    "ItemFilter",
    "ItemRow",
    "ItemView",
    "LateRow",
    "LinkView",
    "OrganNumbers",
    "Overview",
    "Page",
    "RevisionView",
    "StepView",
    "StoredBytes",
    "UnsavedView",
    "Waiting",
    "WaitingGroup",
    "attachments",
    "choices",
    "counts",
    "evidence",
    "file",
    "item",
    "item_by_number",
    "items",
    "revision",
    "revisions",
    "unsaved",
    "waiting",
]
