"""案卷: everything of a request in its order, numbered, with the proof of the ledger; for whoever may read it.

What is taken out is opened: the caller has it journaled (actions.exporting).
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.platform.cases import keeping
from gongkai.platform.cases.choices import FILES
from gongkai.platform.cases.errors import NotFound
from gongkai.platform.cases.models import CaseFile
from gongkai.platform.cases.recording import seen_by
from gongkai.platform.cases.validating import APPLICANT_FIELDS, ASKED_FIELDS
from gongkai.platform.journal.queries import Told, entries_of
from gongkai.platform.organs.acting import Actor

from .case_values import CaseView
from .viewing import case

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_ORDER = ("application", "identity", "correction", "letter", "opinion", "record", "released", "proof", "remedy", "other")
_MOST_NAME = 80


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the bundle: its number in it, what it is, its name there."""

    number: int
    title: str
    name: str
    file: int | None = None  # 材料的编号；空：由登记印出
    size: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Bundle:
    case: CaseView
    pieces: tuple[Piece, ...]
    ledger: tuple[Told, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """A file of a case, opened."""

    name: str
    media_type: str
    data: bytes


def bundle(actor: Actor, request_id: int, today: date) -> Bundle:
    """The index of the bundle. Three statements."""
    view = case(actor, request_id, today)
    return Bundle(view, tuple(_pieces(view)), entries_of(f"cases.request:{request_id}"))


def file(actor: Actor, request_id: int, number: int) -> Stored:
    """One file of a case, opened, for whoever may read the case. Two statements."""
    request = seen_by(actor, request_id)
    found = CaseFile.objects.filter(request=request, number=number, removed_at__isnull=True).first()
    if found is None:
        raise NotFound
    return Stored(keeping.name_of(found), found.media_type, keeping.read(found))


def packed(held: Bundle) -> bytes:
    """The bundle as a ZIP: index, registration, course, clock, ledger, and every file, opened."""
    files = {each.number: each for each in CaseFile.objects.filter(request=held.case.id, removed_at__isnull=True)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        texts = {"卷内目录": _index(held), "申请登记": _registration(held.case), "办理过程": _course(held.case), "期限计算": held.case.clock.note, "操作日志": _ledger(held)}
        for piece in held.pieces:
            data = keeping.read(files[piece.file]) if piece.file is not None else texts[piece.title].encode("utf-8-sig")
            archive.writestr(zipfile.ZipInfo(piece.name, timezone.localtime().timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _pieces(view: CaseView) -> Iterator[Piece]:
    printed = (("卷内目录", "csv"), ("申请登记", "txt"), ("办理过程", "txt"), ("期限计算", "txt"), ("操作日志", "txt"))
    for number, (title, ending) in enumerate(printed):
        yield Piece(number, title, f"{number:03d}-{title}.{ending}")
    living = [each for each in view.files if each.removed_at is None]
    living.sort(key=lambda each: (_ORDER.index(each.kind), each.number))
    for number, each in enumerate(living, start=len(printed)):
        yield Piece(number, FILES[each.kind][0], f"{number:03d}-{FILES[each.kind][0]}-{_plain(each.name)}", each.number, each.size, timezone.localtime(each.at).date())


def _plain(name: str) -> str:
    """A name that every system can keep."""
    clean = _UNSAFE.sub("_", name).strip(" .") or "文件"
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:_MOST_NAME]}{dot}{ending}" if dot and len(ending) <= 8 else clean[:_MOST_NAME]


def _index(held: Bundle) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("序号", "文件", "类别", "字节", "日期"))
    writer.writerows((f"{each.number:03d}", each.name, each.title, each.size or "", each.on or "") for each in held.pieces)
    return out.getvalue()


def _registration(view: CaseView) -> str:
    rows = [("登记编号", view.number), ("机关", view.organ.name), ("提交渠道", view.channel_zh), ("提交日期", view.submitted_on), ("收到申请之日", view.received_on or "")]
    rows += [("状态", view.state_zh), ("申请人类别", view.kind_zh)]
    rows += [(label, getattr(view.applicant, key)) for key, label in APPLICANT_FIELDS.items()]
    rows += [(label, getattr(view.asked, key)) for key, label in ASKED_FIELDS.items()]
    rows += [("承办人", view.officer), ("答复情形", view.reply_zh), ("年度报告结果项", view.outcome_zh), ("办结日期", view.ended_on or "")]
    return "".join(f"{label}：{value}\r\n" for label, value in rows if value)


def _course(view: CaseView) -> str:
    """Every event as it was entered; what was rectified says so."""
    lines = []
    for event in view.events:
        struck = f"（已由第{event.rectified_by}项{'取消' if event.cancelled else '更正'}）" if event.rectified_by else ""
        lines.append(f"{event.number}. {event.on} {event.zh}{struck}　{event.who}　{timezone.localtime(event.at):%Y-%m-%d %H:%M}登记")
        told = {**event.law, **event.facts}
        if told:
            lines.append(f"   {json.dumps(told, ensure_ascii=False, default=str)}")
        lines += [f"   {line}" for line in event.text.splitlines()]
    return "\r\n".join(lines) + "\r\n"


def _ledger(held: Bundle) -> str:
    """What the journal holds of this request: each entry with its digest, by which the chain can be verified."""
    lines = ["本件在操作日志中的记录。每条的散列与前一条相连；由系统管理员以 gongkai journal verify 核验整条日志链。", ""]
    for entry in held.ledger:
        lines.append(f"链 {entry.chain} 第 {entry.number} 条　{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}　{entry.name}　{entry.said}")
        lines.append(f"   散列 {entry.digest}")
        events = entry.changes.get("events")
        lines += [f"   事项 {each}" for each in events] if isinstance(events, list) else []
    return "\r\n".join(lines) + "\r\n"
