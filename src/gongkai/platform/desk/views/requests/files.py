"""Files of a request, opened for whoever may read it; and its bundle, which is journaled when it is taken out."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.platform.cases.actions import exporting
from gongkai.platform.cases.queries import bundle as bundles
from gongkai.platform.desk.views.door import desk, page
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.pages import sending

from .case import case_crumbs, frame


@require_safe
@desk
def file(request: HttpRequest, request_id: int, number: int) -> HttpResponse:
    """A file as it was given; pictures may be shown, everything else is saved."""
    found = bundles.file(current_actor(request), request_id, number)
    return sending.private(found.name, found.media_type, found.data, inline=found.media_type in sending.PICTURES)


@require_safe
@desk
def bundle(request: HttpRequest, request_id: int) -> HttpResponse:
    """卷内目录."""
    held = bundles.bundle(current_actor(request), request_id, timezone.localdate())
    context = frame(held.case) | {
        "pieces": held.pieces, "ledger": held.ledger, "removed": [each for each in held.case.files if each.removed_at is not None],
    }  # fmt: skip
    return page(request, "requests/bundle", context, case_crumbs(held.case, _("案卷")))


@require_POST
@desk
def bundle_zip(request: HttpRequest, request_id: int) -> HttpResponse:
    """The whole bundle, opened; who took it out, and its digest, go into the journal before it leaves."""
    actor, now = current_actor(request), timezone.now()
    held = bundles.bundle(actor, request_id, timezone.localdate())
    data = bundles.packed(held)
    exporting.bundle_exported(actor, request_id, files=len(held.pieces), size=len(data), digest=hashlib.sha256(data).hexdigest(), at=now)
    return sending.private(f"{held.case.number}-案卷.zip", "application/zip", data)
