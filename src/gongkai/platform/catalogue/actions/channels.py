"""Where else an item was published (条例第二十三条、第二十五条): by record, with the evidence."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from gongkai.platform.catalogue import storage
from gongkai.platform.catalogue.choices import Channel
from gongkai.platform.catalogue.errors import Invalid
from gongkai.platform.catalogue.models import ChannelRecord, Item
from gongkai.platform.catalogue.recording import Doing, act
from gongkai.platform.documents.intake import Accepted
from gongkai.platform.organs.acting import Actor

from .attaching import accepted, may_begin

_LONGEST: Final = 400


def record_channel(
    actor: Actor, item_id: int, *, channel: Channel | str, published_at: datetime, at: datetime, address: str = "", note: str = "",
    reads: int | None = None, evidence: tuple[str, bytes] | None = None, once: str | None = None,
) -> Item:  # fmt: skip
    """Record that it was published through a channel, when and where, with a picture or a file as evidence."""
    may_begin(actor, item_id, "record_channel", at)
    kept: Accepted | None = None
    if evidence is not None:
        kept = accepted(*evidence)
        storage.write(kept.data)
    fields = {"address": address.strip(), "note": note.strip()}

    def work(doing: Doing) -> None:
        wrong = {name: _("不得超过 %(longest)s 个字，现有 %(n)s 个。") % {"longest": _LONGEST, "n": len(words)} for name, words in fields.items() if len(words) > _LONGEST}
        if channel not in frozenset(Channel):
            wrong["channel"] = _("请选择发布渠道。")
        if published_at.tzinfo is None or published_at > at:
            wrong["published_at"] = _("发布时间不能在现在之后：登记的是已经发布的。")
        if reads is not None and not 0 <= reads < 2**31:
            wrong["reads"] = _("阅读量应为不小于零的整数。")
        if wrong:
            raise Invalid(wrong)
        file = storage.name(kept.sha256, kept.size, kept.media_type, at) if kept else None
        made = ChannelRecord.objects.create(
            item=doing.item, channel=str(channel), published_at=published_at, reads=reads, evidence=file, by_id=doing.person, at=at, **fields
        )
        doing.facts |= {"record": made.pk, "channel": str(channel), "published_at": published_at.isoformat(), "evidence": kept.sha256 if kept else ""}

    return act(actor, item_id, "record_channel", work, at=at, once=once)
