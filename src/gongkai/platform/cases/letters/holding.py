"""Whose letter it is: the applicant's, or that of the side consulted; nobody else's."""

from __future__ import annotations

from gongkai.law import letters as law
from gongkai.law.letters import Recipient
from gongkai.platform.cases.models import Letter
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.cases.states import Party


def may_have(ticket: Ticket, letter: Letter) -> bool:
    """Whether a letter is for whoever holds this ticket."""
    if letter.request_id != ticket.request:
        return False
    if ticket.party is Party.APPLICANT:
        return letter.consultation_id is None and law.BY_KEY[letter.key].to is Recipient.APPLICANT
    return ticket.party is Party.ASKED and letter.consultation_id is not None and letter.consultation_id == ticket.consultation
