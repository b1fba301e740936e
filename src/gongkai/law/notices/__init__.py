"""放假通知: which days the notices make rest days or working days (《全国年节及纪念日放假办法》).

One folder per calendar (`cn` is the national one), one CSV file per year: `date,kind,name,notice,published,checked`.
A new year, or another region, is a new file. Columns after `name` may be left out of a file given from outside;
a column `calendar` there says whose notice it is (none: the national one).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from gongkai.law.errors import NotUnderstood

NATIONAL = "cn"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAME = re.compile(r"cn(-[a-z0-9]+)*")
_REQUIRED = ("date", "kind", "name")


class Kind(StrEnum):
    """What a notice makes of a day."""

    HOLIDAY = "holiday"  # 放假
    WORKDAY = "workday"  # 调休上班


@dataclass(frozen=True, slots=True)
class Entry:
    """One day named by a notice."""

    on: date
    kind: Kind
    name: str  # 春节
    calendar: str = NATIONAL
    notice: str = ""  # document number
    published: str = ""
    checked: str = ""  # the day somebody last held it against the notice


def parse_day(text: str) -> date | None:
    """A date written YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def parse(text: str, source: str, calendar: str = NATIONAL) -> tuple[Entry, ...]:
    """The entries of a CSV text; `source` names it in the message when a line is wrong."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    entries: dict[tuple[str, date], Entry] = {}
    columns: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _columns(cells, source)
                continue
            entry = _entry(dict(zip(columns, (cell.strip() for cell in cells), strict=False)), source, reader.line_num, calendar)
            if entries.setdefault((entry.calendar, entry.on), entry).kind is not entry.kind:
                raise _wrong(source, reader.line_num, f"{entry.on} 前后矛盾", f"{entry.on} is listed twice, differently")
    except csv.Error as problem:
        raise _wrong(source, reader.line_num, "不是规范的 CSV", f"not well-formed CSV ({problem})") from problem
    if columns is None:
        raise _wrong(source, 1, "文件是空的", "the file is empty")
    return tuple(entries.values())


def _columns(cells: list[str], source: str) -> list[str]:
    columns = [cell.strip() for cell in cells]
    if missing := [name for name in _REQUIRED if name not in columns]:
        raise _wrong(
            source, 1, f"表头缺少 {'、'.join(missing)}（应有 date,kind,name）",
            f"the header lacks {', '.join(missing)} (date,kind,name are needed)",
        )
    return columns


def _entry(row: dict[str, str], source: str, line: int, calendar: str) -> Entry:
    on = parse_day(row.get("date", ""))
    if on is None:
        raise _wrong(source, line, f"日期“{row.get('date', '')}”应为 YYYY-MM-DD", f"date {row.get('date', '')!r} is not YYYY-MM-DD")
    if row.get("kind") not in tuple(Kind):
        raise _wrong(
            source, line, f"kind“{row.get('kind', '')}”应为 holiday 或 workday",
            f"kind {row.get('kind', '')!r} is neither holiday nor workday",
        )
    whose = row.get("calendar") or calendar
    if not _NAME.fullmatch(whose):
        raise _wrong(source, line, f"calendar“{whose}”应形如 cn-xinjiang", f"calendar {whose!r} does not look like cn-xinjiang")
    more = (row.get(name, "") for name in ("notice", "published", "checked"))
    return Entry(on, Kind(row["kind"]), row.get("name", ""), whose, *more)


def _wrong(source: str, line: int, zh: str, en: str) -> NotUnderstood:
    return NotUnderstood(f"放假安排 {source} 第{line}行：{zh}。", f"Holiday table {source}, line {line}: {en}.")


def packaged_names() -> tuple[str, ...]:
    """The calendars that come with the package."""
    return tuple(sorted(place.name for place in files(__name__).iterdir() if place.is_dir() and _NAME.fullmatch(place.name)))


@cache
def packaged(calendar: str) -> tuple[Entry, ...]:
    """The packaged entries of one calendar, without the national ones that it overlays."""
    tables = sorted((t for t in files(__name__).joinpath(calendar).iterdir() if t.name.endswith(".csv")), key=lambda t: t.name)
    return tuple(entry for t in tables for entry in parse(t.read_text("utf-8"), f"{calendar}/{t.name}", calendar))
