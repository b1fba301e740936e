"""A link by e-mail to whoever has lost the query code: sent only to an address that a request names, good once, for a day."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from gongkai.platform.cases import clocks, sealing
from gongkai.platform.cases.models import DoorLink
from gongkai.platform.cases.notices import QUEUE
from gongkai.platform.cases.queries import doors

from . import noticing

ADDRESS = "/requests/link/"  # 之后是令牌
MAIL_LINK, _ASKED = "cases.mail_link", "cases.door.asked"


def ask_link(email: str) -> None:
    """Leave it to the worker whether anybody knows the address: who asks is answered in the same time either way."""
    sealed = base64.b64encode(sealing.seal(email, _ASKED)).decode()
    app.configure_task(MAIL_LINK, queue=QUEUE, allow_unknown=True).defer(asked=sealed)


def asked(sealed: str) -> str:
    """The address for which a link was asked."""
    return str(sealing.unseal(base64.b64decode(sealed), _ASKED))


def send_link(email: str, *, at: datetime) -> None:
    """Put a link into the post, where a request names this address; otherwise nothing."""
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

