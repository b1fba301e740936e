"""Consultations, search tasks, reminders."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.platform.cases.choices import TASK_STATES
from gongkai.platform.organs.models import Organ

from .base import PERSON, pairs
from .requests import Request


class Consultation(models.Model):
    """Somebody whose opinion is asked. When it was sent, received and answered stands in the events, under `ref`."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="consultations")
    ref = models.CharField(max_length=20)  # 征1、征2……
    to = models.CharField(max_length=20)  # gongkai.law.events.Asked
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")  # 本平台上的机关
    party = models.BinaryField()  # 加密：名称、联系方式
    asks = models.BinaryField()  # 加密：征求意见的内容（不写明申请人）
    token_hash = models.CharField(max_length=64, blank=True)  # 网上答复的链接
    token_until = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "ref"], name="cases_consultation_ref")]
        indexes = [models.Index(fields=["token_hash"], condition=~Q(token_hash=""), name="cases_consultation_token")]


class Task(models.Model):
    """A search given to an office of the organ, or to another organ, with its own date. `state` is a cache of the events."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="tasks")
    ref = models.CharField(max_length=20)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    office = models.CharField(max_length=100, blank=True)
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    what = models.BinaryField()  # 加密：检索什么；不含申请人信息
    due_on = models.DateField()
    state = models.CharField(max_length=20, default="open", choices=pairs(TASK_STATES))
    answered_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "ref"], name="cases_task_ref")]
        indexes = [
            models.Index(fields=["organ", "due_on"], condition=Q(state="open"), name="cases_task_open"),
            models.Index(fields=["person", "due_on"], condition=Q(state="open"), name="cases_task_person"),
        ]


class Reminder(models.Model):
    """A reminder that was given: of one term, once for each step before it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="reminders")
    term = models.CharField(max_length=20)  # due、correct_by、pay_by、task、consultation
    ref = models.CharField(max_length=20, blank=True)
    term_on = models.DateField()
    days = models.SmallIntegerField()  # 届满前几个工作日；负为已逾期
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "term", "ref", "term_on", "days"], name="cases_reminder_once")]
