"""ClamAV: an optional door to clamd, over a Unix or a TCP socket. What it does not answer is never taken for clean."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import Final, Protocol

_PIECE: Final = 1 << 18
_ANSWER: Final = 4096


@dataclass(frozen=True, slots=True)
class Clean:
    """The scanner found nothing."""


@dataclass(frozen=True, slots=True)
class Infected:
    """The scanner knows this: the name of what it found."""

    signature: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The scanner gave no verdict, and why."""

    reason: str


class Scanner(Protocol):
    """Whatever looks for viruses."""

    def __call__(self, data: bytes) -> Clean | Infected | Unreachable: ...


@dataclass(frozen=True, slots=True)
class Clamd:
    """clamd at "unix:PATH" or "HOST:PORT", asked by INSTREAM."""

    address: str
    seconds: float = 60.0

    def __call__(self, data: bytes) -> Clean | Infected | Unreachable:
        try:
            with self._connect() as door:
                return _verdict(_asked(door, data))
        except TimeoutError:
            return Unreachable("未在规定时间内答复")
        except OSError as error:
            return Unreachable(f"连接不上：{error.strerror or type(error).__name__}")

    def alive(self) -> bool:
        """Whether clamd answers at all."""
        try:
            with self._connect() as door:
                door.sendall(b"zPING\0")
                return door.recv(64).rstrip(b"\0\n") == b"PONG"
        except OSError:
            return False

    def _connect(self) -> socket.socket:
        if self.address.startswith("unix:"):
            door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            door.settimeout(self.seconds)
            try:
                door.connect(self.address.removeprefix("unix:"))
            except OSError:
                door.close()
                raise
            return door
        host, _, port = self.address.rpartition(":")
        if not port.isdecimal():
            raise OSError(0, "地址应为 unix:路径 或 主机:端口")
        return socket.create_connection((host.strip("[]") or "localhost", int(port)), timeout=self.seconds)


def _asked(door: socket.socket, data: bytes) -> bytes:
    """What clamd answers to this stream; it may answer, and hang up, before it has taken everything."""
    try:
        door.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), _PIECE):
            piece = data[at : at + _PIECE]
            door.sendall(struct.pack(">I", len(piece)) + piece)
        door.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass
    answer = b""
    while len(answer) < _ANSWER and not answer.endswith(b"\0") and (more := door.recv(1024)):
        answer += more
    return answer


def _verdict(answer: bytes) -> Clean | Infected | Unreachable:
    said = answer.rstrip(b"\0\n").decode("utf-8", "replace")
    _, _, result = said.partition(": ")
    if result == "OK":
        return Clean()
    if result.endswith(" FOUND"):
        return Infected(result.removesuffix(" FOUND"))
    return Unreachable(f"答复：{said[:120]}" if said else "没有答复")
