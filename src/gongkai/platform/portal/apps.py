"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongkai.platform.portal"
    label = "portal"
