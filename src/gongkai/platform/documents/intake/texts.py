"""Texts: csv, json and txt — that they are text, that no cell of a table is a command, that JSON is JSON."""

from __future__ import annotations

import json
import re
from typing import Final

from gongkai.formats.encoding import decode

from .verdict import Refusal, damaged

_COMMAND: Final = re.compile(
    r"(?:^|[,;\t\n\r\"])\s*[=+\-@]\s*(?:[^,\n]{0,40}\|[^,\n]{0,200}!|(?:WEBSERVICE|IMPORTXML|IMPORTDATA|IMPORTHTML|RTD|CALL|EXEC)\s*\()",
    re.I,
)


def examine_text(kind: str, data: bytes) -> None:
    """Refuse a table whose cells start programs or fetch from elsewhere when a spreadsheet opens it."""
    text, _ = decode(data)
    if kind == "csv" and _COMMAND.search(text):
        raise Refusal(
            "commands",
            "表格里有会启动程序或向外取数的公式（以 =、+、- 或 @ 开头）。请改成数值或文字后再上传。",
            "A cell of the table is a formula that starts a program or fetches from elsewhere (it begins with =, +, - or @). "
            "Replace it by its value and upload that.",
        )
    if kind == "json":
        try:
            json.loads(text.removeprefix("\ufeff"))
        except ValueError as error:
            raise damaged("JSON ", "JSON") from error
