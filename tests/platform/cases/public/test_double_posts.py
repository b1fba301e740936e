"""Five hundred posts of one form, several at once: one request, one code, and everybody gets the receipt."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from gongkai.platform.cases import limits
from gongkai.platform.cases.models import CaseFile, Event, Request
from gongkai.platform.journal.verify import verify
from tests.platform.cases.factories import office
from tests.platform.cases.public.filling import base, fill, png
from tests.platform.conftest import Ledger

POSTS, AT_ONCE = 500, 8


def test_one_form_posted_many_times_makes_one_request(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    monkeypatch.setattr(limits, "FILING_BY_ADDRESS", limits.Limit("filing.address", 10 * POSTS, limits.FILING_BY_ADDRESS.per))
    slug = office().organ.slug
    first = Client(headers={"host": "localhost"})
    fill(first, slug, person={"identity": SimpleUploadedFile("证件.png", png(), "image/png")})
    held = {name: morsel.value for name, morsel in first.cookies.items()}

    def post(_number: int) -> tuple[int, str, str]:
        try:
            client = Client(headers={"host": "localhost"})
            client.cookies.load(held)
            answer = client.post(base(slug) + "check/")
            page = client.get("/requests/receipt/")
            return answer.status_code, page.context["shown"].number, page.context["code"]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(post, range(POSTS)))

    assert len(answers) == 1 and next(iter(answers))[0] == 302
    assert Request.objects.count() == 1
    assert CaseFile.objects.count() == 1
    assert Event.objects.filter(kind="submitted").count() == 1
    assert verify().holds
