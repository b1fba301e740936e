"""Files that come in with a case: examined by what they hold, sealed and written before anything is locked, then named (cases.keeping)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gongkai.platform.documents.intake import Accepted, Refused
from gongkai.platform.organs.uploads import examined, why

from . import keeping
from .choices import FILES
from .errors import Invalid
from .models import CaseFile, Request

MOST_FILES = 10  # 一次提交
SHOWN = frozenset({"application", "identity", "correction"})  # 申请人自己交来的；提供的信息和文书待送达后才看得到


@dataclass(frozen=True, slots=True, repr=False)
class Upload:
    """A file as somebody sent it: what it is to the case (choices.FILES), its name, its bytes."""

    kind: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Taken:
    """A file that was found fit and is on the disk, sealed; not yet named in the database."""

    kind: str
    name: str
    media_type: str
    kept: keeping.Kept
    shown: bool

    def facts(self, number: int) -> dict[str, object]:
        """What its event tells: nothing personal, not even its name."""
        return {"number": number, "kind": self.kind, "media_type": self.media_type, "size": self.kept.size, "fingerprint": self.kept.fingerprint}


def take(uploads: Sequence[Upload], *, kinds: Collection[str] = frozenset(FILES), most: int = MOST_FILES, shown: bool | None = None) -> tuple[Taken, ...]:
    """Examine them all, then write them; Invalid says of each what is wrong with it. Call before the transaction begins."""
    if len(uploads) > most:
        raise Invalid({"files": _("一次最多上传 %(most)s 个文件，现有 %(n)s 个；请合并后再上传。") % {"most": most, "n": len(uploads)}})
    fit, wrong = [], []
    for place, upload in enumerate(uploads, start=1):
        if upload.kind not in FILES or upload.kind not in kinds:
            wrong.append(_("第 %(n)s 个文件：请选择材料的种类。") % {"n": place})
            continue
        match examined(upload.name, upload.data):
            case Refused() as refused:
                wrong.append(_("第 %(n)s 个文件没有上传：%(why)s") % {"n": place, "why": why(refused)})
            case Accepted() as accepted:
                fit.append((upload, accepted))
    if wrong:
        raise Invalid({"files": "".join(wrong)})
    return tuple(_written(upload.kind, accepted, upload.kind in SHOWN if shown is None else shown) for upload, accepted in fit)


def _written(kind: str, accepted: Accepted, shown: bool) -> Taken:
    return Taken(kind, accepted.name, accepted.media_type, keeping.write(accepted.data), shown)


def name(request: Request, taken: Taken, *, at: datetime, person: int | None) -> CaseFile:
    """The database's row; whoever calls holds the request."""
    return keeping.name(request, taken.kept, taken.name, taken.kind, taken.media_type, at=at, person=person, shown=taken.shown)
