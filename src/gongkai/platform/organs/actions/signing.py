"""What lets a person in: passwords issued and changed, the second factor set up and taken away, the sign-in itself."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.platform.journal import By, record
from gongkai.platform.journal.models import PLATFORM_CHAIN
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import Invalid, NotAllowed, NotNow
from gongkai.platform.organs.models import Person
from gongkai.platform.organs.passwords import first_password

from .permission import administering, locked_person, subject_of
from .sessions import ended_sessions


@transaction.atomic
def issue_password(actor: Actor, person_id: int, *, at: datetime) -> str:
    """Make a new first password, end every session, and give it back once; it must be changed at the first sign-in."""
    by = administering(actor)
    person = locked_person(person_id)
    if not person.is_active:
        raise NotNow("此人已停用，请先恢复。", "The person is deactivated.")
    if person.pk == actor.person:
        raise NotAllowed("自己的密码请在“修改密码”里更换。", "Change your own password yourself.")
    made = first_password()
    person.set_password(made)
    person.must_change_password = True
    person.save()
    changes = {"sessions": ended_sessions(person)}
    record(by, "organs.issue_password", subject_of(person), chain=PLATFORM_CHAIN, at=at, changes=changes)
    return made


@transaction.atomic
def own_password_changed(actor: Actor, *, at: datetime, keep_session: str = "") -> None:
    """The person has set a password of their own; other sessions end."""
    if actor.person is None:
        raise NotAllowed("请先登录。", "Sign in first.")
    person = locked_person(actor.person)
    person.must_change_password = False
    person.save(update_fields=["must_change_password"])
    changes = {"sessions": ended_sessions(person, keep_session)}
    record(actor.by(), "organs.change_password", subject_of(person), chain=PLATFORM_CHAIN, at=at, changes=changes)


@transaction.atomic
def reset_second_factor(actor: Actor, person_id: int, *, reason: str, at: datetime) -> None:
    """Take away a second factor that was lost; the person sets it up anew at the next sign-in."""
    by = administering(actor)
    person = locked_person(person_id)
    if person.pk == actor.person:
        raise NotAllowed("自己的两步验证不能由自己重置；请由另一名系统管理员办理。", "Nobody resets their own second factor.")
    if not reason.strip():
        raise Invalid({"reason": _("请写明重置的理由，例如手机遗失并已当面核实身份。")})
    removed, _kinds = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise NotNow("此人没有启用两步验证。", "The person has no second factor.")
    changes = {"sessions": ended_sessions(person)}
    record(by, "organs.reset_second_factor", subject_of(person), chain=PLATFORM_CHAIN, at=at, changes=changes, reason=reason)


@transaction.atomic
def note_sign_in(person_id: int, verb: str, *, at: datetime, how: str = "") -> None:
    """What happened at the door, told by the machine that watches it: signed in, locked out, second factor set up or removed."""
    person = locked_person(person_id)
    changes = {"how": how} if how else {}
    record(By(person.pk, person.name, ""), verb, subject_of(person), chain=PLATFORM_CHAIN, at=at, changes=changes)


@transaction.atomic
def know_identity(issuer: str, subject: str, login: str, *, at: datetime) -> Person | None:
    """The person whom the unified identity means: bound to this subject, else, where nothing is bound yet, of this login.

    The subject is bound at the first sign-in, so that a login given to somebody else later opens nothing.
    """
    found = Person.objects.select_for_update().filter(identity=subject).first()
    if found is None and login:
        found = Person.objects.select_for_update().filter(login=login.strip().lower(), identity="", is_active=True).first()
        if found is not None:
            found.identity = subject
            found.version += 1
            found.save(update_fields=["identity", "version"])
            changes = {"identity": "已绑定", "issuer": issuer}
            record(By(found.pk, found.name, ""), "organs.bind_identity", subject_of(found), chain=PLATFORM_CHAIN, at=at, changes=changes)
    return found
