"""Invented documents of the sort that organs publish: the same every time. Words are as unequal as in real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

KINDS = ("announcement", "news", "normative", "document", "interpretation", "plan", "statistics", "budget", "licensing", "penalty", "project", "procurement")
KIND_WEIGHTS = (22, 20, 6, 14, 5, 5, 6, 6, 6, 5, 3, 2)
CATEGORIES = (
    "normative", "functions", "plans", "statistics", "licensing", "penalties", "budgets", "fees", "procurement", "projects", "livelihood",
    "emergencies", "inspections", "recruitment", "other",
)  # fmt: skip
TOPICS = ("综合政务", "财政、金融、审计", "城乡建设、环境保护", "农业、林业、水利", "教育", "卫生、体育", "民政、扶贫、救灾", "公安、安全、司法", "劳动、人事、监察", "市场监管、安全生产监管")
FIRST, LAST = date(2008, 5, 1), date(2026, 11, 1)

_WHAT = ("财政预算", "乡村振兴", "义务教育", "医疗保障", "安全生产", "行政许可", "行政处罚", "土地征收", "城镇供水", "道路养护", "农田水利", "生态环境", "食品药品", "就业创业", "养老服务", "住房保障", "公共文化", "招商引资", "防汛抗旱", "数据管理")
_DO = ("印发", "开展", "加强", "规范", "公布", "调整", "下达", "批复", "征求", "做好")
_FORM = ("工作方案", "实施办法", "通知", "意见", "公告", "公示", "情况说明", "年度计划", "管理规定", "工作要点")
_SENTENCES = (
    "为进一步做好{w}工作，根据《中华人民共和国政府信息公开条例》和上级有关规定，结合本地实际，制定本{f}。",
    "各乡镇人民政府、县直各部门要高度重视{w}工作，明确责任分工，细化工作措施，确保按期完成任务。",
    "{y}年全年安排{w}专项资金{n}万元，其中一般公共预算安排{m}万元，上级转移支付{k}万元。",
    "截至{y}年{a}月底，共受理{w}事项{n}件，办结{m}件，办结率{k}％，群众满意度持续提高。",
    "{w}涉及人民群众切身利益，要坚持公开透明、依法依规，主动接受社会监督。",
    "请于{y}年{a}月{b}日前将{w}落实情况报送县人民政府办公室，联系电话：0998-{t}。",
    "经研究，同意{w}项目建设，项目总投资{n}万元，建设工期{a}个月，由{o}负责组织实施。",
    "本{f}自{y}年{a}月{b}日起施行，有效期{c}年，此前有关{w}的规定与本{f}不一致的，以本{f}为准。",
    "对检查中发现的{w}方面的{c}个问题，已责令限期整改，并对{a}家单位依法作出处理。",
    "{o}要会同有关部门建立{w}工作台账，定期调度，对进展缓慢的予以通报。",
)
_RARE = "蟠桃杏榆胡杨雪莲罗布泊喀拉昆仑塔什库尔干疏附英吉沙麦盖提岳普湖伽师巴楚莎车泽普叶城博斯腾艾丁湖赛里木"


def organ_names(count: int) -> list[str]:
    places = [first + second for first in "东西南北中上下大小新" for second in "河山泉林湖川原岭湾口"]
    bureaus = ("人民政府", "财政局", "教育局", "卫生健康委员会", "农业农村局", "水利局", "民政局", "自然资源局", "市场监督管理局", "人力资源和社会保障局")
    return [f"{places[index // len(bureaus)]}县{bureaus[index % len(bureaus)]}" for index in range(count)]


def _fill(drawn: random.Random, sentence: str) -> str:
    return sentence.format(
        w=drawn.choice(_WHAT), f=drawn.choice(_FORM), y=drawn.randrange(2008, 2027), n=drawn.randrange(10, 99999), m=drawn.randrange(10, 9999),
        k=drawn.randrange(1, 100), a=drawn.randrange(1, 13), b=drawn.randrange(1, 29), c=drawn.randrange(1, 9), t=drawn.randrange(6000000, 6999999),
        o=drawn.choice(("县财政局", "县发展和改革委员会", "县水利局", "县教育局", "县民政局")),
    )  # fmt: skip


def bodies(count: int) -> Iterator[str]:
    """HTML of 300 to 1,200 characters."""
    drawn = random.Random(20260101)
    for _ in range(count):
        sentences = [_fill(drawn, drawn.choice(_SENTENCES)) for _ in range(drawn.randrange(7, 26))]
        if drawn.random() < 0.3:
            place = drawn.randrange(len(_RARE) - 4)
            sentences.append(f"涉及{_RARE[place : place + drawn.randrange(2, 5)]}一带。")
        yield "".join(f"<p>{''.join(sentences[start : start + 3])}</p>" for start in range(0, len(sentences), 3))


def heads(count: int, organs: int) -> Iterator[tuple[int, int, str, str, str, str, str, str, date, int]]:
    """id, organ, title, document number, index number, kind, category, topic, formed on, validity's index: evenly over the years."""
    drawn = random.Random(711)
    span = (LAST - FIRST).days
    names = organ_names(organs)
    for number in range(1, count + 1):
        organ = drawn.randrange(organs)
        formed = FIRST + timedelta(days=number * span // count)
        kind = drawn.choices(KINDS, KIND_WEIGHTS)[0]
        what, form = drawn.choice(_WHAT), drawn.choice(_FORM)
        title = f"{names[organ]}关于{drawn.choice(_DO)}{formed.year}年{what}{form}的{drawn.choice(('通知', '公告', '公示', '报告'))}（第{number}号）"
        document_number = f"{names[organ][0]}政发〔{formed.year}〕{drawn.randrange(1, 400)}号" if kind in ("normative", "document") else ""
        yield number, organ + 1, title, document_number, f"{100000000 + organ}/{formed.year}-{number % 100000:05d}", kind, drawn.choice(CATEGORIES), drawn.choice(TOPICS), formed, drawn.randrange(10)
