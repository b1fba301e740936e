"""What allauth and axes tell of at the door, written into the journal."""

from __future__ import annotations

from allauth.account.signals import password_changed, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from . import actions
from .acting import actor_of
from .models import Person

_HOW = {"password": "密码", "socialaccount": "统一身份", "mfa": "两步验证"}


@receiver(user_logged_in)
def signed_in(sender: object, request: HttpRequest, user: Person, **_more: object) -> None:
    methods = [_HOW[each["method"]] for each in request.session.get("account_authentication_methods", ()) if each.get("method") in _HOW]
    actions.note_sign_in(user.pk, "organs.sign_in", at=timezone.now(), how="、".join(dict.fromkeys(methods)))


@receiver(user_locked_out)
def locked_out(sender: object, request: HttpRequest, username: str, **_more: object) -> None:
    """Told of people whom there are; of a login that nobody has, nothing is kept but axes's count."""
    if found := Person.objects.filter(login=username).first():
        actions.note_sign_in(found.pk, "organs.lock_out", at=timezone.now())


@receiver(password_changed)
@receiver(password_set)
def own_password(sender: object, request: HttpRequest, user: Person, **_more: object) -> None:
    actor = actor_of(Person.objects.get(pk=user.pk), timezone.localdate())
    actions.own_password_changed(actor, at=timezone.now(), keep_session=request.session.session_key or "")


@receiver(authenticator_added)
def second_factor_added(sender: object, user: Person, authenticator: object, **_more: object) -> None:
    actions.note_sign_in(user.pk, "organs.add_second_factor", at=timezone.now(), how=authenticator.type)  # type: ignore[attr-defined]


@receiver(authenticator_removed)
def second_factor_removed(sender: object, user: Person, authenticator: object, **_more: object) -> None:
    actions.note_sign_in(user.pk, "organs.remove_second_factor", at=timezone.now(), how=authenticator.type)  # type: ignore[attr-defined]
