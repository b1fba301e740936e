"""疏勒县 2024 年: the year with which writing a report is practised (docs/guides/annual.md). All of it is invented: four requests, of which one
is answered in the next year, and no reconsideration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .story import Story

S = "shule"


def county2024() -> Iterator[Story]:
    yield (
        Story("2024-canal", S, "lu", "2023年英阿瓦提乡渠道防渗改造工程竣工决算", "", begin=date(2024, 3, 11), channel="online")
        .confirmed(1).later(4).searched("档案室", "2023年渠道防渗改造工程竣工决算", "在2023年水利工程档案第6卷中找到，共12页。").later(2).answered("provided", way="online")
    )  # fmt: skip
    yield (
        Story("2024-seed", S, "cotton", "2023年棉花良种补贴发放明细", "按乡镇分列", begin=date(2024, 6, 3), channel="email", obtaining="email")
        .confirmed(1).later(8).answered("partial", way="email", fields={
            "不予公开部分": [{"内容": "各农户的姓名、身份证号码和银行账号", "依据": "《中华人民共和国政府信息公开条例》第十五条", "理由": "属于个人隐私，公开会损害第三方合法权益"}],
        })
    )  # fmt: skip
    yield (
        Story("2024-bus", S, "ya", "近三年城乡公交各线路客流按月统计表", "按线路、按月分列", begin=date(2024, 9, 9), channel="in_person", obtaining="in_person", form="paper")
        .letter("receipt", way="in_person").later(9).answered("needs_making", way="in_person", delivered=0)
    )  # fmt: skip
    yield (
        Story("2024-heating", S, "cen", "2024年集中供热改造项目招标文件", "", begin=date(2024, 12, 23), channel="online")
        .confirmed(1).later(10).answered("provided", way="online")
    )  # fmt: skip
