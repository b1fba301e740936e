"""Recognised: a reading of what OCR saw, settled: the numbers that are proved stay, the others become doubts."""

from __future__ import annotations

from dataclasses import replace

from gongkai.formats.blocks import UNREAD
from gongkai.law.findings import Finding
from gongkai.report.confirm import confirm
from gongkai.report.rules import doubts, layout, ocr

from . import Reading


def settle(reading: Reading) -> Reading:
    """The reading with what the identities prove, and without remarks on labels that OCR may have misspelt."""
    report, unconfirmed = confirm(reading.report, reading.doubts)
    remarks = tuple(remark for remark in reading.remarks if remark.rule not in (layout.LABEL_TYPO, layout.LABEL_VARIANT))
    return replace(reading, report=report, doubts=(*map(_told, reading.doubts), *unconfirmed), remarks=remarks)


def _told(doubt: Finding) -> Finding:
    """A doubt about a cell that could not be read, told as such: with the readings that it had."""
    text = str(doubt.facts.get("text", ""))
    if doubt.rule is not doubts.CELL_TEXT or UNREAD not in text:
        return doubt
    seen = "、".join(dict.fromkeys(filter(None, text.split(UNREAD)))) or "—"
    return Finding(ocr.UNREAD, doubt.where, {"seen": seen}, doubt.also)
