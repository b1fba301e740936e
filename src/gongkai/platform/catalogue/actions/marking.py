"""Marks on what is public: its validity, and that a penalty decision was changed."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from gongkai.platform.catalogue import clocks, publishing
from gongkai.platform.catalogue.choices import LinkKind, Validity
from gongkai.platform.catalogue.errors import Invalid
from gongkai.platform.catalogue.models import Item
from gongkai.platform.catalogue.recording import Doing, act
from gongkai.platform.organs.acting import Actor

from .linking import connect, linkable

MARKS = frozenset({Validity.IN_FORCE, Validity.AMENDED, Validity.REPEALED, Validity.LAPSED})
_DOERS = {Validity.AMENDED: LinkKind.AMENDS, Validity.REPEALED: LinkKind.REPEALS}


def mark_validity(
    actor: Actor, item_id: int, *, validity: Validity | str, on: date, reason: str, at: datetime, by_item: int | None = None, once: str | None = None,
) -> Item:  # fmt: skip
    """Mark it in force, amended, repealed or lapsed, on the public page itself and at once (国办发〔2017〕47号).

    `reason` names the basis and is public; `by_item` is the item that amends or repeals it, which becomes a link.
    """

    def work(doing: Doing) -> None:
        if validity not in MARKS:
            raise Invalid({"validity": _("请选择：现行有效、已修改、已废止或已失效。")})
        item = doing.item
        if item.validity == Validity.NONE:
            raise Invalid({"validity": _("只有规章、行政规范性文件、其他文件和政策标注有效性；这一件的体裁不标注。")})
        if not item.formed_on <= on <= doing.day:
            raise Invalid({"on": _("日期应在生成日期（%(formed_on)s）至今天（%(day)s）之间，现为 %(on)s；以后的日子，请届时再标注，现在可以先建立关联。") % {"formed_on": item.formed_on, "day": doing.day, "on": on}})
        doing.facts |= {"validity": str(validity), "on": on.isoformat(), "note": doing.reason}
        if by_item is not None:
            if validity not in _DOERS:
                raise Invalid({"by_item": _("只有“已修改”和“已废止”才写是哪一件修改、废止的。")})
            source = linkable(actor, by_item, item, at, "by_item")
            connect(source, item, _DOERS[Validity(validity)], doing.person, at)
            doing.facts["by_item"] = by_item
        doing.then.append(lambda: publishing.mark(item))

    return act(actor, item_id, "mark_validity", work, at=at, reason=reason, once=once)


def decision_changed(actor: Actor, item_id: int, *, changed_on: date, reason: str, at: datetime, once: str | None = None) -> Item:
    """A published penalty decision was changed, revoked, found unlawful or void: the term for withdrawing it begins (行政处罚法第四十八条)."""

    def work(doing: Doing) -> None:
        item = doing.item
        if item.kind != "penalty":
            raise Invalid({"changed_on": _("只有公开的行政处罚决定才登记变更。")})
        if not item.formed_on <= changed_on <= doing.day:
            raise Invalid({"changed_on": _("变更之日应在决定作出之日（%(formed_on)s）至今天（%(day)s）之间，现为 %(changed_on)s。") % {"formed_on": item.formed_on, "day": doing.day, "changed_on": changed_on}})
        due = clocks.withdraw_by(changed_on, clocks.calendar_named(item.organ.calendar))
        doing.facts |= {"changed_on": changed_on.isoformat(), "withdraw_by": due.isoformat()}

    return act(actor, item_id, "decision_changed", work, at=at, reason=reason, once=once)


