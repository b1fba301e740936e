"""A result written whole or not at all, and never over a file that it was made from."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from .language import language, say
from .show import complain, printable, unwritable


def save(path: str | os.PathLike[str], text: str | bytes, sources: Iterable[str] = ()) -> bool:
    """Whether the text was written to the path; a line on standard error says why not."""
    target = Path(path)
    if target.exists() and any(Path(source).exists() and target.samefile(source) for source in sources):
        complain(say(f"未写入 {printable(target)}：与来源文件相同。", f"Not written {printable(target)}: it is a source."))
        return False
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace"))
        part.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        complain(unwritable(printable(target), error, language()))
        return False
    return True
