"""Chinese by default, English on request: which language a command speaks, and its help in both."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import click

from gongkai.law.findings import Language

KEY = "gongkai.language"
HEADINGS = {"zh": ("用法：", "选项", "命令"), "en": ("Usage: ", "Options", "Commands")}
LANG_HELP = {"zh": "输出语言：zh 中文（默认），en 英文。", "en": "Language of the output: zh (default) or en."}
HELP_HELP = {"zh": "显示本说明。", "en": "Show this message."}


def wanted(args: Sequence[str]) -> Language:
    """The language asked for: `--lang` anywhere in the arguments, else GONGKAI_LANG, else Chinese."""
    for position, arg in enumerate(args):
        if arg == "--":
            break
        if arg == "--lang" and position + 1 < len(args):
            return "en" if args[position + 1] == "en" else "zh"
        if arg.startswith("--lang="):
            return "en" if arg == "--lang=en" else "zh"
    return "en" if os.environ.get("GONGKAI_LANG", "").startswith("en") else "zh"


def language() -> Language:
    """The language of the running command."""
    context = click.get_current_context(silent=True)
    return "en" if context is not None and context.meta.get(KEY) == "en" else "zh"


def say(zh: str, en: str) -> str:
    """The words in the language of the running command."""
    return zh if language() == "zh" else en


class _Spoken(click.Command):
    """A command whose help is written in both languages; the language is decided when it is shown."""

    says: dict[str, str]
    notes: dict[str, str]

    def get_short_help_str(self, limit: int = 45) -> str:
        return self._said().partition("\n")[0] if self.says else super().get_short_help_str(limit)

    def _said(self) -> str:
        return self.says.get(language(), "")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), HEADINGS[language()][0])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if not self.says:
            super().format_help_text(ctx, formatter)
            return
        formatter.write_paragraph()
        for line in self._said().splitlines():
            formatter.write(f"  {line}\n" if line else "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None]
        if records:
            with formatter.section(HEADINGS[language()][1]):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.notes:
            formatter.write_paragraph()
            for line in self.notes[language()].splitlines():
                formatter.write(f"{line}\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = HELP_HELP[language()]
        return option


class Command(_Spoken):
    """A command with `says` (what it does) and `notes` (exit codes) in both languages."""

    def __init__(
        self, *args: Any, says: dict[str, str] | None = None, notes: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        self.says, self.notes = says or {}, notes or {}
        super().__init__(*args, **kwargs)
        with_language(self)


class Group(_Spoken, click.Group):
    """A group of such commands."""

    command_class = Command

    def __init__(
        self, *args: Any, says: dict[str, str] | None = None, notes: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        self.says, self.notes = says or {}, notes or {}
        super().__init__(*args, **kwargs)
        with_language(self)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(80)) for name, command in found if command and not command.hidden]
        if rows:
            with formatter.section(HEADINGS[language()][2]):
                formatter.write_dl(rows)


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *args: Any, zh: str = "", en: str = "", **kwargs: Any) -> None:
        self.says = {"zh": zh, "en": en}
        kwargs["help"] = zh
        super().__init__(*args, **kwargs)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = self.says[language()]
        return super().get_help_record(ctx)


def option(*names: str, zh: str, en: str, **settings: Any) -> Callable[[Any], Any]:
    """An option of a command, its help in both languages."""
    return click.option(*names, cls=Option, zh=zh, en=en, **settings)


def with_language(command: click.Command) -> click.Command:
    """The command with `--lang`, which is accepted before and after a subcommand."""
    if not any("--lang" in param.opts for param in command.params):
        command.params.append(
            Option(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, **LANG_HELP)
        )
    return command
