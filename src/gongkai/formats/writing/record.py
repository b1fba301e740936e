"""The data that a written document carries beside what it shows (docs/decisions/write-carried-data.md)."""

from __future__ import annotations

import json

from gongkai.report.exchange import to_dict
from gongkai.report.model import AnnualReport

NAME = "gongkai-report.json"  # the attachment of a PDF
PART = "customXml/gongkai-report.xml"  # in DOCX and XLSX
NAMESPACE = "urn:gongkai:report"
_DROPPED = ("doubts", "source", "checks")


def record(report: AnnualReport) -> str:
    """The report as JSON in one line of ASCII that closes no script, comment or element."""
    plain = {key: found for key, found in to_dict(report).items() if key not in _DROPPED}
    for part, keys in _printed(report).items():  # the published form has absent rows too, as blanks
        whole = plain[part]
        plain[part] = {key: cell for key, cell in whole.items() if key in keys} if isinstance(whole, dict) else whole
    text = json.dumps(plain, ensure_ascii=True, separators=(",", ":"))
    for sign in "<>&|":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.replace("--", "-\\u002d")


def _printed(report: AnnualReport) -> dict[str, set[str]]:
    """The cells, rows and blocks that the report prints."""
    return {
        "active": set(report.active), "applications": set(report.applications), "remedies": {block.value for block in report.remedies},
    }


def as_xml(report: AnnualReport) -> bytes:
    """The XML part that Word and Excel files carry."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<report xmlns="{NAMESPACE}">{record(report)}</report>'.encode()


def as_script(report: AnnualReport) -> str:
    return f'<script type="application/json" id="gongkai-report">{record(report)}</script>'


def as_comment(report: AnnualReport) -> str:
    return f"\n<!-- gongkai-report {record(report)} -->\n"
