"""Links between items: a policy with its interpretations, its amendments, its basis. The public sees one when both ends are public."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongkai.platform.catalogue.choices import LinkKind
from gongkai.platform.catalogue.clocks import local_day
from gongkai.platform.catalogue.errors import Invalid, NotNow
from gongkai.platform.catalogue.models import Item, Link
from gongkai.platform.catalogue.recording import Doing, act, may_read
from gongkai.platform.catalogue.states import BY_ACTION
from gongkai.platform.organs.acting import Actor

MOST_LINKS = 200
_ONE_WAY = frozenset({LinkKind.INTERPRETS, LinkKind.AMENDS, LinkKind.REPEALS, LinkKind.BASED_ON})


def link(
    actor: Actor, item_id: int, *, kind: LinkKind | str, target: int | None = None, words: str = "", at: datetime, once: str | None = None
) -> Item:
    """Say how this item is about another, or about a document that is not in the catalogue."""

    def work(doing: Doing) -> None:
        if kind not in frozenset(LinkKind):
            raise Invalid({"kind": _("请选择关系：解读、修改、废止、依据或相关。")})
        name = " ".join(words.split())
        if (target is None) == (not name):
            raise Invalid({"target": _("请选目录中的一件，或者写目录以外文件的名称，二者取一。")})
        if len(name) > 400:
            raise Invalid({"words": _("文件名称不得超过 400 个字，现有 %(n)s 个。") % {"n": len(name)}})
        if Link.objects.filter(source=doing.item, removed_at__isnull=True).count() >= MOST_LINKS:
            raise Invalid({"target": _("一条信息最多关联 %(most_links)s 件。") % {"most_links": MOST_LINKS}})
        other = linkable(actor, target, doing.item, at, "target") if target is not None else None
        made = connect(doing.item, other, LinkKind(kind), doing.person, at, name)
        if made is None:
            raise NotNow("这项关联已经有了。", "This link is there already.")
        doing.facts |= {"link": made.pk, "kind": str(kind), "target": target, "words": name}

    return act(actor, item_id, "link", work, at=at, once=once)


def unlink(actor: Actor, item_id: int, *, link_id: int, reason: str, at: datetime, once: str | None = None) -> Item:
    """Take a link away, from this end, or from the other where the actor may draft there too."""

    def work(doing: Doing) -> None:
        found = Link.objects.select_related("source").filter(pk=link_id, removed_at__isnull=True).first()
        mine = found is not None and (found.source_id == doing.item.pk or (found.target_id == doing.item.pk and _may_link(actor, found.source)))
        if found is None or not mine:
            raise NotNow("这项关联已经取消，或不在本件名下。", "This link is gone, or not this item's.")
        found.removed_at = at
        found.save(update_fields=["removed_at"])
        doing.facts |= {"link": link_id, "kind": found.kind, "target": found.target_id, "words": found.words}

    return act(actor, item_id, "unlink", work, at=at, reason=reason, once=once)


def linkable(actor: Actor, item_id: int, with_item: Item, at: datetime, field: str) -> Item:
    """The other item, if the actor may know of it: their own organ's, or public."""
    other = Item.objects.select_related("published").filter(pk=item_id).first()
    today = local_day(at)
    if other is not None and not may_read(actor, other.organ_id):
        ended = other.published_expires_on is not None and other.published_expires_on < today
        other = None if other.published_id is None or ended else other
    if other is None:
        raise Invalid({field: _("目录里没有这一件，或者它还没有公开。")})
    if other.pk == with_item.pk:
        raise Invalid({field: _("不能与自身关联。")})
    return other


def connect(source: Item, target: Item | None, kind: LinkKind, person: int, at: datetime, words: str = "") -> Link | None:
    """The link, unless it is there already; one of a one-way kind never stands both ways."""
    if target is not None and kind in _ONE_WAY and Link.objects.filter(source=target, target=source, kind=kind.value, removed_at__isnull=True).exists():
        raise Invalid({"target": _("那一件已经这样关联本件，两件不能互相解读、修改、废止或作为依据。")})
    if target is None and Link.objects.filter(source=source, words=words, kind=kind.value, removed_at__isnull=True).exists():
        return None
    try:
        with transaction.atomic():
            return Link.objects.create(source=source, target=target, kind=kind.value, words=words, by_id=person, at=at)
    except IntegrityError:
        return None


def _may_link(actor: Actor, source: Item) -> bool:
    return bool(actor.kinds(source.organ_id) & BY_ACTION["unlink"].roles)
