"""What stands beside the text while it is written: the tokens that may be offered, plain numbers for which the ledger has a token, last year's stale words.

The text keeps its tokens; they are masked by as many blanks while its numbers are read, so that places in it hold. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.law.editions import REMEDY_LABELS, RESULT_LABELS, Applicant, Remedy, Result
from gongkai.report.auditing.labels import row_label
from gongkai.report.model import AnnualReport, Section
from gongkai.report.prose import Prose
from gongkai.report.words import Quantity, quantities

from .indicators import BY_KEY, CHANNELS, HOTLINE_KINDS, TOPICS, Topic
from .ledger import Place
from .tokens import TOKEN, Bound, Knowledge

RATES = (
    ("mailbox_done", "mailbox_received", "信箱留言办结率"), ("hotline_signed", "hotline_received", "热线签收率"),
    ("hotline_done", "hotline_received", "热线办结率"),
    *((kind, "hotline_received", f"{BY_KEY[kind].zh}占比") for kind in HOTLINE_KINDS),
)  # fmt: skip
GROUPS: dict[str, tuple[str, str]] = {
    **{topic.value: words for topic, words in TOPICS.items() if topic is not Topic.ACTIVE},
    "active": ("主动公开（表二）", "Table two"), "requests": ("依申请公开（表三）", "Table three"),
    "remedies": ("复议、诉讼（表四）", "Table four"), "fee": ("信息处理费", "Processing fees"),
}  # fmt: skip
OF_SECTION: dict[int, tuple[str, ...]] = {
    1: ("publication", "policy", "requests", "mailbox", "hotline", "website", "training", "assessment", "remedies"),
    2: ("active", "publication"), 3: ("requests",), 4: ("remedies",), 5: ("assessment", "training", "hotline"), 6: ("fee", "training", "assessment"),
}  # fmt: skip
SMALL = 10  # 小于它的数到处都有：字面也要对得上
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?(?:万|亿)?(?:余|多)?")
_YEARS = re.compile(r"(?<!\d)20\d\d(?=\s*年)")
_COMMON = frozenset({"信息", "数量", "件数", "总计", "其他", "合计"})  # 词尾太普通，不能据以认定说的是哪个数
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")


@dataclass(frozen=True, slots=True)
class Offer:
    """A token that has a figure now: what it says, how it prints, in which group it is offered."""

    name: str
    label: str
    printed: str
    value: Decimal
    about: bool
    unit: str
    group: str
    place: Place | None = None  # 台账里的
    counted: int | None = None  # 平台自己数到的

    @property
    def token(self) -> str:
        return "{{" + self.name + "}}"

    @property
    def miscounted(self) -> bool:
        """Entered and counted, and not the same."""
        return self.counted is not None and self.counted != self.value


@dataclass(frozen=True, slots=True)
class Loose:
    """A plain number in the text for which there are tokens; `same` where the figure is the same, otherwise the words are and the figure is another."""

    section: int
    start: int
    end: int
    number: str
    quote: str
    offers: tuple[Offer, ...]
    same: bool


class Stale(StrEnum):
    """Why words of last year's text cannot be taken over as they are."""

    NONE = ""
    YEAR = "year"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: plain, a printed token (its name), or a token without a figure."""

    text: str
    token: str = ""
    unknown: bool = False
    stale: Stale = Stale.NONE


def offers(knowledge: Knowledge) -> tuple[Offer, ...]:
    """Every token that has a figure now, in the order of the ledger and the tables."""
    return tuple(_offers(knowledge))


def _offers(knowledge: Knowledge) -> Iterator[Offer]:
    order = list(BY_KEY)
    for place in sorted({*knowledge.figures, *knowledge.counted}, key=lambda each: (order.index(each[0]), each[1])):
        key, channel = place
        indicator, figure, counted = BY_KEY[key], knowledge.figures.get(place), knowledge.counted.get(place)
        if indicator.topic is Topic.ACTIVE:
            continue
        name, group = f"{key}.{channel}" if channel else key, indicator.topic.value
        label = indicator.zh + (f"（{CHANNELS[channel][0]}）" if channel else "")
        if figure is not None:
            bound = Bound(figure.value, figure.about)
            yield Offer(name, label, bound.printed, bound.value, bound.about, indicator.unit, group, place, counted)
        if counted is not None and (figure is None or figure.value != counted):
            yield Offer(f"counted.{name}", f"{label}，平台数到", str(counted), Decimal(counted), False, indicator.unit, group, place)
    for one, other, label in RATES:
        if (rate := knowledge.bound(f"rate:{one}/{other}")) is not None:
            yield _offer(f"rate:{one}/{other}", label, "%", BY_KEY[one].topic.value, rate)
    yield from _tables(knowledge.report)
    if (fee := knowledge.bound("fee")) is not None:
        yield _offer("fee", "收取信息处理费", "元", "fee", fee)


def _tables(report: AnnualReport) -> Iterator[Offer]:
    for key, figure in report.active.items():
        if figure.value is not None:
            yield _offer(f"active.{key}", row_label(key).replace("·", "："), figure.unit, "active", Bound(Decimal(figure.value)))
    for row in report.applications:
        value = report.application(row, Applicant.TOTAL)
        if value is not None and (value or row in ("new_received", "results_total", "carried_over", "carried_forward")):
            yield _offer(f"requests.{row}", row_label(row).partition("、")[2] or row_label(row), "件", "requests", Bound(Decimal(value)))
    for block in Remedy:
        for result in Result:
            value = report.remedy(block, result)
            if value is not None and (value or result is Result.TOTAL):
                yield _offer(f"remedies.{block}.{result}", f"{REMEDY_LABELS[block]}：{RESULT_LABELS[result]}", "件", "remedies", Bound(Decimal(value)))


def _offer(name: str, label: str, unit: str, group: str, bound: Bound) -> Offer:
    return Offer(name, label, bound.printed, bound.value, bound.about, unit, group)


def masked(text: str) -> str:
    """The text with its tokens blanked out, sign for sign."""
    return TOKEN.sub(lambda found: "　" * len(found.group(0)), text)


def loose(section: int, text: str, offered: Sequence[Offer]) -> tuple[Loose, ...]:
    """Plain numbers that a token could stand for, in the order of the text."""
    if not text.strip():
        return ()
    return tuple(
        found for quantity in quantities(Section(section, "", Prose.of(masked(text)))) if not quantity.implicit and (found := _loose(section, text, quantity, offered))
    )


def _loose(section: int, text: str, quantity: Quantity, offered: Sequence[Offer]) -> Loose | None:
    printed = _NUMBER.match(text, quantity.start)
    if printed is None or quantity.kind == "times" or (quantity.unit in ("年", "月", "日", "号") and quantity.kind == "count"):
        return None
    alike = sorted(((_alike(offer.label, quantity.about), offer) for offer in offered if _fits(offer, quantity)), key=lambda each: -each[0])
    equal = [offer for likeness, offer in alike if offer.value == quantity.value and (likeness or quantity.value >= SMALL)]
    other = [offer for likeness, offer in alike if likeness >= 1 and offer.value != quantity.value][:1]
    best = equal[:3] or other
    if not best or (not equal and quantity.approx):
        return None
    return Loose(section, quantity.start, printed.end(), printed.group(0), text[max(0, quantity.begin) : quantity.end].strip("　，,。；"), tuple(best), bool(equal))


def _fits(offer: Offer, quantity: Quantity) -> bool:
    """Whether the units may mean the same."""
    if (offer.unit == "%") != (quantity.kind == "percent") or (quantity.kind == "money") != (offer.unit in ("元", "万元")):
        return False
    loose_units = {"条", "件", "项", "篇", "个", "次", "人次", ""}
    return offer.unit == quantity.unit or (offer.unit in loose_units and quantity.unit in loose_units)


def _alike(label: str, about: str) -> float:
    """How much of a label's words stands just before the number: 1 where its last word ends there."""
    words = [word for word in re.split(r"[（）：、·\s]", label) if len(word) >= 2]
    near = about[-10:]
    share = sum(word in about for word in words) / max(1, len(words))
    if not words:
        return 0.0
    end = words[-1][-2:]
    ends = near.removesuffix("共").removesuffix("为").endswith(end) and end not in _COMMON
    return 1.0 + share if ends and (share == 1 or len(words) == 1) else share


