"""gongkai journal"""

from __future__ import annotations

import json
from typing import TextIO

import click

from gongkai.cli.language import Group, option, say
from gongkai.platform.running.starting import database_up, ready

from .faults import told


@click.group(
    cls=Group,
    says={"zh": "操作日志：逐条核验，或列出各链的链头。", "en": "The journal: prove every entry, or list where each chain ends."},
)
def journal() -> None:
    """Nothing before the subcommand."""


@journal.command(
    says={
        "zh": "由第一条起，逐条重新计算摘要，与前一条和链头核对；断链时指出第一处。",
        "en": "Hash every entry again from the first on, and hold it against the one before and the head; names the first break of a chain.",
    },
    notes={"zh": "退出码：0 全部相符；1 有断链。", "en": "Exit codes: 0 all holds; 1 a chain is broken."},
)
@option("--against", type=click.File(encoding="utf-8"), zh="抄存在别处的链头清单（gongkai journal heads 的输出）：连整个改写过的历史也能查出。", en="A list of heads kept elsewhere (from gongkai journal heads): finds even a history rewritten as a whole.")
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", zh="输出格式。", en="Output format.")
@told
def verify(form: str, against: TextIO | None) -> int:
    ready()
    from gongkai.platform.journal.heads import NotHeads, read
    from gongkai.platform.journal.verify import verify as prove

    try:
        kept = read(against.read()) if against else None
    except NotHeads as wrong:
        raise click.UsageError(str(wrong)) from None
    with database_up():
        proof = prove(against=kept)
    if form == "json":
        breaks = [{"chain": fault.chain, "number": fault.number, "why": fault.why} for fault in proof.breaks]
        click.echo(json.dumps({"holds": proof.holds, "chains": proof.chains, "entries": proof.entries, "breaks": breaks}, ensure_ascii=False, indent=1))
        return 0 if proof.holds else 1
    for fault in proof.breaks:
        click.echo(say(f"✗ 第 {fault.chain} 链第 {fault.number} 条：{fault.why}", f"✗ chain {fault.chain}, entry {fault.number}: {fault.why}"))
    verdict = say("全部相符。", "all holds.") if proof.holds else say(f"{len(proof.breaks)} 处断链。", f"{len(proof.breaks)} chains are broken.")
    click.echo(say(f"核验了 {proof.chains} 链 {proof.entries} 条：", f"Verified {proof.chains} chains, {proof.entries} entries: ") + verdict)
    return 0 if proof.holds else 1


@journal.command(
    says={
        "zh": "列出各链末条的编号和摘要。定期抄存到平台以外（如打印、存证），日后可证明此前的日志未被改写。",
        "en": "List number and digest of each chain's last entry. Kept outside the platform, they prove later that nothing before was rewritten.",
    },
)
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", zh="输出格式。", en="Output format.")
@told
def heads(form: str) -> None:
    ready()
    from django.db import connection
    from django.utils import timezone

    from gongkai.platform.journal.heads import heads as ends
    from gongkai.platform.journal.heads import written

    with database_up():
        found = ends()
        connection.close()
    if form == "json":
        click.echo(json.dumps([{"chain": head.chain, "number": head.number, "digest": head.digest} for head in found], indent=1))
        return
    click.echo(written(found, timezone.localtime()), nl=False)
