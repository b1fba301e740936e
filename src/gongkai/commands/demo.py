"""gongkai demo"""

from __future__ import annotations

import click

from gongkai.cli.language import Command, say
from gongkai.platform.running.demo import accounts, load_if_empty
from gongkai.platform.running.migrating import migrate
from gongkai.platform.running.starting import database_up, is_embedded, ready

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "装入演示数据：四个真实机关的栏目，虚构的人员和内容，各种状态都有。只装入空的平台。",
        "en": "Load the demo data: the columns of four real organs, invented people and content, every state. Only into an empty platform.",
    },
)
@told
def demo() -> int:
    ready()
    with database_up():
        if is_embedded():
            migrate()
        if not load_if_empty():
            click.echo(say("平台里已有机关或人员，没有装入演示数据。", "The platform has organs or people already; no demo data were loaded."), err=True)
            return 1
        click.echo(say("演示数据已装入。账号：", "Demo data loaded. Accounts:"))
        for line in accounts():
            click.echo(line)
    return 0
