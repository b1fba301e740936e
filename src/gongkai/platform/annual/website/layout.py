"""The form laid out as its table: four columns, blocks and parts joined downwards, as the notice prints it. Pure; page and DOCX print the same boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .fields import GROUPS, Field, Group, Kind, Part
from .reading import NO, YES, shown

TITLE = "政府网站工作年度报表"
COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its words, how far it reaches, whether it is a heading, and which field's value it shows."""

    text: str
    across: int = 1
    down: int = 1
    head: bool = True
    key: str = ""
    en: str = ""

    @property
    def blank(self) -> bool:
        return not self.head and not self.text


Row = tuple[Box, ...]
Values = Mapping[str, str | None]


def title(year: int) -> tuple[str, str]:
    return TITLE, f"（{year}年度）"


def named(site: str, year: int) -> str:
    """What one form is called: 疏勒县政府门户网站工作年度报表（2023年度）."""
    return f"{site}{TITLE.removeprefix('政府网站') if site.endswith('网站') else TITLE}（{year}年度）"


def rows(values: Values) -> Iterator[Row]:
    """Every row of the table, the last block (who filled it in) among them."""
    for group in GROUPS:
        yield from _alone(group, values) if group.key in ("site", "visits", "signed") else _group(group, values)


def _alone(group: Group, values: Values) -> Iterator[Row]:
    """Fields that stand in no block: label, value."""
    for field in group.fields:
        yield Box(_label(field), across=2, en=field.en), Box(_value(field, values), across=2, head=False, key=field.key)


def _group(group: Group, values: Values) -> Iterator[Row]:
    head = Box(f"{group.zh}\n（单位：{group.unit}）" if group.unit else group.zh, down=len(group.fields), en=group.en)
    for number, (part, at, field) in enumerate(_placed(group)):
        yield (*([head] if number == 0 else []), *_heads(part, at, field, bool(group.unit)), Box(_value(field, values), head=False, key=field.key))


def _placed(group: Group) -> Iterator[tuple[Part, int, Field]]:
    """Every field with its part and its place in it."""
    for part in group.parts:
        yield from ((part, at, field) for at, field in enumerate(part.fields))


def _heads(part: Part, at: int, field: Field, united: bool) -> Iterator[Box]:
    """The part's heading where it begins, and the field's own; without a part the field's takes its place."""
    if part.zh and at == 0:
        yield Box(part.zh, down=len(part.fields), en=part.en)
    yield Box(_label(field, united), across=1 if part.zh else 2, en=field.en)


def _label(field: Field, united: bool = False) -> str:
    return f"{field.zh}（单位：{field.unit}）" if field.unit and not united else field.zh


def _value(field: Field, values: Values) -> str:
    """As the form prints it: boxes to tick are ticked or empty, a blank stays blank."""
    kept = values.get(field.key)
    if field.kind is Kind.YES_NO:
        return f"{_tick(kept == YES)}是　{_tick(kept == NO)}否"
    if field.kind is Kind.CHOICE:
        return "　".join(f"{_tick(kept == key)}{zh}" for key, zh, _en in field.choices)
    return shown(field, kept)


def _tick(on: bool) -> str:
    return "☑" if on else "□"
