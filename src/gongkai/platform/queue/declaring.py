"""How a task is declared: with a name for the administrator, and retried a limited number of times with growing pauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

ATTEMPTS = 5
RETRY = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=5)  # 5 秒、25 秒、约 2 分、10 分、52 分后再试
LABELS: dict[str, object] = {}  # 任务名 → 给管理员看的名称


def task(label: object, *, cron: str = "", retry: RetryStrategy | None = RETRY, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A background task; with `cron` it is also put into the queue by the clock, and then takes the moment's `timestamp`."""

    def declare(function: Callable[..., Any]) -> Any:
        declared: Any = app.task(retry=retry or False, **options)(function)  # type: ignore[no-untyped-call]
        LABELS[declared.name] = label
        return app.periodic(cron=cron)(declared) if cron else declared

    return declare
