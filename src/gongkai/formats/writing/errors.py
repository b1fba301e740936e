"""What cannot be written."""

from __future__ import annotations


class Unwritable(Exception):
    """A report that cannot be written so. `code` is stable; the message is one line, in Chinese; `en` the same in English."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.code = code
        self.zh = zh
        self.en = en
