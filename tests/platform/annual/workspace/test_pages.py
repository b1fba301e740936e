"""The pages of the workspace: a fixed number of statements, nothing of another organ, every cell a link to its records."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .conftest import Begun, Enter

PAGES = {
    "list": "/desk/organs/{slug}/annual/", "workspace": "/desk/annual/{pk}/", "cell of the ledger": "/desk/annual/{pk}/cell/active.licensing_decisions/",
    "cell of requests": "/desk/annual/{pk}/cell/applications.granted.natural/", "cell of remedies": "/desk/annual/{pk}/cell/remedies.reconsideration.total/",
    "changed": "/desk/annual/{pk}/changed/", "versions": "/desk/annual/{pk}/versions/", "difference": "/desk/annual/{pk}/versions/difference/?old=0&new=0",
    "preview": "/desk/annual/{pk}/preview/", "submit": "/desk/annual/{pk}/do/submit/", "compile": "/desk/annual/{pk}/do/compile/",
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_at_most_eight_statements(page: str, it: Begun, enter: Enter) -> None:
    client = enter(it.place.head)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(PAGES[page].format(slug=it.place.organ.slug, pk=it.report.pk))

    assert answer.status_code == 200
    assert len(asked) <= 8, "\n".join(each["sql"][:150] for each in asked)
