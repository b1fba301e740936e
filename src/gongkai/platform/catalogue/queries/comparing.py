"""Two revisions of an item held against each other."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.platform.catalogue import differences
from gongkai.platform.catalogue.differences import DiffBlock, FieldChange
from gongkai.platform.catalogue.errors import NotFound
from gongkai.platform.catalogue.models import Attachment, Revision
from gongkai.platform.catalogue.recording import draft_of
from gongkai.platform.organs.acting import Actor

from .desk_values import RevisionView
from .reading import readable_item
from .viewing import revision_view


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one revision to another: fields, text, files."""

    old: RevisionView
    new: RevisionView
    fields: tuple[FieldChange, ...]
    blocks: tuple[DiffBlock, ...]
    files_added: tuple[str, ...]
    files_removed: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        return not (self.fields or self.blocks or self.files_added or self.files_removed)


def difference(actor: Actor, item_id: int, old: int, new: int, *, around: int | None = differences.AROUND) -> Difference:
    """What somebody changed between two revisions. Three statements."""
    item = readable_item(actor, item_id)
    held = {each.number: each for each in Revision.objects.select_related("by").filter(item=item, number__in=(old, new))}
    if old not in held or new not in held:
        raise NotFound
    before, after = draft_of(held[old]), draft_of(held[new])
    files = list(Attachment.objects.filter(item=item, inline=False).order_by("number"))
    had, has = _names(files, old), _names(files, new)
    return Difference(
        revision_view(held[old]), revision_view(held[new]), differences.fields(before, after), differences.body(before.body, after.body, around),
        tuple(name for number, name in has.items() if number not in had), tuple(name for number, name in had.items() if number not in has),
    )  # fmt: skip


def _names(files: list[Attachment], number: int) -> dict[int, str]:
    return {each.number: each.name for each in files if each.since <= number and (each.until is None or each.until > number)}
