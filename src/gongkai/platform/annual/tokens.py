"""记号: figures bound into the prose. `{{published.site}}` stands for a figure of the ledger, `{{requests.new_received}}` for a cell of the tables.

A token follows the ledger until the report is frozen; then its number is printed. What has no figure is not guessed: it is named. Pure.

    {{indicator}} {{indicator.channel}}        a figure of the ledger
    {{active.cell}} {{requests.row[.column]}} {{remedies.block.result}}   a cell of the compiled tables
    {{rate:one/other}}                         a percentage of two of these
    {{counted.indicator.channel}}              what gongkai itself counts of a figure of the ledger
    {{fee}}                                    processing fees paid, in yuan
    {{year}}                                   the year of the report
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from gongkai.law.editions import EDITIONS, Applicant, Remedy, Result
from gongkai.report.model import AnnualReport, Count

from .indicators import BY_KEY, CHANNELS
from .ledger import Place, YearFigure

TOKEN = re.compile(r"\{\{\s*([a-z0-9_.:/]+)\s*\}\}")
_ANY = re.compile(r"\{\{[^{}]*\}\}")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a token stands for now: the number as it is printed, and whether it is about."""

    value: Decimal
    about: bool = False

    @property
    def printed(self) -> str:
        text = f"{self.value.normalize():f}"
        return f"{text}余" if self.about else text


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its tokens filled: what was printed, and the tokens that have no figure."""

    text: str
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that tokens may name: a year's figures, the compiled tables, the fees."""

    figures: Mapping[Place, YearFigure]
    report: AnnualReport
    fee_yuan: Decimal | None = Decimal(0)  # 汇总的：有一份报告没有写，就不知道
    counted: Mapping[Place, int] = field(default_factory=dict)  # 平台自己数到的

    def bound(self, name: str) -> Bound | None:
        """What a name stands for; None where there is no such figure, or it is blank."""
        if name.startswith("rate:"):
            return self._rate(name.removeprefix("rate:"))
        head, *rest = name.split(".")
        if head == "year" and not rest:
            return None if self.report.year is None else Bound(Decimal(self.report.year))
        if head == "fee" and not rest:
            return None if self.fee_yuan is None else Bound(self.fee_yuan)
        read = _TABLES.get(head)
        if read is not None:
            value = read(self.report, rest)
            return None if value is None else Bound(Decimal(value))
        if head == "counted":
            number = self.counted.get((rest[0], ".".join(rest[1:]))) if rest else None
            return None if number is None else Bound(Decimal(number))
        return self._figure(head, rest[0] if len(rest) == 1 else "" if not rest else "?")

    def _figure(self, indicator: str, channel: str) -> Bound | None:
        found = self.figures.get((indicator, channel))
        return None if found is None else Bound(found.value, found.about)

    def _rate(self, told: str) -> Bound | None:
        one, _, other = told.partition("/")
        part, whole = (None if "rate" in each else self.bound(each) for each in (one, other))
        if part is None or whole is None or not whole.value:
            return None
        return Bound((part.value * 100 / whole.value).quantize(Decimal("0.01"), ROUND_HALF_UP), part.about or whole.about)


def _requests(report: AnnualReport, rest: list[str]) -> Count | None:
    column = rest[1] if len(rest) == 2 else Applicant.TOTAL.value
    if not 1 <= len(rest) <= 2 or column not in set(Applicant):
        return None
    return report.application(rest[0], Applicant(column))


def _remedies(report: AnnualReport, rest: list[str]) -> Count | None:
    if len(rest) != 2 or rest[0] not in set(Remedy) or rest[1] not in set(Result):
        return None
    return report.remedy(Remedy(rest[0]), Result(rest[1]))


_TABLES: Mapping[str, Callable[[AnnualReport, list[str]], Count | None]] = {
    "active": lambda report, rest: report.figure(rest[0]) if len(rest) == 1 else None,
    "requests": _requests,
    "remedies": _remedies,
}


def known(name: str) -> bool:
    """Whether there is such a token at all, whatever its figure is now."""
    if name.startswith("rate:"):
        one, slash, other = name.removeprefix("rate:").partition("/")
        return bool(slash) and all(":" not in each and known(each) for each in (one, other))
    head, *rest = name.split(".")
    if head == "counted":
        return bool(rest) and _is_place(rest)
    match head:
        case "fee" | "year":
            return not rest
        case "active":
            return len(rest) == 1 and any(cell.key == rest[0] for edition in EDITIONS for cell in edition.active_cells())
        case "requests":
            return 1 <= len(rest) <= 2 and any(row.key == rest[0] for edition in EDITIONS for row in edition.requests) and set(rest[1:]) <= set(Applicant)
        case "remedies":
            return len(rest) == 2 and rest[0] in set(Remedy) and rest[1] in set(Result)
    return _is_place([head, *rest])


def _is_place(parts: list[str]) -> bool:
    """An indicator of the ledger, and a channel where it has channels."""
    indicator = BY_KEY.get(parts[0])
    return indicator is not None and (len(parts) == 1 or (len(parts) == 2 and indicator.by_channel and parts[1] in CHANNELS and parts[1] != ""))


def named(text: str) -> Iterator[str]:
    """The tokens of a text, as they come."""
    return (found.group(1) for found in TOKEN.finditer(text))


def malformed(text: str) -> tuple[str, ...]:
    """Braces that are no token: a slip of the pen that would be printed."""
    return tuple(found for found in _ANY.findall(text) if not TOKEN.fullmatch(found))


def filled(text: str, knowledge: Knowledge) -> Filled:
    """The text with every token's number; one without a figure stays as it stands, and is named."""
    unknown: list[str] = []

    def number(found: re.Match[str]) -> str:
        bound = knowledge.bound(found.group(1))
        if bound is None:
            unknown.append(found.group(1))
            return found.group(0)
        return bound.printed

    return Filled(TOKEN.sub(number, text), tuple(dict.fromkeys([*unknown, *malformed(text)])))


def offered(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    """The tokens that have a figure now: name, what it says, how it prints."""
    for (indicator, channel), figure in sorted(knowledge.figures.items(), key=lambda each: (list(BY_KEY).index(each[0][0]), each[0][1])):
        name = f"{indicator}.{channel}" if channel else indicator
        told = BY_KEY[indicator].zh + (f"（{CHANNELS[channel][0]}）" if channel else "")
        yield name, told, Bound(figure.value, figure.about).printed
