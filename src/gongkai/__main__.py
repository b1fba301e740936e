"""The command `gongkai`: the reports' commands, and the platform's, each imported when it is called."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.cli import COMMANDS, Entry, root
from gongkai.cli import main as run

PLATFORM: dict[str, Entry] = {
    name: (f"gongkai.commands.{module}", name, zh, en, "platform")
    for name, module, zh, en in (
        ("serve", "serve", "启动平台：网页、后台任务和自带的数据库。", "Start the platform: web, background work, embedded database."),
        ("demo", "demo", "装入演示数据。", "Load the demo data."),
        ("migrate", "migrate", "建立和更新数据表，授予权限。", "Create and update the tables, and grant the rights."),
        ("createadmin", "createadmin", "建立系统管理员账号。", "Create an administrator's account."),
        ("backup", "backup", "备份数据、附件和校验清单。", "Back up data, files and their checksums."),
        ("restore", "restore", "由备份恢复，并核验。", "Restore a backup and verify it."),
        ("doctor", "doctor", "检查正式运行的配置与状态。", "Check configuration and health for production."),
        ("journal", "journal", "操作日志：核验、链头。", "The journal: verify it, show its heads."),
        ("rebuild", "rebuild", "由记录重新推出状态和检索索引。", "Derive states and the search index from the records again."),
        ("casekey", "casekey", "个人信息的密钥：查看、导出、导入、更换。", "The keys of personal data: show, copy out, put in, change."),
        ("reseal", "reseal", "换密钥之后重新加密。", "Seal anew after a change of keys."),
        ("worker", "worker", "单独运行后台任务。", "Run the background worker alone."),
    )
}
cli = root(COMMANDS | PLATFORM)


def main(args: Sequence[str] | None = None) -> None:
    """The command of the shell."""
    run(args, cli)


if __name__ == "__main__":
    main()
