"""Where the tests find their material."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
REPORTS = SHARED / "reports"
SAMPLES = ROOT / "tests" / "samples"

needs_shared = pytest.mark.skipif(
    not REPORTS.is_dir(), reason="真实报告不在项目内：缺少 ../shared/reports，已略过 (real reports not present)"
)
