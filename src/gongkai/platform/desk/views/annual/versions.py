"""How a report became what it is: its steps, the versions of its text and what changed between them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.law.editions import SECTIONS
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.queries import working
from gongkai.platform.annual.queries.working import Step, Version
from gongkai.platform.annual.states import BY_KEY, STATES, State
from gongkai.platform.annual.verbs import VERBS
from gongkai.platform.desk import annual_showing as showing
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page
from gongkai.platform.organs.requests import current_actor
from gongkai.platform.organs.roles import LABELS, RoleKind
from gongkai.platform.pages import bounds
from gongkai.report.comparing.prose import difference as runs

from .writing import NUMBERS, crumbs

_TONES = {"return": "late", "send_back": "late", "approve": "done", "publish": "done", "accept": "done"}


@require_safe
@desk
def versions(request: HttpRequest, report_id: int) -> HttpResponse:
    """The steps, the versions of the text, what was published."""
    actor, today = current_actor(request), timezone.localdate()
    report = working.kept(actor, report_id)
    view = working.head_of(actor, report, today)
    found = working.versions(report)
    context = showing.head(view, today) | {
        "versions": [_row(each, found[place + 1] if place + 1 < len(found) else None) for place, each in enumerate(found)],
        "steps": [_step(each) for each in working.steps(report)], "publications": working.publications(report), "writing": view.may("write"),
    }  # fmt: skip
    return page(request, "annual/versions", context, crumbs(view.organ, _("经过和版本"), view=view))


def _row(each: Version, before: Version | None) -> dict[str, object]:
    """A version and the sections in which it differs from the one before."""
    had = before.prose if before else ("",) * len(SECTIONS)
    changed = [NUMBERS[place] for place, (old, new) in enumerate(zip(had, each.prose, strict=True)) if old != new]
    return {"it": each, "before": before.number if before else 0, "changed": _("、").join(changed), "signs": sum(len(text) for text in each.prose)}


def _step(step: Step) -> dict[str, object]:
    more: list[tuple[str, object]] = []
    if step.facts.get("version") and step.action == "write":
        more.append((_("正文"), _("第 %(n)s 版") % {"n": step.facts["version"]}))
    if step.facts.get("version") and step.action == "publish":
        more.append((_("公布"), _("第 %(n)s 版") % {"n": step.facts["version"]}))
    if digest := step.facts.get("digest"):
        more.append((_("校验值"), str(digest)[:16]))
    if step.before and step.before != step.after:
        more.append((_("状态"), said(*STATES[State(step.after)])))
    label = said(BY_KEY[step.action].zh, BY_KEY[step.action].en) if step.action in BY_KEY else str(VERBS.get(f"annual.{step.action}", step.action))
    return {
        "at": step.at, "title": label, "who": step.by, "role": _(LABELS[RoleKind(step.role)][0]) if step.role else "", "reason": step.reason,
        "tone": _TONES.get(step.action, ""), "struck": False, "more": more,
    }  # fmt: skip


@require_safe
@desk
def difference(request: HttpRequest, report_id: int) -> HttpResponse:
    """What somebody changed between two versions of the text."""
    actor, today = current_actor(request), timezone.localdate()
    report = working.kept(actor, report_id)
    view = working.head_of(actor, report, today)
    old, new = (bounds.number(request.GET.get(name)) for name in ("old", "new"))
    found = {each.number: each for each in working.versions(report)} | working.version(report, 0)
    if old is None or new is None or old not in found or new not in found:
        raise NotFound
    rows = [
        {"heading": f"{NUMBERS[place]}、{heading}", "runs": runs(found[old].prose[place], found[new].prose[place]), "changed": found[old].prose[place] != found[new].prose[place]}
        for place, heading in enumerate(SECTIONS)
    ]
    context = showing.head(view, today) | {"rows": [row for row in rows if row["changed"]], "old": found[old], "new": found[new], "versions": sorted(found, reverse=True)}
    return page(request, "annual/difference", context, crumbs(view.organ, _("第 %(old)s 版和第 %(new)s 版") % {"old": old, "new": new}, view=view))
