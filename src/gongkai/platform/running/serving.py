"""gongkai serve: the database up, the tables right, the static files collected, web server and worker supervised."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from gongkai.platform.settings import environment as env

from . import migrating, statics
from .children import Child, end_orphans, marked
from .cluster import ClusterFailed, embedded
from .starting import database_up, is_embedded

HEALTH = "/-/health"
WEB_SECONDS, WORK_SECONDS = 35.0, 60.0
TRIES_BEFORE_READY = 3
Tell = Callable[[str, str], None]


class CannotServe(Exception):
    """The platform cannot start; Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Address:
        host, _, port = text.rpartition(":")
        if not host or not (port.isascii() and port.isdecimal() and len(port) < 6) or int(port) > 65535:
            raise CannotServe(f"监听地址应写作 主机:端口，现为 {text}。", f"An address is HOST:PORT, not {text}.")
        return cls(host.strip("[]"), int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def free(self) -> Address:
        """The same address with a port that can be had; port 0 means any."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((self.host, self.port))
            except OSError as taken:
                raise CannotServe(
                    f"不能监听 {self}：{os.strerror(taken.errno or 0)}。请换一个端口：gongkai serve --port 0。",
                    f"Cannot listen on {self}: {os.strerror(taken.errno or 0)}. Try another port: gongkai serve --port 0.",
                ) from taken
            return Address(self.host, door.getsockname()[1])

    @property
    def url(self) -> str:
        """How a browser on this machine reaches it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, f"[{self.host}]" if ":" in self.host else self.host)
        return f"http://{host}:{self.port}"


