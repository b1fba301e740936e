"""The database: version, encoding, durability, clock; roles kept apart; the journal guarded and whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from gongkai.platform.running import migrating
from gongkai.platform.running.cluster import OLDEST
from gongkai.platform.running.rights import excess
from gongkai.platform.running.starting import is_embedded

from .findings import Finding, Level, judge

TRIGGERS = {"journal_append", "journal_keep", "journal_keep_all", "journal_head_keep", "journal_head_keep_all"}
CLOCK_SECONDS = 5


def unreachable() -> Finding | None:
    """Nothing more can be said when the database does not answer."""
    from django.db import connection
    from django.db.utils import Error

    try:
        connection.ensure_connection()
    except Error as failed:
        reason = str(failed).strip().splitlines()[-1]
        return Finding("database.reachable", Level.ERROR, f"连不上数据库：{reason}", f"The database cannot be reached: {reason}",
                       "检查数据库服务和 DATABASE_URL。", "Check the server and DATABASE_URL.")  # fmt: skip
    return None


def _one(query: str, *values: str) -> tuple[Any, ...]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return tuple(cursor.fetchone() or ())


def examine() -> Iterator[Finding]:
    from django.db import connection

    version = connection.cursor().connection.info.server_version // 10000
    yield judge("database.version", Level.ERROR, (f"PostgreSQL {version}。", f"PostgreSQL {version}."),
                (f"PostgreSQL {version} 太旧。", f"PostgreSQL {version} is too old."), (f"升级到 {OLDEST} 以上。", f"Upgrade to {OLDEST} or newer."), version >= OLDEST)  # fmt: skip
    (encoding,) = _one("SHOW server_encoding")
    yield judge("database.encoding", Level.ERROR, ("数据库编码是 UTF8。", "The database is encoded in UTF8."),
                (f"数据库编码是 {encoding}，生僻字存不进去。", f"The database is encoded in {encoding}; rare characters cannot be stored."),
                ("以 ENCODING 'UTF8' 重建数据库。", "Create the database anew with ENCODING 'UTF8'."), encoding == "UTF8")  # fmt: skip
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if _one(f"SHOW {name}") == ("off",)]
    yield judge("database.durable", Level.ERROR, ("提交的数据断电也不丢。", "What is committed survives a loss of power."),
                (f"{'、'.join(off)} 关着：断电会丢数据。", f"{', '.join(off)} is off: a loss of power loses data."),
                ("在 postgresql.conf 里打开。", "Switch it on in postgresql.conf."), not off)  # fmt: skip
    (now,) = _one("SELECT clock_timestamp()")
    drift = abs((datetime.now(UTC) - now).total_seconds())
    yield judge("database.clock", Level.ERROR, ("平台和数据库的时钟一致。", "The clocks of platform and database agree."),
                (f"平台和数据库的时钟相差 {drift:.0f} 秒：期限和定时发布会错。", f"The clocks of platform and database differ by {drift:.0f} s: deadlines and scheduled publication go wrong."),
                ("两台机器都用 NTP 对时。", "Synchronise both machines by NTP."), drift <= CLOCK_SECONDS)  # fmt: skip
    pending = migrating.pending()
    yield judge("database.migrated", Level.ERROR, ("数据表是最新的。", "The tables are up to date."),
                (f"数据表还差 {len(pending)} 项更新。", f"The tables lack {len(pending)} migrations."), ("备份，然后运行 gongkai migrate。", "Make a backup, then run gongkai migrate."), not pending)  # fmt: skip
    yield from _roles()
    if is_embedded():
        yield Finding("database.embedded", Level.INFO, "使用自带的数据库：适合单机。", "The embedded database is used: fit for one machine.",
                      "多机或大量访问时改用 PostgreSQL 服务器（DATABASE_URL）。", "For several machines or much traffic, use a PostgreSQL server (DATABASE_URL).")  # fmt: skip


def _roles() -> Iterator[Finding]:
    from django.db import connection

    user, superuser = _one("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
    (owned,) = _one("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
    (member,) = _one("SELECT count(*) FROM (SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public' AND tableowner <> current_user) o"
                     " WHERE pg_has_role(current_user, o.tableowner, 'MEMBER')")  # fmt: skip
    apart = not superuser and not owned and not member
    yield judge("database.roles", Level.ERROR, (f"平台以 {user} 登录，它不是表主。", f"The platform signs in as {user}, who owns no table."),
                (f"平台以 {user} 登录，它是表主、表主的成员或超级用户：能够改写操作日志。", f"The platform signs in as {user}, who owns the tables or may act as their owner: it could rewrite the journal."),
                ("建立两个账号：表主写入 GONGKAI_OWNER_DATABASE_URL，应用账号写入 DATABASE_URL，再运行 gongkai migrate。",
                 "Make two accounts: the owner in GONGKAI_OWNER_DATABASE_URL, the application in DATABASE_URL; then run gongkai migrate."), apart)  # fmt: skip
    with connection.cursor() as cursor:
        held = excess(cursor, user)
    yield judge("database.rights", Level.ERROR, ("应用账号对操作日志只能增加。", "The application may only add to the journal."),
                (f"应用账号的权限过大：{_told(held)}。", f"The application holds too many rights: {_told(held)}."),
                ("运行 gongkai migrate，重新核定权限。", "Run gongkai migrate, which grants them anew."), not held)  # fmt: skip


def _told(held: dict[str, list[str]]) -> str:
    return "; ".join(f"{table} {', '.join(rights)}" for table, rights in held.items())


def journal() -> Iterator[Finding]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND tgrelid = ANY(%s::regclass[])",
                       [["journal_entry", "journal_head"]])  # fmt: skip
        lacking = TRIGGERS - {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT coalesce(e.chain, h.chain) FROM (SELECT DISTINCT ON (chain) chain, number, digest FROM journal_entry ORDER BY chain, number DESC) e"
            " FULL JOIN journal_head h USING (chain) WHERE (e.number, e.digest) IS DISTINCT FROM (h.number, h.digest)"
        )
        torn = [row[0] for row in cursor.fetchall()]
    yield judge("journal.triggers", Level.ERROR, ("操作日志的触发器都在。", "The journal's triggers are in place."),
                (f"操作日志缺少触发器：{'、'.join(sorted(lacking))}。", f"The journal lacks triggers: {', '.join(sorted(lacking))}."),
                ("有人动过数据库：先查明，再由备份恢复。", "Somebody has altered the database: find out, then restore a backup."), not lacking)  # fmt: skip
    yield judge("journal.heads", Level.ERROR, ("操作日志各链的末条与链头相符（全部核验用 gongkai journal verify）。", "Every chain of the journal ends where its head says (gongkai journal verify proves all)."),
                (f"操作日志的链 {torn} 与链头不符。", f"Chains {torn} of the journal do not end where their heads say."),
                ("运行 gongkai journal verify，查明断在哪里。", "Run gongkai journal verify to see where it breaks."), not torn)  # fmt: skip
