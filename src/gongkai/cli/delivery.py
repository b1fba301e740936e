"""Where a written document goes: to a file, or to standard output where that makes sense."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gongkai.formats import Format

from .language import say
from .saving import save
from .show import complain, printable

TO = "[docx|pdf|html|xlsx|md|json]"
_TEXTS = (Format.JSON, Format.HTML, Format.MARKDOWN)


def ending_of(to: str | None, output: str | None) -> str:
    """The format asked for: by --to, else by the ending of the output."""
    ending = Path(output).suffix.lstrip(".") if output else ""
    if to is None and not ending:
        raise click.UsageError(say("请用 --to 指明格式。", "Name the format with --to."))
    return to if to is not None else ending


def told(zh: str, en: str) -> str:
    """A line in the language of the command."""
    return say(f"未写出：{zh}", f"Not written: {en}")


def deliver(data: bytes, kind: Format, output: str | None, source: str | None = None) -> int:
    """The document put where it is wanted; the exit code says whether that went well."""
    if output is not None:
        if not save(output, data, [source] if source else []):
            return 2
        complain(say(f"已写出 {printable(output)}。", f"Written: {printable(output)}."))
        return 0
    if kind not in _TEXTS and sys.stdout.isatty():
        complain(told("这种格式不能显示在终端上，请用 -o 指明文件。", "this format cannot be shown on a terminal; name a file with -o."))
        return 2
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(data.decode("utf-8"))
    else:
        buffer.write(data)
        buffer.flush()
    return 0
