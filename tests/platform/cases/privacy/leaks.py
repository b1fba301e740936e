"""Looking for what is personal wherever it must not stand: the whole database as text, every file, logs, what was sent out.

What to look for is taken from the platform itself: every sealed value is opened with its key, and must be found nowhere in clear.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from gongkai.platform.cases import keeping, sealing
from gongkai.platform.cases.actions.noticing import mobile
from gongkai.platform.cases.errors import KeyMissing
from gongkai.platform.cases.models import (
    CaseFile,
    Consultation,
    Event,
    Letter,
    Notice,
    Remedy,
    RemedyEvent,
    Request,
    Task,
)
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.documents.keeping import path_of
from gongkai.platform.organs.models import Organ, Person
from gongkai.platform.running.keeping.programs import environment, fitting

SHORTEST = 6  # 更短的字句（“邮寄”）到处都有，不足以认出任何人或事
_PLAIN_COLUMNS = re.compile(r"^COPY public\.(catalogue_|portal_)")  # 主动公开的内容本来就公开

_BYTES = re.compile(r"\\\\x((?:[0-9a-f]{2})+)")


@dataclass(frozen=True, slots=True)
class Secret:
    """A piece of what is personal, and what it is."""

    kind: str
    text: str

    @property
    def names_somebody(self) -> bool:
        return self.kind in ("name", "number", "contact")


@dataclass(frozen=True, slots=True)
class Leak:
    """Where something personal stood in clear. Never says what."""

    where: str
    kind: str

    def __str__(self) -> str:
        return f"{self.where}: {self.kind}"


def secrets() -> frozenset[Secret]:
    """Everything personal that this installation keeps sealed, as it would read in clear."""
    public = "\n".join([*Organ.objects.values_list("name", flat=True), *Person.objects.values_list("name", flat=True)])  # 机关和工作人员的名称本来公开
    found = {secret for secret in _everything() if secret.text not in public}
    return frozenset(secret for secret in found if len(secret.text) >= (3 if secret.kind == "name" else SHORTEST))


def _everything() -> Iterator[Secret]:
    for applicant, content in Request.objects.values_list("applicant", "content").iterator():
        who, what = Applicant.opened(applicant), Asked.opened(content)
        yield from (Secret("name", each) for each in (who.name, who.contact, who.representative))
        yield from (Secret("number", each) for each in (who.identity_number, who.organisation_code))
        yield from (Secret("contact", each) for each in (who.phone, mobile(who.phone), who.email, who.address, who.fax))
        yield from (Secret("content", each) for each in (what.title, what.description, what.help_wanted))
    for party, asks in Consultation.objects.values_list("party", "asks"):
        told = sealing.unseal(party, "cases.consultation.party")
        yield from (Secret("name" if key in ("name", "contact") else "contact", str(value)) for key, value in told.items())
        yield Secret("content", str(sealing.unseal(asks, "cases.consultation.asks")))
    for sealed in Event.objects.exclude(sealed=None).values_list("sealed", flat=True):
        yield Secret("content", str(sealing.unseal(sealed, "cases.event.text")))
    for sealed in RemedyEvent.objects.exclude(sealed=None).values_list("sealed", flat=True):
        yield Secret("content", str(sealing.unseal(sealed, "cases.remedyevent.text")))
    for sealed in Remedy.objects.values_list("sealed", flat=True):
        claim = sealing.unseal(sealed, "cases.remedy.claim")
        yield from (Secret("name" if key in ("claimant", "agent") else "content", str(value)) for key, value in claim.items())
    for what in Task.objects.values_list("what", flat=True):
        yield Secret("content", str(sealing.unseal(what, "cases.task.what")))
    for to in Notice.objects.exclude(to=None).filter(person=None).values_list("to", flat=True):
        yield Secret("contact", str(sealing.unseal(to, "cases.notice.to")))
    for tracking in Letter.objects.exclude(tracking=None).values_list("tracking", flat=True):
        yield Secret("number", str(sealing.unseal(tracking, "cases.letter.tracking")))


def in_database(wanted: Iterable[Secret]) -> list[Leak]:
    """The whole database, dumped as text by its owner: as text, and as text kept in bytes."""
    connection.ensure_connection()
    programs = fitting(connection.connection.info.server_version)
    command = [str(programs / "pg_dump"), "--format=plain", "--data-only", "--no-owner"]
    dump = subprocess.run(command, env=environment(), capture_output=True, check=True).stdout.decode()
    return list(_in_tables(dump, frozenset(wanted)))


def _in_tables(dump: str, wanted: frozenset[Secret]) -> Iterator[Leak]:
    for part in re.split(r"(?m)^(?=COPY )", dump):
        table = part[:80].partition(" (")[0].removeprefix("COPY ").strip() if part.startswith("COPY ") else "(settings)"
        kept = b"\n".join(bytes.fromhex(found) for found in _BYTES.findall(part))  # 存在字节列里的文字
        for secret in wanted:
            if _PLAIN_COLUMNS.match(part) and not secret.names_somebody:
                continue
            if secret.text in part or secret.text.encode() in kept:
                yield Leak(table, secret.kind)


def in_files(folder: Path, wanted: Iterable[Secret], kinds: Iterable[str] = ("name", "number", "contact", "content")) -> list[Leak]:
    """Every file under a folder, in the two encodings that text comes in."""
    sought = [secret for secret in wanted if secret.kind in set(kinds)]
    found = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file() and not each.is_symlink()):
        data = path.read_bytes()
        for secret in sought:
            if any(text in data for text in _encoded(secret.text)):
                found.append(Leak(str(path.relative_to(folder)), secret.kind))
    return found


def _encoded(text: str) -> Iterator[bytes]:
    yield text.encode()
    try:
        yield text.encode("gb18030")
    except UnicodeEncodeError:
        return


def in_words(words: Mapping[str, str], wanted: Iterable[Secret]) -> list[Leak]:
    """Logs, outputs, addresses: by the name of each."""
    return [Leak(name, secret.kind) for name, text in words.items() for secret in wanted if secret.text in text]


def unsealed_files() -> list[Leak]:
    """Files of cases that lie on the disk otherwise than sealed, or whose key is not ours."""
    found = []
    for file in CaseFile.objects.all().iterator():
        raw = path_of(Path(settings.FILES), file.digest).read_bytes()
        try:
            sealed = sealing.sealed_by(raw) in sealing.key_ids() and keeping.read(file) != raw
        except KeyMissing:
            sealed = False
        if not sealed:
            found.append(Leak(file.digest[:12], "file"))
    return found


def everywhere(home: Path, words: Mapping[str, str] | None = None) -> list[Leak]:
    """All of it at once: for the tests, and for an installation such as the demonstration."""
    wanted = secrets()
    found: list[Any] = [*in_database(wanted), *unsealed_files(), *in_words(words or {}, wanted)]
    for folder in ("files", "static", "run"):
        if (home / folder).is_dir():
            found += in_files(home / folder, wanted)
    for folder in ("mail", "sms"):  # 只有收件的地址和号码
        if (home / folder).is_dir():
            found += in_files(home / folder, wanted, ("name", "content"))
    return found
