"""Findings on the edition of the form: outdated, too new, mixed, none (国办公开办函〔2019〕60号、〔2021〕30号)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.editions import EDITIONS, edition_for
from gongkai.law.findings import Finding, Place
from gongkai.report.identities import requests_edition
from gongkai.report.rules.tables import TEMPLATE_MIXED, TEMPLATE_NONE, TEMPLATE_OUTDATED, TEMPLATE_TOO_NEW

from .case import Case


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
