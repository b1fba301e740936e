"""One item with its organ and its two revisions, by a query that is compiled once: every action asks it, and compiling it costs more than running it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import query

from .models import Item

_WHOLE = Item.objects.select_related("organ", "current", "published").defer("published__body", "published__summary")


def whole(item_id: int) -> Item | None:
    """The item with `organ`, `current` and `published`; the published body is read only where it is asked for."""
    sql, compiler = _compiled()
    with connection.cursor() as cursor:
        cursor.execute(sql, [item_id])
        row = cursor.fetchone()
    return None if row is None else _made(compiler, row)


@cache
def _compiled() -> tuple[str, Any]:
    compiler = _WHOLE.filter(pk=0).query.get_compiler(using=connection.alias)
    sql, _params = compiler.as_sql()
    return sql, compiler


def _made(compiler: Any, row: tuple[Any, ...]) -> Item:
    """As ModelIterable makes one."""
    converters = compiler.get_converters([each[0] for each in compiler.select[: compiler.col_count]])
    row = next(iter(compiler.apply_converters([row], converters))) if converters else row
    told = compiler.klass_info
    start, end = told["select_fields"][0], told["select_fields"][-1] + 1
    made: Item = told["model"].from_db(connection.alias, [each[0].target.attname for each in compiler.select[start:end]], row[start:end])
    populators: Any = query.get_related_populators
    for populator in populators(told, compiler.select, connection.alias):
        populator.populate(row, made)
    return made
