"""JSON: our own form of a report. It is loaded, not read."""

from __future__ import annotations

import json
from decimal import Decimal

from gongkai.report.exchange import Loaded, Malformed, from_dict

from .encoding import decode
from .limits import DEFAULT, Limits, check_size
from .reading.plain import prose
from .source import Unreadable


def load(data: bytes, limits: Limits = DEFAULT) -> Loaded:
    """The report that a JSON file of ours states; decimals are kept digit by digit."""
    check_size(len(data), limits, text=True)
    text, _ = decode(data)
    try:
        return from_dict(json.loads(text, parse_float=Decimal), prose)
    except Malformed as error:
        raise Unreadable("json.malformed", f"JSON 内容不符合约定的键：{error.zh}。", f"The JSON does not have the agreed keys: {error.en}.") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("json.damaged", f"不是有效的 JSON：{error}。", f"This is not valid JSON: {error}.") from error
