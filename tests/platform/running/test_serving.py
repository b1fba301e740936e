"""gongkai serve: up on the embedded parts, whatever is killed; down in order; one to a data directory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from gongkai.platform.running.children import MARK
from gongkai.platform.running.serving import Address, CannotServe
from tests.platform.conftest import Ledger
from tests.platform.server import Server, clean, copied

START_SECONDS = 120
WEB, WORKER = b"granian\0gongkai", b"gongkai\0worker\0"


def wait_until(holds: Callable[[], object], seconds: float = 40, what: str = "") -> None:
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, f"it did not happen in time: {what}"
        time.sleep(0.1)


class Served:
    """A `gongkai serve` under test: its process, what it said, its address."""

    def __init__(self, environment: Mapping[str, str], log: Path, *words: str) -> None:
        self.home, self.log = Path(environment["GONGKAI_HOME"]), log
        with log.open("w") as lines:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gongkai", "serve", "--port", "0", "--lang", "en", *words],
                env={**environment, "GONGKAI_WORKERS": "1", "PYTHONUNBUFFERED": "1"}, stdout=lines, stderr=subprocess.STDOUT,
            )  # fmt: skip

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def until_up(self) -> str:
        wait_until(lambda: "The platform is up" in self.said or self.process.poll() is not None, START_SECONDS, self.said)
        assert self.process.poll() is None, self.said
        return self.url

    @property
    def url(self) -> str:
        return str(json.loads((self.home / "serve.json").read_text())["url"])

    def health(self) -> str:
        try:
            with urllib.request.urlopen(f"{self.url}/-/health", timeout=5) as answer:
                return str(answer.read().decode().strip())
        except urllib.error.HTTPError as refused:
            return str(refused.code)
        except OSError as failed:
            return type(failed).__name__

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(90)


def processes(home: Path, holding: bytes = b"") -> list[int]:
    """The processes started for this data directory whose command line holds something."""
    sign, found = f"{MARK}={home}".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if sign in (folder / "environ").read_bytes().split(b"\0") and holding in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return sorted(found)


def postmaster(home: Path) -> int | None:
    try:
        return int((home / "postgres" / "postmaster.pid").read_text().split()[0])
    except (OSError, IndexError):
        return None


@contextmanager
def serving(environment: Mapping[str, str], log: Path, *words: str) -> Iterator[Served]:
    served = Served(environment, log, *words)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.process.terminate()
            try:
                served.process.wait(60)
            except subprocess.TimeoutExpired:
                served.process.kill()
                served.process.wait()


@pytest.fixture(scope="module")
def embedded(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A data directory with the embedded database; every test finds it as the one before left it."""
    home = tmp_path_factory.mktemp("embedded")
    copied(server.statics(), home / "static")
    environment = clean() | {"GONGKAI_HOME": str(home)}
    yield environment
    code = "from gongkai.platform.running.cluster import embedded; embedded().stop('immediate')"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


