"""Requests that have ended, one for every way of ending that the core knows, with every letter on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.law.calendar import calendar

from .story import Story, before

S, D, H, X = "shule", "division-11", "hotan-affairs", "xinkailing"


def answered(today: date) -> Iterator[Story]:
    yield from _plain(today)
    yield from _consulted(today)
    yield from _asked_back(today)
    yield from _charged(today)
    yield from _disputed(today)


def _day(today: date, back: int) -> date:
    return before(today, back, calendar("cn-xinjiang"))


_PLAIN = (  # 键、机关、申请人、几个工作日之前、渠道、所需信息、描述、答复情形、途中
    ("archive-1998", S, "tang", 412, "in_person", "1998年巴合齐乡行政区划调整批复", "", "told_where", 5),
    ("plan-drawings", S, "builder", 401, "in_person", "县城东区控制性详细规划图纸", "全套原图", "provided_other_form", 8),
    ("review-fees", S, "xie", 390, "online", "安置房评估费的标准，以及标准是否合理", "附件和评价意见", "partial_not_information", 9),
    ("secret-plan", S, "institute", 372, "email", "某专项行动方案全文", "文号不详", "denied_state_secret", 7),
    ("survey-firms", S, "cotton", 361, "online", "2024年规模以上工业企业单个企业的统计报表", "", "denied_law_forbids", 6),
    ("water-map", S, "he", 349, "fax", "县城供水主管网和取水口的位置图", "", "denied_three_safety", 9),
    ("duty-roster", S, "ha", 322, "online", "办公室2025年节假日值班表和车辆安排", "", "denied_internal_affairs", 5),
    ("draft-minutes", S, "lawyers", 310, "online", "农贸市场搬迁方案起草过程中的讨论记录", "", "denied_process_info", 10),
    ("penalty-file", S, "lin", 298, "registered_post", "某餐饮单位行政处罚案卷的全部材料", "", "denied_enforcement_file", 8),
    ("house-register", S, "bai", 286, "in_person", "本人邻居房屋的不动产登记信息", "", "admin_query", 3),
    ("village-yield", S, "village", 250, "ordinary_post", "近五年各村分品种的棉花产量", "按村、按品种分列", "needs_making", 11),
    ("wall-dispute", S, "zhou", 238, "in_person", "关于邻居占用宅基地一事的处理", "", "petition", 4),
    ("yearbook", S, "charity", 226, "online", "《疏勒县年鉴》2024年卷", "", "publication", 2),
    ("seal-again", S, "luo", 203, "online", "2024年低保资金发放公示表", "请在网页打印件上加盖公章", "confirm_reissue", 4),
    ("car-repair", H, "me", 176, "email", "2025年公务用车定点维修单位名单", "", "already_public", 4),
    ("site-acceptance", D, "dong", 164, "online", "某保障性住房小区竣工验收备案表", "", "provided", 6),
    ("canal-fee", X, "an", 141, "in_person", "2025年灌溉水费的核算表", "", "provided", 7),
)  # fmt: skip


def _plain(today: date) -> Iterator[Story]:
    ways = {"in_person": "in_person", "registered_post": "post", "ordinary_post": "post", "fax": "online", "email": "email", "online": "online"}
    for number, (key, organ, asker, back, channel, title, description, reply, days) in enumerate(_PLAIN):
        way = ways[channel]
        story = Story(
            key, organ, asker, title, description, begin=_day(today, back), channel=channel, obtaining=way, form="paper" if way in ("post", "in_person") else "electronic",
            oral=key == "wall-dispute", needs_help=key == "wall-dispute", help_wanted="本人不识字，请代为填写并当面说明" if key == "wall-dispute" else "",
        ).confirmed(1 + number % 2)  # fmt: skip
        story.later(days).answered(reply, way=way, delivered={"post": 3, "in_person": 0}.get(way))
        if key in AFTERWARDS:
            AFTERWARDS[key](story)
        elif number % 3 == 0:
            story.later(12).do("archive", "cases")
        yield story


def _to_the_end(story: Story) -> None:
    """复议维持，又起诉，法院还没有判."""
    told = {"body": "喀什地区行政公署", "claimant": story.person.applicant.name, "asks": "撤销答复，责令公开车辆安排部分"}
    story.later(14).do("remedy", "cases", remedy="duty-roster/复议", kind="reconsideration", **told).later(5)
    story.do("remedy_event", "cases", remedy="duty-roster/复议", kind="answered", text="已提交书面答复、证据和依据。").later(30)
    story.do("remedy_end", "cases", remedy="duty-roster/复议", judgment="upheld", text="复议机关决定维持。").later(9)
    story.do("remedy", "cases", remedy="duty-roster/诉讼", kind="litigation_after_reconsideration", after="duty-roster/复议", **{**told, "body": "喀什地区中级人民法院"})


def _overturned(story: Story) -> None:
    """复议撤销."""
    told = {"body": "喀什地区行政公署", "claimant": story.person.applicant.name, "asks": "撤销答复，责令公开"}
    story.later(10).do("remedy", "cases", remedy="draft-minutes/复议", kind="reconsideration", **told).later(28)
    story.do("remedy_end", "cases", remedy="draft-minutes/复议", judgment="revoked", text="方案已经印发，不再是过程性信息，决定撤销并责令重新答复。")


AFTERWARDS = {"duty-roster": _to_the_end, "draft-minutes": _overturned}


def _consulted(today: date) -> Iterator[Story]:
    feed = Story("feed-formula", S, "qiao", "某饲料企业技术改造备案中的配方和工艺参数", "", begin=_day(today, 336), channel="online").confirmed(1).later(2)
    feed.do("consult", "cases", of="feed", to="third_party", asks="有人申请公开贵单位技术改造备案材料中的配方和工艺参数，请提出意见。").letter("third_party", of="feed", way="post")
    feed.letter("consulting", way="online").later(2).do("deliver", "cases", of="feed").later(6)
    yield feed.do("answer", "cases", of="feed", answer="objects", text="配方和工艺参数为本企业商业秘密，不同意公开。").later(4).answered("denied_third_party", way="online")
    plant = Story("plant-water", S, "ya", "某再生资源企业排水口近三年监测结果", "企业位于演示大道", begin=_day(today, 214), channel="in_person", obtaining="in_person", form="paper").later(3)
    plant.consulted("plant", "third_party", "有人申请公开贵单位排水口近三年的监测结果和处理措施，请提出意见。").later(9)
    plant.do("answer", "cases", of="plant", answer="objects", text="公开会影响企业声誉，不同意。").later(3)
    plant.letter("third_party_decision", of="plant", way="post").later(1)
    yield plant.answered("override_third_party", way="in_person", delivered=0)
    joint = Story("joint-notice", S, "institute", "疏勒县与喀什地区财政局联合印发的惠农补贴发放办法", "", begin=_day(today, 128), channel="online").confirmed(2).later(2)
    joint.consulted("kashgar-finance", "co_maker", "该办法由两机关共同制作，请对是否公开提出意见。", organ="kashgar-finance", delivered=1)
    joint.later(5).do("answer", "cases", of="kashgar-finance", answer="consents", text="同意公开。").later(2)
    yield joint.answered("provided", way="online").later(6).do("judge", "applicant", helped=True, said="答复很快，附件也清楚。")


def _asked_back(today: date) -> Iterator[Story]:
    unclear = Story("everything", S, "cen", "有关情况", "与拆迁有关的全部材料", begin=_day(today, 274), channel="online").confirmed(1).later(3)
    unclear.letter("correction", way="online", law={"after": 10}).later(6).do("correct", "applicant", said="就是与此有关的全部材料。").later(5)
    yield unclear.answered("unclear_after_correction", way="online")
    silent = Story("silent", S, "zu", "某工程资料", "", begin=_day(today, 196), channel="registered_post", obtaining="post", form="paper").later(3)
    silent.letter("correction", way="post", law={"after": 10}, delivered=3).later(12)
    yield silent.letter("lapse", "no_correction", way="post", fields={"告知经过": "补正告知书已邮寄送达，写明了补正的事项和期限，期限内没有收到补正材料。"}, delivered=3)
    many = Story("road-many", S, "kong", "环城路沿线第三户的拆迁补偿协议", "另有同类申请七件", begin=_day(today, 180), channel="email", obtaining="email").confirmed(1).later(2)
    many.letter("reasons", way="email", law={}).later(7).do("reasons", "cases", said="想多了解一些。").later(4)
    yield many.answered("mass_repeat", way="email")
    delayed = Story("road-own", S, "wei", "环城路沿线本人及共有人八处房屋的评估表", "分八件提出", begin=_day(today, 116), channel="online").confirmed(1).later(2)
    delayed.letter("reasons", way="online").later(5).do("reasons", "applicant", said="八处房屋均由本人与家人共有，正在办理析产，需要各自的评估表。").later(5)
    delayed.letter("delayed", way="online", law={"after": 30}).later(24)
    yield delayed.answered("provided", way="online").later(3).do("judge", "applicant", helped=True, said="")
    late = Story("slow", S, "cheng", "2019年以来历次防汛物资采购清单", "", begin=_day(today, 170), channel="in_person", obtaining="post", form="paper").later(10)
    late.letter("extension", way="post", law={"workdays": 5}).later(18)
    yield late.answered("provided", way="post", delivered=4).do("note", "cases", said="答复超过延长后的期限三个工作日，已在科务会上说明原因。")
    first = Story("grants", S, "ji", "2025年科技创新券兑现名单", "", begin=_day(today, 106), channel="online").confirmed(1).later(4).answered("already_public", way="online")
    yield first
    again = Story("grants-again", S, "ji", "2025年科技创新券兑现名单", "同前", begin=_day(today, 88), channel="online").confirmed(1).later(3)
    yield again.letter("repeat", "repeat", way="online", fields={"前次答复日期": first.day.isoformat()})
    gone = Story("withdrawn", S, "re", "城乡居民医保缴费标准文件", "", begin=_day(today, 94), channel="online").confirmed(1).later(2)
    yield gone.do("withdraw", "applicant", said="已在网站上找到，不再需要。")


def _charged(today: date) -> Iterator[Story]:
    paid = Story("pages", S, "lawyers", "2022—2024年土地出让合同复印件", "全部合同", begin=_day(today, 80), channel="in_person", obtaining="in_person", form="paper").later(4)
    paid.do("fee", "cases", way="per_page", pages=146).letter("fee", way="in_person", fields={}).later(5).do("pay", "cases", receipt="示财票000146").later(9)
    yield paid.answered("provided", way="in_person", delivered=0, fields={"提供的政府信息": [{"名称": "2022—2024年土地出让合同", "说明": "复印件146页"}], "提供形式": "纸面"})
    unpaid = Story("unpaid", S, "cotton", "历年棉花收购补贴的全部原始凭证", "", begin=_day(today, 72), channel="registered_post", obtaining="post", form="paper").later(6)
    unpaid.do("fee", "cases", way="per_page", pages=520).letter("fee", way="post", fields={}, delivered=2).later(21)
    yield unpaid.letter("lapse", "fee_unpaid", way="post", fields={"告知经过": "收费通知书已邮寄送达，写明了数额和期限，期限内没有缴纳。"}, delivered=3)


def _disputed(today: date) -> Iterator[Story]:
    own = Story("own-land", S, "an", "本人二轮承包地确权登记表", "", begin=_day(today, 158), channel="in_person", obtaining="in_person", form="paper").later(4)
    own.answered("provided", way="in_person", delivered=0).later(5)
    yield own.letter("record_correction", way="in_person", delivered=0)
    nothing = Story("lost-deed", S, "zhou", "1987年本村水渠占地协议", "", begin=_day(today, 146), channel="in_person", obtaining="in_person", form="paper").later(2)
    nothing.searched("档案室", "1987年水渠占地协议", "1985—1990年案卷逐卷翻检，未见。", found=False).later(6).answered("not_existing", way="in_person", delivered=0).later(30)
    nothing.do("remedy", "cases", remedy="lost-deed/诉讼", kind="litigation_direct", body="喀什地区中级人民法院", claimant="周既明", asks="判令重新检索并答复")
    yield nothing.later(35).do("remedy_end", "cases", remedy="lost-deed/诉讼", judgment="claim_rejected", text="法院认为已尽合理检索义务，判决驳回诉讼请求。")
    recent = Story("kiln", S, "lin", "某砖厂环境影响评价文件中的原料来源", "", begin=_day(today, 48), channel="online").confirmed(1).later(9).answered("denied_third_party", way="online")
    yield recent.later(16).do("remedy", "cases", remedy="kiln/复议", kind="reconsideration", body="喀什地区行政公署", claimant="林半夏", asks="撤销答复，责令公开")
    public = Story("bus-lines", S, "xie", "2026年公交线路调整的客流调查报告", "", begin=_day(today, 62), channel="online").confirmed(1).later(6).answered("provided", way="online").later(2)
    public.do("judge", "applicant", helped=True, said="建议以后直接放到网站上。").do("propose", "applicant", said="很多人都关心，建议主动公开。")
    yield public.later(6).do("publish", "cases").later(2).do("archive", "cases")
    parts = Story("canal-and-road", S, "dong", "东干渠防渗工程和环村路工程的招标文件", "两项工程", begin=_day(today, 56), channel="in_person", obtaining="online").later(2)
    parts.do("split", "cases", reason="两项工程由不同单位实施，宜分别检索、答复（一事一申请）。", parts=(("东干渠防渗工程招标文件", "2025年"), ("环村路工程招标文件", "2025年")))
    parts.later(7).unit(0).answered("provided").later(2)
    yield parts.unit(1).answered("not_this_organ")
