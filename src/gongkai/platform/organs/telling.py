"""An entry of the journal in words that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from gongkai.platform.journal.verbs import field_called

from .roles import LABELS, RoleKind


def role_called(role: str) -> str:
    """The role's official words."""
    if role == "system":
        return _("系统")
    return _(LABELS[RoleKind(role)][0]) if role in set(RoleKind) else role


def changed(changes: dict[str, object]) -> Iterator[tuple[str, str]]:
    """What was changed, as pairs to read: before → after."""
    for field, told in changes.items():
        if isinstance(told, list) and len(told) == 2:
            yield field_called(field), f"{_shown(told[0])} → {_shown(told[1])}"
        else:
            yield field_called(field), _shown(told)


def _shown(value: object) -> str:
    if value is None or value == "":
        return _("空")
    if isinstance(value, str) and value in set(RoleKind):
        return _(LABELS[RoleKind(value)][0])
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return _("、").join(map(_shown, value)) if isinstance(value, list) else str(value)


def subject(told: str, names: Mapping[str, str]) -> tuple[str, str]:
    """What an entry is about, and where to look at it."""
    if told in names:
        return names[told], ""
    kind, _colon, number = told.partition(":")
    if kind == "catalogue.item" and number.isdecimal():
        return _("信息 %(n)s") % {"n": number}, f"/desk/items/{number}/"
    if kind == "cases.request" and number.isdecimal():
        return _("申请 %(n)s（内部号）") % {"n": number}, f"/desk/requests/{number}/"
    if kind == "cases.remedy" and number.isdecimal():
        return _("复议、诉讼、投诉 %(n)s（内部号）") % {"n": number}, f"/desk/remedies/{number}/"
    if kind == "organs.batch":
        return _("第 %(n)s 批") % {"n": number}, ""
    return told, ""
