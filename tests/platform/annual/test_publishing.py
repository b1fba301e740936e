"""What becomes public: once approved, once entered from before; never twice the same, never past the reviewers."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.errors import Invalid, NotNow
from gongkai.platform.annual.models import Publication
from gongkai.platform.annual.states import State
from tests.platform.cases.factories import Office, at, office

from .test_hierarchy import approved, explained
from .test_public import published

pytestmark = pytest.mark.django_db
LATER = at("2024-02-21")


def again(place: Office, prose: str) -> int:
    """The published report corrected, through to its approval."""
    report = Publication.objects.latest("version").report
    reporting.correct(place.head, report.pk, reason="改一句话。", at=LATER)
    report.refresh_from_db()
    told = [*report.prose[:4], prose, *report.prose[5:]]
    reporting.write(place.head, report.pk, told, based_on=report.prose_number, at=LATER)
    explained(place, report)
    reporting.submit(place.head, report.pk, at=LATER)
    reporting.pass_review(place.legal, report.pk, at=LATER)
    return reporting.approve(place.approver, report.pk, at=LATER).pk


def test_what_is_public_already_is_not_published_again() -> None:
    place = office()
    one = published(place, 2023)
    one.report.state = State.SUBMITTED.value  # 公布以后报送的，仍可以公布更正
    one.report.save()

    with pytest.raises(NotNow, match="已公布的第 1 版"):
        reporting.publish(place.approver, one.report.pk, at=LATER, reason="再点一次")
    assert Publication.objects.count() == 1


def test_a_further_version_needs_its_reason() -> None:
    place = office()
    published(place, 2023)
    report = again(place, "（一）存在的主要问题：更新还不够及时。（二）改进情况：每月检查一次。")

    with pytest.raises(Invalid) as refused:
        reporting.publish(place.approver, report, at=LATER)
    assert "reason" in refused.value.fields
    reporting.publish(place.approver, report, at=LATER, reason="改写第五部分。")
    assert [each.version for each in Publication.objects.order_by("version")] == [1, 2]


def test_a_report_entered_from_before_is_corrected_only_past_its_reviewers() -> None:
    place = office()
    report = approved(place, 2023)
    report.state = State.DRAFT.value
    report.save()
    reporting.adopt(place.head, report.pk, published_on=date(2024, 1, 10), reason="使用本平台以前已经公布。", at=at("2024-01-12"))
    reporting.correct(place.head, report.pk, reason="改一句话。", at=LATER)

    with pytest.raises(NotNow, match="审核、签发"):
        reporting.adopt(place.head, report.pk, published_on=date(2024, 1, 10), reason="再登记一次。", at=LATER)
    assert [each.version for each in Publication.objects.all()] == [1]
