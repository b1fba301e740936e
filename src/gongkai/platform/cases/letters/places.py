"""Where letters send people on line: to follow a request, to check a letter, to answer a consultation. Addresses of the portal."""

from __future__ import annotations

from django.conf import settings

from gongkai.platform.organs.models import Organ

FOLLOW, VERIFY, OPINION = "/requests/", "/requests/verify/", "/opinion/"


def follow_words(organ: Organ) -> str:
    """查询办理进度的方式."""
    line = f"凭登记编号和查询码在{_site(FOLLOW)}查询"
    return f"{line}；或者致电{organ.office_name or organ.name}：{organ.office_phone}。" if organ.office_phone else f"{line}；或者向{organ.office_name or organ.name}查询。"


def verify_words() -> str:
    """核验方式, beside the check code."""
    return f"（可在{_site(VERIFY)}核对本文书的真伪）"


def opinion_link(token: str) -> str:
    return f"{settings.PUBLIC_URL}{OPINION}{token}/"


def _site(path: str) -> str:
    """The address where one is known; else the name of the platform."""
    return f"{settings.PUBLIC_URL.removeprefix('https://').removeprefix('http://')}{path}" if settings.PUBLIC_URL else f"“{settings.SITE_NAME}”"
