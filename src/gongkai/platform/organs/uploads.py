"""What somebody uploads, examined before anything reads it: by its content, and by the virus scanner where one is set. And tables that were filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from gongkai.formats.limits import DEFAULT
from gongkai.formats.source import Unreadable
from gongkai.platform.documents import filled, intake
from gongkai.platform.documents.intake import Accepted, Scanner, examine
from gongkai.platform.documents.intake import Refused as FileRefused
from gongkai.platform.documents.intake.clamav import Clamd

from .errors import Invalid, Refused


class Column(Protocol):
    """What a heading is held against."""

    @property
    def heading(self) -> str: ...
    @property
    def needed(self) -> bool: ...
    @property
    def others(self) -> tuple[str, ...]: ...


C = TypeVar("C", bound=Column)


def scanner() -> Scanner | None:
    """The virus scanner, where one is set."""
    return Clamd(settings.CLAMD) if settings.CLAMD else None


def examined(name: str, data: bytes, most: int = 0) -> Accepted | FileRefused:
    """Whether a file may be kept, and as what; `most` bytes, as uploads are allowed unless told otherwise."""
    return examine(name, data, replace(DEFAULT, size=most or settings.UPLOAD_BYTES), scanner())


def infected(data: bytes) -> FileRefused | None:
    """What the virus scanner, where one is set, has against a text that is shown as text only."""
    scan = scanner()
    return intake.scanned(data, scan) if scan is not None else None


def why(refused: FileRefused | Unreadable) -> str:
    """In the reader's language."""
    return Refused(refused.zh, refused.en).said


def workbook(name: str, data: bytes, most: int = 0) -> bytes:
    """An XLSX file that may be opened; Invalid (`file`) says why not."""
    verdict = examined(name, data, most)
    if isinstance(verdict, FileRefused):
        raise Invalid({"file": why(verdict)})
    if verdict.extension != "xlsx":
        raise Invalid({"file": _("请上传 XLSX 表格；收到的是 %(what)s 文件。旧版 .xls 请另存为 .xlsx。") % {"what": verdict.extension}})
    return verdict.data


def table(name: str, data: bytes, most: int = 0) -> list[filled.Line]:
    """The lines of an uploaded table in which something stands, the headings first; Invalid (`file`) says what is wrong with it as a whole."""
    try:
        found = filled.lines(workbook(name, data, most))
    except Unreadable as problem:
        raise Invalid({"file": why(problem)}) from problem
    if not found:
        raise Invalid({"file": _("表格是空的。请下载模板，从第 2 行起填写。")})
    return found


def placed(names: Sequence[str], columns: Sequence[C], passed_over: frozenset[str] = frozenset()) -> list[C | None]:
    """The column that each heading names; none for what is passed over. What is missing, doubled or unknown is Invalid (`file`)."""
    known = {heading: column for column in columns for heading in (column.heading, *column.others)}
    found = [known.get(name) for name in names]
    held = [column.heading for column in found if column is not None]
    if twice := sorted({heading for heading in held if held.count(heading) > 1}):
        raise Invalid({"file": _("有重复的列：%(n)s。每一项只留一列。") % {"n": _("、").join(twice)}})
    if missing := [column.heading for column in columns if column.needed and column.heading not in held]:
        raise Invalid({"file": _("缺少必需的列：%(n)s。请用模板填写，第 1 行为列名。") % {"n": _("、").join(missing)}})
    if unknown := [name for name, column in zip(names, found, strict=True) if column is None and name and name not in passed_over]:
        raise Invalid({"file": _("认不出的列：%(n)s。请改用模板中的列名，或者删去这几列。") % {"n": _("、").join(name[:20] for name in unknown[:8])}})
    return found