@dataclass(slots=True)
class Supervisor:
    """Web server and worker while they run: a dead one is started again, a signal ends all in order."""

    address: Address
    tell: Tell
    children: list[Child] = field(default_factory=list)
    signals: int = 0
    up: bool = False
    _looked: float = 0.0
    _database_again: float = 0.0
    _database_deaths: int = 0

    def run(self, on_ready: Callable[[], None]) -> None:
        previous = {number: signal.signal(number, self._asked) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            for child in self.children:
                child.start()
            self._until_ready()
            if self.up:
                on_ready()
            while not self.signals:
                self._look()
                time.sleep(0.2)
            self.tell("正在停止：先完成手头的请求和任务 …", "Stopping: requests and jobs in hand are finished first …")
        finally:
            self._end()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        self.signals += 1

    def _until_ready(self) -> None:
        web = self.children[0]
        while not self.signals:
            self._look()
            if web.deaths >= TRIES_BEFORE_READY:
                raise CannotServe("网页服务起不来，原因见上。", "The web server does not start; the reason is above.")
            if answers(self.address):
                self.up = True
                return
            time.sleep(0.1)

    def _look(self) -> None:
        for child in self.children:
            child.look(self._died)
        now = time.monotonic()
        if is_embedded() and now - self._looked > 1 and now >= self._database_again:
            self._looked = now
            self._look_at_database(now)

    def _look_at_database(self, now: float) -> None:
        cluster = embedded()
        if cluster.breathing():
            self._database_deaths = 0
            return
        self._database_deaths += 1
        self._database_again = now + min(30.0, 2.0 ** (self._database_deaths - 1))
        self.tell("数据库停了，正在重新启动 …", "The database is down; starting it again …")
        try:
            cluster.start()
        except (ClusterFailed, OSError) as failed:
            self.tell(f"数据库没有起来：{failed}", f"The database did not start: {failed}")

    def _died(self, child: Child, code: int, pause: float) -> None:
        self.tell(f"{child.name} 退出（{code}），{pause:g} 秒后重新启动。", f"{child.name} ended ({code}); starting again in {pause:g} s.")

    def _end(self) -> None:
        """Web first, so that nothing new is asked for; then the worker, which finishes its jobs. What never was up is not waited for."""
        for child, seconds in zip(self.children, (WEB_SECONDS, WORK_SECONDS), strict=False):
            if not child.end(seconds if self.up else 1, lambda: self.signals > 1) and self.up:
                self.tell(f"{child.name} 没有按时结束，已终止；未完成的任务会重新执行。", f"{child.name} did not end in time and was killed; unfinished jobs run again.")


def serve(address: Address, tell: Tell, *, worker: bool = True, demo: bool = False) -> None:
    """Everything up, until a signal ends it. Raises CannotServe with what to do."""
    env.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(), database_up():
        if left := end_orphans(env.home()):
            tell(f"清理了上次留下的 {left} 个进程。", f"Ended {left} processes left behind by the last run.")
        _right_tables(tell)
        if statics.collect():
            tell("静态文件已更新。", "Static files collected.")
        accounts = _demo_data(tell) if demo else ()
        free = address.free()
        _note(free)
        supervisor = Supervisor(free, tell, children(free, worker))

        def ready() -> None:
            tell(f"平台已启动：{free.url}/", f"The platform is up: {free.url}/")
            if accounts:
                from .demo import code_lines, password

                tell(f"演示账号（密码都是 {password()}；全部账号见 gongkai demo）：", f"Demo accounts (the password of all is {password()}; all of them: gongkai demo):")
                for line in accounts:
                    tell(f"  {line}", f"  {line}")
                tell("演示申请（登记编号、查询码），可以在网上公开平台查询、办理：", "Demo requests (number, query code), to be followed on the portal:")
                for line in code_lines():
                    tell(f"  {line}", f"  {line}")
            tell("按 Ctrl-C 停止。", "Ctrl-C stops it.")

        supervisor.run(ready)
    tell("已停止。", "Stopped.")


def children(address: Address, worker: bool) -> list[Child]:
    told = {**marked(env.home()), "GONGKAI_ADDRESS": str(address), "DJANGO_SETTINGS_MODULE": "gongkai.platform.settings.project"}
    web = [
        sys.executable, "-m", "granian", "gongkai.platform.running.wsgi:application", "--interface", "wsgi",
        "--host", address.host, "--port", str(address.port), "--http", "1", "--no-ws",
        "--workers", str(max(env.number("GONGKAI_WORKERS", 256), 1)), "--blocking-threads", "1", "--log-level", "warning", "--no-access-log",
        "--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "30",
    ]  # fmt: skip
    found = [Child("web", web, told)]
    if worker:
        found.append(Child("worker", [sys.executable, "-m", "gongkai", "worker"], told))
    return found


def answers(address: Address) -> bool:
    """Whether the web server gives any answer."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address.url + HEALTH, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _right_tables(tell: Tell) -> None:
    pending = migrating.pending()
    if pending and not is_embedded():
        raise CannotServe(
            f"数据库还差 {len(pending)} 项更新。请先备份，再运行：gongkai migrate。",
            f"The database lacks {len(pending)} migrations. Make a backup, then run: gongkai migrate.",
        )
    if pending:
        migrating.migrate()
        tell(f"数据表已更新（{len(pending)} 项）。", f"Tables brought up to date ({len(pending)} migrations).")


def _demo_data(tell: Tell) -> tuple[str, ...]:
    from .demo import SHOWN, lines, load

    done = load(lambda step: tell(f"演示数据：{step} …", f"Demo data: {step} …"))
    if done is None:
        tell("平台里已有别的机关，没有装入演示数据。", "The platform has other organs already; no demo data were loaded.")
        return ()
    if done.built:
        tell(
            f"演示数据已装入：{done.items} 条信息，{done.requests} 件申请（{done.seconds:.0f} 秒）。",
            f"Demo data loaded: {done.items} items, {done.requests} requests ({done.seconds:.0f} s).",
        )
    return tuple(lines(SHOWN))


def _note(address: Address) -> None:
    """For whoever finds the door locked, and for doctor."""
    (env.home() / "serve.json").write_text(json.dumps({"pid": os.getpid(), "address": str(address), "url": address.url}), encoding="utf-8")


def served() -> dict[str, object] | None:
    """What the running `serve` of this data directory noted; None where none runs."""
    try:
        with (env.home() / "serve.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except BlockingIOError:
        try:
            return dict(json.loads((env.home() / "serve.json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}
    except OSError:
        return None


@contextmanager
def _alone() -> Iterator[None]:
    with (env.home() / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            known = served() or {}
            raise CannotServe(
                f"这个数据目录已有 gongkai serve 在运行：{known.get('url', '')}（进程 {known.get('pid', '未知')}）。",
                f"gongkai serve already runs on this data directory: {known.get('url', '')} (process {known.get('pid', 'unknown')}).",
            ) from None
        yield
