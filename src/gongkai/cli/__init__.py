"""gongkai: the command. Nothing heavy is imported before a subcommand is known."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from gongkai import __version__

from .language import KEY, Group, Option, say, wanted, with_language

Entry = tuple[str, ...]  # module, attribute, what it does in Chinese and in English, and the extra that it needs
COMMANDS: dict[str, Entry] = {
    "audit": ("gongkai.cli.audit", "audit", "核查年度报告，列出问题。", "Audit annual reports and list what is wrong."),
    "read": ("gongkai.cli.read", "read", "读取年度报告，输出 JSON。", "Read annual reports into JSON."),
    "sum": ("gongkai.cli.sum", "sum_", "汇总各机关的年度报告。", "Add up the reports of many organs."),
    "diff": ("gongkai.cli.diff", "diff", "比较两份报告：两个版本，或两个年度。", "Compare two reports: versions, or years."),
    "write": ("gongkai.cli.write", "write", "把报告写成 DOCX、PDF、HTML、XLSX、Markdown 或 JSON。", "Write a report as DOCX, PDF, HTML, XLSX, Markdown or JSON."),
    "form": ("gongkai.cli.form", "form", "空白的年度报告格式，供填写。", "An empty form of the annual report, to fill in."),
    "law": ("gongkai.cli.law", "law", "条例计算：答复期限、信息处理费、工作日。", "The statute computed: reply periods, fees, working days."),
    "rules": ("gongkai.cli.rules", "rules", "列出核查规则。", "List the rules of the audit."),
}
SAYS = {
    "zh": "政府信息公开工作年度报告的读取与核查，《政府信息公开条例》的期限与费用计算。",
    "en": "Read and audit annual reports on government information disclosure; compute the statute's terms and fees.",
}
NOTES = {
    "zh": "退出码：0 完成且没有错误；1 核查发现错误；2 有文件未能读取，或用法有误（其余文件照常处理）。",
    "en": "Exit codes: 0 done, no errors; 1 the audit found errors; 2 a file could not be read, or wrong usage (other files are done all the same).",
}
INTERRUPTED, BROKEN_PIPE = 130, 141


class Root(Group):
    """The commands, each imported when it is called."""

    def __init__(self, *args: Any, known: Mapping[str, Entry], **kwargs: Any) -> None:
        self.known = known
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[KEY] = wanted(args)  # before any help is shown
        ctx.obj = {"lang": ctx.meta[KEY]}
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.known)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.known:
            return None
        module, attribute, _zh, _en, *extra = self.known[cmd_name]
        try:
            command: click.Command = getattr(import_module(module), attribute)
        except ModuleNotFoundError as lacking:
            if not extra or (lacking.name or "").startswith("gongkai"):
                raise
            raise click.ClickException(_how_to_install(cmd_name, extra[0])) from lacking
        return _with_language(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("命令", "Commands")):
            formatter.write_dl([(name, say(zh, en)) for name, (_, _, zh, en, *_extra) in self.known.items()])


def _how_to_install(name: str, extra: str) -> str:
    return say(f"gongkai {name} 属于平台，平台没有安装。请运行：pip install 'gongkai[{extra}]'",
               f"gongkai {name} belongs to the platform, which is not installed. Run: pip install 'gongkai[{extra}]'")


def _with_language(command: click.Command) -> click.Command:
    with_language(command)
    for inner in getattr(command, "commands", {}).values():
        _with_language(inner)
    return command


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"gongkai {__version__}")
        ctx.exit()


def root(known: Mapping[str, Entry]) -> Root:
    """The command with these subcommands."""
    version = Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version,
                     zh="显示版本。", en="Show the version.")
    return Root("gongkai", known=known, says=SAYS, notes=NOTES, params=[version],
                context_settings={"help_option_names": ["-h", "--help"]})


cli = root(COMMANDS)


def main(args: Sequence[str] | None = None, command: Root = cli) -> None:
    """The command of the shell: what goes wrong is one line and an exit code."""
    given = list(sys.argv[1:] if args is None else args)
    try:
        code = _run(given, command)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more is to be said there
        code = BROKEN_PIPE
    sys.exit(code)


def _run(args: list[str], command: Root) -> int:
    english = wanted(args) == "en"
    try:
        with command.make_context("gongkai", args) as context:
            result: Any = command.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted." if english else "已中断。", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        _complain(error, english)
        return error.exit_code
    return result if isinstance(result, int) else 0


def _complain(error: click.ClickException, english: bool) -> None:
    """One line for a wrong call, and where help is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    message = error.format_message() if english else _in_chinese(error)
    click.echo(f"Error: {message}" if english else f"错误：{message}", err=True)
    context = getattr(error, "ctx", None)
    if context is not None:
        hint = f"{context.command_path} --help"
        click.echo(f"Try: {hint}" if english else f"用法见：{hint}", err=True)


def _in_chinese(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项“{error.option_name}”。"
        case click.MissingParameter() if error.param is not None:
            return f"缺少参数 {error.param.make_metavar(error.ctx) if error.ctx else error.param.name}。"
        case click.BadParameter() if error.param is not None:
            return f"{error.param.opts[0] if error.param.opts else error.param.name}：{error.message}"
        case click.UsageError() if error.message.startswith("No such command"):
            return f"没有这个命令：{error.message.partition(chr(39))[2].rstrip('.').strip(chr(39))}。"
    return error.format_message()


__all__ = ["COMMANDS", "Entry", "cli", "main", "root"]
