"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "gongkai.platform.running"
    label = "running"
