"""The pictures of the letters in the documentation: every letter of gongkai.law.letters, filled for an invented organ, the same on every run.

`python -m scripts.letters [FOLDER]` writes docs/pictures/letters/*.png, and, given a folder, the Word and PDF files into it.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.platform.settings.project")
os.environ.setdefault("GONGKAI_PUBLIC_URL", "https://xxgk.songyin.example")

import django

django.setup()

import pypdfium2  # noqa: E402
from PIL import ImageOps  # noqa: E402

from gongkai.law import letters as law  # noqa: E402
from gongkai.law.calendar import calendar  # noqa: E402
from gongkai.law.clock import Settings  # noqa: E402
from gongkai.platform.cases import standing  # noqa: E402
from gongkai.platform.cases.letters import laying, rendering, series  # noqa: E402
from gongkai.platform.cases.letters.case import Case  # noqa: E402
from gongkai.platform.cases.letters.fields import Value  # noqa: E402
from gongkai.platform.cases.letters.letterheads import Head  # noqa: E402
from gongkai.platform.cases.models import Consultation, Request  # noqa: E402
from gongkai.platform.cases.standing import Happened  # noqa: E402
from gongkai.platform.cases.values import Applicant, Asked, Consulted  # noqa: E402
from gongkai.platform.organs.models import Organ  # noqa: E402

OUT = Path(__file__).resolve().parent.parent / "docs/pictures/letters"
SCALE, COLOURS = 1.12, 12
ORGAN = Organ(
    name="松荫县自然资源和规划局", short_name="松荫自然资", slug="songyin-land", level="county", kind="department", office_name="松荫县自然资源和规划局办公室",
    office_address="松荫县城南大道18号", office_phone="0578-0000123", office_contact="xxgk@songyin.example", office_hours="工作日9:00—17:30",
)  # fmt: skip
HEAD = Head(
    "松荫自然资", "松荫县人民政府", "松荫县人民法院", "松荫县人民政府行政复议网上申请平台（fy.songyin.example）",
    "1.网上缴纳：登录本机关政府信息公开平台“查询申请”，按提示缴纳；\n2.窗口缴纳：松荫县政务服务中心自然资源窗口。缴纳后由本机关开具财政票据。",
)  # fmt: skip
PERSON = Applicant("周慕白", "resident_card", "000000199001010000", phone="13900000000", email="zhou@mail.example", address="松荫县某某街道")
FIRM = Applicant("松荫县某某测绘有限公司", "credit_code", "", "91000000MA00000000", contact="经办人")
LAND = Asked("松荫县东城片区2025年度第3批次征地补偿安置方案", "批准文号为松政征〔2025〕3号；含听证会记录。", "electronic", "online")
BODY: dict[str, Value] = {"复议机关": HEAD.body, "人民法院": HEAD.court}


def event(number: int, kind: str, day: str, facts: dict[str, Any] | None = None, **told: Any) -> Happened:
    return Happened(number, kind, date.fromisoformat(day), told, facts or {})


RECEIVED = (event(1, "submitted", "2026-03-02", channel="in_person"),)
CORRECTED = (*RECEIVED, event(2, "correction_requested", "2026-03-05", answer_by="2026-03-19"), event(3, "corrected", "2026-03-12"))
CONSULTED = (*RECEIVED, event(2, "consultation_sent", "2026-03-06", ref="征1", to="third_party"), event(3, "consultation_answered", "2026-03-18", ref="征1", answer="objects"))
REASONS = (*RECEIVED, event(2, "reasons_requested", "2026-03-06"), event(3, "reasons_given", "2026-03-16"))
UNCORRECTED = (*RECEIVED, event(2, "correction_requested", "2026-03-05", answer_by="2026-03-19"))
FEE = (
    *RECEIVED,
    event(2, "fee_computed", "2026-03-10", {
        "way": "per_page", "number": 236, "month": "2026-03", "first": 0, "last": 0, "tiers": [
            {"first": first, "last": last, "rate": rate} for first, last, rate in ((1, 30, 0), (31, 100, 10), (101, 200, 20), (201, 236, 40))
        ],
        "yuan": 4140, "told_where": False, "waived": False,
    }),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """One letter of the set."""

    key: str
    on: str
    values: Mapping[str, Value]
    reply: str = ""
    law: Mapping[str, Any] = field(default_factory=dict)
    events: Sequence[Happened] = RECEIVED
    asked: Asked = LAND
    applicant: Applicant = PERSON
    to: tuple[str, Consulted] | None = None


FACTORY = ("third_party", Consulted("松荫县某某食品有限公司", address="松荫县工业园区"))
WATER = ("co_maker", Consulted("松荫县水利局"))
ARCHIVE = ("other_organ", Consulted("松荫县档案馆"))
HERE = "意见可以寄送、递交至松荫县自然资源和规划局办公室（松荫县城南大道18号），也可以通过随信息发送的链接在网上提出；电话：0578-0000123。"
RELEASED: list[dict[str, str]] = [{"名称": "松荫县东城片区2025年度第3批次征地补偿安置方案", "说明": "12页"}]

SAMPLES: tuple[Sample, ...] = (
    Sample("receipt", "2026-03-02", {
        "申请内容": LAND.title, "查询方式": "凭登记编号和查询码在xxgk.songyin.example/requests/查询；或者致电松荫县自然资源和规划局办公室：0578-0000123。",
    }),
    Sample("correction", "2026-03-05", {
        "申请内容": "2025年全县有关征地的全部文件。",
        "不明确之处": "未写明所需文件的名称、文号或者所涉地块、批次；“有关征地的全部文件”涉及若干批次的批准文件、公告、方案、协议等，无法据以确定所需的政府信息。",
        "指导和释明": "可以写明地块的位置或者征地批次；只知道大致内容的，可以写明时间、事项或者其他特征。已公布的征地批次见本机关网站“征地信息”栏目。",
        "需要补正的事项": "1.所涉地块的位置或者征地批次；\n2.所需文件的名称、文号或者种类。", "补正方式": "补正材料可以网上提交，也可以寄送、递交至松荫县自然资源和规划局办公室。",
    }, law={"answer_by": "2026-03-19"}),
    Sample("reasons", "2026-03-06", {
        "所涉申请": [
            {"登记编号": f"2026-{number:04d}", "收到申请之日": f"2026年3月{day}日", "申请内容": what}
            for number, day, what in ((11, 2, "东城片区历年征地批次清单"), (12, 2, "西坪乡历年征地批次清单"), (13, 3, "石门镇历年征地批次清单"), (14, 4, "白岩镇历年征地批次清单"))
        ],
        "超过合理范围的情况": "您在2026年3月1日至6日间向本机关提出同类申请64件，平均每个工作日12件以上，明显超过合理范围。", "说明理由的时间": "2026-03-20",
    }),
    Sample("extension", "2026-03-26", {"申请内容": LAND.title, "延期理由": "因所涉档案尚在数字化整理，检索、审查需要较长时间。"}, law={"workdays": 15}),
    Sample("third_party", "2026-03-06", {
        "征求内容": "贵公司2025年申请设施农业用地备案时提交的《生产工艺及投资概算说明》。", "反馈方式": HERE,
    }, to=FACTORY),
    Sample("consulting", "2026-03-06", {"申请内容": LAND.title, "征求对象": "第三方", "征求原因": "所涉材料由第三方提供，公开可能影响其合法权益。"}),
    Sample("third_party_decision", "2026-03-20", {
        "征求意见经过": "本机关于2026年3月6日就有关政府信息是否公开征求意见，于2026年3月18日收到不同意公开的意见。",
        "公开内容": "《生产工艺及投资概算说明》第三部分“用水及排污设施”。",
        "理由": "该部分涉及周边居民饮用水源安全，不公开会对公共利益造成重大影响；其中的工艺参数、投资概算不在公开之列。", "公开时间": "本机关将于2026年3月24日向申请人提供。", **BODY,
    }, events=CONSULTED, to=FACTORY),
    Sample("co_maker", "2026-03-06", {"征求内容": "《松荫溪岸线利用方案》（松自然资〔2025〕41号），由贵单位与本机关共同制作。", "反馈方式": HERE.replace("，也可以通过随信息发送的链接在网上提出", "")}, to=WATER),
    Sample("co_ordination", "2026-03-06", {
        "协商事项": "1.原松荫县土地管理局1998年征地批复是否已移交贵馆；\n2.已移交的，请确认其开放情况。", "回复时间": "2026-03-17", "反馈方式": "联系人：办公室；电话：0578-0000123。",
    }, to=ARCHIVE),
    Sample("fee", "2026-03-10", {
        "申请内容": "松荫县2019—2025年土地出让合同（纸质复印件）。",
        "收费计算": [
            {"档次": "第1—30页", "数量": "30页", "标准": "不收费", "金额": "0元"}, {"档次": "第31—100页", "数量": "70页", "标准": "10元/页", "金额": "700元"},
            {"档次": "第101—200页", "数量": "100页", "标准": "20元/页", "金额": "2000元"}, {"档次": "第201—236页", "数量": "36页", "标准": "40元/页", "金额": "1440元"},
        ],
        "计费说明": "本件提供的政府信息共236页（A4及以下幅面的单面为1页）。", "缴纳方式": HEAD.payment,
    }, law={"amount": "4140"}, events=FEE, applicant=FIRM),
    Sample("already_public", "2026-03-09", {
        "申请内容": "松荫县2025年度国有建设用地供应计划。", "信息名称": "松荫县2025年度国有建设用地供应计划",
        "获取方式途径": "在xxgk.songyin.example“规划计划”栏目查阅、下载（索引号：SYGT-2025-00017）；也可以到松荫县档案馆政府信息查阅场所查阅纸质文本。", **BODY,
    }, reply="already_public"),
    Sample("granted", "2026-03-12", {
        "申请内容": LAND.title, "提供的政府信息": RELEASED, "提供形式": "电子文件，网上获取", **BODY,
    }, reply="provided"),
    Sample("partial", "2026-03-24", {
        "申请内容": f"{LAND.title}\n{LAND.description}", "办理经过": "其间，本机关依法征求了第三方的意见，所需时间不计算在答复期限内。",
        "公开内容": "《松荫县东城片区2025年度第3批次征地补偿安置方案》正文及附表一、附表三。", "提供的政府信息": RELEASED, "提供形式": "电子文件，网上获取",
        "不予公开部分": [
            {"内容": "附表二中各户的姓名、身份证号码和银行账号", "依据": "《中华人民共和国政府信息公开条例》第十五条、第三十二条", "理由": "属于个人隐私，公开会对第三方合法权益造成损害，经征求意见，第三方不同意公开"},
            {"内容": "听证会记录", "依据": "《中华人民共和国政府信息公开条例》第十六条第二款", "理由": "为本机关履行行政管理职能过程中形成的讨论记录，法律、法规、规章未规定应当公开"},
        ], **BODY,
    }, reply="partial", events=CONSULTED),
    Sample("denied", "2026-03-24", {
        "申请内容": "松荫县自然资源和规划局2025年第8次局务会议纪要。", "不予公开内容": "松荫县自然资源和规划局2025年第8次局务会议纪要",
        "理由": "该纪要记录会议讨论情况和内部意见，为本机关履行行政管理职能过程中形成的讨论记录，尚未对外产生效力；法律、法规、规章未规定上述信息应当公开。", **BODY,
    }, reply="denied_process_info"),
    Sample("not_existing", "2026-03-24", {
        "申请内容": "1993年松荫县城关镇河东村集体土地征收批复。", "信息名称": "1993年松荫县城关镇河东村集体土地征收批复",
        "检索说明": "本机关于2026年3月9日至11日，以“河东村”“1993”“征收”“征用”为检索词，检索了本机关档案室1990—1996年全部征地档案目录和电子档案系统，并查阅了相应案卷，均未检索到该信息；检索记录已留存。", **BODY,
    }, reply="not_existing"),
    Sample("not_this_organ", "2026-03-09", {
        "申请内容": "松荫县2025年城镇低保发放名册统计数据。", "理由": "最低生活保障的审核确认和统计不属于本机关的职责，本机关未制作、未保存该信息。", "负责机关": "松荫县民政局",
        "负责机关联系方式": "松荫县民政局办公室，松荫县城中路6号，0578-0000166", **BODY,
    }, reply="not_this_organ"),
    Sample("repeat", "2026-03-09", {"申请内容": LAND.title, "前次答复日期": "2025-11-18", "前次答复文号": "松荫自然资公复〔2025〕57号", **BODY}, reply="repeat"),
    Sample("admin_query", "2026-03-09", {
        "申请内容": "松荫县城关镇解放路21号房屋的不动产登记资料。", "有关法律法规": "《不动产登记暂行条例》",
        "办理地点和方式": "可以持身份证明和利害关系材料，到松荫县不动产登记中心查询窗口（松荫县政务服务中心二楼）申请查询、复制。", **BODY,
    }, reply="admin_query"),
    Sample("needs_making", "2026-03-24", {
        "申请内容": "近十年松荫县各乡镇征地补偿标准的变化分析及与周边五县的对比。",
        "理由": "本机关保存有历年征地补偿标准文件，但未制作过各乡镇的变化分析和与周边县的对比；提供该信息需要对现有文件逐年汇总、计算、分析。历年征地补偿标准文件已在本机关网站公开，可以自行查阅。", **BODY,
    }, reply="needs_making"),
    Sample("petition", "2026-03-09", {
        "申请内容": "请公开贵局为什么不处理我反映的邻居违法占地问题，并给出处理结果。", "理由": "该申请系就违法占地问题进行举报、要求处理，不是对已制作或者获取的政府信息提出公开申请。",
        "相应渠道": "向松荫县自然资源和规划局执法大队举报（12336），或者通过12345政务服务便民热线反映。", **BODY,
    }, reply="petition"),
    Sample("publication", "2026-03-09", {
        "申请内容": "《松荫年鉴（2024）》。", "出版物名称": "《松荫年鉴（2024）》", "获取途径": "该书由松荫县地方志编纂室编纂、公开出版发行，可以在书店购买，也可以在松荫县图书馆借阅。", **BODY,
    }, reply="publication"),
    Sample("not_processed", "2026-03-24", {
        "申请内容": "东城片区历年征地批次清单等64件。", "说明理由的情况": "本机关于2026年3月6日要求您说明理由，您于2026年3月16日说明了理由。",
        "理由": "您说明的理由是“督促有关部门重视本人的信访事项”，与所申请的各乡镇征地批次清单没有关联，不能说明在五个工作日内提出64件申请的合理需要。", **BODY,
    }, reply="mass_repeat", events=REASONS),
    Sample("confirm_reissue", "2026-03-09", {
        "申请内容": "请在随附的征地公告网页打印件上加盖公章。", "信息来源": "本机关网站“征地信息”栏目《关于东城片区2025年度第3批次征地的公告》", "获取日期": "2026-02-26", **BODY,
    }, reply="confirm_reissue"),
    Sample("unclear", "2026-03-24", {
        "申请内容": "2025年全县有关征地的全部文件。", "补正经过": "本机关于2026年3月5日送达补正告知书，要求在2026年3月19日前补正；于2026年3月12日收到您补正的申请。",
        "仍不明确之处": "补正的内容为“凡是和征地沾边的都要”，仍未写明地块、批次或者文件的名称、文号、种类。", **BODY,
    }, reply="unclear_after_correction", events=CORRECTED),
    Sample("delayed", "2026-03-24", {
        "申请内容": "东城片区历年征地批次清单等64件。", "无法按期答复的情况": "64件申请涉及1990年以来的纸质档案412卷，逐卷检索、审查不能在答复期限内完成。",
    }, law={"until": "2026-05-29"}, events=REASONS),
    Sample("record_correction", "2026-03-24", {
        "更正事项": "本人在东城片区2025年度第3批次征地补偿登记表中的承包地面积，登记为2.1亩，请更正为2.7亩。",
        "审核结果": "经核对承包经营权证书和实测图，您的承包地面积应为2.7亩。本机关已于2026年3月23日更正登记表，更正后的登记表随本告知书送达。",
    }),
    Sample("lapse", "2026-03-20", {
        "申请内容": "2025年全县有关征地的全部文件。", "告知经过": "本机关于2026年3月5日送达补正告知书，告知您在2026年3月19日前补正；至期限届满，未收到补正材料。", "逾期之日": "2026-03-20", **BODY,
    }, reply="no_correction", events=UNCORRECTED),
)  # fmt: skip


def case_of(sample: Sample) -> Case:
    """The case of a sample, as it would be read from the database."""
    days, settings, on = calendar(), Settings(), date.fromisoformat(sample.on)
    steps = standing.steps(sample.events, days, settings)
    request = Request(
        organ=ORGAN, number="2026-0017", channel="in_person", applicant_kind="natural" if sample.applicant is PERSON else "business",
        submitted_on=date(2026, 3, 2), received_on=date(2026, 3, 2), state="open",
    )  # fmt: skip
    consultation = Consultation(request=request, ref="征1", to=sample.to[0], party=sample.to[1].sealed()) if sample.to else None
    return Case(request, on, HEAD, sample.applicant, sample.asked, tuple(sample.events), steps, days, settings, consultation)


def made(sample: Sample, serial: int) -> tuple[bytes, bytes]:
    number = series.number(HEAD.code, sample.key, 2026, serial)
    code = f"SAMP-{serial:04d}-2026"
    return rendering.typeset(case_of(sample), sample.key, sample.reply, sample.law, sample.values, laying.template(sample.key), number=number, code=code)


def pictures(pdf: bytes) -> Iterator[bytes]:
    """Every page as a small picture, with the edge of its paper."""
    for page in pypdfium2.PdfDocument(pdf):
        out = io.BytesIO()
        paper = ImageOps.expand(page.render(scale=SCALE).to_pil().convert("RGB"), 1, "#b0b0b0")
        paper.quantize(COLOURS).save(out, "PNG", optimize=True)
        yield out.getvalue()


def main(folder: str = "") -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    assert [sample.key for sample in SAMPLES] == [letter.key for letter in law.LETTERS]
    for serial, sample in enumerate(SAMPLES, start=1):
        docx, pdf = made(sample, serial)
        for number, picture in enumerate(pictures(pdf), start=1):
            (OUT / f"{sample.key}{'' if number == 1 else f'-{number}'}.png").write_bytes(picture)
        if folder:
            Path(folder, f"{sample.key}.docx").write_bytes(docx)
            Path(folder, f"{sample.key}.pdf").write_bytes(pdf)


if __name__ == "__main__":
    main(*sys.argv[1:])
