"""依申请公开，网上申请: what is asked, who asks, how it is wanted, check and file; and the receipt, at once."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.law.events import Channel
from gongkai.law.receipt import BY_CHANNEL
from gongkai.platform.cases import limits, sealing
from gongkai.platform.cases.actions import intake, offering, unfiled
from gongkai.platform.cases.choices import APPLICANTS, FORMS, IDENTITIES, OBTAINING
from gongkai.platform.cases.errors import Invalid, NotFound, NotNow, Refused
from gongkai.platform.cases.queries import following
from gongkai.platform.cases.validating import NATURAL
from gongkai.platform.catalogue.queries import public
from gongkai.platform.portal import addresses, asking, columns, listing, personal, words
from gongkai.platform.portal.asking import CHECK, FILLED, HOW, PERSON, WHAT, WHO, Writing
from gongkai.platform.portal.personal import personal as personal_page

_RECEIPT, _CODE = "requests_receipt", "portal.receipt.code"
_KEPT_FOR = timedelta(hours=1)
_NEXT = {WHAT: WHO, WHO: PERSON, PERSON: HOW, HOW: CHECK}


@personal_page("GET", "POST")
def new(request: HttpRequest, slug: str, step: str = WHAT) -> HttpResponse:
    """One step of the form."""
    if step not in FILLED:
        raise Http404
    now = asking.writing(request, slug)
    if now.draft is not None and now.draft.filed is not None:
        return _done(request, now)
    if request.method == "POST":
        return _posted(request, now, step)
    if missing := asking.unfinished(now, before=step):
        return HttpResponseRedirect(now.address(missing))
    return _shown(request, now, step, asking.form_of(now, step))


def _posted(request: HttpRequest, now: Writing, step: str) -> HttpResponse:
    form = asking.form_of(now, step, request.POST)
    try:
        now = asking.kept(request, now, step, form)
        form.is_valid()
        now = asking.uploaded(request, now, form)
    except limits.TooOften as often:
        return _shown(request, now, step, form, often=often)
    except NotNow:
        return HttpResponseRedirect(now.address())
    if which := request.POST.get("remove", ""):
        now = asking.removed(now, which)
    if which or "add" in request.POST:  # 只上传、移除文件，还不继续
        if any(form.has_error(name) for name in ("application", "identity") if name in form.fields):
            return asking.remember(_shown(request, now, step, form, status=422), now)
        return asking.remember(HttpResponseRedirect(now.address(step) + "#files"), now)
    form.told(asking.wrong(now, step))
    if form.errors:
        return asking.remember(_shown(request, now, step, form, status=422), now)
    return asking.remember(HttpResponseRedirect(_after(request, now, step)), now)


def _after(request: HttpRequest, now: Writing, step: str) -> str:
    """The next step; after the first one, what is already public and may be the answer."""
    if step == WHAT:
        rows = _fitting(now)
        if rows:
            held = now.typed("offers")
            items = [row.id for row in rows]
            if held.get("items") != items and now.draft is not None:
                at = timezone.now()
                number = offering.offer(now.organ.id, items, at=at)
                unfiled.save(now.token, now.organ.id, "offers", {"items": items}, at=at)
                unfiled.offered(now.token, now.organ.id, number, at=at)
            return now.address("offers")
    return now.address(_NEXT[step])


def _fitting(now: Writing) -> tuple[public.Row, ...]:
    asked = now.asked
    return public.alike(f"{asked.title}\n{asked.description}", [now.organ.id], timezone.localdate())


@personal_page("GET", "POST")
def offers(request: HttpRequest, slug: str) -> HttpResponse:
    """Published items that fit: perhaps nothing need be asked. Whether it helped is counted, nothing else."""
    now = asking.writing(request, slug)
    if now.draft is None or asking.unfinished(now, before=WHO):
        return HttpResponseRedirect(now.address())
    if now.draft.filed is not None:
        return _done(request, now)
    at = timezone.now()
    if request.method == "POST":
        if request.POST.get("answer") != "helped":
            return HttpResponseRedirect(now.address(WHO))
        if now.draft.offered is not None:
            offering.answer(now.draft.offered, offering.HELPED, at=at)
        unfiled.discard(now.token, now.organ.id, at=at)
        return asking.forget(HttpResponseRedirect(now.address("found")), slug)
    rows = _fitting(now)
    if not rows:
        return HttpResponseRedirect(now.address(WHO))
    return render(request, "portal/asking/offers.html", _framed(now, WHAT, _("这些已经公开，看看有没有您要的")) | {"lines": listing.lines(rows), "asked": now.asked})


@personal_page("GET")
def found(request: HttpRequest, slug: str) -> HttpResponse:
    """It was public already: nothing was filed, what was typed is gone."""
    organ = public.organ(slug)
    if organ is None:
        raise Http404
    return render(request, "portal/asking/found.html", _framed(Writing(organ, "", None), WHAT, _("不用申请了")))


@personal_page("POST")
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away."""
    now = asking.writing(request, slug)
    unfiled.discard(now.token, now.organ.id, at=timezone.now())
    return asking.forget(HttpResponseRedirect(addresses.organ(slug, "requests")), slug)


