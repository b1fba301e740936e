"""Every address of the platform, read from its urlconf: with values that lead somewhere, and with values that lead nowhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.law import letters
from gongkai.platform.annual.indicators import Topic
from gongkai.platform.desk.forms.requests.acts import ACTS, PARTS
from gongkai.platform.desk.views.annual.acting import VERBS

from .world import World

ANY: dict[str, Sequence[object]] = {"int": [1], "slug": ["x"], "str": ["x"]}  # 新添的地址还没有写进下表的
MANY = 7  # 一个地址最多试这么多组参数


@dataclass(frozen=True, slots=True)
class Address:
    """A pattern: its name, its pieces of text and its parameters."""

    name: str
    parts: tuple[str, ...]  # 单数位是文字，双数位是参数
    kinds: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.parts[1::2]

    def filled(self, values: Sequence[object]) -> str:
        """The path; what is no text of an address is quoted as a browser does."""
        given = iter(values)
        return "/" + "".join(part if place % 2 == 0 else quote(str(next(given)), safe="%") for place, part in enumerate(self.parts))


def every() -> list[Address]:
    """All of them."""
    return sorted(_within(get_resolver(), ""), key=lambda each: each.parts)


def _within(resolver: URLResolver, before: str, space: str = "") -> Iterator[Address]:
    for each in resolver.url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _within(each, path, each.namespace or space)
        elif isinstance(each, URLPattern):
            pieces = [inner for piece in path.split("<") for inner in piece.split(">")]
            yield Address(f"{space}:{each.name}", tuple(piece if place % 2 == 0 else piece.split(":")[-1] for place, piece in enumerate(pieces)),
                          tuple(piece.split(":")[0] for piece in pieces[1::2]))  # fmt: skip


OF: dict[str, dict[str, Sequence[object] | str]] = {
    "desk:act": {"action": ["submit", "withhold"]}, "desk:export": {"form": ["csv", "xlsx"]}, "desk:requests_export": {"form": ["csv", "xlsx"]},
    "desk:request_act": {"act": sorted({*ACTS, *PARTS} - {"answer_task", "cancel_task"})}, "desk:letter_act": {"act": ["review_letter", "return_letter", "serve_letter", "discard_letter"]},
    "desk:letter_file": {"ending": ["pdf", "docx"]}, "desk:letter_template": {"key": ["correction"]}, "desk:letter_template_new": {"key": [next(iter(letters.BY_KEY))]},
    "desk:remedy_act": {"act": ["record", "end", "rectify"]}, "desk:request_tables": {"form": ["csv", "xlsx", "json"], "number": [2026]}, "desk:request_year": {"number": [2026, 2025]},
    "desk:request_figure": {"number": [2026], "part": ["requests", "remedies"], "row": ["new_received"], "column": ["natural"]},
    "desk:annual_received_cell": {"key": ["requests.new_received.natural", "published"]}, "desk:annual_cell": {"key": ["published", "requests.new_received.natural"]}, "desk:annual_file": {"form": ["json", "html", "xlsx", "md"]}, "desk:annual_chart": {"key": ["requests"]},
    "desk:annual_act": {"act": sorted(VERBS)}, "desk:figures_month": {"topic": [each.value for each in Topic]}, "desk:figures_upload": {"batch_id": "figures batch"},
    "desk:register_upload": {"batch_id": "register batch"}, "desk:request_file": {"number": [1]}, "desk:revision": {"number": [1]},
    "desk:request_link": {"ref": ["征1"]}, "desk:request_resend": {"notice_id": [1]},
    "organs:act": {"verb": ["deactivate", "reactivate", "second", "sessions"]}, "organs:upload": {"kind": ["organs", "people"]}, "organs:template": {"kind": ["organs", "people"]},
    "portal:item": {"number": "public"}, "portal:file": {"number": "public"}, "portal:document": {"number": "public", "ending": ["docx", "pdf"]},
    "portal:report": {"number": "public", "ending": ["json"]}, "portal:kind_feed": {"kind": ["normative"]}, "portal:annual_report": {"year": [2022]},
    "portal:annual_file": {"year": [2022], "ending": ["json", "xlsx"]}, "portal:ask_step": {"step": ["who", "person", "how"]}, "portal:link": {"token": "mail"},
    "portal:followed": {"number": "own"}, "portal:pay": {"number": "own"}, "portal:own_letter": {"number": "own", "ending": ["pdf"]}, "portal:own_file": {"number": "own"},
    "portal:own_act": {"number": "own", "act": ["confirm", "correct", "withdraw", "add_file", "propose_publication", "judge", "give_reasons"]},
}  # fmt: skip


def values(world: World, address: Address) -> list[Sequence[object]]:
    """What each parameter may be, so that it leads somewhere."""
    own = OF.get(address.name, {})
    found: list[Sequence[object]] = []
    for name, kind in zip(address.names, address.kinds, strict=True):
        told = own.get(name, name)
        found.append(world.values.get(told, ANY[kind]) if isinstance(told, str) else told)
    return found


def leading(world: World, address: Address, most: int = MANY) -> list[str]:
    """Addresses that lead somewhere: every value at least once, the most telling first."""
    choices = values(world, address)
    if not choices:
        return [address.filled(())]
    if address.name == "desk:request_act":
        most = 80
    return [address.filled(each) for each in itertools.islice(itertools.product(*choices), most)]
