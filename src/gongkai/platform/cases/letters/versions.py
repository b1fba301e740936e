"""Which text a letter is written with on a day: the organ's own template, else that of the organs above it, else ours."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.platform.cases.models import Template
from gongkai.platform.organs.models import Organ


def above(organ: Organ) -> list[int]:
    """The organ itself, then those above it, nearest first: by area, then by system."""
    chains = [[int(part) for part in path.split("/") if part][::-1] for path in (organ.area_path, organ.system_path)]
    return list(dict.fromkeys([organ.pk, *chains[0], *chains[1]]))


def template_on(organ: Organ, key: str, on: date) -> Template | None:
    """The version that holds on a day; the nearest organ's, and of that the latest."""
    chain = above(organ)
    held = Template.objects.filter(organ__in=chain, key=key, since__lte=on, ended_at__isnull=True).filter(Q(until__isnull=True) | Q(until__gte=on))
    return min(held, key=lambda each: (chain.index(each.organ_id), -each.since.toordinal(), -each.version), default=None)
