"""Messages put down with the action: to whom, by which way, in which words; nothing personal in them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.platform.cases import notices, sealing, writing
from gongkai.platform.cases.actions import noticing
from gongkai.platform.cases.actions.noticing import Address, mobile, tell
from gongkai.platform.cases.models import Notice
from gongkai.platform.cases.notices import KINDS, LINK, TO, Audience
from gongkai.platform.cases.recording import act
from gongkai.platform.cases.values import Applicant
from gongkai.platform.organs.roles import RoleKind
from tests.platform.cases.factories import PEOPLE, at, entered, office

pytestmark = pytest.mark.django_db
NOON = at("2026-03-03", 12)


def ways(rows: list[Notice]) -> list[tuple[str, str]]:
    return [(row.channel, str(sealing.unseal(row.to, TO)) if row.to else "") for row in rows]


class TestWhereTo:
    """By e-mail; by text message too where something is lost if it is missed, and where there is no e-mail."""

    def test_what_has_a_term_goes_both_ways(self) -> None:
        case = entered(office())

        assert ways(tell(case, "correction", facts={"by": date(2026, 3, 20)}, at=NOON)) == [("email", "liu@mail.example"), ("sms", "13900000001")]
        assert ways(tell(case, "received", at=NOON)) == [("email", "liu@mail.example")]

    def test_without_an_e_mail_address_a_text_message_goes(self) -> None:
        case = entered(office(), applicant=PEOPLE[2], kind="business")

        assert ways(tell(case, "received", at=NOON)) == [("sms", "13900000003")]

    def test_without_any_the_record_says_so_and_nothing_is_queued(self) -> None:
        case = entered(office(), applicant=Applicant("郑三", phone="0998-6571234", address="某街2号"))
        before = ProcrastinateJob.objects.count()
        rows = tell(case, "received", at=NOON)

        assert [(row.channel, row.state) for row in rows] == [("none", "none")]
        assert ProcrastinateJob.objects.count() == before

    def test_where_it_matters_the_office_is_told_that_nobody_was_reached(self) -> None:
        place = office()
        case = entered(place, applicant=Applicant("郑三", phone="0998-6571234", address="某街2号"))
        tell(case, "correction", facts={"by": date(2026, 3, 20)}, at=NOON)
        [desk] = Notice.objects.filter(key="no_address")

        assert desk.person_id == place.head.person
        assert "需要补正" in writing.worded(desk, "zh").text and "needs a correction" in writing.worded(desk, "en").text

    @pytest.mark.parametrize(
        ("phone", "bare"),
        [("139 0000 0001", "13900000001"), ("+86 139-0000-0001", "13900000001"), ("0998-6571234", ""), ("12900000001", ""), ("", "")],
    )
    def test_a_mobile_number_is_told_from_a_fixed_one(self, phone: str, bare: str) -> None:
        assert mobile(phone) == bare

    def test_a_foreigner_gets_both_languages(self) -> None:
        case = entered(office(), applicant=Applicant("John Doe", "passport", "E1234567", email="john@mail.example"))
        [row] = tell(case, "received", at=NOON)
        body = writing.letter(row, "")

        assert row.language == "both"
        assert "已收到您的政府信息公开申请" in body and "has received your request" in body

    def test_officers_get_it_on_the_desk_and_by_mail_where_it_presses(self) -> None:
        place = office()
        case = entered(place)
        facts = {"term": "答复", "by": date(2026, 3, 30), "days": 5}
        pressing, quiet = tell(case, "reminder", to="head", facts=facts, at=NOON), tell(case, "new_request", to=RoleKind.APPROVER, at=NOON)

        assert [(row.channel, row.person_id) for row in pressing] == [("desk", place.head.person), ("email", place.head.person)]
        assert [(row.channel, row.person_id) for row in quiet] == [("desk", place.approver.person)]

    def test_to_the_officer_goes_to_the_head_while_nobody_handles_it(self) -> None:
        place = office()
        case = entered(place)
        first = tell(case, "new_request", to="officer", at=NOON)
        case.officer_id = place.officer2.person
        second = tell(case, "new_request", to="officer", at=NOON)

        assert [row.person_id for row in first] == [place.head.person]
        assert [row.person_id for row in second] == [place.officer2.person]

    def test_the_side_consulted_is_reached_by_a_link_that_is_sealed(self) -> None:
        case = entered(office())
        [row] = tell(case, "opinion_wanted", to=Address(email="wang@firm.example"), facts={"by": date(2026, 4, 1)}, link="/opinion/tok-en/", at=NOON)

        assert sealing.unseal(row.link or b"", LINK) == "/opinion/tok-en/"
        assert b"tok-en" not in bytes(row.link or b"")
        with pytest.raises(ValueError, match="needs a link"):
            tell(case, "opinion_wanted", to=Address(email="wang@firm.example"), facts={"by": date(2026, 4, 1)}, at=NOON)


class TestWithTheAction:
    def test_a_message_stands_or_falls_with_its_action(self) -> None:
        place = office()
        case = entered(place)
        jobs, rows = ProcrastinateJob.objects.count(), Notice.objects.count()
        with pytest.raises(RuntimeError), transaction.atomic():
            tell(case, "received", at=NOON)
            raise RuntimeError

        assert (ProcrastinateJob.objects.count(), Notice.objects.count()) == (jobs, rows)

    def test_a_job_knows_an_id_and_nothing_else(self) -> None:
        [row] = tell(entered(office()), "received", at=NOON)
        job = ProcrastinateJob.objects.get(task_name=notices.SEND, args__notice_id=row.pk)

        assert job.args == {"notice_id": row.pk}

    def test_from_within_an_act_it_takes_the_acts_moment(self) -> None:
        place = office()
        case = entered(place, channel="online")
        act(
            place.officer, case.pk, "confirm",
            lambda doing: (doing.happen("confirmed", date(2026, 3, 5)), tell(doing, "confirmed", facts={"on": date(2026, 3, 5)}))[0], at=at("2026-03-05"),
        )  # fmt: skip

        assert Notice.objects.get(key="confirmed").at == at("2026-03-05")


FACTS: dict[str, object] = {
    "by": date(2026, 3, 20), "on": date(2026, 3, 5), "until": date(2026, 4, 1), "before": date(2026, 3, 20), "to": "某局", "what": "申请人在网上确认",
    "ref": "征1", "term": "答复", "days": 3, "remedy": "2026-救001", "kind": {"zh": "行政复议", "en": "Reconsideration"}, "judgment": "撤销", "from": "某局", "means": "视为同意公开",
}  # fmt: skip


class TestWords:
    """Every kind in Chinese and English: the number, what to do, and nothing of the person or the content."""

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
    def test_every_kind_is_whole_in_both_languages(self, kind: notices.Kind) -> None:
        place = office()
        case = entered(place)
        to = {Audience.APPLICANT: "applicant", Audience.ASKED: Address("a@b.example"), Audience.OFFICER: place.officer.person}[kind.audience]
        rows = tell(case, kind.key, to=to, facts={key: FACTS[key] for key in kind.needs}, link="/x/" if kind.link else "", at=NOON)  # type: ignore[arg-type]

        assert rows
        for language in ("zh", "en"):
            words = writing.worded(rows[0], language)
            assert "{" not in words.title + words.text and words.title and words.text
            assert case.number in words.title + words.text or kind.key in ("access", "opinion_wanted", "decision_told") or "remedy" in kind.needs
            for secret in (PEOPLE[0].name, PEOPLE[0].identity_number, PEOPLE[0].phone, "征地"):
                assert secret not in writing.letter(rows[0], "/x/" if kind.link else "")

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.sms is not notices.Sms.NEVER], ids=lambda kind: kind.key)
    def test_a_text_message_is_short(self, kind: notices.Kind) -> None:
        row = Notice(key=kind.key, facts={key: str(FACTS[key]) for key in kind.needs}, channel="sms")

        assert len(writing.sms(row, "")) <= 140

    def test_days_are_written_as_they_are_read(self) -> None:
        assert notices.shown("2026-03-05", "zh") == "2026年3月5日"
        assert notices.shown("2026-03-05", "en") == "5 March 2026"

    def test_a_kind_that_lacks_a_fact_is_a_mistake_of_ours(self) -> None:
        with pytest.raises(ValueError, match="lacks by"):
            tell(entered(office()), "correction", at=NOON)


def test_every_key_that_our_code_uses_is_a_kind() -> None:
    root = Path(noticing.__file__).parents[2]
    used = set()
    for path in [*root.glob("cases/**/*.py"), *root.glob("portal/**/*.py"), *root.glob("desk/**/*.py")]:
        used |= set(re.findall(r"\bnoticing\.tell\(\s*\w[\w.]*,\s*\"(\w+)\"", path.read_text("utf-8")))

    assert used <= notices.BY_KEY.keys()
    assert used
