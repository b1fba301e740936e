"""What is kept of requests. Events are never changed or removed; everything personal is sealed (cases.sealing)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from gongkai.platform.organs.models import Organ

from .choices import (
    APPLICANTS,
    CHANNELS,
    FILES,
    LETTER_STATES,
    REMEDIES,
    STATES,
    TASK_STATES,
    WAYS,
    Labels,
    LetterState,
    State,
)

PERSON = settings.AUTH_USER_MODEL


def _pairs(labels: dict | Labels) -> list[tuple[str, str]]:
    return [(str(key), words[0]) for key, words in labels.items()]


class Request(models.Model):
    """One application (政府信息公开申请). What follows from its events is a cache of them."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="requests")
    number = models.CharField(max_length=60)  # 登记编号
    channel = models.CharField(max_length=20, choices=_pairs(CHANNELS))
    applicant_kind = models.CharField(max_length=20, choices=_pairs(APPLICANTS))
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
    state = models.CharField(max_length=24, choices=_pairs(STATES), default=State.AWAITING_CONFIRMATION.value)
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
    kind = models.CharField(max_length=20, choices=_pairs(FILES))
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
    state = models.CharField(max_length=20, choices=_pairs(LETTER_STATES), default=LetterState.DRAFTED.value)
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
    way = models.CharField(max_length=20, blank=True, choices=_pairs(WAYS))
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
    state = models.CharField(max_length=20, default="open", choices=_pairs(TASK_STATES))
    answered_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "ref"], name="cases_task_ref")]
        indexes = [
            models.Index(fields=["organ", "due_on"], condition=Q(state="open"), name="cases_task_open"),
            models.Index(fields=["person", "due_on"], condition=Q(state="open"), name="cases_task_person"),
        ]


class Remedy(models.Model):
    """A reconsideration, a lawsuit or a complaint against what was done with a request. Its standing follows from its events."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="remedies")
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="remedies")
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")  # 复议后起诉
    number = models.CharField(max_length=60)
    kind = models.CharField(max_length=40, choices=_pairs(REMEDIES))
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
    kind = models.CharField(max_length=20, choices=_pairs(FILES))
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
