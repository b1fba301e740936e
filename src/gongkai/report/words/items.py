"""数量之间: what stands between one quantity and the next — marks, brackets, words that open a list or end it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from .quantity import Quantity


class Stop(IntEnum):
    """How strongly two quantities are parted."""

    NONE = 0
    PAUSE = 1  # 、
    COMMA = 2
    SEMICOLON = 3
    SENTENCE = 4
    BREAK = 5  # a new paragraph, or too far away


class Opening(IntEnum):
    """What words open a list of parts, and whether they claim that it is complete."""

    AMONG = 1  # 其中: need not be complete
    WITH = 2  # 含, 主要包括: is not complete
    ALL = 3  # 包括, 分别为, 分为: claims to be complete
    COLON = 4
    BRACKET = 5  # nothing but a bracket


REACH = 160
DEEPEST = 6
POINTS = {"、": Stop.PAUSE, ",": Stop.COMMA, "，": Stop.COMMA, ";": Stop.SEMICOLON, "；": Stop.SEMICOLON}
POINTS |= dict.fromkeys("。!！?？", Stop.SENTENCE)
MARK = re.compile(
    r"(?=[、,，;；。!！?？(（)）:：\n其内分包涵主含即此同另还并涉累具])(?:"
    r"(?P<point>[、,，;；。!！?？])|(?P<open>[(（])|(?P<close>[)）])|(?P<colon>[:：])|(?P<newline>\n\s*)"
    r"|(?P<among>其中(?:[,，:：]?(?:包括|包含|有|含))?|内有|内含)"
    r"|(?P<with>主要(?:包括|包含|有|是|为)|(?<=[(（,，])含)"
    r"|(?P<all>分别(?:为|是|有)|分为|共分|具体(?:为|是|包括)|包括|包含|涵盖|(?<=[,，(（])即)"
    r"|(?P<ender>此外|同时|另外|还|涉及|累计阅读|累计浏览|并(?=[在对将由及通按组举开])))"
)
ALONE = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+|[\d.,]+\s*\n|\|")
OPENINGS = {"among": Opening.AMONG, "with": Opening.WITH, "all": Opening.ALL}


@dataclass(slots=True)
class Item:
    """A quantity with what stands between it and the one before."""

    quantity: Quantity
    stop: Stop = Stop.BREAK  # the strongest mark before it
    opening: Opening | None = None
    lead: str = ""  # what stands between the one before and the words that open the list
    word: str = ""  # those words
    tail: str = ""  # what stands between those words and the number
    depth: int = 0  # brackets open around it
    low: int = 0  # the fewest brackets open since the one before
    ender: bool = False

    @property
    def value(self) -> Decimal:
        return self.quantity.value


def items(plain: str, quantities: Iterable[Quantity]) -> list[Item]:
    """The quantities with their structure, in their order."""
    result: list[Item] = []
    depth = end = 0
    for quantity in quantities:
        item = Item(quantity)
        if result and quantity.start - end <= REACH:
            depth = _between(item, plain, end, quantity.start, depth)
        else:
            before = plain[max(end, quantity.start - REACH) : quantity.start].replace("（", "(").replace("）", ")")
            item.depth = depth = 1 if before.rfind("(") > max(before.rfind(")"), before.rfind("。")) else 0
        result.append(item)
        end = quantity.end
    return result


def _between(item: Item, plain: str, start: int, stop: int, depth: int) -> int:
    strongest, low = Stop.NONE, depth
    opened = -1
    for match in MARK.finditer(plain, start, stop):
        kind, mark = match.lastgroup, match[0]
        if kind == "point":
            strongest = max(strongest, POINTS[mark])
            if POINTS[mark] is Stop.SENTENCE:
                depth = low = 0
                item.opening = None
        elif kind == "open":
            depth, opened = min(depth + 1, DEEPEST), match.start()
        elif kind == "close":
            depth, opened = max(0, depth - 1), -1
            low, item.opening = min(low, depth), None
        elif kind == "newline":
            if mark.count("\n") > 1 or plain[match.start() - 1] in "。!！?？" or ALONE.match(plain, match.end()):
                strongest, depth, low, item.opening, item.ender = Stop.BREAK, 0, 0, None, False
        elif kind == "ender":
            item.ender = True
        elif kind == "colon":
            if item.opening is None and match.start() - start <= 12:
                item.opening, item.lead, item.tail = Opening.COLON, plain[start : match.start()], plain[match.end() : stop]
        elif kind is not None and item.opening is not Opening.AMONG:
            item.opening, item.word = OPENINGS[kind], mark
            item.lead, item.tail = plain[start : match.start()], plain[match.end() : stop]
    if opened >= 0 and item.opening is None:
        item.opening, item.lead, item.tail = Opening.BRACKET, plain[start:opened], plain[opened + 1 : stop]
    item.stop, item.depth, item.low = strongest, depth, min(low, depth)
    return depth
