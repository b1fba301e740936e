"""Sign-in as allauth asks us: nobody registers themselves, people come from the administrator."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import actions

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.contrib.auth.base_user import AbstractBaseUser

_FRESH_SECONDS = 300
NOWHERE = "0.0.0.0"


class AccountAdapter(DefaultAccountAdapter):
    """Passwords: no open registration; failures are counted by axes, in the database."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy("登录名或密码不正确。请核对后再试；忘记密码的，请与本机关的系统管理员联系。"),
        "invalid_login": gettext_lazy("登录名或密码不正确。请核对后再试；忘记密码的，请与本机关的系统管理员联系。"),
        "too_many_login_attempts": gettext_lazy("尝试的次数太多。请过五分钟再试。"),
        "incorrect_password": gettext_lazy("密码不正确。"),
        "rate_limited": gettext_lazy("尝试的次数太多。请过五分钟再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """allauth would count in this process's memory; axes counts for all of them."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from; behind a Unix socket nobody says."""
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return NOWHERE

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("organs:me")

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return refused(request, *DEACTIVATED)

    def is_reauthentication_required(self, *, app: str, **more: object) -> bool:
        """Not for those who have signed in within the last five minutes."""
        records = self.request.session.get("account_authentication_methods", ())
        return not any(time.time() - float(each.get("at", 0)) < _FRESH_SECONDS for each in records)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: its words, and no taking away where it is required."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("验证码不正确。请等下一个验证码出现后再试，并核对手机的时间。"),
        "cannot_delete_authenticator": gettext_lazy("您的角色必须使用两步验证，不能停用。换手机的，请系统管理员重置。"),
    }

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    def can_delete_authenticator(self, authenticator: object) -> bool:
        from .acting import actor_of
        from .requests import second_factor_required

        return not second_factor_required(actor_of(authenticator.user, timezone.localdate()))  # type: ignore[attr-defined]


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Unified identity: it signs in people whom we know, and makes none. Whom it means is looked up anew each time."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        account = sociallogin.account
        told = account.get_provider_account().get_user_data() or {}
        claim = settings.OIDC_CLAIM
        person = actions.know_identity(settings.OIDC_ISSUER, account.uid, str(told.get(claim) or "") if claim else "", at=timezone.now())
        if person is None:
            raise ImmediateHttpResponse(refused(request, *UNKNOWN))
        if not person.is_active:
            raise ImmediateHttpResponse(refused(request, *DEACTIVATED))
        if sociallogin.is_existing and sociallogin.user.pk != person.pk:
            SocialAccount.objects.filter(provider=account.provider, uid=account.uid).delete()
            account.pk = None
        if account.pk is None:
            sociallogin.connect(request, person)

    def on_authentication_error(self, request: HttpRequest, provider: object, **more: object) -> None:
        """Out of reach, or an answer that does not fit."""
        raise ImmediateHttpResponse(refused(request, *UNREACHABLE))


UNKNOWN = (
    403,
    gettext_lazy("统一身份认证已通过，但本平台没有对应的人员"),
    gettext_lazy("您的统一身份没有与本平台的任何人员绑定。本平台的人员由系统管理员登记，不能自行注册。"),
    gettext_lazy("请与本机关的系统管理员联系，登记人员并绑定您的统一身份标识；已有登录名和密码的，可以直接用它们登录。"),
)
DEACTIVATED = (
    403,
    gettext_lazy("这个账号已停用"),
    gettext_lazy("系统管理员已停用您在本平台的账号。"),
    gettext_lazy("如需恢复，请与本机关的系统管理员联系。"),
)
CANCELLED = (
    200,
    gettext_lazy("已取消统一身份认证"),
    gettext_lazy("您在统一身份认证页面上取消了登录。"),
    gettext_lazy("可以重新登录，也可以用登录名和密码登录。"),
)
UNREACHABLE = (
    502,
    gettext_lazy("统一身份认证暂时不能用"),
    gettext_lazy("本平台连接不上统一身份认证系统，或者收到的答复不完整、已过期。"),
    gettext_lazy("请过几分钟重试；有登录名和密码的，可以直接用它们登录。仍然不行的，请告诉系统管理员。"),
)


def refused(request: HttpRequest, status: int, title: object, what: object, do: object) -> HttpResponse:
    """The page that says why somebody cannot sign in, and what to do."""
    context = {"title": title, "what": what, "do": do, "kept": _("没有任何内容被改动或丢失。")}
    return render(request, "account/refused.html", context, status=status)
