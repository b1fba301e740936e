"""收到申请之日、征求意见 (条例第三十一条、第三十二条、第三十四条)."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.consultation import SILENCE, Consultation, Silence, ThirdPartyDecision, decide
from gongkai.law.events import Answer, Asked, Channel
from gongkai.law.receipt import BY_CHANNEL, receipt_date

from .asking import CN


class TestArticle31:
    """收到申请之日."""

    def test_every_channel_has_its_rule(self) -> None:
        assert set(BY_CHANNEL) == set(Channel)

    def test_the_basic_channels_may_not_be_refused(self) -> None:
        basic = {channel for channel, receipt in BY_CHANNEL.items() if not receipt.refusable}

        assert basic == {Channel.IN_PERSON, Channel.REGISTERED_POST, Channel.ORDINARY_POST}

    def test_confirmation_makes_the_receipt_of_a_fax(self) -> None:
        assert receipt_date(Channel.FAX, date(2024, 2, 1)) is None
        assert receipt_date(Channel.FAX, date(2024, 2, 1), date(2024, 2, 2)) == date(2024, 2, 2)


class TestArticle32:
    """第三方意见."""

    @pytest.mark.parametrize(
        ("answer", "reasonable", "public_interest", "decision"),
        [
            (Answer.CONSENTS, None, False, ThirdPartyDecision.DISCLOSE),
            (Answer.OBJECTS, True, False, ThirdPartyDecision.WITHHOLD),
            (Answer.OBJECTS, False, False, ThirdPartyDecision.ORGAN_DECIDES),
            (Answer.OBJECTS, None, False, ThirdPartyDecision.ORGAN_DECIDES),
            (Answer.OBJECTS, True, True, ThirdPartyDecision.DISCLOSE_AND_TELL),
            (None, None, False, ThirdPartyDecision.ORGAN_DECIDES),
            (None, None, True, ThirdPartyDecision.DISCLOSE_AND_TELL),
        ],
    )
    def test_the_table_of_decisions(
        self, answer: Answer | None, reasonable: bool | None, public_interest: bool, decision: ThirdPartyDecision
    ) -> None:
        assert decide(answer, reasonable=reasonable, public_interest=public_interest) is decision

    def test_silence_of_a_third_party_is_neither_consent_nor_refusal(self) -> None:
        assert SILENCE[Asked.THIRD_PARTY] is Silence.ORGAN_DECIDES


class TestArticle34:
    """共同制作机关: 逾期未提出意见的视为同意公开."""

    LETTER = Consultation("a", Asked.CO_MAKER, date(2024, 2, 8), date(2024, 2, 8))

    def test_silence_of_a_co_maker_is_consent(self) -> None:
        assert SILENCE[Asked.CO_MAKER] is Silence.DEEMED_CONSENT

    def test_the_term_is_fifteen_working_days_from_its_receipt(self) -> None:
        term = self.LETTER.term(CN)

        assert term == date(2024, 3, 6)
        assert not self.LETTER.silent(CN, term)
        assert self.LETTER.silent(CN, date(2024, 3, 7))
