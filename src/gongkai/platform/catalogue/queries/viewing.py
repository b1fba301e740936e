"""An item's page on the desk, its revisions, its files."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from gongkai.platform.catalogue import clocks, gatekeeping, states, storage
from gongkai.platform.catalogue.choices import (
    ACCESSES,
    CHANNELS,
    KINDS,
    LINKS,
    STATES,
    VALIDITIES,
    Access,
    Channel,
    Kind,
    LinkKind,
    State,
    Validity,
)
from gongkai.platform.catalogue.errors import NotFound
from gongkai.platform.catalogue.models import Attachment, ChannelRecord, Item, Link, Revision, Step, Unsaved, Waiver
from gongkai.platform.catalogue.recording import draft_of, facts_of, may_read
from gongkai.platform.catalogue.validating import CATEGORY_LABELS, GROUNDS
from gongkai.platform.documents.gate import Severity
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries.organs import seen
from gongkai.platform.organs.roles import LABELS, RoleKind

from .desk_values import (
    ActionChoice,
    AttachmentView,
    ChannelView,
    FindingView,
    ItemView,
    LinkView,
    RevisionView,
    StepView,
    StoredBytes,
    UnsavedView,
    WaiverView,
)
from .reading import readable_item

_SYSTEM = "系统"
_NAMELESS = "其他机关未公开的信息"
CHECKED_STATES = states.WORKING | states.UNDER_REVIEW | {State.SCHEDULED}


def item(actor: Actor, item_id: int, at: datetime | None = None, *, check: bool = True) -> ItemView:
    """Everything that an item's page shows; without `check` nothing of the gate's. At most eight statements."""
    found = readable_item(actor, item_id)
    today = clocks.local_day(at or timezone.now())
    current = found.current
    assert current is not None
    state, access, kind = State(found.state), Access(found.access), Kind(found.kind)
    ground, basis = GROUNDS.get(found.ground, ("", ""))
    held = _held(found, current.number)
    return ItemView(
        id=found.pk, organ=seen(found.organ), title=found.title, state=state, state_zh=STATES[state][0], state_en=STATES[state][1],
        access=access, access_zh=ACCESSES[access][0], ground=found.ground, ground_zh=ground, ground_basis=basis, ground_note=found.ground_note,
        kind=kind, kind_zh=KINDS[kind][0], category=found.category, category_zh=CATEGORY_LABELS.get(found.category, ("", ""))[0],
        category_basis=CATEGORY_LABELS.get(found.category, ("", ""))[1],
        index_number=found.index_number, author=found.author.name, author_id=found.author_id, office=found.office,
        created_at=found.created_at, moved_at=found.moved_at, revision=revision_view(current), published=found.published.number if found.published else None,
        first_published_at=found.first_published_at, publish_at=found.publish_at, next_review_on=found.next_review_on, withdraw_by=found.withdraw_by,
        validity=found.validity, validity_zh=VALIDITIES[Validity(found.validity)][0], validity_on=found.validity_on, validity_note=found.validity_note,
        drafters=frozenset(found.drafters), mine=actor.person in found.drafters, clock=_clock(found, today), steps=_steps(found),
        attachments=_files(held), links=_links(found, actor, today), channels=_channels(found) if found.first_published_at else (),
        findings=_findings(found, at or timezone.now(), held) if check and state in CHECKED_STATES else (), actions=choices_of(found, actor, today),
    )  # fmt: skip


def choices_of(found: Item, actor: Actor, today: date) -> tuple[ActionChoice, ...]:
    """Every action of the table, allowed or with the reason why not."""
    facts, kinds = facts_of(found, today), actor.kinds(found.organ_id)
    offered = []
    for row in states.TRANSITIONS:
        verdict = states.may(row.action, facts, kinds, actor.person, actor.machine)
        offered.append(ActionChoice(row.action, row.zh, row.en, verdict.allowed, verdict.zh, verdict.en, row.reason, verdict.role is not None))
    return tuple(offered)


def revision(actor: Actor, item_id: int, number: int) -> RevisionView:
    """One revision of an item. Two statements."""
    found = readable_item(actor, item_id)
    told = Revision.objects.select_related("by").filter(item=found, number=number).first()
    if told is None:
        raise NotFound
    return revision_view(told)


def revisions(actor: Actor, item_id: int) -> tuple[RevisionView, ...]:
    """All revisions, newest first. Two statements."""
    found = readable_item(actor, item_id)
    return tuple(revision_view(each) for each in Revision.objects.select_related("by").filter(item=found).order_by("-number"))


def attachments(actor: Actor, item_id: int, number: int) -> tuple[AttachmentView, ...]:
    """The files of one revision. Two statements."""
    return _files(_held(readable_item(actor, item_id), number))


def unsaved(actor: Actor, place: str) -> UnsavedView | None:
    """What the actor had typed at a place and not saved; nobody else's. One statement."""
    kept = Unsaved.objects.filter(person_id=actor.person, place=place).first() if actor.person is not None else None
    return UnsavedView(kept.place, kept.data, kept.at) if kept else None


