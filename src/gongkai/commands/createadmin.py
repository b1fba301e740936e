"""gongkai createadmin"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from gongkai.cli.language import Command, option, say
from gongkai.platform.running.starting import database_up, ready

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "建立一个系统管理员账号（建机关、人员、角色；看不到办件内容）。密码从键盘输入，或用 --password-stdin 从标准输入读取。",
        "en": "Create an administrator's account (organs, people, roles; never the content of cases). The password is typed, or read from standard input with --password-stdin.",
    },
)
@click.argument("login")
@click.argument("name")
@option("--email", default="", zh="电子邮箱。", en="E-mail address.")
@option("--password-stdin", is_flag=True, zh="从标准输入读取密码。", en="Read the password from standard input.")
@told
def createadmin(login: str, name: str, email: str, password_stdin: bool) -> None:
    password = sys.stdin.readline().rstrip("\n") if password_stdin else click.prompt(
        say("密码", "Password"), hide_input=True, confirmation_prompt=say("再输一次", "Once more")
    )  # fmt: skip
    ready()
    from django.utils import translation

    from gongkai.platform.organs.errors import Refused
    from gongkai.platform.running.administrator import create

    with database_up(), translation.override(say("zh-hans", "en")):
        try:
            create(login, name, password, email, at=datetime.now(UTC))
        except Refused as refused:
            raise click.ClickException(say(refused.args[0], getattr(refused, "en", refused.args[0]))) from refused
    click.echo(say(f"系统管理员 {login} 已建立。", f"The administrator {login} has been created."))
