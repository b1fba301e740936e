"""The verbs of organs and people: each checks, changes and journals in one transaction. The only place that writes them.

Every verb takes who acts (`Actor`, or `MACHINE` for the set-up) and when. Organs and people are never deleted, only closed.
"""

from .holidays import Preview, confirm_notice, drop_notice, prepare_notice, preview_notice, withdraw_notice
from .importing import Done, Issued, Outcome, confirm_import, drop_import, prepare_import, preview_import
from .organs import change_guide, change_organ, change_settings, close_organ, confirm_guide, create_organ, reopen_organ
from .people import bind_identity, change_person, create_person, deactivate_person, reactivate_person
from .roles import end_role, grant_role
from .sessions import end_own_sessions, end_sessions
from .signing import issue_password, know_identity, note_sign_in, own_password_changed, reset_second_factor

__all__ = [
    "Done",
    "Issued",
    "Outcome",
    "Preview",
    "bind_identity",
    "change_guide",
    "change_organ",
    "change_person",
    "change_settings",
    "close_organ",
    "confirm_guide",
    "confirm_import",
    "confirm_notice",
    "create_organ",
    "create_person",
    "deactivate_person",
    "drop_import",
    "drop_notice",
    "end_own_sessions",
    "end_role",
    "end_sessions",
    "grant_role",
    "issue_password",
    "know_identity",
    "note_sign_in",
    "own_password_changed",
    "prepare_import",
    "prepare_notice",
    "preview_import",
    "preview_notice",
    "reactivate_person",
    "reopen_organ",
    "reset_second_factor",
    "withdraw_notice",
]  # fmt: skip
