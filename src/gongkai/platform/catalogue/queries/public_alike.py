"""What is public and may answer a question put in whole sentences: by the pieces that it shares with the question. One statement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.platform.searching import query

from .public_lists import COLUMNS, ORDER, VISIBLE, rows_of
from .public_values import Row

MOST_PIECES, PIECE = 14, 4
_CONSIDERED = 400  # 每一问最多比较多少条
_EMPTY = re.compile(  # 问句里常有、与内容无关的话
    "关于|有关|相关|情况|信息|公开|申请|获取|政府|请求|提供|复印件|全部|所有|以及|或者|具体|内容|资料|材料|文件|名称|[的和与及等之在对被由请]"
)
_STRETCH = re.compile(r"[\u3400-\u9fff]+|[0-9A-Za-z]{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def alike(text: str, organs: Sequence[int], on: date, most: int = 5) -> tuple[Row, ...]:
    """The items that share most of the question's pieces, those of the given organs first among equals."""
    asked = [found.exact for piece in pieces(text) if (found := query(f'"{piece}"'))]
    if not asked:
        return ()
    shared = " + ".join("(p.terms @@ %s::tsquery)::int" for _ in asked)
    sql = f"""WITH found AS MATERIALIZED (
        SELECT p.item_id, p.organ_id, p.terms, p.published_at FROM catalogue_publication p
        WHERE p.terms @@ %s::tsquery AND {VISIBLE} LIMIT {_CONSIDERED}
      ), scored AS (SELECT item_id, {shared} AS shared, (organ_id = ANY(%s))::int AS own, ts_rank(p.terms, %s::tsquery) AS rank FROM found p)
      SELECT {COLUMNS} FROM scored s JOIN catalogue_publication p USING (item_id) JOIN organs_organ o ON o.id = p.organ_id
      WHERE s.shared >= %s ORDER BY s.shared DESC, s.own DESC, s.rank DESC, {ORDER} LIMIT %s"""
    either = " | ".join(f"({each})" for each in asked)
    return tuple(Row(*row) for row in rows_of(sql, [either, on, *asked, list(organs), either, _needed(len(asked)), most]))


def _needed(asked: int) -> int:
    """Two in five pieces must be shared."""
    return -(-2 * asked // 5)


def pieces(text: str) -> list[str]:
    """The question cut into pieces of a few signs that overlap; words that every question has, and years, are left out."""
    found = [piece for stretch in _STRETCH.findall(_EMPTY.sub(" ", text)) for piece in _cut(stretch)]
    told = [piece for piece in dict.fromkeys(found) if not _YEAR.fullmatch(piece)]
    long = [piece for piece in told if len(piece) >= 3]
    return (long or [piece for piece in told if len(piece) == 2])[:MOST_PIECES]


def _cut(stretch: str) -> Iterator[str]:
    if stretch.isascii() or len(stretch) <= PIECE:
        yield stretch
        return
    last = len(stretch) - PIECE
    for start in range(0, last + 1, 2):
        yield stretch[start : start + PIECE]
    if last % 2:
        yield stretch[last:]
