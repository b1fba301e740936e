"""文号: which series a letter is numbered in, and how its number is written (<机关代字>公复〔2026〕12号). Pure."""

from __future__ import annotations

from gongkai.law import letters as law
from gongkai.law import replies

REPLY_LETTERS = frozenset(reply.letter_key for reply in replies.REPLIES if reply.letter_key)  # 含不再处理
_REPLY = "公复"
SERIES = {letter.key: _REPLY for letter in law.LETTERS if letter.key in REPLY_LETTERS} | {
    "receipt": "公收", "correction": "公补", "reasons": "公理", "extension": "公延", "third_party": "公征", "co_maker": "公征", "co_ordination": "公协",
    "consulting": "公告", "third_party_decision": "公告", "delayed": "公延", "fee": "公费", "record_correction": "公更", "lapse": "公终",
}  # fmt: skip


def number(code: str, key: str, year: int, serial: int) -> str:
    """松荫县公复〔2026〕12号: the year in six-sided brackets, no zeros before the serial (GB/T 9704 7.2.5)."""
    return f"{code}{SERIES[key]}〔{year}〕{serial}号"
