"""What is looked after every minute: each app's sweeps, one by one, none stopped by another's failure."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import transaction

from .failing import kind

logger = logging.getLogger(__name__)
Sweeping = Callable[[datetime], int]


def registered() -> Iterator[tuple[str, Sweeping]]:
    """The sweeps of all our apps: `SWEEPS` in an app's module `sweeping`."""
    for config in apps.get_app_configs():
        module = f"{config.name}.sweeping"
        if config.name.startswith("gongkai.") and module != __name__ and find_spec(module) is not None:
            for name, function in import_module(module).SWEEPS.items():
                yield f"{config.label}.{name}", function


def sweep(now: datetime) -> int:
    """Every sweep once; how many things were done. What a sweep did stands even if the next one fails."""
    from .models import Sweep

    total = 0
    for name, function in registered():
        did, error = 0, ""
        try:
            with transaction.atomic():
                did = function(now)
        except Exception as failed:
            error = kind(failed)
            logger.error("sweep %s failed: %s", name, error)
        told: dict[str, object] = {"at": now, "did": did, "error": error} | ({} if error else {"succeeded_at": now})
        Sweep.objects.update_or_create(name=name, defaults=told)
        total += did
    return total
