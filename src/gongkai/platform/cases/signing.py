"""Posting to a service of the place (text messages, payments) and hearing from it: JSON over HTTP, signed with a shared secret.

X-Gongkai-Account names the account, X-Gongkai-Time is the moment (Unix seconds), X-Gongkai-Signature is the HMAC-SHA256
(hex) of "time.body" under the secret. A signature older than five minutes does not hold.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

SECONDS = 300
LONGEST = 64 * 1024
_TIMEOUT = 15


class Unanswered(Exception):
    """The service did not take what was posted: the kind of failure, never its words. `final`: trying again does not help."""

    def __init__(self, kind: str, final: bool = False) -> None:
        super().__init__(kind)
        self.kind = kind
        self.final = final


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """Our account with a service: its address, our name there, the shared secret."""

    scheme: str
    host: str
    port: int | None
    path: str
    name: str
    secret: str

    @classmethod
    def of(cls, told: str, setting: str) -> Self:
        """https://NAME:SECRET@HOST:PORT/PATH"""
        parts = urlsplit(told)
        if parts.scheme not in ("http", "https") or not parts.hostname or not parts.username or not parts.password:
            raise ValueError(f"{setting} 应形如 https://标识:密钥@主机/路径。")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(parts.scheme, parts.hostname, parts.port, path, unquote(parts.username), unquote(parts.password))


def signature(secret: str, moment: str, body: bytes) -> str:
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def holds(secret: str, moment: str, signed: str, body: bytes, now: float) -> bool:
    """Whether what came is from the service, and fresh."""
    if not moment.isascii() or not moment.isdecimal() or len(moment) > 12 or abs(now - int(moment)) > SECONDS:
        return False
    return hmac.compare_digest(signature(secret, moment, body).encode(), signed.encode(errors="replace"))


def post(account: Account, told: Mapping[str, object], key: str = "") -> bytes:
    """Post a JSON object, signed; the answer's body. `key` names the thing, so that the service takes it once (Idempotency-Key)."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    moment = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8", "X-Gongkai-Account": account.name, "X-Gongkai-Time": moment,
        "X-Gongkai-Signature": signature(account.secret, moment, body),
    } | ({"Idempotency-Key": key} if key else {})  # fmt: skip
    link = _connection(account)
    try:
        link.request("POST", account.path, body, headers)
        answer = link.getresponse()
        data = answer.read(LONGEST)
    except (OSError, http.client.HTTPException) as failed:
        raise Unanswered(type(failed).__name__) from None
    finally:
        link.close()
    if not 200 <= answer.status < 300:
        raise Unanswered(f"HTTP {answer.status}", final=400 <= answer.status < 500 and answer.status not in (408, 409, 425, 429))
    return data


def _connection(account: Account) -> http.client.HTTPConnection:
    if account.scheme == "https":
        return http.client.HTTPSConnection(account.host, account.port, timeout=_TIMEOUT, context=ssl.create_default_context())
    return http.client.HTTPConnection(account.host, account.port, timeout=_TIMEOUT)
