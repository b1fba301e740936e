"""A link by e-mail to whoever has lost the query code: sent only to an address that a request names, good once, for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from gongkai.platform.cases import clocks, sealing
from gongkai.platform.cases.models import DoorLink
from gongkai.platform.cases.queries import doors

from . import noticing

ADDRESS = "/requests/link/"  # 之后是令牌


def send_link(email: str, *, at: datetime) -> None:
    """Put a link into the post, where a request names this address; otherwise nothing. Whoever asked is told the same either way."""
    contact = sealing.lookup("contact", email)
    if not doors.by_contact(contact):
        return
    token = doors.new_token()
    until = at + timedelta(hours=doors.LINK_HOURS)
    with transaction.atomic():
        DoorLink.objects.create(token_hash=doors.mailed_hash(token), contact_hash=contact, at=at, until=until)
        link = f"{settings.PUBLIC_URL}{ADDRESS}{token}/"
        noticing.tell(None, "access", to=noticing.Address(email=email), facts={"until": clocks.local_day(until)}, link=link, at=at)


def use_link(token: str, *, at: datetime) -> list[int]:
    """The requests behind a link, which is used up by this; none where it is not good."""
    with transaction.atomic():
        link = DoorLink.objects.select_for_update().filter(token_hash=doors.mailed_hash(token), used_at__isnull=True, until__gt=at).first()
        if link is None:
            return []
        link.used_at = at
        link.save(update_fields=["used_at"])
    return doors.by_contact(link.contact_hash)


def sweep(now: datetime) -> int:
    return DoorLink.objects.filter(until__lt=now - timedelta(days=1)).delete()[0]

