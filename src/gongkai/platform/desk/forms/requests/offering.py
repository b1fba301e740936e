"""What the forms of acts offer and are filled with beforehand: people, organs, letters that wait, what is registered now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.platform.cases.choices import CHANNELS
from gongkai.platform.cases.queries import offers
from gongkai.platform.cases.queries.case_values import CaseView
from gongkai.platform.desk.forms.editing import day_field
from gongkai.platform.pages import bounds

from .acts import ANSWERS
from .registering import pairs

Filled = dict[str, Any]
_NOBODY = ("", "—")


def prepare(kind: type[forms.Form], act: str, view: CaseView, request: HttpRequest, typed: Any) -> forms.Form:
    """The form of an act, filled for this request."""
    today = timezone.localdate()
    initial: Filled = {"on": today, **_INITIAL.get(act, _nothing)(view, request, today)}
    files = request.FILES if request.method == "POST" else None
    form = kind(typed, files, initial=initial, auto_id="act_%s") if typed is not None else kind(initial=initial, auto_id="act_%s")
    if (offer := _OFFERED.get(act)) is not None:
        offer(form, view, request, today)
    if "on" in form.fields:
        form.fields["on"].widget.attrs |= {"max": today.isoformat(), "min": view.submitted_on.isoformat()}
    return form


def _nothing(_view: CaseView, _request: HttpRequest, _today: date) -> Filled:
    return {}


def _described(view: CaseView, _request: HttpRequest, _today: date) -> Filled:
    return asdict(view.applicant) | asdict(view.asked) | {"applicant_kind": view.applicant_kind, "needs_help": view.needs_help}


def _event(view: CaseView, request: HttpRequest, _today: date) -> Filled:
    event = _target(view, request)
    return {"event": event.number, "on": event.now_on or event.on}


def _target(view: CaseView, request: HttpRequest) -> Any:
    number = request.POST.get("event") or request.GET.get("event", "")
    found = next((each for each in view.events if str(each.number) == number and each.rectified_by is None), None)
    if found is None:
        raise Http404
    return found


def _file(view: CaseView, request: HttpRequest, _today: date) -> Filled:
    number = request.POST.get("number") or request.GET.get("number", "")
    if not any(str(each.number) == number and each.removed_at is None for each in view.files):
        raise Http404
    return {"number": number}


def _task(view: CaseView, _request: HttpRequest, today: date) -> Filled:
    return {"organ": str(view.organ.id), "what": "\n".join(part for part in (view.asked.title, view.asked.description) if part), "due_on": offers.task_due(view.organ, today)}


_INITIAL: Mapping[str, Callable[[CaseView, HttpRequest, date], Filled]] = {
    "describe": _described, "rectify": _event, "remove_file": _file, "give_task": _task,
    "compute_fee": lambda view, request, today: {"way": "per_item", "units": 1},
    "consult": lambda view, request, today: {"to": request.GET.get("to", "third_party"), "asks": view.asked.title},
    "deliver_consultation": lambda view, request, today: {"ref": request.GET.get("ref", "")},
    "answer_consultation": lambda view, request, today: {"ref": request.GET.get("ref", "")},
}  # fmt: skip


def _offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _people(form: forms.Form, view: CaseView, _request: HttpRequest, today: date) -> None:
    _offer(form, "person", [(str(each.id), each.name) for each in offers.officers(view.organ.id, today) if each.id != view.officer_id])


def _tasked(form: forms.Form, view: CaseView, _request: HttpRequest, today: date) -> None:
    _offer(form, "organ", [(str(pk), name) for pk, name in offers.organs(first=view.organ.id)])
    _offer(form, "person", [_NOBODY, *((str(each.id), f"{each.name}（{each.office}）" if each.office else each.name) for each in offers.searchers(view.organ.id, today))])


def _organs(form: forms.Form, view: CaseView, _request: HttpRequest, _today: date) -> None:
    others = [(str(pk), name) for pk, name in offers.organs() if pk != view.organ.id]
    _offer(form, "organ", [_NOBODY, *others] if not form.fields["organ"].required else others)


def _refs(form: forms.Form, view: CaseView, request: HttpRequest, _today: date) -> None:
    """The letters that are out: those not known to have arrived, or not answered."""
    delivering = "answer" not in form.fields
    held = [each for each in view.consultations if each.waits and not (delivering and each.delivered)]
    _offer(form, "ref", [(each.ref, f"{each.ref} · {each.party.get('name', '')}（{each.to_zh}）") for each in held])


def _lawful(form: forms.Form, view: CaseView, request: HttpRequest, _today: date) -> None:
    """The fields of the event's own, so that they can be put right."""
    law = _target(view, request).law
    made: Mapping[str, Callable[[Any], forms.Field]] = {
        "channel": lambda now: forms.ChoiceField(label=_("渠道"), choices=pairs(CHANNELS), initial=now),
        "answer_by": lambda now: _day(_("补正期限"), now),
        "until": lambda now: _day(_("延迟至"), now),
        "workdays": lambda now: bounds.Whole(label=_("延长的工作日"), min_value=1, max_value=1000, initial=now),
        "amount": lambda now: forms.DecimalField(label=_("数额（元）"), min_value=0, max_digits=12, decimal_places=2, initial=now),
        "answer": lambda now: forms.ChoiceField(label=_("意见"), choices=pairs(ANSWERS), initial=now),
    }
    for key, value in law.items():
        if key in made:
            form.fields[f"law_{key}"] = made[key](value)
            form.fields[f"law_{key}"].required = False
    form.order_fields(["event", "on", *(f"law_{key}" for key in law), "cancelled", "reason"])


def _day(label: str, now: str) -> forms.DateField:
    field = day_field(label)
    field.initial = now
    return field


_OFFERED: Mapping[str, Callable[[forms.Form, CaseView, HttpRequest, date], None]] = {
    "assign": _people, "give_task": _tasked, "consult": _organs, "move": _organs, "deliver_consultation": _refs, "answer_consultation": _refs, "rectify": _lawful,
}  # fmt: skip
