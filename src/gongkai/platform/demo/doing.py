"""The deeds of the demo, carried out through the actions of the catalogue, each by somebody whose duty it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.gatekeeping import open_findings
from gongkai.platform.catalogue.models import Item
from gongkai.platform.organs.acting import Actor, actor_of
from gongkai.platform.organs.models import Person

from . import annexes, annual
from .drafting import Desk, brought_up_to_date, spoilt, touched
from .entries import Entry
from .fates import Deed
from .places import BY_SLUG
from .remarks import MENDING
from .staff import FORMER, SHARED

PASSING = ("submit", "take_back", "review", "clear", "approve", "recheck", "file")  # 只记时间
REASONED = ("refer", "determine", "withhold", "withdraw", "discard", "drop_revision", "hold", "schedule", "review_withheld", "decision_changed")
HANDOVER = date(2022, 7, 1)
READERS = {"wechat": (420, 9000), "weibo": (90, 2600), "new_media": (100, 3000)}


class Hands:
    """Who does what: people by their duty in an organ, items by the keys of their entries."""

    def __init__(self, desk: Desk, entries: Mapping[str, Entry], organs: Mapping[str, int]) -> None:
        self.desk, self.entries, self.organs = desk, entries, organs
        self.items: dict[str, int] = {}
        self.revisions: dict[str, int] = {}
        self.slips: dict[str, str] = {}
        self.changed: dict[str, date] = {}
        self.done = 0
        self._acting: dict[tuple[str, date], Actor] = {}

    @cached_property
    def people(self) -> dict[str, Person]:
        return {person.login: person for person in Person.objects.prefetch_related("roles")}

    def actor(self, login: str, day: date) -> Actor:
        if (login, day) not in self._acting:
            self._acting[login, day] = actor_of(self.people[login], day)
        return self._acting[login, day]

    def by(self, deed: Deed) -> Actor:
        """The person on whom the duty falls that day."""
        entry, day = self.entries[deed.key], deed.at.date()
        slug = entry.organ
        full = BY_SLUG[slug].staff == "full"
        login = f"{slug}-{deed.duty}"
        if deed.duty == "editor" and full:
            turn = sum(map(ord, deed.key)) % 9
            login = f"{slug}-editor2" if turn in (3, 6) else login
            if slug == "shule" and turn == 7:
                login = SHARED
            elif slug == "shule" and login == "shule-editor" and day < HANDOVER:
                login = FORMER
        elif deed.duty == "office" and not full:
            login = f"{slug}-reviewer"
        return self.actor(login, day)

    def do(self, deed: Deed) -> None:
        self.done += 1
        if deed.verb == "sweep":
            actions.publish_due(deed.at)
            actions.expire_due(deed.at)
            return
        found = getattr(self, f"_{deed.verb}", None)
        item = found(deed) if found else self._plain(deed)
        if isinstance(item, Item):
            self.items[deed.key] = item.pk
            if item.current is not None:
                self.revisions[deed.key] = item.current.number

    def _plain(self, deed: Deed) -> Item:
        assert deed.verb in PASSING or deed.verb in REASONED, deed.verb
        told: dict[str, Any] = dict(deed.told)
        return getattr(actions, deed.verb)(self.by(deed), self.items[deed.key], at=deed.at, **told)

    def _create(self, deed: Deed) -> Item:
        entry = self.entries[deed.key]
        draft = self.desk.typed(entry, updated=not deed.told["old"]).draft
        if deed.told["spoilt"]:
            draft, self.slips[deed.key] = spoilt(draft, deed.key)
        return actions.create(self.by(deed), self.organs[entry.organ], draft, at=deed.at)

    def _save(self, deed: Deed) -> Item:
        draft = self.desk.typed(self.entries[deed.key]).draft
        match deed.told["how"]:
            case "touched":
                draft = touched(draft)
            case "updated":
                draft = brought_up_to_date(draft, self.changed[deed.key])
            case "opened":
                draft = replace(draft, access="proactive", ground="", ground_note="", category="other", changed_on=self.changed[deed.key])
        return actions.save(self.by(deed), self.items[deed.key], draft, based_on=self.revisions[deed.key], at=deed.at)

    def _revise(self, deed: Deed) -> Item:
        self.changed[deed.key] = deed.at.date()
        return actions.revise(self.by(deed), self.items[deed.key], reason=str(deed.told["reason"]), changed_on=deed.at.date(), at=deed.at)

    def _review_withheld(self, deed: Deed) -> Item:
        self.changed[deed.key] = deed.at.date()
        return self._plain(deed)

    def _return_(self, deed: Deed) -> Item:
        reason = str(deed.told["reason"]) or MENDING[self.slips[deed.key]]
        return actions.return_(self.by(deed), self.items[deed.key], reason=reason, at=deed.at)

    def _attach(self, deed: Deed) -> object:
        entry, kind = self.entries[deed.key], annexes.writable(str(deed.told["kind"]))
        typed = self.desk.typed(entry)
        return actions.attach(self.by(deed), self.items[deed.key], typed.files[int(str(deed.told["number"]))], self.bytes_of(kind, entry), at=deed.at)

    def bytes_of(self, kind: str, entry: Entry) -> bytes:
        typed = self.desk.typed(entry)
        if entry.text.startswith("annual"):
            return annual.data(entry, BY_SLUG[entry.organ].name, typed.filled.title, typed.filled.markdown, kind)
        if kind in ("xlsx", "csv"):
            return annexes.table(kind, typed.filled)
        return annexes.picture(len(entry.key) % 7) if kind == "png" else annexes.document(kind, typed.draft, BY_SLUG[entry.organ].name)

    def _link(self, deed: Deed) -> object:
        target = self.items[str(deed.told["target"])]
        return actions.link(self.by(deed), self.items[deed.key], kind=str(deed.told["kind"]), target=target, at=deed.at)

    def _mark_validity(self, deed: Deed) -> Item:
        by_item = self.items[str(deed.told["by"])] if "by" in deed.told else None
        return actions.mark_validity(
            self.by(deed), self.items[deed.key], validity=str(deed.told["validity"]), on=deed.at.date(), reason=str(deed.told["reason"]), at=deed.at, by_item=by_item
        )  # fmt: skip

    def _waive(self, deed: Deed) -> None:
        actor, item = self.by(deed), self.items[deed.key]
        for fingerprint in stopping(item, deed.at):
            actions.waive(actor, item, fingerprint=fingerprint, reason=str(deed.told["reason"]), at=deed.at)

    def _record_channel(self, deed: Deed) -> object:
        entry, channel = self.entries[deed.key], str(deed.told["channel"])
        low, high = READERS.get(channel, (0, 0))
        reads = low + sum(map(ord, deed.key)) * 37 % (high - low) if high else None
        address = f"https://{channel.replace('_', '-')}.example/{entry.organ}/{self.items[deed.key]}" if high else ""
        return actions.record_channel(
            self.by(deed), self.items[deed.key], channel=channel, published_at=deed.at, address=address, note=NOTES.get(channel, ""), reads=reads,
            evidence=("张贴照片.png", annexes.picture(9)) if channel == "notice_board" else None, at=deed.at,
        )  # fmt: skip


NOTES = {
    "notice_board": "政务服务中心、各村（社区）公告栏张贴，张贴照片存档", "radio": "县融媒体中心广播，每日3次，连续5日", "television": "县电视台滚动字幕",
    "screen": "政务服务中心电子屏", "gazette": "刊载于政府公报", "newspaper": "报纸第2版刊登", "press_conference": "新闻发布会通报",
}  # fmt: skip


def stopping(item: int, at: datetime) -> list[str]:
    """The findings of the gate that stop this item."""
    return [finding.fingerprint for finding in open_findings(Item.objects.select_related("organ", "current").get(pk=item), at)]
