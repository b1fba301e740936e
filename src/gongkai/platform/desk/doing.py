"""From the form of an act to the action: one line each."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongkai.platform.catalogue import actions, queries
from gongkai.platform.catalogue.errors import Invalid
from gongkai.platform.organs.acting import Actor

Said = Mapping[str, Any]
_PLAIN: dict[str, str] = {  # 办理 → 动作
    **{name: name for name in (
        "submit", "take_back", "review", "clear", "refer", "determine", "approve", "publish", "hold", "recheck", "file", "discard", "drop_revision",
        "withdraw", "withhold", "schedule", "revise", "decision_changed", "waive", "detach",
    )},
    **dict.fromkeys(("return_from_review", "return_from_secrecy", "return_from_approval"), "return_"),
}  # fmt: skip


def do(
    actor: Actor, item_id: int, action: str, said: Said, *, at: datetime, once: str = "", seen: int | None = None
) -> Any:
    """Do it; raises what the action raises."""
    common: dict[str, Any] = {"at": at, "once": once or None, "seen": seen}
    if action in _PLAIN:
        return _called(getattr(actions, _PLAIN[action]), actor, item_id, dict(said) | common)
    special = _SPECIAL[action]
    return special(actor, item_id, said, common)


def _called(verb: Callable[..., Any], actor: Actor, item_id: int, given: dict[str, Any]) -> Any:
    """The action with those of the given values that it takes."""
    takes = inspect.signature(verb).parameters
    return verb(actor, item_id, **{name: value for name, value in given.items() if name in takes})


def _keep(actor: Actor, item_id: int, said: Said, common: dict[str, Any]) -> Any:
    return _called(actions.review_withheld, actor, item_id, {"keep": True, "reason": said["reason"]} | common)


def _release(actor: Actor, item_id: int, said: Said, common: dict[str, Any]) -> Any:
    return _called(actions.review_withheld, actor, item_id, {"keep": False, "reason": said["reason"]} | common)


def _mark(actor: Actor, item_id: int, said: Said, common: dict[str, Any]) -> Any:
    by = _item(actor, said.get("by_item", ""), "by_item")
    return _called(
        actions.mark_validity,
        actor,
        item_id,
        {name: said[name] for name in ("validity", "on", "reason")} | {"by_item": by} | common,
    )


def _link(actor: Actor, item_id: int, said: Said, common: dict[str, Any]) -> Any:
    target = _item(actor, said.get("target", ""), "target")
    return _called(
        actions.link, actor, item_id, {"kind": said["kind"], "target": target, "words": said.get("words", "")} | common
    )


def _unlink(actor: Actor, item_id: int, said: Said, common: dict[str, Any]) -> Any:
    return _called(
        actions.unlink,
        actor,
        item_id,
        {"link_id": said["link"], "reason": said["reason"]} | common,
    )


def _record(actor: Actor, item_id: int, said: Said, common: dict[str, Any]) -> Any:
    evidence = said.get("evidence")
    given = {name: said[name] for name in ("channel", "published_at", "address", "note", "reads")}
    return _called(
        actions.record_channel,
        actor,
        item_id,
        given | {"evidence": (evidence.name, evidence.read()) if evidence else None} | common,
    )


def _item(actor: Actor, written: str, field: str) -> int | None:
    """An item by its index number, or by the number in its page's address."""
    written = written.strip()
    if not written:
        return None
    found = queries.item_by_number(actor, written)
    if found is None:
        raise Invalid({field: _("目录里没有“%(written)s”这一件。请写完整的索引号，或者页面网址里的编号。") % {"written": written[:60]}})
    return found


_SPECIAL: dict[str, Callable[[Actor, int, Said, dict[str, Any]], Any]] = {
    "review_withheld": _keep, "release": _release, "mark_validity": _mark, "link": _link, "unlink": _unlink, "record_channel": _record,
}  # fmt: skip
