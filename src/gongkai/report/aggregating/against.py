"""I-10: the published report of the whole, held against the sum of its parts, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.findings import Finding, Place
from gongkai.report.auditing.labels import cell_label, figure, listed, listed_en
from gongkai.report.identities import ACTIVE, REQUESTS, At, Check, Identity, State, exact
from gongkai.report.model import AnnualReport, Count
from gongkai.report.rules.aggregate import AGAINST_OTHER, SUM
from gongkai.report.tables import AMOUNTS, in_unit, places, printed

from .admission import Admitted
from .cells import Reason, cell
from .parts import Part


def against(total: AnnualReport, given: Part, admitted: Admitted) -> tuple[list[Check], list[Finding]]:
    """Every cell as a check `aggregate.cell.…`, and one finding for those that differ."""
    apart = dict(_apart(given, admitted))
    checks = [_check(at, total, given, admitted, apart) for at in places(admitted.active, admitted.requests)]
    found = [Finding(AGAINST_OTHER, Place(part), facts) for part, facts in apart.items()]
    failed = [check for check in checks if check.state is State.FAILS]
    if failed:
        found.append(_differs(failed, len(admitted.parts)))
    return checks, found


def _apart(given: Part, admitted: Admitted) -> Iterator[tuple[str, dict[str, object]]]:
    """The tables that cannot be held against the total: another year's, or of another form."""
    year, active, requests = given.report.year, given.active_edition, given.requests_edition
    told: dict[str, object] = {"against": f"{year or '年度不详'}", "total": f"{admitted.year}"}
    if year != admitted.year and year is not None:
        yield "document", told | {"what": "各表", "what_en": "the tables were"}
        return
    if active is None or active.key != admitted.active.key:
        forms: dict[str, object] = {"against": f"{active.key if active else '不详'}年格式", "total": f"{admitted.active.key}年格式"}
        yield ACTIVE, forms | {"what": "表二", "what_en": "table two was"}
    if requests is None or requests.key != admitted.requests.key:
        forms = {"against": f"{requests.key if requests else '不详'}年格式", "total": f"{admitted.requests.key}年格式"}
        yield REQUESTS, forms | {"what": "表三“（六）其他处理”", "what_en": "row （六） of table three was"}


def _check(at: At, total: AnnualReport, given: Part, admitted: Admitted, apart: dict[str, dict[str, object]]) -> Check:
    name = ".".join(("aggregate.cell", *filter(None, at[:3])))
    identity = Identity(name, (at,), (at,))
    left, right = _given(at, total, given, admitted, apart), printed(total, at).value
    if left is None or right is None:
        return Check(identity, State.NOT_ASSESSABLE)
    sides = exact((left,)), exact((right,))
    return Check(identity, State.HOLDS if sides[0] == sides[1] else State.FAILS, *sides)


def _given(at: At, total: AnnualReport, given: Part, admitted: Admitted, apart: dict[str, dict[str, object]]) -> Count | None:
    """The cell of the given report in the unit of the total; None where it cannot be compared."""
    if "document" in apart or (at.part == ACTIVE and ACTIVE in apart):
        return None
    if at.part == REQUESTS and REQUESTS in apart and at.row.startswith("other"):
        return None
    said = cell(given, at, admitted)
    if isinstance(said, Reason) or said.value is None:
        return None
    return in_unit(said.value, said.unit, printed(total, at).unit) if at.row in AMOUNTS else said.value


def _differs(failed: list[Check], parts: int) -> Finding:
    ats = [check.identity.left[0] for check in failed]
    zh = [f"{cell_label(at)}填{figure(c.left)}（各报告之和{figure(c.right)}）" for at, c in zip(ats, failed, strict=True)]
    en = [f"{'.'.join(filter(None, at[1:3]))} {figure(c.left)} ≠ {figure(c.right)}" for at, c in zip(ats, failed, strict=True)]
    first, *further = (Place(at.part, at.row, at.column) for at in ats)
    return Finding(SUM, first, {"parts": parts, "cells": listed(zh), "cells_en": listed_en(en)}, tuple(further))
