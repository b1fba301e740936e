"""gongkai rules: the rules of the audit, and their pages for the documentation."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.law.findings import Rule
from gongkai.report.rules import rules as all_rules

from .language import Command, language, option, say
from .show import COLOURS, NAMES, SIGNS, complain, dumps, printable, unwritable, utf8

SAYS = {
    "zh": "列出核查规则：编码、级别、依据、说法。",
    "en": "List the rules of the audit: code, severity, basis, sentence.",
}


@click.command("rules", cls=Command, says=SAYS)
@click.argument("codes", nargs=-1)
@option("--markdown", type=click.Path(), metavar="DIR", zh="为每条规则写一页 Markdown，另有目录页。",
        en="Write a Markdown page for each rule, and an index.")
@option("--format", "shape", type=click.Choice(["text", "json"]), default="text", zh="输出格式：text 或 json。",
        en="Output: text or json.")
def rules(codes: tuple[str, ...], markdown: str | None, shape: str) -> int:
    """List rules, or those whose code begins with one of the words given."""
    utf8()
    chosen = [rule for rule in all_rules().values() if not codes or rule.code.startswith(codes)]
    if not chosen:
        complain(say("没有这样的规则。", "No such rule."))
        return 2
    if markdown is not None:
        return _write(Path(markdown), chosen)
    if shape == "json":
        click.echo(dumps([as_dict(rule) for rule in chosen]))
        return 0
    for rule in chosen:
        _print(rule)
    return 0


def _print(rule: Rule) -> None:
    spoken = language()
    sign = click.style(f"{SIGNS[rule.severity]} {NAMES[spoken][rule.severity]}", fg=COLOURS[rule.severity])
    click.echo(f"{click.style(rule.code, bold=True)}  {sign}  {rule.basis}")
    click.echo(f"    {rule.says[spoken]}")


def as_dict(rule: Rule) -> dict[str, object]:
    """One rule as plain values."""
    return {
        "code": rule.code, "severity": rule.severity.value, "basis": rule.basis,
        "zh": rule.says["zh"], "en": rule.says["en"], "advice": dict(rule.advice),
    }


def page(rule: Rule) -> str:
    """The documentation page of one rule. {…} are the facts that a finding fills in."""
    zh, en = NAMES["zh"][rule.severity], NAMES["en"][rule.severity]
    lines = [
        f"# {rule.code}", "", f"**{zh}** ({en})", "", f"依据：{rule.basis}", "",
        "## 说法", "", f"> {rule.says['zh']}", "", f"> {rule.says['en']}", "",
    ]
    if rule.advice:
        lines += ["## 建议", ""]
        lines += [line for text in rule.advice.values() for line in (text, "")]
    return "\n".join(lines)


def index(chosen: list[Rule]) -> str:
    """The index page."""
    rows = [f"| [{rule.code}]({rule.code}.md) | {NAMES['zh'][rule.severity]} | {rule.basis} |" for rule in chosen]
    head = ["# 核查规则", "", f"共{len(chosen)}条，由代码印出（`gongkai rules --markdown`），请勿手工修改。", "",
            "| 规则 | 级别 | 依据 |", "| --- | --- | --- |"]
    return "\n".join([*head, *rows, ""])


def _write(folder: Path, chosen: list[Rule]) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for rule in chosen:
            (folder / f"{rule.code}.md").write_text(page(rule), encoding="utf-8")
        (folder / "index.md").write_text(index(chosen), encoding="utf-8")
    except OSError as error:
        complain(unwritable(printable(folder), error, language()))
        return 2
    complain(say(f"已写入{len(chosen)}条规则。", f"{len(chosen)} rules written."))
    return 0
