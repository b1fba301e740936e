"""What follows from the records, derived again: each app that caches any such thing has a module `rebuilding`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec


def rebuild(repair: bool = True) -> Iterator[tuple[str, Sequence[object]]]:
    """`rebuild(repair)` of every app: what differed from the records, put right unless only asked for."""
    from django.apps import apps

    for config in apps.get_app_configs():
        module = f"{config.name}.rebuilding"
        if config.name.startswith("gongkai.") and module != __name__ and find_spec(module) is not None:
            yield config.label, import_module(module).rebuild(repair)
