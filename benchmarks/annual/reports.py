"""The reports of the organs: compiled from what was loaded, written, approved, handed in and accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from benchmarks.platform import material

ZONE = ZoneInfo("Asia/Shanghai")
PROSE = (
    "全年主动公开政府信息{{published}}条，其中政府网站{{published.site}}条、微信公众号{{published.wechat}}条。全年收到政府信息公开申请{{requests.new_received}}件，"
    "办结{{requests.results_total}}件，结转下年度{{requests.carried_forward}}件。信箱受理网民留言{{mailbox_received}}条，办结{{mailbox_done}}条。",
    "", "", "", "（一）存在的主要问题：公开内容还不够具体，更新不够及时。（二）改进情况：加强培训，逐项对照目录检查。", "本年度收取信息处理费{{fee}}元。",
)  # fmt: skip


def accepted(years: tuple[int, ...]) -> None:
    """For every organ below and every year a report, published, handed in and accepted."""
    import django

    django.setup()
    from gongkai.platform.annual.models import Publication, Received, Report
    from gongkai.platform.organs.models import Organ

    organs = list(Organ.objects.exclude(pk=1).order_by("pk"))
    for year in years:
        made = [_report(organ, year) for organ in organs]
        Report.objects.bulk_create(made)
        at = datetime.combine(date(year + 1, 1, 25), time(9), ZONE)
        Publication.objects.bulk_create(Publication(report=row, organ=row.organ, year=year, version=1, data=row.frozen, digest="0" * 64, at=at) for row in made)
        Received.objects.bulk_create(
            Received(superior_id=1, organ=row.organ, name=row.organ.name, year=year, report=row, data=row.frozen, settled={}, counts={}, new_received=row.tables["applications"]["new_received"][-1], state="accepted", by_id=1, at=at, moved_at=at)
            for row in made
        )  # fmt: skip


def _report(organ, year: int):  # type: ignore[no-untyped-def]
    from gongkai.law.editions import edition_for
    from gongkai.platform.annual import prose
    from gongkai.platform.annual.models import Report
    from gongkai.platform.annual.queries import auditing
    from gongkai.platform.annual.queries.compiling import of_records
    from gongkai.platform.annual.stored import behind_to_plain
    from gongkai.report import exchange
    from gongkai.report.model import Signature

    edition = edition_for(year)
    assert edition is not None
    found = of_records(organ.name, organ.pk, year, edition)
    at = datetime.combine(date(year + 1, 1, 20), time(9), ZONE)
    report = Report(
        organ=organ, year=year, edition=edition.key, state="accepted", title=found.report.title or "", prose=[*PROSE[:1], *_texts(organ.pk), *PROSE[4:]],
        tables=exchange.to_dict(found.report), behind=behind_to_plain(found.behind), compiled_at=at, moved_at=at, published_on=date(year + 1, 1, 25), steps_taken=7,
    )  # fmt: skip
    sections = prose.sections(report.prose, auditing.knowledge_of(report))[0]
    whole = replace(found.report, sections=sections, signature=Signature(organ.name, date(year + 1, 1, 20)), published=date(year + 1, 1, 25))
    report.frozen = exchange.to_dict(whole)
    return report


def _texts(number: int) -> Iterator[str]:
    """Sections two to four: words enough to be real."""
    for html in list(material.bodies(3)):
        yield html.replace("<p>", "").replace("</p>", "\n")[: 400 + number % 200]
