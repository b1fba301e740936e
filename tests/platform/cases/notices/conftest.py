"""A real mail server and a real HTTP service on this machine, which can also refuse, fail and be away."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from gongkai.platform.cases.signing import holds


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@dataclass
class Post:
    """What the mail server took, and what it answers next."""

    port: int
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    to_recipient: str = ""
    to_data: str = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.to_recipient:
            return self.to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.to_data:
            return self.to_data
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append((envelope.rcpt_tos[0], letter))
        return "250 OK"

    @property
    def bodies(self) -> list[str]:
        return [letter.get_content() for _to, letter in self.letters]


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    """The mail server, and Django set to use it."""
    handler = Post(free_port())
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)  # type: ignore[no-untyped-call]
    controller.start()  # type: ignore[no-untyped-call]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", handler.port, 5
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.PUBLIC_URL = "https://gk.example"
    yield handler
    controller.stop()  # type: ignore[no-untyped-call]


@dataclass
class Service:
    """What was posted to the HTTP service, and what it answers next."""

    url: str
    secret: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    signed: list[bool] = field(default_factory=list)


@pytest.fixture
def service() -> Iterator[Service]:
    """A service that checks our signature, as the place's own would."""
    told = Service("", "s3cret-Key")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            moment = self.headers["X-Gongkai-Time"]
            told.signed.append(holds(told.secret, moment, self.headers["X-Gongkai-Signature"], body, float(moment)))
            told.asked.append(json.loads(body))
            told.keys.append(self.headers.get("Idempotency-Key", ""))
            status, answer = told.answers.pop(0) if told.answers else (200, {})
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://songyin:{told.secret}@127.0.0.1:{server.server_port}/orders"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join()
