"""One request after another at the doors: each undone afterwards, each written down where it was answered as no request may be."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict

BROKEN = 500
AWAY = frozenset({503})  # 服务不在：网上缴费没有开通


class _Undone(Exception):
    """Takes everything back that a request has written."""


@dataclass
class Doors:
    """What was asked, and what was answered wrongly."""

    wrong: list[str] = field(default_factory=list)
    asked: int = 0

    def get(self, client: Client, address: str, what: str = "") -> HttpResponse | None:
        return self.ask(client, "get", address, {}, what)

    def post(self, client: Client, address: str, told: Mapping[str, Any] | bytes, what: str = "", media_type: str = "") -> HttpResponse | None:
        return self.ask(client, "post", address, told, what, media_type)

    def ask(self, client: Client, method: str, address: str, told: Mapping[str, Any] | bytes, what: str, media_type: str = "", after: Callable[[], object] | None = None) -> HttpResponse | None:  # fmt: skip
        """The answer; nothing where there was none. What it led to is opened too. `after` looks before it is undone."""
        self.asked += 1
        cookies = client.cookies.copy()
        answer: HttpResponse | None = None
        try:
            with transaction.atomic():
                limits_forgotten()
                answer = client.generic(method.upper(), address, told, media_type) if isinstance(told, bytes) else getattr(client, method)(address, told)
                onward = answer.headers.get("Location", "") if method == "post" else ""
                if onward.startswith("/") and not onward.startswith("/account/"):
                    self._looked(client.get(onward), f"{what} → {onward[:80]}", address)
                if after is not None:
                    after()
                raise _Undone
        except _Undone:
            pass
        except Exception:
            self.wrong.append(f"{method.upper()} {address[:120]} [{what}] {_last()}")
            return None
        finally:
            client.cookies = cookies
        self._looked(answer, what, f"{method.upper()} {address[:120]}")
        return answer

    def _looked(self, answer: HttpResponse | None, what: str, address: str) -> None:
        if answer is not None and answer.status_code >= BROKEN and answer.status_code not in AWAY:
            self.wrong.append(f"{address} [{what}] {answer.status_code}")


def _last() -> str:
    """Where it broke, in our own code."""
    kind, said, trace = __import__("sys").exc_info()
    own = [each for each in traceback.extract_tb(trace) if "/gongkai/" in each.filename]
    where = f"{own[-1].filename.rpartition('/gongkai/')[2]}:{own[-1].lineno}" if own else ""
    return f"{kind.__name__ if kind else ''}: {str(said)[:150]} @ {where}"


def limits_forgotten() -> None:
    """As if nobody had tried yet."""
    from gongkai.platform.cases.models import Spent

    Spent.objects.all().delete()


@contextmanager
def names() -> Iterator[set[str]]:
    """The names that a page asks for, in its address or in what was posted."""
    asked: set[str] = set()
    with _noting(asked):
        yield asked


@contextmanager
def _noting(asked: set[str]) -> Iterator[None]:
    kept = {name: getattr(MultiValueDict, name) for name in ("__getitem__", "get", "getlist")}

    def noting(verb: str) -> Any:
        def asked_for(self: Any, key: Any, *more: Any, **told: Any) -> Any:
            if isinstance(self, QueryDict) and isinstance(key, str):
                asked.add(key)
            return kept[verb](self, key, *more, **told)

        return asked_for

    try:
        for verb in kept:
            setattr(MultiValueDict, verb, noting(verb))
        yield
    finally:
        for verb, before in kept.items():
            setattr(MultiValueDict, verb, before)


