"""Prints the tables of docs/guides that stand in the code: what may be done with an item and with a request, the boxes of 政府网站工作年度报表."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from django.conf import settings

GUIDES = Path(__file__).resolve().parents[1] / "docs" / "guides"
PAGES = {
    "catalogue-states.md": "gongkai.platform.catalogue.table",
    "request-acts.md": "gongkai.platform.cases.table",
    "website-form-fields.md": "gongkai.platform.annual.website.table",
}


def written(page: str) -> str:
    """A page as the code has it; official words need no translation, so no settings of ours."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    text: str = import_module(PAGES[page]).markdown()
    return text


if __name__ == "__main__":
    for page in PAGES:
        (GUIDES / page).write_text(written(page), encoding="utf-8")
