"""Putting jobs into the queue from within an action: same database, same transaction. Named, so that actions do not import tasks."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

PUBLISH = "catalogue.publish_scheduled"
QUEUE = "catalogue"


def publish_later(item_id: int, publish_at: datetime) -> None:
    """Queue the publication of one item for its time."""
    app.configure_task(PUBLISH, schedule_at=publish_at, queue=QUEUE, lock=f"item:{item_id}", allow_unknown=True).defer(item_id=item_id)
