"""The public form between its pages: the draft of this browser, the steps, and what the rules of Article 29 say of each step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.platform.cases import limits
from gongkai.platform.cases.actions import unfiled
from gongkai.platform.cases.actions.unfiled import Draft
from gongkai.platform.cases.errors import Invalid, NotNow
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.cases.validating import NATURAL, faults, lacking, tidy_applicant, tidy_asked
from gongkai.platform.cases.values import Applicant, Asked
from gongkai.platform.catalogue.queries import public
from gongkai.platform.catalogue.queries.public import PublicOrgan
from gongkai.platform.pages import bounds

from . import addresses, personal
from .forms import asking as forms

COOKIE = "gongkai_request"
WHAT, WHO, PERSON, HOW, CHECK = "what", "who", "person", "how", "check"
FILLED = (WHAT, WHO, PERSON, HOW)
TITLES = {
    WHAT: gettext_lazy("申请什么信息"),
    WHO: gettext_lazy("谁来申请"),
    PERSON: gettext_lazy("申请人的姓名、证件和联系方式"),
    HOW: gettext_lazy("怎样提供"),
    CHECK: gettext_lazy("核对并提交"),
}
_PLACES = ((WHAT,), (WHO, PERSON), (HOW,), (CHECK,))  # 对外的四步
_FILES = {"application": WHAT, "identity": PERSON}
_FIELDS = {
    WHAT: ("title", "description"),
    WHO: ("applicant_kind",),
    PERSON: ("name", "identity_kind", "identity_number", "organisation_code", "contact", "representative", "phone", "email", "address", "postcode", "help_wanted"),
    HOW: ("form", "obtaining", "fax"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Writing:
    """A form being filled in: for which organ, and the draft of this browser, if there is one."""

    organ: PublicOrgan
    token: str
    draft: Draft | None

    def address(self, step: str = "") -> str:
        return address(self.organ.slug, step)

    def typed(self, step: str) -> Mapping[str, Any]:
        return self.draft.typed.get(step, {}) if self.draft else {}

    @property
    def applicant_kind(self) -> str:
        return str(self.typed(WHO).get("applicant_kind", ""))

    @property
    def everything(self) -> dict[str, str]:
        return {name: str(value) for step in FILLED for name, value in self.typed(step).items()}

    @property
    def applicant(self) -> Applicant:
        told = self.everything
        natural = self.applicant_kind in (NATURAL, "")
        names = ["name", "identity_kind", "identity_number", "phone", "email", "address", "postcode", "fax"]
        names += [] if natural else ["organisation_code", "contact", "representative"]
        return tidy_applicant(Applicant(**{"name": "", **{name: told.get(name, "") for name in names}}), self.applicant_kind)

    @property
    def asked(self) -> Asked:
        told = self.everything
        wanted = told.get("help_wanted", "") if told.get("needs_help") else ""
        return tidy_asked(Asked(told.get("title", ""), told.get("description", ""), told.get("form", ""), told.get("obtaining", ""), wanted))

    @property
    def needs_help(self) -> bool:
        return bool(self.everything.get("needs_help"))


def address(slug: str, step: str = "") -> str:
    base = addresses.organ(slug, "requests/new")
    return f"{base}{step}/" if step and step != WHAT else base


def writing(request: HttpRequest, slug: str) -> Writing:
    """The form of an organ with this browser's draft; 404 where there is no such organ. Three statements."""
    organ = public.organ(slug)
    if organ is None:
        raise Http404
    token = request.COOKIES.get(COOKIE, "")[:100]
    return Writing(organ, token, unfiled.found(token, organ.id, at=timezone.now()) if token else None)


def kept(request: HttpRequest, now: Writing, step: str, form: forms.Step) -> Writing:
    """What was posted, kept before anything is checked; a draft is begun where there is none."""
    at = timezone.now()
    token = now.token
    if now.draft is None:
        limits.take([(limits.DRAFTS_BY_ADDRESS, personal.place(request))], at)
        token, _draft = unfiled.begin(now.organ.id, at=at)
    return Writing(now.organ, token, unfiled.save(token, now.organ.id, step, form.typed(), at=at))


