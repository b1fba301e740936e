"""Files of an item: attach, detach, a Word file turned into text, and the pictures that a text shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from gongkai.formats import Unreadable
from gongkai.platform.catalogue import gatekeeping, pictures, states, storage
from gongkai.platform.catalogue.clocks import local_day
from gongkai.platform.catalogue.errors import Invalid, NotAllowed, NotNow
from gongkai.platform.catalogue.models import Attachment, Item, StoredFile
from gongkai.platform.catalogue.recording import (
    Doing,
    act,
    check_moment,
    conflict,
    draft_of,
    facts_of,
    may_read,
    seen_by,
    write_revision,
)
from gongkai.platform.catalogue.validating import tidy
from gongkai.platform.documents import incoming
from gongkai.platform.documents.intake import Accepted, Refused, Sentence
from gongkai.platform.organs import uploads
from gongkai.platform.organs.acting import Actor

MOST_FILES = 100
MOST_PICTURES = 500


@dataclass(frozen=True, slots=True)
class TextTaken:
    """A draft that was filled from a Word file, and what should be looked at in it."""

    item: Item
    notes: tuple[Sentence, ...]


def accepted(name: str, data: bytes) -> Accepted:
    """The file as it may be kept, by its content; Invalid says what is wrong with it and what to do."""
    match uploads.examined(name, data):
        case Refused() as refused:
            raise Invalid({"file": _("“%(name)s”没有上传：%(why)s") % {"name": name[:80], "why": uploads.why(refused)}})
        case Accepted() as kept:
            return kept


def attach(actor: Actor, item_id: int, name: str, data: bytes, *, at: datetime, inline: bool = False, once: str | None = None) -> Attachment:
    """Add a file to the draft. It is examined and written before the item is held, so that nobody waits for it."""
    may_begin(actor, item_id, "attach", at)
    kept = accepted(name, data)
    if inline and not kept.media_type.startswith("image/"):
        raise Invalid({"file": _("正文中只能插入图片（PNG、JPEG、GIF）；其他文件请作为附件上传。")})
    made: list[Attachment] = []

    def work(doing: Doing) -> None:
        held = Attachment.objects.filter(item=doing.item, until__isnull=True, inline=inline)
        names = set(held.values_list("name", flat=True))
        if len(names) >= (MOST_PICTURES if inline else MOST_FILES):
            raise Invalid({"file": _("一条信息最多 %(most_files)s 个文件，请先移除不用的，或合并成一个。") % {"most_files": MOST_PICTURES if inline else MOST_FILES}})
        file = storage.name(kept.sha256, kept.size, kept.media_type, at)
        made.append(add(doing.item, file, kept.name if inline else unlike(kept.name, names), doing.person, at, doing.current.number, inline))
        doing.facts |= {"number": made[0].number, "name": made[0].name, "sha256": kept.sha256, "size": kept.size, "inline": inline}

    storage.write(kept.data)
    item = act(actor, item_id, "attach", work, at=at, once=once)
    if made:
        if not inline:
            gatekeeping.remember(made[0], item.organ, at)
        return made[0]
    return Attachment.objects.select_related("file").filter(item=item, file__digest=kept.sha256).order_by("-number")[0]


def detach(actor: Actor, item_id: int, number: int, *, reason: str, at: datetime, once: str | None = None) -> Item:
    """Take a file out of the draft; the versions that had it keep it."""

    def work(doing: Doing) -> None:
        attached = Attachment.objects.filter(item=doing.item, number=number, until__isnull=True).first()
        if attached is None:
            raise NotNow("这个附件已经移除。", "This file is removed already.")
        attached.until = doing.current.number
        attached.save(update_fields=["until"])
        doing.facts |= {"number": number, "name": attached.name}

    return act(actor, item_id, "detach", work, at=at, reason=reason, once=once)


def from_docx(actor: Actor, item_id: int, data: bytes, *, based_on: int, at: datetime, name: str = "正文.docx", once: str | None = None) -> TextTaken:
    """The text, tables and pictures of a Word file as the draft's text; title and number where the draft has none."""
    may_begin(actor, item_id, "save", at)
    taken = text_of(name, data)

    def work(doing: Doing) -> None:
        if doing.current.number != based_on:
            raise conflict(doing.item)
        number = doing.item.last_revision + 1
        body = with_pictures(doing.item, taken, doing.person, at, number)
        old = draft_of(doing.current)
        told = replace(old, body=body, document_number=old.document_number or taken.document_number)
        told = tidy(told, doing.item.organ.name, doing.day)
        drop_unused(doing.item, told.body, number)
        doing.revision = write_revision(doing.item, told, number, doing.person, at)
        doing.told["fields"] = ["body"]

    return TextTaken(act(actor, item_id, "save", work, at=at, once=once), taken.notes)


