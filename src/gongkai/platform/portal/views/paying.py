"""What the payment service tells us: an order was paid. Signed with the shared secret; told again, answered alike."""

from __future__ import annotations

import json
import time
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gongkai.platform.cases import payments
from gongkai.platform.cases.actions import paying
from gongkai.platform.cases.errors import Invalid, NotFound
from gongkai.platform.cases.signing import LONGEST, holds
from gongkai.platform.pages import bounds


@csrf_exempt  # 不是浏览器来的；凭签名
@require_POST
def callback(request: HttpRequest) -> HttpResponse:
    """{"order", "amount", "paid_at", "receipt"}: 200 once it is recorded, or was; 4xx where it cannot be ours."""
    account = payments.account()
    if account is None:
        return HttpResponse(status=404)
    if bounds.number(request.headers.get("Content-Length") or "0", LONGEST) is None:
        return HttpResponse(status=413)
    moment, signed = request.headers.get("X-Gongkai-Time", ""), request.headers.get("X-Gongkai-Signature", "")
    if not holds(account.secret, moment, signed, request.body, time.time()):
        return JsonResponse({"error": "signature"}, status=403)
    told = _told(request.body)
    if told is None:
        return JsonResponse({"error": "fields"}, status=400)
    try:
        return JsonResponse({"state": paying.received(told, at=timezone.now())})
    except NotFound:
        return JsonResponse({"error": "order"}, status=404)
    except Invalid:
        return JsonResponse({"error": "amount"}, status=409)


def _told(body: bytes) -> paying.Told | None:
    try:
        fields = json.loads(body)
        paid_at = datetime.fromisoformat(str(fields["paid_at"]))
        amount = Decimal(str(fields["amount"]))
        if timezone.is_naive(paid_at) or not bounds.FIRST.year < paid_at.year < bounds.LAST.year or not amount.is_finite():
            return None
        return paying.Told(_plain(fields["order"])[:40], amount, paid_at, _plain(fields.get("receipt"))[:100])
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError):
        return None


def _plain(text: object) -> str:
    """On one line, without signs that cannot be kept."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(text or "")).split())
