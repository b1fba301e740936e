"""Where the tests find their material."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from gongkai.cli.workers import cores

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
REPORTS = SHARED / "reports"
SAMPLES = ROOT / "tests" / "samples"

# A slow machine is no failure; `make slow` tries many more examples where a test names no number of its own.
settings.register_profile("quick", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("GONGKAI_EXAMPLES", "quick"))


def pytest_xdist_auto_num_workers() -> int:
    """For `-n auto`: browsers, servers and workers are waited for half the time, so three workers on two cores."""
    return max(2, cores() * 3 // 2)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run's PostgreSQL, where platform tests brought one up, goes with the run."""
    if hasattr(config, "workerinput") or not (folder := Path(tempfile.gettempdir()) / f"gongkai-tests-{os.getuid()}").is_dir():
        return
    from tests.platform.server import clear_abandoned, of_this_run

    if (folder / str(os.getpid())).exists():
        of_this_run().clear()
    clear_abandoned()


needs_shared = pytest.mark.skipif(
    not REPORTS.is_dir(), reason="真实报告不在项目内：缺少 ../shared/reports，已略过 (real reports not present)"
)
