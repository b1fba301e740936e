"""The PostgreSQL of a test run: one server for all workers, a migrated template, and databases copied from it.

Without DATABASE_URL the run makes a private cluster in the temporary folder. With it, that server is used, whose account must
be a superuser or may create databases and roles.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import conninfo, sql

from gongkai.platform.running.cluster import Cluster

HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "200", "shared_buffers": "128MB"}
RUNS = Path(tempfile.gettempdir()) / f"gongkai-tests-{os.getuid()}"
GIVEN = "GONGKAI_TEST_DATABASE_URL"  # DATABASE_URL, as the run was given it


def run_id() -> int:
    """The process that the run belongs to: pytest itself, the parent of its workers."""
    return os.getppid() if os.environ.get("PYTEST_XDIST_WORKER") else os.getpid()


@dataclass(frozen=True, slots=True)
class Server:
    """Where this run's databases are, and as whom to reach them."""

    run: int
    given: str = ""

    @property
    def folder(self) -> Path:
        return RUNS / str(self.run)

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.folder / "cluster", self.folder / "s", HASTY)

    @property
    def owner(self) -> str:
        return f"gongkai_owner_{self.run}" if self.given else "gongkai_owner"

    @property
    def application(self) -> str:
        return f"gongkai_app_{self.run}" if self.given else "gongkai_app"

    @property
    def template(self) -> str:
        return f"gongkai_template_{self.run}"

    def url(self, database: str, role: str | None = None) -> str:
        """The address of a database, as the application or as the role."""
        user = role or self.application
        if not self.given:
            return f"postgresql://{user}@/{database}?host={quote(str(self.cluster.sockets), safe='')}"
        told = conninfo.conninfo_to_dict(self.given)
        host, port = told.get("host") or "localhost", told.get("port") or 5432
        return f"postgresql://{user}:{self._password()}@{host}:{port}/{database}"

    def admin(self, database: str = "") -> psycopg.Connection:
        if self.given:
            return psycopg.connect(self.given, autocommit=True, **({"dbname": database} if database else {}))
        return psycopg.connect(host=str(self.cluster.sockets), user="postgres", dbname=database or "postgres", autocommit=True)

    def ready(self) -> None:
        """The server up and the template migrated; the first worker does it, the others wait."""
        with self._alone():
            if (self.folder / "template").exists():
                return
            if not self.given:
                self.cluster.start()
            self._make_roles()
            self.create(self.template, "template1")
            self._run("migrate", self.environment(self.template))
            (self.folder / "template").touch()

    def demo(self) -> tuple[str, Path]:
        """A database with the demo data, made once a run, to copy from; and the data directory with its files."""
        self.ready()
        name, home = f"gongkai_demo_{self.run}", self.folder / "demo"
        with self._alone():
            if not (self.folder / "demo-ready").exists():
                self.create(name)
                self._run("demo", self.environment(name) | {"GONGKAI_HOME": str(home)})
                (self.folder / "demo-ready").touch()
        return name, home

    def statics(self) -> Path:
        """The static files, collected once a run, to copy from."""
        home = self.folder / "statics"
        with self._alone():
            if not (home / "static").exists():
                code = "from gongkai.platform.running import statics; statics.collect()"
                environment = clean() | {"GONGKAI_HOME": str(home), "GONGKAI_SECRET_KEY": "statics", "PYTHONWARNINGS": ""}
                home.mkdir(parents=True)
                subprocess.run([sys.executable, "-c", code], env=environment, check=True)
        return home / "static"

    def create(self, name: str, template: str = "") -> None:
        with self.admin() as link:
            self._say(link, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            self._say(link, "CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY", name, self.owner, template or self.template)

    def drop(self, name: str) -> None:
        with self.admin() as link:
            self._say(link, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def environment(self, database: str) -> dict[str, str]:
        """What a subprocess must be told to use this database."""
        return {"DATABASE_URL": self.url(database), "GONGKAI_OWNER_DATABASE_URL": self.url(database, self.owner)}

    def clear(self) -> None:
        """End of the run: nothing is left."""
        if not self.folder.exists():
            return
        if not self.given:
            self.cluster.stop("immediate")
        else:
            with suppress(psycopg.Error), self.admin() as link:
                for (name,) in link.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [rf"gongkai\_%\_{self.run}%"]).fetchall():
                    self._say(link, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
                for role in (self.application, self.owner):
                    self._say(link, "DROP ROLE IF EXISTS {}", role)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command: str, told: Mapping[str, str]) -> None:
        environment = clean() | {"GONGKAI_HOME": str(self.folder / "command")} | told
        done = subprocess.run([sys.executable, "-m", "gongkai", command], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"gongkai {command}: {done.stdout}{done.stderr}")

    def _make_roles(self) -> None:
        if not self.given:
            return  # 私有数据库启动时已有这两个账号
        with self.admin() as link:
            for role in (self.owner, self.application):
                if not link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                    link.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), sql.Literal(self._password())))
            self._say(link, "GRANT {} TO CURRENT_USER", self.owner)

    def _password(self) -> str:
        return hashlib.sha256(f"{self.run} {self.given}".encode()).hexdigest()[:24]

    @staticmethod
    def _say(link: psycopg.Connection, command: str, *names: str) -> None:
        link.execute(sql.SQL(command).format(*map(sql.Identifier, names)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o755)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def of_this_run() -> Server:
    return Server(run_id(), os.environ.get(GIVEN, ""))


def clean() -> dict[str, str]:
    """The environment without anything that would set up gongkai otherwise than the test means."""
    return {key: text for key, text in os.environ.items() if not key.startswith(("GONGKAI_", "DATABASE_URL", "PG"))}


def prepare(settings: Mapping[str, str]) -> Path:
    """The environment of this test process: its own data directory, its own database, nothing of the machine's own."""
    server = of_this_run()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    home = server.folder / f"home-{worker}"
    home.mkdir(parents=True, exist_ok=True)
    given = os.environ.get(GIVEN, "")
    kept = clean()
    for name in set(os.environ) - set(kept):
        del os.environ[name]
    os.environ.update(settings)
    os.environ.update({GIVEN: given, "GONGKAI_HOME": str(home), **server.environment(database_name())})
    return home


def database_name() -> str:
    return f"gongkai_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{run_id()}"


def clear_abandoned() -> None:
    """What runs that were killed left behind."""
    for folder in RUNS.glob("*"):
        if folder.name.isdigit() and not Path("/proc", folder.name).exists() and Path("/proc").exists():
            with suppress(Exception):
                Server(int(folder.name)).clear()


def copied(source: Path, target: Path) -> None:
    if source.exists():
        shutil.copytree(source, target)
