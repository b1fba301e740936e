"""送达前检查: the letter and the records released with it, looked at by the check before publication (documents.gate)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongkai.platform.cases import keeping
from gongkai.platform.cases.models import CaseFile, Letter
from gongkai.platform.documents import gate
from gongkai.platform.documents.gate import GateFinding, Severity

from .series import REPLY_LETTERS


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """One finding, and in which of the files that go out."""

    file: int  # 材料的序号；文书为 0
    name: str
    finding: GateFinding

    @property
    def stops(self) -> bool:
        """Whether it must be mended or let pass before the letter is served: only in the records, for the letter names its applicant."""
        return self.file > 0 and self.finding.severity is Severity.BLOCK


def findings(letter: Letter) -> list[Found]:
    """Everything found in what goes out with this letter, what stops it first."""
    found = [*_letter(letter), *_records(letter)]
    return sorted(found, key=lambda each: (not each.stops, each.file))


def stopping(letter: Letter) -> list[Found]:
    return [each for each in _records(letter) if each.stops]


def _letter(letter: Letter) -> Iterator[Found]:
    if letter.docx is not None:
        name = keeping.name_of(letter.docx)
        for each in _looked_at(letter.docx.digest, name, _Bytes(letter.docx)):
            yield Found(0, name, each)


def _records(letter: Letter) -> Iterator[Found]:
    if letter.key not in REPLY_LETTERS:
        return
    for file in CaseFile.objects.filter(request=letter.request_id, kind="released", removed_at__isnull=True).order_by("number"):
        name = keeping.name_of(file)
        for each in _looked_at(file.digest, name, _Bytes(file)):
            yield Found(file.number, name, each)


class _Bytes:
    """The bytes of a file, read only where they were not looked at before; the same for the cache."""

    def __init__(self, file: CaseFile) -> None:
        self.file = file

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bytes)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=128)
def _looked_at(digest: str, name: str, source: _Bytes) -> tuple[GateFinding, ...]:
    """By the sealed file's digest: looked at once in a process; findings mask the numbers they name."""
    del digest
    return gate.check_attachment(name, keeping.read(source.file))
