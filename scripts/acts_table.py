"""Prints docs/guides/request-acts.md from the code: who may do what with a request, in which state."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "guides" / "request-acts.md"


def written() -> str:
    """The page as the code has it; official words need no translation, so no settings of ours."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    from gongkai.platform.cases.table import markdown

    return markdown()


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
