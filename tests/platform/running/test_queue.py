"""Background work: in one transaction with the data, retried with a limit, done once in effect whatever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.platform.journal.models import Entry
from gongkai.platform.organs.acting import Actor, Post
from gongkai.platform.organs.errors import NotAllowed, NotFound, NotNow
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.queue import actions, queries, reviving, sweeping
from gongkai.platform.queue.declaring import ATTEMPTS, RETRY
from gongkai.platform.queue.models import Failure, Sweep
from gongkai.platform.queue.queries import State
from tests.platform.conftest import Ledger
from tests.platform.running import jobs

ADMINISTRATOR = Actor(1, "管理员甲", (Post(RoleKind.ADMINISTRATOR, None),))
EDITOR = Actor(2, "信息员乙", (Post(RoleKind.EDITOR, 1),))
ROOT = Path(__file__).resolve().parents[3]
WORK = "from gongkai.platform.running.starting import ready; ready(); import tests.platform.running.jobs; from gongkai.platform.running.working import work; work({})"


def worker(ledger: Ledger, wait: bool = False, **told: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORK.format(f"wait={wait}")], cwd=ROOT, env=ledger.env | told, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def finish(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=120)
    return said


def only_job() -> ProcrastinateJob:
    return ProcrastinateJob.objects.get(task_name__contains="running.jobs")


class TestTransaction:
    def test_a_job_is_there_when_its_data_are(self, ledger: Ledger) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            jobs.count.defer(key="lost")
            raise RuntimeError
        with transaction.atomic():
            jobs.count.defer(key="kept")

        assert [job.args for job in ProcrastinateJob.objects.all()] == [{"key": "kept"}]

    def test_a_task_that_gives_out_another_job_does_so_in_its_own_transaction(self, ledger: Ledger) -> None:
        jobs.hand_on.defer(key="a", fail=True)
        jobs.hand_on.defer(key="b", fail=False)
        finish(worker(ledger))

        assert [name for name in sorted(Sweep.objects.values_list("name", flat=True)) if "." not in name] == ["b"]


class TestKilledWorker:
    """进程被 kill -9：任务不丢，效果只有一次."""

    @pytest.mark.parametrize("moment", ["before", "after"])
    def test_a_job_takes_effect_once_whenever_its_worker_is_killed(self, ledger: Ledger, tmp_path: Path, moment: str) -> None:
        sign = tmp_path / "sign"
        jobs.killed_once.defer(key="k", moment=moment, sign=str(sign))
        first = worker(ledger, wait=True)
        limit = time.monotonic() + 60
        while not sign.exists():
            assert time.monotonic() < limit and first.poll() is None, first.poll()
            time.sleep(0.05)
        os.kill(first.pid, signal.SIGKILL)
        finish(first)
        left = only_job().status
        connection.close()
        stalled = reviving.stalled(now() + timedelta(minutes=1))
        revived = reviving.revive(now() + timedelta(minutes=1))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
        finish(worker(ledger))

        assert left == "doing"
        assert stalled == revived >= 1  # 定时任务也可能正在执行
        assert (only_job().status, only_job().attempts) == ("succeeded", 2)
        assert Sweep.objects.get(name="k").did == 1
        assert list(Failure.objects.filter(job=only_job().pk).values_list("error", flat=True)) == ["WorkerDied"]

    def test_asked_to_end_it_finishes_the_job_in_hand(self, ledger: Ledger, tmp_path: Path) -> None:
        sign = tmp_path / "sign"
        jobs.slow.defer(key="s", sign=str(sign))
        process = worker(ledger, wait=True)
        limit = time.monotonic() + 60
        while not sign.exists():
            assert time.monotonic() < limit and process.poll() is None
            time.sleep(0.05)
        process.terminate()
        finish(process)

        assert process.returncode == 0
        assert only_job().status == "succeeded"
        assert Sweep.objects.get(name="s").did == 1

    def test_a_job_that_brings_down_every_worker_is_given_up(self, ledger: Ledger) -> None:
        jobs.count.defer(key="poison")
        for _ in range(ATTEMPTS):
            with connection.cursor() as cursor:
                cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
            reviving.revive(now())

        assert only_job().status == "failed"
        assert Failure.objects.count() == ATTEMPTS

    def test_the_job_of_a_worker_that_lives_is_left_alone(self, ledger: Ledger) -> None:
        jobs.count.defer(key="busy")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [cursor.fetchone()[0]])

        assert reviving.revive(now()) == 0
        assert reviving.stalled(now()) == 0


class TestFailing:
    def test_a_failing_job_is_retried_later_and_given_up_in_the_end(self, ledger: Ledger) -> None:
        jobs.failing.defer(secret="张三")
        finish(worker(ledger))
        retried = only_job()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now(), attempts = %s", [ATTEMPTS])
        finish(worker(ledger))

        assert (retried.status, retried.attempts) == ("todo", 1)
        assert retried.scheduled_at is not None
        assert only_job().status == "failed"
        assert list(Failure.objects.order_by("at").values_list("attempt", flat=True)) == [1, ATTEMPTS + 1]

    def test_the_pauses_between_attempts_grow_to_about_an_hour(self) -> None:
        pauses = [RETRY.exponential_wait ** (attempt + 1) for attempt in range(ATTEMPTS)]

        assert pauses == [5, 25, 125, 625, 3125]

    def test_of_an_error_its_kind_and_place_are_kept_and_logged_never_its_words(self, ledger: Ledger) -> None:
        jobs.failing.defer(secret="张三")
        said = finish(worker(ledger))
        error = Failure.objects.get().error

        assert error.startswith("ValueError")
        assert "身份证" not in said + error


class TestSweeping:
    def test_one_sweep_that_fails_stops_no_other(self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(at: datetime) -> int:
            Sweep.objects.create(name="half-done", at=at)
            raise ValueError("张三")

        found = [("a.broken", broken), ("b.whole", lambda at: 3)]
        monkeypatch.setattr(sweeping, "registered", lambda: iter(found))
        done = sweeping.sweep(now())
        told = {sweep.name: (sweep.did, sweep.error.partition(" ")[0], sweep.succeeded_at is not None) for sweep in Sweep.objects.all()}

        assert done == 3
        assert told == {"a.broken": (0, "ValueError", False), "b.whole": (3, "", True)}

    def test_what_the_apps_register_is_found_and_takes_the_moment(self, ledger: Ledger) -> None:
        names = [name for name, _ in sweeping.registered()]
        sweeping.sweep(now())

        assert len(names) == len(set(names))
        assert list(Sweep.objects.exclude(error="")) == []

    def test_the_queue_puts_its_own_tasks_in_by_the_clock(self) -> None:
        from procrastinate.contrib.django import app

        crons = {periodic.task.name.rpartition(".")[2]: periodic.cron for periodic in app.periodic_registry.periodic_tasks.values()}

        assert crons["sweep"] == crons["revive"] == "* * * * *"
        assert "forget" in crons

    def test_old_receipts_are_dropped_and_failures_stay(self, ledger: Ledger) -> None:
        for key in ("old", "new", "failed"):
            jobs.count.defer(key=key)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
            cursor.execute("UPDATE procrastinate_jobs SET status = CASE args->>'key' WHEN 'failed' THEN 'failed' ELSE 'succeeded' END::procrastinate_job_status")
            cursor.execute("UPDATE procrastinate_events SET at = now() - interval '40 days' WHERE job_id IN (SELECT id FROM procrastinate_jobs WHERE args->>'key' <> 'new')")
        gone = reviving.forget(30)

        assert gone == 1
        assert sorted(job.args["key"] for job in ProcrastinateJob.objects.all()) == ["failed", "new"]


class TestAdministrator:
    """系统管理员看得到任务，看不到内容."""

    def _failed(self) -> int:
        number: int = jobs.failing.defer(secret="张三")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        Failure.objects.create(job=number, task="t", attempt=1, at=now(), error="ValueError · x.py:1")
        return number

    def test_the_administrator_sees_what_failed_and_never_its_arguments(self, ledger: Ledger, django_assert_max_num_queries: object) -> None:
        number = self._failed()
        jobs.count.defer(key="waiting")
        with django_assert_max_num_queries(6):  # type: ignore[operator]
            seen = queries.work(ADMINISTRATOR)
        by_number = {job.number: job for job in seen.jobs}

        assert (seen.counts[State.FAILED], seen.counts[State.WAITING]) == (1, 1)
        assert by_number[number].error == "ValueError · x.py:1"
        assert by_number[number].can_be_retried
        assert str(by_number[number].label) == "会失败的任务"
        assert "张三" not in repr(seen)
        assert [job.number for job in queries.work(ADMINISTRATOR, State.FAILED).jobs] == [number]

    def test_a_failed_job_is_retried_once_and_the_journal_tells(self, ledger: Ledger) -> None:
        number = self._failed()
        actions.retry(ADMINISTRATOR, number, now())
        entry = Entry.objects.get()

        assert ProcrastinateJob.objects.get(pk=number).status == "todo"
        assert (entry.verb, entry.subject, entry.role) == ("queue.retry", f"queue.job:{number}", "administrator")
        with pytest.raises(NotNow):
            actions.retry(ADMINISTRATOR, number, now())
        with pytest.raises(NotFound):
            actions.retry(ADMINISTRATOR, number + 99, now())

    def test_nobody_else_sees_or_retries_anything(self, ledger: Ledger) -> None:
        number = self._failed()

        with pytest.raises(NotAllowed):
            queries.work(EDITOR)
        with pytest.raises(NotAllowed):
            actions.retry(EDITOR, number, now())
        assert Entry.objects.count() == 0