def uploaded(request: HttpRequest, now: Writing, form: forms.Step) -> Writing:
    """The files that came with the step, examined and sealed into the draft; what is wrong with one stands beside its field."""
    draft = now.draft
    for name in _FILES:
        given = request.FILES.get(name)
        if not isinstance(given, UploadedFile) or name not in form.fields:
            continue
        limits.take([(limits.UPLOADS_BY_ADDRESS, personal.place(request))], timezone.now())
        if (given.size or 0) > settings.UPLOAD_BYTES:
            form.add_error(name, _("文件太大，不得超过 %(most)s MB。请压缩后再上传。") % {"most": settings.UPLOAD_BYTES // 1024 // 1024})
            continue
        try:
            draft = unfiled.add_file(now.token, now.organ.id, Upload(name, given.name or "file", given.read()), at=timezone.now())
        except Invalid as refused:
            form.add_error(name, "".join(refused.fields.values()))
    return Writing(now.organ, now.token, draft)


def removed(now: Writing, which: str) -> Writing:
    """A file taken out of the draft."""
    number = bounds.number(which)
    if number is None:
        return now
    try:
        return Writing(now.organ, now.token, unfiled.remove_file(now.token, now.organ.id, number, at=timezone.now()))
    except NotNow:
        return now


def wrong(now: Writing, step: str) -> dict[str, str]:
    """What the rules say of this step, by field: nothing where it may be left."""
    applicant, asked = now.applicant, now.asked
    found = faults(applicant, asked, now.applicant_kind)
    missing = lacking(applicant, asked, now.applicant_kind or NATURAL)
    for name in ("email", "address"):  # 选了电子邮件、邮寄而没有填：在选的那一步说
        if name in missing and not getattr(applicant, name):
            missing["obtaining"] = missing.pop(name)
    both = {**missing, **found}
    return {name: both[name] for name in _FIELDS.get(step, ()) if name in both}


def unfinished(now: Writing, before: str = CHECK) -> str:
    """The first step before this one that is not right yet; empty where all are."""
    for step in FILLED:
        if step == before:
            break
        if now.draft is None or step not in now.draft.typed or wrong(now, step):
            return step
    return ""


def form_of(now: Writing, step: str, data: Any = None) -> forms.Step:
    """The form of a step, as posted, or with what was typed before."""
    kind: type[forms.Step] = {WHAT: forms.What, WHO: forms.Who, HOW: forms.How, CHECK: forms.Check}.get(step, forms.Person)
    if step == PERSON and now.applicant_kind not in (NATURAL, ""):
        kind = forms.Organisation
    return kind(data, initial={name: value for name, value in now.typed(step).items() if value != ""}, auto_id="%s")


def progress(step: str) -> tuple[int, list[tuple[str, bool]]]:
    """Which of the four steps this is, and their names."""
    place = next(number for number, steps in enumerate(_PLACES, start=1) if step in steps)
    return place, [(str(TITLES[steps[0]]), number == place) for number, steps in enumerate(_PLACES, start=1)]


def files_of(now: Writing, kind: str) -> list[unfiled.DraftFile]:
    return [each for each in now.draft.files if each.kind == kind] if now.draft else []


def step_of(field: str) -> str:
    """On which step a field stands; the last one where on none."""
    return next((step for step, names in _FIELDS.items() if field in names), CHECK)


def file_kind(step: str) -> str:
    return next((name for name, of in _FILES.items() if of == step), "")


def remember(response: HttpResponse, now: Writing) -> HttpResponse:
    """The draft's cookie: for these pages only, for as long as the draft is kept."""
    response.set_cookie(
        COOKIE, now.token, unfiled.DAYS * 24 * 3600, path=address(now.organ.slug), secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


def forget(response: HttpResponse, slug: str) -> HttpResponse:
    response.delete_cookie(COOKIE, path=address(slug), samesite="Lax")
    return response
