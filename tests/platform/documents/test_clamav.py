"""The door to ClamAV: what is not answered is never taken for clean."""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gongkai.platform.documents.intake import Accepted, Refused, examine
from gongkai.platform.documents.intake.clamav import Clamd, Clean, Infected, Unreachable

from . import files

SIGN = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def listening(answer: Callable[[bytes], bytes], *, most: int = 1 << 30) -> Iterator[str]:
    """A small server that speaks clamd's protocol: it takes a stream, piece by piece, and gives one answer."""
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                peer, _ = door.accept()
            except OSError:
                return
            with peer, peer.makefile("rb") as stream:
                word = b""
                while not word.endswith(b"\0") and (sign := stream.read(1)):
                    word += sign
                if word == b"zPING\0":
                    peer.sendall(b"PONG\0")
                    continue
                taken = b""
                while (size := struct.unpack(">I", stream.read(4))[0]) and len(taken) <= most:
                    taken += stream.read(size)
                peer.sendall(answer(taken))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{door.getsockname()[1]}"
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join(5)


def _engine(data: bytes) -> bytes:
    return b"stream: Eicar-Test-Signature FOUND\0" if SIGN in data else b"stream: OK\0"


def test_a_clean_file_is_accepted_and_arrives_whole() -> None:
    seen: list[bytes] = []
    data = files.word("公开") + b""
    with listening(lambda taken: seen.append(taken) or b"stream: OK\0") as address:  # type: ignore[func-returns-value]
        found = examine("通知.docx", data, scan=Clamd(address))

    assert isinstance(found, Accepted)
    assert seen == [data]


def test_an_infected_file_is_refused_by_the_name_of_the_virus() -> None:
    with listening(_engine) as address:
        found = examine("说明.txt", SIGN, scan=Clamd(address))

    assert isinstance(found, Refused)
    assert found.code == "infected" and "Eicar-Test-Signature" in found.zh
    assert not found.retry


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"nonsense\0", b"stream: OK maybe\0"]
)
def test_any_other_answer_is_no_verdict(answer: bytes) -> None:
    with listening(lambda taken: answer) as address:
        found = examine("说明.txt", "说明".encode(), scan=Clamd(address))

    assert isinstance(found, Refused)
    assert found.code == "scanner_unreachable" and found.retry


def test_a_scanner_that_hangs_up_in_the_middle_is_no_verdict() -> None:
    with listening(lambda taken: b"INSTREAM size limit exceeded. ERROR\0", most=1000) as address:
        found = Clamd(address)(bytes(8_000_000))

    assert isinstance(found, Unreachable)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "unix:/nowhere/clamd.sock", "nonsense", "localhost:x"])
def test_a_scanner_that_is_not_there_refuses_with_a_word_to_try_again(address: str) -> None:
    found = examine("说明.txt", "说明".encode(), scan=Clamd(address, seconds=2))

    assert isinstance(found, Refused)
    assert found.retry and "稍后再试" in found.zh
    assert not Clamd(address, seconds=2).alive()


def test_a_scanner_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        found = Clamd(f"127.0.0.1:{door.getsockname()[1]}", seconds=0.3)(b"x")

    assert found == Unreachable("未在规定时间内答复")


def test_the_scanner_says_whether_it_is_alive() -> None:
    with listening(_engine) as address:
        assert Clamd(address).alive()


@pytest.mark.skipif(CLAMD is None, reason="clamd 未安装 (not installed)")
def test_a_real_clamd_finds_the_test_virus(tmp_path: Path) -> None:
    door = tmp_path / "clamd.sock"
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "test.ndb").write_text("Eicar.Test:0:*:" + SIGN.hex() + "\n")
    (tmp_path / "clamd.conf").write_text(f"LocalSocket {door}\nDatabaseDirectory {tmp_path / 'db'}\nForeground yes\n")
    process = subprocess.Popen(
        [str(CLAMD), "-c", str(tmp_path / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        scan = Clamd(f"unix:{door}", seconds=20)
        until = time.monotonic() + 30
        while not scan.alive() and time.monotonic() < until:
            time.sleep(0.1)
        clean, infected = scan("说明".encode()), scan(SIGN)
    finally:
        process.terminate()
        process.wait(20)

    assert clean == Clean()
    assert isinstance(infected, Infected) and "Eicar.Test" in infected.signature
