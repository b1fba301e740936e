"""gongkai migrate"""

from __future__ import annotations

import click

from gongkai.cli.language import Command, say
from gongkai.platform.running.migrating import migrate as bring_up_to_date
from gongkai.platform.running.migrating import pending
from gongkai.platform.running.starting import database_up

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "建立和更新数据表，然后授予应用账号恰好够用的权限（操作日志只能增加）。可以反复运行。",
        "en": "Create and update the tables, then grant the application exactly the rights it needs (the journal only grows). Safe to repeat.",
    },
    notes={
        "zh": "用 GONGKAI_OWNER_DATABASE_URL 的账号（表主）执行；没有设置时用 DATABASE_URL 的账号。",
        "en": "Runs as the account of GONGKAI_OWNER_DATABASE_URL (the tables' owner), or of DATABASE_URL where that is not set.",
    },
)
@told
def migrate() -> None:
    with database_up():
        count = len(pending())
        bring_up_to_date()
    click.echo(say(f"完成：{count} 项更新，权限已核定。", f"Done: {count} migrations applied, rights granted."))
