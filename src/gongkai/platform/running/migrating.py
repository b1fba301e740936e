"""The tables made and changed, by their owner; then the application's rights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gongkai.platform.settings import environment as env

from .rights import grant
from .starting import ready


@contextmanager
def as_owner() -> Iterator[None]:
    """Django's default connection signed in as the owner of the tables."""
    from django.db import connections

    told = connections.settings["default"]
    before = dict(told)
    connections["default"].close()
    told.update({key: value for key, value in env.database(owner=True).items() if key != "ENGINE"})
    try:
        yield
    finally:
        connections["default"].close()
        told.update(before)


def pending() -> list[str]:
    """The migrations that the database does not have yet."""
    ready()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate(verbosity: int = 0) -> None:
    """Bring the tables up to date and grant the application its rights; safe to repeat."""
    ready()
    from django.core.management import call_command
    from django.db import connection

    application = str(connection.settings_dict["USER"])
    with as_owner():
        call_command("migrate", interactive=False, verbosity=verbosity)
        with connection.cursor() as cursor:
            grant(cursor, application)
