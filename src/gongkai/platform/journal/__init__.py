"""The journal (操作日志): append-only, in hash chains, one per organ and one for the platform itself.

An action calls `record` last, inside its own transaction: action and entry stand or fall together. The database's
triggers refuse to change or remove an entry and to fork a chain; the application's role has no right to either.
`verify.verify` proves the chains, `heads` writes their ends down for keeping elsewhere, `queries` reads for pages.
"""

from .record import MACHINE, By, hold, record
from .verbs import name_fields, name_verbs

__all__ = ["MACHINE", "By", "hold", "name_fields", "name_verbs", "record"]
