"""Filling in the public form as a browser does: a step, then the one to which it leads."""

from __future__ import annotations

import io
from itertools import count
from typing import Any

from django.test import Client
from PIL import Image

WHAT = {"title": "西关片区征地补偿安置方案", "description": "2025年批准"}
WHO = {"applicant_kind": "natural"}
PERSON = {"name": "柳如烟", "identity_kind": "resident_card", "identity_number": "653121199001011230", "phone": "13900000001", "email": "liu@mail.example"}
HOW = {"form": "electronic", "obtaining": "online"}
STEPS: dict[str, dict[str, Any]] = {"": WHAT, "who/": WHO, "person/": PERSON, "how/": HOW}
_shades = count(1)
SECRETS = ("柳如烟", "653121199001011230", "13900000001", "liu@mail.example", "征地补偿")


def png() -> bytes:
    """A small picture, another one each time."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (next(_shades) % 256, 120, 60)).save(out, "PNG")
    return out.getvalue()


def base(slug: str) -> str:
    return f"/organs/{slug}/requests/new/"


def fill(client: Client, slug: str, **changes: dict[str, Any]) -> None:
    """The four steps, each as the table has it, changed as `changes` say (what, who, person, how)."""
    named = {"": "what", "who/": "who", "person/": "person", "how/": "how"}
    for step, typed in STEPS.items():
        answer = client.post(base(slug) + step, typed | changes.get(named[step], {}))
        assert answer.status_code == 302, (step, answer.content.decode()[:3000])


def filed(client: Client, slug: str, **changes: dict[str, Any]) -> tuple[int, str, str]:
    """A request filed through the form: its id, its number, its query code."""
    fill(client, slug, **changes)
    answer = client.post(base(slug) + "check/")
    assert answer.status_code == 302, answer.content.decode()[:3000]
    page = client.get("/requests/receipt/")
    assert page.status_code == 200, page.content.decode()[:3000]
    shown = page.context["shown"]
    return shown.id, shown.number, page.context["code"]
