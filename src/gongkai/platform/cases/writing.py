"""A message as it reaches somebody: the words of its kind, with the number, where to look, and who to call. Nothing else of the case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from gongkai.platform.organs.models import Organ

from .models import Notice
from .notices import BY_KEY, Audience

FOLLOW = "/requests/"


@dataclass(frozen=True, slots=True)
class Words:
    """A title and a text, in one language."""

    title: str
    text: str


def worded(notice: Notice, language: str) -> Words:
    """The message in Chinese ("zh") or English ("en"): for the desk, and the heart of an e-mail."""
    kind = BY_KEY[notice.key]
    facts = facts_of(notice, language)
    return Words(kind.title(language, facts), kind.text(language, facts))


def facts_of(notice: Notice, language: str) -> dict[str, object]:
    """The facts, with the number and the organ that every text may name; words of ours in the language."""
    organ, request = notice.organ, notice.request
    told = {"number": request.number if request else "", "organ": organ.name if organ else settings.SITE_NAME, **notice.facts}
    with translation.override("en" if language == "en" else "zh-hans"):
        return {key: translation.gettext(value) if isinstance(value, str) and _is_chinese(value) else value for key, value in told.items()}


def _is_chinese(text: str) -> bool:
    return re.search("[一-鿿]", text) is not None


def subject(notice: Notice) -> str:
    return " ".join(f"{settings.SITE_NAME}：{worded(notice, 'zh').title}".split())  # 一行：不能混入别的信头


def letter(notice: Notice, link: str) -> str:
    """The body of an e-mail."""
    languages = ("zh", "en") if notice.language == "both" else ("zh",)
    return "\n\n————————\n\n".join("\n\n".join(_paragraphs(notice, link, language)) for language in languages) + "\n"


def _paragraphs(notice: Notice, link: str, language: str) -> Iterator[str]:
    kind, zh = BY_KEY[notice.key], language == "zh"
    yield worded(notice, language).text
    if link:
        yield settings.PUBLIC_URL + link
    elif kind.audience is Audience.APPLICANT:
        where = settings.PUBLIC_URL + FOLLOW
        yield f"查询办理进度：{where}" if zh else f"Follow your request: {where}"
    elif kind.audience is Audience.OFFICER:
        yield settings.PUBLIC_URL + desk_address(notice)
    yield _signed(notice.organ, zh)


def _signed(organ: Organ | None, zh: bool) -> str:
    name = (organ.office_name or organ.name) if organ else settings.SITE_NAME
    phone = organ.office_phone if organ else ""
    last = "本邮件由系统发出，请勿直接回复。" if zh else "This message was sent by a machine; please do not reply to it."
    called = (f"联系电话：{phone}" if zh else f"Telephone: {phone}") if phone else ""
    return "\n".join(line for line in (name, called, last) if line)


def sms(notice: Notice, link: str) -> str:
    """A text message: the site's name, one sentence, the link where there is one."""
    languages = ("zh", "en") if notice.language == "both" else ("zh",)
    said = " ".join(worded(notice, language).text for language in languages)
    return f"【{settings.SITE_NAME}】{said}" + (f" {settings.PUBLIC_URL}{link}" if link else "")


def desk_address(notice: Notice) -> str:
    """The page of the desk where the thing is looked at."""
    if notice.remedy_id is not None:
        return f"/desk/remedies/{notice.remedy_id}/"
    return f"/desk/requests/{notice.request_id}/" if notice.request_id is not None else "/desk/"
