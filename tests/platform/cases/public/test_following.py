"""The applicant's page: where it stands, what may be done, what may be taken along; and nothing of anybody else's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.platform.cases import limits, sealing
from gongkai.platform.cases.actions import dividing, letters, serving
from gongkai.platform.cases.choices import State
from gongkai.platform.cases.models import CaseFile, Event, Letter, Request
from gongkai.platform.cases.queries import following
from gongkai.platform.cases.recording import TEXT, Ticket
from gongkai.platform.cases.states import Party
from gongkai.platform.cases.values import Asked
from tests.platform.cases.factories import PEOPLE, Office, entered_with_code, office
from tests.platform.cases.handling.making import asked, served
from tests.platform.cases.public.filling import png
from tests.platform.cases.remedies.replied import replied

pytestmark = pytest.mark.django_db


def day(back: int = 0) -> str:
    return (timezone.localdate() - timedelta(days=back)).isoformat()


def opened(client: Client, place: Office, *, back: int = 3, channel: str = "in_person") -> Request:
    """A request of the applicant's, open in this client's session."""
    made, code = entered_with_code(place, on=day(back), channel=channel)
    answer = client.post("/requests/", {"number": made.number, "code": code})
    assert answer.status_code == 302
    return made


def page(client: Client, made: Request) -> str:
    answer = client.get(f"/requests/{made.pk}/")
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def do(client: Client, made: Request, act: str, **told: Any) -> Any:
    return client.post(f"/requests/{made.pk}/{act}/", told)


def text_of(made: Request, kind: str) -> str:
    return str(sealing.unseal(Event.objects.filter(request=made, kind=kind).latest("number").sealed or b"", TEXT))


def answered(place: Office, made: Request) -> Letter:
    """The reply: drafted, reviewed, signed, served on line today."""
    at = timezone.now()
    drafted = letters.draft(place.officer, made.pk, "denied", {"理由": "该信息为内部会议纪要。", "复议机关": "某某行署", "人民法院": "某某法院"}, reply="denied_process_info", at=at)
    letters.review(place.legal, made.pk, drafted.pk, at=at)
    signed = letters.sign(place.approver, made.pk, drafted.pk, at=at)
    serving.serve(place.officer, made.pk, signed.pk, way="online", on=timezone.localdate(), at=at)
    return signed


class TestPage:
    def test_it_tells_the_state_the_term_and_the_way_in_plain_words(self, client: Client) -> None:
        made = opened(client, office())
        told = page(client, made)

        assert "办理中" in told and "答复期限到" in told
        assert "答复期限20个工作日已计" in told
        assert "提交申请" in told and "柳*烟" in told
        assert PEOPLE[0].name not in told and PEOPLE[0].identity_number not in told and PEOPLE[0].phone not in told

    def test_it_costs_few_statements_before_and_after_the_reply(self, client: Client) -> None:
        place = office()
        made = opened(client, place)
        with CaptureQueriesContext(connection) as before:
            page(client, made)
        answered(place, made)
        with CaptureQueriesContext(connection) as after:
            page(client, made)

        assert len(before) <= 8 and len(after) <= 8

    def test_what_is_the_offices_own_is_not_shown(self, client: Client) -> None:
        place = office()
        made = opened(client, place)
        letters.draft(place.officer, made.pk, "denied", {"理由": "内部讨论稿上的理由"}, reply="denied_process_info", at=timezone.now())
        told = page(client, made)

        assert "拟写文书" not in told and "内部讨论稿" not in told

    def test_whether_a_third_party_agrees_is_not_told_before_the_reply(self, client: Client) -> None:
        place = office()
        made = opened(client, place)
        asked(place, made, day(2), today=day(2))
        served(place, made, "consultation_answered", day(1), {"ref": "征1", "answer": "objects"})
        told = page(client, made)

        assert "提出意见（征1）" in told
        assert "不同意公开" not in told and "某某矿业" not in told

    def test_a_rectified_event_stays_struck_through(self, client: Client) -> None:
        place = office()
        made = opened(client, place, back=9)
        served(place, made, "rectified", day(1), {"channel": "in_person"}, {"target": 1, "on": day(10)})
        told = page(client, made)

        assert "<s>提交申请</s>" in told and "更正登记" in told


class TestActing:
    def test_the_applicant_confirms_and_the_term_runs(self, client: Client) -> None:
        made = opened(client, office(), channel="online")
        assert "请确认" in page(client, made)
        answer = do(client, made, "confirm")
        now = Request.objects.get(pk=made.pk)

        assert answer.status_code == 302
        assert (now.state, now.received_on) == (State.OPEN.value, timezone.localdate())
        assert "请确认" not in page(client, made)

    def test_a_correction_with_a_file_starts_the_term_afresh(self, client: Client) -> None:
        place = office()
        made = opened(client, place)
        served(place, made, "correction_requested", day(1), {"answer_by": (timezone.localdate() + timedelta(days=14)).isoformat()})
        assert "请补正" in page(client, made)
        do(client, made, "correct", text="是2025年的那一份", files=SimpleUploadedFile("补正.png", png(), "image/png"))
        now = Request.objects.get(pk=made.pk)

        assert (now.state, now.counts_from) == (State.OPEN.value, timezone.localdate())
        assert text_of(made, "corrected") == "是2025年的那一份"
        assert [each.kind for each in CaseFile.objects.filter(request=made)] == ["correction"]
        assert "是2025年的那一份" in page(client, made)

    def test_nothing_typed_is_lost_by_a_mistake(self, client: Client) -> None:
        place = office()
        made = opened(client, place)
        served(place, made, "correction_requested", day(1), {"answer_by": (timezone.localdate() + timedelta(days=14)).isoformat()})
        answer = do(client, made, "correct", text="写了很多的补正", files=SimpleUploadedFile("补正.png", b"MZ program", "image/png"))

        assert answer.status_code == 422
        assert "写了很多的补正" in answer.content.decode() and "没有上传" in answer.content.decode()

    def test_nothing_typed_is_lost_when_the_time_of_the_session_is_over(self, client: Client) -> None:
        place = office()
        made, code = entered_with_code(place, on=day(3))
        served(place, made, "correction_requested", day(1), {"answer_by": (timezone.localdate() + timedelta(days=14)).isoformat()})
        late = do(client, made, "correct", text="写了很多的补正")
        kept = str(dict(client.session.items()))
        client.post("/requests/", {"number": made.number, "code": code})

        assert late.status_code == 404 and "已经保留" in late.content.decode()
        assert "写了很多的补正" not in kept
        assert "写了很多的补正" in page(client, made)
        assert not Event.objects.filter(request=made, kind="corrected").exists()

    def test_a_form_posted_twice_does_it_once(self, client: Client) -> None:
        made = opened(client, office(), channel="online")
        for _ in range(3):
            assert do(client, made, "confirm", once="one-form").status_code == 302

        assert Event.objects.filter(request=made, kind="confirmed").count() == 1

    def test_withdrawing_asks_once_and_ends_it(self, client: Client) -> None:
        made = opened(client, office())
        do(client, made, "withdraw", text="已经从别处得到")

        assert Request.objects.get(pk=made.pk).state == State.WITHDRAWN.value
        assert "撤回申请" not in page(client, made).split("您还可以")[-1] or "您还可以" not in page(client, made)

    def test_the_verdict_is_given_once(self, client: Client) -> None:
        place = office()
        made = opened(client, place)
        answered(place, made)
        do(client, made, "judge", helped="1", text="很清楚")
        again = do(client, made, "judge", helped="0")

        assert Event.objects.get(request=made, kind="helped").facts == {"helped": True}
        assert again.status_code == 409

    def test_publication_is_proposed(self, client: Client) -> None:
        made = opened(client, office())
        do(client, made, "propose_publication", text="大家都用得上")

        assert text_of(made, "proposed_for_publication") == "大家都用得上"
        assert "proposed_for_publication" not in following.followed(Ticket(made.pk, Party.APPLICANT), timezone.localdate()).acts

    def test_an_act_that_is_not_possible_now_is_refused_in_words(self, client: Client) -> None:
        made = opened(client, office())
        answer = do(client, made, "confirm")

        assert answer.status_code == 409 and "现在“办理中”" in answer.content.decode()

    @pytest.mark.parametrize("act", ["confirm", "correct", "give_reasons", "withdraw", "add_file", "propose_publication", "judge", "pay", "archive", "describe"])
    def test_nothing_can_be_done_to_anothers(self, client: Client, act: str) -> None:
        place = office()
        opened(client, place)
        theirs, _code = entered_with_code(place, on=day(1), applicant=PEOPLE[1], channel="online")
        before = Event.objects.filter(request=theirs).count()

        assert do(client, theirs, act, text="文字", helped="1").status_code == 404
        assert Event.objects.filter(request=theirs).count() == before


class TestTakingAlong:
    def test_a_letter_that_was_served_is_downloaded_and_that_is_recorded_once(self, client: Client) -> None:
        place = office()
        made = opened(client, place)
        letter = answered(place, made)
        first, second = (client.get(f"/requests/{made.pk}/letters/{letter.pk}.pdf") for _ in range(2))

        assert first.content.startswith(b"%PDF") and second.status_code == 200
        assert "sandbox" in first.headers["Content-Security-Policy"] and "attachment" in first.headers["Content-Disposition"]
        assert Event.objects.filter(request=made, kind="letter_downloaded").count() == 1
        assert Letter.objects.get(pk=letter.pk).delivered_on == timezone.localdate()

    def test_a_letter_that_was_not_served_is_not_there(self, client: Client) -> None:
        place = office()
        made = opened(client, place)
        drafted = letters.draft(place.officer, made.pk, "denied", {"理由": "理由", "复议机关": "甲", "人民法院": "乙"}, reply="denied_process_info", at=timezone.now())
        letters.review(place.legal, made.pk, drafted.pk, at=timezone.now())
        signed = letters.sign(place.approver, made.pk, drafted.pk, at=timezone.now())

        assert client.get(f"/requests/{made.pk}/letters/{signed.pk}.pdf").status_code == 404
        assert "文书</h2>" not in page(client, made)

    def test_anothers_letters_and_files_are_not_there(self, client: Client) -> None:
        place = office()
        mine = opened(client, place)
        theirs, _code = entered_with_code(place, on=day(3), applicant=PEOPLE[1])
        letter = answered(place, theirs)

        for address in (f"/requests/{mine.pk}/letters/{letter.pk}.pdf", f"/requests/{theirs.pk}/letters/{letter.pk}.pdf", f"/requests/{theirs.pk}/files/1/"):
            assert client.get(address).status_code == 404, address
        assert not Event.objects.filter(kind="letter_downloaded").exists()

    def test_the_own_files_are_there_and_no_others(self, client: Client) -> None:
        made = opened(client, office())
        do(client, made, "add_file", files=SimpleUploadedFile("补充.png", png(), "image/png"))
        shown = client.get(f"/requests/{made.pk}/files/1/")
        CaseFile.objects.filter(request=made).update(shown=False)

        assert shown.status_code == 200 and shown.content.startswith(b"\x89PNG")
        assert client.get(f"/requests/{made.pk}/files/1/").status_code == 404

    def test_the_terms_of_remedies_follow_the_day_of_delivery(self, client: Client) -> None:
        place = office()
        made = replied(place)
        told = following.followed(Ticket(made.pk, Party.APPLICANT), date(2026, 3, 25))
        Letter.objects.filter(request=made).update(delivered_on=date(2026, 3, 23))
        later = following.followed(Ticket(made.pk, Party.APPLICANT), date(2026, 3, 25))

        assert told.redress is not None and told.redress.opened is None
        assert later.redress is not None and later.redress.opened is not None
        assert later.redress.opened.reconsider_by == date(2026, 5, 22)


class TestVerifying:
    def test_a_letter_in_hand_is_ours_or_not_and_says_nothing_of_the_applicant(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        place = office()
        made = opened(client, place)
        codes: list[str] = []
        told = letters.new_code
        monkeypatch.setattr(letters, "new_code", lambda: codes.append(told()) or codes[-1])
        letter = answered(place, made)
        good, bad = client.post("/requests/verify/", {"code": codes[-1].lower()}), client.post("/requests/verify/", {"code": "2222-2222-2222"})

        assert good.status_code == 200 and letter.number in good.content.decode()
        assert PEOPLE[0].name not in good.content.decode() and made.number not in good.content.decode()
        assert bad.status_code == 404

    def test_codes_cannot_be_tried_without_end(self, client: Client) -> None:
        answers = [client.post("/requests/verify/", {"code": "2222-2222-2222"}).status_code for _ in range(limits.LETTER_BY_ADDRESS.most + 2)]

        assert answers.count(429) == 2


def test_what_a_request_was_split_into_is_opened_by_the_same_code(client: Client) -> None:
    place = office()
    made, code = entered_with_code(place, on=day(2))
    units = dividing.split(place.officer, made.pk, [Asked("征地批准文件", "", "paper", "post"), Asked("土地现状调查", "", "electronic", "online")], reason="两件事", at=timezone.now())
    client.post("/requests/", {"number": made.number, "code": code})
    told = page(client, made)

    assert "已拆分，分别办理" in told
    for unit in units:
        assert unit.number in told and unit.number in page(client, unit)
