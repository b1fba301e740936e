"""The forms at the door, as allauth asks for them, in our words."""

from __future__ import annotations

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def counted_login(request: HttpRequest | None, credentials: dict[str, str] | None) -> str | None:
    """AXES_USERNAME_CALLABLE: under which login failures are counted; capitals make no other login."""
    told = (credentials or {}).get("username") or (request.POST.get("login") if request is not None else None)
    return told.strip().casefold()[:255] if told else None


def counted_address(request: HttpRequest) -> str | None:
    """AXES_CLIENT_IP_CALLABLE: where the request comes from, as many trusted proxies as are set looked behind."""
    from allauth.account.adapter import get_adapter

    return str(get_adapter(request).get_client_ip(request))


def _plain(form: forms.Form) -> None:
    """No placeholder in place of a label."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):
    """登录名和密码."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields.pop("remember", None)
        self.fields["login"].label = gettext_lazy("登录名")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": "60"}
        self.fields["password"].label = gettext_lazy("密码")
        self.fields["password"].help_text = ""

    def clean_login(self) -> str:
        return str(self.cleaned_data["login"]).strip().lower()


class ChangePassword(ChangePasswordForm):
    """换密码: the new one is another one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["oldpassword"].label = gettext_lazy("现在的密码")
        self.fields["password1"].label = gettext_lazy("新密码")
        self.fields["password2"].label = gettext_lazy("再输入一次新密码")
        self.fields["password1"].help_text = gettext_lazy("至少 10 个字符，含大写字母、小写字母、数字、符号中的三种；16 个字符以上的不限种类。不要含姓名和登录名。")

    def clean_password1(self) -> str:
        told = str(self.cleaned_data["password1"])
        if self.user.check_password(told):
            raise ValidationError(_("新密码与现在的相同，请另选一个。"))
        return told


class Again(ReauthenticateForm):
    """再输入一次密码."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["password"].label = gettext_lazy("密码")


def _code(form: forms.Form) -> None:
    _plain(form)
    form.fields["code"].label = gettext_lazy("验证码")
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12", "class": "short"}


class SecondFactor(AuthenticateForm):
    """两步验证: wrong codes count as failed sign-ins, in the database, so that they lock out like wrong passwords."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code(self)
        self.fields["code"].help_text = gettext_lazy("手机验证器上的 6 位数字；没有手机时，用一个恢复码。")
        self.fields["code"].widget.attrs |= {"autofocus": True}

    def clean_code(self) -> str:
        told = {"username": self.user.login}
        self.cleaned_data["code"] = self.cleaned_data["code"].replace(" ", "")
        try:
            if not AxesProxyHandler.is_allowed(context.request, told):
                raise ValidationError(_("失败的次数太多，这个账号已经暂停登录。请过十五分钟再试。"))
            return str(super().clean_code())
        except ValidationError:
            user_login_failed.send(sender=type(self), credentials=told, request=context.request)
            raise


class SecondAgain(SecondReauthenticateForm):
    """再输入一次验证码."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


class SetUpSecondFactor(ActivateTOTPForm):
    """启用两步验证."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _code(self)
        self.fields["code"].help_text = gettext_lazy("扫码后，手机上显示的 6 位数字。")


