"""The organ's word list, which the gate looks for: wrong names of organs and leaders, slips, words that must not be used."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongkai.platform import journal
from gongkai.platform.catalogue.errors import Invalid, NotAllowed, NotFound
from gongkai.platform.catalogue.models import Word
from gongkai.platform.catalogue.recording import check_moment, may_read, person_of
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.roles import RoleKind

WORD_KINDS: dict[str, tuple[str, str]] = {
    "organ": ("机关名称", "An organ's name"),
    "leader": ("领导姓名、职务", "A leader's name or office"),
    "typo": ("错别字", "A slip"),
    "forbidden": ("不得使用的词", "A word not to be used"),
}
MOST = 2000


def add_word(actor: Actor, organ_id: int, *, wrong: str, right: str = "", kind: str = "typo", at: datetime) -> Word:
    """Put a word on the list; from now on the gate finds it."""
    _may(actor, organ_id)
    check_moment(at)
    wrong, right = wrong.strip(), right.strip()
    said = {
        "wrong": "" if 1 <= len(wrong) <= 60 else _("请填写 1 至 60 个字。"),
        "right": "" if len(right) <= 60 and (right or kind == "forbidden") else _("请填写正确的写法，最多 60 个字。"),
        "kind": "" if kind in WORD_KINDS else _("请选择类别。"),
    }
    if wrong == right:
        said["right"] = _("两种写法相同。")
    if any(said.values()):
        raise Invalid({field: why for field, why in said.items() if why})
    with transaction.atomic():
        if Word.objects.filter(organ=organ_id, removed_at__isnull=True).count() >= MOST:
            raise Invalid({"wrong": _("词表最多 %(most)s 条。") % {"most": MOST}})
        try:
            with transaction.atomic():
                word = Word.objects.create(organ_id=organ_id, wrong=wrong, right=right, kind=kind, by_id=person_of(actor), at=at)
        except IntegrityError:
            raise Invalid({"wrong": _("词表里已有“%(wrong)s”。") % {"wrong": wrong}}) from None
        _record(actor, "catalogue.add_word", word, at)
    return word


def remove_word(actor: Actor, organ_id: int, word_id: int, *, at: datetime) -> None:
    """Take a word off the list."""
    _may(actor, organ_id)
    check_moment(at)
    with transaction.atomic():
        word = Word.objects.select_for_update().filter(pk=word_id, organ=organ_id, removed_at__isnull=True).first()
        if word is None:
            raise NotFound
        word.removed_at = at
        word.save(update_fields=["removed_at"])
        _record(actor, "catalogue.remove_word", word, at)


def _may(actor: Actor, organ_id: int) -> None:
    if not may_read(actor, organ_id):
        raise NotFound
    if RoleKind.DISCLOSURE_OFFICE not in actor.kinds(organ_id):
        raise NotAllowed("词表由本机关的政府信息公开工作机构维护。", "The word list is kept by the organ's disclosure office.")


def _record(actor: Actor, verb: str, word: Word, at: datetime) -> None:
    changes = {"wrong": word.wrong, "right": word.right, "kind": word.kind}
    journal.record(actor.by(RoleKind.DISCLOSURE_OFFICE), verb, f"catalogue.word:{word.pk}", chain=word.organ_id, at=at, changes=changes)
