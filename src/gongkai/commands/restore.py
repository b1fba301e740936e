"""gongkai restore"""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli.language import Command, option, say
from gongkai.platform.running.keeping.manifest import Damaged
from gongkai.platform.running.keeping.restoring import CannotRestore, Restored
from gongkai.platform.running.keeping.restoring import restore as bring_back

from .faults import told


@click.command(
    cls=Command,
    says={
        "zh": "由备份恢复。先逐个核对备份的校验值，再在一个事务里载入数据，然后核对行数、操作日志和每个附件。\n只恢复到空的平台；中途失败时，原有的一切不变。",
        "en": "Restore a backup. First every checksum of the backup is held, then the data are loaded in one transaction, then rows, journal and every file are held against the manifest.\nOnly into an empty platform; when it fails, everything is as it was.",
    },
    notes={"zh": "退出码：0 恢复并核验无误；1 没有恢复，或核验不符。", "en": "Exit codes: 0 restored and verified; 1 not restored, or something differs."},
)
@click.argument("path", type=click.Path(path_type=Path))
@option("--replace", is_flag=True, zh="取代现有的全部数据和附件。", en="Replace all data and files that are there.")
@option("--without-key", is_flag=True, zh="没有打开个人信息的密钥也恢复其余内容。", en="Restore the rest without the keys of personal data.")
@told
def restore(path: Path, replace: bool, without_key: bool) -> int:
    try:
        done = bring_back(path, replace, without_key)
    except (CannotRestore, Damaged) as cannot:
        raise click.ClickException(say(*cannot.args)) from cannot
    for good, words in _report(done):
        click.echo(("✓ " if good else "✗ ") + words)
    return 0 if done.holds else 1


def _report(done: Restored) -> list[tuple[bool, str]]:
    kept, lines = done.manifest, []
    rows = sum(kept.tables.values())
    lines.append((not done.differing_tables, say(f"数据：{len(kept.tables)} 张表 {rows} 行", f"Data: {len(kept.tables)} tables, {rows} rows")
                  + (say("，与清单一致。", ", as the manifest says.") if not done.differing_tables else say("，行数不符：", ", differing: ") + ", ".join(done.differing_tables))))  # fmt: skip
    lines.append((not done.differing_files, say(f"附件：{len(kept.files)} 个", f"Files: {len(kept.files)}")
                  + (say("，校验值全部相符。", ", every checksum holds.") if not done.differing_files else say("，不符：", ", differing: ") + ", ".join(done.differing_files[:5]))))  # fmt: skip
    proof = done.proof
    broken = "; ".join(f"{fault.chain}/{fault.number} {fault.why}" for fault in proof.breaks)
    lines.append((proof.holds and done.heads_match, say(f"操作日志：{proof.chains} 链 {proof.entries} 条", f"Journal: {proof.chains} chains, {proof.entries} entries")
                  + (say("，核验通过。", ", verified.") if proof.holds and done.heads_match else say("，断链：", ", broken: ") + broken)))  # fmt: skip
    if kept.case_keys:
        lines.append((not done.missing_keys, say("个人信息的密钥", "Keys of personal data")
                      + (say("：打得开。", ": they open it.") if not done.missing_keys else say("：不在这里，打不开：", ": not here: ") + ", ".join(done.missing_keys))))  # fmt: skip
    if done.migrated:
        lines.append((True, say(f"数据表更新 {done.migrated} 项。", f"{done.migrated} migrations applied.")))
    return lines
