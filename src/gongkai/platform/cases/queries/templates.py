"""The texts of letters as their keepers see them: what holds on a day, its versions, files to edit in Word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.law import letters as law_letters
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.letters import contents, laying, rendering
from gongkai.platform.cases.letters.fields import Field, fields_of
from gongkai.platform.cases.letters.letterheads import Head, body_rule, head_on
from gongkai.platform.cases.letters.versions import above, template_on
from gongkai.platform.cases.models import Template
from gongkai.platform.cases.states import READING
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ

from .letters import Sent


@dataclass(frozen=True, slots=True)
class Version:
    """One uploaded version of a letter's text."""

    id: int
    organ: str
    own: bool
    version: int
    since: date
    until: date | None
    ended_at: datetime | None
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TextOfLetter:
    """A kind of letter with its versions for an organ; `now` is the one that holds, none for ours."""

    key: str
    title: str
    fields: tuple[Field, ...]
    required: tuple[str, ...]
    versions: tuple[Version, ...]
    now: int | None


def templates(actor: Actor, organ_id: int, today: date) -> list[TextOfLetter]:
    """Every letter's text for an organ, its own versions and those of the organs above it."""
    organ = _organ(actor, organ_id)
    rows = list(Template.objects.filter(organ__in=above(organ)).select_related("organ", "by").order_by("-since", "-version"))
    found = []
    for letter in law_letters.LETTERS:
        versions = tuple(
            Version(row.pk, row.organ.name, row.organ_id == organ.pk, row.version, row.since, row.until, row.ended_at, row.note, row.by.name, row.at)
            for row in rows if row.key == letter.key
        )  # fmt: skip
        now = template_on(organ, letter.key, today) if versions else None
        found.append(TextOfLetter(letter.key, letter.title, fields_of(letter.key), tuple(sorted(contents.places(letter.key))), versions, now.pk if now else None))
    return found


def built_in(actor: Actor, organ_id: int, key: str) -> Sent:
    """Our own text of a letter, to begin from in Word."""
    _organ(actor, organ_id)
    if key not in law_letters.BY_KEY:
        raise NotFound
    return Sent(f"{rendering.title_of(key)}（模板）.docx", rendering.MEDIA["docx"], laying.template(key))


def uploaded(actor: Actor, organ_id: int, template_id: int) -> Sent:
    """An uploaded version, as it was uploaded."""
    organ = _organ(actor, organ_id)
    row = Template.objects.filter(pk=template_id, organ__in=above(organ)).first()
    if row is None:
        raise NotFound
    return Sent(f"{rendering.title_of(row.key)}（模板第{row.version}版）.docx", rendering.MEDIA["docx"], bytes(row.docx))


def letterhead(actor: Actor, organ_id: int, today: date) -> tuple[Head, str]:
    """What the organ prints in its letters today, and the rule by which its reconsideration body follows."""
    organ = _organ(actor, organ_id)
    rule = body_rule(organ)
    return head_on(organ, today), f"{'、'.join(rule.bodies)}（{rule.basis}）"


def _organ(actor: Actor, organ_id: int) -> Organ:
    organ = Organ.objects.select_related("area_parent", "system_parent").filter(pk=organ_id).first()
    if organ is None or not actor.kinds(organ_id) & READING:
        raise NotFound
    return organ
