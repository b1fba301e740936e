"""What pages read of organs, people and roles: plain values, the actor always asked."""

from .organs import below, organ, organ_by_id, organs, own_organs, setting, supervised
from .seen import OrganView, PersonView, RoleView

__all__ = ["OrganView", "PersonView", "RoleView", "below", "organ", "organ_by_id", "organs", "own_organs", "setting", "supervised"]
