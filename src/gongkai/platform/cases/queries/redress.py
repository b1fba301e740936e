"""Which body would be competent for a remedy, and what stays open to an applicant against a reply, from the proof of service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law import proceedings, replies
from gongkai.law.proceedings import Open, Proceeding
from gongkai.law.remedies import BODY_OF, Respondent
from gongkai.platform.cases import clocks
from gongkai.platform.cases.models import Letter, Request
from gongkai.platform.cases.recording import Ticket
from gongkai.platform.cases.remedying import Kind
from gongkai.platform.cases.states import Party
from gongkai.platform.organs.models import Level, Organ, OrganKind


def respondent_of(organ: Organ) -> Respondent:
    """What kind of organ this is to the law of reconsideration: a suggestion, from its place in the trees."""
    if organ.vertical:
        return Respondent.VERTICAL
    if organ.kind == OrganKind.GOVERNMENT:
        return Respondent.LOCAL_GOVERNMENT
    if organ.level == Level.NATIONAL:
        return Respondent.STATE_COUNCIL_DEPARTMENT
    return Respondent.JUDICIAL_BUREAU if organ.name.endswith("司法局") or organ.name.endswith("司法厅") else Respondent.DEPARTMENT


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A body that would be competent: its name where the tree of organs knows it, otherwise the law's words for it."""

    body: str
    known: bool
    basis: str


def bodies(organ: Organ, kind: str) -> tuple[Suggestion, ...]:
    """Which bodies would be competent (行政复议法第二十四条至第二十八条；行政诉讼法第十四条、第十五条；条例第五十一条)."""
    what, respondent = Kind(kind), respondent_of(organ)
    if what.proceeding is Proceeding.RECONSIDERATION:
        body = BODY_OF[respondent]
        return tuple(_suggested(organ, words, body.basis) for words in body.bodies)
    if what.proceeding is Proceeding.LITIGATION:
        court = proceedings.court(
            of_state_council=respondent is Respondent.STATE_COUNCIL_DEPARTMENT,
            county_government_or_above=organ.kind == OrganKind.GOVERNMENT and organ.level != Level.TOWNSHIP,
        )
        return (Suggestion(f"本机关所在地的{court.label}", False, "行政诉讼法第十四条、第十五条、第十八条"),)
    above = organ.system_parent if organ.vertical else organ.area_parent
    known = (Suggestion(above.name, True, "条例第四十七条第二款、第五十一条"),) if above else ()
    return (*known, Suggestion("上一级行政机关", False, "条例第五十一条"), Suggestion("政府信息公开工作主管部门", False, "条例第四十七条第二款、第五十一条"))


def _suggested(organ: Organ, words: str, basis: str) -> Suggestion:
    above = organ.area_parent if words in ("本级人民政府", "上一级人民政府") else organ.system_parent if words.startswith("上一级") else None
    if words == "该国务院部门":
        above = organ
    return Suggestion(above.name, True, basis) if above is not None else Suggestion(words, False, basis)


@dataclass(frozen=True, slots=True)
class Remaining:
    """What stays open to an applicant against a reply: from the proof of service, or only in words while it is not proved."""

    opened: Open | None
    told_on: date | None  # 送达之日；空：送达凭证还没有登记
    body: str
    court: str
    text_zh: str
    text_en: str


def open_until(request: Request, told: date | None, reply_key: str) -> Open | None:
    """The remedies against a reply of this request, counted from the day it was delivered; None while that is not known, or it opens none."""
    reply = replies.BY_KEY.get(reply_key)
    if reply is None or told is None or request.ended_on is None:
        return None
    return proceedings.open_until(reply, request.ended_on, told, clocks.days_of(request.organ))


def remaining(request: Request) -> Remaining | None:
    """What the applicant's page says about remedies; None before a reply, and where a reply opens none."""
    reply = replies.BY_KEY.get(request.reply)
    if reply is None or request.ended_on is None or reply.redress is replies.Redress.NONE:
        return None
    letter = Letter.objects.filter(request=request, state="served", served_on__isnull=False, reply=request.reply).order_by("-served_on", "-pk").first()
    told = delivered(letter)
    organ = Organ.objects.select_related("area_parent", "system_parent").get(pk=request.organ_id)
    body = "或者".join(each.body for each in bodies(organ, Kind.RECONSIDERATION))
    court = bodies(organ, Kind.LITIGATION_DIRECT)[0].body
    opened = open_until(request, told, request.reply)
    first = proceedings.open_until(reply, request.ended_on, request.ended_on, clocks.days_of(organ))
    zh, en = _sentences(opened, first is not None and first.first, body, court)
    return Remaining(opened, told, body, court, zh, en)


def delivered(letter: Letter | None) -> date | None:
    """The day on which the applicant came to know it: signed for, opened; handed over in person, that day."""
    if letter is None:
        return None
    if letter.delivered_on is not None:
        return letter.delivered_on
    return letter.served_on if letter.way in ("in_person", "entrusted") else None


def _sentences(opened: Open | None, first: bool, body: str, court: str) -> tuple[str, str]:
    if opened is None:
        order = ("应当先", "first ") if first else ("可以", "")
        return (
            f"期限自您收到答复之日起计算：{order[0]}向{body}申请行政复议，"
            + ("对复议决定不服的，再提起行政诉讼。" if first else f"或者向{court}提起行政诉讼。") + "具体期限以答复书为准。",
            f"Counted from the day you receive the reply: {order[1]}reconsideration by {body}"
            + (", then the court." if first else f", or a suit before {court}.") + " The reply states the terms.",
        )  # fmt: skip
    zh = f"{'应当先' if opened.first else '可以'}在{_zh(opened.reconsider_by)}前（含当日）向{body}申请行政复议"
    en = f"Reconsideration by {body} until {opened.reconsider_by:%d %B %Y}"
    if opened.first:
        return zh + "；对复议决定不服的，自收到决定书之日起十五日内提起行政诉讼。", en + " first; against its decision, the court within 15 days."
    assert opened.sue_by is not None
    return zh + f"，或者在{_zh(opened.sue_by)}前（含当日）向{court}提起行政诉讼。", en + f", or a suit before {court} until {opened.sue_by:%d %B %Y}."


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"




def open_terms(ticket: Ticket, today: date) -> Remaining | None:
    """`remaining`, for the applicant's own page."""
    if ticket.party is not Party.APPLICANT:
        return None
    return remaining(Request.objects.select_related("organ").get(pk=ticket.request))
