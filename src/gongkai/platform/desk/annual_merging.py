"""Two people's changes to one text, as they are shown to the one who saves later; carried in the form until every sentence is settled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.law.editions import SECTIONS
from gongkai.platform.annual.merging import Merged, Whose, joint
from gongkai.platform.annual.queries.working import Version
from gongkai.platform.pages import bounds
from gongkai.report.comparing.prose import difference

NUMBERS = "一二三四五六"
CHOICES = ("both", "theirs", "mine")
_MOST = 400


@dataclass(frozen=True, slots=True)
class Clash:
    """One sentence that both changed."""

    section: int
    base: str
    mine: str
    theirs: str

    def text(self, choice: str) -> str:
        return {"mine": self.mine, "theirs": self.theirs}.get(choice, joint(self.theirs, self.mine))

    def standing(self, texts: Sequence[str]) -> str:
        """Which of the choices stands in the text now; none where it was written otherwise."""
        found = texts[self.section - 1]
        return next((choice for choice in CHOICES if self.text(choice).strip() and self.text(choice).strip() in found), "")


def conflict(sections: Sequence[Merged], theirs: Version) -> dict[str, Any]:
    """What the later one is told: which sections were put together, and the sentences to settle."""
    clashes = [Clash(number, part.base, part.mine, part.theirs) for number, merged in enumerate(sections, start=1) for part in merged.clashes]
    told = [
        {"number": number, "heading": heading(number), "mine": len(merged.of(Whose.MINE)), "theirs": len(merged.of(Whose.THEIRS)), "both": len(merged.of(Whose.BOTH))}
        for number, merged in enumerate(sections, start=1) if merged.of(Whose.THEIRS, Whose.BOTH)
    ]  # fmt: skip
    return _shown(clashes, theirs.by, theirs.at, theirs.number, told, [merged.text for merged in sections])


def carried(posted: Mapping[str, str], texts: Sequence[str]) -> dict[str, Any] | None:
    """The same from the form, where the page is shown again before everything is settled."""
    try:
        told = json.loads(posted.get("clashes", "") or "null")
        clashes = list(_read(told["rows"]))
        at = datetime.fromisoformat(told["at"])
        by, number = str(told["by"])[:200], int(told["number"])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    return _shown(clashes, by, at, number, [], texts) if clashes else None


def settled(posted: Mapping[str, str], texts: Sequence[str]) -> tuple[int, str] | None:
    """Without JavaScript: the section and its text once a choice was pressed (`3|mine`)."""
    place, _bar, choice = posted.get("settle", "").partition("|")
    found = carried(posted, texts)
    at = bounds.number(place, _MOST)
    if found is None or choice not in CHOICES or at is None or at >= len(found["rows"]):
        return None
    clash: Clash = found["rows"][at]["it"]
    now = clash.standing(texts)
    text = texts[clash.section - 1]
    return clash.section, text.replace(clash.text(now).strip(), clash.text(choice).strip(), 1) if now else text


def heading(number: int) -> str:
    return f"{NUMBERS[number - 1]}、{SECTIONS[number - 1]}"


def _read(rows: Iterable[Any]) -> Iterable[Clash]:
    for row in list(rows)[:_MOST]:
        section, base, mine, theirs = row
        if isinstance(section, int) and 1 <= section <= len(SECTIONS) and all(isinstance(each, str) for each in (base, mine, theirs)):
            yield Clash(section, base, mine, theirs)


def _shown(clashes: Sequence[Clash], by: str, at: datetime, number: int, told: list[dict[str, Any]], texts: Sequence[str]) -> dict[str, Any]:
    rows = [
        {
            "it": each, "place": place, "number": each.section, "heading": heading(each.section), "standing": each.standing(texts),
            "theirs": difference(each.base, each.theirs), "mine": difference(each.base, each.mine),
            "choices": {choice: each.text(choice).strip() for choice in CHOICES},
        }
        for place, each in enumerate(clashes)
    ]  # fmt: skip
    plain = {"by": by, "at": at.isoformat(), "number": number, "rows": [[each.section, each.base, each.mine, each.theirs] for each in clashes]}
    return {"by": by, "at": at, "number": number, "rows": rows, "told": told, "carried": json.dumps(plain, ensure_ascii=False)}
