"""疏勒县 2023 年: what the published report counts — six requests of natural persons, three granted, two in part, one not held — and its one
reconsideration, which ended in another way. Who asked, what and when is invented; nothing else came in that year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .story import Story

S = "shule"


def county2023() -> Iterator[Story]:
    yield (
        Story("2023-market", S, "shen", "2022年疏勒镇巴扎改造项目竣工验收报告", "含验收组签字页", begin=date(2023, 2, 20), channel="in_person", obtaining="in_person", form="paper")
        .letter("receipt", way="in_person").later(2).searched("档案室", "2022年疏勒镇巴扎改造项目竣工验收报告", "在2022年工程档案第14卷中找到，共9页。")
        .later(3).answered("provided", way="in_person", delivered=0).later(20).do("archive", "cases")
    )  # fmt: skip
    partial = (
        Story("2023-land", S, "fang", "罕南力克镇2022年征地补偿安置方案及补偿花名册", "", begin=date(2023, 4, 10), channel="online")
        .confirmed(1).later(3).searched("综合科", "罕南力克镇2022年征地补偿安置方案", "方案和花名册均在，花名册有他人身份证号码和银行账号。")
        .later(4).letter("extension", law={"workdays": 10}, way="online").later(15).answered("partial", way="online")
    )  # fmt: skip
    yield partial.later(18).do(
        "remedy", "cases", remedy="2023-land/复议", kind="reconsideration", body="喀什地区行政公署", claimant="方晓棠", asks="撤销答复书中不予公开的部分，责令重新答复",
    ).later(6).do("remedy_event", "cases", remedy="2023-land/复议", kind="answered", text="已提交书面答复和证据目录。").later(22).do(
        "remedy_end", "cases", remedy="2023-land/复议", judgment="withdrawn", text="申请人取得补充说明后撤回行政复议申请，复议机关决定终止行政复议。"
    )  # fmt: skip
    yield (
        Story("2023-school", S, "mi", "2023年县城学区划分的依据文件", "", begin=date(2023, 5, 15), channel="email", obtaining="email")
        .confirmed(2).later(6).answered("provided", way="email")
    )  # fmt: skip
    yield (
        Story("2023-well", S, "gu", "某乡2019年机井移交协议", "机井编号不详", begin=date(2023, 7, 3), channel="registered_post", obtaining="post", form="paper")
        .later(2).searched("水利口档案", "2019年机井移交协议", "在2018—2020年移交材料中逐卷翻检，没有查到。", found=False)
        .later(8).answered("not_existing", way="post", delivered=4)
    )  # fmt: skip
    yield (
        Story("2023-road", S, "ye", "2021年通村公路养护合同", "养护单位和金额", begin=date(2023, 9, 4), channel="fax", obtaining="online")
        .confirmed(1).later(7).answered("partial", way="online", fields={
            "不予公开部分": [{"内容": "合同附件中养护工人的姓名和联系电话", "依据": "《中华人民共和国政府信息公开条例》第十五条", "理由": "属于个人隐私，公开会损害第三方合法权益"}],
        })
    )  # fmt: skip
    yield (
        Story("2023-fund", S, "ai", "2022年县级衔接资金分配结果", "", begin=date(2023, 11, 6), channel="in_person", obtaining="in_person", form="paper", oral=True)
        .later(5).answered("provided", way="in_person", delivered=0)
    )  # fmt: skip
