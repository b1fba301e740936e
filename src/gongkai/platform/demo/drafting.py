"""An entry as an editor of its organ would type it: the fields of the form and the files that go with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from gongkai.platform.catalogue.values import Draft

from . import annexes, annual
from .entries import Entry
from .markup import html
from .places import BY_SLUG
from .staff import LEADERS, MEMBERS
from .texts import FOOTER, Filled, chinese, effective_on, fill, library

AREA_CODES = {"hotan": "0903", "division": "0991", "xinkailing": "0997", "xinjiang": "0991"}
SIGNED = frozenset({"normative", "document", "policy", "announcement", "plan", "budget", "fees", "procurement", "project", "emergency", "recruitment", "personnel", "penalty", "report"})
OPEN_NOTE = frozenset({"normative", "document", "policy"})  # 附注：此件公开发布


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed into the form, and the files by name."""

    draft: Draft
    filled: Filled
    files: tuple[str, ...]


@cache
def words_of(slug: str, moved: bool = True) -> Mapping[str, str]:
    """The words that an organ's documents use of it; its telephone number was changed once."""
    place = BY_SLUG[slug]
    area = next((code for start, code in AREA_CODES.items() if slug.startswith(start)), "0998")
    leader, deputy, third = LEADERS[slug]
    number = f"{area}-000{place.position:02d}0"
    return place.year_words | {
        "leader": leader, "deputy": deputy, "third": third, "phone": f"{number}{1 if moved else 8}", "phone2": f"{number}2", "phone3": f"{number}3",
        "fax": f"{number}9", "post": "844200" if area == "0998" else "848000" if area == "0903" else "830000",
        "address": f"{place.seat}示范路{place.position if moved else place.position + 100}号", "office": f"{place.short}政务公开科" if place.staff == "full" else f"{place.short}办公室",
        "contact": f"https://{slug}.gov.example/ 依申请公开栏目", "duty": place.words.get("duty", f"{place.name}辖区内经济发展、公共服务、公共管理、公共安全"),
    }  # fmt: skip


class Desk:
    """Types every entry; keeps the serial numbers of documents, which run by organ, series and year."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.serials: dict[str, int] = {}
        self.turns: dict[str, int] = {}
        last: dict[tuple[str, str, int], int] = defaultdict(int)
        turn: dict[tuple[str, str], int] = defaultdict(int)
        for entry in sorted(entries, key=lambda each: (each.formed, each.key)):
            if not entry.interprets:
                series = (entry.organ, str(library()[entry.text].told.get("number") or entry.text), entry.formed.year)
                last[series] += 1
                self.serials[entry.key] = last[series]
                self.turns[entry.key] = turn[entry.organ, entry.text]
                turn[entry.organ, entry.text] += 1

    def typed(self, entry: Entry, *, updated: bool = True) -> Typed:
        """The document as it should read; before its update where that is asked for."""
        given = dict(annual.words(entry.organ, entry.year)) if entry.text == "annual-department" else {}
        if entry.year and not given:
            given["year"] = str(entry.year)
        if "people" in library()[entry.text].told:
            given |= _appointed(entry)
        words = words_of(entry.organ, moved=updated)
        named = entry.interprets or entry.key
        filled = fill(
            entry.text, words, entry.formed, serial=self.serials[named], salt=entry.salt, quarter=entry.quarter, turn=self.turns[named], given=given
        )  # fmt: skip
        return self._interpretation(entry, filled) if entry.interprets else self._document(entry, filled)

    def _document(self, entry: Entry, filled: Filled) -> Typed:
        told = filled.text.told
        kind = str(told["kind"])
        names = tuple(annexes.name(annexes.writable(each), filled) for each in entry.files)
        signed = kind in SIGNED and told.get("sign", True)
        markdown = filled.markdown + ("\n\n（此件公开发布）" if kind in OPEN_NOTE and told.get("access", "proactive") == "proactive" else "")
        body = html(
            markdown, signed_by=_makers(entry) if signed else "", on=chinese(entry.formed), annexes=names,
            footer=FOOTER if told.get("footer", True) is True else str(told["footer"] or ""),
        )  # fmt: skip
        ends = told.get("expires")
        return Typed(
            Draft(
                title=filled.title, kind=kind, formed_on=entry.formed, summary=filled.summary, body=body, document_number=filled.number,
                category=str(told["category"]), topic=str(told["topic"]), keywords=str(told["keywords"]).format_map(filled.values),
                effective_on=effective_on(filled.text, entry.formed), expires_on=entry.formed + timedelta(days=int(str(ends))) if ends else None,
                co_makers=entry.co_makers, source=BY_SLUG[entry.organ].short, access=str(told.get("access", "proactive")),
                ground=str(told.get("ground", "")), ground_note=str(told.get("ground_note", "")),
            ),
            filled, names,
        )  # fmt: skip

    def _interpretation(self, entry: Entry, filled: Filled) -> Typed:
        on = entry.formed
        lead = f"《{filled.title}》（{filled.number}）已公布，现就有关内容解读如下。" if filled.number else f"《{filled.title}》已公布，现就有关内容解读如下。"
        body = html(f"{lead}\n\n{filled.interpretation}", signed_by=BY_SLUG[entry.organ].name, on=chinese(on), footer=FOOTER)
        draft = Draft(
            title=f"《{filled.title}》政策解读", kind="interpretation", formed_on=on, summary=f"解读《{filled.title}》的背景、主要内容和办理方法。", body=body,
            category=str(filled.text.told["category"]), topic=str(filled.text.told["topic"]), keywords=f"政策解读 {filled.text.told['keywords']}", source=BY_SLUG[entry.organ].short,
        )  # fmt: skip
        return Typed(draft, filled, ())


def _makers(entry: Entry) -> str:
    return "　".join((BY_SLUG[entry.organ].name, *entry.co_makers))


def _appointed(entry: Entry) -> dict[str, str]:
    """Two of our invented people, none of them in a role of the platform's own organ that year."""
    names = [member.name for member in MEMBERS if not any(post.organ == entry.organ for post in member.posts)]
    at = sum(map(ord, entry.key)) % (len(names) - 1)
    return {"name": names[at], "name2": names[at + 1]}


def spoilt(draft: Draft, key: str) -> tuple[Draft, str]:
    """The draft with one slip in it, and which; what the reviewer will send it back for."""
    slips = ["summary", "keywords", "topic", "doubled"] + (["signature"] if "align-right" in draft.body else [])
    slip = slips[sum(map(ord, key)) % len(slips)]
    match slip:
        case "summary":
            return replace(draft, summary=""), slip
        case "keywords":
            return replace(draft, keywords=""), slip
        case "topic":
            return replace(draft, topic=""), slip
        case "doubled":
            return replace(draft, body=draft.body.replace("。</p>", "。。</p>", 1)), slip
    return replace(draft, body="\n".join(line for line in draft.body.split("\n") if '<p class="align-right">' not in line)), slip


def touched(draft: Draft) -> Draft:
    """A small improvement after having taken a draft back."""
    return replace(draft, summary=draft.summary.rstrip("。") + "。（已核对）")


def brought_up_to_date(draft: Draft, on: date) -> Draft:
    """A published document put right: the change is said in the text itself."""
    note = f"<p>更新说明：{chinese(on)}根据情况变化更新本页内容，其他内容不变。</p>"
    return replace(draft, body=draft.body.replace("<p><em>", note + "\n<p><em>", 1) if "<p><em>" in draft.body else draft.body + note, changed_on=on)
