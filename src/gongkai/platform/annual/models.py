"""What is kept of annual reports: figures entered (appended, never changed), reports, their versions and steps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KeyTextTransform

from gongkai.platform.organs.models import Organ

from .indicators import INDICATORS
from .states import STATES

PERSON = settings.AUTH_USER_MODEL


class FigureBatch(models.Model):
    """An imported table of figures; rows are emptied once it is done or dropped."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)  # 来源的列名 → 指标、渠道
    rows = models.JSONField(default=list)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")  # open、done、dropped
    done_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()


class FigureEntry(models.Model):
    """A figure as somebody entered it. The last entry for a place holds; earlier ones stay visible."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=40, choices=[(each.key, each.zh) for each in INDICATORS])
    channel = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()  # 0：全年一笔
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)  # 空：撤销此前登记，未知
    about = models.BooleanField(default=False)  # “余”“多”：约数
    evidence = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=400, blank=True)  # 更正的理由
    batch = models.ForeignKey(FigureBatch, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["organ", "year", "indicator", "channel", "month", "id"], name="annual_figure_place")]


class Report(models.Model):
    """An organ's report on a year. `state` is a cache of its steps."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=10)
    state = models.CharField(max_length=20, choices=[(key.value, words[0]) for key, words in STATES.items()])
    title = models.CharField(max_length=300, blank=True)
    prose = models.JSONField(default=list)  # 六个部分的正文，数字可以是记号 {{指标}}
    prose_number = models.PositiveIntegerField(default=0)  # 正文改过几次
    tables = models.JSONField(null=True)  # 交换格式的三张表，最近一次汇编
    behind = models.JSONField(null=True)  # 各格后面的记录
    compiled_at = models.DateTimeField(null=True)
    explanations = models.JSONField(default=dict)  # 发现 → 说明
    frozen = models.JSONField(null=True)  # 签发时定稿：交换格式
    digest = models.CharField(max_length=64, blank=True)
    published_on = models.DateField(null=True)
    drafters = models.JSONField(default=list)
    summed = models.BooleanField(default=False)  # 各级政府的：本机关加上所接收的各机关（第四十九条第二款）
    summing = models.JSONField(null=True)  # 汇总范围（不计入的、理由）；汇编时计入的各份报告、缺的机关、重复计的申请
    moved_at = models.DateTimeField()
    steps_taken = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organ", "year"], name="annual_one_report_a_year")]
        indexes = [models.Index(fields=["year", "state"])]


class Step(models.Model):
    """One thing that was done. Appended, never changed."""

    number = models.PositiveIntegerField()
    action = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        abstract = True


class ReportStep(Step):
    """One thing that was done with a report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="annual_step_number")]


class ProseVersion(models.Model):
    """The prose as somebody saved it. Appended, never changed."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    prose = models.JSONField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="annual_prose_number")]


class Comment(models.Model):
    """A remark on words of a draft, by somebody who may see it. Never part of the report; appended, never changed."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="comments")
    section = models.PositiveSmallIntegerField()  # 1–6
    quote = models.CharField(max_length=300, blank=True)  # 针对的原文；空：整个部分
    version = models.PositiveIntegerField()  # 批注时正文的版次
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()


class CommentTurn(models.Model):
    """What followed on a comment: an answer, resolved, reopened. Appended; whether it is open follows from the last one."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="turns")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)  # reply、resolve、reopen
    text = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="annual_comment_turn")]


class Sentence(models.Model):
    """An organ's own wording of a suggested sentence, or one of its own. The last entry of a key holds; earlier ones stay."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)  # 平台自带句子的键，或者 own-序号
    section = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=600, blank=True)  # 空：不用这一句
    restored = models.BooleanField(default=False)  # 恢复平台自带的
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["organ", "key", "id"], name="annual_sentence_key")]


class Publication(models.Model):
    """A published version, as the public reads it: frozen, hashed. A later correction is a further version with its reason."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="publications")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    data = models.JSONField()  # 交换格式
    title = models.GeneratedField(expression=KeyTextTransform("title", "data"), output_field=models.TextField(null=True), db_persist=True)  # 列表不必打开全文
    published = models.GeneratedField(expression=KeyTextTransform("published", "data"), output_field=models.TextField(null=True), db_persist=True)
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "version"], name="annual_version_once")]
        indexes = [models.Index(fields=["year", "organ", "-version"])]


class Received(models.Model):
    """A report that a superior received: handed in on the platform, or uploaded and read. What it says is never changed; how doubts were settled stands beside it."""

    superior = models.ForeignKey(Organ, models.PROTECT, related_name="received_reports")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")  # 本平台没有的机关：空
    name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="received")
    file_name = models.CharField(max_length=200, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    data = models.JSONField()  # 交换格式，连同读取时的疑点
    settled = models.JSONField(default=dict)  # 发现 → 说明、改读的格
    counts = models.JSONField(default=dict)  # 尚未处理的：error、warning、query、doubt
    new_received = models.BigIntegerField(null=True)  # 本年新收总计，按现在所读；看板不必打开每一份
    state = models.CharField(max_length=20, default="received")  # received、returned、accepted、dropped
    reason = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["superior", "year", "state"])]


class Website(models.Model):
    """A website of an organ: each has its own 政府网站工作年度报表."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="websites")
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=20, blank=True)  # 政府网站标识码
    icp = models.CharField(max_length=60, blank=True)
    police = models.CharField(max_length=60, blank=True)
    main = models.BooleanField(default=False)  # 本平台目录里的信息在这个网站；台账里“政府网站”的数是它的
    closed_on = models.DateField(null=True)  # 关停、迁移之日
    moved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["organ", "slug"], name="annual_website_once"),
            models.UniqueConstraint(fields=["organ"], condition=models.Q(main=True), name="annual_one_main_website"),
        ]


class WebsiteForm(models.Model):
    """The form of a website on a year. `state` is a cache of its steps."""

    website = models.ForeignKey(Website, models.PROTECT, related_name="forms")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20)
    entered = models.JSONField(default=dict)  # 填报的格；值为空的：填报人决定留空，不用平台的数
    reasons = models.JSONField(default=dict)  # 与平台的数不同的理由
    standing = models.JSONField(null=True)  # 提交时定稿：印出的值、后面的记录、填报的
    digest = models.CharField(max_length=64, blank=True)
    published_on = models.DateField(null=True)
    drafters = models.JSONField(default=list)
    moved_at = models.DateTimeField()
    steps_taken = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["website", "year"], name="annual_one_form_a_year")]


class WebsiteStep(Step):
    """One thing that was done with a website's form."""

    form = models.ForeignKey(WebsiteForm, models.PROTECT, related_name="steps")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="annual_website_step_number")]


class WebsitePublication(models.Model):
    """A published version of a website's form: frozen, hashed. A correction is a further version with its reason."""

    form = models.ForeignKey(WebsiteForm, models.PROTECT, related_name="publications")
    website = models.ForeignKey(Website, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["form", "version"], name="annual_website_version_once")]
        indexes = [models.Index(fields=["year", "website", "-version"], name="annual_website_published")]
