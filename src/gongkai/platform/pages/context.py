"""What every template knows of the site and of its reader."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from .preferences import LANGUAGES, Preferences


def site(request: HttpRequest) -> dict[str, object]:
    wished = getattr(request, "preferences", Preferences())
    return {
        "site_name": settings.SITE_NAME,
        "public_url": settings.PUBLIC_URL,
        "reading": wished,
        "languages": [(key, short, tag, key == wished.language) for key, (short, tag) in LANGUAGES.items()],
    }
