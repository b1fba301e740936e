"""Logs without personal data: of an exception its kind and its places, not its words, which may quote what a person typed."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_TOKENS = re.compile(r"(/(?:opinion|requests/link)/)[^/\s]+")


class Formatter(logging.Formatter):
    """One line a record; an exception as its chain of kinds and the frames that led to it."""

    def __init__(self, show_words: bool = False) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self.show_words = show_words

    def format(self, record: logging.LogRecord) -> str:
        return _TOKENS.sub(r"\1…", super().format(record))  # 链接里的令牌就是钥匙

    def formatException(self, ei: Info) -> str:
        if self.show_words:
            return super().formatException(ei)
        lines, error = [], ei[1]
        while error is not None:
            lines.append(f"  {type(error).__module__}.{type(error).__qualname__}")
            lines += [f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)
