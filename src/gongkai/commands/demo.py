"""gongkai demo"""

from __future__ import annotations

import click

from gongkai.cli.language import Command, say
from gongkai.platform.running.migrating import migrate
from gongkai.platform.running.starting import database_up, is_embedded, ready

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "装入演示数据并列出演示账号：四个真实机关的栏目，虚构的人员和内容，各种状态都有。只装入空的平台；可以反复运行。",
        "en": "Load the demo data and list its accounts: the columns of four real organs, invented people and content, every state. Only into an empty platform; safe to repeat.",
    },
)
@told
def demo() -> int:
    ready()
    with database_up():
        if is_embedded():
            migrate()
        from gongkai.platform.running.demo import code_lines, lines, load, password

        done = load(lambda step: click.echo(f"  {step} …", err=True))
        if done is None:
            click.echo(say("平台里已有别的机关，没有装入演示数据。", "The platform has other organs already; no demo data were loaded."), err=True)
            return 1
        click.echo(
            say(f"演示数据已装入：机关 {done.organs} 个，人员 {done.people} 名，信息 {done.items} 条，申请 {done.requests} 件（{done.seconds:.0f} 秒）。",
                f"Demo data loaded: {done.organs} organs, {done.people} people, {done.items} items, {done.requests} requests ({done.seconds:.0f} s).")
            if done.built else say("演示数据先前已装入。", "The demo data were loaded before.")
        )  # fmt: skip
        click.echo(say(f"演示账号（密码都是 {password()}）：", f"Demo accounts (the password of all is {password()}):"))
        for line in lines():
            click.echo(f"  {line}")
        click.echo(say("演示申请（登记编号、查询码），可以在网上公开平台查询、办理：", "Demo requests (number, query code), to be followed on the portal:"))
        for line in code_lines():
            click.echo(f"  {line}")
    return 0
