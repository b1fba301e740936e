"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "gongkai.platform.queue"
    label = "queue"
