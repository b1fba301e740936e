"""Entering figures into the ledger: appended, a correction with its reason; the journal says how many and with which digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.law.editions import Number
from gongkai.platform import journal
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound
from gongkai.platform.annual.indicators import BY_KEY, CHANNELS
from gongkai.platform.annual.ledger import held
from gongkai.platform.annual.models import FigureBatch, FigureEntry
from gongkai.platform.annual.queries.figures import entered
from gongkai.platform.annual.states import ENTERING
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.calendars import local_day
from gongkai.platform.organs.models import Organ

FIRST_YEAR = 2008  # 条例首次施行
_LOCKS = 0x676E


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as it is entered: of a month (1–12) or of the whole year (0); None takes an earlier entry back."""

    indicator: str
    month: int
    value: Decimal | None
    channel: str = ""
    about: bool = False
    evidence: str = ""
    reason: str = ""


def enter(actor: Actor, organ_id: int, year: int, figures: Sequence[Told], *, at: datetime, batch: FigureBatch | None = None) -> list[FigureEntry]:
    """Append figures; all or none. What says the same as what holds is passed over; what changes it needs a reason."""
    if timezone.is_naive(at):
        raise ValueError("`at` must be an aware datetime")
    kinds = actor.kinds(organ_id)
    if not kinds:
        raise NotFound
    if not (able := sorted(kinds & ENTERING)) or actor.person is None:
        raise NotAllowed("登记数据需要本机关的角色：" + "、".join(role.label for role in sorted(ENTERING)) + "。", "Your roles do not let you enter figures.")
    with transaction.atomic():
        organ = Organ.objects.filter(pk=organ_id).first()
        if organ is None:
            raise NotFound
        with connection.cursor() as cursor:  # 同一机关同一年，一次一人
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, (organ_id * 4096 + year) & 0x7FFFFFFF])
        holding = {(each.indicator, each.channel, each.month): each for each in held(entered(organ_id, year))}
        new = [told for told in checked(figures, year, at) if _says_more(told, holding)]
        wrong = {f"{told.indicator}.{told.channel}.{told.month}": _("已登记过 %(value)s，更正请写明理由。") % {"value": shown(before)}
                 for told in new if (before := _value(holding, told)) is not None and not told.reason.strip()}  # fmt: skip
        if wrong:
            raise Invalid(wrong)
        rows = [
            FigureEntry(
                organ=organ, indicator=told.indicator, channel=told.channel, year=year, month=told.month, value=told.value, about=told.about,
                evidence=told.evidence.strip(), reason=told.reason.strip(), batch=batch, by_id=actor.person, at=at,
            )
            for told in new
        ]  # fmt: skip
        made = FigureEntry.objects.bulk_create(rows)
        if made:
            digest = hashlib.sha256(repr([(told.indicator, told.channel, told.month, str(told.value)) for told in new]).encode()).hexdigest()
            changes = {"year": year, "entries": len(made), "digest": digest, "indicators": sorted({told.indicator for told in new})}
            verb = "annual.import_figures" if batch else "annual.enter_figures"
            journal.record(actor.by(able[0]), verb, f"annual.figures:{organ_id}/{year}", chain=organ_id, at=at, changes=changes)
    return made


def checked(figures: Iterable[Told], year: int, at: datetime) -> list[Told]:
    """Everything that can be said against them, together."""
    told, wrong = list(figures), dict[str, str]()
    today = local_day(at)
    if not FIRST_YEAR <= year <= today.year:
        raise Invalid({"year": _("年度应在 %(first)s 至 %(last)s 之间。") % {"first": FIRST_YEAR, "last": today.year}})
    seen: set[tuple[str, str, int]] = set()
    for each in told:
        place = (each.indicator, each.channel, each.month)
        if said := _wrong(each, year, today.year * 12 + today.month):
            wrong[".".join(map(str, place))] = said
        elif place in seen:
            wrong[".".join(map(str, place))] = _("同一指标、渠道、月份填了两次。")
        seen.add(place)
    if wrong:
        raise Invalid(wrong)
    return told


def _wrong(told: Told, year: int, now: int) -> str:
    indicator = BY_KEY.get(told.indicator)
    if indicator is None:
        return _("没有名为“%(key)s”的指标。") % {"key": told.indicator[:40]}
    if told.channel not in CHANNELS or (told.channel and not indicator.by_channel):
        return _("“%(zh)s”不分这个渠道。") % {"zh": indicator.zh}
    if not 0 <= told.month <= 12 or (told.month and year * 12 + told.month > now):
        return _("月份应为 1 至 12（全年填 0），不能是以后的月份。")
    if len(told.evidence) > 400 or len(told.reason) > 400:
        return _("依据、理由不超过 400 个字。")
    if told.value is None:
        return ""
    if not told.value.is_finite() or abs(told.value) >= Decimal(10) ** 12:
        return _("数字过大。")
    if told.value < 0 and indicator.number is not Number.CHANGE:
        return _("“%(zh)s”不能为负。") % {"zh": indicator.zh}
    most = 6 if indicator.number is Number.AMOUNT else 0
    if told.value != round(told.value, most):
        return _("“%(zh)s”应为整数。") % {"zh": indicator.zh} if most == 0 else _("“%(zh)s”至多六位小数。") % {"zh": indicator.zh}
    return ""


def shown(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _value(holding: dict, told: Told) -> Decimal | None:
    before = holding.get((told.indicator, told.channel, told.month))
    return None if before is None else before.value


def _says_more(told: Told, holding: dict) -> bool:
    before = holding.get((told.indicator, told.channel, told.month))
    if before is None:
        return told.value is not None
    return (told.value, told.about) != (before.value, before.about)
