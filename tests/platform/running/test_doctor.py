"""gongkai doctor: what is unfit for production and what is unwell is found, told with advice, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from gongkai.platform.catalogue import storage
from gongkai.platform.queue.models import Sweep
from gongkai.platform.running.doctor import Finding, Level, configuration, database, examine, files, machine, work
from gongkai.platform.running.keeping.backing import LIST
from tests.platform.conftest import Ledger

GOOD = {
    "GONGKAI_PUBLIC_URL": "https://gk.example", "GONGKAI_SECOND_FACTOR": "privileged",
    "GONGKAI_OIDC_ISSUER": "", "GONGKAI_OIDC_CLIENT": "", "GONGKAI_OIDC_SECRET": "",
}  # fmt: skip


def levels(found: object) -> dict[str, Level]:
    return {finding.key: finding.level for finding in found}  # type: ignore[attr-defined]


@pytest.fixture
def well_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Settings as a production guide would have them."""
    tmp_path.chmod(0o700)
    for name, text in {**GOOD, "GONGKAI_HOME": str(tmp_path), "GONGKAI_SECRET_KEY": "x" * 64}.items():
        monkeypatch.setenv(name, text)
    for name, value in {"HTTPS": True, "PROXIES": 1, "ALLOWED_HOSTS": ["gk.example"], "DEBUG": False}.items():
        monkeypatch.setattr(settings, name, value, raising=False)
    return monkeypatch


class TestConfiguration:
    def test_good_settings_leave_only_what_is_optional(self, well_set: pytest.MonkeyPatch) -> None:
        found = levels(configuration.examine())

        assert {key for key, level in found.items() if level is Level.ERROR} == set()
        assert {key for key, level in found.items() if level is Level.WARNING} == {"mail"}

    @pytest.mark.parametrize(
        ("key", "level", "attributes", "environment"),
        [
            ("debug", Level.ERROR, {"DEBUG": True}, {}),
            ("hosts", Level.ERROR, {"ALLOWED_HOSTS": ["*"]}, {}),
            ("hosts", Level.WARNING, {"ALLOWED_HOSTS": ["localhost"]}, {}),
            ("https", Level.ERROR, {"HTTPS": False}, {}),
            ("proxies", Level.WARNING, {"PROXIES": 0}, {}),
            ("public_url", Level.WARNING, {}, {"GONGKAI_PUBLIC_URL": ""}),
            ("secret", Level.ERROR, {}, {"GONGKAI_SECRET_KEY": "short"}),
            ("mail", Level.ERROR, {}, {"GONGKAI_MAIL_URL": "smtp://127.0.0.1:9"}),
            ("second_factor", Level.WARNING, {}, {"GONGKAI_SECOND_FACTOR": "optional"}),
            ("second_factor", Level.ERROR, {}, {"GONGKAI_SECOND_FACTOR": "always"}),
            ("oidc", Level.ERROR, {}, {"GONGKAI_OIDC_ISSUER": "https://id.example"}),
            ("clamd", Level.ERROR, {}, {"GONGKAI_CLAMD": "unix:/nowhere.sock"}),
        ],
    )  # fmt: skip
    def test_a_wrong_setting_is_found(
        self, well_set: pytest.MonkeyPatch, key: str, level: Level, attributes: Mapping[str, object], environment: Mapping[str, str]
    ) -> None:
        for name, value in attributes.items():
            well_set.setattr(settings, name, value, raising=False)
        for name, text in environment.items():
            well_set.setenv(name, text)
        found = {finding.key: finding for finding in configuration.examine()}[key]

        assert found.level is level
        assert found.do_zh
        assert found.do_en

    def test_a_key_or_a_home_that_others_can_read_is_an_error(self, well_set: pytest.MonkeyPatch, tmp_path: Path) -> None:
        well_set.delenv("GONGKAI_SECRET_KEY")
        (tmp_path / "secret").write_text("k" * 64)
        (tmp_path / "secret").chmod(0o644)
        tmp_path.chmod(0o755)
        found = levels(configuration.examine())

        assert found["secret"] is Level.ERROR
        assert found["home.private"] is Level.ERROR

    def test_what_follows_from_no_https_is_told_once(self, well_set: pytest.MonkeyPatch) -> None:
        well_set.setattr(settings, "HTTPS", False)
        keys = set(levels(configuration.django_checks()))

        assert not {f"django.{key}" for key in configuration.OF_HTTPS} & keys


