"""How every act on a website's form is done: lock, check, change, step, journal — in one transaction. The checks are those of the annual report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.platform import journal
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.models import WebsiteForm, WebsiteStep
from gongkai.platform.annual.recording import UnderWay, admitted
from gongkai.platform.annual.states import State, may
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.requirements import check_moment

from .states import BY_KEY, FORM, READING


@dataclass(slots=True, kw_only=True)
class Doing(UnderWay):
    """An act under way on a form."""

    form: WebsiteForm


def act(actor: Actor, form_id: int, action: str, work: Callable[[Doing], None] | None = None, *, at: datetime, reason: str = "", seen: int | None = None) -> WebsiteForm:
    """Do one act with one form. `seen` is the number of steps that the person was looking at."""
    check_moment(at)
    with transaction.atomic():
        form = WebsiteForm.objects.select_for_update(no_key=True, of=("self",)).select_related("website__organ").filter(pk=form_id).first()
        if form is None or not (actor.machine or actor.kinds(form.website.organ_id) & READING):
            raise NotFound
        verdict = may(action, State(form.state), actor.kinds(form.website.organ_id), actor.person, frozenset(form.drafters), FORM)
        words = admitted(BY_KEY[action], verdict, reason, seen, form.steps_taken, FORM)
        doing = Doing(actor=actor, form=form, action=action, role=verdict.role, at=at, reason=words, after=BY_KEY[action].target or State(form.state))
        if work is not None:
            work(doing)
        finish(doing)
    return form


def finish(doing: Doing) -> None:
    form, before = doing.form, doing.form.state
    form.state, form.moved_at = doing.after.value, doing.at
    form.steps_taken += 1
    form.save()
    WebsiteStep.objects.create(
        form=form, number=form.steps_taken, action=doing.action, before=before, after=form.state, person_id=doing.actor.person,
        role=doing.role.value if doing.role else "", at=doing.at, reason=doing.reason, facts=doing.facts,
    )  # fmt: skip
    changes = {name: told for name, told in doing.facts.items() if name != "changed"}
    if "changed" in doing.facts:
        changes["fields"] = sorted(doing.facts["changed"])
    if before != form.state:
        changes["state"] = [before, form.state]
    journal.record(
        doing.actor.by(doing.role), f"annual.website_{doing.action}", f"annual.website_form:{form.pk}", chain=form.website.organ_id, at=doing.at,
        changes=changes, reason=doing.reason,
    )  # fmt: skip

