"""gongkai casekey"""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli.language import Command, option, say
from gongkai.platform.running import keys
from gongkai.platform.running.keys import CannotKey, Held
from gongkai.platform.running.starting import ready

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "个人信息的密钥：显示在哪里、哪一把在用；导出一份另行保存，导入，或者换一把新的。\n密钥丢了，申请人的个人信息和案卷附件谁也打不开；密钥和备份放在一起，备份就等于没有加密。",
        "en": "The keys of personal data: where they are and which one seals; take a copy out, put one in, or set a new one.\nWithout the keys nobody can open applicants' data and the files of cases; kept beside a backup, they undo its encryption.",
    },
    notes={
        "zh": "换密钥：停止平台，gongkai casekey --new，gongkai casekey --export 导出，启动平台，gongkai reseal。旧密钥须一直保留。",
        "en": "To change keys: stop the platform, gongkai casekey --new, gongkai casekey --export, start it, gongkai reseal. Old keys must be kept.",
    },
)
@option("--export", "target", type=click.Path(path_type=Path), zh="导出到一个文件（仅本人可读），另行保存。", en="Copy them into a file readable by its owner alone.")
@option("--import", "source", type=click.Path(path_type=Path, exists=True), zh="由导出的文件导入。", en="Put in the copy from a file.")
@option("--new", is_flag=True, zh="换一把新的，旧的仍能打开已加密的。", en="Set a new one; the old ones still open what they sealed.")
@told
def casekey(target: Path | None, source: Path | None, new: bool) -> None:
    if sum((target is not None, source is not None, new)) > 1:
        raise click.UsageError(say("--export、--import、--new 一次只用一个。", "Use one of --export, --import and --new at a time."))
    ready()
    try:
        found = keys.copy_out(target) if target else keys.bring_in(source) if source else keys.renew() if new else keys.held()
    except CannotKey as cannot:
        raise click.ClickException(say(*cannot.args)) from cannot
    _shown(found)
    if target:
        click.echo(say(f"已导出到 {target}。请与数据、备份分开保存，至少两份。", f"Copied to {target}. Keep it apart from data and backups, twice at least."))
    if new:
        click.echo(say("新密钥已设好。请导出一份，启动平台，再运行 gongkai reseal。", "The new key is set. Take a copy, start the platform, then run gongkai reseal."))


def _shown(found: Held) -> None:
    where = "GONGKAI_CASE_KEY" if found.from_environment else str(found.path)
    click.echo(say(f"密钥在 {where}。", f"The keys are in {where}."))
    for place, key in enumerate(found.ids):
        click.echo(say(f"  {key}  {'加密' if place == 0 else '只解密'}", f"  {key}  {'seals' if place == 0 else 'opens only'}"))
    copied = found.copied.date().isoformat() if found.copied else None
    if not found.from_environment:
        click.echo(say(f"最近一次导出：{copied}。", f"Last copied out: {copied}.") if copied else
                   say("还没有导出。请运行 gongkai casekey --export，与备份分开保存。", "Never copied out. Run gongkai casekey --export, and keep it apart from backups."))  # fmt: skip
