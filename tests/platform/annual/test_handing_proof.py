"""What the ledger proves of a received report, and what an uploaded one goes through."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings as told

from gongkai.platform.annual.actions import handing
from gongkai.platform.annual.errors import Invalid
from gongkai.platform.annual.models import Received
from gongkai.platform.journal.models import Entry
from tests.platform.cases.factories import at

from .test_hierarchy import county

pytestmark = pytest.mark.django_db
WHEN = at("2024-01-20")
TEXT = "甲局2023年政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息12条。\n六、其他需要报告的事项\n无。\n"


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(told, "FILES", tmp_path)
    yield


def test_the_ledger_names_the_same_report_by_the_same_digest() -> None:
    above, supervisor, _bureau = county()
    row = handing.upload(supervisor, above.organ.pk, "甲局.txt", TEXT.encode(), year=2023, organ_name="甲局", at=WHEN)
    handing._tell(supervisor, "annual.settle", Received.objects.get(pk=row.pk), WHEN, {})
    before, after = (entry.changes["data"] for entry in Entry.objects.filter(subject=f"annual.received:{row.pk}").order_by("number"))

    assert before == after


def _workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "一、总体情况")
    return out.getvalue()


@pytest.mark.parametrize(("name", "data"), [("报告.xlsx", _workbook()), ("报告.txt", TEXT.encode())])
def test_an_uploaded_report_is_shown_to_the_virus_scanner(name: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "CLAMD", "127.0.0.1:1")  # 没有人在听
    above, supervisor, _bureau = county()
    with pytest.raises(Invalid) as refused:
        handing.upload(supervisor, above.organ.pk, name, data, year=2023, organ_name="甲局", at=WHEN)

    assert "杀毒服务暂时无法使用" in refused.value.fields["file"]
