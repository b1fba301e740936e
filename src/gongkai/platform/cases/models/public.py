"""What is kept for the applicant's side: messages, payments, what is not yet filed, posted forms, links, limits, offers."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gongkai.platform.cases.choices import FILES
from gongkai.platform.organs.models import Organ

from .base import PERSON, pairs
from .remedies import Remedy
from .requests import Request


class Notice(models.Model):
    """A message to an applicant or an officer, put down in the action's transaction and sent by the worker."""

    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="notices")
    key = models.CharField(max_length=40)  # notices.KINDS
    channel = models.CharField(max_length=10)  # email、sms、desk
    to = models.BinaryField(null=True)  # 加密的地址
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")  # 给工作人员的
    remedy = models.ForeignKey(Remedy, models.PROTECT, null=True, related_name="notices")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    link = models.BinaryField(null=True)  # 加密：一次性的链接；发出后即清除
    language = models.CharField(max_length=4, default="zh")  # zh；both：中文、英文各一份
    state = models.CharField(max_length=10, default="waiting")  # waiting、sent、failed；desk、none（没有可用的联系方式）
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=100, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "-at"], condition=Q(person__isnull=False), name="cases_notice_person"),
            models.Index(fields=["person"], condition=Q(channel="desk", read_at__isnull=True), name="cases_notice_unread"),
            models.Index(fields=["state", "at"], condition=Q(state__in=["waiting", "failed"]), name="cases_notice_waiting"),
        ]


class Payment(models.Model):
    """An order for a fee placed with the payment service: one for each fee notice. No names, no contents."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="payments")
    notice = models.PositiveIntegerField()  # 收费通知的事项号
    reference = models.CharField(max_length=40, unique=True)  # 给缴费接口的订单号
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    address = models.BinaryField(null=True)  # 加密：缴费页面的网址
    state = models.CharField(max_length=10, default="open")  # open、paid、unmatched（已到账，但本件已不能登记缴费）
    at = models.DateTimeField()
    paid_on = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)  # 缴费接口告知的时间

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "notice"], name="cases_payment_once")]


class Unfiled(models.Model):
    """What somebody has typed into the public form and not yet filed, sealed; found again by a token that only their browser has."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["at"])]


class UnfiledFile(models.Model):
    """A file uploaded to the public form and not yet filed: sealed here, gone with what was typed."""

    unfiled = models.ForeignKey(Unfiled, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=20, choices=pairs(FILES))
    name = models.BinaryField()  # 加密
    data = models.BinaryField()  # 加密
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()


class DoorLink(models.Model):
    """A link that was sent to an e-mail address: opens, once, the requests that name this address. The address is kept as a hash."""

    token_hash = models.CharField(max_length=64, unique=True)
    contact_hash = models.CharField(max_length=40)
    at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["until"])]


class Spent(models.Model):
    """How much of a limit is used up: the moment at which it is whole again. The key is hashed: no address, no number."""

    key = models.CharField(max_length=64, primary_key=True)
    whole_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["whole_at"])]


class Filed(models.Model):
    """A form that was posted: the second post of the same form gets the first one's answer. `key` is the form's own random number, hashed."""

    key = models.CharField(max_length=64, primary_key=True)
    action = models.CharField(max_length=40)
    request = models.ForeignKey(Request, models.CASCADE, null=True, related_name="+")
    answer = models.BinaryField(null=True)  # 加密的查询码
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["at"])]


class Offered(models.Model):
    """Before filing, published items were offered; whether they helped. No text, no person."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    items = ArrayField(models.BigIntegerField())
    answer = models.CharField(max_length=10, blank=True)  # helped、filed
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["organ", "at"])]


class Batch(models.Model):
    """An uploaded register between its preview and its confirmation. Emptied once it is done or dropped."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows = models.BinaryField(null=True)  # 加密
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")  # open、done、dropped
    done_at = models.DateTimeField(null=True)
    summary = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
