"""gongkai rebuild"""

from __future__ import annotations

import click

from gongkai.cli.language import Command, option, say
from gongkai.platform.running.rebuilding import rebuild as derive
from gongkai.platform.running.starting import database_up, ready

from .faults import told

SHOWN = 20


@click.command(
    cls=Command,
    says={
        "zh": "由记录重新推出一切推得出的东西（信息的状态、公开副本、检索），与存着的比较，更正不同的。\n记录本身不变；可以反复运行，平台可以照常运行。",
        "en": "Derive again all that follows from the records (states, public copies, search), compare, and put right what differs.\nThe records stay as they are; safe to repeat, also while the platform runs.",
    },
    notes={"zh": "退出码：0 没有不同，或已更正；1 用 --check 时发现不同。", "en": "Exit codes: 0 nothing differed, or it was put right; 1 with --check, something differs."},
)
@option("--check", is_flag=True, zh="只比较，不更正。", en="Compare only.")
@told
def rebuild(check: bool) -> int:
    ready()
    differing = 0
    with database_up():
        for name, found in derive(repair=not check):
            differing += len(found)
            verb = ("不同", "differ") if check else ("更正", "put right")
            click.echo(say(f"{name}：{verb[0]} {len(found)} 处。", f"{name}: {len(found)} {verb[1]}."))
            for one in found[:SHOWN]:
                click.echo(f"  {one}")
    return 1 if check and differing else 0
