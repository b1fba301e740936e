"""What pages read of organs, people and roles: plain values, the actor always asked."""

from .organs import below, organ, organ_by_id, organs, own_organs, setting, supervised
from .people import PeoplePage, PersonFilter, alone, both, holders, own, own_sessions, people, person
from .seen import OrganView, PersonView, RoleView, SessionView

__all__ = [
    "OrganView", "PeoplePage", "PersonFilter", "PersonView", "RoleView", "SessionView", "alone", "below", "both", "holders", "organ", "organ_by_id",
    "organs", "own", "own_organs", "own_sessions", "people", "person", "setting", "supervised",
]  # fmt: skip
