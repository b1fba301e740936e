"""Who may do what in the database: the owner has made the tables, the application reads and writes, nobody edits the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")
LIMITED: Mapping[str, tuple[str, ...]] = {
    "journal_entry": ("SELECT", "INSERT"),
    "journal_head": ("SELECT",),  # 链头由触发器以表主的身份写
    "django_migrations": ("SELECT",),
    **dict.fromkeys(("cases_event", "cases_remedyevent", "cases_letternumber"), ("SELECT", "INSERT")),  # 只增不改：触发器之外再加一层
    **dict.fromkeys(("catalogue_revision", "catalogue_step", "catalogue_indexnumber", "catalogue_waiver"), ("SELECT", "INSERT")),
}
ALL_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def grant(cursor: CursorWrapper, application: str) -> None:
    """Give the application exactly its rights on every table; called by the owner after each migration."""
    cursor.execute("SELECT current_user")
    if cursor.fetchone() == (application,):
        return  # 一个账号身兼两职：doctor 会指出
    role = sql.Identifier(application)
    cursor.execute("SELECT current_schema()")
    schema = sql.Identifier(cursor.fetchone()[0])
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    tables = [row[0] for row in cursor.fetchall()]
    _do(cursor, "GRANT USAGE ON SCHEMA {} TO {}", schema, role)
    _do(cursor, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {} TO {}", schema, role)
    for table in tables:
        rights = LIMITED.get(table, EVERYTHING)
        _do(cursor, "REVOKE ALL ON TABLE {} FROM {}", sql.Identifier(table), role)
        _do(cursor, "GRANT " + ", ".join(rights) + " ON TABLE {} TO {}", sql.Identifier(table), role)


def excess(cursor: CursorWrapper, application: str) -> dict[str, list[str]]:
    """The limited tables on which a role holds more than it should, and what; empty is right."""
    found = {}
    for table, rights in LIMITED.items():
        cursor.execute(
            "SELECT r FROM unnest(%s::text[]) AS r WHERE to_regclass(%s) IS NOT NULL AND has_table_privilege(%s, to_regclass(%s), r)",
            [[right for right in ALL_RIGHTS if right not in rights], table, application, table],
        )
        if held := [row[0] for row in cursor.fetchall()]:
            found[table] = held
    return found


def _do(cursor: CursorWrapper, command: str, *names: sql.Composable) -> None:
    cursor.execute(sql.SQL(command).format(*names))
