"""Bulk import: a table with files, or a folder of Word files. A dry run says row by row what would happen; a real run is all or nothing.

What is imported are drafts: reviews come before publication for them too (先审查后公开).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import escape
from pathlib import PurePosixPath

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongkai.formats.limits import DEFAULT, MIB, open_zip
from gongkai.formats.source import Unreadable
from gongkai.platform.catalogue import gatekeeping, sheets, storage
from gongkai.platform.catalogue.choices import ACCESSES, KINDS, Access, Kind
from gongkai.platform.catalogue.clocks import local_day
from gongkai.platform.catalogue.errors import Invalid
from gongkai.platform.catalogue.index_numbers import wrong_foreign
from gongkai.platform.catalogue.models import Attachment, IndexNumber, Once
from gongkai.platform.catalogue.recording import Doing, check_moment, person_of, post_once, record
from gongkai.platform.catalogue.validating import CATEGORY_LABELS, GROUNDS, tidy
from gongkai.platform.catalogue.values import FIELDS, Draft
from gongkai.platform.documents import cleaning, filled, incoming
from gongkai.platform.documents.intake import Accepted
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Organ

from .attaching import accepted, add, text_of, unlike, with_pictures
from .drafting import drafting_organ, written

MOST_FILES = 2000
MOST_BYTES = 512 * MIB
_KINDS = {words[0]: key for key, words in KINDS.items()}
_ACCESSES = {words[0]: key for key, words in ACCESSES.items()}
_GROUNDS = {label: key for key, (label, _) in GROUNDS.items()}
_CATEGORIES = {label: key for key, (label, _) in reversed(CATEGORY_LABELS.items())}
_DATES = ("formed_on", "effective_on", "expires_on", "changed_on")


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row, or what would: its place, title, errors, remarks, and the item that was made."""

    number: int
    title: str
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    item: int | None = None
    source: str = ""  # 文件名（文件夹导入）


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The whole import, row by row."""

    rows: tuple[RowResult, ...]
    dry_run: bool
    done: bool  # 已写入
    unused: tuple[str, ...] = ()  # 压缩包里没有用到的文件

    @property
    def wrong(self) -> int:
        return sum(bool(row.errors) for row in self.rows)

    @property
    def created(self) -> int:
        return sum(row.item is not None for row in self.rows)


@dataclass(slots=True)
class _Plan:
    """One row, read and checked: what to write, or why not."""

    number: int
    title: str
    source: str = ""
    draft: Draft | None = None
    index_number: str = ""
    text: incoming.Incoming | None = None
    files: list[Accepted] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def result(self, item: int | None = None) -> RowResult:
        return RowResult(self.number, self.title, tuple(self.errors), tuple(self.notes), item, self.source)


def import_template() -> bytes:
    """The XLSX to fill in."""
    return sheets.template()


def import_table(
    actor: Actor, organ_id: int, table: bytes, files: bytes | Mapping[str, bytes] | None = None, *, at: datetime, dry_run: bool = True,
    once: str | None = None,
) -> ImportResult:  # fmt: skip
    """Drafts from an XLSX, with a ZIP (or the files by name) for texts and attachments."""
    check_moment(at)
    organ = drafting_organ(actor, organ_id)
    given = unpacked(files) if isinstance(files, bytes) else {_base(name): data for name, data in (files or {}).items()}
    rows, used = sheets.read(table), set[str]()
    plans = [_planned(row, given, used, organ, local_day(at)) for row in rows if not sheets.is_example(row)]
    if not plans:
        raise Invalid({"table": _("表格里只有列名和示例，没有内容。请从第 2 行起填写。")})
    _check_numbers(plans)
    unused = tuple(sorted(name for name in given if name.casefold() not in used))
    return _carried_out(actor, organ, plans, at, dry_run, once, "import_table", unused)


def import_folder(
    actor: Actor, organ_id: int, archive: bytes, *, kind: Kind | str, at: datetime, category: str = "", access: Access | str = Access.PROACTIVE,
    formed_on: date | None = None, dry_run: bool = True, once: str | None = None,
) -> ImportResult:  # fmt: skip
    """A draft from each Word file of a ZIP: title, number and date as the text has them; `formed_on` where it has no date."""
    check_moment(at)
    organ = drafting_organ(actor, organ_id)
    today = local_day(at)
    given = unpacked(archive)
    plans = []
    for number, name in enumerate(sorted(given), start=1):
        if not name.lower().endswith((".docx", ".doc")):
            continue
        shape = Draft(title=PurePosixPath(name).stem, kind=kind, formed_on=formed_on, category=category, access=access)
        plans.append(_from_word(number, name, given[name], shape, organ, today))
    if not plans:
        raise Invalid({"archive": _("压缩包里没有 Word 文件（.docx）。")})
    unused = tuple(sorted(name for name in given if not name.lower().endswith((".docx", ".doc"))))
    return _carried_out(actor, organ, plans, at, dry_run, once, "import_folder", unused)


def unpacked(archive: bytes) -> dict[str, bytes]:
    """The files of a ZIP by their names, without their folders; limits on number, size and packing hold."""
    limits = replace(DEFAULT, size=MOST_BYTES, unpacked=MOST_BYTES, members=MOST_FILES)
    found: dict[str, bytes] = {}
    try:
        with open_zip(archive, limits) as opened:
            for member in opened.infolist():
                name = _base(_name(member))
                if member.is_dir() or name.startswith((".", "~$")) or "__MACOSX" in member.filename:
                    continue
                if name.casefold() in {each.casefold() for each in found}:
                    raise Invalid({"archive": _("压缩包里有两个文件都叫“%(name)s”，请改名后再上传。") % {"name": name[:80]}})
                if member.file_size > settings.UPLOAD_BYTES:
                    raise Invalid({"archive": _("“%(name)s”超过单个文件的上限 %(mib)s MB。") % {"name": name[:80], "mib": settings.UPLOAD_BYTES // MIB}})
                with opened.open(member) as stream:
                    found[name] = stream.read(settings.UPLOAD_BYTES + 1)
    except Unreadable as problem:
        raise Invalid({"archive": f"压缩包没有读入：{problem.zh}"}) from problem
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError) as problem:
        raise Invalid({"archive": _("压缩包已损坏或格式不支持，请重新压缩为 ZIP 后再上传。")}) from problem
    return found


def _name(member: zipfile.ZipInfo) -> str:
    """The name, also from Chinese Windows, which writes GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gbk")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _base(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _planned(row: sheets.SheetRow, given: Mapping[str, bytes], used: set[str], organ: Organ, today: date) -> _Plan:
    cells = row.cells
    plan = _Plan(row.number, cells.get("title", ""))
    told: dict[str, object] = {name: cells.get(name, "") for name in ("title", "document_number", "summary", "topic", "keywords", "source", "ground_note")}
    told["body"] = "".join(f"<p>{escape(line)}</p>" for line in cells.get("body", "").splitlines() if line.strip())
    told["co_makers"] = tuple(sheets.parts(cells.get("co_makers", "")))
    for name, known in (("kind", _KINDS), ("access", _ACCESSES), ("ground", _GROUNDS), ("category", _CATEGORIES)):
        told[name] = _chosen(plan, name, cells.get(name, ""), known)
    for name in _DATES:
        try:
            told[name] = filled.day(cells.get(name, ""))
        except ValueError:
            plan.errors.append(_("%(fields)s：“%(cells)s”不是日期，请写成 2024-03-05。") % {"fields": _(FIELDS[name][0]), "cells": cells[name][:30]})
            told[name] = None
    plan.index_number = cells.get("index_number", "")
    if why := wrong_foreign(plan.index_number):
        plan.errors.append(why)
    _take_files(plan, cells, given, used)
    if not plan.errors:
        _draft(plan, Draft(**told), organ, today)  # type: ignore[arg-type]
    return plan