@personal_page("GET", "POST")
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Look it over, and file it: once, however often the button is pressed."""
    now = asking.writing(request, slug)
    if now.draft is not None and now.draft.filed is not None:
        return _done(request, now)
    if missing := asking.unfinished(now):
        return HttpResponseRedirect(now.address(missing))
    if request.method != "POST":
        return _check_page(request, now)
    try:
        return _filed(request, now)
    except Refused as refused:
        again = asking.writing(request, slug)
        if again.draft is not None and again.draft.filed is not None:  # 同时提交的另一次已经办成
            return _done(request, again)
        return _not_filed(request, now, refused)


def _not_filed(request: HttpRequest, now: Writing, refused: Refused) -> HttpResponse:
    """Why it was not filed; the draft is as it was."""
    if isinstance(refused, limits.TooOften):
        return _check_page(request, now, often=refused, status=429)
    if isinstance(refused, Invalid):
        return _check_page(request, now, refused=refused.fields, status=422)
    return _check_page(request, now, refused={"": refused.said}, status=409)


def _filed(request: HttpRequest, now: Writing) -> HttpResponse:
    draft, at = now.draft, timezone.now()
    assert draft is not None
    tried = (limits.FILING_BY_ADDRESS, personal.place(request))
    limits.take([tried], at)
    try:
        done = intake.file(
            now.organ.id, now.applicant, now.asked, applicant_kind=now.applicant_kind, at=at,
            files=unfiled.uploads(now.token, now.organ.id, at=at), needs_help=now.needs_help, once=draft.once,
        )  # fmt: skip
    except Refused:
        limits.give_back([tried])
        raise
    if draft.offered is not None:
        offering.answer(draft.offered, offering.FILED, at=at)
    unfiled.filed(now.token, now.organ.id, done.request.pk, done.code, at=at)
    return _to_receipt(request, slug=now.organ.slug, number=done.request.pk, code=done.code, at=at)


def _done(request: HttpRequest, now: Writing) -> HttpResponse:
    """A second post, or the way back within the hour: the same receipt."""
    draft = now.draft
    assert draft is not None and draft.filed is not None
    return _to_receipt(request, slug=now.organ.slug, number=draft.filed, code=draft.code, at=timezone.now(), forget=request.method == "GET")


def _to_receipt(request: HttpRequest, *, slug: str, number: int, code: str, at: datetime, forget: bool = False) -> HttpResponse:
    personal.open_in(request, [number])
    sealed = base64.b64encode(sealing.seal(code, _CODE)).decode()
    request.session[_RECEIPT] = {"number": number, "code": sealed, "until": (at + _KEPT_FOR).isoformat()}
    response = HttpResponseRedirect("/requests/receipt/")
    return asking.forget(response, slug) if forget else response


@personal_page("GET", "POST")
def receipt(request: HttpRequest) -> HttpResponse:
    """Number and query code, what happens next. The code is shown until it is put away, or for an hour; then never again."""
    kept = request.session.get(_RECEIPT)
    at = timezone.now()
    if not kept:
        raise NotFound
    number = int(kept["number"])
    if request.method == "POST":
        del request.session[_RECEIPT]
        return HttpResponseRedirect(f"/requests/{number}/")
    if datetime.fromisoformat(kept["until"]) < at:
        del request.session[_RECEIPT]
        raise NotFound
    shown = following.followed(personal.opened(request, number), timezone.localdate())
    context = {
        "shown": shown, "code": sealing.unseal(base64.b64decode(kept["code"]), _CODE), "rule": BY_CHANNEL[Channel.ONLINE],
        "crumbs": [("/", _("首页")), (addresses.organ(shown.organ.slug, "requests"), shown.organ.short_name), ("", _("回执"))], "heading": _("申请已提交"),
    }  # fmt: skip
    return render(request, "portal/asking/receipt.html", context)


def _shown(request: HttpRequest, now: Writing, step: str, form: object, *, status: int = 200, often: limits.TooOften | None = None) -> HttpResponse:
    context = _framed(now, step, str(asking.TITLES[step]))
    kind = asking.file_kind(step)
    context |= {"form": form, "files": asking.files_of(now, kind), "file_kind": kind, "natural": now.applicant_kind in (NATURAL, "")}
    context |= {"resumed": request.method == "GET" and step == WHAT and now.draft is not None, "draft": now.draft, "asked": now.asked}
    if often is not None:
        return personal.refused_page(request, "portal/asking/step.html", context, often)
    return render(request, "portal/asking/step.html", context, status=status)


def _check_page(
    request: HttpRequest, now: Writing, *, refused: Mapping[str, str] | None = None, often: limits.TooOften | None = None, status: int = 200
) -> HttpResponse:
    context = _framed(now, CHECK, str(asking.TITLES[CHECK])) | {"sections": _sections(now), "rule": BY_CHANNEL[Channel.ONLINE]}
    context |= {"refused": [(now.address(asking.step_of(name)), sentence) for name, sentence in (refused or {}).items()]}
    if often is not None:
        return personal.refused_page(request, "portal/asking/check.html", context, often)
    return render(request, "portal/asking/check.html", context, status=status)


def _sections(now: Writing) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What will be filed: heading, address of the step, rows."""
    person, asked = now.applicant, now.asked
    natural = now.applicant_kind == NATURAL
    what = [(_("所需信息的名称"), asked.title), (_("文号或者其他特征描述"), asked.description), (_("附上的材料"), _("、").join(each.name for each in asking.files_of(now, "application")))]
    who = [
        (_("姓名") if natural else _("单位名称"), person.name), (_("统一社会信用代码"), person.organisation_code), (_("法定代表人（负责人）"), person.representative),
        (_("联系人"), person.contact), (_("证件类型"), words.label(IDENTITIES, person.identity_kind) if person.identity_number else ""),
        (_("证件号码"), person.identity_number), (_("身份证明"), _("、").join(each.name for each in asking.files_of(now, "identity"))),
        (_("联系电话"), person.phone), (_("电子邮箱"), person.email), (_("通信地址"), person.address), (_("邮政编码"), person.postcode),
        (_("需要帮助"), (asked.help_wanted or _("是")) if now.needs_help else ""),
    ]  # fmt: skip
    how = [(_("提供的形式"), words.label(FORMS, asked.form)), (_("获取的方式"), words.label(OBTAINING, asked.obtaining)), (_("传真号码"), person.fax if asked.obtaining == "fax" else "")]
    kind = [(_("申请人是"), words.label(APPLICANTS, now.applicant_kind))]
    told = ((WHAT, what), (WHO, kind), (PERSON, who), (HOW, how))
    return [(str(asking.TITLES[step]), now.address(step), [row for row in rows if row[1]]) for step, rows in told]


def _framed(now: Writing, step: str, heading: str) -> dict[str, object]:
    """What every page of the form has."""
    place, steps = asking.progress(step)
    organ = now.organ
    return {
        "organ": organ, "entries": columns.navigation(organ, "requests"), "heading": heading, "writing": now, "step": step, "place": place, "steps": steps,
        "here": now.address(step), "back": _back(now, step), "days": unfiled.DAYS,
        "crumbs": [("/", _("首页")), (addresses.organ(organ.slug), organ.short_name), (addresses.organ(organ.slug, "requests"), _("依申请公开")), ("", _("网上申请"))],
    }  # fmt: skip


def _back(now: Writing, step: str) -> str:
    before = {after: before for before, after in _NEXT.items()}.get(step)
    return now.address(before) if before else addresses.organ(now.organ.slug, "requests")
