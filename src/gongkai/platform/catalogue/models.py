"""What is kept of the catalogue. Items are never deleted; revisions and steps are never changed."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.platform.organs.models import Organ

from .choices import ACCESSES, CHANNELS, KINDS, LINKS, STATES, VALIDITIES, Access, State, Validity

PERSON = settings.AUTH_USER_MODEL


def _pairs(labels: dict) -> list[tuple[str, str]]:
    return [(str(key), words[0]) for key, words in labels.items()]


class Item(models.Model):
    """One piece of government information, from its draft on. What follows from its steps is a cache of them."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="items")
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    office = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()

    # 当前版本的字段，供列表用
    current = models.ForeignKey("Revision", models.PROTECT, null=True, related_name="+")
    last_revision = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=20, choices=_pairs(KINDS))
    category = models.CharField(max_length=20, blank=True)  # gongkai.law.publication.CATEGORIES / LOCAL_CATEGORIES 的键
    formed_on = models.DateField()  # 生成日期；第二十六条由此起算
    changed_on = models.DateField(null=True)  # 变更之日；第二十六条
    expires_on = models.DateField(null=True)

    # 由步骤推出（standing.Standing）
    state = models.CharField(max_length=20, choices=_pairs(STATES), default=State.DRAFT.value)
    access = models.CharField(max_length=20, choices=_pairs(ACCESSES), default=Access.PROACTIVE.value)
    ground = models.CharField(max_length=40, blank=True)  # gongkai.law.exemptions 的键或 work_secret；不予公开时必填
    ground_note = models.TextField(blank=True)
    next_review_on = models.DateField(null=True)  # 第十八条：定期评估审查
    index_number = models.CharField(max_length=60, blank=True)
    drafters = ArrayField(models.BigIntegerField(), default=list)
    reviewers = ArrayField(models.BigIntegerField(), default=list)
    published = models.ForeignKey("Revision", models.PROTECT, null=True, related_name="+")
    published_expires_on = models.DateField(null=True)  # 公开版本的公开期限
    first_published_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)  # 第二十六条的期限何时满足
    due_on = models.DateField(null=True)  # publish_by 的缓存；不主动公开的没有
    publish_at = models.DateTimeField(null=True)  # 定时发布
    withdraw_by = models.DateField(null=True)  # 行政处罚法第四十八条的期限
    validity = models.CharField(max_length=20, default=Validity.NONE.value, choices=_pairs(VALIDITIES))
    validity_on = models.DateField(null=True)
    validity_note = models.TextField(blank=True)
    resting = models.JSONField(null=True)  # standing.Rest：放弃修改时回到何处
    moved_at = models.DateTimeField()  # 最近一次改变状态或版本的时间
    steps_taken = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["index_number"], condition=~Q(index_number=""), name="catalogue_index_number_once"),
            models.CheckConstraint(condition=~Q(access=Access.WITHHELD.value) | ~Q(ground=""), name="catalogue_withheld_has_ground"),
            models.CheckConstraint(condition=~Q(state__in=[State.FILED.value, State.DISCARDED.value]) | Q(published__isnull=True), name="catalogue_filed_not_public"),
        ]
        indexes = [
            models.Index(fields=["organ", "state", "-moved_at", "-id"], name="catalogue_item_state"),
            models.Index(fields=["organ", "-moved_at", "-id"], name="catalogue_item_newest"),
            models.Index(fields=["organ", "due_on"], condition=Q(met_at__isnull=True, due_on__isnull=False), name="catalogue_item_due"),
            models.Index(fields=["publish_at"], condition=Q(state=State.SCHEDULED.value), name="catalogue_item_scheduled"),
            models.Index(fields=["published_expires_on"], condition=Q(published_expires_on__isnull=False), name="catalogue_item_expires"),
            models.Index(fields=["organ", "next_review_on"], condition=Q(next_review_on__isnull=False), name="catalogue_item_review"),
            models.Index(fields=["organ", "withdraw_by"], condition=Q(withdraw_by__isnull=False), name="catalogue_item_withdraw"),
        ]


class Revision(models.Model):
    """What an item says, as somebody saved it. Never changed afterwards."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=400)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)  # 清洗过的 HTML
    document_number = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20, choices=_pairs(KINDS))
    category = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=60, blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    formed_on = models.DateField()
    effective_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)  # 限时公开的最后一日；空为长期
    co_makers = models.JSONField(default=list, blank=True)  # 联合制发的其他机关名称
    source = models.CharField(max_length=200, blank=True)
    access = models.CharField(max_length=20, choices=_pairs(ACCESSES), default=Access.PROACTIVE.value)
    ground = models.CharField(max_length=40, blank=True)
    ground_note = models.TextField(blank=True)
    changed_on = models.DateField(null=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="catalogue_revision_number")]


class Step(models.Model):
    """One thing that was done with an item: the history from which its state follows."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="catalogue_step_number")]


class StoredFile(models.Model):
    """Bytes in the data directory, by their SHA-256; the same bytes are kept once."""

    digest = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ()


