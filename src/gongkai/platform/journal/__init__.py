"""The journal (操作日志): append-only, in hash chains, one per organ and one for the platform itself.

An action calls `record` last, inside its own transaction: action and entry stand or fall together. The database's
triggers refuse to change or remove an entry and to fork a chain; the application's role has no right to either.
"""

from .record import MACHINE, By, record

__all__ = ["MACHINE", "By", "record"]
