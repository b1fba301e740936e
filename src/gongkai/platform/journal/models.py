"""What the journal keeps: entries in chains, each hashed with the one before. The database itself refuses any change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

PLATFORM_CHAIN = 0  # 平台自身的事务；各机关的链以机关编号为号
ADMINISTRATION = Q(chain=PLATFORM_CHAIN) | Q(verb__startswith="organs.")  # 系统管理员可看的：不含任何内容


class Entry(models.Model):
    """One action: who, in which role, when, on what, what changed, why."""

    chain = models.BigIntegerField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    person = models.BigIntegerField(null=True)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=40)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)  # "catalogue.item:17"
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="journal_one_place_each")]
        indexes = [models.Index(fields=["subject", "number"]), models.Index(fields=["-at"]), models.Index(fields=["-at", "-id"], condition=ADMINISTRATION, name="journal_administration")]


class Head(models.Model):
    """Where a chain ends. Written by the database's trigger alone."""

    chain = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
