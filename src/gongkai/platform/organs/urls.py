"""The addresses of one's own account and of the administrator's pages."""

from __future__ import annotations

from django.urls import path

from .views import account

app_name = "organs"
urlpatterns = [
    path("account/me/", account.me, name="me"),
    path("account/sessions/", account.sessions, name="sessions"),
]
