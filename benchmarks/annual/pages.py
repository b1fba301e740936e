"""The pages of the annual report that are measured: the superior's, the office's, the public's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client

from gongkai.platform.annual.actions import reporting
from gongkai.platform.annual.models import Report
from gongkai.platform.organs.acting import Actor, actor_of
from gongkai.platform.organs.models import Person

from .loading import TODAY
from .reports import PROSE, ZONE

NOW = datetime.combine(TODAY, time(10), ZONE)


def pages() -> dict[str, list[str]]:
    """Each page with its addresses: of the government and its 2025 total; of its own 2023; of what is public."""
    who = actor_of(Person.objects.get(pk=1), TODAY)
    total, own = _report(who, TODAY.year - 1, True), _report(who, TODAY.year - 3, False)
    here, work = "/desk/organs/organ-1", f"/desk/annual/{own}/"
    cells = ["applications.new_received.total", "applications.granted.natural", "active.licensing_decisions", "remedies.reconsideration.total"]
    return {
        "上级的看板（300 个机关）": [f"{here}/annual/board/{year}/" for year in (TODAY.year - 1, TODAY.year - 2)],
        "汇总报告：一格后面的各机关": [f"/desk/annual/{total}/cell/{cell}/" for cell in cells],
        "汇总报告：编制页": [f"/desk/annual/{total}/"],
        "汇总报告：预览": [f"/desk/annual/{total}/preview/"],
        "本机关报告：编制页": [work],
        "本机关报告：一格后面的申请": [f"{work}cell/{cells[0]}/?page={page}" for page in range(1, 9)],
        "本机关报告：一格后面的登记": [f"{work}cell/{cells[2]}/"],
        "本机关报告：汇编以后的变化": [f"{work}changed/"],
        "台账（一年约七百笔）": [f"{here}/figures/{year}/" for year in range(2021, 2026)],
        "公众：一份报告": [f"/organs/organ-{organ}/reports/{TODAY.year - 1}/" for organ in range(2, 42)],
        "公众：年度报告库（600 份，一页二十个机关）": [f"/reports/?page={page}" for page in range(1, 16)],
    }


def _report(who: Actor, year: int, summed: bool) -> int:
    found = Report.objects.filter(organ=1, year=year).first()
    if found is None:
        found = reporting.open_report(who, 1, year, edition="2021", at=NOW, summed=summed)
        reporting.write(who, found.pk, PROSE, based_on=0, at=NOW)
    return found.pk


def entrance() -> str:
    """The header line of the person who is signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(Person.objects.get(pk=1))
    return f"Cookie: {settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}\r\n"


def statements(paths: list[str]) -> int:
    """The most statements that one of the addresses takes, after a first round."""
    client = Client(headers={"host": "localhost"})
    client.force_login(Person.objects.get(pk=1))
    client.get(paths[0])  # 登录后的头一页另记一笔会话
    return max(statements_in(lambda path=path: client.get(path)) for path in paths)  # type: ignore[misc]


def statements_in(work: Callable[[], object]) -> int:
    asked = 0

    def counted(execute: Callable[..., object], *words: object) -> object:
        nonlocal asked
        asked += 1
        return execute(*words)

    with connection.execute_wrapper(counted):
        work()
    return asked


def size(home: Path) -> float:
    """The database on disk, in GB."""
    return sum(each.stat().st_size for each in home.rglob("*") if each.is_file()) / 1e9
