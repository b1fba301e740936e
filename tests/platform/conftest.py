"""The platform under test: Django once, one PostgreSQL for the run, a database for each worker.

`db`      the test runs in a transaction that is rolled back, as the application's role
`ledger`  a fresh database for this test alone, with real commits; for threads, processes and faults
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from .server import GIVEN, Server, clean, database_name, of_this_run, prepare

os.environ.setdefault(GIVEN, os.environ.get("DATABASE_URL", ""))
HOME = prepare({"GONGKAI_SECRET_KEY": "test-" * 12, "DJANGO_SETTINGS_MODULE": "gongkai.platform.settings.project"})
(HOME / "static").mkdir(exist_ok=True)  # WhiteNoise warns where it is absent

import django  # noqa: E402
from django.conf import settings as told  # noqa: E402
from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: E402

told.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 64, 1
django.setup()

from gongkai.platform.organs import calendars  # noqa: E402

calendars.FRESH = float("inf")  # 只在录入放假通知的测试里再问；见 organs.calendars
del os.environ["DJANGO_SETTINGS_MODULE"]  # a worker inherits this environment, and must be told its own database first


@pytest.fixture(scope="session")
def server() -> Server:
    """The run's PostgreSQL, up, with its migrated template."""
    found = of_this_run()
    found.ready()
    return found


@pytest.fixture(scope="session")
def django_db_setup(server: Server) -> Iterator[None]:
    """In place of pytest-django's: this worker's database, a copy of the template, made by the owner."""
    from django.db import connections

    server.create(database_name())
    yield
    connections.close_all()
    server.drop(database_name())


@pytest.fixture(scope="session", autouse=True)
def _no_database_unasked(django_db_blocker: object) -> Iterator[None]:
    """A test that asks for no database gets none."""
    django_db_blocker.block()  # type: ignore[attr-defined]
    yield
    django_db_blocker.restore()  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One test's own database: its addresses, the data directory, and the environment for a subprocess."""

    name: str
    server: Server
    home: Path

    @property
    def url(self) -> str:
        return self.server.url(self.name)

    @property
    def owner_url(self) -> str:
        return self.server.url(self.name, self.server.owner)

    @property
    def env(self) -> dict[str, str]:
        kept = {"GONGKAI_HOME": str(self.home), "GONGKAI_SECRET_KEY": os.environ["GONGKAI_SECRET_KEY"]}
        return clean() | self.server.environment(self.name) | kept

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`gongkai …` on this database."""
        done = subprocess.run(
            [sys.executable, "-m", "gongkai", *words], env=self.env, capture_output=True, text=True, check=False
        )
        if check and done.returncode:
            raise AssertionError(f"gongkai {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def admin(self) -> psycopg.Connection:
        """As the server's administrator, who may do what nobody should: for tests of tampering."""
        return self.server.admin(self.name)


@contextmanager
def own_database(server: Server, blocker: object, home: Path, suffix: str, template: str = "") -> Iterator[Ledger]:
    """A fresh database; Django's connection (of every thread) leads there while it lasts."""
    from django.db import connections

    name = f"{database_name()}_{suffix}"
    server.create(name, template)
    home.mkdir(parents=True, exist_ok=True)
    mine = Ledger(name, server, home)
    with pytest.MonkeyPatch.context() as patch, blocker.unblock():  # type: ignore[attr-defined]
        for key, text in (server.environment(name) | {"GONGKAI_HOME": str(home)}).items():
            patch.setenv(key, text)
        patch.setattr(told, "HOME", home)
        patch.setattr(told, "FILES", home / "files")
        patch.setitem(connections.settings["default"], "NAME", name)
        connections.close_all()
        yield mine
        connections.close_all()
    server.drop(name)


@pytest.fixture
def ledger(server: Server, django_db_blocker: object, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """A fresh database for this test alone, with real commits."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        raise pytest.UsageError("`ledger` commits for real: ask for `db` or for `ledger`, not for both")
    with own_database(server, django_db_blocker, tmp_path / "home", "one") as mine:
        yield mine
