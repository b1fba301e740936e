"""Killed in mid-request, a separate server with passwords, a database whose disk is full: nothing lost, nothing twice."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import requests
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from gongkai.commands.faults import database_line
from gongkai.platform.catalogue.models import Item
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify
from gongkai.platform.organs.models import Person
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.running.cluster import Cluster
from tests.platform.conftest import Ledger
from tests.platform.organs import making
from tests.platform.running.test_serving import WEB, Served, processes, serving, wait_until
from tests.platform.server import Server, clean, copied


class Visitor:
    """Somebody signed in, with a form before them."""

    def __init__(self, url: str, person: Person) -> None:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        self.url, self.link = url, requests.Session()
        self.link.trust_env = False
        self.link.cookies.set("sessionid", session.session_key)

    def form(self, path: str) -> dict[str, str]:
        """The hidden values of the form at an address."""
        text = self.link.get(self.url + path, timeout=60).text
        hidden = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", text)
        pairs = ((re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in hidden)
        return {name[1]: value[1] if value else "" for name, value in pairs if name}

    def post(self, path: str, data: dict[str, str]) -> int:
        try:
            return self.link.post(self.url + path, data, timeout=60).status_code
        except requests.ConnectionError:
            return 0


def waiting_for_the_journal(ledger: Ledger) -> bool:
    with ledger.admin() as link:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock' AND query ILIKE '%%journal_entry%%'"
        (count,) = link.execute(query, [ledger.name]).fetchone() or (0,)
    return bool(count)


class TestMidRequest:
    """服务进程在请求做到一半时被 kill -9：什么也没有；再提交一次，只有一份."""

    def test_a_request_that_was_cut_off_leaves_nothing_and_its_repetition_makes_one(self, ledger: Ledger, server: Server, tmp_path: Path) -> None:
        organ, editor = making.organ("疏勒县民政局", slug="minzheng"), making.person("信息员")
        making.role(editor, RoleKind.EDITOR, organ)
        before = Entry.objects.count()
        copied(server.statics(), ledger.home / "static")
        with serving(ledger.env, tmp_path / "log", "--no-worker") as served:
            visitor = Visitor(served.until_up(), editor)
            path = f"/desk/organs/{organ.slug}/items/new/"
            data = visitor.form(path) | {"title": "关于临时救助的通知", "kind": "document", "access": "proactive", "formed_on": "2026-11-20", "body": "<p>正文</p>"}
            cut = self._cut_off(served, ledger, visitor, path, data)
            connection.close()
            after_kill = (Item.objects.count(), Entry.objects.count() - before)
            wait_until(lambda: served.health() == "ok", what="web again")
            again = visitor.post(path, data)
            twice = visitor.post(path, data)

        assert cut == 0, "the request was cut off"
        assert after_kill == (0, 0)
        assert (again, twice) == (200, 200)
        assert Item.objects.count() == 1
        assert verify().holds

    def _cut_off(self, served: Served, ledger: Ledger, visitor: Visitor, path: str, data: dict[str, str]) -> int:
        """The action waits for the journal inside its transaction; there the web server is killed."""
        answers: list[int] = []
        with ledger.admin() as holding:
            holding.autocommit = False
            holding.execute("LOCK TABLE journal_entry IN EXCLUSIVE MODE")
            asking = threading.Thread(target=lambda: answers.append(visitor.post(path, data)))
            asking.start()
            wait_until(lambda: waiting_for_the_journal(ledger) or answers, what=f"the action at the journal; answered {answers}")
            for number in (found for found in (*processes(ledger.home, WEB), *processes(ledger.home, b"multiprocessing")) if found):
                os.kill(number, signal.SIGKILL)
            asking.join(60)
            holding.rollback()
        wait_until(lambda: not waiting_for_the_journal(ledger), what="the server has given up the request")
        return answers[0]


class TestSeparateServer:
    """另一台 PostgreSQL，两个账号，各有密码，经网络连接."""

    @pytest.fixture
    def apart(self, tmp_path: Path) -> Iterator[dict[str, str]]:
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            port = str(door.getsockname()[1])
        there = Cluster(tmp_path / "there", tmp_path / "s", {"listen_addresses": "'127.0.0.1'", "port": port, "fsync": "off"})
        there.start()
        with psycopg.connect(host=str(there.sockets), port=port, user="postgres", dbname="postgres", autocommit=True) as link:
            for role in ("gongkai_owner", "gongkai_app"):
                link.execute(f"ALTER ROLE {role} PASSWORD 'p-{role}'")
            (rules,) = link.execute("SHOW hba_file").fetchone() or ("",)
            Path(rules).write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
            link.execute("SELECT pg_reload_conf()")
        address = f"postgresql://{{0}}:p-{{0}}@127.0.0.1:{port}/gongkai"
        home = tmp_path / "here"
        home.mkdir(mode=0o700)
        yield clean() | {
            "GONGKAI_HOME": str(home), "DATABASE_URL": address.format("gongkai_app"), "GONGKAI_OWNER_DATABASE_URL": address.format("gongkai_owner"),
        }  # fmt: skip
        there.stop("immediate")

    def test_the_same_code_runs_on_it_and_is_backed_up_from_it(self, apart: dict[str, str], server: Server, tmp_path: Path) -> None:
        def run(*words: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run([sys.executable, "-m", "gongkai", *words], env=apart, capture_output=True, text=True, check=False)

        home = Path(apart["GONGKAI_HOME"])
        copied(server.statics(), home / "static")
        with serving(apart, tmp_path / "early") as early:
            refused = early.process.wait(120)
        migrated = run("migrate")
        with serving(apart, tmp_path / "log", "--no-worker") as served:
            served.until_up()
            health = served.health()
            backup = run("backup", str(tmp_path / "backup.tar"))
            found = {each["key"]: each["level"] for each in json.loads(run("doctor", "--format", "json").stdout)}
        restored = run("restore", str(tmp_path / "backup.tar"), "--replace")
        wrong = run("migrate") if not apart.update(GONGKAI_OWNER_DATABASE_URL=apart["DATABASE_URL"]) else None

        assert refused == 1
        assert "then run: gongkai migrate" in early.said
        assert migrated.returncode == 0, migrated.stderr
        assert health == "ok"
        assert backup.returncode == restored.returncode == 0, backup.stderr + restored.stderr + restored.stdout
        assert not (home / "postgres").exists()
        assert {found[key] for key in ("database.version", "database.roles", "database.rights", "journal.triggers", "database.migrated")} == {"ok"}
        assert wrong is not None
        assert "Traceback" not in wrong.stderr


MOUNTABLE = os.geteuid() == 0 and subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not MOUNTABLE, reason="这里不能挂载小磁盘，数据库写满试不了 (mounting a small disk is not allowed)")
class TestFullDatabase:
    """数据库所在的磁盘写满：保存失败，说得清楚，已有的都在，腾出空间后照常."""

    @pytest.fixture
    def small(self, tmp_path: Path) -> Iterator[Path]:
        place = tmp_path / "small"
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=140m,mode=755", "none", place], check=True)
        yield place
        subprocess.run(["umount", "-l", place], check=True)

    def test_what_does_not_fit_is_not_half_there(self, small: Path, tmp_path: Path) -> None:
        cluster = Cluster(small / "home", tmp_path / "s", {"max_wal_size": "64MB", "shared_buffers": "16MB"})
        cluster.start()
        try:
            with psycopg.connect(host=str(cluster.sockets), port=5432, user="gongkai_owner", dbname="gongkai", autocommit=True) as link:
                link.execute("CREATE TABLE kept (n int, words text)")
                link.execute("INSERT INTO kept VALUES (1, '先前的')")
                room = os.statvfs(small)
                with (small / "ballast").open("wb") as ballast:
                    ballast.write(b"\0" * (room.f_bavail * room.f_frsize - 2_000_000))
                with pytest.raises(psycopg.Error) as full:
                    link.execute("INSERT INTO kept SELECT n, repeat(md5(n::text), 60) FROM generate_series(10, 40000) AS n")
                rows = link.execute("SELECT n FROM kept").fetchall()
                (small / "ballast").unlink()
                link.execute("INSERT INTO kept VALUES (2, '腾出空间以后')")
                later = link.execute("SELECT n FROM kept ORDER BY n").fetchall()

            assert "磁盘已满" in (database_line(full.value) or "")
            assert rows == [(1,)]
            assert later == [(1,), (2,)]
        finally:
            cluster.stop("immediate")