class Attachment(models.Model):
    """A file of an item, from one revision on until another (an attachment, or a picture in the text)."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="attachments")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    inline = models.BooleanField(default=False)  # 正文中的图片
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True)  # 从这一版起不再有
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="catalogue_attachment_number")]


class Link(models.Model):
    """One item is about another, or about a document that is not in the catalogue."""

    source = models.ForeignKey(Item, models.PROTECT, related_name="links")
    target = models.ForeignKey(Item, models.PROTECT, null=True, related_name="linked_from")
    words = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=20, choices=[(key.value, words[0]) for key, words in LINKS.items()])
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], condition=Q(removed_at__isnull=True), name="catalogue_link_once"),
            models.CheckConstraint(condition=Q(target__isnull=False) | ~Q(words=""), name="catalogue_link_to_something"),
        ]


class ChannelRecord(models.Model):
    """Where else an item was published, with the evidence."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="channels")
    channel = models.CharField(max_length=20, choices=_pairs(CHANNELS))
    published_at = models.DateTimeField()
    address = models.CharField(max_length=400, blank=True)
    note = models.CharField(max_length=400, blank=True)
    reads = models.PositiveIntegerField(null=True)
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()


class Waiver(models.Model):
    """A finding of the gate that somebody answered for, by name and with a reason."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="waivers")
    fingerprint = models.CharField(max_length=64)
    code = models.CharField(max_length=60)
    reason = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["item", "fingerprint"], name="catalogue_waiver_once")]


class IndexSerial(models.Model):
    """The last serial number that an organ gave in a year."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organ", "year"], name="catalogue_serial_of_year")]


class IndexNumber(models.Model):
    """Every index number ever given, with the item that has it for ever. Never re-used."""

    number = models.CharField(max_length=60, primary_key=True)
    item = models.OneToOneField(Item, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()


class Unsaved(models.Model):
    """What somebody has typed into a form and not yet saved: kept so that nothing is lost."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    place = models.CharField(max_length=80)  # "item:17"、"new:3"
    data = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="catalogue_unsaved_once")]


LISTS = {
    "newest": (), "kind": ("kind",), "category": ("category",), "topic": ("topic",), "year": ("year",), "validity": ("validity",),
    "organ": ("organ",), "organ_kind": ("organ", "kind"), "organ_category": ("organ", "category"), "organ_year": ("organ", "year"),
}  # fmt: skip
FACETS = ("organ", "category", "kind", "topic", "year", "validity", "expires_on")


def _newest_first(name: str, *fields: str) -> models.Index:
    """A list of the portal: walked from the newest on, and counted from the index alone."""
    order = (*fields, "-published_at", "-item")
    rest = [facet for facet in FACETS if facet not in fields]
    return models.Index(fields=order, include=rest, condition=Q(withdrawn_at__isnull=True), name=f"catalogue_pub_{name}")


class Checked(models.Model):
    """What the gate found in one stored file, by everything that the finding depends on; a cache."""

    digest = models.CharField(max_length=64, primary_key=True)
    findings = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()


class Word(models.Model):
    """A word that the gate looks for, on an organ's list; it holds for the organs under it too."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    wrong = models.CharField(max_length=60)
    right = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20)  # documents.gate 的 organ、leader、typo、forbidden
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organ", "wrong"], condition=Q(removed_at__isnull=True), name="catalogue_word_once")]


class Once(models.Model):
    """A form that was posted: the second post of the same form gets the first one's answer and does nothing."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    action = models.CharField(max_length=40)
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="catalogue_posted_once")]
        indexes = [models.Index(fields=["at"])]


class Publication(models.Model):
    """The public copy of an item: everything that the portal may show, and nothing else. The portal reads no other table.

    A row is made when the item is published, emptied when it is withdrawn; drafts and withheld items have none.
    """

    item = models.OneToOneField(Item, models.PROTECT, primary_key=True, related_name="publication")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    index_number = models.CharField(max_length=60)
    title = models.CharField(max_length=400)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    document_number = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=60, blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    formed_on = models.DateField()
    effective_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    makers = models.JSONField(default=list)  # 发布机构及联合制发机关的名称
    source = models.CharField(max_length=200, blank=True)
    validity = models.CharField(max_length=20, default=Validity.NONE.value, choices=_pairs(VALIDITIES))
    validity_on = models.DateField(null=True)
    validity_note = models.TextField(blank=True)
    published_at = models.DateTimeField()
    revised_at = models.DateTimeField(null=True)
    year = models.PositiveSmallIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)
    plain = models.TextField(blank=True)  # searching.plain(body)：摘录用；撤回时一并清空
    terms = SearchVectorField(null=True)  # searching.vector(...)

    class Meta:
        default_permissions = ()
        indexes = [
            GinIndex(fields=["terms"], name="catalogue_pub_terms", fastupdate=False),
            *(_newest_first(name, *fields) for name, fields in LISTS.items()),
            models.Index(fields=["organ", "index_number"], name="catalogue_pub_index"),
            models.Index(fields=["withdrawn_at"], condition=Q(withdrawn_at__isnull=False), name="catalogue_pub_withdrawn"),
        ]
