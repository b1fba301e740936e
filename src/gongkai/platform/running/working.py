"""The background worker: fetches jobs, notes what fails, finishes what it has in hand before it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .starting import database_up, ready

if TYPE_CHECKING:
    from procrastinate.contrib.django.django_connector import DjangoConnector

FINISH_SECONDS = 50
CONCURRENCY = 2


def work(wait: bool = True) -> None:
    """Run jobs until a signal comes; without `wait`, until none is left."""
    with database_up():
        ready()
        from procrastinate.contrib.django import DjangoApp, app

        from gongkai.platform.queue.failing import note_failures

        # 取任务用自己的连接；任务里再派任务，仍走 Django 的连接，与数据同一个事务
        connector = cast("DjangoConnector", app.connector).get_worker_connector()
        fetching = DjangoApp(connector=connector, worker_defaults={"task_middleware": [note_failures]})
        fetching.tasks, fetching.periodic_registry = app.tasks, app.periodic_registry
        fetching.run_worker(concurrency=CONCURRENCY, wait=wait, shutdown_graceful_timeout=FINISH_SECONDS, install_signal_handlers=True)