class TestEmbedded:
    """自带的数据库、网页服务、后台任务：一条命令，全部起来，全部停下."""

    def test_it_comes_up_looks_after_its_parts_and_goes_down_in_order(self, embedded: dict[str, str], tmp_path: Path) -> None:
        with serving(embedded, tmp_path / "log") as served:
            url = served.until_up()
            healthy = served.health()
            with serving(embedded, tmp_path / "second") as second:
                refused = second.process.wait(START_SECONDS)
            for name, word in (("web", WEB), ("worker", WORKER)):
                wait_until(lambda word=word: processes(served.home, word), what=name)  # type: ignore[misc]
                before = processes(served.home, word)
                os.kill(before[0], signal.SIGKILL)
                wait_until(lambda word=word, before=before: set(processes(served.home, word)) - set(before), what=name)  # type: ignore[misc]
            wait_until(lambda: served.health() == "ok", what="web again")
            old = postmaster(served.home)
            os.kill(old or 0, signal.SIGKILL)
            wait_until(lambda: postmaster(served.home) not in (old, None), what="database again")
            wait_until(lambda: served.health() == "ok", what="health again")
            code = served.stop()

        assert healthy == "ok"
        assert refused == 1
        assert f"already runs on this data directory: {url}" in second.said
        assert "web ended (-9)" in served.said
        assert "worker ended (-9)" in served.said
        assert "The database is down" in served.said
        assert code == 0
        assert served.said.rstrip().endswith("Stopped.")
        assert processes(served.home) == []
        assert postmaster(served.home) is None

    def test_after_kill_9_of_itself_or_of_everything_it_just_starts_again(self, embedded: dict[str, str], tmp_path: Path) -> None:
        with serving(embedded, tmp_path / "first") as killed:
            killed.until_up()
            wait_until(lambda: processes(killed.home, WORKER), what="worker")
            killed.process.kill()
            killed.process.wait()
        with serving(embedded, tmp_path / "second") as razed:
            razed.until_up()
            healthy = razed.health()
            for number in (razed.process.pid, *processes(razed.home), postmaster(razed.home) or 0):
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            razed.process.wait()
        with serving(embedded, tmp_path / "third") as again:
            again.until_up()
            healthy_again = again.health()
            code = again.stop()

        assert (healthy, healthy_again) == ("ok", "ok")
        assert code == 0
        assert processes(again.home) == []

    def test_asked_to_stop_while_it_starts_it_stops_soon(self, embedded: dict[str, str], tmp_path: Path) -> None:
        with serving(embedded, tmp_path / "log") as served:
            wait_until(lambda: processes(served.home, WEB), START_SECONDS, "web")
            began = time.monotonic()
            code = served.stop()

        assert code == 0
        assert time.monotonic() - began < 20


class TestOnAServer:
    """同样的代码，数据库在别处（DATABASE_URL）."""

    def test_it_serves_a_database_that_is_up_to_date(self, ledger: Ledger, server: Server, tmp_path: Path) -> None:
        copied(server.statics(), ledger.home / "static")
        with serving(ledger.env, tmp_path / "log", "--no-worker") as served:
            served.until_up()

            assert served.health() == "ok"
            assert not (ledger.home / "postgres").exists()
            assert processes(ledger.home, WORKER) == []

    def test_it_does_not_change_the_tables_of_a_server_unasked(self, ledger: Ledger, tmp_path: Path) -> None:
        with ledger.admin() as link:
            link.execute("DELETE FROM django_migrations WHERE app = 'queue'")
        with serving(ledger.env, tmp_path / "log") as served:
            code = served.process.wait(60)

        assert code == 1
        assert "lacks 1 migrations. Make a backup, then run: gongkai migrate." in served.said

    def test_a_database_that_cannot_be_reached_is_told_without_its_password(self, ledger: Ledger, tmp_path: Path) -> None:
        address = "postgresql://gongkai_app:very-secret@127.0.0.1:9/gongkai"
        with serving(ledger.env | {"DATABASE_URL": address}, tmp_path / "log") as served:
            code = served.process.wait(60)

        assert code == 1
        assert "The database cannot be reached" in served.said
        assert "Traceback" not in served.said
        assert "very-secret" not in served.said


class TestAddresses:
    @pytest.mark.parametrize(
        ("text", "url"),
        [("127.0.0.1:8000", "http://127.0.0.1:8000"), ("0.0.0.0:80", "http://127.0.0.1:80"), ("[::1]:8000", "http://[::1]:8000"), ("[::]:8000", "http://[::1]:8000")],
    )  # fmt: skip
    def test_it_is_printed_as_a_browser_of_this_machine_reaches_it(self, text: str, url: str) -> None:
        assert Address.parse(text).url == url
        assert str(Address.parse(text)) == text

    @pytest.mark.parametrize("text", ["8000", "host", "host:port", ":8000", "127.0.0.1:70000"])
    def test_what_is_no_address_is_refused(self, text: str) -> None:
        with pytest.raises(CannotServe, match="主机:端口"):
            Address.parse(text)

    def test_a_port_that_is_taken_is_told_before_anything_starts(self) -> None:
        import socket

        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()

            with pytest.raises(CannotServe, match="请换一个端口"):
                Address("127.0.0.1", taken.getsockname()[1]).free()
