"""gongkai form: an empty form of the annual report to fill in, or the schema of its data."""

from __future__ import annotations

import click

from gongkai.formats.writing import Unwritable, format_named
from gongkai.formats.writing import form as made
from gongkai.law.editions import BY_KEY
from gongkai.report.schema import exchange_schema

from .delivery import TO, deliver, ending_of, told
from .language import Command, option, say
from .saving import save
from .show import complain, dumps, utf8

SAYS = {
    "zh": "空白的年度报告，供填写。\n\nEDITION 为格式的版本：2021（国办公开办函〔2021〕30号）或 2019。填好的文件可以读取和核查；没有填的格是空白，不是 0。\n"
    "电子表格里，总计由公式算出，填写不平的格显示为红色。--schema 输出数据的 JSON Schema。",
    "en": "An empty annual report to fill in.\n\nEDITION is that of the form: 2021 or 2019. The file can be read and audited when filled in; a cell not\n"
    "filled in is blank, not 0. In a workbook totals are formulas, and cells that do not balance turn red.\n--schema prints the JSON Schema of the data.",
}
NOTES = {"zh": "退出码：\n  0  已写出\n  2  未能写出，或用法有误", "en": "Exit codes:\n  0  written\n  2  it could not be written, or wrong usage"}


@click.command("form", cls=Command, says=SAYS, notes=NOTES)
@click.argument("edition", type=click.Choice(sorted(BY_KEY, reverse=True)), required=False)
@option("--to", metavar=TO, zh="写成的格式：xlsx、docx、html、md、pdf、json。", en="The format: xlsx, docx, html, md, pdf or json.")
@option("-o", "--output", type=click.Path(), metavar="OUT", zh="写到此文件；缺省写到标准输出。", en="Write to this file; standard output otherwise.")
@option("--organ", metavar="NAME", zh="机关名称，写进标题。", en="The organ, for the title.")
@option("--year", type=click.IntRange(2019, 2999), metavar="YEAR", zh="报告年度，写进标题。", en="The year reported on, for the title.")
@option("--schema", is_flag=True, zh="输出数据格式（JSON Schema）。", en="Print the schema of the data (JSON Schema).")
def form(edition: str | None, to: str | None, output: str | None, organ: str | None, year: int | None, schema: bool) -> int:
    """Write an empty form; the exit code says how it went."""
    utf8()
    if schema:
        text = dumps(exchange_schema()) + "\n"
        if output is not None:
            return 0 if save(output, text) else 2
        click.echo(text, nl=False)
        return 0
    if edition is None:
        raise click.UsageError(say("缺少格式的版本：2021 或 2019。", "The edition is missing: 2021 or 2019."))
    try:
        kind = format_named(ending_of(to, output))
        data = made(edition, kind, organ=organ, year=year)
    except Unwritable as error:
        complain(told(error.zh, error.en))
        return 2
    return deliver(data, kind, output)
