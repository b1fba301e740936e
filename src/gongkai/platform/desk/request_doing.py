"""From the form of an act on a request to the action: one line each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongkai.platform.cases.actions import (
    charging,
    consulting,
    correcting,
    describing,
    dividing,
    ending,
    filing,
    intake,
    letters,
    rectifying,
    reminding,
    serving,
    tasks,
)
from gongkai.platform.cases.errors import Invalid
from gongkai.platform.cases.queries import listing
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.cases.values import Asked, Consulted
from gongkai.platform.organs.acting import Actor

Said = Mapping[str, Any]
Common = dict[str, Any]
_PART = re.compile(r"[｜|\t]")


def do(actor: Actor, request_id: int, act: str, said: Said, common: Common, *, part: int | None = None) -> Any:
    """Do it; raises what the action raises. `part` is the letter or the task that it is done to."""
    if act in _LETTERS:
        return _LETTERS[act](actor, request_id, part or 0, said, common)
    if act in _TASKS:
        return _TASKS[act](actor, part or 0, said, common)
    return _ACTS[act](actor, request_id, said, common)


def uploads(kind: str, files: Any) -> tuple[Upload, ...]:
    """Files of a form as the actions take them: one, several, or none."""
    given: Sequence[Any] = files if isinstance(files, list | tuple) else [files]
    return tuple(Upload(kind, each.name or "", each.read()) for each in given if each)


def _without(common: Common, *names: str) -> Common:
    return {name: value for name, value in common.items() if name not in names}


def _confirm(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return intake.confirm(actor, pk, on=said["on"], how=said["how"], text=said["text"], **common)


def _assign(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return describing.assign(actor, pk, int(said["person"]), **common)


def _describe(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return describing.describe(
        actor, pk, applicant=said["applicant"], asked=said["asked"], applicant_kind=said["applicant_kind"], reason=said["reason"],
        as_received=said["as_received"], needs_help=said["needs_help"], **common,
    )  # fmt: skip


def _note(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return describing.note(actor, pk, said["text"], **_without(common, "seen"))


def _archive(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return describing.archive(actor, pk, **common)


def _propose(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return describing.propose_publication(actor, pk, text=said["text"], **_without(common, "seen"))


def _publish(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return describing.publish(actor, pk, said["item_number"], on=said["on"], **_without(common, "seen"))


def _add_file(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    [upload] = uploads(said["kind"], said["file"])
    return filing.add_file(actor, pk, upload, **common)


def _remove_file(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return filing.remove_file(actor, pk, said["number"], reason=said["reason"], **_without(common, "seen"))


def _give_task(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    person = int(said["person"]) if said["person"] else None
    return tasks.give_task(actor, pk, what=said["what"], organ_id=int(said["organ"]), office=said["office"], person_id=person, due_on=said["due_on"], **common)


def _correct(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return correcting.correct(actor, pk, on=said["on"], text=said["text"], files=uploads("correction", said["files"]), **common)


def _give_reasons(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return correcting.give_reasons(actor, pk, on=said["on"], text=said["text"], files=uploads("other", said["files"]), **common)


def _consult(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    party = Consulted(**{name: said[name] for name in ("name", "contact", "phone", "email", "address")})
    return consulting.consult(actor, pk, said["to"], party, said["asks"], organ_id=int(said["organ"]) if said["organ"] else None, **common)


def _deliver(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return consulting.deliver(actor, pk, said["ref"], on=said["on"], **common)


def _answer(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    files = uploads("opinion", said["files"])
    return consulting.answer(actor, pk, said["ref"], said["answer"], on=said["on"], text=said["text"], files=files, **common)


def _compute_fee(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return charging.compute_fee(
        actor, pk, way=said["way"], units=said["units"] if said["way"] == "per_item" else None, pages=said["pages"] if said["way"] == "per_page" else None,
        told_where=said["told_where"], waived=said["waived"], **common,
    )  # fmt: skip


def _pay(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return charging.pay(actor, pk, on=said["on"], receipt=said["receipt"], **common)


def _withdraw(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return ending.withdraw(actor, pk, on=said["on"], text=said["text"], **common)


def _split(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    now = said["asked"]
    lines = [_PART.split(line.strip(), maxsplit=1) for line in said["parts"].splitlines() if line.strip()]
    parts = [Asked(name.strip(), rest[0].strip() if rest else "", now.form, now.obtaining, now.help_wanted) for name, *rest in lines]
    return dividing.split(actor, pk, parts, reason=said["reason"], **common)


def _join(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    leading = listing.by_number(actor, pk, said["leading"])
    if leading is None:
        raise Invalid({"leading": _("本机关没有登记编号为“%(number)s”的申请。") % {"number": said["leading"][:60]}})
    return dividing.join(actor, pk, leading, **common)


def _part(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return dividing.part(actor, pk, reason=said["reason"], **common)


def _move(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return dividing.move(actor, pk, int(said["organ"]), reason=said["reason"], **common)


def _rectify(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return rectifying.rectify(
        actor, pk, said["event"], reason=said["reason"], cancelled=said["cancelled"], on=None if said["cancelled"] else said["on"],
        law=said.get("law") or None, **common,
    )  # fmt: skip


def _remind(actor: Actor, pk: int, said: Said, common: Common) -> Any:
    return reminding.press(actor, pk, said["text"], **_without(common, "seen"))


_ACTS: dict[str, Callable[[Actor, int, Said, Common], Any]] = {
    "confirm": _confirm, "assign": _assign, "describe": _describe, "note": _note, "archive": _archive, "propose_publication": _propose, "publish": _publish,
    "add_file": _add_file, "remove_file": _remove_file, "give_task": _give_task, "correct": _correct, "give_reasons": _give_reasons, "consult": _consult,
    "deliver_consultation": _deliver, "answer_consultation": _answer, "compute_fee": _compute_fee, "pay": _pay, "withdraw": _withdraw, "split": _split,
    "join": _join, "part": _part, "move": _move, "rectify": _rectify, "remind": _remind,
}  # fmt: skip


def _serve(actor: Actor, pk: int, letter: int, said: Said, common: Common) -> Any:
    proof = next(iter(uploads("proof", said["proof"])), None)
    return serving.serve(
        actor, pk, letter, way=said["way"], on=said["on"], tracking=said["tracking"], proof=proof, passed=said.get("passed", ()), **common
    )


_LETTERS: dict[str, Callable[[Actor, int, int, Said, Common], Any]] = {
    "review_letter": lambda actor, pk, letter, said, common: letters.review(actor, pk, letter, opinion=said["opinion"], **common),
    "return_letter": lambda actor, pk, letter, said, common: letters.return_(actor, pk, letter, reason=said["reason"], **common),
    "discard_letter": lambda actor, pk, letter, said, common: letters.discard(actor, pk, letter, reason=said["reason"], **common),
    "void_letter": lambda actor, pk, letter, said, common: letters.void(actor, pk, letter, reason=said["reason"], **common),
    "sign_letter": lambda actor, pk, letter, said, common: letters.sign(actor, pk, letter, **common),
    "record_delivery": lambda actor, pk, letter, said, common: serving.record_delivery(actor, pk, letter, on=said["on"], how=said["how"], **common),
    "serve_letter": _serve,
}


def _answer_task(actor: Actor, task: int, said: Said, common: Common) -> Any:
    found = said["found"] == "yes"
    files = uploads("record" if found else "proof", said["files"])
    return tasks.answer_task(actor, task, said["text"], found=found, on=said["on"], files=files, **_without(common, "seen"))


_TASKS: dict[str, Callable[[Actor, int, Said, Common], Any]] = {
    "answer_task": _answer_task,
    "cancel_task": lambda actor, task, said, common: tasks.cancel_task(actor, task, reason=said["reason"], **_without(common, "seen")),
}
