"""A request, its events, its files."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from gongkai.platform.cases.choices import APPLICANTS, CHANNELS, FILES, STATES, State
from gongkai.platform.organs.models import Organ

from .base import PERSON, pairs


class Request(models.Model):
    """One application (政府信息公开申请). What follows from its events is a cache of them."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="requests")
    number = models.CharField(max_length=60)  # 登记编号
    channel = models.CharField(max_length=20, choices=pairs(CHANNELS))
    applicant_kind = models.CharField(max_length=20, choices=pairs(APPLICANTS))
    oral = models.BooleanField(default=False)  # 第二十九条第一款：口头提出，由工作机构代为填写
    needs_help = models.BooleanField(default=False)  # 第四十三条：阅读、视听困难
    registered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")  # 网上提交的没有
    registered_at = models.DateTimeField()
    officer = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")  # 承办人
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="units")  # 由哪一件拆分
    leading = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")  # 与哪一件合并答复
    came_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="went_to")  # 由哪一件移送而来
    imported = models.BooleanField(default=False)
    code_hash = models.CharField(max_length=64, blank=True)  # 查询码的散列

    # 加密
    applicant = models.BinaryField()  # values.Applicant
    content = models.BinaryField()  # values.Asked
    name_hash = models.CharField(max_length=40, blank=True)
    identity_hash = models.CharField(max_length=40, blank=True)
    contact_hashes = ArrayField(models.CharField(max_length=40), default=list)  # 电话、电子邮箱
    marks = ArrayField(models.IntegerField(), default=list)  # 所申请内容的词对，见 sealing.marks

    # 由事项推出（standing.Standing）
    state = models.CharField(max_length=24, choices=pairs(STATES), default=State.AWAITING_CONFIRMATION.value)
    submitted_on = models.DateField()
    received_on = models.DateField(null=True)  # 收到申请之日；表三按此计入年度
    counts_from = models.DateField(null=True)  # 答复期限自此起算（补正、缴费后重新起算）
    due_on = models.DateField(null=True)
    correct_by = models.DateField(null=True)
    pay_by = models.DateField(null=True)
    next_on = models.DateField(null=True)  # 最近的一个期限：答复、补正、缴费
    provisional = models.BooleanField(default=False)
    extended = models.BooleanField(default=False)
    violations = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True)
    reply = models.CharField(max_length=40, blank=True)  # gongkai.law.replies 的键
    outcome = models.CharField(max_length=40, blank=True)  # 表三的结果项（2021 版）
    late_days = models.PositiveSmallIntegerField(default=0)  # 逾期答复的，逾几个工作日
    calendar_mark = models.CharField(max_length=64, blank=True)  # 据以计算的日历
    moved_at = models.DateTimeField()
    events_taken = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organ", "number"], name="cases_number_once")]
        indexes = [
            models.Index(fields=["organ", "-submitted_on", "-id"], name="cases_newest"),
            models.Index(fields=["organ", "state", "-submitted_on", "-id"], name="cases_state"),
            models.Index(fields=["organ", "due_on"], condition=Q(state=State.OPEN.value), name="cases_due"),
            models.Index(fields=["next_on", "id"], condition=Q(next_on__isnull=False), name="cases_next"),
            models.Index(fields=["organ", "received_on", "applicant_kind"], name="cases_received"),
            models.Index(fields=["organ", "ended_on", "applicant_kind", "outcome"], condition=Q(ended_on__isnull=False), name="cases_ended"),
            models.Index(fields=["organ", "officer", "state"], name="cases_officer"),
            models.Index(fields=["identity_hash", "-submitted_on"], condition=~Q(identity_hash=""), name="cases_identity"),
            models.Index(fields=["name_hash", "-submitted_on"], condition=~Q(name_hash=""), name="cases_name"),
            models.Index(fields=["code_hash"], condition=~Q(code_hash=""), name="cases_code"),
            GinIndex(fields=["contact_hashes"], name="cases_contact", fastupdate=False),
            GinIndex(fields=["marks"], name="cases_marks", fastupdate=False),
        ]


class Event(models.Model):
    """One thing that happened to a request, on a day. Appended, never changed; a mistake is corrected by a later `rectified`."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)  # happenings.KINDS
    on = models.DateField()
    law = models.JSONField(default=dict)  # gongkai.law.events 的字段
    facts = models.JSONField(default=dict)  # 不含个人信息
    sealed = models.BinaryField(null=True)  # 文字：理由、意见、说明
    letter = models.ForeignKey("Letter", models.PROTECT, null=True, related_name="events")
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=30)  # RoleKind，或 applicant、asked、system
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)  # 事项内容的摘要，写入操作日志

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="cases_event_number")]
        indexes = [models.Index(fields=["on"], condition=Q(kind="fee_noticed"), name="cases_event_fees")]


class CaseFile(models.Model):
    """A file of a case, sealed on the disk (cases.keeping)."""

    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="files")
    number = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=pairs(FILES))
    name = models.BinaryField()  # 加密的文件名
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)  # 密文的 SHA-256，即其文件名
    fingerprint = models.CharField(max_length=64)  # 明文的带钥散列
    shown = models.BooleanField(default=False)  # 申请人可以看到
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "number"], condition=Q(request__isnull=False), name="cases_file_number")]
        indexes = [models.Index(fields=["digest"])]
