"""Sign-in as allauth asks us: nobody registers themselves, people come from the administrator."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Passwords: no open registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Unified identity: it signs in people whom we know, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False
