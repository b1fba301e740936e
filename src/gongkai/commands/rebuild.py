"""gongkai rebuild"""

from __future__ import annotations

import click

from gongkai.cli.language import Command, say
from gongkai.platform.running.rebuilding import rebuild as derive
from gongkai.platform.running.starting import database_up, ready

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "由记录重新推出一切推得出的东西：信息的状态、检索索引等。记录本身不变；可以反复运行，平台可以照常运行。",
        "en": "Derive again all that follows from the records: states, the search index. The records stay as they are; safe to repeat, also while the platform runs.",
    },
)
@told
def rebuild() -> None:
    ready()
    with database_up():
        for name, count in derive():
            click.echo(say(f"{name}：更正 {count} 项。", f"{name}: {count} corrected."))
