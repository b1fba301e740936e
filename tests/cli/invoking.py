"""The command run in this process, and reports of invented organs on disk for it."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import main
from gongkai.report.exchange import to_dict
from gongkai.report.model import AnnualReport
from tests.report.builders import remedy, report_2023


@dataclass(frozen=True)
class Done:
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def run(*args: object) -> Done:
    """The command with these arguments."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([str(arg) for arg in args])
    code = ended.value.code
    return Done(code if isinstance(code, int) else 0 if code is None else 1, out.getvalue(), err.getvalue())


def save(path: Path, report: AnnualReport | None = None) -> Path:
    """A report in our exchange form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(to_dict(report or report_2023()), ensure_ascii=False), encoding="utf-8")
    return path


def faulty() -> AnnualReport:
    """A report with one error."""
    return remedy(report_2023(s1="(一)主动公开。公开120条。本报告数据自2023年1月1日起。\n(二)依申请公开。复议1件。\n(三)政府信息管理。\n(四)平台。\n(五)监督保障。"),
                  "reconsideration", upheld=1)


def lines(text: str) -> Iterator[str]:
    """The lines with words on them."""
    return (line for line in text.splitlines() if line.strip())
