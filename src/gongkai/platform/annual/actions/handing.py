"""Up the hierarchy: hand in, upload another's report, settle doubts, send back, accept (条例第四十九条)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai import formats
from gongkai.platform import journal
from gongkai.platform.annual import receiving
from gongkai.platform.annual.errors import Invalid, NotAllowed, NotFound, NotNow, Refused
from gongkai.platform.annual.fingerprints import digest as digest_of
from gongkai.platform.annual.fingerprints import fingerprint
from gongkai.platform.annual.models import Received
from gongkai.platform.annual.queries.board import previous_of
from gongkai.platform.annual.recording import Doing, act
from gongkai.platform.documents import keeping
from gongkai.platform.documents.intake import Refused as Unfit
from gongkai.platform.documents.intake import names
from gongkai.platform.organs import queries as organs
from gongkai.platform.organs import uploads
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.queries import OrganView
from gongkai.platform.organs.requirements import LONGEST_REASON
from gongkai.platform.organs.roles import RoleKind
from gongkai.report import exchange
from gongkai.report.aggregating.parts import same_name
from gongkai.report.model import AnnualReport

_TEXTS = frozenset({".html", ".htm", ".mht", ".mhtml", ".md", ".txt", ".json"})


def hand_in(actor: Actor, report_id: int, *, at: datetime) -> Received:
    """Give the approved report to the disclosure authority: as it was frozen."""
    made: list[Received] = []

    def work(doing: Doing) -> None:
        report = doing.report
        superior = organs.organ(report.organ.slug).supervisor
        if superior is None:
            raise NotNow("本机关没有登记主管部门，不能在平台上报送。", "No disclosure authority is entered for this organ.")
        Received.objects.filter(superior=superior, report=report, state="received").update(state="dropped", moved_at=doing.at)
        row = Received(
            superior_id=superior, organ=report.organ, name=report.organ.name, year=report.year, report=report, data=report.frozen, by_id=actor.person,
            at=doing.at, moved_at=doing.at,
        )  # fmt: skip
        _count(row)
        row.save()
        made.append(row)
        doing.facts |= {"superior": superior, "received": row.pk, "digest": report.digest}

    act(actor, report_id, "hand_in", work, at=at)
    return made[0]


class Questioned(Invalid):
    """The file was read, but what was told of it does not agree with it. It is kept, so that nobody has to look for it again."""

    def __init__(self, fields: Mapping[str, str], name: str, digest: str) -> None:
        super().__init__(dict(fields))
        self.name, self.digest = name, digest


def upload(
    actor: Actor, superior_id: int, name: str, data: bytes, *, year: int, at: datetime, organ_id: int | None = None, organ_name: str = "", same: bool = False
) -> Received:  # fmt: skip
    """A report of an organ that does not use gongkai: read, kept with its doubts, nothing guessed. `same`: its name in the file is another name of the organ."""
    _supervising(actor, superior_id)
    safe, media_type = _admitted(name, data)
    try:
        reading = formats.read(safe, data)
    except formats.Unreadable as refused:
        raise Invalid({"file": refused.zh}) from refused
    organ = _below(superior_id, organ_id) if organ_id else None
    found = reading.report.organ or ""
    called = organ.name if organ is not None else organ_name.strip() or found
    if wrong := _wrong(reading.report, called, organ, year, same):
        raise Questioned(wrong, safe, _kept(data))
    digest = _kept(data)
    with transaction.atomic():
        earlier = Received.objects.select_for_update().filter(_of(organ, called), superior=superior_id, year=year, state="received", report=None)
        if again := earlier.filter(file_digest=digest).first():
            told = timezone.localtime(again.at, timezone.get_default_timezone())
            raise NotNow(f"这个文件已于 {told:%Y-%m-%d %H:%M} 上传（“{again.name}”），正在核对，没有再存一份。", "This file was uploaded already, and is being looked over.")
        earlier.update(state="dropped", moved_at=at)
        row = Received(
            superior_id=superior_id, organ_id=organ.id if organ else None, name=called[:200], year=year, file_name=safe[:200], file_digest=digest, media_type=media_type,
            data=exchange.to_dict(reading.report, reading.doubts, source={"remarks": [exchange.finding_to_dict(each) for each in reading.remarks]}),
            by_id=actor.person, at=at, moved_at=at,
        )  # fmt: skip
        _count(row)
        row.save()
        _tell(actor, "annual.upload", row, at, {"file": digest, "organ": organ_id} | ({"found": found} if same else {}))
    return row


def held(digest: str) -> bytes:
    """A file that was kept while something was asked about it."""
    return keeping.take(Path(settings.FILES), digest)


def _of(organ: OrganView | None, name: str) -> Q:
    return Q(name=name) | Q(organ=organ.id) if organ is not None else Q(name=name)


def _below(superior_id: int, organ_id: int) -> OrganView:
    known = {each.id: each for each in (*organs.below(superior_id), *organs.supervised_by(superior_id))}
    if organ_id not in known:
        raise Invalid({"organ": _("这个机关不在本地区、本系统。")})
    return known[organ_id]


def _wrong(report: AnnualReport, called: str, organ: OrganView | None, year: int, same: bool) -> dict[str, str]:
    """What was told of the file and does not agree with it."""
    wrong = {}
    if not called:
        wrong["organ_name"] = _("文件里没有读到机关名称，请填写。")
    if report.year is not None and report.year != year:
        wrong["year"] = _("文件是 %(found)s 年的报告，不是 %(year)s 年。年度填错了就改年度；文件选错了请重新选择。") % {"found": report.year, "year": year}
    if report.organ and called and not same and not _alike(report.organ, called, organ.short_name if organ else ""):
        wrong["same"] = _("文件里读到的机关是“%(found)s”，不是“%(called)s”。选错了请改；确是同一个机关的（更名、简称），请确认。") % {"found": report.organ[:80], "called": called[:80]}
    return wrong


def _alike(found: str, called: str, short: str) -> bool:
    """Whether two names are plainly one organ's: the same, or one with its area before it."""
    one, other = same_name(found), same_name(called)
    return one.endswith(other) or other.endswith(one) or one == same_name(short)


