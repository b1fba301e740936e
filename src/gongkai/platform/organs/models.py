"""What is kept of organs and people."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .roles import LABELS, RoleKind


class Level(models.TextChoices):
    """行政层级."""

    NATIONAL = "national", _("国家级")
    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("地级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡镇级")


class OrganKind(models.TextChoices):
    """机关类别 (条例第二条、第十条、第五十四条、第五十五条)."""

    GOVERNMENT = "government", _("人民政府")
    DEPARTMENT = "department", _("政府部门")
    DISPATCHED = "dispatched", _("派出机构、内设机构（以自己名义履行职能）")
    AUTHORISED = "authorised", _("法律、法规授权的组织")
    PUBLIC_BODY = "public_body", _("公共企事业单位")


class Organ(models.Model):
    """An administrative organ: its place in the tree by area and in the tree by system, and what its guide must tell."""

    name = models.CharField(_("机关全称"), max_length=200, unique=True)
    short_name = models.CharField(_("简称"), max_length=100)
    slug = models.SlugField(_("网址代号"), max_length=60, unique=True)
    code = models.CharField(_("组织机构代码"), max_length=9, blank=True)  # GB 11714
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)  # GB 32100
    level = models.CharField(_("层级"), max_length=20, choices=Level.choices)
    kind = models.CharField(_("类别"), max_length=20, choices=OrganKind.choices)
    area_parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="area_children", verbose_name=_("所属政府"))
    system_parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="system_children", verbose_name=_("上级主管机关"))
    vertical = models.BooleanField(_("垂直领导"), default=False)  # 第三条第三款：由系统的上级主管
    area_path = models.CharField(max_length=400, db_index=True, editable=False)  # "/1/5/9/"：含自身
    system_path = models.CharField(max_length=400, db_index=True, editable=False)
    position = models.PositiveIntegerField(_("排序"), default=100)
    sort_key = models.CharField(max_length=400, editable=False)  # 拼音序：GB 18030 的编码序
    calendar = models.CharField(_("工作日历"), max_length=40, default="cn")
    index_pattern = models.CharField(_("索引号格式"), max_length=100, default="{code}/{year}-{serial:05d}")
    active = models.BooleanField(_("在用"), default=True)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("职能承继机关"))
    has_rule_making_power = models.BooleanField(_("有规章制定权"), default=False)
    office_name = models.CharField(_("公开工作机构名称"), max_length=200, blank=True)
    office_address = models.CharField(_("办公地址"), max_length=200, blank=True)
    office_hours = models.CharField(_("办公时间"), max_length=200, blank=True)
    office_phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    office_fax = models.CharField(_("传真号码"), max_length=60, blank=True)
    office_post = models.CharField(_("邮政编码"), max_length=10, blank=True)
    office_contact = models.CharField(_("互联网联系方式"), max_length=200, blank=True)
    guide_checked_on = models.DateField(_("指南核对日期"), null=True, blank=True)  # 第十二条：及时更新
    settings = models.JSONField(default=list, blank=True)  # [{"key", "value", "since"}]，见 organs.dated
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["position", "sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="organs_organ_code_once"),
            models.UniqueConstraint(fields=["credit_code"], condition=~Q(credit_code=""), name="organs_organ_credit_once"),
        ]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Django's door to people; the platform's own is organs.actions."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(login=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. What they may do stands in their roles."""

    login = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("电子邮箱"), blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    identity = models.CharField(_("统一身份标识"), max_length=200, blank=True)  # OIDC 中稳定不变的声明
    sort_key = models.CharField(max_length=400, editable=False)
    is_active = models.BooleanField(_("在用"), default=True)
    must_change_password = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["identity"], condition=~Q(identity=""), name="organs_person_identity_once")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Role(models.Model):
    """A person's role in an organ, with its term; the administrator's has no organ."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="roles")
    kind = models.CharField(_("角色"), max_length=30, choices=[(kind.value, zh) for kind, (zh, _en) in LABELS.items()])
    office = models.CharField(_("内设机构"), max_length=100, blank=True)
    since = models.DateField(_("任职起"))
    until = models.DateField(_("任职止"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True)  # 即时终止；当日即不再有权

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="organs_role_term"),
            models.CheckConstraint(
                condition=Q(kind=RoleKind.ADMINISTRATOR.value, organ__isnull=True)
                | (~Q(kind=RoleKind.ADMINISTRATOR.value) & Q(organ__isnull=False)),
                name="organs_role_place",
            ),
        ]
        indexes = [models.Index(fields=["person", "since"]), models.Index(fields=["organ", "kind"])]

    def holds_on(self, day: date) -> bool:
        return self.ended_at is None and self.since <= day and (self.until is None or day <= self.until)


class Batch(models.Model):
    """An uploaded table of organs or people, between its preview and its confirmation. Emptied once it is done or dropped."""

    kind = models.CharField(max_length=10)  # organs、people
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    rows = models.JSONField(default=list)
    with_passwords = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="open")  # open、done、dropped
    done_at = models.DateTimeField(null=True)
    summary = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["-at"])]


class Holiday(models.Model):
    """One day of a holiday notice entered on this installation, on top of the packaged ones. Never changed; a mistaken notice is withdrawn whole."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="holidays")
    calendar = models.CharField(max_length=40)  # cn，或者 cn-xinjiang 等地区日历
    on = models.DateField()
    kind = models.CharField(max_length=10)  # gongkai.law.notices.Kind
    name = models.CharField(max_length=60)
    source = models.CharField(max_length=200)  # 通知的文号
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["calendar", "on"])]
