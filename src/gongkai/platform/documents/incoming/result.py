"""Result: what a Word file gives."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.platform.documents.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the file; in the HTML its address is `picture:N`, N its place in `Incoming.pictures`, from 0."""

    name: str
    data: bytes
    media_type: str
    alt: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A Word file taken in. What is empty was not found; `notes` say what was left out or should be looked at."""

    title: str
    document_number: str
    html: str
    pictures: tuple[Picture, ...]
    notes: tuple[Sentence, ...]