def settle(
    actor: Actor, received_id: int, finding: str, *, note: str, cells: Mapping[str, str | None] | None = None, at: datetime, again: bool = False
) -> Received:  # fmt: skip
    """Settle a doubt or a finding by hand: why, and the cells as somebody reads them in the source. `again`: correct how it was settled; what was there is kept."""
    note = note.strip()
    if not note or len(note) > LONGEST_REASON:
        raise Invalid({"note": _("请写明怎样处理、依据什么（不超过 %(most)s 个字）。") % {"most": LONGEST_REASON}})
    read = {key: _number(key, value) for key, value in (cells or {}).items()}
    with transaction.atomic():
        row = _held(actor, received_id)
        now = receiving.standing(row.data, row.settled, previous_of(row))
        found = {fingerprint(each): each for each in (*now.audit.findings, *now.open, *now.doubts)}
        earlier = row.settled.get(finding)
        if (earlier is None) is again or (finding not in found and not again):
            raise NotNow("这条发现已经不在了，或者已经处理。请刷新页面查看。", "This finding is gone, or settled already.")
        told: dict[str, Any] = {"note": note, "cells": read, "by": actor.person, "at": at.isoformat()}
        told["said"] = earlier.get("said", "") if earlier else found[finding].sentence("zh")
        row.settled = {**row.settled, finding: told | ({"before": [*earlier.pop("before", []), earlier]} if earlier else {})}
        _count(row)
        row.moved_at = at
        row.save(update_fields=["settled", "counts", "new_received", "moved_at"])
        _tell(actor, "annual.settle", row, at, {"finding": finding, "cells": read})
    return row


def send_back(actor: Actor, received_id: int, *, reason: str, findings: Sequence[str] = (), at: datetime) -> Received:
    """Back to the organ, with the findings that were chosen."""
    if not reason.strip():
        raise Invalid({"reason": _("请写明理由。")})
    with transaction.atomic():
        row = _held(actor, received_id)
        now = receiving.standing(row.data, row.settled, previous_of(row))
        told = [each.sentence("zh") for each in now.audit.findings if fingerprint(each) in set(findings)]
        row.state, row.reason, row.moved_at = "returned", "\n".join([reason.strip(), *told]), at
        row.save(update_fields=["state", "reason", "moved_at"])
        if row.report_id is not None:
            act(actor, row.report_id, "send_back", _both_chains(row), at=at, reason=row.reason[:LONGEST_REASON], as_in=row.superior_id)
        _tell(actor, "annual.send_back", row, at, {"findings": list(findings)})
    return row


