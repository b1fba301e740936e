"""What is kept beside the queue's own tables: why jobs failed, and when each sweep last ran."""

from __future__ import annotations

from django.db import models


class Failure(models.Model):
    """One attempt at a job that failed: the kind of error and the place, never its message, which may hold personal data."""

    job = models.BigIntegerField(db_index=True)
    task = models.CharField(max_length=128)
    attempt = models.PositiveIntegerField()
    at = models.DateTimeField()
    error = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["-at"])]


class Sweep(models.Model):
    """When a sweep last ran, when it last succeeded, how much it did, and what stopped it."""

    name = models.CharField(max_length=100, primary_key=True)
    at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)
    did = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
