"""What the administrator sees of background work: numbers by state, the jobs, why some failed. Arguments are never shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import NotAllowed

from .declaring import LABELS
from .models import Failure, Sweep

PAGE = 50


class State(StrEnum):
    """The queue's states, by its own keys."""

    WAITING = "todo"
    RUNNING = "doing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> object:
        return _STATES[self]


_STATES = {
    State.WAITING: _("等待"), State.RUNNING: _("执行中"), State.SUCCEEDED: _("完成"), State.FAILED: _("失败"), State.CANCELLED: _("取消"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """One job as the administrator may see it."""

    number: int
    label: object
    task: str
    state: State
    attempts: int
    since: datetime | None
    scheduled_at: datetime | None
    error: str

    @property
    def can_be_retried(self) -> bool:
        return self.state is State.FAILED


@dataclass(frozen=True, slots=True)
class Work:
    """Background work at a glance."""

    counts: Mapping[State, int]
    jobs: tuple[Job, ...]
    more: bool
    workers: tuple[datetime, ...]  # 各工作进程最近一次报平安
    sweeps: tuple[Sweep, ...]


def work(actor: Actor, state: State | None = None, page: int = 1) -> Work:
    """The jobs in one state (all but the finished ones where none is asked for), newest first. Six queries."""
    must_administer(actor)
    from django.db.models import Count

    found = ProcrastinateJob.objects.values_list("status").annotate(number=Count("id"))
    counts = {State(status): number for status, number in found}
    chosen = ProcrastinateJob.objects.filter(status=state.value) if state else ProcrastinateJob.objects.exclude(status="succeeded")
    rows = list(chosen.order_by("-id")[(page - 1) * PAGE : page * PAGE + 1])
    shown = rows[:PAGE]
    numbers = [row.pk for row in shown]
    since = {event.job_id: event.at for event in ProcrastinateEvent.objects.filter(job_id__in=numbers).order_by("at", "id")}
    errors = dict(Failure.objects.filter(job__in=numbers).order_by("at").values_list("job", "error"))
    jobs = tuple(
        Job(row.pk, LABELS.get(row.task_name, row.task_name), row.task_name, State(row.status), row.attempts,
            since.get(row.pk), row.scheduled_at, errors.get(row.pk, ""))
        for row in shown
    )  # fmt: skip
    workers = tuple(ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True))
    return Work(counts, jobs, len(rows) > PAGE, workers, tuple(Sweep.objects.order_by("name")))


def must_administer(actor: Actor) -> None:
    if not actor.administers:
        raise NotAllowed("后台任务只有系统管理员可以查看和重试。", "Only an administrator sees and retries background jobs.")
