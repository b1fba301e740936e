"""What must agree within the form (勾稽), as data. Warnings only, and never over a blank: a blank may be any number, and 1800余 at least 1800. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .fields import BY_KEY, label
from .reading import NO, number, of, shown

Values = Mapping[str, str | None]


class Holds(StrEnum):
    """How a figure stands to the sum of others."""

    EQUAL = "equal"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


SAID = {
    Holds.EQUAL: ("应等于", "should equal"), Holds.AT_LEAST: ("不应小于", "should not be less than"), Holds.AT_MOST: ("不应大于", "should not exceed"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """One relation between boxes; ours, as sense demands them: the notices name none."""

    key: str
    one: str
    holds: Holds
    others: tuple[str, ...]


CHECKS = (
    Check("published", "published_total", Holds.AT_LEAST, ("published_overview", "published_news", "published_catalogue")),
    Check("interpretations", "interpretations", Holds.EQUAL, ("interpretation_materials", "interpretation_products", "interpretation_comments")),
    Check("cases", "cases_total", Holds.EQUAL, ("cases_natural", "cases_legal")),
    Check("messages_done", "messages_done", Holds.AT_MOST, ("messages_received",)),
    Check("messages_public", "messages_public", Holds.AT_MOST, ("messages_done",)),
    Check("security", "security_mended", Holds.AT_MOST, ("security_found",)),
    Check("visitors", "visitors", Holds.AT_MOST, ("visits",)),
    Check("services", "services_online", Holds.AT_MOST, ("services",)),
    Check("interviews", "interview_answers", Holds.AT_MOST, ("interview_messages",)),
)
MEDIA = ("weibo_posts", "weibo_followers", "wechat_posts", "wechat_followers")


@dataclass(frozen=True, slots=True)
class Warned:
    """A check that does not hold: at which boxes, and in words."""

    key: str
    fields: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class _Span:
    """What a figure may be: at least the one, at most the other where that is known."""

    least: Decimal
    most: Decimal | None

    def plus(self, other: _Span) -> _Span:
        return _Span(self.least + other.least, None if self.most is None or other.most is None else self.most + other.most)


_ANY = _Span(Decimal(0), None)


def _span(kept: str | None) -> _Span:
    found = number(kept)
    return _ANY if found is None else _Span(found[0], None if found[1] else found[0])


def warned(values: Values, year: int) -> tuple[Warned, ...]:
    """Every check that cannot hold whatever the blanks are."""
    return (*_sums(values), *_media(values), *_day(values, year))


def _sums(values: Values) -> Iterator[Warned]:
    for check in CHECKS:
        one, others = _span(values.get(check.one)), _Span(Decimal(0), Decimal(0))
        for key in check.others:
            others = others.plus(_span(values.get(key)))
        less = one.most is not None and one.most < others.least
        more = others.most is not None and one.least > others.most
        if (less and check.holds is not Holds.AT_MOST) or (more and check.holds is not Holds.AT_LEAST):
            yield _warned(check, values)


def _warned(check: Check, values: Values) -> Warned:
    zh, en = SAID[check.holds]
    known = [key for key in check.others if values.get(key)]
    blank = len(known) < len(check.others)

    def told(english: bool) -> str:
        equals, join = (" = ", " + ") if english else ("＝", "＋")
        parts = join.join(f"{label(key, english=english)} {_printed(key, values, english)}" for key in known)
        return parts + (equals + _total(known, values, english) if len(known) > 1 else "")

    one_zh, one_en = (f"{label(check.one, english=english)} {_printed(check.one, values, english)}" for english in (False, True))
    rest_zh, rest_en = ("（其余空白）", " (the others are blank)") if blank else ("", "")
    return Warned(check.key, (check.one, *check.others), f"{one_zh}，{zh}{told(False)}{rest_zh}。", f"{one_en} {en} {told(True)}{rest_en}.")


def _printed(key: str, values: Values, english: bool) -> str:
    return values.get(key) or "" if english else shown(BY_KEY[key], values.get(key))


def _total(keys: list[str], values: Values, english: bool) -> str:
    found = [pair for key in keys if (pair := number(values.get(key))) is not None]
    return of(sum((value for value, _about in found), Decimal(0)), any(about for _value, about in found)).replace("+", "+" if english else "余")


def _media(values: Values) -> Iterator[Warned]:
    """没有移动新媒体，却有数."""
    if values.get("media_any") != NO:
        return
    named = [key for key in MEDIA if (found := number(values.get(key))) is not None and found[0] > 0]
    if named:
        zh, en = ("、".join(label(key) for key in named), ", ".join(label(key, english=True) for key in named))
        yield Warned("media", ("media_any", *named), f"“是否有移动新媒体”填的是否，{zh}却有数。", f"\"Has new media\" says no, but there are figures: {en}.")


def _day(values: Values, year: int) -> Iterator[Warned]:
    told = values.get("filled_on")
    if told and date.fromisoformat(told) < date(year, 12, 31):
        yield Warned("filled_on", ("filled_on",), f"填报日期在{year}年结束以前，报表的数还不全。", f"Filled in before {year} was over: the figures are not complete.")
