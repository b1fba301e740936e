"""The one door to the check before publication (发布前检查, documents.gate): what it finds, what is waived, what stops an action.

What it finds in a file is kept by everything that the finding depends on: the file, its name, the words looked for, the rules.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongkai import __version__
from gongkai.platform.documents import gate
from gongkai.platform.documents.gate import GateFinding, Severity, Wordlist
from gongkai.platform.documents.intake import Sentence
from gongkai.platform.organs.models import Organ

from . import storage
from .clocks import local_day
from .errors import Invalid, StorageFailed
from .models import Attachment, Checked, Item, Revision, Waiver, Word
from .recording import Doing, current

SHOWN = 5
_STAND_IN = (("附件.txt", b"-"),)  # 有附件的，正文可以是空的；它本身的发现不用
_RULES = hashlib.sha256(repr((__version__, gate.RULES, gate.STANDARD)).encode()).hexdigest()


def find(item: Item, at: datetime, files: list[Attachment] | None = None) -> tuple[GateFinding, ...]:
    """What the gate finds in the item's current revision and its files (read unless given), what stops it first. At most three statements."""
    files = _files(item) if files is None else files
    revision, words = current(item), words_of(item.organ)
    own = gate.check(revision.body, revision.title, _STAND_IN if files else (), words, _facts(revision, local_day(at)))
    found = [finding for finding in own if finding.where.part != "attachment"]
    for attached, kept in _kept(files, words):
        found.extend(kept if kept is not None else _look(attached, words))
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.BLOCK))


def remember(attachment: Attachment, organ: Organ, at: datetime) -> None:
    """Look into a file once, when it is attached, and keep what was found."""
    words = words_of(organ)
    told = [asdict(finding) for finding in _look(attachment, words)]
    Checked.objects.bulk_create([Checked(digest=_digest(attachment, words), findings=told, at=at)], ignore_conflicts=True)


def open_findings(item: Item, at: datetime) -> list[GateFinding]:
    """What stops publication: findings that block and that nobody has answered for."""
    blocking = [finding for finding in find(item, at) if finding.severity is Severity.BLOCK]
    if not blocking:
        return []
    waived = set(Waiver.objects.filter(item=item).values_list("fingerprint", flat=True))
    return [finding for finding in blocking if finding.fingerprint not in waived]


def require_clear(doing: Doing) -> None:
    """Nothing goes to the public while a finding is open."""
    if still := open_findings(doing.item, doing.at):
        told = "；".join(f"{finding.where.attachment or finding.where.place.zh}{finding.message.zh}".rstrip("。") for finding in still[:SHOWN])
        more = f"等 {len(still)} 处" if len(still) > SHOWN else ""
        raise Invalid({"findings": _("发布前检查还有没有处理的问题：%(told)s%(more)s。请退回修改，或由审查人逐条写明理由放行。") % {"told": told, "more": more}})


def note_findings(doing: Doing) -> None:
    """Keep with the step how many findings the drafter had before them when handing in."""
    found = find(doing.item, doing.at)
    blocking = sum(finding.severity is Severity.BLOCK for finding in found)
    doing.facts["findings"] = {"block": blocking, "warn": len(found) - blocking}


def words_of(organ: Organ) -> Wordlist:
    """The organ's list and those of the organs above it. One statement."""
    above = [int(part) for part in organ.area_path.split("/") if part] or [organ.pk]
    rows = Word.objects.filter(organ__in=above, removed_at__isnull=True).order_by("pk").values_list("wrong", "right", "kind")
    return Wordlist(tuple(gate.Word(wrong, right, kind) for wrong, right, kind in rows))  # type: ignore[arg-type]


def _files(item: Item) -> list[Attachment]:
    return list(Attachment.objects.select_related("file").filter(item=item, until__isnull=True, inline=False).order_by("number"))


def _facts(revision: Revision, today: date) -> gate.Facts:
    return gate.Facts(
        today=today, document_number=revision.document_number, made_on=revision.formed_on, effective_on=revision.effective_on,
        expires_on=revision.expires_on,
    )  # fmt: skip


def _kept(files: list[Attachment], words: Wordlist) -> list[tuple[Attachment, tuple[GateFinding, ...] | None]]:
    if not files:
        return []
    digests = {each.pk: _digest(each, words) for each in files}
    kept = {row.digest: tuple(_read(told) for told in row.findings) for row in Checked.objects.filter(digest__in=digests.values())}
    return [(each, kept.get(digests[each.pk])) for each in files]


def _look(attachment: Attachment, words: Wordlist) -> tuple[GateFinding, ...]:
    try:
        data = storage.read(attachment.file.digest)
    except StorageFailed:
        data = b""  # 读不出来的文件等于没有检查过
    return gate.check_attachment(attachment.name, data, words)


def _digest(attachment: Attachment, words: Wordlist) -> str:
    told = repr((_RULES, attachment.file.digest, attachment.name, words))
    return hashlib.sha256(told.encode()).hexdigest()


def _read(told: dict[str, Any]) -> GateFinding:
    where = told["where"]
    return GateFinding(
        told["code"], Severity(told["severity"]), gate.Where(**(where | {"place": Sentence(**where["place"])})), told["excerpt"],
        Sentence(**told["message"]), Sentence(**told["advice"]), told["fingerprint"],
    )  # fmt: skip
