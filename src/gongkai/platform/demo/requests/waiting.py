"""Requests that are waiting this morning: in every state and at every stage, two of them overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.law.calendar import calendar

from .story import Story, before

S, D, H, X, T = "shule", "division-11", "hotan-affairs", "xinkailing", "shule-town"


def waiting(today: date) -> Iterator[Story]:
    yield from _coming_in(today)
    yield from _searching(today)
    yield from _in_hand(today)
    yield from _with_others(today)
    yield from _elsewhere(today)
    yield from _gone_out(today)


def _day(today: date, back: int) -> date:
    return before(today, back, calendar("cn-xinjiang"))


def _coming_in(today: date) -> Iterator[Story]:
    """等待双方确认的，和刚刚收到的."""
    yield Story("new-online", S, "qiao", "2026年秋季学期教师招聘体检合格名单", "", begin=_day(today, 1), channel="online")
    yield Story("new-email", S, "luo", "县体育馆对外开放的收费批复", "", begin=_day(today, 2), channel="email", obtaining="email")
    yield Story("new-letter", S, "bai", "2025年冬季供暖补贴发放办法", "", begin=_day(today, 3), channel="ordinary_post", obtaining="post", form="paper")
    yield Story("new-fax", H, "cotton", "地区机关大院车辆通行证发放规定", "", begin=_day(today, 2), channel="fax", obtaining="email")
    oral = Story(
        "new-oral", S, "ya", "本村低保评议结果", "", begin=_day(today, 1), channel="in_person", obtaining="in_person", form="paper", oral=True, needs_help=True,
        help_wanted="视力不好，请当面念给我听",
    )  # fmt: skip
    yield oral.letter("receipt", way="in_person")
    yield Story("new-posted", S, "zhou", "2024年水库移民后期扶持资金使用情况", "", begin=_day(today, 2), channel="registered_post", obtaining="post", form="paper").do("assign", "office")
    yield Story("new-division", D, "institute", "师属企业2025年用工备案汇总", "", begin=_day(today, 3), channel="online").confirmed(1)
    yield Story("new-town", T, "village", "镇级河长制巡查记录", "", begin=_day(today, 4), channel="in_person", obtaining="in_person", form="paper")


def _searching(today: date) -> Iterator[Story]:
    """检索交办着的."""
    asked = Story("searching", S, "shen", "2023—2025年老旧小区改造资金拨付明细", "", begin=_day(today, 6), channel="online").confirmed(1)
    asked.do("task", "cases", task="searching/综合科", office="综合科", what="2023—2025年老旧小区改造资金拨付明细")
    yield asked.do("task", "cases", task="searching/财政局", organ="shule-finance", what="2023—2025年老旧小区改造资金拨付明细，财政拨款部分")
    found = Story("found", S, "lu", "县城停车泊位收费标准的论证材料", "", begin=_day(today, 9), channel="in_person").searched("档案室", "停车泊位收费标准论证材料", "在2025年价格类案卷中找到，共31页。")
    yield found.later(1).do("task", "cases", task="found/法制科", office="法制科", what="听证记录是否可以公开").do("cancel_task", "cases", task="found/法制科", reason="听证记录已在案卷中，无需另查。")


def _in_hand(today: date) -> Iterator[Story]:
    """文书在各人手上的，临近期限的，逾期的."""
    yield Story("drafted", S, "fang", "2026年农村公路养护计划", "", begin=_day(today, 10), channel="online").confirmed(1).later(6).answered("provided", until="drafted")
    yield Story("returned", S, "gu", "招商引资企业优惠政策兑现情况", "", begin=_day(today, 12), channel="in_person").later(7).answered("denied_process_info", until="drafted").do(
        "return", "legal", letter="returned/1", reason="理由只写了“属于过程性信息”，没有说明事项尚未办结，请补充。"
    )  # fmt: skip
    yield Story("reviewed", S, "me", "县医院搬迁选址论证报告", "", begin=_day(today, 13), channel="online").confirmed(1).later(8).answered("partial", until="reviewed")
    yield Story("signed", S, "ku", "县城供热管网改造中标单位名单", "", begin=_day(today, 8), channel="online").confirmed(1).later(5).answered("already_public", until="signed")
    wrong = Story("retyped", S, "he", "2025年文物保护专项经费决算", "", begin=_day(today, 11), channel="in_person", obtaining="post", form="paper").later(5)
    wrong.answered("provided", until="signed").do("void", "approver", letter="retyped/1", reason="附件清单写错一项，作废重拟。").later(1)
    yield wrong.answered("provided", way="post", until="reviewed")
    yield Story("soon", S, "ai", "县城出租车经营权出让公告", "", begin=_day(today, 18), channel="in_person").do("assign", "office").later(9).do("note", "cases", said="已电话联系申请人，说明正在核对底册。")
    yield Story("extended", S, "lin", "近十年棉花目标价格补贴分户发放汇总", "", begin=_day(today, 24), channel="online").confirmed(1).later(16).letter("extension", law={"workdays": 15})
    yield Story("overdue-a", S, "builder", "安置房项目工程变更签证单", "", begin=_day(today, 26), channel="in_person", form="paper", obtaining="post").do("assign", "office")
    yield Story("overdue-b", S, "dong", "某村扶贫车间建设资金审计意见", "", begin=_day(today, 32), channel="online").confirmed(1)


def _with_others(today: date) -> Iterator[Story]:
    """等申请人、等第三方、等缴费的."""
    both = Story("overlapping", S, "cen", "工业园区两家企业的污水处理协议", "含处理量和单价", begin=_day(today, 15), channel="online").confirmed(1).later(2)
    both.consulted("feed", "third_party", "有人申请公开贵单位与园区签订的污水处理协议中的处理量和单价，请提出意见。", delivered=1)
    both.later(2).consulted("plant", "third_party", "有人申请公开贵单位与园区签订的污水处理协议中的处理量和单价，请提出意见。", delivered=1)
    both.letter("consulting", way="online").later(1).do("answer", "cases", of="feed", answer="consents", text="同意公开处理量，单价请不要公开。")
    yield both.consulted("kashgar-finance", "other_organ", "协议引用了地区财政补助的数据，请确认口径。", organ="kashgar-finance", delivered=None)
    yield Story("correcting", S, "wei", "有关补贴的情况", "", begin=_day(today, 7), channel="online").confirmed(1).later(2).letter("correction", way="online", law={"after": 10})
    silent = Story("not-corrected", S, "tang", "工程的资料", "", begin=_day(today, 22), channel="in_person", obtaining="in_person", form="paper").later(3)
    yield silent.letter("correction", way="in_person", law={"after": 10}, delivered=0)
    again = Story("corrected", S, "ji", "某项目批复", "", begin=_day(today, 16), channel="online").confirmed(1).later(3).letter("correction", way="online", law={"after": 10})
    yield again.later(4).do("correct", "applicant", said="项目是2024年县城雨污分流改造工程，需要的是可行性研究报告的批复。")
    yield Story("paying", S, "lawyers", "2021年以来行政复议决定书汇编", "复印件", begin=_day(today, 11), channel="in_person", obtaining="in_person", form="paper").later(4).do(
        "fee", "cases", way="per_page", pages=88).letter("fee", way="in_person", fields={}, delivered=0)  # fmt: skip
    yield Story("paid", S, "institute", "耕地质量监测点位数据", "", begin=_day(today, 20), channel="online").confirmed(1).later(3).do("fee", "cases", way="per_page", pages=64).letter(
        "fee", way="online", fields={}).later(5).do("pay", "cases", receipt="示财票000064")  # fmt: skip
    yield Story("explaining", S, "kong", "同一路段第九户的评估表", "当月第九件", begin=_day(today, 9), channel="email", obtaining="email").confirmed(1).later(3).letter("reasons", way="email")


def _elsewhere(today: date) -> Iterator[Story]:
    """拆分的、合并的、移送的、更正的、撤回的."""
    parts = Story("two-things", S, "re", "学校食堂招标文件和校车运营合同", "", begin=_day(today, 8), channel="online").confirmed(1).later(2)
    yield parts.do("split", "cases", reason="两项信息由不同单位保存，需要分别检索。", parts=(("学校食堂招标文件", "2026年"), ("校车运营合同", "2026年")))
    yield Story("lead", S, "charity", "残疾人两项补贴的发放标准", "", begin=_day(today, 12), channel="online").confirmed(1)
    yield Story("joined", S, "charity", "残疾人两项补贴的发放名册样式", "", begin=_day(today, 11), channel="online").confirmed(1).later(2).do("join", "cases", leading="lead")
    yield Story("moved", S, "qiao", "2026年中小学作息时间调整的通知", "", begin=_day(today, 6), channel="in_person").later(2).do(
        "move", "office", to="shule-education", reason="属于县教育局制作、保存的信息，县教育局在同一平台受理。"
    )  # fmt: skip
    yield Story("misdated", S, "an", "2025年防沙治沙项目验收结论", "", begin=_day(today, 9), channel="registered_post", obtaining="post", form="paper").later(1).do(
        "rectify", "office", event="submitted", back=1, reason="签收日误登为次日，已核对邮政回执。"
    )  # fmt: skip
    yield Story("dropped", X, "zu", "连队宅基地分配方案", "", begin=_day(today, 7), channel="in_person", obtaining="in_person", form="paper").later(3).do("withdraw", "cases", said="申请人当面提交书面撤回。")
    yield Story("described", S, "cheng", "县城污水厂提标改造环评批复", "", begin=_day(today, 5), channel="in_person").later(1).do(
        "describe", "cases", title="县城污水处理厂提标改造工程环境影响报告表批复", reason="与申请人电话核实了准确名称。"
    )  # fmt: skip
    yield Story("complained", S, "zhou", "村集体机动地发包合同", "", begin=_day(today, 40), channel="in_person", obtaining="in_person", form="paper").later(8).answered(
        "not_this_organ", way="in_person", delivered=0).later(6).do(
        "remedy", "cases", remedy="complained/投诉", kind="complaint", body="喀什地区行政公署办公室", claimant="周既明", asks="认为应由县政府公开")  # fmt: skip


def _gone_out(today: date) -> Iterator[Story]:
    """刚刚答复、还没有全部了结的."""
    yield Story("posted", S, "bai", "2026年高标准农田建设项目公示表", "", begin=_day(today, 11), channel="in_person", obtaining="post", form="paper").later(9).answered("provided", way="post")
    opened = Story("opened", S, "lu", "政务服务中心进驻事项清单", "", begin=_day(today, 8), channel="online").confirmed(1).later(4).answered("already_public", way="online")
    yield opened.later(1).do("opened", "applicant", letter="opened/1").do("judge", "applicant", helped=False, said="链接里没有乡镇的清单。")
