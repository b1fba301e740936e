"""gongkai reseal"""

from __future__ import annotations

from datetime import UTC, datetime

import click

from gongkai.cli.language import Command, option, say
from gongkai.platform.running import keys
from gongkai.platform.running.starting import database_up, ready

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "换了密钥之后，用第一把密钥重新加密一切可以更改的：登记的个人信息、文书、附件、通知。平台可以照常运行（须在换密钥之后启动过）；中断了，再运行一次即可。\n已登记的事项是证据，不改：其中的文字仍由当时的密钥加密，旧密钥须一直保留。",
        "en": "After a change of keys, seal with the first one all that may be changed: personal data, letters, files, messages. The platform may run, if it was started after the change; interrupted, run it again.\nRecorded events are evidence and stay: their texts remain under the key of their day, so old keys must be kept.",
    },
    notes={"zh": "退出码：0 全部完成；1 还有没有完成的，或者打不开的。", "en": "Exit codes: 0 all done; 1 something is left, or does not open."},
)
@option("--check", is_flag=True, zh="只查看还有多少由旧密钥加密。", en="Only show how much older keys still seal.")
@told
def reseal(check: bool) -> int:
    ready()
    from gongkai.platform.cases import resealing

    with database_up():
        if not check:
            with keys.files_held(alone=True) as free:
                if not free:
                    raise click.ClickException(say("正在备份，请稍后再运行。", "A backup is being made; run it again later."))
                done = resealing.reseal(datetime.now(UTC))
            click.echo(say(f"重新加密 {done.total} 项。", f"{done.total} sealed anew."))
        left, needed, have = resealing.remaining(), resealing.used(), keys.held().ids
    for place, count in left.items():
        fixed = place in resealing.FIXED
        why = say("（事项，不可更改）", " (events: never changed)") if fixed else ""
        click.echo(f"  {place}: {count}{why}")
    kept = "、".join(key for key in have if key in needed) or "-"
    click.echo(say(f"数据用到的密钥：{kept}；查找用的散列始终用最旧的一把（{have[-1]}）。", f"Keys in use: {kept}; lookup hashes always use the oldest ({have[-1]})."))
    if missing := needed - set(have):
        raise click.ClickException(say(f"有数据的密钥不在这里：{'、'.join(sorted(missing))}。", f"Keys that are not here: {', '.join(sorted(missing))}."))
    return 1 if any(place not in resealing.FIXED for place in left) else 0
