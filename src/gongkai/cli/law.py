"""gongkai law: the statute asked from the command line. `gongkai.law` is imported inside the commands, so help is quick."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from .language import KEY, LANG_HELP, Group, Option, option

if TYPE_CHECKING:
    from gongkai.law.calendar import Calendar
    from gongkai.law.clock import Settings
    from gongkai.law.fees import Charge
    from gongkai.law.findings import Language
    from gongkai.law.request import Standing, Step

MOST_BYTES = 10_000_000


class Refused(click.ClickException):
    """Input that is not understood: one line on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        line = " ".join(self.message.split()).encode("utf-8", "backslashreplace").decode("utf-8")
        click.echo(line, file=file or sys.stderr)


NOTES = {
    "zh": "退出码：0 有答案；2 输入不能理解（标准错误一行）。",
    "en": "Exit codes: 0 with an answer; 2 for input that is not understood (one line on standard error).",
}
_language = click.option("--lang", cls=Option, type=click.Choice(["zh", "en"]), default=None, **LANG_HELP)
_holidays = option(
    "--holidays", "tables", multiple=True, metavar="FILE",
    zh="另加放假安排 CSV（date,kind,name[,calendar]），可多次使用。",
    en="Further holiday tables, CSV (date,kind,name[,calendar]); may be given several times.",
)  # fmt: skip
_text_or_json = option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", zh="输出格式。", en="Form of the output."
)


@click.group(
    "law",
    cls=Group,
    says={"zh": "条例计算：答复期限、信息处理费、工作日。", "en": "The statute computed: reply periods, fees, working days."},
    notes=NOTES,
)
def law() -> None:
    """The group that `gongkai` takes up."""


@law.command(
    "clock",
    says={
        "zh": (
            "由办理事项推算一件申请的答复期限。\n\nFILE 为 JSON，- 为标准输入：\n"
            '{"calendar": "cn", "today": "YYYY-MM-DD", "events": […]}\n以 JSON 作答，附逐步说明。'
        ),
        "en": (
            "The reply period of one request, from its events.\n\nFILE is JSON, - is standard input:\n"
            '{"calendar": "cn", "today": "YYYY-MM-DD", "events": […]}\nThe answer is JSON, explained step by step.'
        ),
    },
    notes=NOTES,
)
@click.argument("file")
@option("--note", "as_note", is_flag=True, zh="输出可粘贴入卷的中文说明。", en="A note for the file, in Chinese.")
@option("--days", "as_days", is_flag=True, zh="逐日列明是否计入及原因。", en="Day by day: counted, or why not.")
@option(
    "--fee-pauses", is_flag=True,
    zh="缴费后期限不重新计算，仅扣除等待时间。", en="Payment does not restart the period; only the waiting is left out.",
)  # fmt: skip
@_holidays
@_language
@click.pass_context
def clock(
    ctx: click.Context, file: str, as_note: bool, as_days: bool, fee_pauses: bool, tables: tuple[str, ...], lang: str | None
) -> None:
    """Follow the events and answer."""
    language = _lang(ctx, lang)
    with _refusing(language):
        from gongkai.law.case import parse_case
        from gongkai.law.clock import Settings
        from gongkai.law.explanation import note
        from gongkai.law.request import follow, standing

        case = parse_case(_decoded(_read(file, language), language))
        days = _calendar(case.calendar, tables, language)
        settings = Settings(fee_restarts_clock=not fee_pauses)
        steps = follow(case.events, days, settings)
        now = standing(steps, days, case.today)
        if as_note:
            click.echo(note(steps, days, case.today, settings))
        if as_days:
            _echo_days(steps, days, case.today)
        if not (as_note or as_days):
            click.echo(_json(_answer(now, steps, days, case.today, settings)))


@law.command(
    "fee",
    says={
        "zh": "信息处理费及其各档构成（国办函〔2020〕109号）。\n同一件申请只能按件或者按量计收，不能并用。",
        "en": "The processing fee and the tiers it is made of.\nA request is charged per item or per page, never both.",
    },
    notes=NOTES,
)
@option("--items", metavar="N", zh="按件计收：同一申请人一个自然月内的件数。", en="Items of one applicant in one calendar month.")
@option("--pages", metavar="N", zh="按量计收：一件申请的页数。", en="Pages of one request.")
@_text_or_json
@_language
@click.pass_context
def fee(ctx: click.Context, items: str | None, pages: str | None, shape: str, lang: str | None) -> None:
    """Charge one way."""
    language = _lang(ctx, lang)
    with _refusing(language):
        from gongkai.law.errors import NotUnderstood
        from gongkai.law.fees import per_item, per_page

        if (items is None) == (pages is None):
            raise NotUnderstood(
                "请在 --items 与 --pages 中给出一个且只给一个：同一件申请不能既按件又按量计收。",
                "Give --items or --pages, and only one: a request is never charged both ways.",
            )
        charge = per_page(_whole(pages, "--pages")) if pages is not None else per_item(_whole(items or "", "--items"))
        click.echo(_json(_charge(charge)) if shape == "json" else "\n".join(_charge_lines(charge, language)))