def _chosen(plan: _Plan, name: str, written: str, known: Mapping[str, str]) -> str:
    if not written or written in known.values():
        return written
    if (key := known.get(written)) is None:
        plan.errors.append(_("%(fields)s：没有“%(written)s”这一项。") % {"fields": _(FIELDS[name][0]), "written": written[:30]})
        return ""
    return str(key)


def _take_files(plan: _Plan, cells: Mapping[str, str], given: Mapping[str, bytes], used: set[str]) -> None:
    held = {name.casefold(): name for name in given}
    for name in sheets.names_of_files(cells.get("files", "")):
        if (found := held.get(_base(name).casefold())) is None:
            plan.errors.append(_("附件：压缩包里没有“%(name)s”。") % {"name": name[:60]})
            continue
        used.add(found.casefold())
        _checked(plan, lambda found=found: plan.files.append(accepted(found, given[found])))  # type: ignore[misc]
    if name := cells.get("body_file", ""):
        if (found := held.get(_base(name).casefold())) is None:
            plan.errors.append(_("正文文件：压缩包里没有“%(name)s”。") % {"name": name[:60]})
            return
        if cells.get("body"):
            plan.errors.append(_("“正文”和“正文文件”只填一个。"))
        used.add(found.casefold())
        _checked(plan, lambda: _read_text(plan, found, given[found]))


def _read_text(plan: _Plan, name: str, data: bytes) -> None:
    plan.text = text_of(name, data)
    plan.notes.extend(note.zh for note in plan.text.notes)


def _checked(plan: _Plan, work: Callable[[], object]) -> None:
    try:
        work()
    except Invalid as problem:
        plan.errors.extend(problem.fields.values())


