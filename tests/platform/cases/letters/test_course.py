"""A letter's course: drafted, reviewed, signed with a number, served; and only its service moves the clock."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.platform.cases.actions import letters, serving
from gongkai.platform.cases.models import Letter, Request
from gongkai.platform.cases.queries import letters as asking
from tests.platform.cases.factories import at, entered, office

pytestmark = pytest.mark.django_db

BODY = {"复议机关": "某某地区行政公署", "人民法院": "某某县人民法院"}


def test_a_reply_goes_through_every_hand_and_ends_the_request() -> None:
    place = office()
    case = entered(place)
    drafted = letters.draft(place.officer, case.pk, "denied", {"理由": "该信息为内部会议纪要。", **BODY}, reply="denied_process_info", at=at("2026-03-10"))
    letters.review(place.legal, case.pk, drafted.pk, at=at("2026-03-11"))
    signed = letters.sign(place.approver, case.pk, drafted.pk, at=at("2026-03-12"))
    serving.serve(place.officer, case.pk, signed.pk, way="post", on=date(2026, 3, 13), tracking="XA00000000", at=at("2026-03-16"))
    now = Request.objects.get(pk=case.pk)

    assert (signed.number, signed.dated) == ("songyin县人民政府公复〔2026〕1号", date(2026, 3, 12))
    assert (now.state, now.outcome, now.reply, now.ended_on) == ("replied", "denied_process_info", "denied_process_info", date(2026, 3, 13))
    assert Letter.objects.get(pk=signed.pk).state == "served"
    assert asking.file(place.officer, case.pk, signed.pk, "pdf").data.startswith(b"%PDF")