class TestDatabase:
    def test_a_database_as_migrate_made_it_is_right(self, ledger: Ledger) -> None:
        found = levels(database.examine()) | levels(database.journal())
        found.pop("database.durable")  # 测试的数据库不求耐久

        assert database.unreachable() is None
        assert {key for key, level in found.items() if level is not Level.OK} == set()

    def test_a_database_that_forgets_when_power_fails_is_an_error(self, ledger: Ledger) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
            found = {finding.key: finding for finding in database.examine()}["database.durable"]

        assert found.level is Level.ERROR
        assert "synchronous_commit" in found.en

    def test_an_application_that_owns_the_tables_is_an_error(self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        from django.db import connections

        for key, text in zip(("USER", "PASSWORD"), _account(ledger.owner_url), strict=True):
            monkeypatch.setitem(connections.settings["default"], key, text)
        connections.close_all()
        found = levels(database.examine())
        connections.close_all()

        assert found["database.roles"] is Level.ERROR

    @pytest.mark.parametrize(
        ("command", "key"),
        [
            ("GRANT UPDATE ON journal_entry TO {app}", "database.rights"),
            ("GRANT INSERT ON journal_head TO {app}", "database.rights"),
            ("ALTER TABLE journal_entry DISABLE TRIGGER journal_keep", "journal.triggers"),
            ("DROP TRIGGER journal_append ON journal_entry", "journal.triggers"),
            ("INSERT INTO journal_head (chain, number, digest) VALUES (9, 3, 'x')", "journal.heads"),
            ("DELETE FROM django_migrations WHERE app = 'queue'", "database.migrated"),
        ],
    )  # fmt: skip
    def test_what_somebody_altered_is_found(self, ledger: Ledger, command: str, key: str) -> None:
        with ledger.admin() as link:
            link.execute(command.format(app=ledger.server.application))
        found = levels(database.examine()) | levels(database.journal())

        assert found[key] is Level.ERROR

    def test_a_database_that_does_not_answer_ends_the_examination(self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        from django.db import connections

        with monkeypatch.context() as patch:  # 先于 ledger 复原，否则后面的测试找不到自己的数据库
            patch.setitem(connections.settings["default"], "NAME", "no_such_database")
            connections.close_all()
            found = list(examine())
            connections.close_all()

        assert found[-1].key == "database.reachable"
        assert found[-1].level is Level.ERROR
        assert not [finding for finding in found if finding.key.endswith(".failed")]


def _account(url: str) -> tuple[str, str]:
    from urllib.parse import urlsplit

    told = urlsplit(url)
    return told.username or "", told.password or ""


class TestWork:
    def _worker(self, seconds_ago: float) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))", [seconds_ago])

    def test_a_living_worker_and_fresh_sweeps_are_well(self, ledger: Ledger) -> None:
        self._worker(5)
        Sweep.objects.create(name="catalogue.due", at=now(), succeeded_at=now())

        assert set(levels(work.examine()).values()) == {Level.OK}

    def test_a_silent_worker_a_late_sweep_and_lost_jobs_are_found(self, ledger: Ledger) -> None:
        from tests.platform.running import jobs

        self._worker(600)
        Sweep.objects.create(name="catalogue.due", at=now(), succeeded_at=now() - timedelta(hours=1), error="ValueError")
        for key in ("late", "stalled", "failed"):
            jobs.count.defer(key=key)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_events SET at = now() - interval '1 hour'")
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE args->>'key' <> 'late'")
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE args->>'key' = 'failed'")
        found = levels(work.examine())

        assert found == {
            "worker": Level.ERROR, "jobs.stalled": Level.WARNING, "jobs.failed": Level.WARNING,
            "jobs.late": Level.WARNING, "sweep.catalogue.due": Level.ERROR,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("today", "year", "following"),
        [
            (date(2025, 6, 1), Level.OK, Level.OK), (date(2026, 6, 1), Level.OK, Level.INFO),
            (date(2026, 12, 1), Level.OK, Level.WARNING), (date(2099, 12, 1), Level.ERROR, Level.WARNING),
        ],
    )  # fmt: skip
    def test_a_year_without_a_notice_is_told_in_time(self, today: date, year: Level, following: Level) -> None:
        found = levels(work.calendar(today))

        assert (found["calendar.year"], found["calendar.next"]) == (year, following)


class TestMachine:
    @pytest.mark.parametrize(("days", "level"), [(0.5, Level.OK), (3, Level.WARNING), (30, Level.ERROR), (None, Level.ERROR)])
    def test_the_age_of_the_last_backup_is_judged(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, days: float | None, level: Level) -> None:
        monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
        if days is not None:
            at: datetime = now() - timedelta(days=days)
            (tmp_path / LIST).write_text(json.dumps({"at": at.isoformat()}))
        found = {finding.key: finding for finding in machine.examine()}["backup"]

        assert found.level is level

    def test_a_disk_that_is_nearly_full_is_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: type("Room", (), {"total": 1 << 40, "free": 1 << 28})())
        found = levels(machine.examine())

        assert found["disk"] is Level.ERROR


def test_every_sentence_is_there_in_both_languages(ledger: Ledger) -> None:
    found = list(examine())

    assert len({finding.key for finding in found}) == len(found)
    assert len(found) > 25
    assert [finding.key for finding in found if not finding.zh or not finding.en] == []
    assert [finding.key for finding in found if finding.level in (Level.WARNING, Level.ERROR) and not (finding.do_zh and finding.do_en)] == []


def test_the_command_says_what_to_do_and_ends_with_1_on_errors(ledger: Ledger) -> None:
    told = ledger.run("doctor", "--lang", "en", check=False)
    found = [Finding(**each) for each in json.loads(ledger.run("doctor", "--format", "json", "--quiet", check=False).stdout)]

    assert told.returncode == 1
    assert "✗ HTTPS is not switched on" in told.stdout
    assert "Give the reverse proxy a certificate" in told.stdout
    assert {finding.level for finding in found} <= {Level.WARNING, Level.ERROR}


@pytest.mark.django_db
def test_a_file_that_the_database_names_and_the_disk_has_lost_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "FILES", tmp_path)
    kept = storage.put("附件".encode(), "text/plain", now())
    [before] = files.examine()
    storage.path_of(kept.digest).unlink()
    [after] = files.examine()

    assert (before.level, after.level) == (Level.OK, Level.ERROR)
    assert kept.digest[:12] in after.zh and after.do_zh
