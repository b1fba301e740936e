"""Cases brought to where a page has something to show: by the actions, as an office would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from gongkai.law.events import Channel
from gongkai.platform.cases.actions import (
    charging,
    consulting,
    correcting,
    describing,
    filing,
    intake,
    letters,
    rectifying,
    serving,
    tasks,
)
from gongkai.platform.cases.letters.fields import Kind, asked_of_officer
from gongkai.platform.cases.letters.series import REPLY_LETTERS
from gongkai.platform.cases.models import Letter, Request
from gongkai.platform.cases.uploading import Upload
from gongkai.platform.cases.values import Applicant, Asked, Consulted
from gongkai.platform.organs.calendars import named
from tests.platform.cases.factories import PEOPLE, ZONE, Office

WHO = Applicant("柳如烟", "resident_card", "653121199001011230", phone="13900000001", email="liu@mail.example", address="疏勒县某街1号")
WHAT = Asked("县城东区2025年征地补偿安置方案及补偿款发放明细", "征地批复文号不详，2025年3月前后在村委会公示栏张贴过。", "electronic", "online")
DAYS = named("cn")


def noon(on: date, hour: int = 10) -> datetime:
    return datetime.combine(on, time(hour), ZONE)


def back(today: date, working_days: int) -> date:
    """The working day that is so many working days before today."""
    on = today
    while DAYS.count(on, today) < working_days or not DAYS.is_workday(on):
        on -= timedelta(days=1)
    return on


def registered(place: Office, on: date, *, channel: str = Channel.IN_PERSON.value, who: Applicant = WHO, what: Asked = WHAT, kind: str = "natural") -> Request:
    made = intake.register(place.officer, place.organ.pk, who, what, channel=channel, applicant_kind=kind, on=on, at=noon(on), as_received=True)
    return made.request


def written(key: str, reply: str = "") -> dict[str, Any]:
    """Every place of a letter, filled with words."""
    values: dict[str, Any] = {}
    for field in asked_of_officer(key, reply):
        if field.kind is Kind.ROWS:
            values[field.name] = [{column: f"{column}一" for column in field.columns}]
        else:
            values[field.name] = "2026-01-05" if field.kind is Kind.DATE else f"{field.name}：据实填写。"
    return values


def drafted(place: Office, request: Request, key: str, on: date, *, reply: str = "", law: Mapping[str, Any] | None = None, ref: str | None = None, **places: Any) -> Letter:
    fields = written(key, reply) | places
    return letters.draft(place.officer, request.pk, key, fields, reply=reply, law=law, consultation_ref=ref, at=noon(on, 11))


def served(
    place: Office, request: Request, key: str, on: date, *, reply: str = "", law: Mapping[str, Any] | None = None, ref: str | None = None, way: str = "in_person",
    **places: Any,
) -> Letter:  # fmt: skip
    """A letter drafted, reviewed where it must be, signed and served, all on one day."""
    letter = drafted(place, request, key, on, reply=reply, law=law, ref=ref, **places)
    if key in REPLY_LETTERS:
        letters.review(place.legal, request.pk, letter.pk, at=noon(on, 13))
    signer = place.approver if key in REPLY_LETTERS or key == "lapse" else place.head
    letters.sign(signer, request.pk, letter.pk, at=noon(on, 14))
    serving.serve(place.officer, request.pk, letter.pk, way=way, on=on, at=noon(on, 15))
    return letter


@dataclass(frozen=True, slots=True)
class Filled:
    """Requests in many states, by what is to be seen on them."""

    late: int
    rich: int
    confirm: int
    correcting: int
    lapsed: int
    paying: int
    replied: int
    fresh: int
    task: int
    draft: int  # 文书：待审核的答复
    signed: int  # 文书：已签发、待送达


def filled(place: Office, today: date) -> Filled:
    """An office in the middle of its work."""
    late = registered(place, back(today, 26), who=PEOPLE[1], what=Asked("某乡2024年低保名单的审核标准"))
    confirm = registered(place, back(today, 2), channel="fax", who=PEOPLE[1])
    correct = registered(place, back(today, 6), what=Asked("有关文件"))
    served(place, correct, "correction", back(today, 4), law={"answer_by": today + timedelta(days=10)})
    lapsed = registered(place, back(today, 30), who=PEOPLE[2], what=Asked("全部会议纪要"), kind="business")
    served(place, lapsed, "correction", back(today, 27), law={"answer_by": back(today, 5)})
    paying = registered(place, back(today, 9), who=PEOPLE[2], what=Asked("2020年以来的采购合同", form="paper", obtaining="post"), kind="business")
    charging.compute_fee(place.officer, paying.pk, way="per_page", pages=260, at=noon(back(today, 7)))
    served(place, paying, "fee", back(today, 6), law={"amount": "5900"})
    replied = registered(place, back(today, 18), who=PEOPLE[1], what=Asked("县财政局三定方案"))
    served(place, replied, "granted", back(today, 8), reply="provided", way="post")
    fresh = registered(place, back(today, 1), who=PEOPLE[0], what=Asked("2025年度村级公益事业项目清单"))
    task = tasks.give_task(place.officer, fresh.pk, what="2025年度村级公益事业项目清单", office="农业农村股", at=noon(back(today, 1), 16))
    signed = drafted(place, fresh, "consulting", back(today, 1))
    letters.sign(place.head, fresh.pk, signed.pk, at=noon(back(today, 1), 17))
    rich, draft = _rich(place, today)
    return Filled(late.pk, rich.pk, confirm.pk, correct.pk, lapsed.pk, paying.pk, replied.pk, fresh.pk, task.pk, draft.pk, signed.pk)


def _rich(place: Office, today: date) -> tuple[Request, Letter]:
    """One with nearly everything: correction, consultation, extension, search, a mistake put right, a reply that waits for review."""
    rich = registered(place, back(today, 33))
    served(place, rich, "correction", back(today, 30), law={"answer_by": back(today, 22)})
    correcting.correct(place.officer, rich.pk, on=back(today, 27), text="申请人补充：指东区三村的征地，2025年3月批复。", at=noon(back(today, 27)))
    party = Consulted("某某投资有限公司", "经办人", "0998-6570000", "legal@company.example")
    asked = consulting.consult(place.officer, rich.pk, "third_party", party, "补偿款发放明细中涉及贵公司的部分。", at=noon(back(today, 25)))
    served(place, rich, "third_party", back(today, 24), ref=asked.ref, way="post")
    consulting.deliver(place.officer, rich.pk, asked.ref, on=back(today, 22), at=noon(back(today, 22)))
    consulting.answer(place.officer, rich.pk, asked.ref, "objects", on=back(today, 17), text="涉及商业秘密。", at=noon(back(today, 16)))
    task = tasks.give_task(place.officer, rich.pk, what="东区三村2025年征地补偿安置方案", office="自然资源股", at=noon(back(today, 15)))
    scan = Upload("record", "安置方案.txt", "东区三村征地补偿安置方案".encode())
    tasks.answer_task(place.editor, task.pk, "在档案室2025年卷内检索到原件一份。", found=True, on=back(today, 13), files=[scan], at=noon(back(today, 13)))
    served(place, rich, "extension", back(today, 4), law={"workdays": 10})
    filing.add_file(place.officer, rich.pk, Upload("application", "申请书.txt", "政府信息公开申请书".encode()), at=noon(back(today, 12)))
    rectifying.rectify(place.head, rich.pk, _number(rich, "consultation_delivered"), reason="登记时看错了回执的日期。", on=back(today, 21), at=noon(back(today, 10)))
    describing.note(place.officer, rich.pk, "申请人来电询问进度，已说明正在征求第三方意见。", at=noon(back(today, 9)))
    draft = drafted(place, rich, "partial", back(today, 1), reply="partial")
    return rich, draft


def _number(request: Request, kind: str) -> int:
    return int(request.events.filter(kind=kind).values_list("number", flat=True)[0])
