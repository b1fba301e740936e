"""What comes in with an act: its files put into the case, its words checked; and nobody outside told who asks."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from . import uploading
from .errors import Invalid
from .models import CaseFile, Request
from .recording import Doing, Ticket
from .uploading import Taken
from .values import Applicant

LONGEST = 4000


def enclose(doing: Doing, taken: Sequence[Taken]) -> list[CaseFile]:
    """Name the files that were taken in, and decide their events."""
    outside = {"outside": True} if isinstance(doing.who, Ticket) else {}
    named = []
    for each in taken:
        file = uploading.name(doing.request, each, at=doing.at, person=doing.person)
        doing.happen("file_added", facts=each.facts(file.number) | outside)
        named.append(file)
    return named


def words(text: str, field: str = "text", *, needed: str = "") -> str:
    """A text as it is kept; Invalid where it is too long, or where one is needed (`needed` says what for)."""
    plain = text.strip()
    if not plain and needed:
        raise Invalid({field: needed})
    if len(plain) > LONGEST:
        raise Invalid({field: _("至多 %(most)s 个字，现有 %(n)s 个；更多的内容请作为材料上传。") % {"most": LONGEST, "n": len(plain)}})
    return plain


def unnamed(request: Request, text: str, field: str) -> str:
    """A text that goes to somebody who need not know the applicant: refused where it tells who that is."""
    applicant = Applicant.opened(request.applicant)
    private = (applicant.name, applicant.identity_number, applicant.phone, applicant.email)
    if any(len(each) > 1 and each in text for each in private):
        raise Invalid({field: _("这段文字要给申请人、经办人以外的人看，请不要写明申请人的姓名、证件号码和联系方式。")})
    return text
