"""数量之和: how a total finds its parts — lists that words open, lists without such words, totals after their parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from gongkai.report.model import Section

from .addition import NEARLY, Sum, alike
from .items import Item, Opening, Stop
from .quantity import Quantity

TOTAL_WORDS = re.compile(r"各类|各项|总数|总量|总计|合计|共|累计|全年|年内|全部|总")
ALL_KINDS = re.compile(r"各类|各种|总数|总量|全部|合计|总计")
AFTER_PARTS = re.compile(r"^(?:共计|合计|总计|总共|共|累计|全年共|以上共|两项共|总数)")
STRICTLY_AFTER = re.compile(r"^(?:共计|合计|总计|总共)(?:发布|公开)?$")
REST = re.compile(r"^(?:其他|其它|其余)(?:各?类)?(?:方面)?(?:的)?(?P<what>.*)$")
UNFINISHED = re.compile(r"\s*(?:[)）]\s*)?等")
BALANCE = re.compile(r"办结|办理完|结转|答复|已办|审结")
OLDER = re.compile(r"历年|累计|截至|截止|上年|去年|子项")
CHANNELS = tuple(
    re.compile(words)
    for words in ("门户网|网站", "微信|公众号|[“\"][^”\"]{2,12}[”\"]发布|“[^”]{2,12}”", "微博", "新媒体|抖音|客户端|APP", "公示栏|公告栏|电子屏|广播|电视")
)
BRACKETED = re.compile(r"[(（][^()（）]*[)）]|^[^()（）]*[)）]")
MARKS = re.compile(r"[\d.%％,，。;；\s、:：()（）]")
LONGEST, DEEPEST, BACK, STEPS = 80, 4, 16, 200  # parts in a list, lists in a list, totals looked for before one
GROWN = re.compile(r"(?:由|从)[^,，。]*$")
GROWN_TO = re.compile(r"^[^,，。]*?(?:增加|增|上升|提升|扩大|扩展)(?:到|至|为)")


@dataclass(frozen=True, slots=True)
class _Run:
    """Parts that follow one another."""

    parts: tuple[int, ...]
    end: int  # the first item that is no part, nor part of a part
    exact: int  # how many of the parts make the total, 0 for none
    cut: bool = False  # ended before a part that would exceed the total


class Search:
    """The additions of one section, found over its items."""

    def __init__(self, section: Section, found: list[Item]) -> None:
        self.section, self.items = section, found
        self.sums: dict[int, list[Sum]] = {}
        self.inside: set[int] = set()
        self.nesting = 0
        self.steps = STEPS * len(found)  # a text that nests lists without end is not followed to its end
        self.runs: dict[tuple[int, int, Decimal], _Run] = {}

    def run(self) -> list[Sum]:
        for index in range(1, len(self.items)):
            if self.items[index].opening is not None:
                self._opened(index)
        for index in range(len(self.items) - 1):
            if index not in self.sums and index not in self.inside:
                self._unopened(index)
        for index in range(2, len(self.items)):
            self._totalled(index)
        return _once([one for _, kept in sorted(self.sums.items()) for one in _best(kept)])

    # a list that words open: 其中…, 包括…, 分别为…, (…)

    def _opened(self, index: int) -> None:
        item, owner = self.items[index], self._owner(index)
        if owner is None:
            return
        total = self.items[owner].quantity
        run = self._collect(index, total)
        if run.exact:
            self._add(owner, run.parts[: run.exact], True)
            self._again(run, owner, total)
            return
        if self._grown(index, owner) or self._elsewhere(index, owner) or not self.steps:
            return
        if not self._attached(item) or not alike(total, item.quantity) or item.opening is Opening.COLON:
            return
        if item.opening is Opening.BRACKET and (len(run.parts) < 2 or self._beside(run, total)):
            return
        run = self._up_to_rest(run)
        self._add(owner, run.parts, self._claims_all(item, run, total))

    def _again(self, run: _Run, owner: int, total: Quantity) -> None:
        """从申请方式看…；从办理结果看…: the same total, divided once more."""
        last = run.parts[run.exact - 1]
        while last + 2 < len(self.items) and self.items[last + 1].stop in (Stop.SEMICOLON, Stop.SENTENCE):
            more = self._collect(last + 1, total)
            if more.exact < 2:
                return
            self._add(owner, more.parts[: more.exact], True)
            last = more.parts[more.exact - 1]

    def _up_to_rest(self, run: _Run) -> _Run:
        """A list ends with its 其他."""
        for position, (part, after) in enumerate(pairwise(run.parts)):
            if position and self.items[after].stop >= Stop.COMMA and REST.match(self.items[part].quantity.about):
                return _Run(run.parts[: position + 1], after, 0, run.cut)
        return run

    def _owner(self, index: int) -> int | None:
        """The quantity that a list belongs to: the last one before, outside brackets that have closed."""
        item = self.items[index]
        low = item.low
        for at in range(index - 1, max(-1, index - LONGEST), -1):
            if self.items[at + 1].stop is Stop.BREAK:
                return None
            low = min(low, self.items[at + 1].low)
            if self.items[at].depth <= low or (at == index - 1 and item.low == self.items[at].depth):
                return at
        return None

    def _collect(self, index: int, total: Quantity) -> _Run:
        """The parts from `index` on, as far as they can belong to a total."""
        key = index, total.start, total.value
        if key not in self.runs:
            self.nesting += 1
            self.runs[key] = self._gather(index, total)
            self.nesting -= 1
        return self.runs[key]

    def _gather(self, index: int, total: Quantity) -> _Run:
        found, parts, sum_, exact, at, cut = self.items, [index], self.items[index].value, 0, index + 1, False
        level = found[index].depth
        if sum_ == total.value and alike(total, found[index].quantity):
            exact = 1
        while at < len(found) and len(parts) < LONGEST and self.steps:
            self.steps -= 1
            item = found[at]
            if item.stop >= Stop.SENTENCE or item.low < level or item.ender:
                break
            if item.depth > level or (item.opening is not None and item.opening is not Opening.COLON):
                at = self._past(at, parts[-1], level)
                continue
            if not alike(total, item.quantity):
                break
            if not exact and item.value > total.bounds[1] and item.opening is None and item.stop >= Stop.COMMA:
                cut = True
                break
            parts.append(at)
            sum_ += item.value
            if sum_ == total.value:
                exact = len(parts)
            at += 1
        if not exact and total.approx and self._near(parts, total):
            exact = len(parts)
        return _Run(tuple(parts), at, exact, cut)

    def _past(self, at: int, owner: int, level: int) -> int:
        """Where the parts of a part end."""
        found = self.items
        if found[at].depth > level:
            while at < len(found) and (found[at].low > level or found[at].depth > level) and self.steps:
                self.steps -= 1
                at += 1
            return at
        if self.nesting > DEEPEST:
            return at + 1
        run = self._collect(at, found[owner].quantity)
        if run.exact:
            return run.parts[run.exact - 1] + 1
        for part in run.parts[1:]:
            if found[part].stop >= Stop.SEMICOLON:
                return part
        for part in run.parts[1:]:
            if found[part].stop > Stop.PAUSE:
                return part
        return run.end

    def _near(self, parts: list[int], total: Quantity) -> bool:
        quantities = [self.items[part].quantity for part in parts]
        return len(parts) > 1 and Sum("", 0, total, tuple(quantities), None).holds

    def _attached(self, item: Item) -> bool:
        """Whether nothing but marks, brackets and a short remark stands before the words that open the list."""
        lead = BRACKETED.sub("", item.lead)
        words = MARKS.sub("", lead)
        return len(words) <= (16 if item.opening is Opening.AMONG else 2)

    def _beside(self, run: _Run, total: Quantity) -> bool:
        """Whether numbers in a bracket stand beside the total rather than in it (历年累计…, 办结…)."""
        quantities = [self.items[part].quantity for part in run.parts]
        return any(BALANCE.search(q.about) or OLDER.search(q.about) or q.value > total.bounds[1] for q in quantities)

    def _grown(self, index: int, owner: int) -> bool:
        """由…8个增加到…16个。其中，新增…: the parts make the difference."""
        if owner == 0:
            return False
        new, old, item = self.items[owner], self.items[owner - 1], self.items[index]
        between = self.section.prose.plain[old.quantity.end : new.quantity.start]
        if new.quantity.unit != old.quantity.unit or not GROWN_TO.match(between) or not GROWN.search(old.quantity.about):
            return False
        growth = new.quantity.value - old.quantity.value
        total = _difference(old.quantity, new.quantity, self.section, growth)
        run = self._collect(index, total)
        if run.exact and "新" in item.tail:
            self._add(owner, run.parts[: run.exact], True, total)
        return bool(run.exact)

    def _elsewhere(self, index: int, owner: int) -> bool:
        """A total that stands earlier in the paragraph, taken only where the parts make it exactly."""
        for at in range(owner, max(-1, owner - BACK), -1):
            if at < owner:
                total = self.items[at].quantity
                if alike(total, self.items[index].quantity) and total.value > self.items[index].value:
                    run = self._collect(index, total)
                    if run.exact > 1:
                        self._add(at, run.parts[: run.exact], True)
                        return True
            if self.items[at].stop is Stop.BREAK:
                return False
        return False

    def _claims_all(self, item: Item, run: _Run, total: Quantity) -> bool | None:
        """Whether a list that does not make its total claims to be complete."""
        quantities = [self.items[part].quantity for part in run.parts]
        if item.opening is Opening.WITH or run.cut or self._unfinished(run):
            return False
        if item.opening is Opening.BRACKET:
            return None
        uniform = all(q.unit == total.unit for q in quantities)
        if len(quantities) > 1 and uniform and self._names_rest(quantities[-1], total):
            return True
        share = sum((q.value for q in quantities), Decimal(0))
        if item.opening is Opening.ALL:
            told = "分" in item.word or share * 2 >= total.value
            return True if told and uniform and len(quantities) > 1 and self._ended(run) else None
        channels = sum(any(channel.search(q.about) for q in quantities) for channel in CHANNELS)
        if channels > 1 and total.value * NEARLY <= share < total.value:
            return None
        return False

    def _unfinished(self, run: _Run) -> bool:
        last = self.items[run.parts[-1]].quantity
        return UNFINISHED.match(self.section.prose.plain, last.end) is not None

    def _names_rest(self, last: Quantity, total: Quantity) -> bool:
        """其他…: the rest of the same thing."""
        rest = REST.match(last.about)
        return rest is not None and (not rest["what"] or rest["what"][-2:] in total.about)

    def _ended(self, run: _Run) -> bool:
        """Whether a list ends clearly: at the end of its sentence or bracket, or parted more strongly than its parts."""
        within = max((self.items[part].stop for part in run.parts[1:]), default=Stop.NONE)
        if run.end >= len(self.items):
            return True
        after = self.items[run.end]
        first = self.items[run.parts[0]]
        return after.stop >= Stop.SENTENCE or after.low < first.depth or (after.stop > within and after.stop >= Stop.SEMICOLON)

    # a total first, the parts without words that open them

    def _unopened(self, index: int) -> None:
        total, after = self.items[index], self.items[index + 1]
        if not total.value or after.opening not in (None, Opening.BRACKET) or after.stop in (Stop.NONE, Stop.BREAK) or after.ender:
            return
        first = index + 1
        if after.depth > total.depth:
            while first < len(self.items) and self.items[first].depth > total.depth:
                first += 1
            if first >= len(self.items) or self.items[first].stop is Stop.BREAK:
                return
        run = self._collect(first, total.quantity)
        worded = TOTAL_WORDS.search(total.quantity.about) is not None
        if run.exact > 2 or (run.exact == 2 and worded):
            self._add(index, run.parts[: run.exact], True)
        elif after.stop is Stop.PAUSE and ALL_KINDS.search(total.quantity.about):
            self._overfull(index, run)

    def _overfull(self, index: int, run: _Run) -> None:
        """各类信息3050条、…2944条、…: perhaps parts, and then too many."""
        total = self.items[index].quantity
        parts = [part for part in run.parts if self.items[part].quantity.unit == total.unit]
        if len(parts) > 1 and sum(self.items[part].value for part in parts) > total.bounds[1]:
            self._add(index, tuple(parts), False)

    # the parts first, the total after them: …共计28条

    def _totalled(self, index: int) -> None:
        item = self.items[index]
        if item.stop not in (Stop.PAUSE, Stop.COMMA, Stop.SEMICOLON) or item.opening is not None:
            return
        total = item.quantity
        if not AFTER_PARTS.match(total.about):
            return
        parts: list[int] = []
        sum_ = Decimal(0)
        for at in range(index - 1, max(-1, index - LONGEST), -1):
            before = self.items[at]
            if before.depth > item.depth:
                continue
            if before.depth < item.depth or not alike(total, before.quantity):
                break
            parts.insert(0, at)
            sum_ += before.value
            if sum_ == total.value and len(parts) > 1:
                self._add(index, tuple(parts), True)
                return
            if before.stop >= Stop.SENTENCE or sum_ > total.value:
                break
        if STRICTLY_AFTER.match(total.about) and self._plain_list(parts, index):
            self._add(index, tuple(parts), True)

    def _plain_list(self, parts: list[int], index: int) -> bool:
        """Whether a sentence is nothing but parts of one unit and their total."""
        if len(parts) < 2 or parts[-1] != index - 1 or self.items[parts[0]].stop < Stop.SENTENCE:
            return False
        total = self.items[index].quantity
        return all(
            self.items[part].quantity.unit == total.unit
            and part not in self.sums
            and (position == 0 or (self.items[part].opening is None and not self.items[part].ender))
            and not AFTER_PARTS.match(self.items[part].quantity.about)
            for position, part in enumerate(parts)
        )

    def _add(self, owner: int, parts: Sequence[int], exhaustive: bool | None, total: Quantity | None = None) -> None:
        quantities = [self.items[part].quantity for part in parts]
        whole = total or self.items[owner].quantity
        if exhaustive is not False:
            self.inside.update(parts)
        everything = [whole, *quantities]
        start = min(q.begin for q in everything)
        quote = self.section.prose.quote(start, max(q.end for q in everything))
        self.sums.setdefault(owner, []).append(Sum(quote, self.section.number, whole, tuple(quantities), exhaustive))


def _difference(old: Quantity, new: Quantity, section: Section, value: Decimal) -> Quantity:
    quote = section.prose.quote(old.begin, new.end)
    return Quantity(value, new.unit, quote, section.number, old.start, new.end, about=old.about, begin=old.begin)


def _once(found: list[Sum]) -> list[Sum]:
    """Subtotals (…共102条；…共86条) stand for their own parts: nothing is added twice."""
    subtotals = {one.total.start: {part.start for part in one.parts} for one in found if one.holds and one.exhaustive}
    result = []
    for one in found:
        starts = {part.start for part in one.parts}
        inner: set[int] = set()
        for start in starts & subtotals.keys():
            inner |= subtotals[start] if subtotals[start] < starts else set()
        if inner and not one.holds:
            less = replace(one, parts=tuple(part for part in one.parts if part.start not in inner))
            one = replace(less, exhaustive=True) if less.holds else less
        result.append(one)
    return result


def _best(found: list[Sum]) -> list[Sum]:
    """Of several lists for one total, those that make it; the others were other views of it."""
    making = [one for one in found if one.holds and one.exhaustive]
    return making or found[:1]
