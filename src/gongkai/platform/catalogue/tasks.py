"""The jobs of the catalogue. Each can be done again without harm."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.platform.queue.declaring import task

from . import actions
from .deferring import PUBLISH, QUEUE
from .models import Once

_FORMS_KEPT = timedelta(days=30)


@task(_("定时发布一条信息"), name=PUBLISH, queue=QUEUE)
def publish_scheduled(item_id: int) -> bool:
    """Publish one item whose time has come; nothing when it was published, held back or set to another time meanwhile."""
    return actions.publish_scheduled(item_id, timezone.now())


@task(_("到点发布、期满下架"), cron="* * * * *", name="catalogue.sweep", queue=QUEUE, queueing_lock="catalogue.sweep", pass_context=False)
def sweep(timestamp: int) -> tuple[int, int]:
    """Every minute: publish what is due, should its own job be lost; take down what was public for a time that is over."""
    now = timezone.now()
    return len(actions.publish_due(now)), len(actions.expire_due(now))


@task(_("清理旧表单的编号"), cron="17 19 * * *", name="catalogue.tidy", queue=QUEUE, queueing_lock="catalogue.tidy", pass_context=False)
def tidy(timestamp: int) -> int:
    """Every night (03:17 at Beijing; the queue counts by UTC): forget the numbers of forms posted long ago."""
    return Once.objects.filter(at__lt=timezone.now() - _FORMS_KEPT).delete()[0]
