"""A request's page, and its clock as a file note."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from gongkai.platform.cases.charges import WAYS
from gongkai.platform.cases.choices import LIVE
from gongkai.platform.cases.queries import viewing
from gongkai.platform.cases.queries.case_values import CaseView, FeeView, LetterView
from gongkai.platform.desk import request_showing as showing
from gongkai.platform.desk.forms.requests.listing import sealed
from gongkai.platform.desk.showing import said
from gongkai.platform.desk.views.door import desk, page
from gongkai.platform.organs.requests import current_actor

from .lists import crumbs


def opened(request: HttpRequest, request_id: int) -> CaseView:
    """The request, for whoever may read it."""
    return viewing.case(current_actor(request), request_id, timezone.localdate())


def frame(view: CaseView) -> dict[str, object]:
    """What heads every page of a request."""
    clock = view.clock
    return {
        "case": view, "clock": clock, "state_words": said(view.state_zh, view.state_en), "state_tone": showing.STATE_TONES[view.state],
        "light": showing.TONES[clock.light] if view.state in LIVE else "", "light_words": showing.light_words(clock.light, clock.left, view.state),
    }  # fmt: skip


def case_crumbs(view: CaseView, *here: str) -> list[tuple[str, object]]:
    if not here:
        return crumbs(view.organ, view.number)
    return crumbs(view.organ, here[0], (reverse("desk:request", args=[view.id]), view.number))


@require_safe
@desk
def case(request: HttpRequest, request_id: int) -> HttpResponse:
    view = opened(request, request_id)
    steps = showing.timeline(view)
    context = frame(view) | {
        "steps": steps[: showing.LATEST], "earlier": steps[showing.LATEST :], "next_steps": showing.next_steps(view), "groups": showing.acts(view),
        "refused": showing.refused(view), "facts": showing.facts(view), "applicant": showing.applicant(view), "asked": showing.asked(view),
        "letters": [_letter(letter) for letter in view.letters], "fee": _fee(view.fee) if view.fee else None,
        "violations": [{"on": each.on, "words": said(each.zh, each.en), "article": each.article} for each in view.clock.violations],
        "living_files": [file for file in view.files if file.removed_at is None and file.kind != "letter"],
        "removed_files": [file for file in view.files if file.removed_at is not None], "may": {act.key: act.allowed for act in view.acts},
        "relations": [{"words": _RELATIONS.get(each.relation, ""), "kin": each} for each in view.relatives],
        "same_address": reverse("desk:requests", args=[view.organ.slug]) + "?" + urlencode({"find": sealed(_sought(view))}),
        "remedy_address": address("desk:remedy_new", view.organ.slug, request=view.id), "remedies": [{"it": each, "address": address("desk:remedy", each.id)} for each in view.remedies],
        "served_by_letter": {letter.consultation for letter in view.letters if letter.consultation},
    }  # fmt: skip
    return page(request, "requests/case", context, case_crumbs(view))


@require_safe
@desk
def clock(request: HttpRequest, request_id: int) -> HttpResponse:
    """期限计算说明: the picture, the sentences, and every day, to be printed into the file."""
    view = opened(request, request_id)
    context = frame(view) | {"note": view.clock.note, "printed_at": timezone.localtime()}
    return page(request, "requests/clock", context, case_crumbs(view, _("期限计算说明")))


def address(name: str, *args: object, **query: object) -> str:
    """The address of a page that another part of the desk has; nothing where it is not installed."""
    try:
        return reverse(name, args=args) + (f"?{urlencode(query)}" if query else "")
    except NoReverseMatch:
        return ""


def _sought(view: CaseView) -> str:
    """By what the applicant's other requests are found."""
    who = view.applicant
    return who.identity_number or who.organisation_code or who.name


def _letter(held: LetterView) -> dict[str, object]:
    acts = [{"key": act.key, "label": said(act.zh, act.en)} for act in held.acts if act.allowed]
    return {
        "it": held, "state": said(held.state_zh, held.state_en), "tone": showing.LETTER_TONES[held.state], "acts": acts,
        "gone": held.state.value in ("discarded", "void"),
    }  # fmt: skip


def _fee(fee: FeeView) -> dict[str, object]:
    computed = fee.computed
    rows: list[dict[str, object]] = []
    if computed is not None:
        unit = _("件") if computed.way.value == "per_item" else _("页")
        rows = [
            {"from": tier.first, "to": tier.last, "count": tier.count, "rate": tier.rate, "yuan": tier.yuan, "unit": unit} for tier in computed.charge.tiers
        ]
    return {
        "it": fee, "rows": rows, "way": said(*WAYS[computed.way]) if computed else "", "computed": computed, "total": computed.charge.yuan if computed else "",
    }  # fmt: skip


_RELATIONS = {
    "parent": lazy("由此件拆分"), "unit": lazy("拆分出"), "leading": lazy("并入此件答复"), "joined": lazy("并入本件答复"), "came_from": lazy("由此件移送而来"), "went_to": lazy("移送为"),
}  # fmt: skip
