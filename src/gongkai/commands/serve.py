"""gongkai serve"""

from __future__ import annotations

import click

from gongkai.cli.language import Command, option, say
from gongkai.platform.running.serving import Address, CannotServe
from gongkai.platform.running.serving import serve as run
from gongkai.platform.settings import environment as env

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "启动平台：自带的数据库（没有设置 DATABASE_URL 时）、网页服务和后台任务，并看护它们。\nCtrl-C 或 SIGTERM 依次停止：先完成手头的请求，再完成手头的任务，最后停数据库。",
        "en": "Start the platform: the embedded database (where DATABASE_URL is not set), web server and background worker, and look after them.\nCtrl-C or SIGTERM ends them in order: requests in hand, then jobs in hand, then the database.",
    },
    notes={
        "zh": "配置见环境变量一览（docs/guides/operators.md）。被强行终止后，直接再次启动即可。",
        "en": "For the environment variables see docs/guides/operators.md. After a kill, just start it again.",
    },
)
@option("--bind", metavar="HOST:PORT", default=None, zh="监听地址，默认取 GONGKAI_ADDRESS。", en="Address to listen on; GONGKAI_ADDRESS by default.")
@option("--port", type=click.IntRange(0, 65535), default=None, zh="端口；0 任选一个空闲的。", en="Port; 0 takes a free one.")
@option("--no-worker", is_flag=True, zh="不启动后台任务（另用 gongkai worker）。", en="Start no background worker (use gongkai worker elsewhere).")
@option("--demo", is_flag=True, zh="平台为空时先装入演示数据。", en="Load the demo data first where the platform is empty.")
@told
def serve(bind: str | None, port: int | None, no_worker: bool, demo: bool) -> None:
    def tell(zh: str, en: str) -> None:
        click.echo(say(zh, en))

    try:
        address = Address.parse(bind or env.value("GONGKAI_ADDRESS"))
        run(address if port is None else Address(address.host, port), tell, worker=not no_worker, demo=demo)
    except CannotServe as cannot:
        raise click.ClickException(say(*cannot.args)) from cannot
