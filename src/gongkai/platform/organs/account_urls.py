"""The addresses of accounts: what allauth gives and we want, under the names that it asks for. The rest is not there."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from .views import account as own

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", own.not_offered, name="account_inactive"),
    path("signup/", own.not_offered, name="account_signup"),
    path("email/", own.not_offered, name="account_email"),
    path("confirm-email/", own.not_offered, name="account_email_verification_sent"),
    path("login/code/confirm/", own.not_offered, name="account_confirm_login_code"),
    path("identity/signup/", own.not_offered, name="socialaccount_signup"),
    path("identity/", own.not_offered, name="socialaccount_connections"),
    path("identity/cancelled/", own.not_offered, name="socialaccount_login_cancelled"),
    path("identity/error/", own.not_offered, name="socialaccount_login_error"),
    path("password/forgotten/", own.forgotten, name="account_reset_password"),
    path("password/none/", own.without_password, name="account_set_password"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("second/", second.index, name="mfa_index"),
    path("second/code/", second.authenticate, name="mfa_authenticate"),
    path("second/again/", second.reauthenticate, name="mfa_reauthenticate"),
    path("second/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("second/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second/recovery/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second/recovery/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second/recovery/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("oidc/<slug:provider_id>/login/", own.to_identity, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", own.from_identity, name="openid_connect_callback"),
]
