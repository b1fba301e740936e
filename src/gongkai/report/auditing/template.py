"""Findings on the edition of the form: outdated, too new, mixed, none (国办公开办函〔2019〕60号、〔2021〕30号)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.editions import EDITIONS, Edition, edition_for
from gongkai.law.findings import Finding, Place
from gongkai.report.identities import requests_edition
from gongkai.report.rules.tables import (
    TEMPLATE_MIXED,
    TEMPLATE_MIXED_COLUMNS,
    TEMPLATE_NONE,
    TEMPLATE_OUTDATED,
    TEMPLATE_TOO_NEW,
)

from .case import Case
from .labels import row_label


def findings(case: Case) -> Iterator[Finding]:
    """The edition of the printed tables against the year reported on."""
    report = case.report
    year, used = report.year, report.edition
    if year is not None and year < EDITIONS[0].first_year:
        yield Finding(TEMPLATE_NONE, Place(), {"year": year})
        return
    due = edition_for(year) if year is not None else None
    if used is None or not case.tables_read:
        return
    yield from _columns(case, due or EDITIONS[-1])
    requests = requests_edition(report) if report.applications else used
    if requests is not None and requests.key != used.key:
        facts: dict[str, object] = {"active": used.key, "requests": requests.key, "due": (due or EDITIONS[-1]).key}
        odd = Place("active") if due is not None and used.key != due.key else Place("applications", "other")
        yield Finding(TEMPLATE_MIXED, odd, facts)
    elif due is not None and used.key != due.key:
        outdated = used.first_year < due.first_year
        facts = {
            "year": year, "used": used.key, "used_notice": used.number, "due": due.key, "due_notice": due.number,
            "signs": "表二栏目、表三“（六）其他处理”的分项均为旧格式" if report.applications else "表二栏目为旧格式",
            "signs_en": "columns of table two, single row （六） of table three" if report.applications else "table two",
        }
        also = (Place("applications", "other"),) if report.applications else ()
        yield Finding(TEMPLATE_OUTDATED if outdated else TEMPLATE_TOO_NEW, Place("active"), facts, also)


def _columns(case: Case, due: Edition) -> Iterator[Finding]:
    """Items of table two under the columns of both editions."""
    cells = {edition.key: {cell.key: cell for cell in edition.active_cells()} for edition in EDITIONS}
    only = {
        name: [key for key in case.report.active if key in own and not any(key in other for of, other in cells.items() if of != name)]
        for name, own in cells.items()
    }
    printed = {name: keys for name, keys in only.items() if keys}
    if len(printed) < 2:
        return
    odd = next(keys for name, keys in printed.items() if name != due.key)
    facts = {
        "odd": "、".join(dict.fromkeys(row_label(key).split("·")[0] for key in odd)), "odd_en": ", ".join(odd),
        "due": due.key, "due_notice": due.number,
    }
    first, *further = (Place("active", key) for key in odd)
    yield Finding(TEMPLATE_MIXED_COLUMNS, first, facts, tuple(further))
