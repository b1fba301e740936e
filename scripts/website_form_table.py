"""Prints docs/guides/website-form-fields.md from the code: the boxes of 政府网站工作年度报表 and its checks."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "guides" / "website-form-fields.md"


def written() -> str:
    """The page as the code has it; official words need no translation, so no settings of ours."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    from gongkai.platform.annual.website.table import markdown

    return markdown()


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
