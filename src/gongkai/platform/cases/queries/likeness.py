"""What an officer should know when a request comes in: the same applicant, the same content, earlier replies, how many this month.

Contents are sealed; they are compared by the keyed marks of their word pairs (sealing.marks). A text that shares a good part of the new one's
marks shares one of its rarest: only those are looked up in the index, so that “信息” and “方案” do not bring in half the table. Where even
they are in thousands of requests, the rarest few decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.db import connection

from gongkai.law import fees
from gongkai.platform.cases import sealing
from gongkai.platform.cases.choices import ENDED, LIVE, UNCOUNTED, State
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.states import READING
from gongkai.platform.cases.validating import NATURAL, tidy_applicant
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.organs import dated
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ

from .reading import quiet, short

SHARED = 0.4  # 至少有新申请的这一份词对，才算相近
ALIKE = 0.5  # 相近到这个程度，看作内容相同
MOST = 20
LOOKED = 3000  # 大约至多取出几件来比较
_FEWEST = 4  # 词对更少的，不足以比较
_COLUMNS = (
    "r.id, r.number, r.submitted_on, r.received_on, r.state, r.reply, r.outcome, r.ended_on, r.applicant, r.content, r.marks, "
    "r.name_hash, r.identity_hash, r.contact_hashes"
)


@dataclass(frozen=True, slots=True, repr=False)
class Earlier:
    """One earlier request, as far as it is shown beside a new one."""

    id: int
    number: str
    submitted_on: date
    received_on: date | None
    applicant: str  # 掩去一部分的姓名
    title: str
    state: State
    basis: str  # identity、name、contact：以何认出可能是同一申请人；空为他人
    score: float  # 内容的相似程度，0 至 1
    reply: str  # gongkai.law.replies 的键
    outcome: str
    ended_on: date | None

    @property
    def same_applicant(self) -> bool:
        """Not only perhaps: the identity number is the same, or nothing speaks against the same name."""
        return self.basis in ("identity", "name")

    @property
    def same_content(self) -> bool:
        return self.score >= ALIKE


@dataclass(frozen=True, slots=True, repr=False)
class Likeness:
    """Earlier requests like this one, and where the new one stands in its applicant's calendar month."""

    same_applicant: tuple[Earlier, ...] = ()  # 新的在前
    same_content: tuple[Earlier, ...] = ()  # 最像的在前，任何申请人
    answered: tuple[Earlier, ...] = ()  # 已就相同内容答复过同一申请人的（第三十六条第六项）
    open: tuple[Earlier, ...] = ()  # 同一申请人、相同内容、尚在办理的
    requests: int = 0  # 同一申请人本自然月内的件数，不含本件
    units: int = 0  # 其中拆分的按拆分出的件数
    frequent: bool = False  # 连同本件达到机关设置的件数
    position: int = 1  # 本件是当月第几件
    rate: int = 0  # 按件计收时本件的单价（元）；机关不收费的为 0

    @property
    def empty(self) -> bool:
        return not (self.same_applicant or self.same_content)


@dataclass(frozen=True, slots=True, repr=False)
class _New:
    """The new request, as it is held against the earlier ones."""

    marks: list[int]
    name: str
    identity: str
    contacts: list[str]

    def basis(self, name: str, identity: str, contacts: Iterable[str]) -> str:
        if self.identity and identity:
            if self.identity == identity:
                return "identity"
            return "contact" if set(self.contacts) & set(contacts) else ""  # 证件不同：同名也是两个人
        if self.name and self.name == name:
            return "name"
        return "contact" if set(self.contacts) & set(contacts) else ""


def like(actor: Actor, organ_id: int, applicant: Applicant, asked: Asked, on: date, *, but: int | None = None) -> Likeness:
    """Earlier requests to this organ that this one resembles; `but` leaves one out (the request itself). Three statements."""
    if not actor.kinds(organ_id) & READING:
        raise NotFound
    organ = Organ.objects.only("settings").filter(pk=organ_id).first()
    if organ is None:
        raise NotFound
    hashes = tidy_applicant(applicant, NATURAL).hashes
    new = _New(asked.marks, hashes["name_hash"], hashes["identity_hash"], hashes["contact_hashes"])
    requests, units, own = _of_applicant(organ_id, new, on, but)
    others = _of_content(organ_id, new, but)
    same = tuple(sorted({each.id: each for each in (*own, *others) if each.same_content}.values(), key=lambda each: (-each.score, -each.id)))
    again = [each for each in own if each.same_applicant and each.same_content]
    position = units + 1
    return Likeness(
        same_applicant=tuple(own[:MOST]),
        same_content=same[:MOST],
        answered=tuple(each for each in again if each.state is State.REPLIED),
        open=tuple(each for each in again if each.state in LIVE),
        requests=requests,
        units=units,
        frequent=position >= dated.value_on(organ.settings, "frequent_items", on),
        position=position,
        rate=fees.item_rate(position) if dated.value_on(organ.settings, "charges", on) else 0,
    )