def file(actor: Actor, item_id: int, number: int) -> StoredBytes:
    """A file of an item, any revision's, held against its checksum. Two statements."""
    found = readable_item(actor, item_id)
    attached = Attachment.objects.select_related("file").filter(item=found, number=number).first()
    if attached is None:
        raise NotFound
    return StoredBytes(attached.name, attached.file.media_type, storage.read(attached.file.digest), attached.file.digest)


def evidence(actor: Actor, item_id: int, channel_id: int) -> StoredBytes:
    """The evidence of a channel record. Two statements."""
    found = readable_item(actor, item_id)
    kept = ChannelRecord.objects.select_related("evidence").filter(item=found, pk=channel_id, evidence__isnull=False).first()
    if kept is None or kept.evidence is None:
        raise NotFound
    return StoredBytes(f"凭据-{kept.pk}", kept.evidence.media_type, storage.read(kept.evidence.digest), kept.evidence.digest)


def revision_view(told: Revision) -> RevisionView:
    return RevisionView(told.number, draft_of(told), told.by.name, told.by_id, told.at, told.digest)


def _clock(found: Item, today: date) -> clocks.Clock | None:
    if found.due_on is None or State(found.state) is State.DISCARDED:
        return None
    days = clocks.calendar_named(found.organ.calendar)
    return clocks.clock(found.formed_on, found.changed_on, found.due_on, found.met_at, today, days, clocks.warn_days(found.organ, today))


def _steps(found: Item) -> tuple[StepView, ...]:
    seen_steps = []
    for step in Step.objects.select_related("person", "revision").filter(item=found).order_by("number").defer("revision__body", "revision__summary"):
        row, after = states.BY_ACTION[step.action], State(step.after)
        role = LABELS[RoleKind(step.role)][0] if step.role in frozenset(RoleKind) else _SYSTEM
        seen_steps.append(StepView(
            step.number, step.action, row.zh, row.en, step.before, after, *STATES[after], step.before != step.after,
            step.revision.number if step.revision else 0, step.person.name if step.person else _SYSTEM, step.role, role, step.at, step.reason, step.facts,
        ))  # fmt: skip
    return tuple(seen_steps)


def _held(found: Item, number: int) -> list[Attachment]:
    return list(Attachment.objects.select_related("file", "by").filter(Q(until__isnull=True) | Q(until__gt=number), item=found, since__lte=number).order_by("number"))


def _files(held: list[Attachment]) -> tuple[AttachmentView, ...]:
    return tuple(AttachmentView(each.number, each.name, each.file.size, each.file.media_type, each.file.digest, each.inline, each.by.name, each.at) for each in held)


def _links(found: Item, actor: Actor, today: date) -> tuple[LinkView, ...]:
    both = Link.objects.select_related("source", "target").filter(Q(source=found) | Q(target=found), removed_at__isnull=True).order_by("kind", "pk")
    told = []
    for link in both:
        outgoing = link.source_id == found.pk
        there = link.target if outgoing else link.source
        words = LINKS[LinkKind(link.kind)]
        if there is None:
            told.append(LinkView(link.pk, link.kind, words[0], words[2], True, None, link.words, "", found.published_id is not None, False))
            continue
        readable, public = may_read(actor, there.organ_id), is_public(there, today)
        title = there.title if readable or public else _NAMELESS
        told.append(LinkView(
            link.pk, link.kind, words[0] if outgoing else words[1], words[2], outgoing, there.pk if readable or public else None, title,
            STATES[State(there.state)][0] if readable else "", public and is_public(found, today), readable,
        ))  # fmt: skip
    return tuple(told)


def is_public(found: Item, today: date) -> bool:
    return found.published_id is not None and (found.published_expires_on is None or found.published_expires_on >= today)


def _channels(found: Item) -> tuple[ChannelView, ...]:
    held = ChannelRecord.objects.select_related("by", "evidence").filter(item=found).order_by("-published_at", "-pk")
    return tuple(
        ChannelView(
            each.pk, each.channel, *CHANNELS[Channel(each.channel)], each.published_at, each.address, each.note, each.reads,
            each.evidence.digest if each.evidence else "", each.by.name, each.at,
        )
        for each in held
    )  # fmt: skip


def _findings(found: Item, at: datetime, held: list[Attachment]) -> tuple[FindingView, ...]:
    met = gatekeeping.find(found, at, [each for each in held if not each.inline])
    if not met:
        return ()
    waived = {each.fingerprint: WaiverView(each.by.name, each.at, each.reason) for each in Waiver.objects.select_related("by").filter(item=found)}
    return tuple(
        FindingView(each, waived.get(each.fingerprint), each.severity is Severity.BLOCK and each.fingerprint not in waived) for each in met
    )
