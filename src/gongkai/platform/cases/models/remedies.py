"""Reconsiderations, lawsuits, complaints."""

from __future__ import annotations

from django.db import models

from gongkai.platform.cases.choices import REMEDIES
from gongkai.platform.organs.models import Organ

from .base import PERSON, pairs
from .requests import CaseFile, Request


class Remedy(models.Model):
    """A reconsideration, a lawsuit or a complaint against what was done with a request. Its standing follows from its events."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="remedies")
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="remedies")
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")  # 复议后起诉
    number = models.CharField(max_length=60)
    kind = models.CharField(max_length=40, choices=pairs(REMEDIES))
    body = models.CharField(max_length=200)  # 复议机关、人民法院、受理投诉的机关
    claimant_kind = models.CharField(max_length=20, blank=True)
    sealed = models.BinaryField()  # 加密：申请人（原告）、请求、事实
    judgment = models.CharField(max_length=30, default="pending")  # gongkai.law.remedies.JUDGMENTS 的键
    result = models.CharField(max_length=20, default="pending")  # 表四的列
    filed_on = models.DateField()  # 收到复议答复通知、应诉通知之日
    answer_by = models.DateField(null=True)
    next_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    registered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField()
    events_taken = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organ", "number"], name="cases_remedy_number")]
        indexes = [
            models.Index(fields=["organ", "-filed_on"], name="cases_remedy_newest"),
            models.Index(fields=["organ", "kind", "result", "ended_on"], name="cases_remedy_counted"),
        ]


class RemedyEvent(models.Model):
    """One thing that happened in a remedy. Appended, never changed."""

    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    on = models.DateField()
    facts = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    file = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=30)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["remedy", "number"], name="cases_remedy_event_number")]
