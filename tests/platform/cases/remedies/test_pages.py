"""The pages of remedies through the front door."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.platform.cases.actions import remedies
from gongkai.platform.cases.models import Remedy, RemedyEvent
from tests.platform.cases.factories import Office, at, office
from tests.platform.cases.pages.conftest import Enter

from .replied import reconsidered, replied

MOST = 8
GIVEN = {
    "kind": "reconsideration", "body": "某市人民政府", "filed_on": "2026-04-07", "procedure": "simplified", "claimant": "柳如烟", "claimant_kind": "natural",
    "asks": "撤销答复", "once": "a-form-of-its-own",
}  # fmt: skip


def test_one_is_entered_followed_and_ended_on_the_pages(place: Office, enter: Enter) -> None:
    case = replied(place)
    client, slug = enter(place.officer), place.organ.slug
    form = client.get(f"/desk/organs/{slug}/remedies/new/?request={case.pk}")
    entered = client.post(f"/desk/organs/{slug}/remedies/new/", GIVEN | {"number": case.number, "file": SimpleUploadedFile("通知书.txt", "答复通知书".encode())})
    remedy = Remedy.objects.get()
    page = f"/desk/remedies/{remedy.pk}/"
    answered = client.post(f"{page}record/", {"kind": "answered", "on": "2026-04-10", "text": "附证据三份", "seen": "1"})
    ended = client.post(f"{page}end/", {"judgment": "revoked", "on": "2026-05-06", "act_anew": "on", "act_by": "2026-06-03", "seen": "2"})
    shown = client.get(page).content.decode()

    assert case.number in form.content.decode()
    assert [answer.status_code for answer in (entered, answered, ended)] == [302, 302, 302]
    assert remedy.request_id == case.pk and remedy.answer_by == date(2026, 4, 14)
    assert all(words in shown for words in ("结果纠正", "附证据三份", "2026年6月3日", "不得以同一事实和理由", "通知书.txt"))
    document = client.get(f"{page}files/1/")
    assert b"".join(document) == "答复通知书".encode() and "attachment" in document["Content-Disposition"]


def test_what_is_refused_says_why_and_keeps_what_was_typed(place: Office, enter: Enter) -> None:
    client, slug = enter(place.officer), place.organ.slug
    unknown = client.post(f"/desk/organs/{slug}/remedies/new/", GIVEN | {"number": "2026-9999", "filed_on": "2026-04-07"})
    empty = client.post(f"/desk/organs/{slug}/remedies/new/", {"kind": "reconsideration"})
    after = client.post(f"/desk/organs/{slug}/remedies/new/", GIVEN | {"kind": "litigation_after_reconsideration"})

    assert (unknown.status_code, empty.status_code, after.status_code) == (422, 422, 422)
    assert "没有这个登记编号" in unknown.content.decode() and "某市人民政府" in unknown.content.decode()
    assert "请写明机关的全称" in empty.content.decode()
    assert "复议后起诉的，请选择" in after.content.decode()
    assert not Remedy.objects.exists()


def test_an_older_page_is_told_so(place: Office, enter: Enter) -> None:
    remedy = reconsidered(place, replied(place))
    remedies.record(place.officer2, remedy.pk, "noted", date(2026, 4, 8), text="已联系", at=at("2026-04-08"))
    answer = enter(place.officer).post(f"/desk/remedies/{remedy.pk}/record/", {"kind": "answered", "on": "2026-04-10", "seen": "1"})

    assert answer.status_code == 409 and "又有新的登记" in answer.content.decode()


def test_a_correction_strikes_through_and_stays(place: Office, enter: Enter) -> None:
    remedy = reconsidered(place, replied(place))
    client = enter(place.officer)
    form = client.get(f"/desk/remedies/{remedy.pk}/rectify/?event=1")
    done = client.post(f"/desk/remedies/{remedy.pk}/rectify/", {"number": "1", "on": "2026-04-08", "reason": "收文日期看错", "seen": "1"})
    remedy.refresh_from_db()

    assert form.status_code == 200 and done.status_code == 302
    assert remedy.filed_on == date(2026, 4, 8)
    assert "<s>" in client.get(f"/desk/remedies/{remedy.pk}/").content.decode()


def test_readers_read_and_others_find_nothing(place: Office, enter: Enter) -> None:
    remedy = reconsidered(place, replied(place))
    other, slug = office("other"), place.organ.slug
    pages = (f"/desk/organs/{slug}/remedies/", f"/desk/remedies/{remedy.pk}/")

    assert [enter(place.legal).get(page).status_code for page in pages] == [200, 200]
    assert [enter(other.officer).get(page).status_code for page in pages] == [404, 404]
    assert [enter(place.editor).get(page).status_code for page in pages] == [404, 404]
    assert enter(place.legal).get(f"/desk/organs/{slug}/remedies/new/").status_code == 403
    assert enter(place.legal).post(f"/desk/remedies/{remedy.pk}/record/", {"kind": "answered", "on": "2026-04-10", "seen": "1"}).status_code == 403
    assert RemedyEvent.objects.filter(remedy=remedy).count() == 1
    assert "登记进展" not in enter(place.legal).get(pages[1]).content.decode()


def test_a_page_costs_a_fixed_number_of_statements(place: Office, enter: Enter) -> None:
    remedy = reconsidered(place, replied(place))
    client = enter(place.officer)
    pages = (f"/desk/organs/{place.organ.slug}/remedies/", f"/desk/remedies/{remedy.pk}/", f"/desk/remedies/{remedy.pk}/record/")
    client.get("/desk/")  # 会话的时间先记下
    few = [_cost(client, page) for page in pages]
    for _more in range(4):
        remedies.record(place.officer, reconsidered(place, replied(place)).pk, "noted", date(2026, 4, 8), text="已联系", at=at("2026-04-08"))
        remedies.record(place.officer, remedy.pk, "noted", date(2026, 4, 8), text="已联系", at=at("2026-04-08"))

    assert [_cost(client, page) for page in pages] == few
    assert max(few) <= MOST, few


def _cost(client: object, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200  # type: ignore[attr-defined]
    return len(asked)
