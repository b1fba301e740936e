"""JSON: the report with the published keys (`gongkai.report.schema`)."""

from __future__ import annotations

import json

from gongkai.report.exchange import to_dict
from gongkai.report.model import AnnualReport


def write(report: AnnualReport) -> bytes:
    """The report as JSON, readable for people too."""
    return (json.dumps(to_dict(report), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")
