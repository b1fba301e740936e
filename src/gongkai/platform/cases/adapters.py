"""Text messages: written into the data directory (the default), or posted to the place's service (GONGKAI_SMS)."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from gongkai.platform.settings import environment as env

from .signing import Account, post

SETTING = "GONGKAI_SMS"


class Sms(Protocol):
    """A way for text messages to go out. Raises signing.Unanswered, or OSError."""

    def send(self, reference: str, phone: str, text: str) -> None:
        """Send one; the same reference is the same message."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Each message a file that its owner alone may read: for places without a service, and for trying things out."""

    path: Path

    def send(self, reference: str, phone: str, text: str) -> None:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = self.path / f"{reference}.json"
        handle = os.open(target.with_suffix(".part"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"to": phone, "text": text}, file, ensure_ascii=False)
        target.with_suffix(".part").replace(target)


@dataclass(frozen=True, slots=True)
class Service:
    """The place's service: {"id", "to", "text"} posted as JSON, signed (cases.signing); any 2xx means taken."""

    account: Account

    def send(self, reference: str, phone: str, text: str) -> None:
        post(self.account, {"id": reference, "to": phone, "text": text}, key=reference)


def sms() -> Sms:
    """The way that is set."""
    told = env.value(SETTING)
    return Service(Account.of(told, SETTING)) if told else Folder(Path(settings.HOME) / "sms")
