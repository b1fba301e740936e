"""What stands beside a draft: comments, the office's own sentences, last year's report. Read with the report in one statement, or each on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from gongkai.platform.annual.comments import is_open
from gongkai.platform.annual.errors import NotFound
from gongkai.platform.annual.models import Comment, CommentTurn, Publication, Report, Sentence
from gongkai.platform.annual.prose import SUGGESTIONS, Suggestion
from gongkai.platform.annual.states import READING
from gongkai.platform.organs.acting import Actor
from gongkai.report import exchange
from gongkai.report.model import AnnualReport


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer to a comment, or that it was resolved or reopened."""

    kind: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Commented:
    """A comment with what followed."""

    id: int
    section: int
    quote: str
    version: int
    text: str
    person: int
    by: str
    at: datetime
    turns: tuple[Turn, ...]

    @property
    def open(self) -> bool:
        return is_open([turn.kind for turn in self.turns])


@dataclass(frozen=True, slots=True)
class Worded:
    """A suggested sentence as the office has it: the platform's, its own wording, or none."""

    key: str
    section: int
    text: str
    entry: int = 0  # 最近一次登记；0：平台自带的，没有改过
    by: str = ""
    at: datetime | None = None
    default: str = ""  # 平台自带的写法；机关自拟的没有

    @property
    def changed(self) -> bool:
        return bool(self.default) and self.text != self.default


def everything() -> dict[str, Any]:
    """The same as annotations of a report."""
    turns = CommentTurn.objects.filter(comment=OuterRef("pk")).order_by("number")
    comments = Comment.objects.filter(report=OuterRef("pk")).order_by("pk")
    sentences = _newest(Sentence.objects.filter(organ=OuterRef("organ")))
    return {
        "said_of": ArraySubquery(comments.values(told=_comment(turns))),
        "worded": ArraySubquery(sentences.values(told=_sentence())),
        "year_before": Subquery(_before().filter(organ=OuterRef("organ"), year=OuterRef("year") - 1).values("data")[:1]),
    }


def comments(report: Report) -> tuple[Commented, ...]:
    """In the order made. No statement where the report was read with everything; else one."""
    rows: Iterable[Mapping[str, Any]] | None = getattr(report, "said_of", None)
    if rows is None:
        turns = CommentTurn.objects.filter(comment=OuterRef("pk")).order_by("number")
        rows = Comment.objects.filter(report=report).order_by("pk").values_list(_comment(turns), flat=True)
    return tuple(_commented(row) for row in rows)


def sentences(report: Report) -> tuple[Suggestion, ...]:
    """What may be suggested in a report: the platform's sentences as its office words them, and its own."""
    rows: Iterable[Mapping[str, Any]] | None = getattr(report, "worded", None)
    found = _worded(rows if rows is not None else _rows(report.organ_id))
    return tuple(Suggestion(each.key, each.section, each.text) for each in found if each.text)


def sentences_of(actor: Actor, organ_id: int) -> tuple[Worded, ...]:
    """All sentences of an organ for the page where they are worded. One statement."""
    if not actor.kinds(organ_id) & READING:
        raise NotFound
    return _worded(_rows(organ_id))


def previous(report: Report) -> AnnualReport | None:
    """Last year's published report. No statement where the report was read with everything; else one."""
    if hasattr(report, "year_before"):
        data = report.year_before
    else:
        data = _before().filter(organ=report.organ_id, year=report.year - 1).values_list("data", flat=True).first()
    return exchange.from_dict(data).report if data else None


def _before() -> QuerySet[Publication]:
    return Publication.objects.order_by("-version")


def _comment(turns: QuerySet[CommentTurn]) -> JSONObject:
    followed = ArraySubquery(turns.values(told=JSONObject(kind="kind", text="text", by="by__name", at="at")))
    return JSONObject(
        id="id", section="section", quote="quote", version="version", text="text", person="by_id", by="by__name", at="at", turns=followed
    )  # fmt: skip


def _commented(row: Mapping[str, Any]) -> Commented:
    turns = tuple(Turn(**{**turn, "at": datetime.fromisoformat(turn["at"])}) for turn in row["turns"])
    return Commented(**{**row, "at": datetime.fromisoformat(row["at"]), "turns": turns})


def _newest(found: QuerySet[Sentence]) -> QuerySet[Sentence]:
    """The entry of each key that holds."""
    return found.order_by("key", "-pk").distinct("key")


def _sentence() -> JSONObject:
    return JSONObject(key="key", section="section", text="text", restored="restored", entry="id", by="by__name", at="at")


def _rows(organ_id: int) -> list[Mapping[str, Any]]:
    return list(_newest(Sentence.objects.filter(organ=organ_id)).values_list(_sentence(), flat=True))


def _worded(rows: Iterable[Mapping[str, Any]]) -> tuple[Worded, ...]:
    """The platform's in their order, each as it is worded here; then the organ's own, by section."""
    given = {row["key"]: row for row in rows}
    found = [_one(given.pop(each.key, None), each) for each in SUGGESTIONS]
    own = [_one(row, None) for row in sorted(given.values(), key=lambda row: row["entry"]) if row["key"].startswith("own-")]
    return tuple(sorted([*found, *own], key=lambda each: each.section))


def _one(row: Mapping[str, Any] | None, default: Suggestion | None) -> Worded:
    standard = default.text if default else ""
    if row is None:
        assert default is not None
        return Worded(default.key, default.section, standard, default=standard)
    at = datetime.fromisoformat(row["at"])
    if row["restored"] and default is not None:
        return Worded(default.key, default.section, standard, row["entry"], row["by"], at, standard)
    return Worded(row["key"], row["section"], row["text"], row["entry"], row["by"], at, standard)
