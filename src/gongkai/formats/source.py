"""Source: one file to be read — its name, its bytes, and what came of recognising them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.law.findings import Finding

from .blocks import Block


class Format(StrEnum):
    """The kinds of file that can be read."""

    HTML = "html"
    DOCX = "docx"
    DOC = "doc"
    PDF = "pdf"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Source:
    """One file: where it came from, what it is, its bytes."""

    name: str
    data: bytes
    format: Format


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser made of a source: its blocks, the encoding where one was chosen, and remarks on the way."""

    blocks: tuple[Block, ...]
    encoding: str | None = None  # "utf-8", "gb18030", "big5", "utf-16"
    title: str | None = None  # a title outside the text: <title>, document properties
    remarks: tuple[Finding, ...] = field(default=())
    pages: int | None = None


class Unreadable(Exception):
    """A source that cannot be read. `code` is stable; the message is one line, in Chinese; `en` the same in English."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.code = code
        self.zh = zh
        self.en = en
