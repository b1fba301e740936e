"""gongkai doctor"""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from gongkai.cli.language import Command, option, say
from gongkai.platform.running.doctor import Finding, Level, examine
from gongkai.platform.running.starting import database_up, ready

from .faults import told

SIGNS = {Level.OK: "✓", Level.INFO: "·", Level.WARNING: "!", Level.ERROR: "✗"}


@click.command(
    cls=Command,
    says={
        "zh": "检查这一套平台是否适合正式运行，现在是否正常：设置、密钥、数据库账号、操作日志、后台任务、备份、磁盘、字体、放假通知。",
        "en": "Examine whether this installation is fit for production, and well now: settings, key, database accounts, journal, background work, backups, disk, fonts, holiday notices.",
    },
    notes={"zh": "退出码：0 没有错误（可能有警告）；1 有错误。", "en": "Exit codes: 0 no errors (perhaps warnings); 1 errors."},
)
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", zh="输出格式。", en="Output format.")
@option("--quiet", is_flag=True, zh="只显示需要处理的。", en="Show only what needs doing.")
@told
def doctor(form: str, quiet: bool) -> int:
    ready()
    with database_up():
        found = list(examine())
    shown = [finding for finding in found if not quiet or finding.level in (Level.WARNING, Level.ERROR)]
    if form == "json":
        click.echo(json.dumps([asdict(finding) for finding in shown], ensure_ascii=False, indent=1))
    else:
        _print(shown, found)
    return 1 if any(finding.level is Level.ERROR for finding in found) else 0


def _print(shown: list[Finding], found: list[Finding]) -> None:
    for finding in shown:
        click.echo(f"{SIGNS[finding.level]} {say(finding.zh, finding.en)}  [{finding.key}]")
        if (advice := say(finding.do_zh, finding.do_en)) and finding.level is not Level.OK:
            click.echo(f"    {advice}")
    errors, warnings = (sum(finding.level is level for finding in found) for level in (Level.ERROR, Level.WARNING))
    click.echo(say(f"\n共检查 {len(found)} 项：错误 {errors}，警告 {warnings}。", f"\n{len(found)} examined: {errors} errors, {warnings} warnings."))