def text_of(name: str, data: bytes) -> incoming.Incoming:
    """A Word file as clean HTML, once it was examined as any upload."""
    kept = accepted(name, data)
    try:
        if kept.extension == "docx":
            return incoming.from_docx(kept.data)
        if kept.extension == "doc":
            return incoming.from_doc(kept.data)
    except Unreadable as problem:
        raise Invalid({"file": f"“{name[:80]}”没有读入：{problem.zh}"}) from problem
    raise Invalid({"file": _("“%(name)s”不是 Word 文件，请选择 .docx（或 .doc）文件。") % {"name": name[:80]}})


def with_pictures(item: Item, taken: incoming.Incoming, person: int, at: datetime, number: int) -> str:
    """The text of a Word file, its pictures attached to the item from this revision on."""
    places = {}
    for place, picture in enumerate(taken.pictures):
        file = storage.put(picture.data, picture.media_type, at)
        places[place] = (item.pk, add(item, file, picture.name, person, at, number, inline=True).number)
    return pictures.placed(taken.html, places)


def add(item: Item, file: StoredFile, name: str, person: int, at: datetime, since: int, inline: bool = False) -> Attachment:
    """One more file of the item, from a revision on."""
    last = Attachment.objects.filter(item=item).aggregate(last=Max("number"))["last"] or 0
    return Attachment.objects.create(item=item, number=last + 1, file=file, name=name[:200], inline=inline, since=since, by_id=person, at=at)


def unlike(name: str, taken: Iterable[str]) -> str:
    """The name, with a number where the item has a file of that name."""
    held = {each.casefold() for each in taken}
    stem, dot, ending = name.rpartition(".")
    for number in range(1, len(held) + 2):
        tried = name if number == 1 else f"{stem}（{number}）{dot}{ending}"
        if tried.casefold() not in held:
            return tried
    return name


def own_pictures(actor: Actor, item: Item, body: str, number: int, at: datetime) -> str:
    """The text with every picture it shows an attachment of this very item from this revision on; others go.

    A picture that a text copied from another item shows is copied along, if the person may see it; one that was taken
    out before comes back as a new attachment, so that no version shows what it did not have.
    """
    shown = pictures.named(body)
    instead: dict[pictures.Place, pictures.Place | None] = {}
    if shown:
        rows = Attachment.objects.select_related("file", "item__published").filter(item__in={place[0] for place in shown}, inline=True)
        found = {(row.item_id, row.number): row for row in rows}
        for place in sorted(shown):
            there = found.get(place)
            if there is not None and there.item_id == item.pk and there.until is None:
                continue
            if there is None or not _may_see(actor, there, at):
                instead[place] = None
            else:
                instead[place] = (item.pk, add(item, there.file, there.name, actor.person or there.by_id, at, number, inline=True).number)
    body = pictures.renamed(body, instead) if instead else body
    drop_unused(item, body, number)
    return body


def drop_unused(item: Item, body: str, number: int) -> None:
    """Pictures that the text no longer shows are of no later version: nobody reaches them by their address."""
    used = [place[1] for place in pictures.named(body) if place[0] == item.pk]
    Attachment.objects.filter(item=item, inline=True, until__isnull=True).exclude(number__in=used).update(until=number)


def _may_see(actor: Actor, there: Attachment, at: datetime) -> bool:
    if may_read(actor, there.item.organ_id):
        return True
    public, ends = there.item.published, there.item.published_expires_on
    if public is None or (ends is not None and ends < local_day(at)):
        return False
    return there.since <= public.number and (there.until is None or there.until > public.number)


def may_begin(actor: Actor, item_id: int, action: str, at: datetime) -> None:
    """Ask the table before a large file is looked at; asked again once the item is held."""
    check_moment(at)
    item = seen_by(actor, item_id)
    verdict = states.may(action, facts_of(item, local_day(at)), actor.kinds(item.organ_id), actor.person, actor.machine)
    if not verdict.allowed:
        raise (NotAllowed if verdict.now else NotNow)(verdict.zh, verdict.en)


