"""Letters as the hands of an office make them, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.platform.cases.actions import consulting, letters, serving
from gongkai.platform.cases.models import Consultation, Letter, Request
from gongkai.platform.cases.values import Consulted
from tests.platform.cases.factories import Office, at

BODY = {"复议机关": "某某地区行政公署", "人民法院": "某某县人民法院"}
FIELDS: Mapping[str, Mapping[str, Any]] = {
    "correction": {"不明确之处": "未写明批次。", "指导和释明": "可以写明地块。", "需要补正的事项": "地块或者批次。"},
    "extension": {},
    "reasons": {"超过合理范围的情况": "一个月内六十件。"},
    "delayed": {"无法按期答复的情况": "档案较多。"},
    "fee": {"收费计算": [{"档次": "第31—40页", "数量": "10页", "标准": "10元/页", "金额": "100元"}], "缴纳方式": "窗口缴纳"},
    "consulting": {"征求对象": "第三方"},
    "third_party": {"反馈方式": "寄送办公室"},
    "co_maker": {"反馈方式": "寄送办公室"},
    "co_ordination": {"反馈方式": "寄送办公室"},
    "denied": {"理由": "该信息为讨论记录。"},
    "granted": {"提供的政府信息": [{"名称": "补偿安置方案", "说明": "12页"}]},
    "partial": {"公开内容": "正文。", "不予公开部分": [{"内容": "附表二", "依据": "第十五条", "理由": "个人隐私"}]},
    "already_public": {"获取方式途径": "网站公告栏。"},
    "not_existing": {"检索说明": "检索了档案室目录，未检索到。"},
    "lapse": {},
    "receipt": {},
}
LAW: Mapping[str, Mapping[str, Any]] = {"extension": {"workdays": 20}, "delayed": {"until": "2026-06-30"}, "fee": {"amount": "100"}}
BY_APPROVER = frozenset({"denied", "granted", "partial", "already_public", "not_existing", "lapse"})


def drafted(place: Office, case: Request, key: str, day: str, reply: str = "", **more: Any) -> Letter:
    fields = {**FIELDS[key], **(BODY if key in BY_APPROVER else {})}
    return letters.draft(place.officer, case.pk, key, fields, reply=reply, law=LAW.get(key), at=at(day), **more)


def signed(place: Office, case: Request, key: str, day: str, reply: str = "", **more: Any) -> Letter:
    """Drafted, reviewed where it must be, and signed, on one day."""
    letter = drafted(place, case, key, day, reply, **more)
    if key in BY_APPROVER:
        letters.review(place.legal, case.pk, letter.pk, at=at(day, 11))
    return letters.sign(place.approver if key in BY_APPROVER else place.head, case.pk, letter.pk, at=at(day, 12))


def served(place: Office, case: Request, key: str, day: str, reply: str = "", way: str = "in_person", **more: Any) -> Letter:
    letter = signed(place, case, key, day, reply, **more)
    serving.serve(place.officer, case.pk, letter.pk, way=way, on=date.fromisoformat(day), at=at(day, 15))
    return Letter.objects.get(pk=letter.pk)


def asked(place: Office, case: Request, day: str, to: str = "third_party", name: str = "某某食品厂") -> Consultation:
    return consulting.consult(place.officer, case.pk, to, Consulted(name, email="factory@mail.example"), "生产工艺说明", at=at(day))