def pieces(text: str, knowledge: Knowledge) -> tuple[Piece, ...]:
    """The text as it prints now, with what came from tokens marked."""
    found, last = list[Piece](), 0
    for token in TOKEN.finditer(text):
        if token.start() > last:
            found.append(Piece(text[last : token.start()]))
        bound = knowledge.bound(token.group(1))
        found.append(Piece(token.group(0) if bound is None else bound.printed, token.group(1), bound is None))
        last = token.end()
    return (*found, Piece(text[last:])) if last < len(text) else tuple(found)


def stale(text: str, year: int) -> tuple[Piece, ...]:
    """Last year's text with what cannot be right in this year's marked: its years, its figures. `year` is this year."""
    marks = [(found.start(), found.end(), Stale.YEAR) for found in _YEARS.finditer(text) if int(found.group()) < year]
    for quantity in quantities(Section(1, "", Prose.of(text))):
        printed = _NUMBER.match(text, quantity.start)
        if printed and not quantity.implicit:
            marks.append((quantity.start, max(printed.end(), quantity.end), Stale.NUMBER))
    found, last = list[Piece](), 0
    for start, end, why in sorted(marks):
        if start < last:
            continue
        found += [Piece(text[last:start])] if start > last else []
        found.append(Piece(text[start:end], stale=why))
        last = end
    return (*found, Piece(text[last:])) if last < len(text) else tuple(found)


def copied(text: str, before: str, year: int) -> tuple[str, ...]:
    """Sentences taken over word for word from last year's text that tell a figure or an earlier year."""
    had = {sentence.strip() for sentence in _SENTENCE.findall(before)}
    return tuple(
        sentence.strip() for sentence in _SENTENCE.findall(text)
        if sentence.strip() in had and len(sentence.strip()) > 5 and not TOKEN.search(sentence) and any(piece.stale for piece in stale(sentence.strip(), year))
    )  # fmt: skip
