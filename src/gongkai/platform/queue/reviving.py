"""Jobs whose worker died: put back into the queue, or given up when they have brought down too many workers."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from .declaring import ATTEMPTS

STALLED_SECONDS = 30  # 工作进程每 10 秒报一次平安
_STALLED = """
FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < %s - make_interval(secs => %s))
"""


def stalled(now: datetime, seconds: float = STALLED_SECONDS) -> int:
    """How many jobs say that they run, while their worker is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) " + _STALLED, [now, seconds])
        return int(cursor.fetchone()[0])


def revive(now: datetime, seconds: float = STALLED_SECONDS) -> int:
    """Retry the jobs of dead workers; how many. A job that has run out of attempts counts as failed."""
    from .models import Failure

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT job.id, job.attempts, job.task_name {_STALLED} ORDER BY job.id FOR UPDATE OF job SKIP LOCKED", [now, seconds])
        found = cursor.fetchall()
        for number, attempts, name in found:
            Failure.objects.create(job=number, task=name, attempt=attempts + 1, at=now, error="WorkerDied")
            if attempts + 1 >= ATTEMPTS:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [number])
            else:
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)", [number, now])
    return len(found)


def forget(days: int) -> int:
    """Drop the receipts of jobs that succeeded long ago; failed ones stay."""
    from .models import Failure

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'succeeded' AND NOT EXISTS (SELECT FROM procrastinate_events event"
            " WHERE event.job_id = procrastinate_jobs.id AND event.at > now() - make_interval(days => %s)) RETURNING id",
            [days],
        )
        gone = [row[0] for row in cursor.fetchall()]
        Failure.objects.filter(job__in=gone).delete()
    return len(gone)
