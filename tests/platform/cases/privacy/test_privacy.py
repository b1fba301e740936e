"""Nothing personal stands anywhere in clear: driven by the real actions, pages and worker, then looked for everywhere."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone

from gongkai.platform.cases.actions import intake, noticing, remedies
from gongkai.platform.cases.claims import Claim
from gongkai.platform.cases.models import Request
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.journal.models import Entry
from gongkai.platform.organs.models import Person
from tests.platform.cases.factories import Office, office
from tests.platform.cases.pages.making import Filled, filled, noon
from tests.platform.conftest import Ledger

from . import leaks
from .leaks import Secret

RARE = Applicant("欧阳归雁", "resident_card", "653121197703041419", phone="13987654321", email="gui.yan@private.example", address="某县红柳巷十七号二单元")
WISH = Asked("红柳巷棚户区改造评估报告", "2024年由某某评估公司出具，编号红评字第88号", "electronic", "email")


@pytest.fixture
def driven(ledger: Ledger, caplog: pytest.LogCaptureFixture) -> Iterator[tuple[Office, Filled, Request]]:
    """An office in the middle of its work, a request filed on line, a remedy, messages sent by the worker."""
    caplog.set_level(logging.DEBUG)
    today = timezone.localdate()
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        with transaction.atomic():
            place = office()
            told = filled(place, today)
        proof = Upload("identity", "欧阳归雁身份证.txt", "欧阳归雁 653121197703041419".encode())
        mine = intake.file(place.organ.pk, RARE, WISH, applicant_kind="natural", at=noon(today, 9), files=[proof], once="form-1").request
        claim = Claim("欧阳归雁", "司马代理", "某府复字〔2026〕第99号", "请求撤销", "理由是评估报告早已存在")
        remedy = remedies.open(
            place.officer, place.organ.pk, kind="reconsideration", body="某市人民政府", claimant=claim, filed_on=today, at=noon(today), request_id=mine.pk
        )
        remedies.record(place.officer, remedy.pk, "noted", today, text="与司马代理通过电话", at=noon(today))
        with transaction.atomic():
            noticing.tell(mine, "correction", facts={"by": date(2027, 1, 20)}, at=noon(today))
        yield place, told, mine


def test_the_search_finds_what_it_should(driven: tuple[Office, Filled, Request], ledger: Ledger, tmp_path: Path) -> None:
    """A search that finds nothing anywhere proves nothing: here it must find."""
    place, _told, _mine = driven
    wanted = leaks.secrets()
    (tmp_path / "note.txt").write_text("寄往某县红柳巷十七号二单元", encoding="gb18030")
    Person.objects.filter(pk=place.officer.person).update(phone="13987654321")

    assert {Secret("name", "欧阳归雁"), Secret("name", "司马代理"), Secret("number", "653121197703041419"), Secret("content", WISH.title)} <= wanted
    assert {str(leak) for leak in leaks.in_files(tmp_path, wanted)} == {"note.txt: contact"}
    assert "public.organs_person: contact" in {str(leak) for leak in leaks.in_database(wanted)}


def test_nothing_personal_is_in_the_database_the_files_the_logs_or_the_journal(
    driven: tuple[Office, Filled, Request], ledger: Ledger, caplog: pytest.LogCaptureFixture, enter: object
) -> None:
    place, told, mine = driven
    code = "import logging; logging.getLogger().setLevel('DEBUG'); from gongkai.platform.running.working import work; work(wait=False)"
    worker = subprocess.run([sys.executable, "-c", code], env=ledger.env, capture_output=True, text=True, timeout=300, check=True)
    client: Client = enter(place.officer)  # type: ignore[operator]
    addresses = [f"/desk/requests/{mine.pk}/", f"/desk/requests/{told.rich}/", f"/desk/organs/{place.organ.slug}/requests/", f"/desk/requests/{mine.pk + 999}/"]
    answers = [client.get(address) for address in addresses]
    lost = Client(raise_request_exception=False).post("/requests/", {"number": mine.number, "code": "欧阳归雁"})
    words = {
        "worker": worker.stdout + worker.stderr, "log": caplog.text, "journal": " ".join(f"{e.name} {e.changes} {e.reason} {e.subject}" for e in Entry.objects.all()),
        "not found": answers[3].content.decode(), "door": " ".join(lost.headers.values()),
        "addresses": " ".join(str(answer.headers) for answer in answers),
    }  # fmt: skip
    connection.close()

    assert answers[0].status_code == 200 and "欧阳归雁" in answers[0].content.decode()
    assert answers[3].status_code == 404
    assert [str(leak) for leak in leaks.everywhere(ledger.home, words)] == []


def test_lists_show_no_name_in_full(driven: tuple[Office, Filled, Request], enter: object) -> None:
    place, _told, mine = driven
    client: Client = enter(place.officer)  # type: ignore[operator]
    slug = place.organ.slug
    pages = [f"/desk/organs/{slug}/requests/", f"/desk/organs/{slug}/requests/overdue/", f"/desk/organs/{slug}/remedies/", "/desk/"]
    shown = {page: client.get(page).content.decode() for page in pages}

    assert mine.number in shown[pages[0]]
    for page, text in shown.items():
        assert all(secret not in text for secret in ("欧阳归雁", RARE.identity_number, RARE.phone, RARE.email, RARE.address)), page
