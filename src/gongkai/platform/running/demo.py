"""The demo data, when the installation has no organ yet."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec


def is_empty() -> bool:
    """Whether nothing has been entered: no organ, no person."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT EXISTS (SELECT FROM organs_organ) AND NOT EXISTS (SELECT FROM organs_person)")
        return bool(cursor.fetchone()[0])


def load_if_empty() -> bool:
    """Build the demo data where there is nothing; whether it was built."""
    if find_spec("gongkai.platform.demo") is None or not hasattr(module := import_module("gongkai.platform.demo"), "build"):
        return False
    if not is_empty():
        return False
    module.build()
    return True


def accounts() -> tuple[str, ...]:
    """The demo accounts as lines to print; none where the people of the demo are not there."""
    module = import_module("gongkai.platform.demo")
    told = getattr(module, "accounts", None)
    return tuple(told()) if told is not None else ()
