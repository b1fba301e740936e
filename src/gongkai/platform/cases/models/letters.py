"""Letters, their templates and letterheads, their numbers."""

from __future__ import annotations

from django.db import models

from gongkai.platform.cases.choices import LETTER_STATES, WAYS, LetterState
from gongkai.platform.organs.models import Organ

from .base import PERSON, pairs
from .requests import CaseFile, Request


class Template(models.Model):
    """A version of a letter's text (DOCX), for an organ and the organs under it, from a day on."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    key = models.CharField(max_length=30)  # gongkai.law.letters 的键
    version = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    docx = models.BinaryField()  # 不含个人信息，不加密
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organ", "key", "version"], name="cases_template_version")]


class Letterhead(models.Model):
    """What an organ prints in its letters, from a day on: its sign in the numbers, remedy body and court, how fees are paid. Nothing personal."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    since = models.DateField()
    code = models.CharField(max_length=20, blank=True)  # 机关代字；空：简称
    body = models.CharField(max_length=200, blank=True)  # 行政复议机关
    court = models.CharField(max_length=200, blank=True)  # 人民法院
    channel = models.CharField(max_length=200, blank=True)  # 网上申请行政复议的途径（行政复议法第二十二条第二款）
    payment = models.CharField(max_length=600, blank=True)  # 信息处理费的缴纳方式
    wording = models.JSONField(default=dict)  # 答复情形的键 → 法制机构自拟的救济告知（gongkai.law.remedies.Wording）
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["organ", "since"], name="cases_letterhead_since")]


class Letter(models.Model):
    """A letter of a case: drafted, reviewed, signed (numbered), served. `state` is a cache of its events."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="letters")
    key = models.CharField(max_length=30)  # gongkai.law.letters 的键
    reply = models.CharField(max_length=40, blank=True)  # 答复书：gongkai.law.replies 的键
    consultation = models.ForeignKey("Consultation", models.PROTECT, null=True, related_name="letters")
    state = models.CharField(max_length=20, choices=pairs(LETTER_STATES), default=LetterState.DRAFTED.value)
    fields = models.BinaryField()  # 加密：文书各处所填（letters.Fields），随每次修改更换
    law = models.JSONField(default=dict)  # 送达时发生的法律事项的字段：answer_by、workdays、amount、until、outcome
    template = models.ForeignKey(Template, models.PROTECT, null=True, related_name="+")  # 空：随装的文本
    number = models.CharField(max_length=80, blank=True)  # 文号，签发时编
    dated = models.DateField(null=True)  # 落款日期
    docx = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="+")
    check_code = models.CharField(max_length=64, blank=True)  # 校验码的散列
    drafted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=20, blank=True, choices=pairs(WAYS))
    served_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)  # 送达申请人之日：签收、查看
    tracking = models.BinaryField(null=True)  # 加密的邮件号

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["request", "key"])]


class LetterNumber(models.Model):
    """Every letter number ever given; never re-used."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    series = models.CharField(max_length=30)
    year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=80)
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="given")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["organ", "series", "year", "serial"], name="cases_serial_once"),
            models.UniqueConstraint(fields=["organ", "number"], name="cases_letter_number_once"),
        ]


class Serial(models.Model):
    """The last number given in a series of an organ in a year: requests, letters, remedies. Locked until the transaction ends: no gaps."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    series = models.CharField(max_length=30)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organ", "series", "year"], name="cases_serial_of_year")]
