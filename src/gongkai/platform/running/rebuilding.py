"""What follows from the records, derived again: each app says in its module `rebuilding` what that is."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec


def rebuild() -> Iterator[tuple[str, int]]:
    """`REBUILDS = {"name": function}` of every app; each function mends what differs and says how much that was."""
    from django.apps import apps

    for config in apps.get_app_configs():
        module = f"{config.name}.rebuilding"
        if config.name.startswith("gongkai.") and module != __name__ and find_spec(module) is not None:
            for name, function in import_module(module).REBUILDS.items():
                yield f"{config.label}.{name}", function()