_APPLICANT = f"""
WITH own AS (
  SELECT r.*,
    (r.identity_hash <> '' AND r.identity_hash = %(identity)s) OR (r.name_hash = %(name)s AND (r.identity_hash = '' OR %(identity)s = '')) AS sure
  FROM cases_request r
  WHERE r.organ_id = %(organ)s AND r.id IS DISTINCT FROM %(but)s AND r.id IN (
    SELECT id FROM cases_request WHERE identity_hash = %(identity)s AND identity_hash <> ''
    UNION SELECT id FROM cases_request WHERE name_hash = %(name)s AND name_hash <> ''
    UNION SELECT id FROM cases_request WHERE contact_hashes && %(contacts)s)
), month AS (
  SELECT own.*, sure AND date_trunc('month', coalesce(received_on, submitted_on)) = date_trunc('month', %(on)s::date) AS counted FROM own
)
SELECT {_COLUMNS},
  count(*) FILTER (WHERE counted AND (parent_id IS NULL) AND state <> 'moved') OVER (),
  count(*) FILTER (WHERE counted AND state <> ALL(%(uncounted)s)) OVER ()
FROM month r ORDER BY r.submitted_on DESC, r.id DESC LIMIT 200
"""


def _of_applicant(organ: int, new: _New, on: date, but: int | None) -> tuple[int, int, list[Earlier]]:
    """What the same applicant asked before: the month's requests and units, and the latest two hundred."""
    given = {
        "organ": organ, "identity": new.identity, "name": new.name, "contacts": new.contacts, "on": on, "but": but,
        "uncounted": [state.value for state in UNCOUNTED],
    }  # fmt: skip
    rows = _rows(_APPLICANT, given)
    found = (_earlier(row, new) for row in rows)
    requests, units = (int(rows[0][14]), int(rows[0][15])) if rows else (0, 0)
    return requests, units, [each for each in found if each.basis]


_CONTENT = f"""
WITH told AS (
  SELECT e.mark, e.often FROM pg_stats s,
    unnest(s.most_common_elems::text::int[], s.most_common_elem_freqs[1:cardinality(s.most_common_elems::text::int[])]) AS e(mark, often)
  WHERE s.schemaname = current_schema() AND s.tablename = 'cases_request' AND s.attname = 'marks'
), ranked AS (
  SELECT m, row_number() OVER rarest_first AS place, sum(coalesce(often, 0)) OVER rarest_first AS share
  FROM unnest(%(marks)s::int[]) AS m LEFT JOIN told ON told.mark = m WINDOW rarest_first AS (ORDER BY coalesce(often, 0), m)
), rarest AS (
  SELECT array_agg(m) AS marks FROM ranked, pg_class WHERE oid = 'cases_request'::regclass
  AND place <= %(few)s AND (place <= 3 OR share * reltuples <= %(looked)s)
)
SELECT {_COLUMNS}, shared.n
FROM cases_request r, LATERAL (SELECT count(*) AS n FROM unnest(r.marks) AS m WHERE m = ANY(%(marks)s)) AS shared
WHERE r.organ_id = %(organ)s AND r.id IS DISTINCT FROM %(but)s AND r.marks && (SELECT marks FROM rarest) AND shared.n >= %(least)s
ORDER BY shared.n::float / (cardinality(r.marks) + %(size)s - shared.n) DESC, r.id DESC LIMIT %(most)s
"""


def _of_content(organ: int, new: _New, but: int | None) -> list[Earlier]:
    """What anybody asked before in much the same words."""
    size = len(new.marks)
    if size < _FEWEST:
        return []
    least = ceil(SHARED * size)
    given = {"marks": new.marks, "few": size - least + 1, "organ": organ, "but": but, "least": least, "size": size, "most": MOST, "looked": LOOKED}
    return [_earlier(row, new) for row in _rows(_CONTENT, given)]


def _rows(statement: str, given: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def _earlier(row: tuple[Any, ...], new: _New) -> Earlier:
    pk, number, submitted, received, state, reply, outcome, ended, sealed, content, marks, name, identity, contacts = row[:14]
    who = Applicant.opened(sealed)
    title = short(quiet(Asked.opened(content).title, who))
    basis = new.basis(name, identity, contacts)
    score = round(sealing.alike(new.marks, marks), 3)
    over = ended if State(state) in ENDED else None
    return Earlier(pk, number, submitted, received, who.masked, title, State(state), basis, score, reply, outcome, over)