@law.command(
    "workday",
    context_settings={"ignore_unknown_options": True},
    says={
        "zh": "DATE 之后（当日不计）的第 N 个工作日。\n例：gongkai law workday 2024-02-08 +20",
        "en": "The N-th working day after DATE, the day itself not counted.\nExample: gongkai law workday 2024-02-08 +20",
    },
    notes=NOTES,
)
@click.argument("day", metavar="DATE")
@click.argument("number", metavar="+N")
@option("--calendar", "name", default="cn", zh="日历：cn（默认）、cn-xinjiang 等。", en="The calendar: cn (default), cn-xinjiang …")
@_text_or_json
@_holidays
@_language
@click.pass_context
def workday(
    ctx: click.Context, day: str, number: str, name: str, shape: str, tables: tuple[str, ...], lang: str | None
) -> None:
    """Count on from a day."""
    language = _lang(ctx, lang)
    with _refusing(language):
        from gongkai.law.errors import NotUnderstood
        from gongkai.law.notices import parse_day

        start = parse_day(day)
        if start is None:
            raise NotUnderstood(f"日期应为 YYYY-MM-DD，收到“{day[:40]}”。", f"The date must be YYYY-MM-DD, not {day[:40]!r}.")
        days = _calendar(name, tables, language)
        count = _whole(number, "+N")
        found = days.add_workdays(start, count)
        provisional = days.provisional_between(start, found)
        if shape == "json":
            told = {"from": start, "workdays": count, "calendar": name, "date": found, "provisional": provisional}
            click.echo(_json(told))
            return
        click.echo(found.isoformat())
        if provisional:
            warning = ("暂定：其间有尚无放假通知的年份，只按周末计算。", "Provisional: a year without a holiday notice lies in between.")
            click.echo(warning[language == "en"], err=True)


@contextmanager
def _refusing(language: Language) -> Iterator[None]:
    """What the law does not understand becomes one line and exit status 2."""
    from gongkai.law.errors import NotUnderstood

    try:
        yield
    except NotUnderstood as problem:
        raise Refused(problem.sentence(language)) from problem


def _lang(ctx: click.Context, lang: str | None) -> Language:
    inherited = ctx.obj.get("lang") if isinstance(ctx.obj, dict) else None
    return "en" if (lang or inherited or ctx.meta.get(KEY)) == "en" else "zh"


def _read(file: str, language: Language) -> bytes:
    en = language == "en"
    try:
        if file == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise Refused(f"Cannot read {file}: {why}." if en else f"无法读取 {file}：{why}。") from problem
    if len(data) > MOST_BYTES:
        raise Refused(f"{file} is too large." if en else f"{file} 过大（上限 {MOST_BYTES} 字节）。")
    return data


def _text(data: bytes, file: str, language: Language) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused(f"{file} is not UTF-8." if language == "en" else f"{file} 不是 UTF-8 编码。") from problem


def _decoded(data: bytes, language: Language) -> object:
    """JSON, strictly: no duplicate keys, no NaN."""
    text = _text(data, "JSON", language)
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
    except (ValueError, RecursionError, ArithmeticError) as problem:
        why = str(problem)[:120]
        raise Refused(f"Not JSON: {why}." if language == "en" else f"输入不是可用的 JSON：{why}。") from problem


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number")


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"key {key[:40]!r} is given twice")
        found[key] = value
    return found


def _calendar(name: str, tables: tuple[str, ...], language: Language) -> Calendar:
    from gongkai.law.calendar import calendar
    from gongkai.law.notices import parse

    further = [entry for table in tables for entry in parse(_text(_read(table, language), table, language), table)]
    return calendar(name, further)


def _whole(text: str, what: str) -> int:
    """A whole number, in plain digits, as typed on the command line."""
    from gongkai.law.errors import NotUnderstood

    if not re.fullmatch(r"[+]?[0-9]{1,12}", text):
        shown = text[:40]
        raise NotUnderstood(f"{what} 应为不带小数的正整数，收到“{shown}”。", f"{what} must be a whole number, not {shown!r}.")
    return int(text)


def _answer(now: Standing, steps: tuple[Step, ...], days: Calendar, today: date, settings: Settings) -> dict[str, object]:
    from gongkai.law.explanation import explain

    return {
        "state": now.state, "receipt": now.receipt, "due": now.due, "limit": now.limit, "counted": now.counted,
        "remaining": now.remaining, "overdue": now.overdue, "provisional": now.provisional, "pay_by": now.pay_by,
        "correct_by": now.correct_by,
        "violations": [{"rule": v.rule, "on": v.on, "article": v.article} for v in now.violations],
        "steps": [{"on": said.on, "says": said.says} for said in explain(steps, days, today, settings)],
    }  # fmt: skip


def _echo_days(steps: tuple[Step, ...], days: Calendar, today: date) -> None:
    from gongkai.law.account import account

    for day in account(steps, days, today):
        click.echo(f"{day.on}  {'' if day.nth is None else day.nth:>3}  {day.says}")


def _charge(charge: Charge) -> dict[str, object]:
    tiers = [{"from": t.first, "to": t.last, "count": t.count, "rate": t.rate, "yuan": t.yuan} for t in charge.tiers]
    return {"yuan": charge.yuan, "tiers": tiers}


def _charge_lines(charge: Charge, language: Language) -> Iterator[str]:
    from gongkai.law.fees import Way

    en = language == "en"
    unit = {(Way.PER_ITEM, False): "件", (Way.PER_PAGE, False): "页", (Way.PER_ITEM, True): "item", (Way.PER_PAGE, True): "page"}[
        (charge.way, en)
    ]
    yield f"{charge.yuan} yuan" if en else f"{charge.yuan} 元"
    for tier in charge.tiers:
        if en:
            yield f"  {unit}s {tier.first}-{tier.last}: {tier.count} x {tier.rate} = {tier.yuan}"
        else:
            yield f"  第 {tier.first}—{tier.last} {unit}：{tier.count} {unit} × {tier.rate} 元 = {tier.yuan} 元"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
