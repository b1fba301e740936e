"""Background work now: is a worker alive, is anything stuck or failed, do the sweeps run; and are the holidays known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from gongkai.platform.organs import calendars

from .findings import Finding, Level, judge

QUIET_SECONDS = 60
LATE = timedelta(minutes=10)
NOTICES_DUE = (11, 15)  # 放假通知通常在十一月公布


def examine() -> Iterator[Finding]:
    from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

    from gongkai.platform.queue.models import Sweep
    from gongkai.platform.queue.reviving import stalled

    now = datetime.now(UTC)
    last = ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True).first()
    yield judge("worker", Level.ERROR, ("后台任务进程在运行。", "A background worker is alive."),
                ("没有后台任务进程：定时发布、期限提醒都不会发生。", "No background worker is alive: scheduled publication and reminders do not happen."),
                ("运行 gongkai serve，或单独运行 gongkai worker。", "Run gongkai serve, or gongkai worker by itself."),
                last is not None and (now - last).total_seconds() < QUIET_SECONDS)  # fmt: skip
    stuck = stalled(now)
    yield judge("jobs.stalled", Level.WARNING, ("没有中断的任务。", "No job is stalled."),
                (f"{stuck} 项任务的进程已不在。", f"{stuck} jobs have lost their worker."),
                ("后台任务进程会在一分钟内自行恢复它们。", "A worker puts them back within a minute."), not stuck)  # fmt: skip
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    yield judge("jobs.failed", Level.WARNING, ("没有失败的任务。", "No job has failed for good."),
                (f"{failed} 项任务多次失败，已放弃。", f"{failed} jobs were given up after several attempts."),
                ("在工作台的“后台任务”里查看原因并重试。", "See why, and retry them, under 后台任务 on the desk."), not failed)  # fmt: skip
    late = ProcrastinateJob.objects.filter(status="todo", scheduled_at__lt=now - LATE).count()
    late += ProcrastinateJob.objects.filter(status="todo", scheduled_at__isnull=True, procrastinateevent__type="deferred", procrastinateevent__at__lt=now - LATE).count()
    yield judge("jobs.late", Level.WARNING, ("没有积压的任务。", "No job is waiting too long."),
                (f"{late} 项任务等了十分钟以上。", f"{late} jobs have waited more than ten minutes."),
                ("增加后台任务进程，或查看它在忙什么。", "Run more workers, or see what keeps them busy."), not late)  # fmt: skip
    for sweep in Sweep.objects.order_by("name"):
        fresh = sweep.succeeded_at is not None and now - sweep.succeeded_at < LATE
        reason = sweep.error or "-"
        yield judge(f"sweep.{sweep.name}", Level.ERROR, (f"定时巡检 {sweep.name} 正常。", f"The sweep {sweep.name} runs."),
                    (f"定时巡检 {sweep.name} 十分钟内没有成功（{reason}）。", f"The sweep {sweep.name} has not succeeded for ten minutes ({reason})."),
                    ("查看后台任务的日志。", "See the worker's log."), fresh)  # fmt: skip


def calendar(today: date | None = None) -> Iterator[Finding]:
    """期限按工作日计算：没有放假通知的年份只能暂定."""
    day = today or datetime.now(UTC).date()
    national = calendars.named("cn")
    yield judge("calendar.year", Level.ERROR, (f"{day.year} 年的放假安排已收录。", f"The holidays of {day.year} are known."),
                (f"没有 {day.year} 年的放假安排：期限会算错。", f"The holidays of {day.year} are not known: deadlines come out wrong."),
                ("升级 gongkai，或由系统管理员在“工作日历”录入通知。", "Upgrade gongkai, or let the administrator enter the notice."), not national.provisional(day.year))  # fmt: skip
    due = (day.month, day.day) >= NOTICES_DUE
    level = Level.WARNING if due else Level.INFO
    yield judge("calendar.next", level, (f"{day.year + 1} 年的放假安排已收录。", f"The holidays of {day.year + 1} are known."),
                (f"还没有 {day.year + 1} 年的放假安排，跨年的期限是暂定的。", f"The holidays of {day.year + 1} are not known yet; deadlines that reach into it are provisional."),
                ("通知公布后升级 gongkai，或由系统管理员在“工作日历”录入。" if due else "等通知公布（通常在十一月）。", "Upgrade gongkai once the notice is out, or let the administrator enter it." if due else "Wait for the notice, usually out in November."),
                not national.provisional(day.year + 1))  # fmt: skip
