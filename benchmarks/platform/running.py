"""A temporary cluster filled with items, and two granian processes for each of the platform and the bare view."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

FOR_LOADING = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "8GB", "shared_buffers": "2GB"}


@contextmanager
def filled(home: Path, items: int, load: str = "benchmarks.platform.loading") -> Iterator[None]:
    """The cluster up, with its items; made and filled (by `load` of that module) where it is not there yet."""
    os.environ.update(GONGKAI_HOME=str(home), GONGKAI_SECRET_KEY="benchmark-" * 5, DJANGO_SETTINGS_MODULE="gongkai.platform.settings.project")
    os.environ.pop("DATABASE_URL", None)
    from gongkai.platform.running import statics
    from gongkai.platform.running.cluster import Cluster
    from gongkai.platform.running.migrating import migrate
    from gongkai.platform.settings import environment as env

    home.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(home, env.socket_folder(), FOR_LOADING)
    cluster.start()
    try:
        migrate()
        statics.collect()
        if not (home / "loaded").exists():
            import_module(load).load(f"postgresql://{env.OWNER}@/{env.DATABASE}?host={env.socket_folder()}", items)
            (home / "loaded").touch()
        yield
    finally:
        cluster.stop()


@contextmanager
def served(application: str, settings: str, workers: int = 2) -> Iterator[int]:
    """Two granian processes with one thread each, as `gongkai serve` runs them; the port."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", application, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--http", "1", "--no-ws",
        "--workers", str(workers), "--blocking-threads", "1", "--log-level", "error", "--no-access-log",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": settings}, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(port: int) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("granian did not start")
