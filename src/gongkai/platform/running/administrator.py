"""The first administrator: entered by the machine itself, at the command line."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.actions import create_person, grant_role
from gongkai.platform.organs.errors import Invalid
from gongkai.platform.organs.facts import PersonFacts
from gongkai.platform.organs.roles import RoleKind


def create(login: str, name: str, password: str, email: str, *, at: datetime) -> None:
    """A person with the administrator's role from today on; both or neither."""
    if not password:
        raise Invalid({"password": _("请输入密码：没有密码的账号登录不了。")})
    with transaction.atomic():
        person = create_person(MACHINE, PersonFacts(login=login, name=name, email=email), at=at, password=password, must_change=False)
        grant_role(MACHINE, person.pk, RoleKind.ADMINISTRATOR, since=timezone.localdate(at), at=at)
