"""The forms that pages show, filled in as a person would, and as an enemy would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml import html

TEXT = ("text", "search", "tel", "email", "textarea", "password", "url")
FILLED = {"email": "someone@mail.example", "number": "1", "tel": "0998-1234567"}


@dataclass(frozen=True, slots=True)
class Form:
    """Where it goes, its fields with their kinds and values, the button that was pressed."""

    address: str
    fields: tuple[tuple[str, str, str], ...]  # 名、种类、值
    button: tuple[str, str] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _kind, _value in self.fields)

    def told(self, **changes: object) -> dict[str, object]:
        """As a browser posts it, with these changes."""
        kept: dict[str, object] = {name: _file() if kind == "file" else value for name, kind, value in self.fields if kind != "file" or changes.pop("_files", True)}
        if self.button:
            kept[self.button[0]] = self.button[1]
        return kept | changes


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("说明.txt", "甲乙丙".encode(), "text/plain")


def forms(page: bytes, here: str) -> Iterator[Form]:
    """Every form of a page that is posted, once for each of its buttons."""
    if not page.strip():
        return
    for form in html.document_fromstring(page.decode()).iter("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        address = urljoin(here, form.get("action") or here)
        marks = iter(range(1, 400))
        told = [field for control in _controls(form) for field in _field(control, next(marks))]
        fields = tuple({name: (name, kind, value) for name, kind, value in reversed(told)}.values())[::-1]
        buttons = {(each.get("name"), each.get("value", "")) for each in form.iter("button", "input") if each.get("name") and each.get("type", "submit") == "submit" and each.tag == "button"}
        for button in sorted(buttons)[:4] or [None]:
            yield Form(address, fields, button)


def _controls(form: html.HtmlElement) -> list[html.HtmlElement]:
    return [each for each in form.iter("input", "select", "textarea") if each.get("name")]


def _field(control: html.HtmlElement, mark: int) -> list[tuple[str, str, str]]:
    """Name, kind and value of a control: what stands there, else something that fits."""
    name, kind = control.get("name"), control.get("type", "text") if control.tag == "input" else control.tag
    if name == "csrfmiddlewaretoken":
        return []
    if kind in ("submit", "button", "reset", "image"):
        return []
    if kind == "select":
        offered = [each.get("value", "") for each in control.iter("option")]
        chosen = [each.get("value", "") for each in control.iter("option") if each.get("selected") is not None]
        return [(name, kind, next((each for each in (*chosen, *offered) if each), ""))]
    if kind in ("radio", "checkbox"):
        return [(name, kind, control.get("value", "on"))] if control.get("checked") is not None or (kind == "radio") else []
    value = (control.text or "").lstrip("\n") if kind == "textarea" else control.get("value", "")
    today = timezone.localdate().isoformat()
    made = {"date": today, "datetime-local": f"{today}T09:30"}.get(kind) or FILLED.get(kind) or (f"据实填写{mark:03d}" if kind in TEXT else "")
    return [(name, kind, value or made)]