def accept(actor: Actor, received_id: int, *, at: datetime) -> Received:
    """Accept a report: nothing in doubt, every error and warning mended or answered for."""
    with transaction.atomic():
        row = _held(actor, received_id)
        now = receiving.standing(row.data, row.settled, previous_of(row))
        if now.open:
            told = "；".join(each.sentence("zh").rstrip("。") for each in now.open[:3])
            raise NotNow(f"还有 {len(now.open)} 处没有处理：{told}。", f"{len(now.open)} doubts and findings are not settled yet.")
        with connection.cursor() as cursor:  # 同一机关的两份同时接收：后一份看得到前一份
            cursor.execute("SELECT pg_advisory_xact_lock(hashint8(%s), %s)", [row.superior_id, row.year])
        same = Q(name=row.name) | Q(organ=row.organ_id) if row.organ_id else Q(name=row.name)
        Received.objects.filter(same, superior=row.superior_id, year=row.year, state="accepted").update(state="dropped", moved_at=at)
        row.state, row.moved_at = "accepted", at
        row.save(update_fields=["state", "moved_at"])
        if row.report_id is not None:
            act(actor, row.report_id, "accept", _both_chains(row), at=at, as_in=row.superior_id)
        _tell(actor, "annual.accept", row, at, {})
    return row


def _both_chains(row: Received) -> Callable[[Doing], None]:
    """Two chains are written, the organ's and the superior's: always locked in the same order, once the report is held."""
    return lambda doing: journal.hold(doing.report.organ_id, row.superior_id)


def _kept(data: bytes) -> str:
    try:
        return keeping.put(Path(settings.FILES), data)
    except keeping.Unkept as problem:
        raise NotNow(problem.zh, problem.en) from problem


def _admitted(name: str, data: bytes) -> tuple[str, str]:
    """The file's safe name and kind. Saved web pages and plain texts, which are no attachments, are read as reports all the same; they are only ever shown as text."""
    ending = Path(name).suffix.lower()
    if ending in _TEXTS:
        if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
            raise Invalid({"file": _("文件是空的，请核对以后重新选择。")})
        if len(data) > settings.UPLOAD_BYTES:
            raise Invalid({"file": _("文件超过上限 %(most)s MB。") % {"most": settings.UPLOAD_BYTES // 2**20}})
        if (caught := uploads.infected(data)) is not None:
            raise Invalid({"file": uploads.why(caught)})
        return names.safe(name, ending.lstrip(".")), "text/plain"
    verdict = uploads.examined(name, data)
    if isinstance(verdict, Unfit):
        raise Invalid({"file": uploads.why(verdict)})
    return verdict.name, verdict.media_type


def _supervising(actor: Actor, superior_id: int) -> None:
    kinds = actor.kinds(superior_id)
    if not kinds:
        raise NotFound
    if RoleKind.SUPERVISOR not in kinds:
        raise NotAllowed("接收、退回下级的年度报告需要“主管部门”角色。", "The disclosure authority receives reports.")


def _held(actor: Actor, received_id: int) -> Received:
    row = Received.objects.select_for_update().filter(pk=received_id).first()
    if row is None:
        raise NotFound
    _supervising(actor, row.superior_id)
    if row.state != "received":
        raise NotNow("这份报告已经接收、退回或者重新报送。", "This report was accepted, sent back or handed in anew.")
    return row


def _count(row: Received) -> None:
    now = receiving.standing(row.data, row.settled, previous_of(row))
    row.counts, row.new_received = now.counts, receiving.new_received(now.report)


def _number(key: str, value: str | None) -> str | None:
    if not receiving.is_cell(key):
        raise Invalid({key: _("没有这一格：%(key)s。") % {"key": key[:80]}})
    if value is None or not value.strip():
        return None
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        raise Invalid({key: _("应为数字，收到“%(value)s”；空着表示来源是空白。") % {"value": value[:40]}}) from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
        raise Invalid({key: _("数字过大。")})
    return str(number)


def _tell(actor: Actor, verb: str, row: Received, at: datetime, changes: dict[str, Any]) -> None:
    if timezone.is_naive(at):
        raise ValueError("`at` must be an aware datetime")
    told = {"year": row.year, "data": digest_of(row.data), "state": row.state, **changes}
    journal.record(actor.by(RoleKind.SUPERVISOR), verb, f"annual.received:{row.pk}", chain=row.superior_id, at=at, changes=told)


__all__ = ["Questioned", "Refused", "accept", "hand_in", "held", "send_back", "settle", "upload"]
