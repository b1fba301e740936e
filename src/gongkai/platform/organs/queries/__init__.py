"""What pages read of organs, people and roles: plain values, the actor always asked."""

from .batches import BatchView, batch, batches
from .holidays import CalendarView, NoticeView, notice, notices, working_calendars
from .organs import (
    GuideState,
    below,
    guide_state,
    listed_supervised_by,
    may_keep_guide,
    organ,
    organ_by_id,
    organs,
    own_organs,
    setting,
    supervised,
    supervised_by,
)
from .people import PersonFilter, alone, both, holders, own, own_sessions, people, person
from .seen import ListedOrgan, OrganView, PersonView, RoleView, SessionView

__all__ = [
    "BatchView", "CalendarView", "GuideState", "ListedOrgan", "NoticeView", "OrganView", "PersonFilter", "PersonView", "RoleView", "SessionView", "alone", "batch", "batches",
    "below", "both", "guide_state", "holders", "listed_supervised_by", "may_keep_guide", "notice", "notices", "organ", "organ_by_id", "organs", "own", "own_organs", "own_sessions", "people",
    "person", "setting", "supervised", "supervised_by", "working_calendars",
]  # fmt: skip