def _draft(plan: _Plan, draft: Draft, organ: Organ, today: date) -> None:
    """The draft as it would be kept; its text without pictures, which come when it is written."""
    if plan.text is not None:
        draft = replace(draft, body=plan.text.html, document_number=draft.document_number or plan.text.document_number)
    try:
        plan.draft = tidy(draft, organ.name, today)
    except Invalid as problem:
        plan.errors.extend(problem.fields.values())
        return
    plan.title = plan.draft.title
    if not plan.draft.body and not plan.files:
        plan.notes.append(_("没有正文，也没有附件；提交审核之前要补上。"))
    if plan.draft.access == Access.PROACTIVE and not plan.draft.category:
        plan.notes.append(_("没有选定法定主动公开内容；提交审核之前要补上。"))


def _from_word(number: int, name: str, data: bytes, shape: Draft, organ: Organ, today: date) -> _Plan:
    plan = _Plan(number, shape.title, name)
    _checked(plan, lambda: _read_text(plan, name, data))
    if plan.text is None:
        return plan
    text = cleaning.plain(plan.text.html)
    formed = signing_day(text) or shape.formed_on
    if formed is None:
        plan.errors.append(_("文中没有找到成文日期（如 2024年3月5日），请在导入时填写，或在文末补上。"))
        return plan
    _draft(plan, replace(shape, title=plan.text.title or shape.title, formed_on=formed), organ, today)
    return plan


def signing_day(text: str) -> date | None:
    """The date at the end of an official document: the last line that is nothing but a date (a name before it)."""
    for line in reversed(text.splitlines()[-12:]):
        try:
            if (found := filled.day("".join(line.strip("（）() ").split()))) is not None:
                return found
        except ValueError:
            continue
    return None


def _check_numbers(plans: Sequence[_Plan]) -> None:
    """Index numbers that were given before, or stand twice in the table."""
    numbers = [plan.index_number for plan in plans if plan.index_number]
    taken = set(IndexNumber.objects.filter(number__in=numbers).values_list("number", flat=True))
    for plan in plans:
        if plan.index_number in taken:
            plan.errors.append(_("索引号“%(index_number)s”已有信息使用，索引号不得重复。") % {"index_number": plan.index_number})
        elif plan.index_number and numbers.count(plan.index_number) > 1:
            plan.errors.append(_("索引号“%(index_number)s”在表中出现了 %(count)s 次。") % {"index_number": plan.index_number, "count": numbers.count(plan.index_number)})


def _carried_out(
    actor: Actor, organ: Organ, plans: Sequence[_Plan], at: datetime, dry_run: bool, once: str | None, action: str, unused: tuple[str, ...]
) -> ImportResult:
    if dry_run or any(plan.errors for plan in plans):
        return ImportResult(tuple(plan.result() for plan in plans), dry_run, False, unused)
    for plan in plans:
        for kept in plan.files:
            storage.write(kept.data)
    try:
        with transaction.atomic():
            posted = post_once(actor, once, action, at)
            if posted is not None and posted.answer is not None:
                return _before(posted, plans, unused)
            doings = [_write(actor, organ, plan, at) for plan in plans]
            for doing in doings:  # 日志的锁最后取
                record(doing, None)
            made = [doing.item.pk for doing in doings]
            if posted is not None:
                Once.objects.filter(pk=posted.pk).update(answer=made)
    except IntegrityError as problem:
        raise Invalid({"table": _("导入期间有人用了表中的索引号，什么也没有写入。请再试运行一次，看是哪一行。")}) from problem
    for attached in Attachment.objects.select_related("file").filter(item__in=made, inline=False):
        gatekeeping.remember(attached, organ, at)
    return ImportResult(tuple(plan.result(item) for plan, item in zip(plans, made, strict=True)), False, True, unused)


def _before(posted: Once, plans: Sequence[_Plan], unused: tuple[str, ...]) -> ImportResult:
    """The answer that the first post of the same form got."""
    made: list[int | None] = [*(posted.answer or [])]
    made += [None] * (len(plans) - len(made))
    return ImportResult(tuple(plan.result(item) for plan, item in zip(plans, made, strict=False)), False, True, unused)


def _write(actor: Actor, organ: Organ, plan: _Plan, at: datetime) -> Doing:
    assert plan.draft is not None

    def fill(item: object) -> str:
        assert plan.text is not None
        return with_pictures(item, plan.text, person_of(actor), at, 1)  # type: ignore[arg-type]

    came = {"imported": True, "name": plan.source} if plan.source else {"imported": True}
    doing = written(actor, organ, plan.draft, at, index_number=plan.index_number, body=fill if plan.text else None, facts=came)
    names: list[str] = []
    for kept in plan.files:
        name = unlike(kept.name, names)
        names.append(name)
        file = storage.name(kept.sha256, kept.size, kept.media_type, at)
        add(doing.item, file, name, person_of(actor), at, 1)
    return doing
