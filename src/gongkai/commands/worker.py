"""gongkai worker"""

from __future__ import annotations

import click

from gongkai.cli.language import Command, option
from gongkai.platform.running.working import work

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "单独运行后台任务：定时发布、期限检查、索引等。可以在几台机器上同时运行，一项任务只会由一个进程取得。",
        "en": "Run the background worker alone: scheduled publication, deadlines, indexing. Several may run at once; a job is taken by one only.",
    },
)
@option("--until-idle", is_flag=True, zh="做完现有的任务就结束。", en="End when no job is left.")
@told
def worker(until_idle: bool) -> None:
    work(wait=not until_idle)
