"""gongkai backup"""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli.language import Command, say
from gongkai.platform.running.keeping.backing import CannotBackUp, back_up
from gongkai.platform.settings import environment as env

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "备份到一个文件夹，或以 .tar 结尾的一个文件：某一时刻的全部数据、全部附件，以及校验清单。\n平台可以照常运行。备份里有未公开的内容和个人信息，请妥善保管。",
        "en": "Back up into a folder, or into one file ending in .tar: all data of one moment, all files, and a manifest of checksums.\nThe platform may go on running. A backup holds unpublished content and personal data: keep it safe.",
    },
    notes={
        "zh": "签名密钥不在备份里，请另行保存数据目录中的 secret；丢了它，所有人需重新登录，数据不受影响。\n个人信息的密钥也不在备份里：用 gongkai casekey --export 导出，与备份分开保存；丢了它，申请人的信息和案卷附件谁也打不开。",
        "en": "The signing key is not in it: keep the data directory's file `secret` elsewhere. Without it everybody signs in again; the data are unharmed.\nNor are the keys of personal data: copy them out with gongkai casekey --export and keep them apart; without them nobody can open applicants' data and the files of cases.",
    },
)
@click.argument("path", type=click.Path(path_type=Path))
@told
def backup(path: Path) -> None:
    try:
        made = back_up(path)
    except CannotBackUp as cannot:
        raise click.ClickException(say(*cannot.args)) from cannot
    kept = made.manifest
    rows, entries = sum(kept.tables.values()), sum(number for number, _ in kept.heads.values())
    click.echo(say(
        f"已备份到 {made.path}（{made.size / 1e6:.1f} MB）：{len(kept.tables)} 张表 {rows} 行，附件 {len(kept.files)} 个，操作日志 {len(kept.heads)} 链 {entries} 条。",
        f"Backed up into {made.path} ({made.size / 1e6:.1f} MB): {len(kept.tables)} tables, {rows} rows, {len(kept.files)} files, {len(kept.heads)} chains of the journal, {entries} entries.",
    ))  # fmt: skip
    if kept.case_keys:
        click.echo(say(
            "注意：打开申请人个人信息和案卷附件的密钥不在备份里（放在一起，备份就等于没有加密）。没有密钥，恢复的备份打不开这些内容。"
            "请运行 gongkai casekey --export 导出一份，与备份分开保存。",
            "NOTE: the keys that open applicants' data and the files of cases are NOT in the backup (beside it, they would undo its encryption)."
            " Without them a restored backup cannot show these. Run gongkai casekey --export, and keep the copy apart from backups.",
        ), err=True)  # fmt: skip
    key = env.home() / "secret"
    if key.exists():
        click.echo(say(f"签名密钥不在备份里，请另行保存：{key}", f"The signing key is not in it; keep it elsewhere: {key}"))
