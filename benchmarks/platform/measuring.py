"""Clients that ask over kept connections, one after the other, and note how long each answer took."""

from __future__ import annotations

import itertools
import socket
import statistics
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Times:
        cuts = statistics.quantiles(seconds, n=20)
        return cls(statistics.median(seconds) * 1000, cuts[18] * 1000)


class Client:
    """One kept HTTP/1.1 connection, with no more work of its own than must be."""

    def __init__(self, port: int, headers: str = "") -> None:
        self.headers = f"Host: localhost\r\n{headers}\r\n"
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.file = self.socket.makefile("rb")

    def get(self, path: str) -> int:
        self.socket.sendall(f"GET {path} HTTP/1.1\r\n{self.headers}".encode())
        status = int(self.file.readline().split()[1])
        length = 0
        while (line := self.file.readline()) not in (b"\r\n", b""):
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
        self.file.read(length)
        return status


def measure(port: int, paths: Sequence[str], clients: int, requests: int, headers: str = "") -> Times:
    """So many requests by so many clients at once; every answer must be 200. `headers`: further lines, each with its end."""
    taken: list[float] = []
    turn: Iterator[str] = itertools.cycle(paths)
    lock = threading.Lock()
    wrong: list[str] = []

    def work(share: int) -> None:
        client = Client(port, headers)
        for _ in range(share):
            with lock:
                path = next(turn)
            begun = perf_counter()
            status = client.get(path)
            taken.append(perf_counter() - begun)
            if status != 200:
                wrong.append(f"{status} {path}")

    threads = [threading.Thread(target=work, args=(requests // clients,)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"not answered: {wrong[:3]}")
    return Times.of(taken)
