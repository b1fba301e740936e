"""The web application for granian, with one address for the reverse proxy and for monitoring: /-/health."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection

from gongkai.platform.journal import marks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.platform.settings.project")
_django = get_wsgi_application()
marks.look()
connection.close()
StartResponse = Callable[..., Any]


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    if environ.get("PATH_INFO") == "/-/health":
        return _health(start_response)
    return _django(environ, start_response)


def _health(start_response: StartResponse) -> Iterable[bytes]:
    """200 where the database answers, 503 where it does not; nothing else is told."""
    from django.db.utils import Error

    try:
        connection.close_if_unusable_or_obsolete()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        status, said = "200 OK", b"ok\n"
    except Error:
        connection.close()
        status, said = "503 Service Unavailable", b"database\n"
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(said))), ("Cache-Control", "no-store")])
    return [said]
